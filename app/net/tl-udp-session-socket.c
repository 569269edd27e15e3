/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The socket of a UDP session: opening it with each call in the log, reading it within the budget of a wake-up, letting go of it. */

#include "tl-udp-session-internal.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

#ifndef IPV6_MULTICAST_ALL
#define IPV6_MULTICAST_ALL 29
#endif

static void
set_flag (TlUdpSession *self,
          int           fd,
          int           level,
          int           option,
          int           value,
          const char   *text)
{
  const int result = setsockopt (fd, level, option, &value, sizeof value);

  tl_session_trace (TL_SESSION (self), NULL, result, result != 0 ? errno : 0, "setsockopt(%d, %s, %d)", fd, text, value);
}

/* What every UDP session needs of its socket, whatever the options say. */
static void
prepare (TlUdpSession *self,
         int           fd,
         gboolean      ipv4,
         gboolean      ipv6)
{
  guint receive_buffer;

  g_object_get (tl_session_get_options (TL_SESSION (self)), "receive-buffer", &receive_buffer, NULL);
  if (ipv6)
    set_flag (self, fd, IPPROTO_IPV6, IPV6_V6ONLY, !ipv4, "IPPROTO_IPV6, IPV6_V6ONLY");
  if (receive_buffer == 0)
    set_flag (self, fd, SOL_SOCKET, SO_RCVBUF, TL_UDP_RECEIVE_BUFFER, "SOL_SOCKET, SO_RCVBUF");
  set_flag (self, fd, SOL_SOCKET, SO_RXQ_OVFL, 1, "SOL_SOCKET, SO_RXQ_OVFL");
  if (ipv4)
    {
      set_flag (self, fd, IPPROTO_IP, IP_RECVERR, 1, "IPPROTO_IP, IP_RECVERR");
      /* Else the socket hears the groups of all programs of this computer, joined here or not. */
      set_flag (self, fd, IPPROTO_IP, IP_MULTICAST_ALL, 0, "IPPROTO_IP, IP_MULTICAST_ALL");
    }
  if (ipv6)
    {
      set_flag (self, fd, IPPROTO_IPV6, IPV6_RECVERR, 1, "IPPROTO_IPV6, IPV6_RECVERR");
      set_flag (self, fd, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0, "IPPROTO_IPV6, IPV6_MULTICAST_ALL");
    }
}

static void
tell_drops (TlUdpSession *self,
            gboolean      now)
{
  const gint64 time = g_get_monotonic_time ();

  if (self->drops_untold == 0 || (!now && self->drops_told_at != 0 && time - self->drops_told_at < G_USEC_PER_SEC))
    return;
  tl_message_log_append_printf (tl_session_get_log (TL_SESSION (self)), TL_MESSAGE_WARNING, 0,
                                ngettext ("The kernel dropped %lu datagram: the receive buffer was full.",
                                          "The kernel dropped %lu datagrams: the receive buffer was full.",
                                          MIN (self->drops_untold, G_MAXULONG)),
                                (gulong) self->drops_untold);
  self->drops_untold = 0;
  self->drops_told_at = time;
}

static void
take_drops (TlUdpSession *self)
{
  const guint32 drops = tl_udp_reader_take_drops (self->reader, TRUE);

  if (drops == 0)
    return;
  self->drops_untold += drops;
  tl_session_add_kernel_drops (TL_SESSION (self), drops);
}

/* The note of a peer, and the line in the log. */
static void
tell_unreachable (TlUdpSession *self,
                  TlUdpPeer    *peer,
                  int           errsv)
{
  const TlEndpoint *endpoint = tl_peer_get_endpoint (TL_PEER (peer));
  g_autofree char *sentence = NULL;

  if (errsv == ECONNREFUSED)
    sentence = g_strdup_printf (_("No program receives at %s: its computer answered “port unreachable”. Check the port, and whether the other program runs. (ICMP: %s)"),
                                tl_endpoint_get_text (endpoint), g_strerror (errsv));
  else
    sentence = tl_socket_error_sentence ("ICMP", errsv, endpoint);
  tl_peer_set_state (TL_PEER (peer), errsv == EMSGSIZE ? tl_peer_get_state (TL_PEER (peer)) : TL_PEER_UNREACHABLE, sentence);
  if (tl_udp_peer_may_tell (peer))
    tl_message_log_append_text (tl_session_get_log (TL_SESSION (self)), TL_MESSAGE_WARNING, tl_peer_get_log_id (TL_PEER (peer)), sentence);
}

