/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Synchronising: the walk through both trees, what is planned, and what is done, against a folder that is shared by this program itself. */

#include "tl-ftp-server.h"
#include "tl-ftp-sync-run.h"

#include "tl-test-folder.h"
#include "tl-test-wait.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OLD 1700000000
#define NEW 1750000000

typedef struct {
  TlFtpServer     *server;
  TlFtpClient     *client;
  TlTransferQueue *queue;
  TlFtpSyncPlan   *plan;
  TlFtpSyncRun    *run;
  GCancellable    *cancellable;
  char            *remote, *local;
  gboolean         over, good;
  GError          *error;
  guint            n_told;      /* questions */
  guint            n_asked;     /* those that the run has not answered */
} Fixture;

static char *
join (const char *folder,
      const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
put (const char *folder,
     const char *name,
     const char *text,
     gint64      time)
{
  g_autofree char *path = join (folder, name);
  g_autofree char *parent = g_path_get_dirname (path);
  const struct timespec times[2] = { { .tv_sec = time }, { .tv_sec = time } };

  g_assert_no_errno (g_mkdir_with_parents (parent, 0755));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_no_errno (utimensat (AT_FDCWD, path, times, 0));
}

static void
make_folder (const char *folder,
             const char *name)
{
  g_autofree char *path = join (folder, name);

  g_assert_no_errno (g_mkdir_with_parents (path, 0755));
}

static void
delete (const char *folder,
        const char *name)
{
  g_autofree char *path = join (folder, name);

  g_assert_no_errno (g_remove (path));
}

/* NULL: there is no such file. */
static void
assert_text (const char *folder,
             const char *name,
             const char *text)
{
  g_autofree char *path = join (folder, name);
  g_autofree char *there = NULL;

  g_file_get_contents (path, &there, NULL, NULL);
  g_assert_cmpstr (there, ==, text);
}

static gboolean
exists (const char *folder,
        const char *name)
{
  g_autofree char *path = join (folder, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Fixture *self = data;

  self->good = tl_ftp_server_start_finish (TL_FTP_SERVER (source), result, &self->error);
  self->over = TRUE;
}

static void
serve (Fixture *self)
{
  self->over = FALSE;
  tl_ftp_server_start_async (self->server, NULL, started_cb, self);
  test_wait (self->over);
  g_assert_no_error (self->error);
}

static void
ask_cb (TlTransferQueue           *queue,
        const TlOverwriteQuestion *question,
        Fixture                   *self)
{
  TlTransfer *transfer = question->transfer;

  self->n_told++;
  if (self->run != NULL)
    tl_ftp_sync_run_answer (self->run, question);
  if (tl_transfer_get_state (transfer) != TL_TRANSFER_ASKING)
    return;
  self->n_asked++;
  tl_transfer_queue_answer (queue, transfer, TL_OVERWRITE_SKIP, FALSE);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  static guint number;
  g_autoptr (TlFtpSite) site = tl_ftp_site_new ();

  self->remote = g_strdup_printf ("%s/%u/remote", test_folder, ++number);
  self->local = g_strdup_printf ("%s/%u/local", test_folder, number);
  make_folder (self->remote, "");
  make_folder (self->local, "");
  self->server = tl_ftp_server_new ();
  g_object_set (self->server, "folder", self->remote, "address", "127.0.0.1", "port", 0, "writable", TRUE, "anonymous", TRUE, "anonymous-writable", TRUE, "tls", TL_FTP_SERVER_TLS_OFF, NULL);
  serve (self);
  g_object_set (site, "host", "127.0.0.1", "port", tl_ftp_server_get_local_port (self->server), "security", TL_FTP_SECURITY_NONE,
                "account-kind", TL_FTP_ACCOUNT_ANONYMOUS, NULL);
  self->client = tl_ftp_client_new (site);
  self->queue = tl_transfer_queue_new ();
  g_object_set (self->queue, "retry-delay", 20, NULL);
  g_signal_connect (self->queue, "ask", G_CALLBACK (ask_cb), self);
  self->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_error (&self->error);
  if (self->run != NULL)
    g_assert_finalize_object (self->run);
  g_assert_finalize_object (self->plan);
  tl_ftp_client_close (self->client);
  g_assert_finalize_object (self->queue);
  g_object_unref (self->client);
  tl_ftp_server_stop (self->server);
  g_object_unref (self->server);
  g_object_unref (self->cancellable);
  g_free (self->remote);
  g_free (self->local);
}

static void
scanned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Fixture *self = data;

  g_assert_false (self->over);
  self->good = tl_ftp_sync_plan_scan_finish (TL_FTP_SYNC_PLAN (source), result, &self->error);
  self->over = TRUE;
}

static void
scan_again (Fixture *self)
{
  self->over = FALSE;
  g_clear_error (&self->error);
  tl_ftp_sync_plan_scan_async (self->plan, self->client, self->cancellable, scanned_cb, self);
  test_wait (self->over);
}

static void
new_plan (Fixture       *self,
          TlFtpSyncMode  mode)
{
  g_autoptr (GBytes) root = g_bytes_new_static ("/", 1);
  g_autoptr (GFile) local = g_file_new_for_path (self->local);
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  g_clear_object (&self->plan);
  self->plan = tl_ftp_sync_plan_new (root, local, &options);
  g_object_set (self->plan, "mode", mode, "delete", TRUE, NULL);
}

static void
scan (Fixture       *self,
      TlFtpSyncMode  mode)
{
  new_plan (self, mode);
  scan_again (self);
  g_assert_no_error (self->error);
  g_assert_true (self->good);
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  Fixture *self = data;

  g_assert_false (self->over);
  self->good = tl_ftp_sync_run_finish (TL_FTP_SYNC_RUN (source), result, &self->error);
  self->over = TRUE;
}

static void
start (Fixture *self)
{
  self->over = FALSE;
  g_clear_error (&self->error);
  g_clear_object (&self->run);
  self->run = tl_ftp_sync_run_new (self->plan, self->queue, self->client);
  tl_ftp_sync_run_async (self->run, self->cancellable, ran_cb, self);
}

static const TlFtpSyncProgress *
run (Fixture *self)
{
  const TlFtpSyncProgress *progress;

  start (self);
  test_wait (self->over);
  g_assert_no_error (self->error);
  progress = tl_ftp_sync_run_get_progress (self->run);
  g_assert_cmpuint (progress->n_over, ==, progress->n_all);
  return progress;
}

/* The item of a path, or -1. */
static int
find (Fixture    *self,
      const char *path)
{
  for (guint i = 0; i < tl_ftp_sync_plan_get_n_items (self->plan); i++)
    {
      g_autofree char *other = tl_ftp_sync_plan_dup_path (self->plan, i);

      if (g_str_equal (other, path))
        return (int) i;
    }
  return -1;
}

static void
assert_act (Fixture         *self,
            const char      *path,
            TlFtpSyncFilter  act)
{
  int found = find (self, path);

  g_test_message ("%s", path);
  g_assert_cmpint (found, >=, 0);
  g_assert_cmpint (tl_ftp_sync_plan_get_item (self->plan, (guint) found)->act, ==, act);
}

static void
assert_failure (GPtrArray  *failures,
                const char *path_end,
                const char *words)
{
  for (guint i = 0; i < failures->len; i++)
    {
      const TlFtpSyncFailure *failure = failures->pdata[i];

      g_test_message ("%s: %s", failure->path, failure->message);
      if (g_str_has_suffix (failure->path, path_end) && strstr (failure->message, words) != NULL)
        return;
    }
  g_error ("no failure of %s says “%s”", path_end, words);
}

static void
fill (Fixture *self)
{
  put (self->remote, "same", "same", OLD);
  put (self->local, "same", "same", OLD);
  put (self->remote, "there newer", "newer there", NEW);
  put (self->local, "there newer", "old", OLD);
  put (self->remote, "here newer", "old", OLD);
  put (self->local, "here newer", "newer here", NEW);
  put (self->remote, "both/only there", "there", OLD);
  put (self->local, "both/only here", "here", OLD);
  put (self->remote, "far/deep/file", "deep there", OLD);
  put (self->local, "near/deep/file", "deep here", OLD);
  make_folder (self->local, "near/empty");
  /* Not the same kind, and a name that is no text. */
  put (self->remote, "kind", "a file", OLD);
  make_folder (self->local, "kind/inside");
  put (self->local, "\xff\xfe.txt", "no text", OLD);
}

/* Files of this machine that the server does not have go to the trash, with what is in them; links stay. */
static void
test_to_local (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *link = join (self->local, "link");
  g_autofree char *trash = g_build_filename (g_get_user_data_dir (), "Trash", "files", NULL);
  const TlFtpSyncProgress *progress;

  fill (self);
  g_assert_no_errno (symlink ("same", link));
  scan (self, TL_FTP_SYNC_TO_LOCAL);
  assert_act (self, "near", TL_FTP_SYNC_DELETE);
  assert_act (self, "near/deep/file", TL_FTP_SYNC_ALL);
  assert_act (self, "link", TL_FTP_SYNC_NOTHING);
  assert_act (self, "kind", TL_FTP_SYNC_NOTHING);
  g_assert_cmpuint (tl_ftp_sync_plan_get_totals (self->plan)->n_on[TL_FTP_SYNC_DELETE], ==, 3);
  /* "deep", its file, and "empty" */
  g_assert_cmpuint (tl_ftp_sync_plan_get_totals (self->plan)->n_within, ==, 3);
  progress = run (self);
  g_assert_cmpuint (progress->n_failed, ==, 0);
  g_assert_cmpuint (progress->n_downloaded, ==, 3);
  g_assert_cmpuint (progress->n_made, ==, 2);
  g_assert_cmpuint (progress->n_deleted, ==, 3);
  assert_text (self->local, "there newer", "newer there");
  /* Newer here: only when somebody says so. */
  assert_text (self->local, "here newer", "newer here");
  assert_text (self->local, "far/deep/file", "deep there");
  assert_text (self->local, "both/only there", "there");
  g_assert_false (exists (self->local, "near"));
  g_assert_false (exists (self->local, "both/only here"));
  g_assert_true (exists (self->local, "link"));
  assert_text (trash, "near/deep/file", "deep here");
  g_assert_true (exists (trash, "only here"));

  /* The second time nothing is left, but for what nobody can decide. */
  scan (self, TL_FTP_SYNC_TO_LOCAL);
  g_assert_cmpuint (tl_ftp_sync_plan_get_totals (self->plan)->n_on[TL_FTP_SYNC_ALL], ==, 0);
  g_assert_cmpuint (self->n_asked, ==, 0);
}

static void
test_to_remote (Fixture       *self,
                gconstpointer  data)
{
  const TlFtpSyncProgress *progress;

  fill (self);
  scan (self, TL_FTP_SYNC_TO_REMOTE);
  progress = run (self);
  g_assert_cmpuint (progress->n_failed, ==, 0);
  g_assert_cmpuint (progress->n_uploaded, ==, 4);
  g_assert_cmpuint (progress->n_made, ==, 3);
  g_assert_cmpuint (progress->n_deleted, ==, 2);
  assert_text (self->remote, "here newer", "newer here");
  assert_text (self->remote, "there newer", "newer there");
  assert_text (self->remote, "near/deep/file", "deep here");
  assert_text (self->remote, "\xff\xfe.txt", "no text");
  g_assert_true (exists (self->remote, "near/empty"));
  g_assert_false (exists (self->remote, "far"));
  g_assert_false (exists (self->remote, "both/only there"));
  scan (self, TL_FTP_SYNC_TO_REMOTE);
  g_assert_cmpuint (tl_ftp_sync_plan_get_totals (self->plan)->n_on[TL_FTP_SYNC_ALL], ==, 0);
}

/* A folder takes along what is in it, and what is wanted in a folder brings the folder; what is not seen is counted. */
static void
test_switches (Fixture       *self,
               gconstpointer  data)
{
  const TlFtpSyncTotals *totals;

  fill (self);
  scan (self, TL_FTP_SYNC_BOTH);
  totals = tl_ftp_sync_plan_get_totals (self->plan);
  g_assert_cmpuint (totals->n_on[TL_FTP_SYNC_UPLOAD], ==, 7);
  tl_ftp_sync_plan_set_enabled (self->plan, (guint) find (self, "near"), FALSE);
  g_assert_false (tl_ftp_sync_plan_is_on (self->plan, (guint) find (self, "near/deep/file")));
  g_assert_cmpuint (totals->n_on[TL_FTP_SYNC_UPLOAD], ==, 3);
  tl_ftp_sync_plan_set_enabled (self->plan, (guint) find (self, "near/deep/file"), TRUE);
  g_assert_true (tl_ftp_sync_plan_is_on (self->plan, (guint) find (self, "near/deep")));
  g_assert_true (tl_ftp_sync_plan_is_on (self->plan, (guint) find (self, "near")));
  g_assert_false (tl_ftp_sync_plan_is_on (self->plan, (guint) find (self, "near/empty")));
  g_assert_cmpuint (totals->n_on[TL_FTP_SYNC_UPLOAD], ==, 6);

  g_assert_cmpuint (totals->n_hidden, ==, 0);
  g_object_set (self->plan, "filter", TL_FTP_SYNC_DOWNLOAD, NULL);
  g_assert_cmpuint (totals->n_hidden, ==, 6);
  g_object_set (self->plan, "text", "DEEP", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->plan)), ==, 2);
  g_object_set (self->plan, "text", "deep/F", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->plan)), ==, 1);
  g_object_set (self->plan, "filter", TL_FTP_SYNC_ALL, "text", "near", NULL);
  tl_ftp_sync_plan_enable_rows (self->plan, FALSE);
  g_assert_cmpuint (totals->n_on[TL_FTP_SYNC_UPLOAD], ==, 3);
  g_object_set (self->plan, "text", NULL, NULL);
  g_assert_cmpuint (totals->n_hidden, ==, 0);
  g_assert_cmpuint (run (self)->n_uploaded, ==, 3);
  g_assert_false (exists (self->remote, "near"));
}

