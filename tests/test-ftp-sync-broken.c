/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Synchronising when something fails, has changed since, breaks off or is stopped. */

#include "tl-ftp-sync-test.h"

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
  test_assert_text (self->local, "good", "good");
  test_assert_text (self->local, "only here", "here");
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
  test_assert_text (self->local, "a", "newer");
  test_assert_text (self->local, "b", "edited meanwhile");
  test_assert_text (self->local, "c", "made meanwhile");
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
  g_assert_cmpuint (progress->n_deleted, ==, 4);
  g_assert_cmpuint (progress->n_changed, ==, 2);
  g_assert_cmpuint (progress->n_failed, ==, 0);
  assert_failure (tl_ftp_sync_run_get_failures (self->run), "b", "changed");
  assert_failure (tl_ftp_sync_run_get_failures (self->run), "c", "changed");
  test_assert_text (side, "a", NULL);
  test_assert_text (side, "b", "text");
  test_assert_text (side, "c", "longer text");
  g_assert_false (test_exists (side, "f"));
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
  g_assert_cmpuint (progress->n_kept, ==, 4);
  g_assert_true (test_exists (self->remote, "far/deep/file"));
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
      test_assert_text (self->remote, "only there", "there");
    }
}

/* Lets go of the run when it is over, as a page does. */
static void
drop_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Fixture *self = data;

  ran_cb (source, result, data);
  self->ended_within = self->cancels;
  g_clear_object (&self->run);
}

static gboolean
stop_cb (gpointer data)
{
  Fixture *self = data;

  self->cancels = TRUE;
  g_cancellable_cancel (self->cancellable);
  self->cancels = FALSE;
  return G_SOURCE_REMOVE;
}

/* When nothing moves, because all transfers wait for another try, or are paused, the run is over all the same, and may go as soon as that is told. */
static void
test_cancel_waiting (Fixture       *self,
                     gconstpointer  pauses)
{
  g_autoptr (TlTransfer) transfer = NULL;
  guint number, seconds;

  put (self->local, "file", "text", OLD);
  scan (self, TL_FTP_SYNC_TO_REMOTE);
  tl_ftp_server_stop (self->server);
  g_object_set (self->queue, "retry-delay", 60000, NULL);
  self->over = FALSE;
  self->run = tl_ftp_sync_run_new (self->plan, self->queue, self->client);
  tl_ftp_sync_run_async (self->run, self->cancellable, drop_cb, self);
  test_wait (g_list_model_get_n_items (G_LIST_MODEL (self->queue)) == 1);
  transfer = g_list_model_get_item (G_LIST_MODEL (self->queue), 0);
  test_wait (tl_transfer_get_retry (transfer, &number, &seconds));
  if (pauses)
    {
      tl_transfer_queue_pause (self->queue, transfer);
      test_wait (tl_transfer_get_state (transfer) == TL_TRANSFER_PAUSED);
    }
  g_idle_add (stop_cb, self);
  test_wait (self->over);
  g_assert_null (self->run);
  /* Else it would be used after it has gone. */
  g_assert_false (self->ended_within);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  sync_test_init (&argc, &argv);
  ADD ("/ftp-sync/failure", NULL, test_failure);
  ADD ("/ftp-sync/changed-target", NULL, test_changed_target);
  ADD ("/ftp-sync/changed-deletion/local", GINT_TO_POINTER (TRUE), test_changed_deletion);
  ADD ("/ftp-sync/changed-deletion/remote", GINT_TO_POINTER (FALSE), test_changed_deletion);
  ADD ("/ftp-sync/walk-broken", NULL, test_walk_broken);
  ADD ("/ftp-sync/run-broken", NULL, test_run_broken);
  ADD ("/ftp-sync/cancel", NULL, test_cancel);
  ADD ("/ftp-sync/cancel-waiting", NULL, test_cancel_waiting);
  ADD ("/ftp-sync/cancel-paused", GINT_TO_POINTER (TRUE), test_cancel_waiting);
  return sync_test_run ();
}
