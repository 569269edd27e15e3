/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data connections of the FTP server: how they come about. */

#include "tl-ftp-server-data-private.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#define BACKLOG 4

/* @like with another port. */
static GSocketAddress *
with_port (GInetSocketAddress *like,
           guint16             port)
{
  GInetAddress *address = g_inet_socket_address_get_address (like);

  /* GLib has scopes of IPv6 addresses alone. */
  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return g_inet_socket_address_new (address, port);
  return g_object_new (G_TYPE_INET_SOCKET_ADDRESS, "address", address, "port", (guint) port, "scope-id",
                       g_inet_socket_address_get_scope_id (like), NULL);
}

/* GLib has no random port of a range: where the search begins. */
static guint16
pick_port (guint16 min,
           guint16 max,
           guint   attempt)
{
  const guint n = (guint) (max - min) + 1;
  static guint next;

  if (attempt == 0)
    next = (guint) g_random_int ();
  return (guint16) (min + (next + attempt) % n);
}

static GSocket *
new_socket (GSocketAddress  *like,
            GError         **error)
{
  return g_socket_new (g_socket_address_get_family (like), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
}

static GSocket *
listen_on (GInetSocketAddress  *local,
           guint16              port,
           GError             **error)
{
  g_autoptr (GSocket) socket = new_socket (G_SOCKET_ADDRESS (local), error);
  g_autoptr (GSocketAddress) address = NULL;

  if (socket == NULL)
    return NULL;
  address = with_port (local, port);
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

void
tl_ftp_server_data_finish (TlFtpServerData *self,
                           TlFtpDataEnd     end,
                           const char      *why)
{
  if (self->over)
    return;
  self->over = TRUE;
  self->ended_well = end == TL_FTP_DATA_DONE;
  g_clear_pointer (&self->watch, tl_socket_watch_free);
  g_clear_pointer (&self->accept_watch, tl_socket_watch_free);
  self->events->over (self->owner, end, why);
}

static void
handshake_cb (gpointer data)
{
  TlFtpServerData *self = data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->watch, tl_socket_watch_free);
  if (tl_ftp_server_tls_handshake (self->stream.tls, &error))
    {
      if (tl_ftp_server_tls_is_resumed (self->stream.tls))
        tl_ftp_server_data_move (self);
      else
        tl_ftp_server_data_finish (self, TL_FTP_DATA_FOREIGN, NULL);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    self->watch = tl_socket_watch_new (self->stream.socket, tl_ftp_server_tls_wants_write (self->stream.tls) ? G_IO_OUT : G_IO_IN, handshake_cb, self);
  else
    tl_ftp_server_data_finish (self, TL_FTP_DATA_TLS, error->message);
}

/* Connected, and wanted. */
static void
begin (TlFtpServerData *self)
{
  self->last_moved = g_get_monotonic_time ();
  if (self->certificate == NULL)
    {
      tl_ftp_server_data_move (self);
      return;
    }
  self->stream.tls = tl_ftp_server_tls_new (self->certificate, self->tickets, self->stream.socket, TRUE);
  handshake_cb (self);
}

static gboolean
is_peer (TlFtpServerData *self,
         GSocket         *socket)
{
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);

  return G_IS_INET_SOCKET_ADDRESS (remote)
         && g_inet_address_equal (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)),
                                  g_inet_socket_address_get_address (self->peer));
}

/* Whoever else comes is sent away, and the right one still awaited. */
static void
acceptable_cb (gpointer data)
{
  TlFtpServerData *self = data;
  g_autoptr (GSocket) socket = g_socket_accept (self->listener, NULL, NULL);

  if (socket == NULL)
    return;
  if (!is_peer (self, socket))
    {
      g_socket_close (socket, NULL);
      return;
    }
  g_clear_pointer (&self->accept_watch, tl_socket_watch_free);
  g_socket_close (self->listener, NULL);
  tl_ftp_server_stream_init (&self->stream, g_steal_pointer (&socket));
  if (self->events != NULL)
    begin (self);
}

static void
connected_cb (gpointer data)
{
  TlFtpServerData *self = data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->watch, tl_socket_watch_free);
  if (g_socket_check_connect_result (self->stream.socket, &error))
    begin (self);
  else
    tl_ftp_server_data_finish (self, TL_FTP_DATA_ABSENT, error->message);
}