/* What fails is named, the others go on, and nothing is deleted then. */
static void
test_failure (Fixture       *self,
              gconstpointer  data)
{
  const TlFtpSyncProgress *progress;

  put (self->remote, "gone", "gone", OLD);
  put (self->remote, "good", "good", OLD);
  put (self->local, "only here", "here", OLD);
  scan (self, TL_FTP_SYNC_TO_LOCAL);
  delete (self->remote, "gone");
  progress = run (self);
  g_assert_cmpuint (progress->n_failed, ==, 1);
  g_assert_cmpuint (progress->n_downloaded, ==, 1);
  g_assert_cmpuint (progress->n_deleted, ==, 0);
  g_assert_cmpuint (progress->n_kept, ==, 1);
  assert_failure (tl_ftp_sync_run_get_failures (self->run), "gone", "550");
  assert_text (self->local, "good", "good");
  assert_text (self->local, "only here", "here");
}

/* What is in the way is asked about when it is not what was compared. */
static void
test_changed_target (Fixture       *self,
                     gconstpointer  data)
{
  put (self->remote, "a", "newer", NEW);
  put (self->local, "a", "old", OLD);
  put (self->remote, "b", "newer", NEW);
  put (self->local, "b", "old", OLD);
  put (self->remote, "c", "new", OLD);
  scan (self, TL_FTP_SYNC_TO_LOCAL);
  put (self->local, "b", "edited meanwhile", NEW + 5);
  put (self->local, "c", "made meanwhile", OLD);
  g_assert_cmpuint (run (self)->n_skipped, ==, 2);
  g_assert_cmpuint (self->n_asked, ==, 2);
  /* What was compared needs no question at all. */
  g_assert_cmpuint (self->n_told, ==, 2);
  assert_text (self->local, "a", "newer");
  assert_text (self->local, "b", "edited meanwhile");
  assert_text (self->local, "c", "made meanwhile");
}

