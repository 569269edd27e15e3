/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cancelling and trying again, in every state: nothing is left that was only begun. */

#include "tl-transfer-test.h"

static void
test_cancel_down (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"speed\": 400000"))
    {
      test_put_much (f.remote, "a.bin", MUCH, 7);
      transfer = test_download (&f, "/a.bin", FALSE, "a.bin");
      test_wait_for (tl_transfer_get_moved (transfer) > 100000, "some of it");
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 1);
      tl_transfer_queue_cancel (f.queue, transfer);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_CANCELLED);
      g_assert_cmpuint (test_count (f.local, ""), ==, 0);
    }
  test_stop (&f);
}

static void
test_cancel_up (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"speed\": 400000"))
    {
      test_put_much (f.local, "a.bin", 20 * MUCH, 8);
      transfer = test_upload (&f, "a.bin", "/a.bin");
      test_wait_for (tl_transfer_get_moved (transfer) > 100000 && test_exists (f.remote, "a.bin"), "some of it");
      tl_transfer_queue_cancel (f.queue, transfer);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_CANCELLED);
      g_assert_false (test_exists (f.remote, "a.bin"));
    }
  test_stop (&f);
}

/* At any moment: whatever step it was at, it ends, and nothing is left. */
static void
test_cancel_anywhere (void)
{
  Fixture f;

  if (test_start (&f, ""))
    {
      test_put_much (f.remote, "a.bin", 200000, 9);
      for (guint turns = 0; turns < 120; turns += 3)
        {
          TlTransfer *transfer = test_download (&f, "/a.bin", FALSE, "a.bin");

          for (guint i = 0; i < turns; i++)
            g_main_context_iteration (NULL, FALSE);
          tl_transfer_queue_cancel_all (f.queue);
          test_wait_all (&f);
          if (tl_transfer_get_state (transfer) == TL_TRANSFER_DONE)
            {
              g_autofree char *path = test_path (f.local, "a.bin");

              test_assert_equal (f.remote, "a.bin", f.local, "a.bin");
              g_remove (path);
            }
          else
            test_assert_state (transfer, TL_TRANSFER_CANCELLED);
          g_assert_cmpuint (test_count (f.local, ""), ==, 0);
          tl_transfer_queue_clear (f.queue, TRUE);
        }
    }
  test_stop (&f);
}

/* An upload that broke off, and waits a long time for its next try. */
static TlTransfer *
start_broken_upload (Fixture *f)
{
  TlTransfer *transfer;

  g_object_set (f->queue, "retry-delay", 60000, NULL);
  test_put_much (f->local, "a.bin", MUCH, 3);
  transfer = test_upload (f, "a.bin", "/a.bin");
  test_wait_for (tl_transfer_get_note (transfer) != NULL, "the first try to break");
  test_assert_state (transfer, TL_TRANSFER_WAITING);
  g_assert_true (test_exists (f->remote, "a.bin"));
  return transfer;
}

#define ONE_BREAK "\"up_breaks\": 1, \"break_after\": 700000"

static void
test_waiting_up (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ONE_BREAK))
    {
      transfer = start_broken_upload (&f);
      tl_transfer_queue_cancel (f.queue, transfer);
      test_assert_state (transfer, TL_TRANSFER_CANCELLED);
      g_assert_cmpuint (test_uint (&f, "n-active"), ==, 0);
      test_wait_for (!test_exists (f.remote, "a.bin"), "the part to go");
      g_assert_null (tl_transfer_get_note (transfer));
    }
  test_stop (&f);
}

