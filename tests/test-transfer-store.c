/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue on the disk: stopped and gone on with by another queue, paused, of two programs, and without secrets. */

#include "tl-transfer-store-test.h"

#include <sqlite3.h>

/* Files that are fetched once more when all is stopped at once: what is on its way over 8 connections, 4 files each. */
#define ON_ITS_WAY 32

static void
test_left (void)
{
  TlTransferStore *store;
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"speed\": 1000000"))
    {
      g_assert_finalize_object (f.queue);
      f.queue = NULL;
      store = begin_anew (&f, NULL);
      test_put_much (f.remote, "a.bin", MUCH, 1);
      test_put_much (f.local, "b.bin", MUCH, 2);
      test_download (&f, "/missing", FALSE, "missing");
      transfer = test_download (&f, "/a.bin", FALSE, "a.bin");
      test_upload (&f, "b.bin", "/b.bin");
      test_wait_for (tl_transfer_get_moved (transfer) > 500000 && test_uint (&f, "n-failed") == 1, "some of it");
      tl_transfer_queue_leave (f.queue);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f.queue)), ==, 0);
      g_assert_cmpuint (test_uint (&f, "n-active"), ==, 0);
      store = begin_anew (&f, store);
      g_assert_cmpuint (count_left (store), ==, 3);
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 1);

      g_assert_cmpuint (attach (&f, FALSE), ==, 3);
      g_assert_cmpuint (test_uint (&f, "n-paused"), ==, 2);
      g_assert_cmpuint (test_uint (&f, "n-failed"), ==, 1);
      g_assert_cmpuint (count_left (store), ==, 0); /* of nobody */
      transfer = g_list_model_get_item (G_LIST_MODEL (f.queue), 0);
      g_assert_nonnull (tl_transfer_get_error (transfer));
      g_object_unref (transfer);
      tl_transfer_queue_resume (f.queue, NULL);
      test_wait_all (&f);
      test_assert_equal (f.remote, "a.bin", f.local, "a.bin");
      test_assert_equal (f.remote, "b.bin", f.local, "b.bin");
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 0);
      g_assert_cmpuint (test_count_commands (f.base, "REST "), >, 0);
      g_assert_cmpuint (f.n_asked, ==, 0);

      tl_transfer_queue_clear (f.queue, TRUE);
      store = begin_anew (&f, store);
      g_assert_cmpuint (count_left (store), ==, 0);
      g_assert_finalize_object (g_steal_pointer (&f.queue));
      stop_store (store);
    }
  test_stop (&f);
}

/* A folder "d" of @n files in @n_folders others, for a queue that a store keeps. (transfer full) */
static TlTransferStore *
begin_with_folder (Fixture *f,
                   guint    n,
                   guint    n_folders)
{
  g_assert_finalize_object (g_steal_pointer (&f->queue));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/%u/%u.txt", i % n_folders, i);

      test_put (f->remote, name, name, -1);
    }
  return begin_anew (f, NULL);
}

/* All @n of the folder came, and it says so. */
static void
assert_whole (Fixture *f,
              guint    n)
{
  g_autoptr (TlTransfer) folder = g_list_model_get_item (G_LIST_MODEL (f->queue), 0);
  guint n_files = 0;

  g_assert_cmpuint (test_count (f->local, ".txt"), ==, n);
  g_assert_cmpuint (f->n_asked, ==, 0);
  g_assert_cmpuint (test_uint (f, "n-failed"), ==, 0);
  g_object_get (folder, "n-files", &n_files, NULL);
  test_assert_state (folder, TL_TRANSFER_DONE);
  g_assert_cmpuint (n_files, ==, n);
}