/* What has changed since it was compared is not deleted; what has gone is gone. */
static void
test_changed_deletion (Fixture       *self,
                       gconstpointer  data)
{
  const gboolean to_local = GPOINTER_TO_INT (data);
  const char *side = to_local ? self->local : self->remote;
  const TlFtpSyncProgress *progress;

  for (guint i = 0; i < 5; i++)
    put (side, (const char *[]) { "a", "b", "c", "d", "f/e" }[i], "text", OLD);
  scan (self, to_local ? TL_FTP_SYNC_TO_LOCAL : TL_FTP_SYNC_TO_REMOTE);
  put (side, "b", "text", NEW);
  put (side, "c", "longer text", OLD);
  delete (side, "d");
  progress = run (self);
  g_assert_cmpuint (progress->n_deleted, ==, 3);
  g_assert_cmpuint (progress->n_failed, ==, 2);
  assert_failure (tl_ftp_sync_run_get_failures (self->run), "b", "changed");
  assert_failure (tl_ftp_sync_run_get_failures (self->run), "c", "changed");
  assert_text (side, "a", NULL);
  assert_text (side, "b", "text");
  assert_text (side, "c", "longer text");
  g_assert_false (exists (side, "f"));
}

/* The server goes in the middle of the walk; it is gone on with where it was. */
static void
test_walk_broken (Fixture       *self,
                  gconstpointer  data)
{
  const guint port = tl_ftp_server_get_local_port (self->server);
  gulong handler;

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("folder %u/file", i);

      put (self->remote, name, "text", OLD);
    }
  new_plan (self, TL_FTP_SYNC_TO_LOCAL);
  handler = g_signal_connect_swapped (self->plan, "changed", G_CALLBACK (tl_ftp_server_stop), self->server);
  scan_again (self);
  g_signal_handler_disconnect (self->plan, handler);
  g_assert_false (self->good);
  g_assert_nonnull (self->error);
  g_object_set (self->server, "port", port, NULL);
  g_clear_error (&self->error);
  serve (self);
  scan_again (self);
  g_assert_no_error (self->error);
  g_assert_cmpuint (tl_ftp_sync_plan_get_n_items (self->plan), ==, 12);
  g_assert_cmpuint (tl_ftp_sync_plan_get_totals (self->plan)->n_on[TL_FTP_SYNC_DOWNLOAD], ==, 12);
}

