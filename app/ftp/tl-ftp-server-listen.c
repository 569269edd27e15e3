/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where visitors of the shared folder come in: a bounded number of them. */

#include "tl-ftp-visitor-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <sys/socket.h>

#define BACKLOG 128
#define BUDGET 64
#define PAUSE_SECONDS 1

static void start_watch (TlFtpServer *self);

static gboolean
resume_cb (gpointer data)
{
  TlFtpServer *self = data;

  if (!tl_tcp_reserve_take (&self->reserve))
    return G_SOURCE_CONTINUE;
  self->pause_id = 0;
  start_watch (self);
  return G_SOURCE_REMOVE;
}

/* Those who come meanwhile wait in the system's queue. */
static void
pause_accepting (TlFtpServer  *self,
                 const GError *error)
{
  g_clear_pointer (&self->watch, tl_socket_watch_free);
  tl_tcp_reserve_let_go (&self->reserve);
  self->pause_id = g_timeout_add_seconds (PAUSE_SECONDS, resume_cb, self);
  if (!self->told_full)
    tl_message_log_append_printf (self->log, TL_MESSAGE_WARNING, 0, _("No visitors can be taken now; this is tried again every second. (%s)"),
                                  error->message);
  self->told_full = TRUE;
}

/* One line a second at most tells of them. */
static void
refuse (TlFtpServer *self,
        GSocket     *socket)
{
  static const char reply[] = "421 Too many connections; try again later.\r\n";

  send (g_socket_get_fd (socket), reply, sizeof reply - 1, MSG_DONTWAIT | MSG_NOSIGNAL);
  g_socket_close (socket, NULL);
  self->n_refused++;
  g_object_notify (G_OBJECT (self), "n-refused");
}

static void
take (TlFtpServer *self,
      GSocket     *socket)
{
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);
  g_autoptr (TlFtpVisitor) visitor = NULL;
  GInetAddress *address;

  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    {
      g_socket_close (socket, NULL);
      return;
    }
  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));
  if (g_list_model_get_n_items (G_LIST_MODEL (self->visitors)) >= self->max_connections
      || !tl_ftp_server_guard_enter (self->guard, address, self->max_per_address))
    {
      refuse (self, socket);
      return;
    }
  visitor = tl_ftp_visitor_new (self, g_object_ref (socket), G_INET_SOCKET_ADDRESS (remote));
  g_list_store_append (self->visitors, visitor);
  self->n_served++;
  g_object_notify (G_OBJECT (self), "n-served");
  g_object_notify (G_OBJECT (self), "n-connected");
  tl_ftp_visitor_start (visitor);
}

static void
acceptable_cb (gpointer data)
{
  g_autoptr (TlFtpServer) self = g_object_ref (data);

  for (guint i = 0; i < BUDGET && self->watch != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = g_socket_accept (self->listener, NULL, &error);

      if (socket != NULL)
        {
          self->told_full = FALSE;
          take (self, socket);
        }
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return;
      /* What is wrong with one client is no reason to stop; what is wrong with us would come again at once. */
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
        pause_accepting (self, error);
    }
}

static void
start_watch (TlFtpServer *self)
{
  self->watch = tl_socket_watch_new (self->listener, G_IO_IN, acceptable_cb, self);
}

static void
set_bind_error (TlFtpServer  *self,
                const GError *reason,
                GError      **error)
{
  /* Who has it is looked for then, and told. */
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, reason->message);
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, _("The system keeps the port %u for itself. Choose one from 1024 on. (%s)"), self->port,
                 reason->message);
  else
    g_set_error (error, G_IO_ERROR, reason->code, _("Nobody can be let in at %s, port %u. Choose another address. (%s)"), self->address, self->port,
                 reason->message);
}

gboolean
tl_ftp_server_listen (TlFtpServer  *self,
                      GError      **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (self->address);
  g_autoptr (GSocketAddress) place = NULL;
  g_autoptr (GSocketAddress) local = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) reason = NULL;
  const int on = 1;

  if (address == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” is no address of this computer. Choose one."), self->address);
      return FALSE;
    }
  place = g_inet_socket_address_new (address, (guint16) self->port);
  socket = g_socket_new (g_inet_address_get_family (address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &reason);
  if (socket != NULL)
    {
      g_socket_set_blocking (socket, FALSE);
      g_socket_set_listen_backlog (socket, BACKLOG);
      /* IPv4 addresses in the clothes of IPv6 ones would have to be undressed everywhere. */
      if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
        setsockopt (g_socket_get_fd (socket), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    }
  if (socket == NULL || !g_socket_bind (socket, place, TRUE, &reason) || !g_socket_listen (socket, &reason))
    {
      set_bind_error (self, reason, error);
      return FALSE;
    }
  local = g_socket_get_local_address (socket, NULL);
  self->local_port = local != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local)) : self->port;
  self->listener = g_steal_pointer (&socket);
  tl_tcp_reserve_take (&self->reserve);
  start_watch (self);
  return TRUE;
}

void
tl_ftp_server_stop_listening (TlFtpServer *self)
{
  g_clear_pointer (&self->watch, tl_socket_watch_free);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (self->listener != NULL)
    g_socket_close (self->listener, NULL);
  g_clear_object (&self->listener);
  tl_tcp_reserve_let_go (&self->reserve);
}
