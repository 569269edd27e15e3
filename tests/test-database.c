/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database: order, migrations, and each thing that can be wrong with a file. */
#include "tl-database.h"

#include "tl-test-folder.h"
#include "tl-test-wait.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const schema[] = {
  "CREATE TABLE lines (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
  NULL,
};

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

typedef struct {
  gboolean  done;
  gpointer  result;
  GError   *error;
} Outcome;

static TlDatabase *
open_database (const char         *name,
               const char *const  *migrations)
{
  g_autoptr (GFile) file = g_file_new_build_filename (test_folder, name, NULL);
  TlDatabase *database = tl_database_new (file, migrations);

  tl_database_set_patience (database, 50);
  return database;
}

static char *
path_of (const char *name)
{
  return g_build_filename (test_folder, name, NULL);
}

static void
outcome_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Outcome *outcome = user_data;

  g_assert_false (outcome->done);
  outcome->result = tl_database_run_finish (TL_DATABASE (source), result, &outcome->error);
  outcome->done = TRUE;
}

static gpointer
execute (sqlite3   *db,
         gpointer   data,
         GError   **error)
{
  if (sqlite3_exec (db, data, NULL, NULL, NULL) != SQLITE_OK)
    tl_database_set_error (db, error);
  return NULL;
}

static int
collect_cb (void  *data,
            int    n,
            char **values,
            char **names)
{
  g_string_append_printf (data, "%s,", values[0]);
  return 0;
}

static gpointer
collect (sqlite3   *db,
         gpointer   data,
         GError   **error)
{
  GString *all = g_string_new (NULL);

  if (sqlite3_exec (db, "SELECT text FROM lines ORDER BY id", collect_cb, all, NULL) == SQLITE_OK)
    return g_string_free (all, FALSE);

  tl_database_set_error (db, error);
  g_string_free (all, TRUE);
  return NULL;
}

static void
run_with (TlDatabase *database,
          const char *sql,
          GError    **error)
{
  Outcome outcome = { 0 };

  tl_database_run_async (database, execute, g_strdup (sql), g_free, NULL, NULL, outcome_cb, &outcome);
  test_wait (outcome.done);
  if (outcome.error)
    g_propagate_error (error, outcome.error);
}

static void
run (TlDatabase *database,
     const char *sql)
{
  g_autoptr (GError) error = NULL;

  run_with (database, sql, &error);
  g_assert_no_error (error);
}

static void
assert_lines (TlDatabase *database,
              const char *expected)
{
  Outcome outcome = { 0 };

  tl_database_run_async (database, collect, NULL, NULL, g_free, NULL, outcome_cb, &outcome);
  test_wait (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (outcome.result, ==, expected);
  g_free (outcome.result);
}

/* The sentence ends with the original words in parentheses. */
static void
assert_sentence (const GError *error,
                 const char   *begin)
{
  g_assert_true (g_str_has_prefix (error->message, begin));
  g_assert_true (g_str_has_suffix (error->message, ")"));
  g_assert_null (strstr (error->message, "(null)"));
}

static void
test_order (void)
{
  TlDatabase *database = open_database ("order/deep/a.db", schema);
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
  g_autoptr (TlDatabase) old = open_database ("migrations.db", schema);
  g_autoptr (TlDatabase) new = NULL;
  g_autoptr (TlDatabase) again = NULL;

  run (old, "INSERT INTO lines (text) VALUES ('a')");
  tl_database_close (old);

  new = open_database ("migrations.db", longer_schema);
  assert_lines (new, "A,");
  run (new, "INSERT INTO lines (text, colour) VALUES ('b', 'red')");
  tl_database_close (new);

  /* A script runs once. */
  again = open_database ("migrations.db", longer_schema);
  assert_lines (again, "A,b,");
}

/* Of a migration that fails nothing is left, and the file stays as it was. */
static void
test_broken_migration (void)
{
  g_autoptr (TlDatabase) old = open_database ("broken.db", schema);
  g_autoptr (TlDatabase) broken = NULL;
  g_autoptr (TlDatabase) again = NULL;
  g_autoptr (GError) error = NULL;

  run (old, "INSERT INTO lines (text) VALUES ('a')");
  tl_database_close (old);

  broken = open_database ("broken.db", broken_schema);
  run_with (broken, "SELECT 1", &error);
  g_assert_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_FAILED);
  assert_sentence (error, "Tonglu’s database reports an error.");
  tl_database_close (broken);

  again = open_database ("broken.db", schema);
  assert_lines (again, "a,");
}