/* The server goes when the run begins: each act fails by itself, nothing hangs, and nothing is deleted. */
static void
test_run_broken (Fixture       *self,
                 gconstpointer  data)
{
  const TlFtpSyncProgress *progress;

  fill (self);
  scan (self, TL_FTP_SYNC_TO_REMOTE);
  tl_ftp_server_stop (self->server);
  g_object_set (self->queue, "retry-delay", 1, NULL);
  progress = run (self);
  g_assert_cmpuint (progress->n_uploaded, ==, 0);
  g_assert_cmpuint (progress->n_failed, >=, 4);
  g_assert_cmpuint (progress->n_kept, ==, 2);
  g_assert_true (exists (self->remote, "far/deep/file"));
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* At whatever moment: it ends once, says so, nothing is deleted, and nothing of it goes on. */
static void
test_cancel (Fixture       *self,
             gconstpointer  data)
{
  guint n_active;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("folder %u/file %u", i % 5, i);

      put (self->local, name, "text", OLD);
    }
  put (self->remote, "only there", "there", OLD);
  for (guint ms = 0; ms < 8; ms++)
    {
      g_clear_object (&self->cancellable);
      self->cancellable = g_cancellable_new ();
      scan (self, TL_FTP_SYNC_TO_REMOTE);
      start (self);
      g_timeout_add_full (G_PRIORITY_HIGH, ms, cancel_cb, self->cancellable, NULL);
      test_wait (self->over && g_cancellable_is_cancelled (self->cancellable));
      test_wait ((g_object_get (self->queue, "n-active", &n_active, NULL), n_active == 0));
      if (self->good)
        break;
      g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (tl_ftp_sync_run_get_progress (self->run)->n_failed, ==, 0);
      assert_text (self->remote, "only there", "there");
    }
}

