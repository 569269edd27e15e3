/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run of a sequence did. */
#include "tl-run-log.h"

#include "tl-quick-file.h"
#include "tl-list-bin.h"
#include "tl-log-follow.h"
#include "tl-message-text.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _TlRunLog
{
  AdwWindow             parent_instance;

  AdwToastOverlay      *toasts;
  AdwWindowTitle       *title;
  GtkScrolledWindow    *scrolled;
  GtkListView          *list;
  TlLogFollow          *follow;
  GtkFileChooserNative *chooser;

  TlSequenceRun        *run;
};

G_DEFINE_FINAL_TYPE (TlRunLog, tl_run_log, ADW_TYPE_WINDOW)

static void
show (TlRunLog *self)
{
  g_autofree char *progress = tl_sequence_run_describe (self->run);

  adw_window_title_set_subtitle (self->title, progress);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "run-log.stop", tl_sequence_run_is_running (self->run));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  TlRunEntry *entry = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *time = tl_message_text_time (tl_run_entry_get_time (entry));
  g_autofree char *said = tl_message_text_for_widget (label, tl_run_entry_get_text (entry));
  g_autofree char *text = tl_run_entry_get_step (entry) > 0
                        ? g_strdup_printf ("%s   %" G_GUINT64_FORMAT ".%u   %s", time, tl_run_entry_get_round (entry), tl_run_entry_get_step (entry), said)
                        : g_strdup_printf ("%s   %s", time, said);

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, said);
  if (tl_run_entry_get_failed (entry))
    gtk_widget_add_css_class (label, "error");
  else
    gtk_widget_remove_css_class (label, "error");
}

static void
say (TlRunLog   *self,
     const char *sentence)
{
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TlRunLog) self = user_data;
  g_autoptr (GError) error = NULL;
  const gboolean good = tl_quick_file_save_finish (result, &error);

  /* The window may have been closed meanwhile. */
  if (self->run)
    say (self, good ? _("The run log was exported") : error->message);
}

static void
response_cb (TlRunLog             *self,
             int                   response,
             GtkFileChooserNative *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file)
    {
      char *text = tl_sequence_run_dup_text (self->run);
      g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

      tl_quick_file_save_async (file, bytes, NULL, saved_cb, g_object_ref (self));
    }
  g_clear_object (&self->chooser);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TlRunLog *self = TL_RUN_LOG (widget);

  if (self->chooser)
    return;

  self->chooser = gtk_file_chooser_native_new (_("Export the Run Log"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "run-log.txt");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
stop_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  tl_sequence_run_stop (TL_RUN_LOG (widget)->run);
}

static void
tl_run_log_dispose (GObject *object)
{
  TlRunLog *self = TL_RUN_LOG (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->follow);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (tl_run_log_parent_class)->dispose (object);
}

static void
tl_run_log_class_init (TlRunLogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_run_log_dispose;
  g_type_ensure (TL_TYPE_LIST_BIN);
  gtk_widget_class_install_action (widget_class, "run-log.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "run-log.stop", NULL, stop_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-run-log.ui");
  gtk_widget_class_bind_template_child (widget_class, TlRunLog, toasts);
  gtk_widget_class_bind_template_child (widget_class, TlRunLog, title);
  gtk_widget_class_bind_template_child (widget_class, TlRunLog, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TlRunLog, list);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
}

static void
tl_run_log_init (TlRunLog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->follow = tl_log_follow_new (GTK_WIDGET (self->list), self->scrolled);
}

GtkWidget *
tl_run_log_new (TlSequenceRun *run,
                const char    *name)
{
  TlRunLog *self = g_object_new (TL_TYPE_RUN_LOG, NULL);
  g_autoptr (GtkNoSelection) model = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (tl_sequence_run_get_log (run))));

  self->run = g_object_ref (run);
  adw_window_title_set_title (self->title, *name ? name : _("Run Log"));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (model));
  /* How it ended is what is looked for first, and one that goes on is followed. */
  tl_log_follow_set_model (self->follow, G_LIST_MODEL (model));
  tl_log_follow_scroll_to_end (self->follow);
  g_signal_connect_object (run, "notify", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);

  return GTK_WIDGET (self);
}
