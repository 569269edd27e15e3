/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to do with a target that is there already: the question, its answers, and what they hold for. */

#include "tl-transfer-test.h"

/* One download onto a file that is there, answered so. */
static TlTransferState
overwrite_down (TlOverwrite  answer,
                const char  *there,
                Fixture     *f)
{
  TlTransfer *transfer;

  test_put (f->remote, "a.txt", "0123456789", 10);
  test_set_time (f->remote, "a.txt", 1500000000);
  test_put (f->local, "a.txt", there, -1);
  test_set_time (f->local, "a.txt", 1400000000);
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
      test_set_time (f.remote, "a.txt", 1400000000);
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

/* The server refuses at first, when much has gone out already: what is there is still the old file, no beginning of the new one. */
static void
test_refused_up (gconstpointer data)
{
  const char *const names[] = { "a", "b", "c" };
  const char *const paths[] = { "/a", "/b", "/c" };
  g_autoptr (GPtrArray) transfers = g_ptr_array_new ();
  Fixture f;

  if (test_start (&f, "\"refuse_stor\": 3"))
    {
      g_object_set (f.queue, "hashes", FALSE, NULL);
      f.answer = (TlOverwrite) GPOINTER_TO_INT (data);
      f.for_all = TRUE;
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          test_put_much (f.local, names[i], MUCH, i);
          test_put (f.remote, names[i], "an older one", 12);
          test_set_time (f.remote, names[i], 1400000000);
          g_ptr_array_add (transfers, test_upload (&f, names[i], paths[i]));
        }
      test_wait_all (&f);
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          test_assert_state (transfers->pdata[i], TL_TRANSFER_DONE);
          test_assert_equal (f.local, names[i], f.remote, names[i]);
        }
    }
  test_stop (&f);
}

/* The server makes the file, or empties it, before it says that the data connection failed: that is the beginning of ours, and nobody else's file. */
static void
test_emptied_up (gconstpointer data)
{
  TlTransfer *fresh, *old;
  Fixture f;

  if (test_start (&f, "\"empty_stor\": 3"))
    {
      g_object_set (f.queue, "hashes", FALSE, "parallel", 1, NULL);
      f.answer = (TlOverwrite) GPOINTER_TO_INT (data);
      test_put_much (f.local, "fresh", MUCH, 1);
      test_put_much (f.local, "old", MUCH, 2);
      test_put (f.remote, "old", "an older one", 12);
      test_set_time (f.remote, "old", 1400000000);
      fresh = test_upload (&f, "fresh", "/fresh");
      old = test_upload (&f, "old", "/old");
      test_wait_all (&f);
      g_assert_cmpuint (test_count_commands (f.base, "STOR"), ==, 8);
      test_assert_state (fresh, TL_TRANSFER_DONE);
      test_assert_equal (f.local, "fresh", f.remote, "fresh");
      /* What it asked about was the old file alone. */
      g_assert_cmpuint (f.n_asked, ==, 1);
      test_assert_state (old, TL_TRANSFER_DONE);
      test_assert_equal (f.local, "old", f.remote, "old");
    }
  test_stop (&f);
}

