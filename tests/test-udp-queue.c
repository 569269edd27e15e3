/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a UDP session does while the system takes no datagrams: it keeps some, in order, says so, and refuses the rest.
 * On loopback the system always takes them, so that sendto() is this file's own. */

#include "tl-udp-sender.h"
#include "tl-udp-test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static int refuses_with;        /* the errno of every sendto(), or 0 */
static guint n_refused;

ssize_t
sendto (int                    fd,
        const void            *data,
        size_t                 size,
        int                    flags,
        const struct sockaddr *address,
        socklen_t              length)
{
  struct iovec vector = { (void *) data, size };
  struct msghdr message = { .msg_name = (void *) address, .msg_namelen = length, .msg_iov = &vector, .msg_iovlen = 1 };

  if (refuses_with != 0)
    {
      ++n_refused;
      errno = refuses_with;
      return -1;
    }
  return sendmsg (fd, &message, flags);
}

typedef struct {
  int        fd;          /* of the peer */
  TlSession *session;
  TlPeer    *peer;
  guint      n_drained;
} Fixture;

static void
drained_cb (TlSession *session,
            TlPeer    *peer,
            Fixture   *self)
{
  g_assert_true (peer == self->peer);
  ++self->n_drained;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;

  refuses_with = 0;
  n_refused = 0;
  self->fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  g_assert_cmpint (bind (self->fd, (struct sockaddr *) &address, length), ==, 0);
  g_assert_cmpint (getsockname (self->fd, (struct sockaddr *) &address, &length), ==, 0);
  self->session = opened ("127.0.0.1");
  self->peer = g_object_ref (peer_at (self->session, "127.0.0.1", ntohs (address.sin_port)));
  g_signal_connect (self->session, "drained", G_CALLBACK (drained_cb), self);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  refuses_with = 0;
  tl_session_close (self->session);
  test_wait (tl_session_get_state (self->session) == TL_SESSION_CLOSED);
  g_assert_cmpuint (tl_peer_get_queued (self->peer), ==, 0);
  g_object_unref (self->peer);
  g_assert_finalize_object (self->session);
  close (self->fd);
}

/* A datagram that begins with its number. */
static gboolean
send_number (Fixture *self,
             guint32  number,
             gsize    size,
             GError **error)
{
  guint8 *data = g_malloc0 (size);
  g_autoptr (GBytes) bytes = NULL;

  memcpy (data, &number, sizeof number);
  bytes = g_bytes_new_take (data, size);
  return tl_session_send (self->session, self->peer, bytes, error);
}

static void
assert_receives (Fixture *self,
                 guint32  number)
{
  static char buffer[65536];
  guint32 received = G_MAXUINT32;
  gssize n = -1;

  test_wait ((n = recv (self->fd, buffer, sizeof buffer, 0)) >= 0);
  g_assert_cmpint (n, >=, (gssize) sizeof received);
  memcpy (&received, buffer, sizeof received);
  g_assert_cmpuint (received, ==, number);
}

/* Until the system has refused once more, from the main loop. */
static void
wait_for_a_refusal (void)
{
  const guint before = n_refused;

  test_wait (n_refused > before);
}

static void
test_waits (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  refuses_with = EAGAIN;
  for (guint32 i = 0; i < 3; i++)
    {
      g_assert_true (send_number (self, i, 100, &error));
      g_assert_no_error (error);
    }
  /* Only the first was tried: the others may not overtake it. */
  g_assert_cmpuint (n_refused, ==, 1);
  g_assert_cmpuint (tl_peer_get_queued (self->peer), ==, 300);
  wait_for_a_refusal ();
  g_assert_cmpuint (tl_peer_get_queued (self->peer), ==, 300);

  /* What has not left is not said to have been sent. */
  g_assert_null (tl_net_test_dup_payload (self->session, TL_MESSAGE_SENT, 0));
  g_assert_cmpuint (tl_session_get_counters (self->session)->tx_messages, ==, 0);
  g_assert_cmpuint (tl_peer_get_tx_messages (self->peer), ==, 0);

  /* One that comes when there is room again, but before the queue has moved, waits for its turn too. */
  refuses_with = 0;
  g_assert_true (send_number (self, 3, 100, &error));
  g_assert_no_error (error);
  for (guint32 i = 0; i < 4; i++)
    assert_receives (self, i);
  test_wait (self->n_drained > 0);
  g_assert_cmpuint (tl_peer_get_queued (self->peer), ==, 0);
  g_assert_cmpuint (tl_session_get_counters (self->session)->tx_messages, ==, 4);
  g_assert_cmpuint (tl_session_get_counters (self->session)->tx_bytes, ==, 400);
}

static void
test_bounded (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  refuses_with = EAGAIN;
  for (guint32 i = 0; i < TL_UDP_QUEUE_DATAGRAMS; i++)
    {
      g_assert_true (send_number (self, i, 8, &error));
      g_assert_no_error (error);
    }
  g_assert_false (send_number (self, TL_UDP_QUEUE_DATAGRAMS, 8, &error));
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_QUEUE_FULL);
  g_assert_cmpuint (tl_peer_get_queued (self->peer), ==, TL_UDP_QUEUE_DATAGRAMS * 8);

  /* Who was refused hears when there is room, and what was accepted is complete. */
  refuses_with = 0;
  for (guint32 i = 0; i < TL_UDP_QUEUE_DATAGRAMS; i++)
    assert_receives (self, i);
  test_wait (self->n_drained > 0);
  g_assert_cmpuint (tl_peer_get_queued (self->peer), ==, 0);
}

