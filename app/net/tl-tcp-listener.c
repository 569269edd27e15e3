/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A listening socket: takes clients within a budget, and pauses instead of dying when the system has nothing left to take them with. */

#include "tl-tcp-listener.h"
#include "tl-session-private.h"
#include "tl-socket-watch.h"
#include "tl-tcp-calls.h"
#include "tl-tcp-limits.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <sys/socket.h>

#define ACCEPT_BUDGET 128
#define ACCEPT_TIME (4 * G_TIME_SPAN_MILLISECOND)
#define PAUSE_SECONDS 1

struct _TlTcpListener
{
  TlSession         *session;    /* not owned: it owns us */
  GSocket           *socket;
  TlSocketWatch     *watch;
  gboolean          *freed;      /* told to who is accepting meanwhile */
  TlTcpAcceptedFunc  accepted;
  TlTcpReserve       reserve;
  guint              pause_id;
  gboolean           told;       /* that there is nothing left; once until a client was taken */
};

static void start_watch (TlTcpListener *self);

static gboolean
resume_cb (gpointer user_data)
{
  TlTcpListener *self = user_data;

  if (!tl_tcp_reserve_take (&self->reserve))
    return G_SOURCE_CONTINUE;
  self->pause_id = 0;
  start_watch (self);
  return G_SOURCE_REMOVE;
}

/* Those who come meanwhile wait in the system's queue. */
static void
pause_accepting (TlTcpListener *self,
                 int            errsv)
{
  g_clear_pointer (&self->watch, tl_socket_watch_free);
  tl_tcp_reserve_let_go (&self->reserve);
  self->pause_id = g_timeout_add_seconds (PAUSE_SECONDS, resume_cb, self);
  if (self->told)
    return;
  self->told = TRUE;
  if (errsv == EMFILE || errsv == ENFILE)
    tl_message_log_append_printf (tl_session_get_log (self->session), TL_MESSAGE_WARNING, 0,
                                  _("No more clients can be taken now: the limit of open files is reached. New ones wait until others leave. (%s)"),
                                  g_strerror (errsv));
  else
    tl_message_log_append_printf (tl_session_get_log (self->session), TL_MESSAGE_WARNING, 0,
                                  _("No clients can be taken now; this is tried again every second. (%s)"), g_strerror (errsv));
}

/* What accept(2) says about one client that went away while it waited is no reason to stop. */
static gboolean
is_about_one_client (int errsv)
{
  switch (errsv)
    {
    case EINTR:
    case ECONNABORTED:
    case EPROTO:
    case ENOPROTOOPT:
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENONET:
    case EOPNOTSUPP:
    case EPERM:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
acceptable_cb (gpointer user_data)
{
  TlTcpListener *self = user_data;
  g_autoptr (TlSession) hold = g_object_ref (self->session);
  gboolean freed = FALSE;
  gint64 deadline = g_get_monotonic_time () + ACCEPT_TIME;

  self->freed = &freed;
  for (guint i = 0; i < ACCEPT_BUDGET && g_get_monotonic_time () < deadline; i++)
    {
      g_autoptr (TlEndpoint) remote = NULL;
      g_autoptr (GSocket) client = NULL;
      int errsv;

      client = tl_tcp_call_accept (self->session, self->socket, &remote, &errsv);
      if (client != NULL)
        {
          if (self->told)
            tl_message_log_append_text (tl_session_get_log (self->session), TL_MESSAGE_EVENT, 0, _("Clients are taken again."));
          self->told = FALSE;
          self->accepted (self->session, client, remote);
          /* The session may have stopped listening at this. */
          if (freed)
            return;
        }
      else if (errsv == EAGAIN || errsv == EWOULDBLOCK)
        break;
      else if (!is_about_one_client (errsv))
        {
          pause_accepting (self, errsv);
          break;
        }
    }
  self->freed = NULL;
}

static void
start_watch (TlTcpListener *self)
{
  self->watch = tl_socket_watch_new (self->socket, G_IO_IN, acceptable_cb, self);
}

static void
set_flag (TlSession  *session,
          GSocket    *socket,
          int         level,
          int         option,
          const char *names,
          gboolean    on)
{
  int fd = g_socket_get_fd (socket);
  int result = setsockopt (fd, level, option, &on, sizeof on);
  int errsv = result < 0 ? errno : 0;

  tl_session_trace (session, NULL, result, errsv, "setsockopt(%d, %s, %d)", fd, names, on);
}

TlTcpListener *
tl_tcp_listener_open (TlSession                  *session,
                      GSocketAddress             *address,
                      const TlTcpListenerOptions *options,
                      TlTcpAcceptedFunc           accepted)
{
  g_autoptr (TlTcpListener) self = g_new0 (TlTcpListener, 1);
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_from_address (address);
  GSocketFamily family = g_socket_address_get_family (address);
  const char *call = "socket";
  int errsv;

  self->session = session;
  self->accepted = accepted;
  self->reserve = (TlTcpReserve) TL_TCP_RESERVE_INIT;
  self->socket = tl_tcp_call_socket (session, family, &errsv);
  if (self->socket != NULL)
    {
      tl_session_apply_options (session, NULL, self->socket);
      if (family == G_SOCKET_FAMILY_IPV6)
        set_flag (session, self->socket, IPPROTO_IPV6, IPV6_V6ONLY, "IPPROTO_IPV6, IPV6_V6ONLY", !options->dual_stack);
      call = "bind";
      errsv = tl_tcp_call_bind (session, self->socket, address);
    }
  if (errsv == 0)
    {
      call = "listen";
      errsv = tl_tcp_call_listen (session, self->socket, options->backlog);
    }
  if (errsv != 0)
    {
      tl_session_fail_call (session, call, errsv, endpoint, FALSE);
      return NULL;
    }
  tl_tcp_limits_raise (session);
  tl_tcp_reserve_take (&self->reserve);
  start_watch (self);
  return g_steal_pointer (&self);
}

void
tl_tcp_listener_free (TlTcpListener *self)
{
  if (self->freed != NULL)
    *self->freed = TRUE;
  g_clear_pointer (&self->watch, tl_socket_watch_free);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  tl_tcp_reserve_let_go (&self->reserve);
  if (self->socket != NULL)
    tl_tcp_call_close (self->session, NULL, self->socket, FALSE);
  g_clear_object (&self->socket);
  g_free (self);
}

GSocket *
tl_tcp_listener_get_socket (TlTcpListener *self)
{
  return self->socket;
}