static void
reach (TlFtpServerData *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) from = NULL;
  GSocket *socket = new_socket (G_SOCKET_ADDRESS (self->peer), &error);

  if (socket == NULL)
    {
      tl_ftp_server_data_finish (self, TL_FTP_DATA_ABSENT, error->message);
      return;
    }
  tl_ftp_server_stream_init (&self->stream, socket);
  from = with_port (self->local, 0);
  g_socket_bind (socket, from, FALSE, NULL);
  if (g_socket_connect (socket, G_SOCKET_ADDRESS (self->peer), NULL, &error))
    begin (self);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING))
    self->watch = tl_socket_watch_new (socket, G_IO_OUT, connected_cb, self);
  else
    tl_ftp_server_data_finish (self, TL_FTP_DATA_ABSENT, error->message);
}

static TlFtpServerData *
new_data (GSocket  *control,
          GError  **error)
{
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (control, error);
  g_autoptr (GSocketAddress) remote = local != NULL ? g_socket_get_remote_address (control, error) : NULL;
  TlFtpServerData *self;

  if (!G_IS_INET_SOCKET_ADDRESS (local) || !G_IS_INET_SOCKET_ADDRESS (remote))
    return NULL;
  self = g_new0 (TlFtpServerData, 1);
  self->local = G_INET_SOCKET_ADDRESS (g_steal_pointer (&local));
  self->peer = G_INET_SOCKET_ADDRESS (g_steal_pointer (&remote));
  return self;
}

TlFtpServerData *
tl_ftp_server_data_listen (GSocket  *control,
                           guint16   min,
                           guint16   max,
                           GError  **error)
{
  TlFtpServerData *self = new_data (control, error);
  guint n;

  /* It may have been changed since it was looked at. */
  n = min == 0 || max < min ? 1 : MIN ((guint) (max - min) + 1, 1000);
  if (self == NULL)
    return NULL;
  for (guint i = 0; i < n && self->listener == NULL; i++)
    {
      g_clear_error (error);
      self->listener = listen_on (self->local, min == 0 || max < min ? 0 : pick_port (min, max, i), error);
    }
  if (self->listener == NULL)
    {
      tl_ftp_server_data_free (self);
      return NULL;
    }
  self->accept_watch = tl_socket_watch_new (self->listener, G_IO_IN, acceptable_cb, self);
  return self;
}

TlFtpServerData *
tl_ftp_server_data_reach (GSocket *control,
                          guint16  port)
{
  TlFtpServerData *self = new_data (control, NULL);
  GSocketAddress *peer;

  if (self == NULL)
    return NULL;
  peer = with_port (self->peer, port);
  g_object_unref (self->peer);
  self->peer = G_INET_SOCKET_ADDRESS (peer);
  return self;
}

guint16
tl_ftp_server_data_get_port (TlFtpServerData *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self->listener, NULL);

  return G_IS_INET_SOCKET_ADDRESS (address) ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)) : 0;
}

void
tl_ftp_server_data_protect (TlFtpServerData  *self,
                            TlFtpCertificate *certificate,
                            TlFtpTickets     *tickets)
{
  self->certificate = tl_ftp_certificate_ref (certificate);
  self->tickets = tickets;
}

void
tl_ftp_server_data_start (TlFtpServerData             *self,
                          TlBlockReader               *reader,
                          TlBlockWriter               *writer,
                          const TlFtpServerDataEvents *events,
                          gpointer                     owner)
{
  self->events = events;
  self->owner = owner;
  self->last_moved = g_get_monotonic_time ();
  tl_ftp_server_data_take (self, reader, writer);
  if (self->listener == NULL)
    reach (self);
  else if (self->stream.socket != NULL)
    begin (self);
}

void
tl_ftp_server_data_tick (TlFtpServerData *self,
                         gint64           limit)
{
  if (self->over || self->events == NULL || self->paused || g_get_monotonic_time () - self->last_moved < limit)
    return;
  tl_ftp_server_data_finish (self, self->moving ? TL_FTP_DATA_STALLED : TL_FTP_DATA_ABSENT, NULL);
}

void
tl_ftp_server_data_free (TlFtpServerData *self)
{
  g_clear_pointer (&self->watch, tl_socket_watch_free);
  g_clear_pointer (&self->accept_watch, tl_socket_watch_free);
  tl_ftp_server_data_drop (self);
  if (self->listener != NULL)
    g_socket_close (self->listener, NULL);
  g_clear_object (&self->listener);
  if (self->stream.socket != NULL && self->ended_well)
    tl_ftp_server_data_linger (self);
  else if (self->stream.socket != NULL)
    tl_ftp_server_stream_clear (&self->stream, TRUE);
  g_clear_pointer (&self->certificate, tl_ftp_certificate_unref);
  g_clear_object (&self->local);
  g_clear_object (&self->peer);
  g_free (self);
}
