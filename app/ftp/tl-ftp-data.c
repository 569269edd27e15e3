/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A data connection is agreed on: passive as long as that works, active where the user allows it. */

#include "tl-ftp-data-private.h"

#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

G_DEFINE_FINAL_TYPE (TlFtpData, tl_ftp_data, G_TYPE_OBJECT)

const char * const tl_ftp_way_verbs[] = { "EPSV", "PASV", "EPRT", "PORT" };

static void try_way (TlFtpData *self);

GSocketAddress *
tl_ftp_data_get_remote_address (TlFtpData *self)
{
  return g_socket_connection_get_remote_address (tl_ftp_control_get_connection (self->control), NULL);
}

static GSocketFamily
get_family (TlFtpData *self)
{
  g_autoptr (GSocketAddress) address = tl_ftp_data_get_remote_address (self);

  return address != NULL ? g_socket_address_get_family (address) : G_SOCKET_FAMILY_IPV4;
}

/* -1: none is left. */
static int
next_way (TlFtpData *self)
{
  static const TlFtpWay orders[][TL_FTP_N_WAYS] = {
    { TL_FTP_WAY_EPSV, TL_FTP_WAY_PASV, TL_FTP_WAY_EPRT, TL_FTP_WAY_PORT },
    { TL_FTP_WAY_PASV, TL_FTP_WAY_EPSV, TL_FTP_WAY_PORT, TL_FTP_WAY_EPRT },
  };
  const gboolean ipv6 = get_family (self) == G_SOCKET_FAMILY_IPV6;
  const TlFtpWay *order = orders[ipv6 || tl_ftp_client_has_feature (self->client, "EPSV") ? 0 : 1];
  gboolean active = FALSE;

  g_object_get (self->client->site, "active-mode", &active, NULL);
  for (guint i = 0; i < TL_FTP_N_WAYS; i++)
    {
      if (self->client->shared->failed_ways & (1u << order[i]))
        continue;
      if ((order[i] >= TL_FTP_WAY_EPRT && !active) || (order[i] == TL_FTP_WAY_PORT && ipv6))
        continue;
      return (int) order[i];
    }
  return -1;
}

void
tl_ftp_data_opened (TlFtpData *self,
                    GError    *error)
{
  self->events->opened (self->owner, error);
}

/* The way is closed: on this connection it is not tried again. */
void
tl_ftp_data_way_failed (TlFtpData *self)
{
  if (self->ahead)
    {
      tl_ftp_data_opened (self, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_DATA, _("No data connection came about.")));
      return;
    }
  self->client->shared->failed_ways |= 1u << self->way;
  try_way (self);
}

static void
note_foreign_address (TlFtpData    *self,
                      const guint8  address[4])
{
  g_autoptr (GSocketAddress) peer = tl_ftp_data_get_remote_address (self);
  g_autoptr (GInetAddress) named = g_inet_address_new_from_bytes (address, G_SOCKET_FAMILY_IPV4);
  g_autofree char *name = g_inet_address_to_string (named);
  g_autofree char *sentence = NULL;

  if (g_inet_address_equal (named, g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (peer))))
    return;
  sentence = g_strdup_printf (_("The server named the address %s for the data connection. Only the port is used, with the address of the server."), name);
  tl_ftp_control_note (self->control, TL_MESSAGE_EVENT, sentence);
}

static void
passive_reply (TlFtpData  *self,
               TlFtpReply *reply)
{
  g_autoptr (GError) error = NULL;
  guint8 address[4] = { 0 };
  guint16 port = 0;
  gboolean good;

  if (self->way == TL_FTP_WAY_EPSV)
    good = tl_ftp_answer_epsv (reply, &port, &error);
  else
    good = tl_ftp_answer_pasv (reply, &port, address, &error);
  if (!good || port == 0)
    {
      tl_ftp_control_note (self->control, TL_MESSAGE_WARNING,
                           error != NULL ? error->message : _("The server named port 0 for the data connection."));
      tl_ftp_data_way_failed (self);
      return;
    }
  if (self->way == TL_FTP_WAY_PASV && tl_ftp_reply_get_code (reply) == 227)
    note_foreign_address (self, address);
  self->held_port = port;
  if (!self->held)
    tl_ftp_data_connect_to (self, port);
}

static void
way_cb (TlFtpReply   *reply,
        const GError *error,
        gpointer      user_data)
{
  g_autoptr (TlFtpData) self = g_object_ref (user_data);

  if (error != NULL)
    {
      tl_ftp_data_opened (self, g_error_copy (error));
      return;
    }
  if (tl_ftp_reply_get_class (reply) == 1)
    return;
  if (tl_ftp_reply_get_class (reply) != 2)
    {
      g_clear_pointer (&self->refusal, tl_ftp_reply_unref);
      self->refusal = tl_ftp_reply_ref (reply);
      tl_ftp_data_way_failed (self);
    }
  else if (self->way >= TL_FTP_WAY_EPRT)
    tl_ftp_data_opened (self, NULL);
  else
    passive_reply (self, reply);
}

