/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quick sends beside a session. */
#include "tl-quick-pane-private.h"

#include "tl-composer-text.h"
#include "tl-edge-scroll.h"
#include "tl-quick-dialog.h"
#include "tl-quick-home.h"
#include "tl-quick-row.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

/* Longer than a toast that only says something. */
#define UNDO_SECONDS 12

G_DEFINE_FINAL_TYPE (TlQuickPane, tl_quick_pane, GTK_TYPE_WIDGET)

/* (transfer full) @toast. */
static void
show_toast (TlQuickPane *self,
            AdwToast    *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast);
}

void
tl_quick_pane_say (TlQuickPane *self,
                   const char  *sentence)
{
  g_autofree char *escaped = NULL;

  /* Where it can be seen it stays until something else is done. */
  gtk_label_set_label (self->said, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->said), *sentence != '\0');
  if (*sentence == '\0' || gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  /* Toasts take markup; a sentence may quote what somebody typed. */
  escaped = g_markup_escape_text (sentence, -1);
  show_toast (self, adw_toast_new (escaped));
}

void
tl_quick_pane_offer_undo (TlQuickPane    *self,
                          const char     *name,
                          GCallback       undo,
                          gpointer        data,
                          GClosureNotify  data_free)
{
  g_autofree char *escaped = g_markup_escape_text (name, -1);
  g_autofree char *title = g_strdup_printf (_("“%s” was deleted"), escaped);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", undo, data, data_free, 0);
  show_toast (self, toast);
}

static void
send_now (TlQuickPane *self,
          TlQuickSend *send)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  guint n_sent;

  tl_quick_pane_say (self, "");
  if (tl_quick_send_get_error (send))
    {
      tl_quick_pane_say (self, tl_quick_send_get_error (send));
      return;
    }

  n_sent = tl_quick_runner_send (self->runner, tl_quick_send_get_maker (send), &error);
  if (!error)
    return;

  sentence = tl_composer_describe_refusal (n_sent, error);
  tl_quick_pane_say (self, sentence);
}

static void
edit_cb (TlQuickPane *self,
         TlQuickRow  *row)
{
  tl_quick_pane_edit (self, tl_quick_row_get_send (row));
}

typedef struct {
  TlQuickSends *sends;
  TlQuickSend  *send;
  guint         place;
} Removal;

static void
removal_free (gpointer  data,
              GClosure *closure)
{
  Removal *removal = data;

  g_object_unref (removal->sends);
  g_object_unref (removal->send);
  g_free (removal);
}

static void
undo_cb (AdwToast *toast,
         gpointer  user_data)
{
  Removal *removal = user_data;

  if (!tl_quick_sends_has (removal->sends, removal->send))
    tl_quick_sends_insert (removal->sends, removal->send, removal->place);
}

static void
remove_cb (TlQuickPane *self,
           TlQuickRow  *row)
{
  Removal *removal = g_new0 (Removal, 1);

  removal->sends = g_object_ref (self->sends);
  removal->send = g_object_ref (tl_quick_row_get_send (row));
  /* What is no more is not sent on. */
  tl_quick_runner_stop (self->runner, removal->send);
  removal->place = tl_quick_sends_remove (self->sends, removal->send);
  tl_quick_pane_offer_undo (self, tl_quick_send_get_name (removal->send), G_CALLBACK (undo_cb), removal, removal_free);
}

GtkWidget *
tl_quick_pane_make_row (gpointer item,
                        gpointer user_data)
{
  TlQuickPane *self = user_data;
  GtkWidget *row = tl_quick_row_new (self->sends, self->runner, item);

  g_signal_connect_object (row, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "problem", G_CALLBACK (tl_quick_pane_say), self, G_CONNECT_SWAPPED);

  return row;
}

void
tl_quick_pane_activated (TlQuickPane   *self,
                         GtkListBoxRow *row)
{
  send_now (self, tl_quick_row_get_send (TL_QUICK_ROW (row)));
}

static void
running_cb (TlQuickPane *self)
{
  gtk_widget_set_visible (self->stop_all, tl_quick_runner_get_n_running (self->runner) > 0);
}

static void
send_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlQuickPane *self = TL_QUICK_PANE (widget);
  const guint digit = (guint) (name[sizeof "quick.send-" - 1] - '0');
  TlQuickSend *send = tl_quick_sends_find_shortcut (self->sends, digit);
  g_autofree char *sentence = NULL;

  if (send)
    {
      send_now (self, send);
      return;
    }

  sentence = g_strdup_printf (_("No quick send has the shortcut Ctrl+%u."), digit);
  tl_quick_pane_say (self, sentence);
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  tl_quick_pane_edit (TL_QUICK_PANE (widget), NULL);
}