static void
test_newer (void)
{
  g_autoptr (TlDatabase) newer = open_database ("newer.db", longer_schema);
  g_autoptr (TlDatabase) older = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = path_of ("newer.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;

  run (newer, "INSERT INTO lines (text) VALUES ('a')");
  tl_database_close (newer);
  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));

  older = open_database ("newer.db", schema);
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

static guint
count_aside (const char  *name,
             const char  *contents,
             gsize        length)
{
  g_autoptr (GDir) dir = g_dir_open (test_folder, 0, NULL);
  g_autofree char *prefix = g_strconcat (name, ".damaged-", NULL);
  const char *entry;
  guint n = 0;

  while ((entry = g_dir_read_name (dir)))
    if (g_str_has_prefix (entry, prefix) && !g_str_has_suffix (entry, "-wal") && !g_str_has_suffix (entry, "-shm"))
      {
        g_autofree char *path = path_of (entry);
        g_autofree char *kept = NULL;
        gsize kept_length;

        g_assert_true (g_file_get_contents (path, &kept, &kept_length, NULL));
        if (contents)
          g_assert_cmpmem (kept, kept_length, contents, length);
        n++;
      }

  return n;
}

static void
test_damaged (void)
{
  static const char garbage[] = "this is no database, but it may be dear to somebody; it is long enough to have a header of one hundred bytes, and more";
  g_autofree char *path = path_of ("damaged.db");

  /* Twice within a second: the second must not take the first one's place. */
  for (guint i = 1; i <= 2; i++)
    {
      g_autoptr (TlDatabase) database = open_database ("damaged.db", schema);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, garbage, sizeof garbage, NULL));
      run_with (database, "SELECT 1", &error);
      g_assert_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_DAMAGED);
      assert_sentence (error, "Tonglu’s database was damaged. It is kept as “");
      g_assert_cmpuint (count_aside ("damaged.db", garbage, sizeof garbage), ==, i);

      /* A new one has been begun. */
      run (database, "INSERT INTO lines (text) VALUES ('a')");
      assert_lines (database, "a,");
      tl_database_close (database);
    }
}

/* Damage that shows only when the page is read. */
static void
test_damaged_inside (void)
{
  g_autoptr (TlDatabase) first = open_database ("inside.db", schema);
  g_autoptr (TlDatabase) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = path_of ("inside.db");
  g_autofree char *contents = NULL;
  gsize length;

  run (first, "INSERT INTO lines (text) VALUES ('a')");
  tl_database_close (first);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (length, >=, 8192);
  memset (contents + 4096, 0xee, length - 4096);
  g_assert_true (g_file_set_contents (path, contents, length, NULL));

  second = open_database ("inside.db", schema);
  run_with (second, "INSERT INTO lines (text) VALUES ('b')", &error);
  g_assert_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_DAMAGED);
  g_assert_cmpuint (count_aside ("inside.db", contents, length), ==, 1);
  run (second, "INSERT INTO lines (text) VALUES ('c')");
  assert_lines (second, "c,");
}