/* Without a folder to compare with there is nothing to be done. */
static void
test_no_folder (Fixture       *self,
                gconstpointer  data)
{
  put (self->remote, "a", "text", OLD);
  g_assert_no_errno (g_rmdir (self->local));
  new_plan (self, TL_FTP_SYNC_TO_LOCAL);
  scan_again (self);
  g_assert_false (self->good);
  g_assert_error (self->error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL);
}

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();
  /* The trash is the test's own, too. */
  g_setenv ("HOME", test_folder, TRUE);
  g_setenv ("XDG_DATA_HOME", test_folder, TRUE);
  ADD ("/ftp-sync/to-local", NULL, test_to_local);
  ADD ("/ftp-sync/to-remote", NULL, test_to_remote);
  ADD ("/ftp-sync/switches", NULL, test_switches);
  ADD ("/ftp-sync/failure", NULL, test_failure);
  ADD ("/ftp-sync/changed-target", NULL, test_changed_target);
  ADD ("/ftp-sync/changed-deletion/local", GINT_TO_POINTER (TRUE), test_changed_deletion);
  ADD ("/ftp-sync/changed-deletion/remote", GINT_TO_POINTER (FALSE), test_changed_deletion);
  ADD ("/ftp-sync/walk-broken", NULL, test_walk_broken);
  ADD ("/ftp-sync/run-broken", NULL, test_run_broken);
  ADD ("/ftp-sync/cancel", NULL, test_cancel);
  ADD ("/ftp-sync/no-folder", NULL, test_no_folder);
  status = g_test_run ();
  test_folder_remove ();
  return status;
}
