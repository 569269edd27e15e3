/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a synchronisation deletes on servers that break off, have no time, or do not tell all. */

#include "tl-ftp-sync-run.h"

#include "tl-ftp-fixture.h"
#include "tl-test-folder.h"

#define FILE_LINE(name) "-rw-r--r-- 1 ann staff 5 Jan  1  2020 " name "\r\n"
#define FOLDER_LINE(name) "drwxr-xr-x 1 ann staff 12 Jan  1  2020 " name "\r\n"
#define FILES FILE_LINE ("a") FILE_LINE ("b") FILE_LINE ("c")
#define FOLDERS FOLDER_LINE ("a") FOLDER_LINE ("b") FOLDER_LINE ("c")
#define NOTHING "150 list\r\n{accept}{shut}226 done\r\n"
#define N_MANY 12000

typedef struct {
  Fixture          base;
  TlFtpSyncPlan   *plan;
  TlFtpSyncRun    *run;
  TlTransferQueue *queue;
  guint            n_turns, first_turn, last_turn, n_told;
} Faults;

static void
faults_set_up (Faults        *self,
               gconstpointer  data)
{
  test_folder_make ();
  set_up (&self->base, NULL);
  self->queue = tl_transfer_queue_new ();
  g_object_set (self->queue, "retry-delay", 1, NULL);
  test_ftp_answer (self->base.ftp, "FEAT", "500 What?\r\n");
}

static void
faults_tear_down (Faults        *self,
                  gconstpointer  data)
{
  g_assert_finalize_object (self->run);
  g_assert_finalize_object (self->plan);
  g_assert_finalize_object (self->queue);
  tear_down (&self->base, NULL);
  test_folder_remove ();
}

static void
empty_cb (TestFtp *ftp)
{
  test_ftp_content (ftp, FOLDER_LINE ("."));
}

/* All that is in @root goes, as nothing of it is here. Folders are empty. */
static void
compare (Faults     *self,
         const char *root)
{
  g_autoptr (GBytes) path = test_bytes ("/");
  g_autoptr (GFile) local = g_file_new_for_path (test_folder);
  static const char *const folders[] = { "/a", "/b", "/c", "/not found" };
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;
  gulong handler;

  test_ftp_content (self->base.ftp, root);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    test_ftp_content_of (self->base.ftp, folders[i], FOLDER_LINE ("."));
  self->plan = tl_ftp_sync_plan_new (path, local, &options);
  g_object_set (self->plan, "mode", TL_FTP_SYNC_TO_REMOTE, "delete", TRUE, NULL);
  handler = g_signal_connect_swapped (self->plan, "changed", G_CALLBACK (empty_cb), self->base.ftp);
  {
    TEST_CALL (tl_ftp_sync_plan_scan_async (self->plan, self->base.client, NULL, test_call_cb, &call));
    g_autoptr (GAsyncResult) result = call.result;

    g_assert_true (tl_ftp_sync_plan_scan_finish (self->plan, result, &self->base.error));
  }
  g_signal_handler_disconnect (self->plan, handler);
  test_ftp_content (self->base.ftp, root);
  self->run = tl_ftp_sync_run_new (self->plan, self->queue, self->base.client);
}

/* Each thing is over, and counted once. */
static const TlFtpSyncProgress *
run (Faults *self,
     guint   n)
{
  const TlFtpSyncProgress *progress = tl_ftp_sync_run_get_progress (self->run);
  TEST_CALL (tl_ftp_sync_run_async (self->run, NULL, test_call_cb, &call));
  g_autoptr (GAsyncResult) result = call.result;

  g_assert_true (tl_ftp_sync_run_finish (self->run, result, &self->base.error));
  g_assert_cmpuint (progress->n_all, ==, n);
  g_assert_cmpuint (progress->n_over, ==, n);
  g_assert_cmpuint (progress->n_deleted + progress->n_kept + progress->n_changed + progress->n_failed, ==, n);
  return progress;
}

static void
assert_reason (Faults     *self,
               const char *words)
{
  const GPtrArray *failures = tl_ftp_sync_run_get_failures (self->run);

  g_assert_cmpuint (failures->len, ==, 1);
  g_assert_nonnull (strstr (((const TlFtpSyncFailure *) failures->pdata[0])->message, words));
}

/* Each command that deletes ends the connection, and each list before it is good: it is not tried for ever. */
static void
test_breaks (Faults        *self,
             gconstpointer  verb)
{
  const gboolean of_files = g_str_equal (verb, "DELE");

  compare (self, of_files ? FILES : FOLDERS);
  test_ftp_answer (self->base.ftp, verb, "{end}");
  g_assert_cmpuint (run (self, 3)->n_failed, ==, 1);
  g_assert_cmpuint (tl_ftp_sync_run_get_progress (self->run)->n_kept, ==, 2);
  g_assert_cmpuint (test_ftp_count (self->base.ftp, verb), ==, 5);
}