static void
test_locked (void)
{
  g_autoptr (TlDatabase) database = open_database ("locked.db", schema);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = path_of ("locked.db");
  sqlite3 *other;

  run (database, "INSERT INTO lines (text) VALUES ('a')");
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);

  run_with (database, "INSERT INTO lines (text) VALUES ('b')", &error);
  g_assert_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_LOCKED);
  assert_sentence (error, "Another program holds Tonglu’s database.");
  g_clear_error (&error);

  /* WAL: it can be read meanwhile, and written afterwards. */
  assert_lines (database, "a,");
  g_assert_cmpint (sqlite3_exec (other, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  run (database, "INSERT INTO lines (text) VALUES ('c')");
  assert_lines (database, "a,c,");
}

/* Every file of this process ends at 512 KiB: what a full disk is to a database. What was written before is there; what was not is told. */
static void
test_full (void)
{
  g_autoptr (TlDatabase) database = open_database ("full.db", schema);
  g_autoptr (GError) error = NULL;
  struct rlimit before, small;

  run (database, "INSERT INTO lines (text) VALUES ('a')");
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 512 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  run_with (database, "INSERT INTO lines (text) VALUES (hex (zeroblob (1000000)))", &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_FULL);
  assert_sentence (error, "The disk is full: the change could not be saved.");
  run (database, "INSERT INTO lines (text) VALUES ('b')");
  assert_lines (database, "a,b,");
}

/* SQLite's own word for it. */
static void
test_full_by_pages (void)
{
  g_autoptr (TlDatabase) database = open_database ("pages.db", schema);
  g_autoptr (GError) error = NULL;

  run (database, "PRAGMA max_page_count = 10");
  run_with (database, "INSERT INTO lines (text) VALUES (hex (zeroblob (100000)))", &error);
  g_assert_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_FULL);
}

static void
test_read_only (void)
{
  g_autoptr (TlDatabase) database = NULL;
  g_autoptr (TlDatabase) later = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = path_of ("read-only");

  g_assert_cmpint (g_mkdir (path, 0500), ==, 0);
  g_assert_cmpint (g_chmod (test_folder, 0755), ==, 0);
  /* For root every folder can be written. */
  if (getuid () == 0)
    {
      g_assert_cmpint (chown (path, 65534, 65534), ==, 0);
      g_assert_cmpint (seteuid (65534), ==, 0);
      if (g_access (test_folder, X_OK) != 0)
        {
          g_assert_cmpint (seteuid (0), ==, 0);
          g_test_skip ("the folder above cannot be entered by others");
          return;
        }
    }
  database = open_database ("read-only/a.db", schema);
  run_with (database, "SELECT 1", &error);
  tl_database_close (database);
  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);

  g_assert_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "cannot be written. Check the permissions of its folder."));
  g_assert_nonnull (strstr (error->message, g_strerror (EACCES)));

  /* Once it can be, it is: the next job opens it anew. */
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  later = open_database ("read-only/a.db", schema);
  run (later, "INSERT INTO lines (text) VALUES ('a')");
}

static void
test_no_folder (void)
{
  g_autoptr (TlDatabase) database = open_database ("file/a.db", schema);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = path_of ("file");

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  run_with (database, "SELECT 1", &error);
  g_assert_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_cmpint (g_remove (path), ==, 0);
  run (database, "INSERT INTO lines (text) VALUES ('a')");
}

/* A job that forgets to end its transaction does not take the next one's change with it. */
static void
test_open_transaction (void)
{
  g_autoptr (TlDatabase) database = open_database ("transaction.db", schema);

  run (database, "BEGIN; INSERT INTO lines (text) VALUES ('a')");
  run (database, "BEGIN; INSERT INTO lines (text) VALUES ('b'); COMMIT");
  assert_lines (database, "b,");
}

static void
test_close (void)
{
  TlDatabase *database = open_database ("close.db", schema);
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

  again = open_database ("close.db", longer_schema);
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
  TlDatabase *database = open_database ("unref.db", schema);
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

  again = open_database ("unref.db", schema);
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
  TlDatabase *database = open_database ("cancel.db", schema);
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
  g_autoptr (TlDatabase) database = open_database ("thread.db", schema);
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
  g_test_add_func ("/database/damaged", test_damaged);
  g_test_add_func ("/database/damaged-inside", test_damaged_inside);
  g_test_add_func ("/database/locked", test_locked);
  g_test_add_func ("/database/full", test_full);
  g_test_add_func ("/database/full-by-pages", test_full_by_pages);
  g_test_add_func ("/database/read-only", test_read_only);
  g_test_add_func ("/database/no-folder", test_no_folder);
  g_test_add_func ("/database/open-transaction", test_open_transaction);
  g_test_add_func ("/database/close", test_close);
  g_test_add_func ("/database/unref-with-jobs", test_unref_with_jobs);
  g_test_add_func ("/database/cancel", test_cancel);
  g_test_add_func ("/database/thread", test_thread);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