static void
test_bounded_bytes (Fixture      *self,
                    gconstpointer data)
{
  const gsize size = 65000;
  const guint32 fit = TL_UDP_QUEUE_BYTES / size;
  g_autoptr (GError) error = NULL;

  refuses_with = EAGAIN;
  for (guint32 i = 0; i < fit; i++)
    {
      g_assert_true (send_number (self, i, size, &error));
      g_assert_no_error (error);
    }
  g_assert_false (send_number (self, fit, size, &error));
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_QUEUE_FULL);
  g_assert_cmpuint (tl_peer_get_queued (self->peer), ==, fit * size);
}

/* What waited when the session was closed is told, and comes no more. */
static void
test_closed (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char byte;

  refuses_with = EAGAIN;
  g_assert_true (send_number (self, 0, 8, &error));
  g_assert_true (send_number (self, 1, 8, &error));
  tl_session_close (self->session);
  g_assert_cmpuint (tl_net_test_count_lines (self->session, TL_MESSAGE_WARNING, "2 datagrams that waited to be sent were dropped."), ==, 1);
  g_assert_cmpuint (tl_peer_get_queued (self->peer), ==, 0);
  refuses_with = 0;
  tl_session_open (self->session);
  test_wait (tl_session_get_state (self->session) == TL_SESSION_OPEN);
  g_assert_true (send_number (self, 2, 8, &error));
  g_assert_no_error (error);
  assert_receives (self, 2);
  g_assert_cmpint (recv (self->fd, &byte, 1, 0), ==, -1);
}

static void
test_forgotten (Fixture      *self,
                gconstpointer data)
{
  TlPeer *other = peer_at (self->session, "127.0.0.2", 9);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("to nobody", 9);
  g_autoptr (GError) error = NULL;

  refuses_with = EAGAIN;
  g_assert_true (tl_session_send (self->session, other, bytes, &error));
  g_assert_true (send_number (self, 7, 8, &error));
  g_assert_no_error (error);
  tl_udp_session_remove_peer (TL_UDP_SESSION (self->session), other);
  refuses_with = 0;
  assert_receives (self, 7);
  test_wait (self->n_drained > 0);
  g_assert_cmpuint (tl_session_get_counters (self->session)->tx_messages, ==, 1);
}

/* A refusal that comes later has nobody left to answer to: the log says it, and the next one is not held up. */
static void
test_refused_later (Fixture      *self,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint before;

  refuses_with = EAGAIN;
  g_assert_true (send_number (self, 0, 8, &error));
  g_assert_true (send_number (self, 1, 8, &error));
  g_assert_no_error (error);
  before = n_refused;
  refuses_with = EPERM;
  test_wait (tl_peer_get_queued (self->peer) == 0);
  g_assert_cmpuint (n_refused, ==, before + 2);
  g_assert_cmpuint (tl_net_test_count_lines (self->session, TL_MESSAGE_WARNING, g_strerror (EPERM)), ==, 2);
  g_assert_cmpuint (tl_net_test_count_lines (self->session, TL_MESSAGE_CALL, "sendto("), ==, 2);
  g_assert_cmpuint (tl_session_get_counters (self->session)->tx_messages, ==, 0);
  g_assert_cmpint (tl_session_get_state (self->session), ==, TL_SESSION_OPEN);

  refuses_with = 0;
  g_assert_true (send_number (self, 2, 8, &error));
  g_assert_no_error (error);
  assert_receives (self, 2);
}

#define add(name, function) g_test_add ("/udp-queue/" name, Fixture, NULL, set_up, function, tear_down)

typedef struct {
  TlUdpSender *sender;
  guint        n_errors;
} Closing;

/* What a session does that is closed because of the error that it is told. */
static void
close_sender_cb (gpointer data)
{
  Closing *self = data;

  ++self->n_errors;
  refuses_with = 0;
  g_clear_pointer (&self->sender, tl_udp_sender_free);
}

/* The socket tells of an earlier datagram, and whoever hears of it closes: neither what waits nor what is being sent is looked at again. */
static void
test_closed_by_an_error (Fixture      *self,
                         gconstpointer data)
{
  const gboolean waits = GPOINTER_TO_INT (data);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("one", 3);
  g_autoptr (GError) error = NULL;
  Closing closing = { NULL, 0 };

  closing.sender = tl_udp_sender_new (self->session, socket, FALSE, close_sender_cb, &closing);
  refuses_with = waits ? EAGAIN : ECONNREFUSED;
  if (waits)
    {
      g_assert_true (tl_udp_sender_send (closing.sender, TL_UDP_PEER (self->peer), bytes, &error));
      g_assert_true (tl_udp_sender_send (closing.sender, TL_UDP_PEER (self->peer), bytes, &error));
      g_assert_cmpuint (tl_peer_get_queued (self->peer), ==, 6);
      refuses_with = ECONNREFUSED;
      test_wait (closing.n_errors > 0);
    }
  else
    {
      g_assert_false (tl_udp_sender_send (closing.sender, TL_UDP_PEER (self->peer), bytes, &error));
      g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NOT_OPEN);
    }
  g_assert_cmpuint (closing.n_errors, ==, 1);
  g_assert_cmpuint (tl_peer_get_queued (self->peer), ==, 0);
  g_assert_cmpuint (tl_session_get_counters (self->session)->tx_messages, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("waits", test_waits);
  add ("bounded", test_bounded);
  add ("bounded-bytes", test_bounded_bytes);
  add ("closed", test_closed);
  add ("forgotten", test_forgotten);
  add ("refused-later", test_refused_later);
  g_test_add ("/udp-queue/closed-by-an-error", Fixture, GINT_TO_POINTER (FALSE), set_up, test_closed_by_an_error, tear_down);
  g_test_add ("/udp-queue/closed-by-an-error-of-the-queue", Fixture, GINT_TO_POINTER (TRUE), set_up, test_closed_by_an_error, tear_down);
  return g_test_run ();
}
