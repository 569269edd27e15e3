/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A TCP server with very many clients, and with fewer file descriptors than clients. */

#include "tl-tcp-server-test.h"

#include <sys/resource.h>

#define N_CLIENTS 1000

/* All come at once, each says something of its own, each gets its own answer, all leave at once. */
static void
test_thousand (void)
{
  g_autofree int *fds = g_new (int, N_CLIENTS);
  guint16 port;
  TlSession *server;
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  if (limit.rlim_max < 2 * N_CLIENTS + 100)
    {
      g_test_skip ("the system allows too few open files");
      return;
    }
  server = open_server (&port);
  g_object_set (tl_session_get_auto_reply (server), "mode", TL_REPLY_TEMPLATE, "text", "you said {text}", NULL);
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      g_autofree char *text = g_strdup_printf ("I am %u", i);

      fds[i] = raw_connect (port);
      raw_send (fds[i], text, strlen (text));
      /* The system's queue of those who wait is shorter than our crowd. */
      if (i % 100 == 99)
        test_wait (test_n_peers (server) == i + 1);
    }
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      g_autofree char *expected = g_strdup_printf ("you said I am %u", i);
      g_auto (RawInput) input = { 0 };

      test_wait (raw_read (fds[i], &input) >= strlen (expected));
      g_assert_cmpmem (input.data->data, input.data->len, expected, strlen (expected));
    }
  g_assert_cmpuint (tl_session_get_counters (server)->rx_messages, ==, N_CLIENTS);
  g_assert_cmpuint (tl_session_get_counters (server)->tx_messages, ==, N_CLIENTS);
  for (guint i = 0; i < N_CLIENTS; i++)
    close (fds[i]);
  test_wait (test_n_peers (server) == 0);
  g_assert_cmpint (tl_session_get_state (server), ==, TL_SESSION_OPEN);
  close_server (server);
}

/* All of them are told, and none is waited for longer than it takes. */
static void
test_close_with_many (void)
{
  int fds[200];
  guint16 port;
  TlSession *server = open_server (&port);

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = raw_connect (port);
  test_wait (test_n_peers (server) == G_N_ELEMENTS (fds));
  tl_session_close (server);
  g_assert_cmpint (tl_session_get_state (server), ==, TL_SESSION_CLOSING);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      g_auto (RawInput) input = { 0 };

      test_wait (raw_read_to_end (fds[i], &input));
      g_assert_true (input.eof);
      close (fds[i]);
    }
  test_wait (tl_session_get_state (server) == TL_SESSION_CLOSED);
  g_assert_finalize_object (server);
}

/* Nobody ends in their turn: the second time none is waited for. */
static void
test_close_twice (void)
{
  int fds[500];
  guint16 port;
  TlSession *server = open_server (&port);

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      fds[i] = raw_connect (port);
      if (i % 100 == 99)
        test_wait (test_n_peers (server) == i + 1);
    }
  tl_session_close (server);
  g_assert_cmpint (tl_session_get_state (server), ==, TL_SESSION_CLOSING);
  g_assert_cmpuint (test_n_peers (server), ==, G_N_ELEMENTS (fds));
  tl_session_close (server);
  test_wait (tl_session_get_state (server) == TL_SESSION_CLOSED);
  g_assert_cmpuint (test_n_peers (server), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
  g_assert_finalize_object (server);
}

/* The session may go while its clients are being let go. */
static void
test_drop_while_closing (void)
{
  int fds[500];
  guint16 port;
  TlSession *server = open_server (&port);

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      fds[i] = raw_connect (port);
      if (i % 100 == 99)
        test_wait (test_n_peers (server) == i + 1);
    }
  tl_session_close (server);
  g_assert_finalize_object (server);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      g_auto (RawInput) input = { 0 };

      test_wait (raw_read_to_end (fds[i], &input));
      close (fds[i]);
    }
}

/* One that floods does not keep another from its answer. */
static void
test_fair (void)
{
  static char piece[256 * 1024];
  guint16 port;
  TlSession *server = open_server (&port);
  int loud = raw_connect (port);
  int quiet;
  g_auto (RawInput) input = { 0 };
  gint64 begin;

  g_object_set (tl_session_get_auto_reply (server), "mode", TL_REPLY_TEXT, "text", "!", NULL);
  quiet = raw_connect (port);
  test_wait (test_n_peers (server) == 2);
  raw_send (quiet, "?", 1);
  begin = g_get_monotonic_time ();
  while (raw_read (quiet, &input) == 0)
    {
      g_assert_true (send (loud, piece, sizeof piece, MSG_NOSIGNAL) > 0 || errno == EAGAIN);
      g_main_context_iteration (NULL, FALSE);
      g_assert_cmpint (g_get_monotonic_time () - begin, <, TEST_DEADLINE);
    }
  close (loud);
  close (quiet);
  test_wait (test_n_peers (server) == 0);
  close_server (server);
}

/* In a process of its own: there is no descriptor for the last clients, until others leave. */
static void
test_no_descriptors (void)
{
  int fds[8];
  int taken[64];
  guint n_taken = 0;
  guint16 port;
  TlSession *server;
  struct rlimit limit = { 64, 64 };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  server = open_server (&port);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = raw_connect (port);
  /* Leaves room for three of the eight. */
  while (n_taken < G_N_ELEMENTS (taken) && (taken[n_taken] = dup (0)) >= 0)
    n_taken++;
  g_assert_cmpint (errno, ==, EMFILE);
  for (guint i = 0; i < 3; i++)
    close (taken[--n_taken]);

  test_wait (test_n_peers (server) == 3);
  test_wait (test_has_line (server, TL_MESSAGE_WARNING, "limit of open files"));
  g_assert_true (test_has_line (server, TL_MESSAGE_CALL, "EMFILE"));
  g_assert_cmpint (tl_session_get_state (server), ==, TL_SESSION_OPEN);
  raw_send (fds[0], "still alive", 11);
  test_wait (tl_session_get_counters (server)->rx_bytes == 11);

  while (n_taken > 0)
    close (taken[--n_taken]);
  test_wait (test_n_peers (server) == G_N_ELEMENTS (fds));
  g_assert_cmpuint (test_n_lines (server, TL_MESSAGE_WARNING, "limit of open files"), ==, 1);
  g_assert_cmpuint (test_n_lines (server, TL_MESSAGE_EVENT, "taken again"), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
  close_server (server);
}

/* The soft limit is raised to the hard one. */
static void
test_limit_raised (void)
{
  guint16 port;
  TlSession *server;
  struct rlimit limit;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  limit.rlim_cur = limit.rlim_max / 2;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  server = open_server (&port);
  g_assert_true (test_has_line (server, TL_MESSAGE_CALL, "setrlimit(RLIMIT_NOFILE"));
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, limit.rlim_max);
  close_server (server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp-many/thousand", test_thousand);
  g_test_add_func ("/tcp-many/close", test_close_with_many);
  g_test_add_func ("/tcp-many/close-twice", test_close_twice);
  g_test_add_func ("/tcp-many/drop-while-closing", test_drop_while_closing);
  g_test_add_func ("/tcp-many/fair", test_fair);
  g_test_add_func ("/tcp-many/no-descriptors", test_no_descriptors);
  g_test_add_func ("/tcp-many/limit-raised", test_limit_raised);
  return g_test_run ();
}
