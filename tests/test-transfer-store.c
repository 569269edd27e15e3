/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue on the disk: stopped and gone on with by another queue, paused, of 100,000, of two programs, and without secrets. */

#include "tl-transfer-queue-private.h"
#include "tl-transfer-store-private.h"
#include "tl-transfer-test.h"

#define MANY 100000
/* The longest turn of the main loop with 100,000 entries. */
#define TURN_MS 50

static TlTransferStore *
new_store (Fixture *f)
{
  g_autofree char *path = test_path (f->base, "transfers.db");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return tl_transfer_store_new (file);
}

static void
stop_store (TlTransferStore *store)
{
  /* What runs ends what it has begun. */
  test_wait_for (G_OBJECT (store)->ref_count == 1, "the transfers to stop");
  tl_transfer_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (store);
}

/* As another run of the program. */
static TlTransferStore *
begin_anew (Fixture         *f,
            TlTransferStore *store)
{
  if (f->queue != NULL)
    g_assert_finalize_object (f->queue);
  if (store != NULL)
    stop_store (store);
  store = new_store (f);
  f->queue = tl_transfer_queue_new ();
  g_object_set (f->queue, "retry-delay", 20, NULL);
  g_signal_connect (f->queue, "ask", G_CALLBACK (test_ask_cb), f);
  tl_transfer_queue_set_store (f->queue, store);
  return store;
}

static void
count_cb (guint *n,
          guint  restored)
{
  *n = restored;
}

static guint
attach (Fixture *f,
        gboolean go_on)
{
  guint n = 0;

  g_signal_connect_swapped (f->queue, "restored", G_CALLBACK (count_cb), &n);
  tl_transfer_queue_attach (f->queue, f->client, go_on);
  test_wait_for (n > 0, "what was left");
  g_signal_handlers_disconnect_by_data (f->queue, &n);
  return n;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GPtrArray **places = user_data;
  g_autoptr (GError) error = NULL;

  *places = tl_transfer_store_list_finish (TL_TRANSFER_STORE (source), result, &error);
  g_assert_no_error (error);
}

/* Of all sites. */
static guint
count_left (TlTransferStore *store)
{
  g_autoptr (GPtrArray) places = NULL;
  guint n = 0;

  tl_transfer_store_list_async (store, listed_cb, &places);
  test_wait (places != NULL);
  for (guint i = 0; i < places->len; i++)
    n += ((TlTransferPlace *) places->pdata[i])->n_waiting + ((TlTransferPlace *) places->pdata[i])->n_failed;
  return n;
}

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

/* What was done of a folder that was not walked to its end is not done again. */
static void
test_half_a_folder (void)
{
  TlTransferStore *store;
  TlTransfer *folder;
  guint n_files = 0;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_assert_finalize_object (f.queue);
      f.queue = NULL;
      store = begin_anew (&f, NULL);
      for (guint i = 0; i < 900; i++)
        {
          g_autofree char *name = g_strdup_printf ("d/%u/%u.txt", i % 3, i);

          test_put (f.remote, name, name, -1);
        }
      folder = test_download (&f, "/d", TRUE, "d");
      g_object_add_weak_pointer (G_OBJECT (folder), (gpointer *) &folder);
      test_wait_for (test_count (f.local, ".txt") > 300, "a third of it");
      store = begin_anew (&f, store);
      g_assert_null (folder);

      attach (&f, TRUE);
      test_wait_all (&f);
      g_assert_cmpuint (test_count (f.local, ".txt"), ==, 900);
      g_assert_cmpuint (f.n_asked, ==, 0);
      g_assert_cmpuint (test_uint (&f, "n-failed"), ==, 0);
      g_assert_cmpuint (test_count_commands (f.base, "RETR "), <=, 900 + 4);
      folder = g_list_model_get_item (G_LIST_MODEL (f.queue), 0);
      g_object_get (folder, "n-files", &n_files, NULL);
      test_assert_state (folder, TL_TRANSFER_DONE);
      g_assert_cmpuint (n_files, ==, 900);
      g_object_unref (folder);
      store = begin_anew (&f, store);
      g_assert_cmpuint (count_left (store), ==, 0);
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
      /* Two at once may be stopped in each round. */
      g_assert_cmpuint (test_count_commands (f.base, "RETR /d/"), <=, 50 + 12);
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

/* The longest turn of the main loop until @condition, in milliseconds of processor time. */
#define longest_turn(condition) \
  ({ \
    gint64 longest = 0, end = g_get_monotonic_time () + TEST_DEADLINE; \
    guint wake = g_timeout_add_full (G_PRIORITY_LOW, 2, test_wake_cb, NULL, NULL); \
    while (!(condition)) \
      { \
        gint64 began; \
        g_assert_cmpint (g_get_monotonic_time (), <, end); \
        began = test_get_used (); \
        g_main_context_iteration (NULL, FALSE); \
        longest = MAX (longest, test_get_used () - began); \
      } \
    g_source_remove (wake); \
    (guint) (longest / 1000); \
  })

static void
settled_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GBytes) dir = g_bytes_new_static ("/", 1);
  const TlFtpListingHints hints = { .now = 0 };
  g_autoptr (TlFtpListing) listing = NULL;
  g_autoptr (GBytes) bytes = NULL;
  TlTransferStore *store;
  gboolean settled = FALSE;
  guint turn, written;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autoptr (GFile) folder = g_file_new_for_path (f.local);

      g_assert_finalize_object (f.queue);
      f.queue = NULL;
      store = begin_anew (&f, NULL);
      for (guint32 i = 0; i < MANY; i++)
        {
          g_string_append_printf (text, "-rw-r--r-- 1 a a 10 Jan 1 2000 file-%06u\n", i);
          g_array_append_val (indices, i);
        }
      bytes = g_string_free_to_bytes (g_steal_pointer (&text));
      listing = tl_ftp_listing_parse (bytes, &hints, NULL);
      /* Nothing of it is to move. */
      f.queue->held = TRUE;
      tl_transfer_queue_download_entries (f.queue, f.client, dir, listing, indices, TL_FTP_CHARSET_AUTO, TL_CHARSET_UTF_8, folder);
      turn = longest_turn (g_list_model_get_n_items (G_LIST_MODEL (f.queue)) == MANY);
      tl_transfer_store_settle (store, settled_cb, &settled);
      written = longest_turn (settled);
      g_test_message ("%u in: longest turn %u ms, until it is written %u ms", MANY, turn, written);
      g_assert_cmpuint (turn, <, TURN_MS);
      g_assert_cmpuint (written, <, TURN_MS);
      tl_transfer_queue_leave (f.queue);

      store = begin_anew (&f, store);
      tl_transfer_queue_attach (f.queue, f.client, FALSE);
      turn = longest_turn (test_uint (&f, "n-paused") == MANY);
      g_test_message ("%u restored: longest turn %u ms", MANY, turn);
      g_assert_cmpuint (turn, <, TURN_MS);
      tl_transfer_queue_cancel_all (f.queue);
      turn = longest_turn (test_uint (&f, "n-paused") == 0);
      settled = FALSE;
      tl_transfer_store_settle (store, settled_cb, &settled);
      written = longest_turn (settled);
      g_test_message ("%u cancelled: longest turn %u ms, until it is written %u ms", MANY, turn, written);
      g_assert_cmpuint (turn, <, TURN_MS);
      g_assert_cmpuint (written, <, TURN_MS);
      g_assert_finalize_object (g_steal_pointer (&f.queue));
      g_assert_cmpuint (count_left (store), ==, 0);
      stop_store (store);
    }
  test_stop (&f);
}

