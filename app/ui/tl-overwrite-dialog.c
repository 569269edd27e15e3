/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question what to do with a target that is there already. */

#include "tl-overwrite-dialog.h"

#include "tl-ftp-text.h"
#include "tl-message-dialog.h"

#include <glib/gi18n-lib.h>

#define SHOWN "tl-overwrite-dialog"

typedef struct {
  TlTransferQueue *queue;
  TlTransfer      *transfer;
  GtkWidget       *for_all;
  GtkWidget       *newer;
  GtkWidget       *other_size;
  GtkWindow       *parent;     /* weak */
  gulong           state_id;
} Asking;

static void
asking_free (gpointer data,
             GClosure *closure)
{
  Asking *asking = data;

  g_clear_signal_handler (&asking->state_id, asking->transfer);
  g_clear_weak_pointer (&asking->parent);
  g_object_unref (asking->transfer);
  g_object_unref (asking->queue);
  g_free (asking);
}

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static char *
describe_size (gint64   size,
               gboolean larger)
{
  g_autofree char *text = NULL;

  if (size < 0)
    return g_strdup (_("size unknown"));
  text = g_format_size_full ((guint64) size, G_FORMAT_SIZE_LONG_FORMAT);
  return larger ? g_strdup_printf (_("%s (larger)"), text) : g_steal_pointer (&text);
}

static char *
describe_time (gint64   time,
               gboolean newer)
{
  g_autofree char *text = NULL;

  if (time < 0)
    return g_strdup (_("time unknown"));
  text = tl_ftp_text_time (time, TL_FTP_TIME_SECOND);
  return newer ? g_strdup_printf (_("%s (newer)"), text) : g_steal_pointer (&text);
}

static void
attach_side (GtkGrid    *grid,
             int         row,
             const char *title,
             gint64      size,
             gint64      other_size,
             gint64      time,
             gint64      other_time)
{
  gboolean larger = other_size >= 0 && size > other_size;
  gboolean newer = other_time >= 0 && time > other_time;
  g_autofree char *size_text = describe_size (size, larger);
  g_autofree char *time_text = describe_time (time, newer);
  GtkWidget *size_label = new_label (size_text, larger ? "accent" : NULL);
  GtkWidget *heading = new_label (title, "heading");

  gtk_widget_set_margin_top (heading, row > 0 ? 8 : 0);
  gtk_widget_set_margin_top (size_label, row > 0 ? 8 : 0);
  gtk_grid_attach (grid, heading, 0, row, 1, 1);
  gtk_grid_attach (grid, size_label, 1, row, 1, 1);
  gtk_grid_attach (grid, new_label (time_text, newer ? "accent" : NULL), 1, row + 1, 1, 1);
}

/* One of the two, or none: it is looked at for each, when it is for all. */
static GtkWidget *
new_conditions (Asking *asking)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  asking->newer = gtk_check_button_new_with_mnemonic (_("Replace only if _newer"));
  asking->other_size = gtk_check_button_new_with_mnemonic (_("Replace only if the si_ze differs"));
  g_object_bind_property (asking->newer, "active", asking->other_size, "sensitive", G_BINDING_INVERT_BOOLEAN);
  g_object_bind_property (asking->other_size, "active", asking->newer, "sensitive", G_BINDING_INVERT_BOOLEAN);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), asking->newer);
  gtk_box_append (GTK_BOX (box), asking->other_size);
  return box;
}

static GtkWidget *
new_comparison (const TlOverwriteQuestion *question,
                Asking                    *asking)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *grid = gtk_grid_new ();
  gboolean upload = tl_transfer_is_upload (question->transfer);
  GtkWidget *conditions;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_widget_set_halign (grid, GTK_ALIGN_CENTER);
  attach_side (GTK_GRID (grid), 0, upload ? _("File on this machine") : _("File on the server"),
               question->source_size, question->target_size, question->source_time, question->target_time);
  attach_side (GTK_GRID (grid), 2, upload ? _("There already, on the server") : _("There already, on this machine"),
               question->target_size, question->source_size, question->target_time, question->source_time);
  asking->for_all = gtk_check_button_new_with_mnemonic (_("The same for _all others"));
  gtk_widget_set_halign (asking->for_all, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), grid);
  conditions = new_conditions (asking);
  gtk_widget_set_visible (conditions, question->can_replace);
  gtk_box_append (GTK_BOX (box), conditions);
  gtk_box_append (GTK_BOX (box), asking->for_all);
  return box;
}