/* What was done of a folder that was not walked to its end is not done again. */
static void
test_half_a_folder (void)
{
  TlTransferStore *store;
  TlTransfer *folder;
  Fixture f;

  if (test_start (&f, ""))
    {
      store = begin_with_folder (&f, 900, 3);
      folder = test_download (&f, "/d", TRUE, "d");
      g_object_add_weak_pointer (G_OBJECT (folder), (gpointer *) &folder);
      test_wait_for (test_count (f.local, ".txt") > 300, "a third of it");
      store = begin_anew (&f, store);
      g_assert_null (folder);

      attach (&f, TRUE);
      test_wait_all (&f);
      assert_whole (&f, 900);
      /* And as much that waits in memory for its turn on the disk. */
      g_assert_cmpuint (test_count_commands (f.base, "RETR "), <=, 900 + 2 * ON_ITS_WAY);
      store = begin_anew (&f, store);
      g_assert_cmpuint (count_left (store), ==, 0);
      g_assert_finalize_object (g_steal_pointer (&f.queue));
      stop_store (store);
    }
  test_stop (&f);
}

/* As if the clock had been a year ahead when they came. */
static void
set_clock_back (Fixture *f)
{
  const char *year = "UPDATE transfers SET id = id + 31536000000000, place = place + 31536000000000,"
                     " parent = CASE parent WHEN 0 THEN 0 ELSE parent + 31536000000000 END";
  g_autofree char *path = test_path (f->base, "transfers.db");
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, year, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), >, 0);
  sqlite3_close (db);
}

/* What comes into a folder that an earlier run has left is still in it for the next one. */
static void
test_clock_back (void)
{
  TlTransferStore *store;
  Fixture f;

  if (test_start (&f, ""))
    {
      store = begin_with_folder (&f, 400, 9);
      test_download (&f, "/d", TRUE, "d");
      test_wait_for (test_count (f.local, ".txt") > 60, "some of it");
      g_assert_finalize_object (g_steal_pointer (&f.queue));
      stop_store (store);
      set_clock_back (&f);
      store = begin_anew (&f, NULL);
      attach (&f, TRUE);
      test_wait_for (test_count (f.local, ".txt") > 220, "more of it");
      store = begin_anew (&f, store);

      attach (&f, TRUE);
      test_wait_all (&f);
      assert_whole (&f, 400);
      g_assert_cmpuint (test_count_commands (f.base, "RETR "), <=, 400 + 3 * ON_ITS_WAY);
      g_assert_finalize_object (g_steal_pointer (&f.queue));
      stop_store (store);
    }
  test_stop (&f);
}

static void
test_pause (void)
{
  TlTransfer *down, *up, *folder;
  Fixture f;

  if (test_start (&f, "\"speed\": 3000000"))
    {
      test_put_much (f.remote, "a.bin", MUCH, 3);
      test_put_much (f.local, "b.bin", MUCH, 4);
      for (guint i = 0; i < 50; i++)
        {
          g_autofree char *name = g_strdup_printf ("d/%u.txt", i);

          test_put (f.remote, name, name, -1);
        }
      down = test_download (&f, "/a.bin", FALSE, "a.bin");
      up = test_upload (&f, "b.bin", "/b.bin");
      folder = test_download (&f, "/d", TRUE, "d");
      for (guint round = 0; round < 6; round++)
        {
          guint64 moved = tl_transfer_get_moved (down);

          test_wait_for (tl_transfer_get_moved (down) > moved || !tl_transfer_is_active (down), "some of it");
          tl_transfer_queue_pause (f.queue, NULL);
          /* Also while it is being stopped. */
          if (round % 2 == 0)
            test_wait_all (&f);
          if (round == 0)
            g_assert_cmpuint (test_uint (&f, "n-paused"), >=, 2);
          tl_transfer_queue_resume (f.queue, NULL);
        }
      test_wait_all (&f);
      g_assert_cmpuint (test_uint (&f, "n-paused"), ==, 0);
      test_assert_state (down, TL_TRANSFER_DONE);
      test_assert_state (up, TL_TRANSFER_DONE);
      test_assert_state (folder, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "a.bin", f.local, "a.bin");
      test_assert_equal (f.remote, "b.bin", f.local, "b.bin");
      g_assert_cmpuint (test_count (f.local, ".txt"), ==, 50);
      /* Of 350, if each round began all of it anew. */
      g_assert_cmpuint (test_count_commands (f.base, "RETR /d/"), <=, 50 + 6 * ON_ITS_WAY);
      g_assert_cmpuint (f.n_asked, ==, 0);
    }
  test_stop (&f);
}