#define CHILDREN 4500

typedef struct {
  gboolean walked;
  guint    n;
} Rows;

static gpointer
count_rows (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  Rows *rows = g_new0 (Rows, 1);
  sqlite3_stmt *row = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT max (folder AND walked), total (NOT folder) FROM transfers", -1, &row, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  rows->walked = sqlite3_column_int (row, 0) != 0;
  rows->n = (guint) sqlite3_column_int (row, 1);
  sqlite3_finalize (row);
  return rows;
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Rows **rows = user_data;
  g_autoptr (GError) error = NULL;

  *rows = tl_database_run_finish (TL_DATABASE (source), result, &error);
  g_assert_no_error (error);
}

/* More than one write takes: whenever it ends, a folder that is said to have been walked has all that is in it beside it. */
static void
test_walked_last (void)
{
  TlTransferStore *store;
  guint n_looks = 0, seen = 0;
  gboolean walked = FALSE;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autoptr (GBytes) remote = g_bytes_new_static ("/many", 5);
      g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (TlTransfer) folder = tl_transfer_new (tl_ftp_client_get_site (f.client), FALSE, TRUE, remote, f.local, "many");

      g_assert_finalize_object (f.queue);
      f.queue = NULL;
      store = begin_anew (&f, NULL);
      folder->owner = 1;
      tl_transfer_store_touch (store, folder);
      for (guint i = 0; i < CHILDREN; i++)
        {
          TlTransfer *child = tl_transfer_new (tl_ftp_client_get_site (f.client), FALSE, FALSE, remote, f.local, "many/file");

          child->parent = g_object_ref (folder);
          child->top = g_object_ref (folder);
          child->owner = 1;
          tl_transfer_store_touch (store, child);
          g_ptr_array_add (children, child);
        }
      folder->walked = TRUE;
      tl_transfer_store_note_walked (store, folder);
      /* What is asked is answered between two writes. */
      while (!walked)
        {
          g_autofree Rows *rows = NULL;

          tl_database_run_async (store->database, count_rows, NULL, NULL, g_free, NULL, counted_cb, &rows);
          test_wait (rows != NULL);
          walked = rows->walked;
          g_assert_true (!walked || rows->n == CHILDREN);
          g_assert_cmpuint (rows->n, >=, seen);
          n_looks += rows->n > seen;
          seen = rows->n;
        }
      /* It was looked at in between. */
      g_assert_cmpuint (n_looks, >, 1);
      g_ptr_array_set_size (children, 0);
      g_assert_finalize_object (g_steal_pointer (&f.queue));
      stop_store (store);
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
  g_test_add_func ("/transfer-store/pause", test_pause);
  g_test_add_func ("/transfer-store/cancel-paused", test_cancel_paused);
  g_test_add_func ("/transfer-store/many", test_many);
  g_test_add_func ("/transfer-store/walked-last", test_walked_last);
  g_test_add_func ("/transfer-store/two", test_two);
  g_test_add_func ("/transfer-store/secrets", test_secrets);
  return g_test_run ();
}
