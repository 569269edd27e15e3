/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of a file of a server that is being edited. */

#include "tl-ftp-edit-row.h"

#include "tl-ftp-edit-dialogs.h"
#include "tl-ftp-page.h"

#include <glib/gi18n-lib.h>

struct _TlFtpEditRow
{
  GtkListBoxRow   parent_instance;

  GtkLabel       *title;
  GtkProgressBar *progress;
  GtkLabel       *detail;
  GtkLabel       *problem;
  GtkWidget      *upload;
  GtkWidget      *open;
  GtkWidget      *save_as;

  TlFtpEdit      *edit;
  char           *place;
  GtkWidget      *dialog;   /* weak: what is being asked */
};

enum {
  OPEN,
  DISMISS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFtpEditRow, tl_ftp_edit_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
get_state_text (TlFtpEditState state)
{
  switch (state)
    {
    case TL_FTP_EDIT_FETCHING:
      return _("Downloading for editing…");
    case TL_FTP_EDIT_OPEN:
      return _("Being edited; what is saved is on the server");
    case TL_FTP_EDIT_CHANGED:
      return _("Saved here, not uploaded yet");
    case TL_FTP_EDIT_SENDING:
      return _("Uploading what was saved…");
    case TL_FTP_EDIT_CONFLICT:
      return _("Saved here; the file on the server was changed meanwhile");
    case TL_FTP_EDIT_FAILED:
      return _("Could not be downloaded for editing");
    case TL_FTP_EDIT_ENDED:
    default:
      return "";
    }
}

static void
refresh (TlFtpEditRow *self)
{
  TlFtpEditState state = tl_ftp_edit_get_state (self->edit);
  g_autofree char *error = NULL;
  g_autofree char *note = NULL;
  g_autofree char *title = NULL;
  double fraction;

  g_object_get (self->edit, "error", &error, "note", &note, "fraction", &fraction, NULL);
  /* Translators: a file that is edited, and in which state it is */
  title = g_strdup_printf (_("%s: %s"), tl_ftp_edit_get_name (self->edit), get_state_text (state));
  gtk_label_set_label (self->title, title);
  if (state == TL_FTP_EDIT_OPEN && note)
    {
      g_autofree char *detail = g_strdup_printf ("%s · %s", self->place, note);

      gtk_label_set_label (self->detail, detail);
    }
  else
    gtk_label_set_label (self->detail, self->place);
  gtk_label_set_label (self->problem, error ? error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), fraction >= 0);
  gtk_progress_bar_set_fraction (self->progress, MAX (fraction, 0));
  gtk_widget_set_sensitive (self->upload, state == TL_FTP_EDIT_OPEN || tl_ftp_edit_is_unsaved (self->edit));
  gtk_widget_set_sensitive (self->open, tl_ftp_edit_get_copy (self->edit) != NULL);
  gtk_widget_set_sensitive (self->save_as, tl_ftp_edit_get_copy (self->edit) != NULL);
}

/* One at a time. */
static void
set_dialog (TlFtpEditRow *self,
            GtkWidget    *dialog)
{
  g_set_weak_pointer (&self->dialog, dialog);
}

static gboolean
is_asking (TlFtpEditRow *self)
{
  return self->dialog && gtk_widget_get_visible (self->dialog);
}

static void
changed_cb (TlFtpEditRow *self)
{
  if (!is_asking (self))
    set_dialog (self, tl_ftp_edit_dialogs_ask_upload (GTK_WIDGET (self), self->edit, self->place));
}

static void
conflict_cb (TlFtpEditRow *self)
{
  if (is_asking (self))
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  set_dialog (self, tl_ftp_edit_dialogs_ask_conflict (GTK_WIDGET (self), self->edit, self->place));
}

static void
opened_cb (TlFtpEditRow *self)
{
  g_signal_emit (self, signals[OPEN], 0);
}

static void
open_cb (TlFtpEditRow *self)
{
  g_signal_emit (self, signals[OPEN], 0);
}

static void
upload_cb (TlFtpEditRow *self)
{
  if (tl_ftp_edit_get_state (self->edit) == TL_FTP_EDIT_CONFLICT)
    conflict_cb (self);
  else
    tl_ftp_edit_upload (self->edit);
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (TlFtpEditRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), TL_TYPE_FTP_PAGE);

  if (g_file_copy_finish (G_FILE (source), result, &error))
    text = g_strdup_printf (_("“%s” was saved on this computer."), tl_ftp_edit_get_name (self->edit));
  else
    text = g_strdup_printf (_("“%s” could not be saved (%s)."), tl_ftp_edit_get_name (self->edit), error->message);
  if (page)
    tl_ftp_page_toast (TL_FTP_PAGE (page), text);
}

