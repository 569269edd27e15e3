/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue on the disk when it is long: 100,000 entries (fewer with sanitizers, which make each several times as long), which of them is stored first, and what a full disk does not take. */

#include "tl-transfer-store-test.h"

#ifdef __SANITIZE_ADDRESS__
#define MANY 20000
#else
#define MANY 100000
#endif
/* The longest turn of the main loop with all entries: some 10 ms, and several times that with sanitizers on a busy machine. */
#define TURN_MS 250

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

static gpointer
run_sql (sqlite3   *db,
         gpointer   data,
         GError   **error)
{
  g_assert_cmpint (sqlite3_exec (db, data, NULL, NULL, NULL), ==, SQLITE_OK);
  return NULL;
}

static void
failed_cb (guint *n_failed)
{
  (*n_failed)++;
}

/* In its turn, between what is written before and after. */
static void
run (TlTransferStore *store,
     const char      *sql)
{
  tl_database_run_async (store->database, run_sql, (gpointer) sql, NULL, NULL, NULL, NULL, NULL);
}

/* What the disk does not take is told once, and written as soon as it can be; also that something is over. */
static void
test_full (void)
{
  TlTransferStore *store;
  guint n_failed = 0;
  gboolean settled = FALSE;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autoptr (GBytes) remote = g_bytes_new_static ("/a", 2);
      TlTransfer *all[3];

      g_assert_finalize_object (f.queue);
      f.queue = NULL;
      store = begin_anew (&f, NULL);
      g_signal_connect_swapped (store, "failed", G_CALLBACK (failed_cb), &n_failed);
      for (guint i = 0; i < G_N_ELEMENTS (all); i++)
        {
          all[i] = tl_transfer_new (tl_ftp_client_get_site (f.client), FALSE, FALSE, remote, f.local, "a");
          all[i]->owner = 1;
        }
      tl_transfer_store_touch (store, all[0]);
      tl_transfer_store_settle (store, settled_cb, &settled);
      test_wait (settled);
      g_assert_cmpuint (count_left (store), ==, 1);
      run (store, "CREATE TRIGGER full_in BEFORE INSERT ON transfers BEGIN SELECT raise (ABORT, 'full'); END;"
                  "CREATE TRIGGER full_out BEFORE DELETE ON transfers BEGIN SELECT raise (ABORT, 'full'); END");
      /* One is over, two have come. */
      all[0]->state = TL_TRANSFER_DONE;
      for (guint i = 0; i < G_N_ELEMENTS (all); i++)
        tl_transfer_store_touch (store, all[i]);
      test_wait (n_failed > 0);
      g_assert_false (tl_transfer_store_works (store));
      g_assert_cmpuint (count_left (store), ==, 1);
      run (store, "DROP TRIGGER full_in; DROP TRIGGER full_out");
      test_wait_for (tl_transfer_store_works (store), "what the disk did not take");
      g_assert_cmpuint (n_failed, ==, 1);
      g_assert_cmpuint (count_left (store), ==, 2);
      for (guint i = 0; i < G_N_ELEMENTS (all); i++)
        g_assert_finalize_object (all[i]);
      g_assert_finalize_object (g_steal_pointer (&f.queue));
      stop_store (store);
    }
  test_stop (&f);
}

/* Until what was touched was tried to be written. */
static void
settle (TlTransferStore *store)
{
  gboolean settled = FALSE;

  tl_transfer_store_settle (store, settled_cb, &settled);
  test_wait (settled);
  test_wait_for (store->n_writing == 0 && store->dirty->len == 0, "nothing to write before another try");
}