static void
send_way (TlFtpData  *self,
          const char *argument)
{
  g_autoptr (GBytes) bytes = argument != NULL ? g_bytes_new (argument, strlen (argument)) : NULL;
  GError *error = NULL;

  if (!tl_ftp_control_send (self->control, TL_FTP_COMMAND_PLAIN, tl_ftp_way_verbs[self->way], bytes, way_cb, self, &error))
    tl_ftp_data_opened (self, error);
}

/* A socket that waits on the address at which the server sees us. */
static gboolean
listen_here (TlFtpData *self,
             GError   **error)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (tl_ftp_control_get_connection (self->control), error);
  g_autoptr (GSocketAddress) where = NULL;

  if (local == NULL)
    return FALSE;
  where = tl_ftp_data_with_port (local, 0);
  self->listener = g_socket_new (g_socket_address_get_family (local), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (self->listener == NULL)
    return FALSE;
  g_socket_set_blocking (self->listener, FALSE);
  return g_socket_bind (self->listener, where, FALSE, error) && g_socket_listen (self->listener, error);
}

static void
send_active (TlFtpData *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) local = NULL;
  g_autofree char *host = NULL;
  g_autofree char *argument = NULL;
  GInetSocketAddress *inet;
  guint16 port;

  if (self->listener == NULL && !listen_here (self, &error))
    {
      g_clear_object (&self->listener);
      tl_ftp_control_note (self->control, TL_MESSAGE_WARNING, error->message);
      tl_ftp_data_way_failed (self);
      return;
    }
  local = g_socket_get_local_address (self->listener, NULL);
  inet = G_INET_SOCKET_ADDRESS (local);
  port = g_inet_socket_address_get_port (inet);
  host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  if (self->way == TL_FTP_WAY_EPRT)
    argument = g_strdup_printf ("|%d|%s|%u|", g_socket_address_get_family (local) == G_SOCKET_FAMILY_IPV6 ? 2 : 1, host, port);
  else
    argument = g_strdup_printf ("%s,%u,%u", g_strdelimit (host, ".", ','), port >> 8, port & 0xffu);
  send_way (self, argument);
}

static GError *
no_way_error (TlFtpData *self)
{
  gboolean active = FALSE;
  const char *sentence;

  g_object_get (self->client->site, "active-mode", &active, NULL);
  sentence = active ? _("No data connection came about, neither passive nor active. A firewall may stand in the way.")
                    : _("No data connection came about. A firewall may stand in the way; active mode may help, in the settings of the site.");
  if (self->refusal != NULL)
    return tl_ftp_error_new_with_reply (TL_FTP_ERROR_DATA, sentence, self->refusal);
  return g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_DATA, sentence);
}

static void
try_way (TlFtpData *self)
{
  const int way = next_way (self);

  if (self->ahead && (way < 0 || way >= TL_FTP_WAY_EPRT))
    {
      tl_ftp_data_way_failed (self);
      return;
    }
  if (way < 0)
    {
      /* The next try begins from the start: what failed may have been for now. */
      self->client->shared->failed_ways = 0;
      tl_ftp_data_opened (self, no_way_error (self));
      return;
    }
  self->way = (TlFtpWay) way;
  if (self->way >= TL_FTP_WAY_EPRT)
    send_active (self);
  else
    send_way (self, NULL);
}

/* Only the server may come: anybody else who finds the port is turned away. */
static gboolean
is_from_server (TlFtpData *self,
                GSocket   *socket)
{
  g_autoptr (GSocketAddress) peer = tl_ftp_data_get_remote_address (self);
  g_autoptr (GSocketAddress) other = g_socket_get_remote_address (socket, NULL);

  return peer != NULL && other != NULL &&
         g_inet_address_equal (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (peer)),
                               g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (other)));
}

static void
accept_cb (gpointer user_data)
{
  g_autoptr (TlFtpData) self = g_object_ref (user_data);
  g_autoptr (GSocket) socket = g_socket_accept (self->listener, NULL, NULL);

  if (socket == NULL)
    return;
  if (!is_from_server (self, socket))
    {
      tl_ftp_control_note (self->control, TL_MESSAGE_WARNING, _("Somebody else than the server came to the data connection and was turned away."));
      g_socket_close (socket, NULL);
      return;
    }
  g_clear_pointer (&self->accept_watch, tl_socket_watch_free);
  g_socket_close (self->listener, NULL);
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  self->connection = g_socket_connection_factory_create_connection (socket);
  tl_ftp_data_connected (self);
}