/* One answer for all of a folder, each of the four, down and up. */
static void
test_folder_for_all (gconstpointer data)
{
  const TlOverwrite answer = (TlOverwrite) (GPOINTER_TO_INT (data) & 0xff);
  const gboolean upload = GPOINTER_TO_INT (data) > 0xff;
  const gboolean stays = answer == TL_OVERWRITE_SKIP || answer == TL_OVERWRITE_RENAME;
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      const char *from = upload ? f.local : f.remote;
      const char *to = upload ? f.remote : f.local;

      for (guint i = 0; i < 12; i++)
        {
          g_autofree char *name = g_strdup_printf ("tree/%u/file.txt", i);

          test_put (from, name, "0123456789", 10);
          test_put (to, name, "01234", 5);
        }
      f.answer = answer;
      f.for_all = TRUE;
      transfer = upload ? test_upload (&f, "tree", "/tree") : test_download (&f, "/tree", TRUE, "tree");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      /* Those too that had found their target before the answer came. */
      g_assert_cmpuint (f.n_asked, ==, 1);
      g_assert_cmpint (f.asked.source_size, ==, 10);
      g_assert_cmpint (f.asked.target_size, ==, 5);
      for (guint i = 0; i < 12; i++)
        {
          g_autofree char *name = g_strdup_printf ("tree/%u/file.txt", i);
          g_autofree char *second = g_strdup_printf ("tree/%u/file (2).txt", i);

          test_assert_text (to, name, stays ? "01234" : "0123456789");
          g_assert_cmpint (test_exists (to, second), ==, answer == TL_OVERWRITE_RENAME);
          if (answer == TL_OVERWRITE_RENAME)
            test_assert_text (to, second, "0123456789");
        }
      g_assert_cmpuint (test_count (to, ".part"), ==, 0);
    }
  test_stop (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/transfer-overwrite/overwrite-down/skip", GINT_TO_POINTER (TL_OVERWRITE_SKIP), test_overwrite_down);
  g_test_add_data_func ("/transfer-overwrite/overwrite-down/replace", GINT_TO_POINTER (TL_OVERWRITE_REPLACE), test_overwrite_down);
  g_test_add_data_func ("/transfer-overwrite/overwrite-down/resume", GINT_TO_POINTER (TL_OVERWRITE_RESUME), test_overwrite_down);
  g_test_add_data_func ("/transfer-overwrite/overwrite-down/rename", GINT_TO_POINTER (TL_OVERWRITE_RENAME), test_overwrite_down);
  g_test_add_func ("/transfer-overwrite/resume-of-another", test_resume_of_another);
  g_test_add_data_func ("/transfer-overwrite/overwrite-up/skip", GINT_TO_POINTER (TL_OVERWRITE_SKIP), test_overwrite_up);
  g_test_add_data_func ("/transfer-overwrite/overwrite-up/replace", GINT_TO_POINTER (TL_OVERWRITE_REPLACE), test_overwrite_up);
  g_test_add_data_func ("/transfer-overwrite/overwrite-up/resume", GINT_TO_POINTER (TL_OVERWRITE_RESUME), test_overwrite_up);
  g_test_add_data_func ("/transfer-overwrite/overwrite-up/rename", GINT_TO_POINTER (TL_OVERWRITE_RENAME), test_overwrite_up);
  g_test_add_func ("/transfer-overwrite/upload-without-size", test_upload_without_size);
  g_test_add_func ("/transfer-overwrite/for-all", test_for_all);
  g_test_add_func ("/transfer-overwrite/changed-after-question", test_changed_after_question);
  g_test_add_data_func ("/transfer-overwrite/refused-up/replace", GINT_TO_POINTER (TL_OVERWRITE_REPLACE), test_refused_up);
  g_test_add_data_func ("/transfer-overwrite/refused-up/newer", GINT_TO_POINTER (TL_OVERWRITE_NEWER), test_refused_up);
  g_test_add_data_func ("/transfer-overwrite/refused-up/other-size", GINT_TO_POINTER (TL_OVERWRITE_OTHER_SIZE), test_refused_up);
  g_test_add_data_func ("/transfer-overwrite/emptied-up/replace", GINT_TO_POINTER (TL_OVERWRITE_REPLACE), test_emptied_up);
  g_test_add_data_func ("/transfer-overwrite/emptied-up/newer", GINT_TO_POINTER (TL_OVERWRITE_NEWER), test_emptied_up);
  g_test_add_data_func ("/transfer-overwrite/folder-for-all/skip-down", GINT_TO_POINTER (TL_OVERWRITE_SKIP), test_folder_for_all);
  g_test_add_data_func ("/transfer-overwrite/folder-for-all/skip-up", GINT_TO_POINTER (TL_OVERWRITE_SKIP | 0x100), test_folder_for_all);
  g_test_add_data_func ("/transfer-overwrite/folder-for-all/replace-down", GINT_TO_POINTER (TL_OVERWRITE_REPLACE), test_folder_for_all);
  g_test_add_data_func ("/transfer-overwrite/folder-for-all/replace-up", GINT_TO_POINTER (TL_OVERWRITE_REPLACE | 0x100), test_folder_for_all);
  g_test_add_data_func ("/transfer-overwrite/folder-for-all/resume-down", GINT_TO_POINTER (TL_OVERWRITE_RESUME), test_folder_for_all);
  g_test_add_data_func ("/transfer-overwrite/folder-for-all/resume-up", GINT_TO_POINTER (TL_OVERWRITE_RESUME | 0x100), test_folder_for_all);
  g_test_add_data_func ("/transfer-overwrite/folder-for-all/rename-down", GINT_TO_POINTER (TL_OVERWRITE_RENAME), test_folder_for_all);
  g_test_add_data_func ("/transfer-overwrite/folder-for-all/rename-up", GINT_TO_POINTER (TL_OVERWRITE_RENAME | 0x100), test_folder_for_all);
  return g_test_run ();
}
