/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step of a sequence that is edited. */
#include "tl-step-row.h"

#include "tl-choice-binding.h"
#include "tl-format-options.h"
#include "tl-message-entry.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _TlStepRow
{
  TlOrderedRow    parent_instance;

  GtkDropDown     *kind;
  TlMessageEntry  *text;
  GtkWidget       *format_button;
  GtkLabel        *format_label;
  TlFormatOptions *format;
  GtkDropDown     *pattern;
  GtkWidget       *fold;
  GtkWidget       *from_targets;
  GtkWidget       *time_box;
  GtkAdjustment   *milliseconds;
  GtkLabel        *error;

  TlSequenceStep  *step;
};

G_DEFINE_FINAL_TYPE (TlStepRow, tl_step_row, TL_TYPE_ORDERED_ROW)

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

/* Where in the text the mistake is. */
static void
mark (TlStepRow *self)
{
  g_autoptr (TlPayloadPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  gsize position = 0;

  if (tl_sequence_step_get_kind (self->step) == TL_STEP_SEND)
    plan = tl_payload_plan_new (tl_sequence_step_get_payload (self->step), tl_sequence_step_get_text (self->step), NULL, &position, &error);
  tl_message_entry_mark (self->text, error ? position : 0);
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
  g_object_set (self->text, "monospace", kind == TL_STEP_EXPECT ? tl_sequence_step_get_pattern (self->step) != TL_PATTERN_TEXT
                                         : tl_sequence_step_get_payload (self->step)->mode != TL_PAYLOAD_TEXT, NULL);
  mark (self);
  gtk_label_set_label (self->error, error ? error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), error != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, described, -1);
}

static void
insert_cb (TlStepRow  *self,
           const char *macro)
{
  tl_message_entry_insert (self->text, macro);
}

static void
tl_step_row_dispose (GObject *object)
{
  g_clear_object (&TL_STEP_ROW (object)->step);

  G_OBJECT_CLASS (tl_step_row_parent_class)->dispose (object);
}

static void
tl_step_row_class_init (TlStepRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_step_row_dispose;
  g_type_ensure (TL_TYPE_WRAP_BOX);
  g_type_ensure (TL_TYPE_FORMAT_OPTIONS);
  g_type_ensure (TL_TYPE_MESSAGE_ENTRY);
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

  self->step = g_object_ref (step);
  tl_ordered_row_set_item (TL_ORDERED_ROW (self), steps, G_OBJECT (step));
  tl_choice_bind (G_OBJECT (step), "kind", GTK_WIDGET (self->kind));
  tl_choice_bind (G_OBJECT (step), "pattern", GTK_WIDGET (self->pattern));
  g_object_bind_property_full (step, "milliseconds", self->milliseconds, "value", both, number_to_value_cb, value_to_number_cb, NULL, NULL);
  g_object_bind_property (step, "text", self->text, "text", both);
  g_object_bind_property (step, "payload", self->format, "payload", both);
  g_object_bind_property (step, "fold", self->fold, "active", both);
  g_object_bind_property (step, "from-targets", self->from_targets, "active", both);
  g_signal_connect_swapped (step, "notify", G_CALLBACK (show), self);
  show (self);

  return GTK_WIDGET (self);
}