static TlOverwrite
answer_of (Asking     *asking,
           const char *response)
{
  if (g_str_equal (response, "replace") && gtk_check_button_get_active (GTK_CHECK_BUTTON (asking->newer)))
    return TL_OVERWRITE_NEWER;
  if (g_str_equal (response, "replace") && gtk_check_button_get_active (GTK_CHECK_BUTTON (asking->other_size)))
    return TL_OVERWRITE_OTHER_SIZE;
  if (g_str_equal (response, "replace"))
    return TL_OVERWRITE_REPLACE;
  if (g_str_equal (response, "resume"))
    return TL_OVERWRITE_RESUME;
  if (g_str_equal (response, "rename"))
    return TL_OVERWRITE_RENAME;
  return TL_OVERWRITE_SKIP;
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Asking           *asking)
{
  g_autoptr (TlTransferQueue) queue = g_object_ref (asking->queue);
  GtkWindow *parent = asking->parent;
  gboolean for_all = gtk_check_button_get_active (GTK_CHECK_BUTTON (asking->for_all));

  g_clear_signal_handler (&asking->state_id, asking->transfer);
  g_object_set_data (G_OBJECT (queue), SHOWN, NULL);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  /* Closing the window is no answer for the others. */
  if (!g_str_equal (response, "gone"))
    tl_transfer_queue_answer (queue, asking->transfer, answer_of (asking, response), for_all && !g_str_equal (response, "close"));
  if (parent != NULL)
    tl_overwrite_dialog_present (queue, parent);
}

/* It was cancelled, or answered elsewhere. */
static void
state_cb (AdwMessageDialog *dialog)
{
  adw_message_dialog_response (dialog, "gone");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
add_responses (AdwMessageDialog          *dialog,
               const TlOverwriteQuestion *question)
{
  adw_message_dialog_add_response (dialog, "skip", _("_Skip"));
  adw_message_dialog_add_response (dialog, "rename", _("Keep _Both"));
  if (question->can_resume)
    adw_message_dialog_add_response (dialog, "resume", _("_Continue It"));
  if (question->can_replace)
    {
      adw_message_dialog_add_response (dialog, "replace", _("_Replace"));
      adw_message_dialog_set_response_appearance (dialog, "replace", ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_set_default_response (dialog, "skip");
  adw_message_dialog_set_close_response (dialog, "close");
}

GtkWindow *
tl_overwrite_dialog_present (TlTransferQueue *queue,
                             GtkWindow       *parent)
{
  const TlOverwriteQuestion *question;
  g_autofree char *heading = NULL;
  GtkWidget *dialog;
  Asking *asking;

  g_return_val_if_fail (TL_IS_TRANSFER_QUEUE (queue), NULL);
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  question = tl_transfer_queue_get_question (queue);
  if (question == NULL || g_object_get_data (G_OBJECT (queue), SHOWN) != NULL)
    return NULL;

  if (question->can_replace)
    heading = g_strdup_printf (_("“%s” is there already"), tl_transfer_get_name (question->transfer));
  else
    heading = g_strdup_printf (_("A folder “%s” is there already"), tl_transfer_get_name (question->transfer));
  dialog = adw_message_dialog_new (parent, heading, NULL);
  asking = g_new0 (Asking, 1);
  asking->queue = g_object_ref (queue);
  asking->transfer = g_object_ref (question->transfer);
  g_set_weak_pointer (&asking->parent, parent);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), new_comparison (question, asking));
  add_responses (ADW_MESSAGE_DIALOG (dialog), question);
  asking->state_id = g_signal_connect_object (asking->transfer, "notify::state", G_CALLBACK (state_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), asking, asking_free, 0);
  g_object_set_data (G_OBJECT (queue), SHOWN, dialog);
  tl_message_dialog_present (ADW_MESSAGE_DIALOG (dialog));
  return GTK_WINDOW (dialog);
}
