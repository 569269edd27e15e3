/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a sequence is written. */
#include "tl-sequence-dialog.h"

#include "tl-step-row.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlSequenceDialog
{
  AdwWindow      parent_instance;

  AdwEntryRow   *name;
  GtkAdjustment *repeat;
  GtkSwitch     *goes_on;
  GtkListBox    *list;
  GtkLabel      *verdict;

  TlQuickSends  *sends;
  TlSequence    *sequence;    /* (nullable): the one that is changed */
  TlSequence    *draft;
};

G_DEFINE_FINAL_TYPE (TlSequenceDialog, tl_sequence_dialog, ADW_TYPE_WINDOW)

static void
check (TlSequenceDialog *self)
{
  g_autofree char *problem = tl_sequence_dup_problem (self->draft);

  gtk_label_set_label (self->verdict, problem ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), problem != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sequence-dialog.save", problem == NULL);
}

static GtkWidget *
make_row_cb (gpointer item,
             gpointer user_data)
{
  TlSequenceDialog *self = user_data;

  g_signal_handlers_disconnect_by_func (item, check, self);
  g_signal_connect_object (item, "notify::error", G_CALLBACK (check), self, G_CONNECT_SWAPPED);

  return tl_step_row_new (tl_sequence_get_steps (self->draft), item);
}

static void
add_step_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  TlSequenceDialog *self = TL_SEQUENCE_DIALOG (widget);
  GListStore *steps = tl_sequence_get_steps (self->draft);
  g_autoptr (GEnumClass) kinds = g_type_class_ref (TL_TYPE_STEP_KIND);
  GEnumValue *kind = g_enum_get_value_by_nick (kinds, g_variant_get_string (parameter, NULL));
  g_autoptr (TlSequenceStep) step = NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (steps)) >= TL_SEQUENCE_MAX_STEPS)
    return;

  step = tl_sequence_step_new (kind->value, "", kind->value == TL_STEP_WAIT ? 100 : 1000);
  g_list_store_append (steps, step);
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  TlSequenceDialog *self = TL_SEQUENCE_DIALOG (widget);
  GListStore *sequences = tl_quick_sends_get_sequences (self->sends);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  g_autofree char *name = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), TL_QUICK_SEND_MAX_NAME));
  guint position;

  g_object_set (self->draft, "name", name, "repeat", (guint) gtk_adjustment_get_value (self->repeat),
                "goes-on", gtk_switch_get_active (self->goes_on), NULL);
  if (self->sequence && g_list_store_find (sequences, self->sequence, &position))
    g_list_store_splice (sequences, position, 1, (gpointer *) &self->draft, 1);
  else if (g_list_model_get_n_items (G_LIST_MODEL (sequences)) < TL_QUICK_SENDS_MAX_SEQUENCES)
    g_list_store_append (sequences, self->draft);
  else
    {
      gtk_label_set_label (self->verdict, _("There are too many sequences. Delete some first."));
      gtk_widget_set_visible (GTK_WIDGET (self->verdict), TRUE);
      return;
    }
  gtk_window_close (GTK_WINDOW (self));
}

static void
tl_sequence_dialog_dispose (GObject *object)
{
  TlSequenceDialog *self = TL_SEQUENCE_DIALOG (object);

  g_clear_object (&self->sends);
  g_clear_object (&self->sequence);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (tl_sequence_dialog_parent_class)->dispose (object);
}

static void
tl_sequence_dialog_class_init (TlSequenceDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_sequence_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "sequence-dialog.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "sequence-dialog.add-step", "s", add_step_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-sequence-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TlSequenceDialog, name);
  gtk_widget_class_bind_template_child (widget_class, TlSequenceDialog, repeat);
  gtk_widget_class_bind_template_child (widget_class, TlSequenceDialog, goes_on);
  gtk_widget_class_bind_template_child (widget_class, TlSequenceDialog, list);
  gtk_widget_class_bind_template_child (widget_class, TlSequenceDialog, verdict);
}

static void
tl_sequence_dialog_init (TlSequenceDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_sequence_dialog_new (TlQuickSends *sends,
                        TlSequence   *sequence)
{
  TlSequenceDialog *self = g_object_new (TL_TYPE_SEQUENCE_DIALOG, NULL);
  GListStore *steps;

  self->sends = g_object_ref (sends);
  self->sequence = sequence ? g_object_ref (sequence) : NULL;
  self->draft = sequence ? tl_sequence_copy (sequence) : tl_sequence_new ();
  steps = tl_sequence_get_steps (self->draft);
  gtk_window_set_title (GTK_WINDOW (self), sequence ? _("Edit Sequence") : _("New Sequence"));
  gtk_editable_set_text (GTK_EDITABLE (self->name), tl_sequence_get_name (self->draft));
  gtk_adjustment_set_value (self->repeat, tl_sequence_get_repeat (self->draft));
  gtk_switch_set_active (self->goes_on, tl_sequence_get_goes_on (self->draft));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (steps), make_row_cb, self, NULL);
  g_signal_connect_object (steps, "items-changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  check (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));

  return GTK_WIDGET (self);
}
