/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers whose connection breaks in the middle, and sources that have changed meanwhile. */

#include "tl-transfer-test.h"

static void
test_broken_down (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"breaks\": 3, \"break_after\": 700000"))
    {
      test_put_much (f.remote, "a.bin", MUCH, 3);
      transfer = test_download (&f, "/a.bin", FALSE, "a.bin");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "a.bin", f.local, "a.bin");
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 0);
      /* It went on each time, and did not begin anew. */
      g_assert_cmpuint (test_count_commands (f.base, "RETR"), ==, 4);
      g_assert_cmpuint (test_count_commands (f.base, "REST"), ==, 3);
    }
  test_stop (&f);
}

/* A server that cannot go on: from the beginning. */
static void
test_broken_down_without_rest (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"breaks\": 1, \"break_after\": 700000, \"no_rest\": true"))
    {
      test_put_much (f.remote, "a.bin", MUCH, 3);
      transfer = test_download (&f, "/a.bin", FALSE, "a.bin");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "a.bin", f.local, "a.bin");
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 0);
    }
  test_stop (&f);
}

static void
test_broken_up (gconstpointer data)
{
  const gboolean without_rest = GPOINTER_TO_INT (data);
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, without_rest ? "\"up_breaks\": 2, \"break_after\": 700000, \"no_rest\": true" : "\"up_breaks\": 2, \"break_after\": 700000"))
    {
      test_put_much (f.local, "a.bin", MUCH, 3);
      transfer = test_upload (&f, "a.bin", "/a.bin");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.local, "a.bin", f.remote, "a.bin");
      g_assert_cmpuint (f.n_asked, ==, 0);
      if (!without_rest)
        {
          g_assert_cmpuint (test_count_commands (f.base, "STOR"), ==, 3);
          g_assert_cmpuint (test_count_commands (f.base, "REST"), ==, 2);
        }
    }
  test_stop (&f);
}

/* What was to be sent is another file now. */
static void
test_broken_up_changed (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"up_breaks\": 1, \"break_after\": 700000"))
    {
      g_object_set (f.queue, "retry-delay", 300, NULL);
      test_put_much (f.local, "a.bin", MUCH, 3);
      transfer = test_upload (&f, "a.bin", "/a.bin");
      test_wait_for (tl_transfer_get_note (transfer) != NULL, "the first try to break");
      test_put_much (f.local, "a.bin", MUCH, 4);
      test_set_time (f.local, "a.bin", 1400000000);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.local, "a.bin", f.remote, "a.bin");
      g_assert_cmpuint (test_count_commands (f.base, "REST"), ==, 0);
      g_assert_cmpuint (f.n_asked, ==, 0);
    }
  test_stop (&f);
}

/* Of another size, or of another time: a part of it would be a part of nothing. */
static void
test_other_source (gconstpointer data)
{
  const gboolean other_size = GPOINTER_TO_INT (data);
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"breaks\": 1, \"break_after\": 1000000"))
    {
      g_object_set (f.queue, "retry-delay", 300, NULL);
      test_put_much (f.remote, "a.bin", MUCH, 5);
      test_set_time (f.remote, "a.bin", 1400000000);
      transfer = test_download (&f, "/a.bin", FALSE, "a.bin");
      test_wait_for (tl_transfer_get_note (transfer) != NULL, "the first try to break");
      test_put_much (f.remote, "a.bin", other_size ? MUCH + 1 : MUCH, 5);
      test_set_time (f.remote, "a.bin", other_size ? 1400000000 : 1400000001);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "a.bin", f.local, "a.bin");
      g_assert_cmpuint (test_count_commands (f.base, "RETR"), ==, 2);
      g_assert_cmpuint (test_count_commands (f.base, "REST"), ==, 0);
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 0);
    }
  test_stop (&f);
}

/* A replaced part: somebody put another file in its place. */
static void
test_other_part (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"breaks\": 1, \"break_after\": 1000000"))
    {
      g_autofree char *part = test_path (f.local, "a.bin.part");

      g_object_set (f.queue, "retry-delay", 300, NULL);
      test_put_much (f.remote, "a.bin", MUCH, 5);
      transfer = test_download (&f, "/a.bin", FALSE, "a.bin");
      test_wait_for (tl_transfer_get_note (transfer) != NULL, "the first try to break");
      test_put (f.local, "mine", "precious", 8);
      {
        g_autofree char *mine = test_path (f.local, "mine");

        g_assert_cmpint (g_rename (mine, part), ==, 0);
      }
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "a.bin", f.local, "a.bin");
      test_assert_text (f.local, "a.bin.part", "precious");
    }
  test_stop (&f);
}

/* Without end: then it fails, keeps what it has, and goes on when the user says so. */
static void
test_broken_for_good (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"breaks\": 5, \"break_after\": 0"))
    {
      test_put_much (f.remote, "a.bin", MUCH, 4);
      transfer = test_download (&f, "/a.bin", FALSE, "a.bin");
      test_wait_for (tl_transfer_get_state (transfer) == TL_TRANSFER_FAILED || tl_transfer_get_state (transfer) == TL_TRANSFER_DONE, "its end");
      if (tl_transfer_get_state (transfer) == TL_TRANSFER_FAILED)
        tl_transfer_queue_retry (f.queue, transfer);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "a.bin", f.local, "a.bin");
    }
  test_stop (&f);
}

static void
test_changed_on_server (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"breaks\": 2, \"break_after\": 1000000"))
    {
      g_object_set (f.queue, "retry-delay", 300, NULL);
      test_put_much (f.remote, "a.bin", MUCH, 5);
      test_set_time (f.remote, "a.bin", 1400000000);
      transfer = test_download (&f, "/a.bin", FALSE, "a.bin");
      test_wait_for (tl_transfer_get_note (transfer) != NULL, "the first try to break");
      test_assert_state (transfer, TL_TRANSFER_WAITING);
      /* As long, and as old: only the overlap tells. */
      test_put_much (f.remote, "a.bin", MUCH, 6);
      test_set_time (f.remote, "a.bin", 1400000000);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "a.bin", f.local, "a.bin");
    }
  test_stop (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transfer-resume/broken-down", test_broken_down);
  g_test_add_func ("/transfer-resume/broken-down-without-rest", test_broken_down_without_rest);
  g_test_add_data_func ("/transfer-resume/broken-up", GINT_TO_POINTER (FALSE), test_broken_up);
  g_test_add_data_func ("/transfer-resume/broken-up-without-rest", GINT_TO_POINTER (TRUE), test_broken_up);
  g_test_add_func ("/transfer-resume/broken-up-changed", test_broken_up_changed);
  g_test_add_data_func ("/transfer-resume/other-size", GINT_TO_POINTER (TRUE), test_other_source);
  g_test_add_data_func ("/transfer-resume/other-time", GINT_TO_POINTER (FALSE), test_other_source);
  g_test_add_func ("/transfer-resume/other-part", test_other_part);
  g_test_add_func ("/transfer-resume/broken-for-good", test_broken_for_good);
  g_test_add_func ("/transfer-resume/changed-on-server", test_changed_on_server);
  return g_test_run ();
}
