/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a TCP client is called: its link and its title. */

#include "tl-tcp-client-link.h"
#include "tl-session-private.h"
#include "tl-tcp-client.h"

#include <glib/gi18n-lib.h>

/* @optional: NULL where nothing was chosen */
static char *
dup_endpoint (TlSession  *session,
              gboolean    optional,
              const char *host_property,
              const char *port_property)
{
  g_autofree char *host = NULL;
  g_autoptr (TlEndpoint) endpoint = NULL;
  guint port = 0;

  g_object_get (session, host_property, &host, port_property, &port, NULL);
  if (optional && *host == '\0' && port == 0)
    return NULL;
  endpoint = tl_endpoint_new (!optional || *host != '\0' ? host : "0.0.0.0", (guint16) port);
  return g_strdup (tl_endpoint_get_text (endpoint));
}

char *
tl_tcp_client_make_link (TlSession *session)
{
  g_autofree char *remote = dup_endpoint (session, FALSE, "remote-host", "remote-port");
  g_autofree char *local = dup_endpoint (session, TRUE, "local-host", "local-port");
  g_autoptr (GString) query = g_string_new (NULL);
  TlTlsMode tls = TL_TLS_OFF;
  gboolean reconnect = FALSE;
  guint timeout = 0;

  g_object_get (session, "tls", &tls, "reconnect", &reconnect, "timeout", &timeout, NULL);
  if (local != NULL)
    tl_link_append_query (query, "local", local);
  if (tls != TL_TLS_OFF)
    tl_link_append_query (query, "tls", tls == TL_TLS_VERIFY ? "verify" : "accept");
  if (reconnect)
    tl_link_append_query (query, "reconnect", "1");
  if (timeout != TL_TCP_CLIENT_TIMEOUT)
    g_string_append_printf (query, "%stimeout=%u", query->len > 0 ? "&" : "", timeout);
  tl_session_append_link_query (session, query);
  return g_strconcat ("tcp://", remote, query->len > 0 ? "?" : "", query->str, NULL);
}

char *
tl_tcp_client_make_title (TlSession *session)
{
  g_autofree char *remote = dup_endpoint (session, FALSE, "remote-host", "remote-port");

  return g_strdup_printf (_("TCP client %s"), remote);
}
