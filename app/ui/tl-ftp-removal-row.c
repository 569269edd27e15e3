/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of files of a server that are being deleted. */

#include "tl-ftp-removal-row.h"

#include "tl-ftp-failures.h"
#include "tl-ftp-text.h"

#include <glib/gi18n-lib.h>

struct _TlFtpRemovalRow
{
  TlJobRow      parent_instance;

  TlFtpRemoval *removal;
  TlFtpBrowser *browser;
  GCancellable *cancellable;
  gboolean      problem;
};

enum {
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFtpRemovalRow, tl_ftp_removal_row, TL_TYPE_JOB_ROW)

static char *
dup_path_text (TlFtpRemovalRow *self,
               GBytes          *path)
{
  TlCharset guess;

  g_object_get (tl_ftp_browser_get_directory (self->browser), "guess", &guess, NULL);
  return tl_ftp_text_path (path, tl_ftp_browser_get_charset (self->browser), guess);
}

static void
tl_ftp_removal_row_refresh (TlJobRow *row)
{
  TlFtpRemovalRow *self = TL_FTP_REMOVAL_ROW (row);
  guint n_over = tl_ftp_removal_get_n_over (self->removal);
  guint n_found = tl_ftp_removal_get_n_found (self->removal);
  guint n_failed = tl_ftp_removal_get_n_failed (self->removal);
  GBytes *current = tl_ftp_removal_get_current (self->removal);
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;
  g_autofree char *failed = NULL;

  if (!tl_job_row_get_running (row))
    return;
  name = current ? dup_path_text (self, current) : g_strdup ("");
  title = g_strdup_printf (_("Deleting: %u of %u"), n_over, n_found);
  if (n_failed > 0)
    failed = g_strdup_printf (ngettext ("%u could not be deleted", "%u could not be deleted", n_failed), n_failed);
  tl_job_row_set_title (row, "user-trash-symbolic", title);
  tl_job_row_set_detail (row, name);
  tl_job_row_set_problem (row, failed);
  tl_job_row_set_fraction (row, n_found > 0 ? (double) n_over / n_found : 0);
}

/* "3 items were deleted", and what else there is to say. */
static char *
make_sentence (TlFtpRemovalRow *self,
               const GError    *error)
{
  guint n_removed = tl_ftp_removal_get_n_removed (self->removal);
  guint n_failed = tl_ftp_removal_get_n_failed (self->removal);
  g_autofree char *removed = g_strdup_printf (ngettext ("%u item was deleted.", "%u items were deleted.", n_removed), n_removed);
  g_autofree char *failed = g_strdup_printf (ngettext ("%u could not be deleted.", "%u could not be deleted.", n_failed), n_failed);
  const char *why = !error ? NULL : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? _("It was stopped; the rest is still there.") : error->message;
  g_autoptr (GString) text = g_string_new (removed);

  if (n_failed > 0)
    g_string_append_printf (text, " %s", failed);
  if (why)
    g_string_append_printf (text, " %s", why);

  return g_strdup (text->str);
}

static void
show_failures_cb (TlFtpRemovalRow *self)
{
  tl_ftp_removal_row_show_failures (self);
}