static void
stop_all_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  tl_quick_runner_stop_all (TL_QUICK_PANE (widget)->runner);
}

static void
tl_quick_pane_map (GtkWidget *widget)
{
  g_autofree char *problem = tl_quick_store_take_problem (tl_quick_home_get_store ());

  GTK_WIDGET_CLASS (tl_quick_pane_parent_class)->map (widget);
  if (problem)
    tl_quick_pane_say (TL_QUICK_PANE (widget), problem);
  tl_quick_pane_show_groups (TL_QUICK_PANE (widget));
}

static void
tl_quick_pane_dispose (GObject *object)
{
  TlQuickPane *self = TL_QUICK_PANE (object);

  if (self->runner)
    tl_quick_runner_stop_all (self->runner);
  if (self->dialog)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_clear_weak_pointer (&self->dialog);
  g_clear_object (&self->chooser);
  g_clear_handle_id (&self->show_source, g_source_remove);
  g_clear_pointer (&self->needle, g_free);
  tl_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->runner);
  g_clear_object (&self->sends);

  G_OBJECT_CLASS (tl_quick_pane_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  for (char digit = '1'; digit <= '9'; digit++)
    {
      const char name[] = { 'q', 'u', 'i', 'c', 'k', '.', 's', 'e', 'n', 'd', '-', digit, '\0' };

      gtk_widget_class_install_action (widget_class, g_intern_string (name), NULL, send_action);
    }
  gtk_widget_class_install_action (widget_class, "quick.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "quick.add-sequence", NULL, tl_quick_pane_add_sequence_action);
  gtk_widget_class_install_action (widget_class, "quick.import", NULL, tl_quick_pane_import_action);
  gtk_widget_class_install_action (widget_class, "quick.export", NULL, tl_quick_pane_export_action);
  gtk_widget_class_install_action (widget_class, "quick.stop-all", NULL, stop_all_action);
}

static void
tl_quick_pane_class_init (TlQuickPaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = tl_quick_pane_dispose;
  widget_class->map = tl_quick_pane_map;

  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-quick-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, TlQuickPane, stack);
  gtk_widget_class_bind_template_child (widget_class, TlQuickPane, groups);
  gtk_widget_class_bind_template_child (widget_class, TlQuickPane, box);
  gtk_widget_class_bind_template_child (widget_class, TlQuickPane, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TlQuickPane, filter);
  gtk_widget_class_bind_template_child (widget_class, TlQuickPane, stop_all);
  gtk_widget_class_bind_template_child (widget_class, TlQuickPane, said);
  gtk_widget_class_bind_template_callback (widget_class, tl_quick_pane_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, tl_quick_pane_fill_soon);
}

static void
tl_quick_pane_init (TlQuickPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_edge_scroll_attach (self->scrolled);

  self->sends = g_object_ref (tl_quick_home_get_sends ());
  self->runner = tl_quick_runner_new ();
  g_signal_connect_object (self->runner, "notify::n-running", G_CALLBACK (running_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tl_quick_home_get_store (), "failed", G_CALLBACK (tl_quick_pane_say), self, G_CONNECT_SWAPPED);
  running_cb (self);
}

void
tl_quick_pane_set_session (TlQuickPane *self,
                           TlSession   *session)
{
  g_return_if_fail (TL_IS_QUICK_PANE (self));

  tl_quick_runner_set_session (self->runner, session);
}

void
tl_quick_pane_set_targets (TlQuickPane *self,
                           GPtrArray   *targets)
{
  g_return_if_fail (TL_IS_QUICK_PANE (self));

  tl_quick_runner_set_targets (self->runner, targets);
}

void
tl_quick_pane_edit (TlQuickPane *self,
                    TlQuickSend *send)
{
  g_return_if_fail (TL_IS_QUICK_PANE (self));

  tl_quick_pane_present (self, tl_quick_dialog_new (self->sends, send));
}

void
tl_quick_pane_present (TlQuickPane *self,
                       GtkWidget   *dialog)
{
  if (self->dialog)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_clear_weak_pointer (&self->dialog);

  g_set_weak_pointer (&self->dialog, dialog);
  tl_widget_present_over (GTK_WINDOW (self->dialog), gtk_widget_get_root (GTK_WIDGET (self)));
}
