/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sequence in the pane. */
#include "tl-sequence-row.h"

#include "tl-run-log.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlSequenceRow
{
  GtkListBoxRow  parent_instance;

  GtkLabel      *name;
  GtkLabel      *detail;
  GtkButton     *run_button;
  GtkWidget     *menu_button;
  GMenuModel    *row_menu;
  GtkWidget     *menu;

  GListStore    *sequences;
  TlQuickRunner *runner;
  TlSequence    *sequence;
  GSignalGroup  *run_signals;
};

enum {
  SIGNAL_EDIT,
  SIGNAL_REMOVE,
  SIGNAL_PROBLEM,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlSequenceRow, tl_sequence_row, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_detail (TlSequenceRow *self,
            TlSequenceRun *run)
{
  const guint n_steps = g_list_model_get_n_items (G_LIST_MODEL (tl_sequence_get_steps (self->sequence)));
  const guint repeat = tl_sequence_get_repeat (self->sequence);
  g_autofree char *steps = NULL;
  g_autofree char *times = NULL;

  if (run)
    return tl_sequence_run_describe (run);

  steps = g_strdup_printf (ngettext ("%u step", "%u steps", n_steps), n_steps);
  times = repeat > 0 ? g_strdup_printf (ngettext ("%u time", "%u times", repeat), repeat) : g_strdup (_("until stopped"));

  return g_strdup_printf ("%s · %s", steps, times);
}

static void
show (TlSequenceRow *self)
{
  TlSequenceRun *run = tl_quick_runner_get_run (self->runner, self->sequence);
  const gboolean running = run && tl_sequence_run_is_running (run);
  const char *tip = running ? _("Stop the sequence") : _("Run the sequence");
  const char *name = *tl_sequence_get_name (self->sequence) ? tl_sequence_get_name (self->sequence) : _("Sequence");
  g_autofree char *detail = dup_detail (self, run);
  g_autofree char *label = g_strdup_printf ("%s, %s", name, detail);

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->detail, detail);
  gtk_button_set_icon_name (self->run_button, running ? "media-playback-stop-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->run_button), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->run_button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.log", run != NULL);
}

static void
run_cb (TlSequenceRow *self,
        TlSequence    *sequence)
{
  if (sequence != self->sequence)
    return;

  g_signal_group_set_target (self->run_signals, tl_quick_runner_get_run (self->runner, sequence));
  show (self);
}

static void
run_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  TlSequenceRow *self = TL_SEQUENCE_ROW (widget);
  TlSequenceRun *run = tl_quick_runner_get_run (self->runner, self->sequence);
  g_autoptr (GError) error = NULL;

  if (run && tl_sequence_run_is_running (run))
    tl_sequence_run_stop (run);
  else if (!tl_quick_runner_run (self->runner, self->sequence, &error))
    g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, error->message);
}

static void
log_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  TlSequenceRow *self = TL_SEQUENCE_ROW (widget);
  GtkWidget *window = tl_run_log_new (tl_quick_runner_get_run (self->runner, self->sequence), tl_sequence_get_name (self->sequence));
  GtkRoot *root = gtk_widget_get_root (widget);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}

static void
signal_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_signal_emit (widget, signals[g_str_equal (name, "row.edit") ? SIGNAL_EDIT : SIGNAL_REMOVE], 0);
}

static void
duplicate_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  TlSequenceRow *self = TL_SEQUENCE_ROW (widget);
  g_autoptr (TlSequence) copy = tl_sequence_copy (self->sequence);
  guint position;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->sequences)) >= TL_QUICK_SENDS_MAX_SEQUENCES)
    g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, _("There are too many sequences. Delete some first."));
  else if (g_list_store_find (self->sequences, self->sequence, &position))
    g_list_store_insert (self->sequences, position + 1, copy);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlSequenceRow *self = TL_SEQUENCE_ROW (widget);
  double x, y;

  gtk_widget_translate_coordinates (self->menu_button, widget, 0, gtk_widget_get_height (self->menu_button), &x, &y);
  tl_widget_popup_menu_at (widget, &self->menu, self->row_menu, x, y);
}

static void
tl_sequence_row_dispose (GObject *object)
{
  TlSequenceRow *self = TL_SEQUENCE_ROW (object);

  if (self->run_signals)
    g_signal_group_set_target (self->run_signals, NULL);
  g_clear_object (&self->run_signals);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->sequences);
  g_clear_object (&self->runner);
  g_clear_object (&self->sequence);

  G_OBJECT_CLASS (tl_sequence_row_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "row.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "row.log", NULL, log_action);
  gtk_widget_class_install_action (widget_class, "row.edit", NULL, signal_action);
  gtk_widget_class_install_action (widget_class, "row.duplicate", NULL, duplicate_action);
  gtk_widget_class_install_action (widget_class, "row.delete", NULL, signal_action);
  gtk_widget_class_install_action (widget_class, "row.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "row.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "row.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "row.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "row.edit", NULL);
}

static void
tl_sequence_row_class_init (TlSequenceRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_sequence_row_dispose;
  signals[SIGNAL_EDIT] = g_signal_new ("edit", TL_TYPE_SEQUENCE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", TL_TYPE_SEQUENCE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", TL_TYPE_SEQUENCE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);

  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-sequence-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TlSequenceRow, name);
  gtk_widget_class_bind_template_child (widget_class, TlSequenceRow, detail);
  gtk_widget_class_bind_template_child (widget_class, TlSequenceRow, run_button);
  gtk_widget_class_bind_template_child (widget_class, TlSequenceRow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TlSequenceRow, row_menu);
}

static void
tl_sequence_row_init (TlSequenceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->run_signals = g_signal_group_new (TL_TYPE_SEQUENCE_RUN);
  g_signal_group_connect_swapped (self->run_signals, "notify", G_CALLBACK (show), self);
}

GtkWidget *
tl_sequence_row_new (GListStore    *sequences,
                     TlQuickRunner *runner,
                     TlSequence    *sequence)
{
  TlSequenceRow *self = g_object_new (TL_TYPE_SEQUENCE_ROW, NULL);

  self->sequences = g_object_ref (sequences);
  self->runner = g_object_ref (runner);
  self->sequence = g_object_ref (sequence);
  g_signal_connect_object (runner, "run", G_CALLBACK (run_cb), self, G_CONNECT_SWAPPED);
  run_cb (self, sequence);

  return GTK_WIDGET (self);
}

TlSequence *
tl_sequence_row_get_sequence (TlSequenceRow *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_ROW (self), NULL);

  return self->sequence;
}
