/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers of files over a real server: down, up, overwriting, going on, cancelling, what a hostile server sends. */

#include "tl-transfer-test.h"

#include <fcntl.h>

#define MUCH (3 * 1024 * 1024 + 17)

static void
set_time (const char *folder,
          const char *name,
          gint64      time)
{
  g_autofree char *path = test_path (folder, name);
  struct timespec times[2] = { { .tv_sec = time }, { .tv_sec = time } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static gint64
get_time (const char *folder,
          const char *name)
{
  g_autofree char *path = test_path (folder, name);
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  return info.st_mtime;
}

static void
test_one_down (void)
{
  Fixture f;
  TlTransfer *transfer;

  if (test_start (&f, ""))
    {
      test_put_much (f.remote, "数据.bin", MUCH, 1);
      set_time (f.remote, "数据.bin", 1234567890);
      transfer = test_download (&f, "/数据.bin", FALSE, "数据.bin");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "数据.bin", f.local, "数据.bin");
      g_assert_cmpint (get_time (f.local, "数据.bin"), ==, 1234567890);
      g_assert_cmpint (tl_transfer_get_size (transfer), ==, MUCH);
      g_assert_cmpuint (tl_transfer_get_moved (transfer), ==, MUCH);
      g_assert_nonnull (strstr (tl_transfer_get_note (transfer), "size matches"));
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 0);
    }
  test_stop (&f);
}

static void
test_one_up (void)
{
  Fixture f;
  TlTransfer *transfer;

  if (test_start (&f, ""))
    {
      test_put_much (f.local, "a.bin", MUCH, 2);
      set_time (f.local, "a.bin", 1234567890);
      transfer = test_upload (&f, "a.bin", "/b.bin");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.local, "a.bin", f.remote, "b.bin");
      g_assert_cmpint (get_time (f.remote, "b.bin"), ==, 1234567890);
    }
  test_stop (&f);
}

static void
test_empty_file (void)
{
  Fixture f;
  TlTransfer *down, *up;

  if (test_start (&f, ""))
    {
      test_put (f.remote, "empty", "", 0);
      test_put (f.local, "nothing", "", 0);
      down = test_download (&f, "/empty", FALSE, "empty");
      up = test_upload (&f, "nothing", "/nothing");
      test_wait_all (&f);
      test_assert_state (down, TL_TRANSFER_DONE);
      test_assert_state (up, TL_TRANSFER_DONE);
      test_assert_text (f.local, "empty", "");
      test_assert_text (f.remote, "nothing", "");
    }
  test_stop (&f);
}

static void
test_missing (void)
{
  Fixture f;
  TlTransfer *missing, *local, *good;

  if (test_start (&f, ""))
    {
      test_put (f.remote, "good", "good", 4);
      missing = test_download (&f, "/missing", FALSE, "missing");
      local = test_upload (&f, "not here", "/not here");
      good = test_download (&f, "/good", FALSE, "good");
      test_wait_all (&f);
      /* What fails for good does not hold up the others. */
      test_assert_state (missing, TL_TRANSFER_FAILED);
      g_assert_nonnull (tl_transfer_get_error (missing));
      test_assert_state (local, TL_TRANSFER_FAILED);
      test_assert_state (good, TL_TRANSFER_DONE);
      g_assert_false (test_exists (f.local, "missing"));
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 0);
      g_assert_cmpuint (test_uint (&f, "n-failed"), ==, 2);
      tl_transfer_queue_clear (f.queue, FALSE);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f.queue)), ==, 2);
      tl_transfer_queue_clear (f.queue, TRUE);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f.queue)), ==, 0);
    }
  test_stop (&f);
}

/* One download onto a file that is there, answered so. */
static TlTransferState
overwrite_down (TlOverwrite  answer,
                const char  *there,
                Fixture     *f)
{
  TlTransfer *transfer;

  test_put (f->remote, "a.txt", "0123456789", 10);
  set_time (f->remote, "a.txt", 1500000000);
  test_put (f->local, "a.txt", there, -1);
  set_time (f->local, "a.txt", 1400000000);
  f->answer = answer;
  transfer = test_download (f, "/a.txt", FALSE, "a.txt");
  test_wait_all (f);
  g_assert_cmpuint (f->n_asked, ==, 1);
  g_assert_cmpint (f->asked.source_size, ==, 10);
  g_assert_cmpint (f->asked.source_time, ==, 1500000000);
  g_assert_cmpint (f->asked.target_size, ==, strlen (there));
  g_assert_cmpint (f->asked.target_time, ==, 1400000000);
  g_assert_cmpint (f->asked.can_resume, ==, strlen (there) < 10);
  return tl_transfer_get_state (transfer);
}

