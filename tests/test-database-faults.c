/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database: each thing that can be wrong with a file and its folder. */
#include "tl-database.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tl-database-test.h"

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
      g_autoptr (TlDatabase) database = test_database_open ("damaged.db", schema);
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
  g_autoptr (TlDatabase) first = test_database_open ("inside.db", schema);
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

  second = test_database_open ("inside.db", schema);
  run_with (second, "INSERT INTO lines (text) VALUES ('b')", &error);
  g_assert_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_DAMAGED);
  g_assert_cmpuint (count_aside ("inside.db", contents, length), ==, 1);
  run (second, "INSERT INTO lines (text) VALUES ('c')");
  assert_lines (second, "c,");
}

static void
test_locked (void)
{
  g_autoptr (TlDatabase) database = test_database_open ("locked.db", schema);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = path_of ("locked.db");
  sqlite3 *other;

  tl_database_set_patience (database, 50);
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
  g_autoptr (TlDatabase) database = test_database_open ("full.db", schema);
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
  g_autoptr (TlDatabase) database = test_database_open ("pages.db", schema);
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
      if (faccessat (AT_FDCWD, test_folder, X_OK, AT_EACCESS) != 0)
        {
          g_assert_cmpint (seteuid (0), ==, 0);
          g_test_skip ("the folder above cannot be entered by others");
          return;
        }
    }
  database = test_database_open ("read-only/a.db", schema);
  run_with (database, "SELECT 1", &error);
  tl_database_close (database);
  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);

  g_assert_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "cannot be written. Check the permissions of its folder."));
  g_assert_nonnull (strstr (error->message, g_strerror (EACCES)));

  /* Once it can be, it is: the next job opens it anew. */
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  later = test_database_open ("read-only/a.db", schema);
  run (later, "INSERT INTO lines (text) VALUES ('a')");
}

static void
test_no_folder (void)
{
  g_autoptr (TlDatabase) database = test_database_open ("file/a.db", schema);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = path_of ("file");

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  run_with (database, "SELECT 1", &error);
  g_assert_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_cmpint (g_remove (path), ==, 0);
  run (database, "INSERT INTO lines (text) VALUES ('a')");
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();

  g_test_add_func ("/database-faults/damaged", test_damaged);
  g_test_add_func ("/database-faults/damaged-inside", test_damaged_inside);
  g_test_add_func ("/database-faults/locked", test_locked);
  g_test_add_func ("/database-faults/full", test_full);
  g_test_add_func ("/database-faults/full-by-pages", test_full_by_pages);
  g_test_add_func ("/database-faults/read-only", test_read_only);
  g_test_add_func ("/database-faults/no-folder", test_no_folder);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