/* What is paused is given up: nothing is left. */
static void
test_cancel_paused (void)
{
  TlTransfer *down;
  Fixture f;

  if (test_start (&f, "\"speed\": 3000000"))
    {
      test_put_much (f.remote, "a.bin", MUCH, 5);
      down = test_download (&f, "/a.bin", FALSE, "a.bin");
      test_wait_for (tl_transfer_get_moved (down) > 100000, "some of it");
      tl_transfer_queue_pause (f.queue, down);
      test_wait_for (tl_transfer_get_state (down) == TL_TRANSFER_PAUSED, "it to stop");
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 1);
      tl_transfer_queue_cancel (f.queue, down);
      test_assert_state (down, TL_TRANSFER_CANCELLED);
      test_wait_for (test_count (f.local, "") == 0, "the part to go");
    }
  test_stop (&f);
}

static void
failed_cb (char       **told,
           const char  *message)
{
  g_free (*told);
  *told = g_strdup (message);
}

/* Two programs: what one has is not the other's. */
static void
test_two (void)
{
  TlTransferStore *store, *other;
  TlTransferQueue *queue;
  g_autofree char *told = NULL;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_assert_finalize_object (f.queue);
      f.queue = NULL;
      store = begin_anew (&f, NULL);
      f.queue->held = TRUE;
      test_download (&f, "/a", FALSE, "a");
      other = new_store (&f);
      g_assert_false (tl_transfer_store_works (other));
      g_signal_connect_swapped (other, "failed", G_CALLBACK (failed_cb), &told);
      queue = g_steal_pointer (&f.queue);
      f.queue = tl_transfer_queue_new ();
      tl_transfer_queue_set_store (f.queue, other);
      f.queue->held = TRUE;
      test_download (&f, "/b", FALSE, "b");
      g_assert_nonnull (told);
      g_assert_cmpuint (count_left (other), ==, 0);
      g_assert_finalize_object (g_steal_pointer (&f.queue));
      stop_store (other);
      g_assert_finalize_object (queue);
      g_assert_cmpuint (count_left (store), ==, 1);
      stop_store (store);
    }
  test_stop (&f);
}

/* Whoever may read the file finds no password in it, and nobody else may. */
static void
test_secrets (void)
{
  g_autofree char *path = NULL;
  TlTransferStore *store;
  struct stat info;
  Fixture f;

  if (test_start (&f, ""))
    {
      static const char *const files[] = { "transfers.db", "transfers.db-wal" };

      g_assert_finalize_object (f.queue);
      f.queue = NULL;
      store = begin_anew (&f, NULL);
      f.queue->held = TRUE;
      g_object_set (f.client, "password", "geheim-12345", NULL);
      test_download (&f, "/a", FALSE, "a");
      g_assert_finalize_object (g_steal_pointer (&f.queue));
      g_assert_cmpuint (count_left (store), ==, 1);
      for (guint i = 0; i < G_N_ELEMENTS (files); i++)
        {
          g_autofree char *name = test_path (f.base, files[i]);
          g_autofree char *bytes = NULL;
          gsize length;

          g_assert_true (g_file_get_contents (name, &bytes, &length, NULL));
          g_assert_null (memmem (bytes, length, "geheim", 6));
          g_assert_cmpint (stat (name, &info), ==, 0);
          g_assert_cmpint (info.st_mode & 0077, ==, 0);
        }
      stop_store (store);
    }
  test_stop (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transfer-store/left", test_left);
  g_test_add_func ("/transfer-store/half-a-folder", test_half_a_folder);
  g_test_add_func ("/transfer-store/clock-back", test_clock_back);
  g_test_add_func ("/transfer-store/pause", test_pause);
  g_test_add_func ("/transfer-store/cancel-paused", test_cancel_paused);
  g_test_add_func ("/transfer-store/two", test_two);
  g_test_add_func ("/transfer-store/secrets", test_secrets);
  return g_test_run ();
}
