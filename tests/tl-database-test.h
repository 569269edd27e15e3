/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database of lines of text in tests, and jobs that are waited for. */
#pragma once

#include <string.h>

#include "tl-test-database.h"

static const char *const schema[] = {
  "CREATE TABLE lines (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
  NULL,
};

typedef struct {
  gboolean  done;
  gpointer  result;
  GError   *error;
} Outcome;

static inline char *
path_of (const char *name)
{
  return g_build_filename (test_folder, name, NULL);
}

static inline void
outcome_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Outcome *outcome = user_data;

  g_assert_false (outcome->done);
  outcome->result = tl_database_run_finish (TL_DATABASE (source), result, &outcome->error);
  outcome->done = TRUE;
}

static inline gpointer
execute (sqlite3   *db,
         gpointer   data,
         GError   **error)
{
  if (sqlite3_exec (db, data, NULL, NULL, NULL) != SQLITE_OK)
    tl_database_set_error (db, error);
  return NULL;
}

static inline int
collect_cb (void  *data,
            int    n,
            char **values,
            char **names)
{
  g_string_append_printf (data, "%s,", values[0]);
  return 0;
}

static inline gpointer
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

static inline void
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

static inline void
run (TlDatabase *database,
     const char *sql)
{
  g_autoptr (GError) error = NULL;

  run_with (database, sql, &error);
  g_assert_no_error (error);
}

static inline void
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
static inline void
assert_sentence (const GError *error,
                 const char   *begin)
{
  g_assert_true (g_str_has_prefix (error->message, begin));
  g_assert_true (g_str_has_suffix (error->message, ")"));
  g_assert_null (strstr (error->message, "(null)"));
}