gboolean
tl_udp_session_read_errors (TlUdpSession *self)
{
  TlUdpAddress to;
  gboolean any = FALSE;
  int errsv;

  /* Bounded: an error comes for a datagram of ours, and meanwhile none is sent. */
  while (tl_udp_reader_read_error (self->reader, &to, &errsv))
    {
      TlUdpPeer *peer = tl_udp_peers_lookup (self->peers, &to);

      any = TRUE;
      if (peer && errsv)
        tell_unreachable (self, peer, errsv);
    }
  return any;
}

static void
earlier_error_cb (gpointer data)
{
  tl_udp_session_read_errors (data);
}

static gboolean
is_from (const TlUdpAddress *a,
         const TlUdpAddress *b)
{
  return memcmp (a, b, sizeof *a) == 0;
}

/* How many of the first come from one peer and can be taken together. One by one where each may be answered: its answer is then the next row of the log,
 * and may end the peer or the session. */
static guint
find_run (TlUdpSession       *self,
          const TlUdpAddress *from,
          guint               n)
{
  guint run = 1;

  if (tl_session_is_answering (TL_SESSION (self)))
    return 1;
  while (run < n && is_from (&from[run], &from[0]))
    run++;
  return run;
}

static void
take_datagrams (TlUdpSession       *self,
                const TlUdpAddress *from,
                const struct iovec *payloads,
                guint               n,
                gint64              time)
{
  /* Kept: an automatic answer or a row too many may remove it. */
  g_autoptr (TlUdpPeer) peer = g_object_ref (tl_udp_session_ensure_peer (self, from, FALSE));

  tl_udp_peers_touch (self->peers, peer);
  if (tl_peer_get_state (TL_PEER (peer)) != TL_PEER_ACTIVE)
    tl_peer_set_state (TL_PEER (peer), TL_PEER_ACTIVE, NULL);
  tl_session_received_many (TL_SESSION (self), TL_PEER (peer), time, payloads, n);
}

/* µs that this thread has computed. Reading and drawing share that, and not the time on the clock: where other programs take the processor, a budget by the
 * clock is over before much is read, and the kernel's buffer fills. */
static gint64
get_computed (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Until when a wake-up may read. When the last one left datagrams waiting, it may take as long as others have taken since: a window that is slow to
 * draw gets half of the time, not all of it, while the kernel's buffer fills. */
static gint64
find_deadline (TlUdpSession *self)
{
  const gint64 now = get_computed ();

  if (self->left_waiting_at == 0)
    return now + TL_BUDGET_US;
  return now + CLAMP (now - self->left_waiting_at, TL_BUDGET_US, TL_BUDGET_BEHIND_US);
}

static gboolean
readable_cb (GSocket     *socket,
             GIOCondition condition,
             gpointer     data)
{
  g_autoptr (TlUdpSession) self = g_object_ref (data);
  const gint64 end = find_deadline (self);
  gsize bytes = 0;
  int n;

  if (condition & G_IO_ERR)
    tl_udp_session_read_errors (self);
  do
    {
      const struct iovec *payloads;
      const TlUdpAddress *from;
      gint64 time;

      n = tl_udp_reader_read (self->reader, &payloads, &from);
      if (n < 0 && errno != EAGAIN)
        tl_udp_session_read_errors (self);
      time = g_get_real_time ();
      for (int i = 0; i < n && self->socket == socket;)
        {
          const guint run = find_run (self, &from[i], n - i);

          take_datagrams (self, &from[i], &payloads[i], run, time);
          for (guint k = 0; k < run; ++k)
            bytes += payloads[i + k].iov_len;
          i += run;
        }
      if (self->socket != socket)
        return G_SOURCE_REMOVE;
    }
  while (n == TL_UDP_BATCH && bytes < TL_BUDGET_BYTES && get_computed () < end);
  self->left_waiting_at = n == TL_UDP_BATCH ? get_computed () : 0;
  take_drops (self);
  tell_drops (self, FALSE);
  return G_SOURCE_CONTINUE;
}

TlEndpoint *
tl_udp_session_dup_wanted_endpoint (TlUdpSession *self)
{
  return tl_endpoint_new (self->local_host[0] ? self->local_host : "0.0.0.0", self->local_port);
}

/* The socket is bound: tells where, and begins to read. */
static void
start (TlUdpSession *self,
       gboolean      dual_stack)
{
  TlSession *session = TL_SESSION (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self->socket, &error);
  g_autoptr (TlEndpoint) endpoint = address ? tl_endpoint_from_address (address) : NULL;
  const int fd = g_socket_get_fd (self->socket);

  if (endpoint)
    tl_session_trace (session, NULL, 0, 0, "getsockname(%d → %s)", fd, tl_endpoint_get_text (endpoint));
  tl_session_set_local_endpoint (session, endpoint ? tl_endpoint_get_text (endpoint) : NULL);

  self->reader = tl_udp_reader_new (fd);
  self->sender = tl_udp_sender_new (session, self->socket, dual_stack, earlier_error_cb, self);
  self->source = g_socket_create_source (self->socket, G_IO_IN | G_IO_ERR, NULL);
  g_source_set_priority (self->source, TL_PRIORITY_SOCKET);
  g_source_set_callback (self->source, G_SOURCE_FUNC (readable_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  self->eviction_told = FALSE;
  self->drops_told_at = 0;
  self->left_waiting_at = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->groups)); ++i)
    {
      g_autoptr (TlMulticastGroup) group = g_list_model_get_item (G_LIST_MODEL (self->groups), i);

      tl_multicast_group_join (group, session, self->socket, NULL);
    }
  tl_session_set_state (session, TL_SESSION_OPEN, NULL);
}