static void
test_overwrite_down (gconstpointer data)
{
  TlOverwrite answer = (TlOverwrite) GPOINTER_TO_INT (data);
  Fixture f;

  if (test_start (&f, ""))
    {
      TlTransferState state = overwrite_down (answer, "01234", &f);

      g_assert_cmpint (state, ==, answer == TL_OVERWRITE_SKIP ? TL_TRANSFER_SKIPPED : TL_TRANSFER_DONE);
      test_assert_text (f.local, "a.txt", answer == TL_OVERWRITE_SKIP || answer == TL_OVERWRITE_RENAME ? "01234" : "0123456789");
      if (answer == TL_OVERWRITE_RENAME)
        test_assert_text (f.local, "a (2).txt", "0123456789");
      g_assert_cmpint (test_exists (f.local, "a (2).txt"), ==, answer == TL_OVERWRITE_RENAME);
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 0);
    }
  test_stop (&f);
}

/* What is there is the beginning of another file: going on would make a file of two halves. */
static void
test_resume_of_another (void)
{
  Fixture f;

  if (test_start (&f, ""))
    {
      g_assert_cmpint (overwrite_down (TL_OVERWRITE_RESUME, "XXXXX", &f), ==, TL_TRANSFER_DONE);
      test_assert_text (f.local, "a.txt", "0123456789");
    }
  test_stop (&f);
}

static void
test_overwrite_up (gconstpointer data)
{
  TlOverwrite answer = (TlOverwrite) GPOINTER_TO_INT (data);
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      test_put (f.local, "a.txt", "0123456789", 10);
      test_put (f.remote, "a.txt", "01234", 5);
      set_time (f.remote, "a.txt", 1400000000);
      f.answer = answer;
      transfer = test_upload (&f, "a.txt", "/a.txt");
      test_wait_all (&f);
      g_assert_cmpuint (f.n_asked, ==, 1);
      g_assert_cmpint (f.asked.source_size, ==, 10);
      g_assert_cmpint (f.asked.target_size, ==, 5);
      g_assert_cmpint (f.asked.target_time, ==, 1400000000);
      test_assert_state (transfer, answer == TL_OVERWRITE_SKIP ? TL_TRANSFER_SKIPPED : TL_TRANSFER_DONE);
      test_assert_text (f.remote, "a.txt", answer == TL_OVERWRITE_SKIP || answer == TL_OVERWRITE_RENAME ? "01234" : "0123456789");
      if (answer == TL_OVERWRITE_RENAME)
        test_assert_text (f.remote, "a (2).txt", "0123456789");
    }
  test_stop (&f);
}

static void
test_upload_without_size (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"no_size\": true"))
    {
      test_put (f.local, "a.txt", "new", 3);
      test_put (f.remote, "a.txt", "older", 5);
      f.answer = TL_OVERWRITE_SKIP;
      transfer = test_upload (&f, "a.txt", "/a.txt");
      test_wait_all (&f);
      /* The listing told that it is there. */
      g_assert_cmpuint (f.n_asked, ==, 1);
      g_assert_cmpint (f.asked.target_size, ==, 5);
      test_assert_state (transfer, TL_TRANSFER_SKIPPED);
      test_assert_text (f.remote, "a.txt", "older");
    }
  test_stop (&f);
}

static void
test_for_all (void)
{
  Fixture f;

  if (test_start (&f, ""))
    {
      for (guint i = 0; i < 20; i++)
        {
          g_autofree char *name = g_strdup_printf ("f%u", i);
          g_autofree char *path = g_strdup_printf ("/f%u", i);

          test_put (f.remote, name, "new", 3);
          test_put (f.local, name, "old!", 4);
          test_download (&f, path, FALSE, name);
        }
      /* All of them ask before the first is answered: no connection waits for an answer. */
      test_wait_for (f.n_asked == 20, "twenty questions");
      /* The oldest question, which need not be the first file's: two connections ask. */
      g_assert_true (tl_transfer_queue_get_question (f.queue)->transfer == f.first_asked);
      tl_transfer_queue_answer (f.queue, tl_transfer_queue_get_question (f.queue)->transfer, TL_OVERWRITE_REPLACE, TRUE);
      test_wait_all (&f);
      g_assert_cmpuint (f.n_asked, ==, 20);
      g_assert_null (tl_transfer_queue_get_question (f.queue));
      for (guint i = 0; i < 20; i++)
        {
          g_autofree char *name = g_strdup_printf ("f%u", i);

          test_assert_text (f.local, name, "new");
        }
      /* The answer is not for what comes later. */
      test_put (f.remote, "later", "new", 3);
      test_put (f.local, "later", "old!", 4);
      test_download (&f, "/later", FALSE, "later");
      test_wait_for (f.n_asked == 21, "a question");
      test_assert_text (f.local, "later", "old!");
    }
  test_stop (&f);
}

