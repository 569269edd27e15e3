/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of a file that is sent. */
#include "tl-file-row.h"

#include <glib/gi18n-lib.h>

struct _TlFileRow
{
  TlJobRow      parent_instance;

  TlFileSend   *send;
  GCancellable *cancellable;
  gboolean      started;
};

G_DEFINE_FINAL_TYPE (TlFileRow, tl_file_row, TL_TYPE_JOB_ROW)

static void
tl_file_row_refresh (TlJobRow *row)
{
  TlFileRow *self = TL_FILE_ROW (row);
  guint64 done;
  guint64 size;
  double fraction;
  g_autofree char *done_text = NULL;
  g_autofree char *size_text = NULL;
  g_autofree char *detail = NULL;

  if (!tl_job_row_get_running (row))
    return;

  g_object_get (self->send, "done", &done, "size", &size, "fraction", &fraction, NULL);
  done_text = g_format_size (done);
  size_text = g_format_size (size);
  /* Translators: two sizes or numbers: “1.2 MB of 3 MB”, “3 of 10” */
  detail = g_strdup_printf (_("%s of %s"), done_text, size_text);
  tl_job_row_set_detail (row, detail);
  tl_job_row_set_fraction (row, fraction);
}

static void
end (TlFileRow  *self,
     const char *detail,
     const char *problem)
{
  TlJobRow *row = TL_JOB_ROW (self);

  tl_job_row_set_detail (row, detail);
  tl_job_row_set_problem (row, problem);
  tl_job_row_set_fraction (row, -1);
  tl_job_row_set_running (row, FALSE);
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (TlFileRow) self = TL_FILE_ROW (data);
  g_autoptr (GError) error = NULL;
  gboolean good = tl_file_send_run_finish (TL_FILE_SEND (source), result, &error);
  guint64 done;
  g_autofree char *size = NULL;
  g_autofree char *detail = NULL;

  /* The row has gone. */
  if (!self->send)
    return;

  g_object_get (self->send, "done", &done, NULL);
  size = g_format_size (done);
  if (good)
    detail = g_strdup_printf (_("The whole file was sent: %s"), size);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    detail = g_strdup_printf (_("Stopped after %s"), size);
  else
    detail = g_strdup_printf (_("Ended after %s"), size);

  end (self, detail, good || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? NULL : error->message);
}

static void
tl_file_row_stop (TlJobRow *row)
{
  TlFileRow *self = TL_FILE_ROW (row);

  g_cancellable_cancel (self->cancellable);
  if (!self->started && tl_job_row_get_running (row))
    end (self, _("Stopped before it began"), NULL);
}

static void
tl_file_row_dispose (GObject *object)
{
  TlFileRow *self = TL_FILE_ROW (object);

  if (self->send)
    g_signal_handlers_disconnect_by_data (self->send, self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->send);

  G_OBJECT_CLASS (tl_file_row_parent_class)->dispose (object);
}

static void
tl_file_row_finalize (GObject *object)
{
  g_clear_object (&TL_FILE_ROW (object)->cancellable);

  G_OBJECT_CLASS (tl_file_row_parent_class)->finalize (object);
}

static void
tl_file_row_class_init (TlFileRowClass *class)
{
  G_OBJECT_CLASS (class)->dispose = tl_file_row_dispose;
  G_OBJECT_CLASS (class)->finalize = tl_file_row_finalize;
  TL_JOB_ROW_CLASS (class)->stop = tl_file_row_stop;
  TL_JOB_ROW_CLASS (class)->refresh = tl_file_row_refresh;
}

static void
tl_file_row_init (TlFileRow *self)
{
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
tl_file_row_new (TlFileSend *send)
{
  TlFileRow *self = g_object_new (TL_TYPE_FILE_ROW, NULL);
  g_autofree char *name = NULL;

  self->send = g_object_ref (send);
  g_object_get (send, "name", &name, NULL);
  tl_job_row_set_title (TL_JOB_ROW (self), "text-x-generic-symbolic", name ? name : "");
  tl_job_row_set_detail (TL_JOB_ROW (self), _("Waits for the file before it"));
  g_signal_connect_swapped (send, "notify", G_CALLBACK (tl_job_row_touch), self);
  tl_job_row_set_running (TL_JOB_ROW (self), TRUE);

  return GTK_WIDGET (self);
}

void
tl_file_row_start (TlFileRow *self)
{
  g_return_if_fail (tl_file_row_is_waiting (self));

  self->started = TRUE;
  tl_file_row_refresh (TL_JOB_ROW (self));
  tl_file_send_run_async (self->send, self->cancellable, run_cb, g_object_ref (self));
}

gboolean
tl_file_row_is_waiting (TlFileRow *self)
{
  g_return_val_if_fail (TL_IS_FILE_ROW (self), FALSE);

  return !self->started && tl_job_row_get_running (TL_JOB_ROW (self));
}