static gboolean
stall_cb (gpointer user_data)
{
  TlFtpData *self = user_data;
  const gint64 limit = (gint64) self->client->timeout * G_USEC_PER_SEC;
  const gint64 still = g_get_monotonic_time () - self->last_moved;
  g_autofree char *sentence = NULL;

  if (self->paused || still < limit)
    {
      self->stall_id = g_timeout_add (self->paused ? self->client->timeout * 1000 : (guint) ((limit - still) / 1000 + 1), stall_cb, self);
      return G_SOURCE_REMOVE;
    }
  self->stall_id = 0;
  sentence = g_strdup_printf (ngettext ("Nothing moved on the data connection for %u second.",
                                        "Nothing moved on the data connection for %u seconds.", self->client->timeout), self->client->timeout);
  tl_ftp_data_finish (self, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_TIMED_OUT, sentence));
  return G_SOURCE_REMOVE;
}

static void
tl_ftp_data_dispose (GObject *object)
{
  TlFtpData *self = TL_FTP_DATA (object);

  self->over = TRUE;
  g_clear_handle_id (&self->stall_id, g_source_remove);
  g_clear_handle_id (&self->close_id, g_source_remove);
  g_clear_pointer (&self->watch, tl_socket_watch_free);
  g_clear_pointer (&self->accept_watch, tl_socket_watch_free);
  tl_ftp_data_forget_socket (self);
  g_clear_object (&self->listener);
  g_clear_object (&self->tls);
  g_clear_object (&self->connection);
  g_clear_object (&self->control);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->refusal, tl_ftp_reply_unref);

  G_OBJECT_CLASS (tl_ftp_data_parent_class)->dispose (object);
}

static void
tl_ftp_data_class_init (TlFtpDataClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_ftp_data_dispose;
}

static void
tl_ftp_data_init (TlFtpData *self)
{
  self->cancellable = g_cancellable_new ();
}

TlFtpData *
tl_ftp_data_new (TlFtpClient           *client,
                 const TlFtpDataEvents *events,
                 gpointer               owner,
                 gboolean               upload)
{
  TlFtpData *self = g_object_new (TL_TYPE_FTP_DATA, NULL);

  self->client = client;
  self->control = g_object_ref (client->control);
  self->events = events;
  self->owner = owner;
  self->upload = upload;
  return self;
}

TlFtpData *
tl_ftp_data_new_ahead (TlFtpClient           *client,
                       const TlFtpDataEvents *events,
                       gpointer               owner,
                       gboolean               held)
{
  TlFtpData *self = tl_ftp_data_new (client, events, owner, FALSE);

  self->ahead = TRUE;
  self->held = held;
  return self;
}

void
tl_ftp_data_let_connect (TlFtpData *self)
{
  self->held = FALSE;
  if (self->held_port != 0 && self->socket == NULL && self->connection == NULL && !self->over)
    tl_ftp_data_connect_to (self, self->held_port);
}

gboolean
tl_ftp_data_has_port (TlFtpData *self)
{
  return self->held_port != 0;
}

gboolean
tl_ftp_data_is_connecting (TlFtpData *self)
{
  return self->socket != NULL;
}

void
tl_ftp_data_open (TlFtpData *self)
{
  try_way (self);
}

void
tl_ftp_data_connected (TlFtpData *self)
{
  self->last_moved = g_get_monotonic_time ();
  if (tl_ftp_control_get_tls (self->control) != NULL)
    tl_ftp_data_start_tls (self);
  else
    tl_ftp_data_start_moving (self);
}

void
tl_ftp_data_run (TlFtpData *self)
{
  self->running = TRUE;
  self->last_moved = g_get_monotonic_time ();
  self->stall_id = g_timeout_add (self->client->timeout * 1000, stall_cb, self);
  if (self->connection != NULL)
    tl_ftp_data_connected (self);
  else
    self->accept_watch = tl_socket_watch_new (self->listener, G_IO_IN, accept_cb, self);
}

gboolean
tl_ftp_data_was_cut (TlFtpData *self)
{
  return self->cut;
}

gboolean
tl_ftp_data_is_foreign (TlFtpData *self)
{
  return self->foreign;
}

gboolean
tl_ftp_data_is_connected (TlFtpData *self)
{
  if (self->connection == NULL && self->accept_watch != NULL && g_socket_condition_check (self->listener, G_IO_IN) != 0)
    return TRUE;
  return self->connection != NULL;
}
