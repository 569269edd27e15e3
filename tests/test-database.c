/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database: order, migrations, and each thing that can be wrong with a file. */
#include "tl-database.h"

#include "tl-test-wait.h"

static const char *const schema[] = {
  "CREATE TABLE lines (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
  NULL,
};

typedef struct {
  gboolean  done;
  gpointer  result;
  GError   *error;
} Outcome;

static void
outcome_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->result = tl_database_run_finish (TL_DATABASE (source), result, &outcome->error);
  outcome->done = TRUE;
}

static gpointer
insert (sqlite3   *db,
        gpointer   data,
        GError   **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO lines (text) VALUES ('%s')", (char *) data);

  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
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

  if (sqlite3_exec (db, "SELECT text FROM lines ORDER BY id", collect_cb, all, NULL) != SQLITE_OK)
    tl_database_set_error (db, error);
  return g_string_free (all, FALSE);
}

static char *
read_all (TlDatabase *database)
{
  Outcome outcome = { 0 };

  tl_database_run_async (database, collect, NULL, NULL, g_free, NULL, outcome_cb, &outcome);
  test_wait (outcome.done);
  g_assert_no_error (outcome.error);
  return outcome.result;
}

static void
test_order (void)
{
  g_autoptr (GFile) file = g_file_new_build_filename (g_get_user_data_dir (), "order", "a.db", NULL);
  TlDatabase *database = tl_database_new (file, schema);
  Outcome outcomes[26] = { 0 };
  g_autofree char *all = NULL;

  for (guint i = 0; i < 26; i++)
    tl_database_run_async (database, insert, g_strdup_printf ("%c", 'a' + i), g_free, NULL, NULL, outcome_cb, &outcomes[i]);
  all = read_all (database);
  g_assert_cmpstr (all, ==, "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,");
  for (guint i = 0; i < 26; i++)
    {
      g_assert_true (outcomes[i].done);
      g_assert_no_error (outcomes[i].error);
    }
  g_assert_finalize_object (database);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/database/order", test_order);

  return g_test_run ();
}