/* That there is no list just now may pass. */
static void
test_busy (Faults        *self,
           gconstpointer  passes)
{
  compare (self, FILES);
  test_ftp_answer_only (self->base.ftp, "LIST", "450 Busy.\r\n");
  if (passes)
    {
      test_ftp_answer (self->base.ftp, "LIST", "425 No data connection.\r\n");
      test_ftp_answer (self->base.ftp, "LIST", test_ftp_usual ("LIST"));
    }
  g_assert_cmpuint (run (self, 3)->n_deleted, ==, passes ? 3 : 0);
  g_assert_cmpuint (tl_ftp_sync_run_get_progress (self->run)->n_failed, ==, passes ? 0 : 3);
}

/* The same code for what does not pass is not waited for. */
static void
test_denied (Faults        *self,
             gconstpointer  data)
{
  guint n;

  compare (self, FILES);
  n = test_ftp_count (self->base.ftp, "LIST");
  test_ftp_answer_only (self->base.ftp, "LIST", "450 /: Permission denied\r\n");
  g_assert_cmpuint (run (self, 3)->n_failed, ==, 3);
  g_assert_cmpuint (test_ftp_count (self->base.ftp, "LIST"), ==, n + 1);
}

/* What a list does not show has not gone when the list is not whole. */
static void
test_not_whole (Faults        *self,
                gconstpointer  data)
{
  compare (self, FILES);
  test_ftp_content (self->base.ftp, FILE_LINE ("a") FILE_LINE ("b") "?? something else\r\n");
  g_assert_cmpuint (run (self, 3)->n_deleted, ==, 2);
  g_assert_cmpuint (tl_ftp_sync_run_get_progress (self->run)->n_failed, ==, 1);
  assert_reason (self, "not understood");
}

static void
test_cut_short (Faults        *self,
                gconstpointer  data)
{
  compare (self, FILES);
  test_ftp_answer (self->base.ftp, "LIST", "150 list\r\n{data}226 Output truncated to 2 matches\r\n");
  test_ftp_content (self->base.ftp, FILE_LINE ("a") FILE_LINE ("b"));
  g_assert_cmpuint (run (self, 3)->n_deleted, ==, 2);
  g_assert_cmpuint (tl_ftp_sync_run_get_progress (self->run)->n_failed, ==, 1);
  assert_reason (self, "not whole");
}

/* A refusal in which the name of the folder reads like another reason: the list that it is in tells. */
static void
test_not_found (Faults        *self,
                gconstpointer  is_there)
{
  compare (self, FOLDER_LINE ("not found"));
  test_ftp_answer (self->base.ftp, "RMD", "550 not found: Directory not empty\r\n");
  test_ftp_answer_only (self->base.ftp, "LIST", test_ftp_usual ("LIST"));
  if (!is_there)
    {
      test_ftp_answer (self->base.ftp, "LIST", test_ftp_usual ("LIST"));
      test_ftp_answer (self->base.ftp, "LIST", NOTHING);
    }
  g_assert_cmpuint (run (self, 1)->n_failed, ==, is_there ? 1 : 0);
  g_assert_cmpuint (test_ftp_count (self->base.ftp, "RMD"), ==, 1);
  if (is_there)
    assert_reason (self, "Directory not empty");
}

/* There are servers that delete a folder with all that is in it: none is asked to before it is seen to be empty. */
static void
test_came_in (Faults        *self,
              gconstpointer  data)
{
  compare (self, FOLDER_LINE ("a"));
  test_ftp_content_of (self->base.ftp, "/a", FOLDER_LINE (".") FILE_LINE ("new"));
  g_assert_cmpuint (run (self, 1)->n_changed, ==, 1);
  assert_reason (self, "has come into it");
  g_assert_cmpuint (test_ftp_count (self->base.ftp, "RMD"), ==, 0);
  g_assert_cmpuint (test_ftp_count (self->base.ftp, "DELE"), ==, 0);
}

/* The same when it cannot be seen. */
static void
test_unseen (Faults        *self,
             gconstpointer  data)
{
  compare (self, FOLDER_LINE ("a"));
  test_ftp_content_of (self->base.ftp, "/a", "?? something else\r\n");
  g_assert_cmpuint (run (self, 1)->n_failed, ==, 1);
  assert_reason (self, "not understood");
  g_assert_cmpuint (test_ftp_count (self->base.ftp, "RMD"), ==, 0);
}

