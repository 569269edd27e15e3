/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of synchronising share: a folder that this program shares itself, one of this machine, a plan and its run. */
#pragma once

#include "tl-ftp-server.h"
#include "tl-ftp-sync-run.h"

#include "tl-test-files.h"
#include "tl-test-folder.h"
#include "tl-test-wait.h"

#include <string.h>
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
  gboolean         cancels, ended_within;   /* now; the run ended while it did */
} Fixture;

/* @time: seconds since 1970. */
static inline void
put (const char *folder,
     const char *name,
     const char *text,
     gint64      time)
{
  test_put (folder, name, text, -1);
  test_set_time (folder, name, time);
}

static inline void
make_folder (const char *folder,
             const char *name)
{
  g_autofree char *path = test_path (folder, name);

  g_assert_no_errno (g_mkdir_with_parents (path, 0755));
}

static inline void
delete (const char *folder,
        const char *name)
{
  g_autofree char *path = test_path (folder, name);

  g_assert_no_errno (g_remove (path));
}

static inline void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Fixture *self = data;

  self->good = tl_ftp_server_start_finish (TL_FTP_SERVER (source), result, &self->error);
  self->over = TRUE;
}

static inline void
serve (Fixture *self)
{
  self->over = FALSE;
  tl_ftp_server_start_async (self->server, NULL, started_cb, self);
  test_wait (self->over);
  g_assert_no_error (self->error);
}

static inline void
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

static inline void
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

static inline void
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

static inline void
scanned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Fixture *self = data;

  g_assert_false (self->over);
  self->good = tl_ftp_sync_plan_scan_finish (TL_FTP_SYNC_PLAN (source), result, &self->error);
  self->over = TRUE;
}

static inline void
scan_again (Fixture *self)
{
  self->over = FALSE;
  g_clear_error (&self->error);
  tl_ftp_sync_plan_scan_async (self->plan, self->client, self->cancellable, scanned_cb, self);
  test_wait (self->over);
}

static inline void
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

static inline void
scan (Fixture       *self,
      TlFtpSyncMode  mode)
{
  new_plan (self, mode);
  scan_again (self);
  g_assert_no_error (self->error);
  g_assert_true (self->good);
}

static inline void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  Fixture *self = data;

  g_assert_false (self->over);
  self->good = tl_ftp_sync_run_finish (TL_FTP_SYNC_RUN (source), result, &self->error);
  self->over = TRUE;
}

static inline void
start (Fixture *self)
{
  self->over = FALSE;
  g_clear_error (&self->error);
  g_clear_object (&self->run);
  self->run = tl_ftp_sync_run_new (self->plan, self->queue, self->client);
  tl_ftp_sync_run_async (self->run, self->cancellable, ran_cb, self);
}

static inline const TlFtpSyncProgress *
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
static inline int
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

static inline void
assert_act (Fixture         *self,
            const char      *path,
            TlFtpSyncFilter  act)
{
  int found = find (self, path);

  g_test_message ("%s", path);
  g_assert_cmpint (found, >=, 0);
  g_assert_cmpint (tl_ftp_sync_plan_get_item (self->plan, (guint) found)->act, ==, act);
}

static inline void
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

static inline void
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

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)

/* The trash is the test's own, too. */
static inline void
sync_test_init (int    *argc,
                char ***argv)
{
  g_test_init (argc, argv, NULL);
  test_folder_make ();
  g_setenv ("HOME", test_folder, TRUE);
  g_setenv ("XDG_DATA_HOME", test_folder, TRUE);
}

static inline int
sync_test_run (void)
{
  const int status = g_test_run ();

  test_folder_remove ();
  return status;
}
