/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of folders that are being synchronised. */

#include "tl-ftp-sync-run-row.h"

#include "tl-ftp-compare.h"
#include "tl-ftp-failures.h"

#include <glib/gi18n-lib.h>

struct _TlFtpSyncRunRow
{
  TlJobRow      parent_instance;

  TlFtpSyncRun *run;
  GCancellable *cancellable;
  gboolean      problem;
};

static guint ended_signal;

G_DEFINE_FINAL_TYPE (TlFtpSyncRunRow, tl_ftp_sync_run_row, TL_TYPE_JOB_ROW)

/* Of what there is none is not spoken. */
static char *
dup_counts (const TlFtpSyncProgress *progress)
{
  GString *text = g_string_new (NULL);

  tl_ftp_append_count (text, _("Downloaded"), progress->n_downloaded);
  tl_ftp_append_count (text, _("Uploaded"), progress->n_uploaded);
  tl_ftp_append_count (text, _("Folders made"), progress->n_made);
  tl_ftp_append_count (text, _("Deleted"), progress->n_deleted);
  tl_ftp_append_count (text, C_("transfer", "Skipped"), progress->n_skipped);
  tl_ftp_append_count (text, C_("transfer", "Failed"), progress->n_failed);
  tl_ftp_append_count (text, _("Not deleted, because something failed"), progress->n_kept);
  tl_ftp_append_count (text, _("Kept, because of changes since the comparison"), progress->n_changed);
  if (text->len == 0)
    g_string_append (text, _("Nothing was done yet"));
  return g_string_free (text, FALSE);
}

static void
tl_ftp_sync_run_row_refresh (TlJobRow *row)
{
  TlFtpSyncRunRow *self = TL_FTP_SYNC_RUN_ROW (row);
  const TlFtpSyncProgress *progress;
  g_autofree char *title = NULL;
  g_autofree char *counts = NULL;

  if (!tl_job_row_get_running (row) || !self->run)
    return;
  progress = tl_ftp_sync_run_get_progress (self->run);
  title = g_strdup_printf (_("Synchronising: %u of %u"), progress->n_over, progress->n_all);
  counts = dup_counts (progress);
  tl_job_row_set_title (row, "emblem-synchronizing-symbolic", title);
  tl_job_row_set_detail (row, counts);
  tl_job_row_set_fraction (row, progress->n_all > 0 ? (double) progress->n_over / progress->n_all : 0);
}

static void
show_failures_cb (TlFtpSyncRunRow *self)
{
  GPtrArray *failures = tl_ftp_sync_run_get_failures (self->run);
  g_autoptr (GListStore) rows = g_list_store_new (TL_TYPE_FTP_FAILURE);

  for (guint i = 0; i < failures->len; i++)
    {
      const TlFtpSyncFailure *failure = failures->pdata[i];
      g_autoptr (TlFtpFailure) row = tl_ftp_failure_new (failure->path, failure->message);

      g_list_store_append (rows, row);
    }
  tl_ftp_failures_show (GTK_WIDGET (self), _("Not Synchronised"), G_LIST_MODEL (rows),
                        tl_ftp_sync_run_get_progress (self->run)->n_noted - failures->len);
}

static void
end (TlFtpSyncRunRow *self,
     const GError    *error)
{
  TlJobRow *row = TL_JOB_ROW (self);
  GPtrArray *failures = tl_ftp_sync_run_get_failures (self->run);
  const TlFtpSyncFailure *first = failures->len > 0 ? failures->pdata[0] : NULL;
  g_autofree char *counts = dup_counts (tl_ftp_sync_run_get_progress (self->run));
  g_autofree char *sentence = error ? g_strdup_printf ("%s %s", counts, _("It was stopped.")) : g_strdup (counts);
  g_autofree char *problem = first ? g_strdup_printf (_("%s: %s"), first->path, first->message) : NULL;

  self->problem = first != NULL;
  tl_job_row_set_title (row, self->problem ? "dialog-warning-symbolic" : "emblem-ok-symbolic", _("Synchronising has ended"));
  tl_job_row_set_detail (row, sentence);
  tl_job_row_set_problem (row, problem);
  tl_job_row_set_fraction (row, -1);
  if (self->problem)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_("_Which and Why…"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_object (button, "clicked", G_CALLBACK (show_failures_cb), self, G_CONNECT_SWAPPED);
      tl_job_row_add_button (row, button);
    }
  tl_job_row_set_running (row, FALSE);
  g_signal_emit (self, ended_signal, 0, sentence);
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (TlFtpSyncRunRow) self = data;
  g_autoptr (GError) error = NULL;

  tl_ftp_sync_run_finish (TL_FTP_SYNC_RUN (source), result, &error);
  /* Else the row has gone. */
  if (self->run)
    end (self, error);
}

static void
tl_ftp_sync_run_row_stop (TlJobRow *row)
{
  g_cancellable_cancel (TL_FTP_SYNC_RUN_ROW (row)->cancellable);
}

static void
tl_ftp_sync_run_row_dispose (GObject *object)
{
  TlFtpSyncRunRow *self = TL_FTP_SYNC_RUN_ROW (object);

  if (self->run)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (tl_ftp_sync_run_row_parent_class)->dispose (object);
}

static void
tl_ftp_sync_run_row_finalize (GObject *object)
{
  g_clear_object (&TL_FTP_SYNC_RUN_ROW (object)->cancellable);

  G_OBJECT_CLASS (tl_ftp_sync_run_row_parent_class)->finalize (object);
}

static void
tl_ftp_sync_run_row_class_init (TlFtpSyncRunRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_ftp_sync_run_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = tl_ftp_sync_run_row_finalize;
  TL_JOB_ROW_CLASS (klass)->stop = tl_ftp_sync_run_row_stop;
  TL_JOB_ROW_CLASS (klass)->refresh = tl_ftp_sync_run_row_refresh;

  ended_signal = g_signal_new ("ended", TL_TYPE_FTP_SYNC_RUN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tl_ftp_sync_run_row_init (TlFtpSyncRunRow *self)
{
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
tl_ftp_sync_run_row_new (TlFtpSyncRun *run)
{
  TlFtpSyncRunRow *self = g_object_new (TL_TYPE_FTP_SYNC_RUN_ROW, NULL);

  self->run = g_object_ref (run);
  tl_job_row_set_running (TL_JOB_ROW (self), TRUE);
  tl_ftp_sync_run_row_refresh (TL_JOB_ROW (self));
  g_signal_connect_swapped (run, "changed", G_CALLBACK (tl_job_row_touch), self);
  tl_ftp_sync_run_async (run, self->cancellable, run_cb, g_object_ref_sink (self));

  return GTK_WIDGET (self);
}

gboolean
tl_ftp_sync_run_row_has_problem (TlFtpSyncRunRow *self)
{
  g_return_val_if_fail (TL_IS_FTP_SYNC_RUN_ROW (self), FALSE);

  return self->problem;
}