void
tl_ftp_edit_row_save_as (TlFtpEditRow *self,
                         GFile        *file)
{
  g_return_if_fail (TL_IS_FTP_EDIT_ROW (self));

  /* Whether a file that is there shall go was asked by the dialog. */
  g_file_copy_async (tl_ftp_edit_get_copy (self->edit), file, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, G_PRIORITY_DEFAULT, NULL, NULL, NULL,
                     copied_cb, g_object_ref (self));
}

static void
file_chosen_cb (GtkFileChooserNative *chooser,
                int                   response,
                TlFtpEditRow         *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  if (file && tl_ftp_edit_get_copy (self->edit))
    tl_ftp_edit_row_save_as (self, file);
  g_object_unref (chooser);
}

static void
save_as_cb (TlFtpEditRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save What Was Edited"), GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), tl_ftp_edit_get_name (self->edit));
  g_signal_connect_object (chooser, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
end_response_cb (TlFtpEditRow *self,
                 const char   *response)
{
  if (!g_str_equal (response, "end"))
    return;
  tl_ftp_edit_end (self->edit);
  g_signal_emit (self, signals[DISMISS], 0);
}

static void
end_cb (TlFtpEditRow *self)
{
  if (!tl_ftp_edit_is_unsaved (self->edit))
    {
      g_signal_emit (self, signals[DISMISS], 0);
      return;
    }
  if (is_asking (self))
    return;
  set_dialog (self, tl_ftp_edit_dialogs_ask_end (GTK_WIDGET (self), self->edit));
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (end_response_cb), self, G_CONNECT_SWAPPED);
}

static void
tl_ftp_edit_row_dispose (GObject *object)
{
  TlFtpEditRow *self = TL_FTP_EDIT_ROW (object);

  if (self->edit)
    {
      g_signal_handlers_disconnect_by_data (self->edit, self);
      /* What was not sent, or was saved a moment ago, is there another time. */
      tl_ftp_edit_leave (self->edit);
    }
  if (is_asking (self))
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_clear_weak_pointer (&self->dialog);
  g_clear_object (&self->edit);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);

  G_OBJECT_CLASS (tl_ftp_edit_row_parent_class)->dispose (object);
}

static void
tl_ftp_edit_row_finalize (GObject *object)
{
  g_free (TL_FTP_EDIT_ROW (object)->place);

  G_OBJECT_CLASS (tl_ftp_edit_row_parent_class)->finalize (object);
}

static void
tl_ftp_edit_row_class_init (TlFtpEditRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_ftp_edit_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = tl_ftp_edit_row_finalize;

  signals[OPEN] = g_signal_new ("open", TL_TYPE_FTP_EDIT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DISMISS] = g_signal_new ("dismiss", TL_TYPE_FTP_EDIT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-edit-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFtpEditRow, title);
  gtk_widget_class_bind_template_child (widget_class, TlFtpEditRow, progress);
  gtk_widget_class_bind_template_child (widget_class, TlFtpEditRow, detail);
  gtk_widget_class_bind_template_child (widget_class, TlFtpEditRow, problem);
  gtk_widget_class_bind_template_child (widget_class, TlFtpEditRow, upload);
  gtk_widget_class_bind_template_child (widget_class, TlFtpEditRow, open);
  gtk_widget_class_bind_template_child (widget_class, TlFtpEditRow, save_as);
  gtk_widget_class_bind_template_callback (widget_class, upload_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_as_cb);
  gtk_widget_class_bind_template_callback (widget_class, end_cb);
}

static void
tl_ftp_edit_row_init (TlFtpEditRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_ftp_edit_row_new (TlFtpEdit  *edit,
                     const char *place)
{
  TlFtpEditRow *self;

  g_return_val_if_fail (TL_IS_FTP_EDIT (edit), NULL);

  self = g_object_new (TL_TYPE_FTP_EDIT_ROW, NULL);
  self->edit = g_object_ref (edit);
  self->place = g_strdup (place);
  g_signal_connect_swapped (edit, "notify", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (edit, "opened", G_CALLBACK (opened_cb), self);
  g_signal_connect_swapped (edit, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (edit, "conflict", G_CALLBACK (conflict_cb), self);
  if (!tl_ftp_edit_get_copy (edit))
    tl_ftp_edit_begin (edit);
  refresh (self);
  return GTK_WIDGET (self);
}

TlFtpEdit *
tl_ftp_edit_row_get_edit (TlFtpEditRow *self)
{
  g_return_val_if_fail (TL_IS_FTP_EDIT_ROW (self), NULL);

  return self->edit;
}

void
tl_ftp_edit_row_set_place (TlFtpEditRow *self,
                           const char   *place)
{
  g_return_if_fail (TL_IS_FTP_EDIT_ROW (self));

  g_free (self->place);
  self->place = g_strdup (place);
  refresh (self);
}
