/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of a database: opening, migrating, setting aside, and what SQLite says in words. Blocks: for the database's thread. */

#include "tl-database-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

G_DEFINE_QUARK (tl-database-error-quark, tl_database_error)

static int
get_errno (sqlite3 *db)
{
  sqlite3_file *journal = NULL;
  int of_file = 0, of_journal = 0;

  /* What SQLite remembers for the whole is often overwritten by what it does afterwards; the files remember better. */
  sqlite3_file_control (db, "main", SQLITE_FCNTL_LAST_ERRNO, &of_file);
  if (sqlite3_file_control (db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal) == SQLITE_OK && journal && journal->pMethods)
    journal->pMethods->xFileControl (journal, SQLITE_FCNTL_LAST_ERRNO, &of_journal);
  if (of_journal || of_file)
    return of_journal ? of_journal : of_file;

  return sqlite3_system_errno (db);
}

/* Of a file that cannot be made or grown SQLite often only says “disk I/O error”: the system's word is the one that helps. */
static char *
dup_words (sqlite3 *db)
{
  int code = sqlite3_errcode (db) & 0xff;
  int system = get_errno (db);

  if (system != 0 && (code == SQLITE_IOERR || code == SQLITE_CANTOPEN || code == SQLITE_FULL || code == SQLITE_READONLY))
    return g_strdup_printf ("%s, %s", sqlite3_errmsg (db), g_strerror (system));

  return g_strdup (sqlite3_errmsg (db));
}

/* A quota is a full disk to the user, and so is a limit on the size of files. */
static gboolean
is_full (sqlite3 *db)
{
  int code = sqlite3_errcode (db) & 0xff;
  int system = get_errno (db);

  return code == SQLITE_FULL ||
         (code == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT || system == EFBIG));
}

void
tl_database_set_error (sqlite3  *db,
                       GError  **error)
{
  g_autofree char *words = dup_words (db);

  if (is_full (db))
    {
      g_set_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_FULL,
                   _("The disk is full: the change could not be saved. Free some space and try again. (%s)"), words);
      return;
    }

  switch (sqlite3_errcode (db) & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_LOCKED,
                   _("Another program holds Tonglu’s database. Close it and try again. (%s)"), words);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_DAMAGED, _("Tonglu’s database is damaged. (%s)"), words);
      break;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      g_set_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_FAILED,
                   _("Tonglu’s database cannot be written. Check the permissions of its folder. (%s)"), words);
      break;
    case SQLITE_INTERRUPT:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The operation was cancelled. (%s)"), words);
      break;
    default:
      g_set_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_FAILED,
                   _("Tonglu’s database reports an error. (%s)"), words);
    }
}

/* Without SQLite, for it would make a file that everybody on this machine can read: where somebody connects to is nobody else's business. */
static gboolean
make_file (const char  *path,
           GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }

  if (errno == ENOSPC || errno == EDQUOT)
    g_set_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_FULL,
                 _("The disk is full: “%s” could not be made. Free some space and try again. (%s)"), path, g_strerror (errno));
  else
    g_set_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_FAILED,
                 _("“%s” cannot be written. Check the permissions of its folder. (%s)"), path, g_strerror (errno));
  return FALSE;
}

static gboolean
run (sqlite3     *db,
     const char  *sql,
     GError     **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  tl_database_set_error (db, error);
  return FALSE;
}

static int
get_version (sqlite3  *db,
             GError  **error)
{
  sqlite3_stmt *statement = NULL;
  int version = -1;

  if (sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    version = sqlite3_column_int (statement, 0);
  else
    tl_database_set_error (db, error);
  sqlite3_finalize (statement);

  return version;
}

static gboolean
migrate_inside (sqlite3            *db,
                const char *const  *migrations,
                GError            **error)
{
  int n_migrations = g_strv_length ((char **) migrations);
  int version = get_version (db, error);

  if (version < 0)
    return FALSE;

  for (; version < n_migrations; version++)
    {
      g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %d", version + 1);

      if (!run (db, migrations[version], error) || !run (db, stamp, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
migrate (sqlite3            *db,
         const char *const  *migrations,
         GError            **error)
{
  int n_migrations = g_strv_length ((char **) migrations);
  int version = get_version (db, error);

  if (version < 0)
    return FALSE;
  if (version > n_migrations)
    {
      g_set_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_NEWER,
                   _("Tonglu’s database was written by a newer version of the program, and is left as it is. Use that version. (version %d, known up to %d)"),
                   version, n_migrations);
      return FALSE;
    }

  /* Not before the version is known: this changes the file. */
  if (version == 0 && !run (db, "PRAGMA auto_vacuum = INCREMENTAL", error))
    return FALSE;
  if (!run (db, "PRAGMA journal_mode = WAL", error) || !run (db, "PRAGMA synchronous = FULL", error) ||
      !run (db, "PRAGMA foreign_keys = ON", error))
    return FALSE;
  if (version == n_migrations)
    return TRUE;

  /* The version is read again inside: another instance may have been faster. */
  if (!run (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (migrate_inside (db, migrations, error) && run (db, "COMMIT", error))
    return TRUE;

  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

sqlite3 *
tl_database_file_open (const char         *path,
                       const char *const  *migrations,
                       guint               patience,
                       GError            **error)
{
  sqlite3 *db = NULL;

  if (!make_file (path, error))
    return NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
    {
      tl_database_set_error (db, error);
      sqlite3_close (db);
      return NULL;
    }
  sqlite3_busy_timeout (db, patience);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);

  if (migrate (db, migrations, error))
    return db;

  if (g_error_matches (*error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_DAMAGED))
    tl_database_file_set_aside (path, db, error);
  else
    sqlite3_close (db);
  return NULL;
}

/* A name that nothing has yet: two files may be damaged within a second. */
static char *
dup_aside (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  char *aside = g_strdup_printf ("%s.damaged-%s", path, date);

  for (guint i = 2; g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.damaged-%s-%u", path, date, i);
    }

  return aside;
}

void
tl_database_file_set_aside (const char  *path,
                            sqlite3     *db,
                            GError     **error)
{
  static const char * const parts[] = { "-wal", "-shm", "" };
  g_autofree char *aside = dup_aside (path);
  g_autofree char *words = dup_words (db);
  gboolean moved = FALSE;

  /* What the journal holds belongs to the file: it moves along, and is not written into it now. */
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_close_v2 (db);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (path, parts[i], NULL);
      g_autofree char *to = g_strconcat (aside, parts[i], NULL);

      moved = g_rename (from, to) == 0;
    }

  g_clear_error (error);
  if (moved)
    g_set_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_DAMAGED,
                 _("Tonglu’s database was damaged. It is kept as “%s”, and a new one is begun. (%s)"), aside, words);
  else
    g_set_error (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_DAMAGED,
                 _("Tonglu’s database “%s” is damaged, and could not be set aside. (%s)"), path, words);
}
