/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Very many sockets behind one source: in turn, within a budget, freed at any time, and without a descriptor to spare. */

#include "tl-session-private.h"
#include "tl-socket-watch.h"
#include "tl-test-wait.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define N_MANY 100
/* As many as are told of at once, or fewer: nothing but keeping the rest for the next turn brings the last ones their turn. */
#define N_FEW 40

typedef struct Crowd Crowd;

/* Not 0: the clock stands, and goes on by what calls take. A budget is time on the clock, of which a busy machine takes as much as it likes. */
static gint64 clock_stands;

/* In place of GLib's, for what is linked into this program. */
gint64
g_get_monotonic_time (void)
{
  struct timespec now;

  if (clock_stands != 0)
    return clock_stands;
  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * (gint64) G_USEC_PER_SEC + now.tv_nsec / 1000;
}

typedef struct {
  Crowd         *crowd;
  GSocket       *socket;
  int            other;
  TlSocketWatch *watch;
  guint          n_calls;
} One;

struct Crowd {
  One    *ones;
  guint   n;
  guint   n_calls;
  gint64  takes;      /* µs that a call takes */
  gboolean frees_all;
};

static void
crowd_free_watches (Crowd *self)
{
  for (guint i = 0; i < self->n; i++)
    g_clear_pointer (&self->ones[i].watch, tl_socket_watch_free);
}

static void
called_cb (gpointer data)
{
  One *self = data;

  self->n_calls++;
  self->crowd->n_calls++;
  if (self->crowd->frees_all)
    crowd_free_watches (self->crowd);
  clock_stands += self->crowd->takes;
}

static void
one_open (One   *self,
          Crowd *crowd)
{
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  self->crowd = crowd;
  self->other = fds[1];
  self->socket = g_socket_new_from_fd (fds[0], NULL);
  g_assert_nonnull (self->socket);
}

static void
crowd_open (Crowd       *self,
            guint        n,
            GIOCondition condition)
{
  self->n = n;
  self->ones = g_new0 (One, n);
  for (guint i = 0; i < n; i++)
    {
      one_open (&self->ones[i], self);
      self->ones[i].watch = tl_socket_watch_new (self->ones[i].socket, condition, called_cb, &self->ones[i]);
    }
}

static void
crowd_write (Crowd *self)
{
  for (guint i = 0; i < self->n; i++)
    g_assert_cmpint (write (self->ones[i].other, "!", 1), ==, 1);
}

static void
crowd_close (Crowd *self)
{
  crowd_free_watches (self);
  for (guint i = 0; i < self->n; i++)
    {
      g_object_unref (self->ones[i].socket);
      close (self->ones[i].other);
    }
  g_free (self->ones);
}

/* What the main context polls. */
static int
count_polled (void)
{
  GPollFD fds[2 * N_MANY];
  GMainContext *context = g_main_context_default ();
  int priority, timeout, n;

  g_assert_true (g_main_context_acquire (context));
  g_main_context_prepare (context, &priority);
  n = g_main_context_query (context, G_MAXINT, &timeout, fds, G_N_ELEMENTS (fds));
  g_main_context_release (context);
  return n;
}

static void
test_one_descriptor (void)
{
  Crowd crowd = { 0 };
  int before = count_polled ();

  crowd_open (&crowd, N_MANY, G_IO_IN);
  g_assert_cmpint (count_polled (), ==, before + 1);
  crowd_close (&crowd);
  g_assert_cmpint (count_polled (), ==, before);
}

/* How many calls the next turn that makes one makes. The sockets always have something to read. */
static guint
take_turn (Crowd *crowd)
{
  guint before = crowd->n_calls;

  for (guint i = 0; crowd->n_calls == before; i++)
    {
      g_assert_cmpuint (i, <, 1000);
      g_main_context_iteration (NULL, FALSE);
    }
  return crowd->n_calls - before;
}

/* None comes a third time before each has come; and what one turn serves is bounded. */
static void
test_in_turn (void)
{
  Crowd crowd = { .takes = 4000 };
  guint n_served = 0;

  clock_stands = g_get_monotonic_time ();
  crowd_open (&crowd, N_FEW, G_IO_IN);
  crowd_write (&crowd);
  while (n_served < N_FEW)
    {
      guint n = take_turn (&crowd);

      n_served = 0;
      for (guint i = 0; i < N_FEW; i++)
        {
          n_served += crowd.ones[i].n_calls > 0;
          g_assert_cmpuint (crowd.ones[i].n_calls, <=, 2);
        }
      g_assert_cmpuint (n, <, N_FEW / 2);
    }
  crowd_close (&crowd);
  clock_stands = 0;
}