static void
end (TlFtpRemovalRow *self,
     const GError    *error)
{
  TlJobRow *row = TL_JOB_ROW (self);
  GPtrArray *failures = tl_ftp_removal_get_failures (self->removal);
  g_autofree char *sentence = make_sentence (self, error);
  const char *first = failures->len > 0 ? ((TlFtpRemovalFailure *) g_ptr_array_index (failures, 0))->message : NULL;

  self->problem = failures->len > 0 || (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  tl_job_row_set_title (row, self->problem ? "dialog-warning-symbolic" : "user-trash-symbolic", _("Deleting has ended"));
  tl_job_row_set_detail (row, sentence);
  tl_job_row_set_problem (row, first);
  tl_job_row_set_fraction (row, -1);
  if (failures->len > 0)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_("_Which and Why…"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_object (button, "clicked", G_CALLBACK (show_failures_cb), self, G_CONNECT_SWAPPED);
      tl_job_row_add_button (row, button);
    }
  tl_job_row_set_running (row, FALSE);
  g_signal_emit (self, signals[ENDED], 0, sentence);
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (TlFtpRemovalRow) self = data;
  g_autoptr (GError) error = NULL;

  tl_ftp_removal_run_finish (TL_FTP_REMOVAL (source), result, &error);
  /* Else the row has gone. */
  if (self->removal)
    end (self, error);
}

static void
tl_ftp_removal_row_stop (TlJobRow *row)
{
  g_cancellable_cancel (TL_FTP_REMOVAL_ROW (row)->cancellable);
}

static void
tl_ftp_removal_row_dispose (GObject *object)
{
  TlFtpRemovalRow *self = TL_FTP_REMOVAL_ROW (object);

  if (self->removal)
    g_signal_handlers_disconnect_by_data (self->removal, self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->removal);
  g_clear_object (&self->browser);

  G_OBJECT_CLASS (tl_ftp_removal_row_parent_class)->dispose (object);
}

static void
tl_ftp_removal_row_finalize (GObject *object)
{
  g_clear_object (&TL_FTP_REMOVAL_ROW (object)->cancellable);

  G_OBJECT_CLASS (tl_ftp_removal_row_parent_class)->finalize (object);
}

static void
tl_ftp_removal_row_class_init (TlFtpRemovalRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_ftp_removal_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = tl_ftp_removal_row_finalize;
  TL_JOB_ROW_CLASS (klass)->stop = tl_ftp_removal_row_stop;
  TL_JOB_ROW_CLASS (klass)->refresh = tl_ftp_removal_row_refresh;

  signals[ENDED] = g_signal_new ("ended", TL_TYPE_FTP_REMOVAL_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tl_ftp_removal_row_init (TlFtpRemovalRow *self)
{
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
tl_ftp_removal_row_new (TlFtpRemoval *removal,
                        TlFtpBrowser *browser)
{
  TlFtpRemovalRow *self;

  g_return_val_if_fail (TL_IS_FTP_REMOVAL (removal), NULL);
  g_return_val_if_fail (TL_IS_FTP_BROWSER (browser), NULL);

  self = g_object_new (TL_TYPE_FTP_REMOVAL_ROW, NULL);
  self->removal = g_object_ref (removal);
  self->browser = g_object_ref (browser);
  tl_job_row_set_running (TL_JOB_ROW (self), TRUE);
  tl_ftp_removal_row_refresh (TL_JOB_ROW (self));
  g_signal_connect_swapped (removal, "notify", G_CALLBACK (tl_job_row_touch), self);
  tl_ftp_removal_run_async (removal, self->cancellable, run_cb, g_object_ref_sink (self));

  return GTK_WIDGET (self);
}

TlFtpRemoval *
tl_ftp_removal_row_get_removal (TlFtpRemovalRow *self)
{
  g_return_val_if_fail (TL_IS_FTP_REMOVAL_ROW (self), NULL);

  return self->removal;
}

gboolean
tl_ftp_removal_row_has_problem (TlFtpRemovalRow *self)
{
  g_return_val_if_fail (TL_IS_FTP_REMOVAL_ROW (self), FALSE);

  return self->problem;
}

GtkWidget *
tl_ftp_removal_row_show_failures (TlFtpRemovalRow *self)
{
  GPtrArray *failures;
  g_autoptr (GListStore) rows = NULL;
  guint n_more;

  g_return_val_if_fail (TL_IS_FTP_REMOVAL_ROW (self), NULL);

  failures = tl_ftp_removal_get_failures (self->removal);
  n_more = tl_ftp_removal_get_n_failed (self->removal) - failures->len;
  rows = g_list_store_new (TL_TYPE_FTP_FAILURE);
  for (guint i = 0; i < failures->len; i++)
    {
      const TlFtpRemovalFailure *failure = g_ptr_array_index (failures, i);
      g_autofree char *name = dup_path_text (self, failure->path);
      g_autoptr (TlFtpFailure) row = tl_ftp_failure_new (name, failure->message);

      g_list_store_append (rows, row);
    }

  return tl_ftp_failures_show (GTK_WIDGET (self), _("Not Deleted"), G_LIST_MODEL (rows), n_more);
}