/* Each waits for the one connection to be tidied; that they leave the list does not keep them from it. */
static void
test_waiting_up_and_clear (void)
{
  TlTransfer *transfers[2];
  Fixture f;

  if (test_start (&f, "\"up_breaks\": 2, \"break_after\": 700000"))
    {
      g_object_set (f.queue, "parallel", 1, "retry-delay", 60000, NULL);
      test_put_much (f.local, "a.bin", MUCH, 3);
      test_put_much (f.local, "b.bin", MUCH, 4);
      transfers[0] = test_upload (&f, "a.bin", "/a.bin");
      test_wait_for (tl_transfer_get_note (transfers[0]) != NULL, "the first to break");
      transfers[1] = test_upload (&f, "b.bin", "/b.bin");
      test_wait_for (tl_transfer_get_note (transfers[1]) != NULL, "the second to break");
      g_assert_true (test_exists (f.remote, "a.bin") && test_exists (f.remote, "b.bin"));
      tl_transfer_queue_cancel_all (f.queue);
      tl_transfer_queue_clear (f.queue, TRUE);
      g_assert_cmpuint (test_uint (&f, "n-items"), ==, 0);
      test_wait_for (!test_exists (f.remote, "a.bin") && !test_exists (f.remote, "b.bin"), "both to go");
    }
  test_stop (&f);
}

/* The window is closed: the queue goes, and what it has begun goes, too. */
static void
test_closed_up (void)
{
  Fixture f;

  if (test_start (&f, ONE_BREAK))
    {
      start_broken_upload (&f);
      tl_transfer_queue_cancel_all (f.queue);
      g_assert_finalize_object (g_steal_pointer (&f.queue));
      test_wait_for (!test_exists (f.remote, "a.bin"), "the part to go");
    }
  test_stop (&f);
}

static void
test_closed_while_running (gconstpointer data)
{
  const gboolean upload = GPOINTER_TO_INT (data);
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"speed\": 400000"))
    {
      test_put_much (upload ? f.local : f.remote, "a.bin", upload ? 20 * MUCH : MUCH, 3);
      transfer = upload ? test_upload (&f, "a.bin", "/a.bin") : test_download (&f, "/a.bin", FALSE, "a.bin");
      test_wait_for (tl_transfer_get_moved (transfer) > 100000 && test_count (upload ? f.remote : f.local, "") > 0, "some of it");
      g_object_unref (g_steal_pointer (&f.queue));
      test_wait_for (test_count (upload ? f.remote : f.local, "") == 0, "nothing to be left");
    }
  test_stop (&f);
}

/* Wanted again before it is gone, or before it is even begun to be removed: either way it becomes whole. */
static void
test_waiting_up_and_retry (gconstpointer data)
{
  const guint turns = GPOINTER_TO_UINT (data);
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ONE_BREAK))
    {
      transfer = start_broken_upload (&f);
      tl_transfer_queue_cancel (f.queue, transfer);
      for (guint i = 0; i < turns; i++)
        g_main_context_iteration (NULL, FALSE);
      tl_transfer_queue_retry (f.queue, transfer);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.local, "a.bin", f.remote, "a.bin");
      g_assert_cmpuint (f.n_asked, ==, 0);
    }
  test_stop (&f);
}

/* Longer than what was sent: it is not ours. */
static void
test_waiting_up_but_foreign (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ONE_BREAK))
    {
      transfer = start_broken_upload (&f);
      test_put_much (f.remote, "a.bin", 2 * MUCH, 9);
      tl_transfer_queue_cancel (f.queue, transfer);
      test_wait_for (test_count_commands (f.base, "SIZE") >= 2, "the server to be asked");
      g_assert_finalize_object (g_steal_pointer (&f.queue));
      tl_ftp_client_close (f.client);
      g_assert_true (test_exists (f.remote, "a.bin"));
      g_assert_cmpuint (test_count_commands (f.base, "DELE"), ==, 0);
    }
  test_stop (&f);
}

/* It cannot be removed: that is told. */
static void
test_waiting_up_without_server (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ONE_BREAK))
    {
      transfer = start_broken_upload (&f);
      g_subprocess_force_exit (f.server);
      g_subprocess_wait (f.server, NULL, NULL);
      tl_transfer_queue_cancel (f.queue, transfer);
      test_wait_for (tl_transfer_get_note (transfer) != NULL, "a word about it");
      test_assert_state (transfer, TL_TRANSFER_CANCELLED);
    }
  test_stop (&f);
}

