/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step of a sequence that is edited. */
#include "tl-step-row.h"

#include "tl-choice-binding.h"
#include "tl-format-options.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _TlStepRow
{
  GtkListBoxRow    parent_instance;

  GtkDropDown     *kind;
  GtkEntry        *text;
  GtkWidget       *format_button;
  GtkLabel        *format_label;
  TlFormatOptions *format;
  GtkDropDown     *pattern;
  GtkWidget       *fold;
  GtkWidget       *from_targets;
  GtkWidget       *time_box;
  GtkAdjustment   *milliseconds;
  GtkLabel        *error;

  GListStore      *steps;
  TlSequenceStep  *step;
};

G_DEFINE_FINAL_TYPE (TlStepRow, tl_step_row, GTK_TYPE_LIST_BOX_ROW)

static gboolean
number_to_value_cb (GBinding     *binding,
                    const GValue *from,
                    GValue       *to,
                    gpointer      user_data)
{
  g_value_set_double (to, g_value_get_uint (from));
  return TRUE;
}

static gboolean
value_to_number_cb (GBinding     *binding,
                    const GValue *from,
                    GValue       *to,
                    gpointer      user_data)
{
  g_value_set_uint (to, (guint) g_value_get_double (from));
  return TRUE;
}

static void
show (TlStepRow *self)
{
  const TlStepKind kind = tl_sequence_step_get_kind (self->step);
  const char *error = tl_sequence_step_get_error (self->step);
  g_autofree char *summary = tl_payload_dup_summary (tl_sequence_step_get_payload (self->step));
  g_autofree char *label = g_strdup_printf (_("Format: %s"), summary);
  g_autofree char *described = tl_sequence_step_describe (self->step);

  gtk_widget_set_visible (GTK_WIDGET (self->text), kind != TL_STEP_WAIT);
  gtk_widget_set_visible (self->format_button, kind == TL_STEP_SEND);
  gtk_widget_set_visible (GTK_WIDGET (self->pattern), kind == TL_STEP_EXPECT);
  gtk_widget_set_visible (self->fold, kind == TL_STEP_EXPECT && tl_sequence_step_get_pattern (self->step) != TL_PATTERN_HEX);
  gtk_widget_set_visible (self->from_targets, kind == TL_STEP_EXPECT);
  gtk_widget_set_visible (self->time_box, kind != TL_STEP_SEND);
  gtk_label_set_label (self->format_label, summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->format_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_label_set_label (self->error, error ? error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), error != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, described, -1);
}

static void
insert_cb (TlStepRow  *self,
           const char *macro)
{
  int position = gtk_editable_get_position (GTK_EDITABLE (self->text));

  gtk_editable_insert_text (GTK_EDITABLE (self->text), macro, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (self->text), position);
}

static void
steps_changed_cb (TlStepRow *self)
{
  guint position;

  if (!g_list_store_find (self->steps, self->step, &position))
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "step.up", position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "step.down", position + 1 < g_list_model_get_n_items (G_LIST_MODEL (self->steps)));
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autoptr (TlStepRow) self = g_object_ref (TL_STEP_ROW (widget));
  GtkWidget *list = gtk_widget_get_parent (widget);
  GtkListBoxRow *row;
  guint position, target;

  if (!g_list_store_find (self->steps, self->step, &position))
    return;
  target = g_str_equal (name, "step.up") ? position - 1 : position + 1;
  if (target >= g_list_model_get_n_items (G_LIST_MODEL (self->steps)))
    return;

  g_list_store_remove (self->steps, position);
  g_list_store_insert (self->steps, target, self->step);
  /* The list makes a new row for what was moved. */
  row = GTK_IS_LIST_BOX (list) ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) target) : NULL;
  if (row)
    gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_autoptr (TlStepRow) self = g_object_ref (TL_STEP_ROW (widget));
  guint position;

  if (g_list_store_find (self->steps, self->step, &position))
    g_list_store_remove (self->steps, position);
}

static void
tl_step_row_dispose (GObject *object)
{
  TlStepRow *self = TL_STEP_ROW (object);

  if (self->steps)
    g_signal_handlers_disconnect_by_data (self->steps, self);
  if (self->step)
    g_signal_handlers_disconnect_by_data (self->step, self);
  g_clear_object (&self->steps);
  g_clear_object (&self->step);

  G_OBJECT_CLASS (tl_step_row_parent_class)->dispose (object);
}

static void
tl_step_row_class_init (TlStepRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_step_row_dispose;
  g_type_ensure (TL_TYPE_WRAP_BOX);
  g_type_ensure (TL_TYPE_FORMAT_OPTIONS);
  gtk_widget_class_install_action (widget_class, "step.up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "step.down", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "step.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "step.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "step.down", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-step-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TlStepRow, kind);
  gtk_widget_class_bind_template_child (widget_class, TlStepRow, text);
  gtk_widget_class_bind_template_child (widget_class, TlStepRow, format_button);
  gtk_widget_class_bind_template_child (widget_class, TlStepRow, format_label);
  gtk_widget_class_bind_template_child (widget_class, TlStepRow, format);
  gtk_widget_class_bind_template_child (widget_class, TlStepRow, pattern);
  gtk_widget_class_bind_template_child (widget_class, TlStepRow, fold);
  gtk_widget_class_bind_template_child (widget_class, TlStepRow, from_targets);
  gtk_widget_class_bind_template_child (widget_class, TlStepRow, time_box);
  gtk_widget_class_bind_template_child (widget_class, TlStepRow, milliseconds);
  gtk_widget_class_bind_template_child (widget_class, TlStepRow, error);
  gtk_widget_class_bind_template_callback (widget_class, insert_cb);
}

static void
tl_step_row_init (TlStepRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_widget_name_drop_downs (GTK_WIDGET (self));
}

GtkWidget *
tl_step_row_new (GListStore     *steps,
                 TlSequenceStep *step)
{
  TlStepRow *self = g_object_new (TL_TYPE_STEP_ROW, NULL);
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  self->steps = g_object_ref (steps);
  self->step = g_object_ref (step);
  tl_choice_bind (G_OBJECT (step), "kind", GTK_WIDGET (self->kind));
  tl_choice_bind (G_OBJECT (step), "pattern", GTK_WIDGET (self->pattern));
  g_object_bind_property_full (step, "milliseconds", self->milliseconds, "value", both, number_to_value_cb, value_to_number_cb, NULL, NULL);
  g_object_bind_property (step, "text", self->text, "text", both);
  g_object_bind_property (step, "payload", self->format, "payload", both);
  g_object_bind_property (step, "fold", self->fold, "active", both);
  g_object_bind_property (step, "from-targets", self->from_targets, "active", both);
  g_signal_connect_swapped (step, "notify", G_CALLBACK (show), self);
  g_signal_connect_swapped (steps, "items-changed", G_CALLBACK (steps_changed_cb), self);
  show (self);
  steps_changed_cb (self);

  return GTK_WIDGET (self);
}