static gboolean
busy_cb (gpointer data)
{
  clock_stands += 30000;
  return G_SOURCE_CONTINUE;
}

/* Where something else takes long in each turn, as drawing does, a turn serves more. */
static void
test_behind (void)
{
  Crowd crowd = { .takes = 1000 };
  guint few, many = 0, busy;

  clock_stands = g_get_monotonic_time ();
  crowd_open (&crowd, N_FEW, G_IO_IN);
  crowd_write (&crowd);
  few = take_turn (&crowd);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (take_turn (&crowd), ==, few);
  busy = g_idle_add_full (TL_PRIORITY_SOCKET, busy_cb, NULL, NULL);
  for (guint i = 0; i < 3; i++)
    many = MAX (many, take_turn (&crowd));
  g_assert_cmpuint (many, >, 2 * few);
  g_assert_cmpuint (many, <=, N_FEW);
  g_source_remove (busy);
  crowd_close (&crowd);
  clock_stands = 0;
}

static void
test_free_in_call (void)
{
  Crowd crowd = { .frees_all = TRUE };

  crowd_open (&crowd, N_MANY, G_IO_IN);
  crowd_write (&crowd);
  test_wait (crowd.n_calls > 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (crowd.n_calls, ==, 1);
  crowd_close (&crowd);
}

/* Three conditions on one socket, each for itself. */
static void
test_conditions (void)
{
  One one = { 0 };
  Crowd in = { 0 };
  Crowd out = { 0 };
  Crowd broken = { 0 };
  One ones[3] = { { .crowd = &in }, { .crowd = &out }, { .crowd = &broken } };
  g_autoptr (TlSocketWatch) watch_in = NULL;
  g_autoptr (TlSocketWatch) watch_out = NULL;
  g_autoptr (TlSocketWatch) watch_broken = NULL;

  one_open (&one, &in);
  watch_in = tl_socket_watch_new (one.socket, G_IO_IN, called_cb, &ones[0]);
  watch_broken = tl_socket_watch_new (one.socket, G_IO_ERR, called_cb, &ones[2]);
  watch_out = tl_socket_watch_new (one.socket, G_IO_OUT, called_cb, &ones[1]);
  test_wait (out.n_calls > 2);
  g_assert_cmpuint (in.n_calls, ==, 0);
  g_assert_cmpuint (broken.n_calls, ==, 0);
  g_clear_pointer (&watch_out, tl_socket_watch_free);
  g_assert_cmpint (write (one.other, "!", 1), ==, 1);
  test_wait (in.n_calls > 0);
  g_assert_cmpuint (broken.n_calls, ==, 0);
  g_clear_pointer (&watch_in, tl_socket_watch_free);
  close (one.other);
  test_wait (broken.n_calls > 0);
  g_clear_pointer (&watch_broken, tl_socket_watch_free);
  g_object_unref (one.socket);
}

/* In a process of its own: there is no descriptor left for an epoll. */
static void
test_no_descriptor (void)
{
  struct rlimit limit = { 64, 64 };
  One one = { 0 };
  Crowd crowd = { .takes = 0 };
  g_autoptr (TlSocketWatch) watch = NULL;
  int copies[64];
  guint n_copies = 0;
  int copy;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  g_main_context_iteration (NULL, FALSE);
  one_open (&one, &crowd);
  while ((copy = dup (0)) >= 0)
    copies[n_copies++] = copy;
  g_assert_cmpint (errno, ==, EMFILE);
  watch = tl_socket_watch_new (one.socket, G_IO_IN, called_cb, &one);
  g_assert_cmpint (write (one.other, "!", 1), ==, 1);
  test_wait (one.n_calls > 0);
  g_clear_pointer (&watch, tl_socket_watch_free);
  /* A checker of leaks needs some at the end. */
  while (n_copies > 0)
    close (copies[--n_copies]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/socket-watch/one-descriptor", test_one_descriptor);
  g_test_add_func ("/socket-watch/in-turn", test_in_turn);
  g_test_add_func ("/socket-watch/behind", test_behind);
  g_test_add_func ("/socket-watch/free-in-call", test_free_in_call);
  g_test_add_func ("/socket-watch/conditions", test_conditions);
  g_test_add_func ("/socket-watch/no-descriptor", test_no_descriptor);
  return g_test_run ();
}