/* Nothing can be written for long: each is kept once, what is over and has no row is not kept at all, and the tries become rare, until one succeeds. */
static void
test_full_for_long (void)
{
  TlTransferStore *store;
  guint n_failed = 0, before;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autoptr (GBytes) remote = g_bytes_new_static ("/a", 2);
      TlTransfer *written, *waiting, *over, *folder;
      TlTransfer **all[] = { &written, &waiting, &over, &folder };

      g_assert_finalize_object (f.queue);
      f.queue = NULL;
      store = begin_anew (&f, NULL);
      g_signal_connect_swapped (store, "failed", G_CALLBACK (failed_cb), &n_failed);
      for (guint i = 0; i < G_N_ELEMENTS (all); i++)
        {
          *all[i] = tl_transfer_new (tl_ftp_client_get_site (f.client), FALSE, all[i] == &folder, remote, f.local, "a");
          (*all[i])->owner = 1;
        }
      tl_transfer_store_touch (store, written);
      settle (store);
      /* Where nothing came back, no folder is held up. */
      tl_transfer_store_hand_in (store);
      g_assert_cmpuint (store->again_until, ==, 0);
      run (store, "CREATE TRIGGER full_in BEFORE INSERT ON transfers BEGIN SELECT raise (ABORT, 'full'); END;"
                  "CREATE TRIGGER full_out BEFORE DELETE ON transfers BEGIN SELECT raise (ABORT, 'full'); END");
      written->state = TL_TRANSFER_DONE;
      for (guint round = 0; round < 3; round++)
        for (guint i = 0; i < G_N_ELEMENTS (all); i++)
          {
            tl_transfer_store_touch (store, *all[i]);
            settle (store);
          }
      folder->walked = TRUE;
      tl_transfer_store_note_walked (store, folder);
      settle (store);
      g_assert_cmpuint (store->again->len, ==, 4);
      over->state = TL_TRANSFER_DONE;
      do
        {
          before = store->again_ms;
          tl_transfer_store_hand_in (store);
          settle (store);
          g_assert_cmpuint (store->again->len, ==, 3);
          g_assert_cmpuint (store->again_ms, >=, MIN (2 * before, 60000));
        }
      while (before < 60000);
      g_assert_finalize_object (over);
      g_assert_cmpuint (n_failed, ==, 1);
      run (store, "DROP TRIGGER full_in; DROP TRIGGER full_out");
      tl_transfer_store_hand_in (store);
      settle (store);
      test_wait (tl_transfer_store_works (store));
      g_assert_cmpuint (store->again_ms, ==, 1000);
      g_assert_true (waiting->stored && folder->walked_stored && !written->stored);
      g_assert_finalize_object (written);
      g_assert_finalize_object (waiting);
      g_assert_finalize_object (folder);
      g_assert_finalize_object (g_steal_pointer (&f.queue));
      stop_store (store);
    }
  test_stop (&f);
}

/* Two writes that fail behind one another, the first of which was to remove a row, the second to make it again: it is there all the time, and goes when it is to go. */
static void
test_fail_behind (void)
{
  TlTransferStore *store;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autoptr (GBytes) remote = g_bytes_new_static ("/a", 2);
      TlTransfer *transfer;

      g_assert_finalize_object (f.queue);
      f.queue = NULL;
      store = begin_anew (&f, NULL);
      transfer = tl_transfer_new (tl_ftp_client_get_site (f.client), FALSE, FALSE, remote, f.local, "a");
      transfer->owner = 1;
      tl_transfer_store_touch (store, transfer);
      settle (store);
      g_assert_cmpuint (count_left (store), ==, 1);
      run (store, "CREATE TRIGGER full_in BEFORE INSERT ON transfers BEGIN SELECT raise (ABORT, 'full'); END;"
                  "CREATE TRIGGER full_out BEFORE DELETE ON transfers BEGIN SELECT raise (ABORT, 'full'); END");
      transfer->state = TL_TRANSFER_CANCELLED;
      tl_transfer_store_touch (store, transfer);
      tl_transfer_store_hand_in (store);
      transfer->state = TL_TRANSFER_WAITING;
      tl_transfer_store_touch (store, transfer);
      tl_transfer_store_hand_in (store);
      g_assert_cmpuint (store->n_writing, ==, 2);
      test_wait_for (store->n_writing == 0, "both to fail");
      transfer->state = TL_TRANSFER_DONE;
      tl_transfer_store_touch (store, transfer);
      run (store, "DROP TRIGGER full_in; DROP TRIGGER full_out");
      settle (store);
      g_assert_cmpuint (count_left (store), ==, 0);
      g_assert_finalize_object (transfer);
      g_assert_finalize_object (g_steal_pointer (&f.queue));
      stop_store (store);
    }
  test_stop (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transfer-store/many", test_many);
  g_test_add_func ("/transfer-store/walked-last", test_walked_last);
  g_test_add_func ("/transfer-store/full", test_full);
  g_test_add_func ("/transfer-store/full-for-long", test_full_for_long);
  g_test_add_func ("/transfer-store/fail-behind", test_fail_behind);
  return g_test_run ();
}
