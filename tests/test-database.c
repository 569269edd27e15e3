/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database: order, migrations, closing and cancelling. */
#include "tl-database.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "tl-database-test.h"

static const char *const longer_schema[] = {
  "CREATE TABLE lines (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
  "ALTER TABLE lines ADD COLUMN colour TEXT; UPDATE lines SET text = upper(text)",
  NULL,
};

static const char *const broken_schema[] = {
  "CREATE TABLE lines (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
  "UPDATE lines SET text = 'changed'; CREATE TABLE lines (wrong)",
  NULL,
};

static void
test_order (void)
{
  TlDatabase *database = test_database_open ("order/deep/a.db", schema);
  g_autofree char *path = path_of ("order/deep/a.db");
  g_autofree char *parent = path_of ("order/deep");
  Outcome outcomes[26] = { 0 };
  GStatBuf info;

  for (guint i = 0; i < 26; i++)
    tl_database_run_async (database, execute, g_strdup_printf ("INSERT INTO lines (text) VALUES ('%c')", 'a' + i), g_free, NULL, NULL,
                           outcome_cb, &outcomes[i]);
  assert_lines (database, "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,");
  for (guint i = 0; i < 26; i++)
    {
      g_assert_true (outcomes[i].done);
      g_assert_no_error (outcomes[i].error);
    }
  g_assert_finalize_object (database);

  /* Nobody else reads where somebody connects to. */
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (parent, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
}

static void
test_migrations (void)
{
  g_autoptr (TlDatabase) old = test_database_open ("migrations.db", schema);
  g_autoptr (TlDatabase) new = NULL;
  g_autoptr (TlDatabase) again = NULL;

  run (old, "INSERT INTO lines (text) VALUES ('a')");
  tl_database_close (old);

  new = test_database_open ("migrations.db", longer_schema);
  assert_lines (new, "A,");
  run (new, "INSERT INTO lines (text, colour) VALUES ('b', 'red')");
  tl_database_close (new);

  /* A script runs once. */
  again = test_database_open ("migrations.db", longer_schema);
  assert_lines (again, "A,b,");
}

/* Of a migration that fails nothing is left, and the file stays as it was. */
static void
test_broken_migration (void)
{
  g_autoptr (TlDatabase) old = test_database_open ("broken.db", schema);
  g_autoptr (TlDatabase) broken = NULL;
  g_autoptr (TlDatabase) again = NULL;
  g_autoptr (GError) error = NULL;

  run (old, "INSERT INTO lines (text) VALUES ('a')");
  tl_database_close (old);

  broken = test_database_open ("broken.db", broken_schema);
  run_with (broken, "SELECT 1", &error);
  g_assert_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_FAILED);
  assert_sentence (error, "Tonglu’s database reports an error.");
  tl_database_close (broken);

  again = test_database_open ("broken.db", schema);
  assert_lines (again, "a,");
}

static void
test_newer (void)
{
  g_autoptr (TlDatabase) newer = test_database_open ("newer.db", longer_schema);
  g_autoptr (TlDatabase) older = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = path_of ("newer.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;

  run (newer, "INSERT INTO lines (text) VALUES ('a')");
  tl_database_close (newer);
  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));

  older = test_database_open ("newer.db", schema);
  for (guint i = 0; i < 2; i++)
    {
      run_with (older, "INSERT INTO lines (text) VALUES ('b')", &error);
      g_assert_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_NEWER);
      assert_sentence (error, "Tonglu’s database was written by a newer version");
      g_clear_error (&error);
    }
  tl_database_close (older);

  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

/* A job that forgets to end its transaction does not take the next one's change with it. */
static void
test_open_transaction (void)
{
  g_autoptr (TlDatabase) database = test_database_open ("transaction.db", schema);

  run (database, "BEGIN; INSERT INTO lines (text) VALUES ('a')");
  run (database, "BEGIN; INSERT INTO lines (text) VALUES ('b'); COMMIT");
  assert_lines (database, "b,");
}

