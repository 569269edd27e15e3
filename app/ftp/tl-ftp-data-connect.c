/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To the port that the server has named. */

#include "tl-ftp-data-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

/* A port that does not answer within this will not answer. */
#define CONNECT_SECONDS 10

void
tl_ftp_data_forget_socket (TlFtpData *self)
{
  g_clear_pointer (&self->connect_watch, tl_socket_watch_free);
  g_clear_handle_id (&self->connect_id, g_source_remove);
  g_clear_object (&self->socket);
}

/* @silent: nobody says no. */
static void
connect_failed (TlFtpData  *self,
                const char *reason,
                gboolean    silent)
{
  g_autofree char *sentence = NULL;

  /* Of a command that is out already a refusal may be about the file: such a server listens no longer. */
  if (silent || !self->ahead)
    self->client->shared->passive_works = FALSE;
  tl_ftp_data_forget_socket (self);
  sentence = g_strdup_printf (_("The data connection to the port that the server named for %s did not come about. (%s)"),
                              tl_ftp_way_verbs[self->way], reason);
  tl_ftp_control_note (self->control, TL_MESSAGE_WARNING, sentence);
  tl_ftp_data_way_failed (self);
}

static void
look_at_socket (TlFtpData *self)
{
  g_autoptr (GError) error = NULL;

  if (!g_socket_check_connect_result (self->socket, &error))
    {
      connect_failed (self, error->message, FALSE);
      return;
    }
  if (self->upload || tl_ftp_control_get_tls (self->control) != NULL)
    g_socket_set_option (self->socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  self->connection = g_socket_connection_factory_create_connection (self->socket);
  tl_ftp_data_forget_socket (self);
  self->client->shared->passive_works = TRUE;
  tl_ftp_data_opened (self, NULL);
}

static void
connectable_cb (gpointer user_data)
{
  g_autoptr (TlFtpData) self = g_object_ref (user_data);

  /* It may only seem so. */
  if (g_socket_condition_check (self->socket, G_IO_OUT) != 0)
    look_at_socket (self);
}

static gboolean
connect_limit_cb (gpointer user_data)
{
  g_autoptr (TlFtpData) self = g_object_ref (user_data);

  self->connect_id = 0;
  connect_failed (self, g_strerror (ETIMEDOUT), TRUE);
  return G_SOURCE_REMOVE;
}

/* The same address with another port. (transfer full) */
GSocketAddress *
tl_ftp_data_with_port (GSocketAddress *address,
                       guint16         port)
{
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);

  if (g_socket_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return g_inet_socket_address_new (g_inet_socket_address_get_address (inet), port);
  return g_object_new (G_TYPE_INET_SOCKET_ADDRESS, "address", g_inet_socket_address_get_address (inet), "port", (guint) port,
                       "scope-id", g_inet_socket_address_get_scope_id (inet), NULL);
}

/* Only the port is the server's to choose: the address is the one we talk to (a server must not send us elsewhere). */
void
tl_ftp_data_connect_to (TlFtpData *self,
                        guint16    port)
{
  g_autoptr (GSocketAddress) peer = tl_ftp_data_get_remote_address (self);
  g_autoptr (GSocketAddress) where = peer != NULL ? tl_ftp_data_with_port (peer, port) : NULL;
  g_autoptr (GError) error = NULL;

  if (where != NULL)
    self->socket = g_socket_new (g_socket_address_get_family (where), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  if (self->socket == NULL)
    {
      connect_failed (self, error != NULL ? error->message : g_strerror (ENOTCONN), FALSE);
      return;
    }
  g_socket_set_blocking (self->socket, FALSE);
  if (!g_socket_connect (self->socket, where, NULL, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING))
    {
      connect_failed (self, error->message, FALSE);
      return;
    }
  /* On the same machine it is there at once. */
  if (g_socket_condition_check (self->socket, G_IO_OUT) != 0)
    {
      look_at_socket (self);
      return;
    }
  self->connect_id = g_timeout_add_seconds (MIN (CONNECT_SECONDS, self->client->timeout), connect_limit_cb, self);
  self->connect_watch = tl_socket_watch_new (self->socket, G_IO_OUT, connectable_cb, self);
}