void
tl_udp_session_open_at (TlUdpSession   *self,
                        GSocketAddress *address)
{
  TlSession *session = TL_SESSION (self);
  const gboolean ipv6 = g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  GInetAddress *inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  const gboolean ipv4 = !ipv6 || g_inet_address_get_is_any (inet);
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_from_address (address);
  g_autoptr (GError) error = NULL;
  struct sockaddr_storage native;
  const int fd = socket (ipv6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  int result;
  int errsv = fd < 0 ? errno : 0;

  tl_session_trace (session, NULL, fd, errsv, "socket(%s, SOCK_DGRAM|SOCK_CLOEXEC|SOCK_NONBLOCK, 0)", ipv6 ? "AF_INET6" : "AF_INET");
  if (errsv)
    {
      tl_session_fail_call (session, "socket", errsv, NULL, TRUE);
      return;
    }
  self->socket = g_socket_new_from_fd (fd, &error);
  if (self->socket == NULL)
    {
      g_close (fd, NULL);
      tl_session_set_state (session, TL_SESSION_FAILED, error->message);
      return;
    }
  g_socket_set_blocking (self->socket, FALSE);
  prepare (self, fd, ipv4, ipv6);
  tl_session_apply_options (session, NULL, self->socket);

  g_socket_address_to_native (address, &native, sizeof native, NULL);
  result = bind (fd, (struct sockaddr *) &native, g_socket_address_get_native_size (address));
  errsv = result != 0 ? errno : 0;
  tl_session_trace (session, NULL, result, errsv, "bind(%d, %s)", fd, tl_endpoint_get_text (endpoint));
  if (errsv)
    {
      tl_udp_session_shut (self);
      tl_session_fail_call (session, "bind", errsv, endpoint, TRUE);
      return;
    }
  start (self, ipv4 && ipv6);
}

void
tl_udp_session_shut (TlUdpSession *self)
{
  TlSession *session = TL_SESSION (self);
  TlMessageLog *log = tl_session_get_log (session);
  g_autoptr (GSocket) socket = g_steal_pointer (&self->socket);
  const guint waiting = self->sender ? tl_udp_sender_get_n_waiting (self->sender) : 0;
  int fd;

  if (socket == NULL)
    return;
  if (self->reader)
    {
      take_drops (self);
      tell_drops (self, TRUE);
    }
  if (self->source)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_pointer (&self->sender, tl_udp_sender_free);
  g_clear_pointer (&self->reader, tl_udp_reader_free);
  if (waiting > 0)
    tl_message_log_append_printf (log, TL_MESSAGE_WARNING, 0,
                                  ngettext ("%u datagram that waited to be sent was dropped.",
                                            "%u datagrams that waited to be sent were dropped.", waiting),
                                  waiting);
  fd = g_socket_get_fd (socket);
  g_socket_close (socket, NULL);
  tl_session_trace (session, NULL, 0, 0, "close(%d)", fd);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->groups)); ++i)
    {
      g_autoptr (TlMulticastGroup) group = g_list_model_get_item (G_LIST_MODEL (self->groups), i);

      tl_multicast_group_ended (group);
    }
}