/* The same when the server refuses to send a list, in words that may mean that nothing is there. */
static void
test_said (Faults        *self,
           gconstpointer  data)
{
  compare (self, FOLDER_LINE ("a"));
  test_ftp_answer_only (self->base.ftp, "LIST", test_ftp_usual ("LIST"));
  test_ftp_answer (self->base.ftp, "LIST", data);
  g_assert_cmpuint (run (self, 1)->n_failed, ==, 1);
  assert_reason (self, "no proof");
  g_assert_cmpuint (test_ftp_count (self->base.ftp, "RMD"), ==, 0);
}

/* And of the folder that all is in: nothing has gone. */
static void
test_said_above (Faults        *self,
                 gconstpointer  data)
{
  compare (self, FILES);
  test_ftp_answer_only (self->base.ftp, "LIST", data);
  g_assert_cmpuint (run (self, 3)->n_failed, ==, 3);
  g_assert_cmpuint (tl_ftp_sync_run_get_progress (self->run)->n_deleted, ==, 0);
  g_assert_cmpuint (test_ftp_count (self->base.ftp, "DELE"), ==, 0);
}

/* What the server does not show: it says so itself. */
static void
test_not_empty (Faults        *self,
                gconstpointer  data)
{
  compare (self, FOLDER_LINE ("a"));
  test_ftp_answer (self->base.ftp, "RMD", "550 Directory not empty\r\n");
  g_assert_cmpuint (run (self, 1)->n_failed, ==, 1);
  assert_reason (self, "it may not be empty");
  assert_reason (self, "550");
}

/* Folders that have gone together: one look at what they were in tells it of all. */
static void
test_gone (Faults        *self,
           gconstpointer  data)
{
  guint n;

  compare (self, FOLDERS);
  n = test_ftp_count (self->base.ftp, "LIST");
  test_ftp_answer_only (self->base.ftp, "CWD", "250 Here.\r\n");
  test_ftp_answer (self->base.ftp, "CWD", "550 What?\r\n");
  test_ftp_answer_only (self->base.ftp, "LIST", test_ftp_usual ("LIST"));
  test_ftp_answer (self->base.ftp, "LIST", NOTHING);
  g_assert_cmpuint (run (self, 3)->n_deleted, ==, 3);
  g_assert_cmpuint (test_ftp_count (self->base.ftp, "LIST"), ==, n + 2);
  g_assert_cmpuint (test_ftp_count (self->base.ftp, "RMD"), ==, 0);
}

/* A folder that cannot be made just now is tried again; one that cannot be made is not. */
static void
test_make (Faults        *self,
           gconstpointer  passes)
{
  const TlFtpSyncProgress *progress;
  g_autofree char *path = g_build_filename (test_folder, "new", NULL);

  g_assert_no_errno (g_mkdir (path, 0755));
  compare (self, FOLDER_LINE ("."));
  test_ftp_answer_only (self->base.ftp, "MKD", passes ? "450 Busy.\r\n" : "550 No.\r\n");
  if (passes)
    {
      test_ftp_answer (self->base.ftp, "MKD", "{end}");
      test_ftp_answer (self->base.ftp, "MKD", test_ftp_usual ("MKD"));
    }
  progress = tl_ftp_sync_run_get_progress (self->run);
  {
    TEST_CALL (tl_ftp_sync_run_async (self->run, NULL, test_call_cb, &call));
    g_autoptr (GAsyncResult) result = call.result;

    g_assert_true (tl_ftp_sync_run_finish (self->run, result, &self->base.error));
  }
  g_assert_cmpuint (progress->n_over, ==, 1);
  g_assert_cmpuint (progress->n_made, ==, passes ? 1 : 0);
  g_assert_cmpuint (progress->n_failed, ==, passes ? 0 : 1);
  g_assert_cmpuint (test_ftp_count (self->base.ftp, "MKD"), ==, passes ? 3 : 1);
}