static void
test_close (void)
{
  TlDatabase *database = test_database_open ("close.db", schema);
  g_autoptr (TlDatabase) again = NULL;
  Outcome outcomes[100] = { 0 };
  Outcome late = { 0 };
  g_autofree char *wal = path_of ("close.db-wal");

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    tl_database_run_async (database, execute, (gpointer) "INSERT INTO lines (text) VALUES ('x')", NULL, NULL, NULL, outcome_cb, &outcomes[i]);
  tl_database_close (database);
  /* The main loop has not run: they are in the file all the same, and the journal is gone. */
  g_assert_false (outcomes[0].done);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));

  tl_database_run_async (database, execute, (gpointer) "SELECT 1", NULL, NULL, NULL, outcome_cb, &late);
  test_wait (late.done);
  g_assert_error (late.error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_error (&late.error);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      test_wait (outcomes[i].done);
      g_assert_no_error (outcomes[i].error);
    }
  g_assert_finalize_object (database);

  again = test_database_open ("close.db", longer_schema);
  {
    g_autoptr (GString) expected = g_string_new (NULL);

    for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
      g_string_append (expected, "X,");
    assert_lines (again, expected->str);
  }
}

/* Nobody waits for the jobs: they are done all the same, each once. */
static void
test_unref_with_jobs (void)
{
  TlDatabase *database = test_database_open ("unref.db", schema);
  gpointer watched = database;
  g_autoptr (TlDatabase) again = NULL;
  Outcome outcomes[10] = { 0 };

  g_object_add_weak_pointer (G_OBJECT (database), &watched);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    tl_database_run_async (database, execute, (gpointer) "INSERT INTO lines (text) VALUES ('x')", NULL, NULL, NULL, outcome_cb, &outcomes[i]);
  g_object_unref (database);
  test_wait (watched == NULL);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    g_assert_true (outcomes[i].done);

  again = test_database_open ("unref.db", schema);
  assert_lines (again, "x,x,x,x,x,x,x,x,x,x,");
}

typedef struct {
  GMutex   mutex;
  GCond    cond;
  gboolean begun;
} Gate;

static gpointer
count_for_ever (sqlite3   *db,
                gpointer   data,
                GError   **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->begun = TRUE;
  g_cond_signal (&gate->cond);
  g_mutex_unlock (&gate->mutex);

  return execute (db, (gpointer) "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count (*) FROM n", error);
}

static gboolean
has_begun (Gate *gate)
{
  gboolean begun;

  g_mutex_lock (&gate->mutex);
  begun = gate->begun;
  g_mutex_unlock (&gate->mutex);

  return begun;
}

static void
test_cancel (void)
{
  TlDatabase *database = test_database_open ("cancel.db", schema);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) waiting_cancellable = g_cancellable_new ();
  Gate gate = { 0 };
  Outcome running = { 0 }, waiting = { 0 };

  tl_database_run_async (database, count_for_ever, &gate, NULL, NULL, cancellable, outcome_cb, &running);
  tl_database_run_async (database, execute, (gpointer) "INSERT INTO lines (text) VALUES ('never')", NULL, NULL, waiting_cancellable,
                         outcome_cb, &waiting);
  test_wait (has_begun (&gate));
  g_cancellable_cancel (waiting_cancellable);
  /* Interrupting before SQLite has begun interrupts nothing. */
  while (!running.done)
    {
      g_cancellable_cancel (cancellable);
      g_cancellable_reset (cancellable);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_error (running.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_wait (waiting.done);
  g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&running.error);
  g_clear_error (&waiting.error);
  assert_lines (database, "");
  g_assert_finalize_object (database);
}

/* The answer comes on the loop that asked, and the loop turns meanwhile. */
static gpointer
current_thread (sqlite3   *db,
                gpointer   data,
                GError   **error)
{
  return g_thread_self ();
}

static void
test_thread (void)
{
  g_autoptr (TlDatabase) database = test_database_open ("thread.db", schema);
  Outcome outcomes[2] = { 0 };

  for (guint i = 0; i < 2; i++)
    tl_database_run_async (database, current_thread, NULL, NULL, NULL, NULL, outcome_cb, &outcomes[i]);
  test_wait (outcomes[0].done && outcomes[1].done);
  g_assert_true (outcomes[0].result == outcomes[1].result);
  g_assert_true (outcomes[0].result != g_thread_self ());
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();

  g_test_add_func ("/database/order", test_order);
  g_test_add_func ("/database/migrations", test_migrations);
  g_test_add_func ("/database/broken-migration", test_broken_migration);
  g_test_add_func ("/database/newer", test_newer);
  g_test_add_func ("/database/open-transaction", test_open_transaction);
  g_test_add_func ("/database/close", test_close);
  g_test_add_func ("/database/unref-with-jobs", test_unref_with_jobs);
  g_test_add_func ("/database/cancel", test_cancel);
  g_test_add_func ("/database/thread", test_thread);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