/* What was answered holds for the file that was asked about. */
static void
test_changed_after_question (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      test_put (f.remote, "a", "new", 3);
      test_put (f.local, "a", "old!", 4);
      transfer = test_download (&f, "/a", FALSE, "a");
      test_wait_for (f.n_asked == 1, "a question");
      test_put (f.local, "a", "precious work", 13);
      tl_transfer_queue_answer (f.queue, transfer, TL_OVERWRITE_REPLACE, FALSE);
      test_wait_for (f.n_asked == 2, "a second question");
      g_assert_cmpint (f.asked.target_size, ==, 13);
      test_assert_text (f.local, "a", "precious work");
      tl_transfer_queue_answer (f.queue, transfer, TL_OVERWRITE_SKIP, FALSE);
      test_wait_all (&f);
      test_assert_text (f.local, "a", "precious work");
    }
  test_stop (&f);
}

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
      set_time (f.remote, "a.bin", 1400000000);
      transfer = test_download (&f, "/a.bin", FALSE, "a.bin");
      test_wait_for (tl_transfer_get_note (transfer) != NULL, "the first try to break");
      test_assert_state (transfer, TL_TRANSFER_WAITING);
      /* As long, and as old: only the overlap tells. */
      test_put_much (f.remote, "a.bin", MUCH, 6);
      set_time (f.remote, "a.bin", 1400000000);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "a.bin", f.local, "a.bin");
    }
  test_stop (&f);
}

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

static void
test_few_connections (void)
{
  Fixture f;

  if (test_start (&f, "\"max\": 1"))
    {
      g_object_set (f.queue, "parallel", 4, NULL);
      for (guint i = 0; i < 12; i++)
        {
          g_autofree char *name = g_strdup_printf ("f%u", i);
          g_autofree char *path = g_strdup_printf ("/f%u", i);

          test_put_much (f.remote, name, 100000, i);
          test_download (&f, path, FALSE, name);
        }
      test_wait_all (&f);
      g_assert_cmpuint (test_uint (&f, "n-failed"), ==, 0);
      for (guint i = 0; i < 12; i++)
        {
          g_autofree char *name = g_strdup_printf ("f%u", i);

          test_assert_equal (f.remote, name, f.local, name);
        }
    }
  test_stop (&f);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  *(gboolean *) user_data = tl_ftp_client_connect_finish (TL_FTP_CLIENT (source), result, NULL);
}

/* The browsing connection is the only one that the server lets in. */
static void
test_one_connection (void)
{
  gboolean connected = FALSE;
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"max\": 1"))
    {
      tl_ftp_client_connect_async (f.client, NULL, connected_cb, &connected);
      test_wait (connected);
      test_put_much (f.remote, "a", 100000, 1);
      transfer = test_download (&f, "/a", FALSE, "a");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "a", f.local, "a");
    }
  test_stop (&f);
}

static void
test_no_server (void)
{
  TlTransfer *one, *two;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_subprocess_force_exit (f.server);
      g_subprocess_wait (f.server, NULL, NULL);
      one = test_download (&f, "/a", FALSE, "a");
      two = test_download (&f, "/b", FALSE, "b");
      test_wait_all (&f);
      test_assert_state (one, TL_TRANSFER_FAILED);
      test_assert_state (two, TL_TRANSFER_FAILED);
      g_assert_nonnull (tl_transfer_get_error (two));
    }
  test_stop (&f);
}

static void
test_target_is_link (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autofree char *link = test_path (f.local, "a");
      g_autofree char *outside = test_path (f.base, "outside");

      test_put (f.base, "outside", "precious", 8);
      test_put (f.remote, "a", "evil", 4);
      g_assert_cmpint (symlink (outside, link), ==, 0);
      f.answer = TL_OVERWRITE_REPLACE;
      transfer = test_download (&f, "/a", FALSE, "a");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      g_assert_cmpuint (f.n_asked, ==, 1);
      test_assert_text (f.base, "outside", "precious");
      test_assert_text (f.local, "a", "evil");
      g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
    }
  test_stop (&f);
}

/* A link where the unfinished file would be. */
static void
test_part_is_link (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autofree char *link = test_path (f.local, "a.part");
      g_autofree char *outside = test_path (f.base, "outside");

      g_assert_cmpint (symlink (outside, link), ==, 0);
      test_put (f.remote, "a", "data", 4);
      transfer = test_download (&f, "/a", FALSE, "a");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_text (f.local, "a", "data");
      g_assert_false (test_exists (f.base, "outside"));
      g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
    }
  test_stop (&f);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* Not more often than ten times a second, and the totals follow. */
