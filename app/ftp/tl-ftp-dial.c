/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way to a server: name, addresses, the first that answers. */

#include "tl-ftp-dial.h"
#include "tl-ftp-types.h"
#include "tl-tcp-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

/* A connection that says nothing while a long transfer goes on must not be forgotten by the routers on the way, nor outlive its other end. */
#define KEEP_ALIVE_IDLE_S 60
#define KEEP_ALIVE_INTERVAL_S 20

typedef struct {
  TlEndpoint    *endpoint;
  TlMessageLog  *log;
  GSocketClient *client;
  GCancellable  *cancellable;   /* ours: the caller's, or the limit */
  gulong         cancelled_id;
  guint          limit_id;
  gboolean       timed_out;
  TlFtpDialFunc  func;
  gpointer       func_data;
} Dial;

static void
dial_free (Dial *self)
{
  g_clear_handle_id (&self->limit_id, g_source_remove);
  tl_endpoint_unref (self->endpoint);
  g_object_unref (self->client);
  g_object_unref (self->cancellable);
  g_object_unref (self->log);
  g_free (self);
}

static void
event_cb (GSocketClient      *client,
          GSocketClientEvent  event,
          GSocketConnectable *connectable,
          GIOStream          *connection,
          GTask              *task)
{
  Dial *self = g_task_get_task_data (task);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (TlEndpoint) endpoint = NULL;

  if (event == G_SOCKET_CLIENT_RESOLVING)
    tl_message_log_append_printf (self->log, TL_MESSAGE_EVENT, 0, _("Looking up %s."), tl_endpoint_get_host (self->endpoint));
  else if (event == G_SOCKET_CLIENT_CONNECTING || event == G_SOCKET_CLIENT_CONNECTED)
    {
      address = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (connection), NULL);
      endpoint = address != NULL ? tl_endpoint_from_address (address) : NULL;
      if (endpoint != NULL)
        tl_message_log_append_printf (self->log, TL_MESSAGE_EVENT, 0,
                                      event == G_SOCKET_CLIENT_CONNECTING ? _("Trying %s.") : _("%s has answered."),
                                      tl_endpoint_get_text (endpoint));
    }
  if (self->func != NULL && !g_cancellable_is_cancelled (self->cancellable) &&
      (event == G_SOCKET_CLIENT_RESOLVING || event == G_SOCKET_CLIENT_CONNECTING))
    self->func (event, self->func_data);
}

/* The number that the sentences of net are made for. */
static int
errno_of (const GError *error)
{
  if (error->domain != G_IO_ERROR)
    return 0;
  switch ((GIOErrorEnum) error->code)
    {
    case G_IO_ERROR_CONNECTION_REFUSED:
      return ECONNREFUSED;
    case G_IO_ERROR_TIMED_OUT:
      return ETIMEDOUT;
    case G_IO_ERROR_HOST_UNREACHABLE:
      return EHOSTUNREACH;
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return ENETUNREACH;
    default:
      return 0;
    }
}

static GError *
make_error (Dial         *self,
            const GError *error)
{
  const int errsv = self->timed_out ? ETIMEDOUT : errno_of (error);
  g_autoptr (GError) told = errsv != 0 ? tl_tcp_connect_error (errsv, self->endpoint) : g_error_copy (error);
  g_autofree char *sentence = NULL;
  TlFtpError code = TL_FTP_ERROR_CLOSED;

  if (!self->timed_out && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  sentence = tl_tcp_connect_sentence (told, self->endpoint);
  if (self->timed_out || errsv == ETIMEDOUT)
    code = TL_FTP_ERROR_TIMED_OUT;
  else if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    code = TL_FTP_ERROR_FAILED;
  return g_error_new_literal (TL_FTP_ERROR, (int) code, sentence);
}

static void
prepare_socket (GSocket *socket)
{
  g_socket_set_keepalive (socket, TRUE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPIDLE, KEEP_ALIVE_IDLE_S, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPINTVL, KEEP_ALIVE_INTERVAL_S, NULL);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Dial *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);

  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (source, task);
  if (self->cancelled_id != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), self->cancelled_id);
  if (connection == NULL)
    {
      g_task_return_error (task, make_error (self, error));
      return;
    }
  prepare_socket (g_socket_connection_get_socket (connection));
  g_task_return_pointer (task, connection, g_object_unref);
}

static gboolean
limit_cb (gpointer user_data)
{
  Dial *self = g_task_get_task_data (user_data);

  self->limit_id = 0;
  self->timed_out = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Dial *self = user_data;

  g_cancellable_cancel (self->cancellable);
}

void
tl_ftp_dial_async (const char          *host,
                   guint16              port,
                   guint                timeout,
                   TlMessageLog        *log,
                   TlFtpDialFunc        func,
                   gpointer             func_data,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSocketConnectable) where = g_network_address_new (host, port);
  Dial *self = g_new0 (Dial, 1);

  g_task_set_source_tag (task, tl_ftp_dial_async);
  self->endpoint = tl_endpoint_new (host, port);
  self->log = g_object_ref (log);
  self->client = g_socket_client_new ();
  self->cancellable = g_cancellable_new ();
  self->func = func;
  self->func_data = func_data;
  g_task_set_task_data (task, self, (GDestroyNotify) dial_free);
  /* The data connections could not follow through a proxy. */
  g_socket_client_set_enable_proxy (self->client, FALSE);
  g_signal_connect (self->client, "event", G_CALLBACK (event_cb), task);
  if (cancellable != NULL)
    self->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self);
  self->limit_id = g_timeout_add (timeout * 1000, limit_cb, task);
  g_socket_client_connect_async (self->client, where, self->cancellable, connected_cb, task);
}

GSocketConnection *
tl_ftp_dial_finish (GAsyncResult  *result,
                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
