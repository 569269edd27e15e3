/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sessions made of links. */

#include "tl-link.h"

#include "tl-link-parts.h"
#include "tl-tcp-client.h"
#include "tl-tcp-server.h"
#include "tl-udp-session.h"

#include <glib/gi18n-lib.h>
#include <net/if.h>
#include <string.h>

static gboolean
set_reply (TlAutoReply        *auto_reply,
           const TlLinkParts  *parts,
           GError            **error)
{
  g_autofree char *problem = NULL;

  if (parts->reply == NULL)
    return TRUE;
  tl_auto_reply_set_from_link (auto_reply, parts->reply);
  g_object_get (auto_reply, "error", &problem, NULL);
  if (problem == NULL)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” in the link is wrong: %s"), "reply", problem);
  return FALSE;
}

/* The index of the interface in `address%interface`, or 0 for the system's choice. FALSE when there is no such interface. */
static gboolean
read_interface (const char  *group,
                guint       *index,
                GError     **error)
{
  const char *percent = strchr (group, '%');
  char name[IF_NAMESIZE];
  guint64 number;

  *index = 0;
  if (percent == NULL)
    return TRUE;
  *index = if_nametoindex (percent + 1);
  if (*index == 0 && g_ascii_string_to_unsigned (percent + 1, 10, 1, G_MAXINT, &number, NULL) && if_indextoname (number, name) != NULL)
    *index = number;
  if (*index != 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("This computer has no network interface “%s”"), percent + 1);
  return FALSE;
}

static void
peer_added_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TlPeer) peer = tl_udp_session_add_peer_finish (TL_UDP_SESSION (source), result, &error);

  if (peer == NULL)
    tl_message_log_append_text (tl_session_get_log (TL_SESSION (source)), TL_MESSAGE_ERROR, 0, error->message);
}

static gboolean
add_remote (TlUdpSession       *session,
            const TlLinkParts  *parts,
            GError            **error)
{
  g_autoptr (TlEndpoint) endpoint = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  if (parts->host == NULL)
    return TRUE;
  endpoint = tl_endpoint_new (parts->host, parts->port);
  address = tl_endpoint_to_address (endpoint);
  if (address != NULL)
    return tl_udp_session_add_peer (session, endpoint, error) != NULL;
  tl_udp_session_add_peer_async (session, endpoint, NULL, peer_added_cb, NULL);
  return TRUE;
}

static TlSession *
open_udp (const TlLinkParts  *parts,
          GError            **error)
{
  g_autoptr (TlUdpSession) session = NULL;
  const char *local_host = parts->local_host != NULL ? parts->local_host : "";

  /* Without a word about it the socket is of the family of who is at the other end. */
  if (*local_host == '\0' && parts->host != NULL && strchr (parts->host, ':') != NULL)
    local_host = "::";
  session = tl_udp_session_new (local_host, parts->local_port);
  if (!add_remote (session, parts, error))
    return NULL;

  for (guint i = 0; i < parts->groups->len; i++)
    {
      const char *group = g_ptr_array_index (parts->groups, i);
      g_autofree char *address = g_strndup (group, strcspn (group, "%"));
      guint index;

      if (!read_interface (group, &index, error) || !tl_udp_session_join (session, address, index, error))
        return NULL;
    }
  return TL_SESSION (g_steal_pointer (&session));
}

static TlSession *
open_tcp (const TlLinkParts *parts)
{
  TlTcpClient *session = tl_tcp_client_new (parts->host, parts->port);

  if (parts->local_host != NULL)
    g_object_set (session, "local-host", parts->local_host, "local-port", (guint) parts->local_port, NULL);
  if (parts->tls != NULL)
    g_object_set (session, "tls", g_str_equal (parts->tls, "verify") ? TL_TLS_VERIFY : TL_TLS_ACCEPT, NULL);
  if (parts->timeout != 0)
    g_object_set (session, "timeout", parts->timeout, NULL);
  g_object_set (session, "reconnect", parts->reconnect, NULL);
  return TL_SESSION (session);
}

static TlSession *
make_session (const TlLinkParts  *parts,
              GError            **error)
{
  switch (parts->kind)
    {
    case TL_LINK_UDP:
      return open_udp (parts, error);
    case TL_LINK_TCP:
      return open_tcp (parts);
    case TL_LINK_TCP_LISTEN:
      return TL_SESSION (tl_tcp_server_new (parts->host, parts->port));
    default:
      g_return_val_if_reached (NULL);
    }
}

TlSession *
tl_link_open (const char  *link,
              GError     **error)
{
  g_autoptr (TlLinkParts) parts = NULL;
  g_autoptr (TlSession) session = NULL;

  g_return_val_if_fail (link != NULL, NULL);

  parts = tl_link_parts_parse (link, error);
  if (parts == NULL)
    return NULL;
  session = make_session (parts, error);
  if (session == NULL || !set_reply (tl_session_get_auto_reply (session), parts, error))
    return NULL;

  if (parts->framing != NULL)
    {
      g_autoptr (TlFraming) framing = tl_framing_from_string (parts->framing, error);

      if (framing == NULL)
        return NULL;
      tl_session_set_framing (session, framing);
    }
  return g_steal_pointer (&session);
}

gboolean
tl_link_check (const char  *link,
               GError     **error)
{
  g_autoptr (TlLinkParts) parts = NULL;
  g_autoptr (TlAutoReply) auto_reply = tl_auto_reply_new ();

  g_return_val_if_fail (link != NULL, FALSE);

  parts = tl_link_parts_parse (link, error);
  if (parts == NULL || !set_reply (auto_reply, parts, error))
    return FALSE;
  for (guint i = 0; i < parts->groups->len; i++)
    {
      guint index;

      if (!read_interface (g_ptr_array_index (parts->groups, i), &index, error))
        return FALSE;
    }
  return TRUE;
}