static void
test_progress (void)
{
  TlTransfer *transfer;
  guint n = 0;
  gint64 begun = g_get_monotonic_time ();
  double speed = 0, fraction = -1;
  Fixture f;

  if (test_start (&f, "\"speed\": 400000"))
    {
      test_put_much (f.remote, "a", MUCH, 1);
      transfer = test_download (&f, "/a", FALSE, "a");
      g_signal_connect_swapped (transfer, "notify::moved", G_CALLBACK (count_cb), &n);
      test_wait_for (tl_transfer_get_speed (transfer) > 0 && tl_transfer_get_fraction (transfer) > 0.1 && tl_transfer_get_remaining (transfer) > 0,
                     "speed and time left");
      g_object_get (f.queue, "speed", &speed, "fraction", &fraction, NULL);
      g_assert_cmpfloat (speed, >, 0);
      g_assert_cmpfloat (fraction, >, 0.05);
      tl_transfer_queue_cancel_all (f.queue);
      test_wait_all (&f);
      g_assert_cmpuint (n, >=, 3);
      g_assert_cmpuint (n, <=, 8 + (g_get_monotonic_time () - begun) / (100 * G_TIME_SPAN_MILLISECOND));
      test_wait_for ((g_object_get (f.queue, "fraction", &fraction, NULL), fraction < 0), "no fraction when nothing is active");
    }
  test_stop (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transfer-queue/one-down", test_one_down);
  g_test_add_func ("/transfer-queue/one-up", test_one_up);
  g_test_add_func ("/transfer-queue/empty-file", test_empty_file);
  g_test_add_func ("/transfer-queue/missing", test_missing);
  g_test_add_data_func ("/transfer-queue/overwrite-down/skip", GINT_TO_POINTER (TL_OVERWRITE_SKIP), test_overwrite_down);
  g_test_add_data_func ("/transfer-queue/overwrite-down/replace", GINT_TO_POINTER (TL_OVERWRITE_REPLACE), test_overwrite_down);
  g_test_add_data_func ("/transfer-queue/overwrite-down/resume", GINT_TO_POINTER (TL_OVERWRITE_RESUME), test_overwrite_down);
  g_test_add_data_func ("/transfer-queue/overwrite-down/rename", GINT_TO_POINTER (TL_OVERWRITE_RENAME), test_overwrite_down);
  g_test_add_func ("/transfer-queue/resume-of-another", test_resume_of_another);
  g_test_add_data_func ("/transfer-queue/overwrite-up/skip", GINT_TO_POINTER (TL_OVERWRITE_SKIP), test_overwrite_up);
  g_test_add_data_func ("/transfer-queue/overwrite-up/replace", GINT_TO_POINTER (TL_OVERWRITE_REPLACE), test_overwrite_up);
  g_test_add_data_func ("/transfer-queue/overwrite-up/resume", GINT_TO_POINTER (TL_OVERWRITE_RESUME), test_overwrite_up);
  g_test_add_data_func ("/transfer-queue/overwrite-up/rename", GINT_TO_POINTER (TL_OVERWRITE_RENAME), test_overwrite_up);
  g_test_add_func ("/transfer-queue/upload-without-size", test_upload_without_size);
  g_test_add_func ("/transfer-queue/for-all", test_for_all);
  g_test_add_func ("/transfer-queue/changed-after-question", test_changed_after_question);
  g_test_add_func ("/transfer-queue/broken-down", test_broken_down);
  g_test_add_func ("/transfer-queue/broken-for-good", test_broken_for_good);
  g_test_add_func ("/transfer-queue/changed-on-server", test_changed_on_server);
  g_test_add_func ("/transfer-queue/cancel-down", test_cancel_down);
  g_test_add_func ("/transfer-queue/cancel-up", test_cancel_up);
  g_test_add_func ("/transfer-queue/cancel-anywhere", test_cancel_anywhere);
  g_test_add_func ("/transfer-queue/few-connections", test_few_connections);
  g_test_add_func ("/transfer-queue/one-connection", test_one_connection);
  g_test_add_func ("/transfer-queue/no-server", test_no_server);
  g_test_add_func ("/transfer-queue/target-is-link", test_target_is_link);
  g_test_add_func ("/transfer-queue/part-is-link", test_part_is_link);
  g_test_add_func ("/transfer-queue/progress", test_progress);
  return g_test_run ();
}