/* That a folder is there already is an answer as well: the tries for the next one are counted anew. */
static void
test_made_before (Faults        *self,
                  gconstpointer  data)
{
  const TlFtpSyncProgress *progress;
  static const char *const names[] = { "new", "other" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (test_folder, names[i], NULL);

      g_assert_no_errno (g_mkdir (path, 0755));
    }
  compare (self, FOLDER_LINE ("."));
  for (guint i = 0; i < 3; i++)
    test_ftp_answer (self->base.ftp, "MKD", "450 Busy.\r\n");
  test_ftp_answer (self->base.ftp, "MKD", "550 File exists\r\n");
  for (guint i = 0; i < 3; i++)
    test_ftp_answer (self->base.ftp, "MKD", "450 Busy.\r\n");
  test_ftp_answer (self->base.ftp, "MKD", test_ftp_usual ("MKD"));
  progress = tl_ftp_sync_run_get_progress (self->run);
  {
    TEST_CALL (tl_ftp_sync_run_async (self->run, NULL, test_call_cb, &call));
    g_autoptr (GAsyncResult) result = call.result;

    g_assert_true (tl_ftp_sync_run_finish (self->run, result, &self->base.error));
  }
  g_assert_cmpuint (progress->n_over, ==, 2);
  g_assert_cmpuint (progress->n_made, ==, 1);
  g_assert_cmpuint (progress->n_failed, ==, 0);
  g_assert_cmpuint (test_ftp_count (self->base.ftp, "MKD"), ==, 8);
}

static void
change_cb (Faults *self)
{
  if (tl_ftp_sync_run_get_progress (self->run)->n_deleted == 1)
    test_ftp_content (self->base.ftp, "-rw-r--r-- 1 ann staff 6 Jan  1  2020 b\r\n" FILE_LINE ("c"));
}

/* A look that has become old is taken again: what has changed meanwhile stays. */
static void
test_old_look (Faults        *self,
               gconstpointer  data)
{
  compare (self, FILES);
  tl_ftp_sync_run_set_look_again (self->run, 0);
  g_signal_connect_swapped (self->run, "changed", G_CALLBACK (change_cb), self);
  g_assert_cmpuint (run (self, 3)->n_changed, ==, 1);
  g_assert_cmpuint (tl_ftp_sync_run_get_progress (self->run)->n_deleted, ==, 2);
  g_assert_cmpuint (test_ftp_count (self->base.ftp, "DELE /b"), ==, 0);
}

static gboolean
turn_cb (gpointer data)
{
  ((Faults *) data)->n_turns++;
  return G_SOURCE_CONTINUE;
}

static void
note_turn_cb (Faults *self)
{
  self->n_told++;
  if (self->first_turn == 0)
    self->first_turn = self->n_turns;
  self->last_turn = self->n_turns;
}

/* What needs no command does not hold up others: the main loop has its turns in between. */
static void
test_turns (Faults        *self,
            gconstpointer  data)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  guint source;

  for (guint i = 0; i < N_MANY; i++)
    g_string_append_printf (lines, FILE_LINE ("%u"), i);
  compare (self, lines->str);
  test_ftp_content (self->base.ftp, FOLDER_LINE ("."));
  g_signal_connect_swapped (self->run, "changed", G_CALLBACK (note_turn_cb), self);
  source = g_idle_add (turn_cb, self);
  self->n_turns = 1;
  g_assert_cmpuint (run (self, N_MANY)->n_deleted, ==, N_MANY);
  g_source_remove (source);
  g_assert_cmpuint (self->last_turn - self->first_turn, >=, 2);
  /* It is told once a turn, not once a file. */
  g_assert_cmpuint (self->n_told, <=, 10);
}

#undef ADD
#define ADD(path, data, func) g_test_add ("/ftp-sync-faults/" path, Faults, data, faults_set_up, func, faults_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("breaks/files", "DELE", test_breaks);
  ADD ("breaks/folders", "RMD", test_breaks);
  ADD ("busy/passes", GINT_TO_POINTER (TRUE), test_busy);
  ADD ("busy/stays", GINT_TO_POINTER (FALSE), test_busy);
  ADD ("busy/denied", NULL, test_denied);
  ADD ("not-whole", NULL, test_not_whole);
  ADD ("cut-short", NULL, test_cut_short);
  ADD ("not-found/there", GINT_TO_POINTER (TRUE), test_not_found);
  ADD ("not-found/gone", GINT_TO_POINTER (FALSE), test_not_found);
  ADD ("came-in", NULL, test_came_in);
  ADD ("unseen", NULL, test_unseen);
  ADD ("not-empty", NULL, test_not_empty);
  ADD ("gone", NULL, test_gone);
  ADD ("make/passes", GINT_TO_POINTER (TRUE), test_make);
  ADD ("said/450", "450 No files found\r\n", test_said);
  ADD ("said/550", "550 No files found\r\n", test_said);
  ADD ("said/above", "550 No files found\r\n", test_said_above);
  ADD ("make/before", NULL, test_made_before);
  ADD ("make/stays", GINT_TO_POINTER (FALSE), test_make);
  ADD ("old-look", NULL, test_old_look);
  ADD ("turns", NULL, test_turns);
  return g_test_run ();
}