static void
test_waiting_down (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"breaks\": 1, \"break_after\": 700000"))
    {
      g_object_set (f.queue, "retry-delay", 60000, NULL);
      test_put_much (f.remote, "a.bin", MUCH, 3);
      transfer = test_download (&f, "/a.bin", FALSE, "a.bin");
      test_wait_for (tl_transfer_get_note (transfer) != NULL, "the first try to break");
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 1);
      tl_transfer_queue_cancel (f.queue, transfer);
      test_assert_state (transfer, TL_TRANSFER_CANCELLED);
      test_wait_for (test_count (f.local, "") == 0, "the part to go");
      tl_transfer_queue_retry (f.queue, transfer);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "a.bin", f.local, "a.bin");
    }
  test_stop (&f);
}

/* Cancelled before its turn, and while it asks; tried again after it failed and after it was skipped; not when it is done. */
static void
test_states (void)
{
  TlTransfer *transfer, *waiting;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_object_set (f.queue, "parallel", 1, NULL);
      test_put (f.remote, "a", "new", 3);
      test_put (f.local, "a", "old!", 4);
      transfer = test_download (&f, "/a", FALSE, "a");
      waiting = test_download (&f, "/a", FALSE, "b");
      tl_transfer_queue_cancel (f.queue, waiting);
      test_assert_state (waiting, TL_TRANSFER_CANCELLED);
      test_wait_for (f.n_asked == 1, "a question");
      tl_transfer_queue_cancel (f.queue, transfer);
      test_assert_state (transfer, TL_TRANSFER_CANCELLED);
      g_assert_null (tl_transfer_queue_get_question (f.queue));
      test_assert_text (f.local, "a", "old!");

      tl_transfer_queue_retry (f.queue, transfer);
      test_wait_for (f.n_asked == 2, "a question again");
      tl_transfer_queue_answer (f.queue, transfer, TL_OVERWRITE_SKIP, FALSE);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_SKIPPED);
      tl_transfer_queue_retry (f.queue, transfer);
      test_wait_for (f.n_asked == 3, "a question once more");
      tl_transfer_queue_answer (f.queue, transfer, TL_OVERWRITE_REPLACE, FALSE);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_text (f.local, "a", "new");
      tl_transfer_queue_retry (f.queue, transfer);
      tl_transfer_queue_cancel (f.queue, transfer);
      test_assert_state (transfer, TL_TRANSFER_DONE);

      tl_transfer_queue_retry (f.queue, waiting);
      test_wait_all (&f);
      test_assert_text (f.local, "b", "new");
      transfer = test_download (&f, "/later", FALSE, "later");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_FAILED);
      test_put (f.remote, "later", "there now", 9);
      tl_transfer_queue_retry (f.queue, transfer);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_text (f.local, "later", "there now");
      g_assert_cmpuint (test_uint (&f, "n-failed"), ==, 0);
    }
  test_stop (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transfer-cancel/cancel-down", test_cancel_down);
  g_test_add_func ("/transfer-cancel/cancel-up", test_cancel_up);
  g_test_add_func ("/transfer-cancel/cancel-anywhere", test_cancel_anywhere);
  g_test_add_func ("/transfer-cancel/waiting-up", test_waiting_up);
  g_test_add_func ("/transfer-cancel/waiting-up-and-clear", test_waiting_up_and_clear);
  g_test_add_func ("/transfer-cancel/closed-up", test_closed_up);
  g_test_add_data_func ("/transfer-cancel/closed-while-running/down", GINT_TO_POINTER (FALSE), test_closed_while_running);
  g_test_add_data_func ("/transfer-cancel/closed-while-running/up", GINT_TO_POINTER (TRUE), test_closed_while_running);
  g_test_add_data_func ("/transfer-cancel/waiting-up-and-retry/at-once", GUINT_TO_POINTER (0), test_waiting_up_and_retry);
  g_test_add_data_func ("/transfer-cancel/waiting-up-and-retry/soon", GUINT_TO_POINTER (30), test_waiting_up_and_retry);
  g_test_add_func ("/transfer-cancel/waiting-up-but-foreign", test_waiting_up_but_foreign);
  g_test_add_func ("/transfer-cancel/waiting-up-without-server", test_waiting_up_without_server);
  g_test_add_func ("/transfer-cancel/waiting-down", test_waiting_down);
  g_test_add_func ("/transfer-cancel/states", test_states);
  return g_test_run ();
}
