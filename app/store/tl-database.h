/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define TL_TYPE_DATABASE (tl_database_get_type ())
G_DECLARE_FINAL_TYPE (TlDatabase, tl_database, TL, DATABASE, GObject)

/**
 * TlDatabase:
 *
 * One SQLite file (WAL) with its own thread: jobs run there in order, results come back on the main loop. The file is opened with the first job. A damaged file, or one of a
 * newer version, is set aside as `NAME.damaged-DATE` or left alone, and told as an error: nothing is deleted.
 */
/* @migrations: SQL scripts, NULL-terminated, static; script n brings user_version from n to n + 1, in a transaction. */
TlDatabase *tl_database_new        (GFile                *file,
                                    const char *const    *migrations);
/* The user's: `$XDG_DATA_HOME/tonglu/tonglu.db`, with tl_schema. One for the whole program. */
TlDatabase *tl_database_new_for_user (void);
/* How long a job waits for another program that holds the file, in milliseconds; 5000 at first. Before the first job. */
void        tl_database_set_patience (TlDatabase         *self,
                                    guint                 milliseconds);
/* Runs on the database's thread. Returns a result that @result_free frees when nobody takes it, or NULL with @error (NULL without one is a result too).
 * A transaction that it leaves open is rolled back. */
typedef gpointer (*TlDatabaseFunc) (sqlite3              *db,
                                    gpointer              data,
                                    GError              **error);
/* Once @func has begun, cancelling interrupts SQLite; what was written nevertheless is told as written. @data is freed before @callback is called. */
void        tl_database_run_async  (TlDatabase           *self,
                                    TlDatabaseFunc        func,
                                    gpointer              data,
                                    GDestroyNotify        data_free,
                                    GDestroyNotify        result_free,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
/* (transfer full). TL_DATABASE_ERROR with a translated sentence and SQLite's words. */
gpointer    tl_database_run_finish (TlDatabase           *self,
                                    GAsyncResult         *result,
                                    GError              **error);
/* For the functions that run on the thread: sets @error from @db. */
void        tl_database_set_error  (sqlite3              *db,
                                    GError              **error);
/* Runs all jobs that were handed in and closes the file. Blocks: for the end of the program, when the main loop runs no more. Later jobs fail with
 * G_IO_ERROR_CLOSED. */
void        tl_database_close      (TlDatabase           *self);

#define TL_DATABASE_ERROR (tl_database_error_quark ())

typedef enum {
  TL_DATABASE_ERROR_FAILED,
  TL_DATABASE_ERROR_FULL,
  TL_DATABASE_ERROR_LOCKED,
  TL_DATABASE_ERROR_DAMAGED,
  TL_DATABASE_ERROR_NEWER,
} TlDatabaseError;

GQuark      tl_database_error_quark (void);

G_END_DECLS
