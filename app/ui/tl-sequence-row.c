/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sequence in the pane. */
#include "tl-sequence-row.h"

#include "tl-ordered-row.h"
#include "tl-run-log.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlSequenceRow
{
  TlQuickItemRow  parent_instance;

  GListStore     *sequences;
  TlQuickRunner  *runner;
  TlSequence     *sequence;
  GSignalGroup   *run_signals;
};

G_DEFINE_FINAL_TYPE (TlSequenceRow, tl_sequence_row, TL_TYPE_QUICK_ITEM_ROW)

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
tl_sequence_row_show (TlQuickItemRow *row)
{
  TlSequenceRow *self = TL_SEQUENCE_ROW (row);
  TlSequenceRun *run = tl_quick_runner_get_run (self->runner, self->sequence);
  const gboolean running = run && tl_sequence_run_is_running (run);
  g_autofree char *detail = dup_detail (self, run);
  const TlQuickLook look = {
    .title = *tl_sequence_get_name (self->sequence) ? tl_sequence_get_name (self->sequence) : _("Sequence"),
    .detail = detail,
    .is_long = run != NULL,
    .act_icon = running ? "media-playback-stop-symbolic" : "media-playback-start-symbolic",
    .act_tip = running ? _("Stop the sequence") : _("Run the sequence"),
  };

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.log", run != NULL);
  tl_quick_item_row_show (row, &look);
}

static void
run_cb (TlSequenceRow *self,
        TlSequence    *sequence)
{
  if (sequence != self->sequence)
    return;

  g_signal_group_set_target (self->run_signals, tl_quick_runner_get_run (self->runner, sequence));
  tl_sequence_row_show (TL_QUICK_ITEM_ROW (self));
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
    tl_quick_item_row_complain (TL_QUICK_ITEM_ROW (self), error->message);
}

static void
log_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  TlSequenceRow *self = TL_SEQUENCE_ROW (widget);
  GtkWidget *window = tl_run_log_new (tl_quick_runner_get_run (self->runner, self->sequence), tl_sequence_get_name (self->sequence));

  tl_widget_present_over (GTK_WINDOW (window), gtk_widget_get_root (widget));
}

static void
tl_sequence_row_duplicate (TlQuickItemRow *row)
{
  TlSequenceRow *self = TL_SEQUENCE_ROW (row);
  g_autoptr (TlSequence) copy = tl_sequence_copy (self->sequence);
  guint position;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->sequences)) >= TL_QUICK_SENDS_MAX_SEQUENCES)
    tl_quick_item_row_complain (row, _("There are too many sequences. Delete some first."));
  else if (g_list_store_find (self->sequences, self->sequence, &position))
    g_list_store_insert (self->sequences, position + 1, copy);
}

static void
tl_sequence_row_locate (TlQuickItemRow *row,
                        guint          *place,
                        guint          *count)
{
  TlSequenceRow *self = TL_SEQUENCE_ROW (row);

  if (!g_list_store_find (self->sequences, self->sequence, place))
    *place = 0;
  *count = g_list_model_get_n_items (G_LIST_MODEL (self->sequences));
}

static gboolean
tl_sequence_row_take (TlQuickItemRow *row,
                      gpointer        item,
                      guint           place)
{
  return tl_ordered_row_move_item (TL_SEQUENCE_ROW (row)->sequences, item, place);
}

static void
tl_sequence_row_dispose (GObject *object)
{
  TlSequenceRow *self = TL_SEQUENCE_ROW (object);

  if (self->run_signals)
    g_signal_group_set_target (self->run_signals, NULL);
  g_clear_object (&self->run_signals);
  g_clear_object (&self->sequences);
  g_clear_object (&self->runner);
  g_clear_object (&self->sequence);

  G_OBJECT_CLASS (tl_sequence_row_parent_class)->dispose (object);
}

static void
tl_sequence_row_class_init (TlSequenceRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  TlQuickItemRowClass *row_class = TL_QUICK_ITEM_ROW_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_sequence_row_dispose;
  row_class->act = "row.run";
  row_class->more = N_("More for this sequence");
  row_class->show = tl_sequence_row_show;
  row_class->duplicate = tl_sequence_row_duplicate;
  row_class->locate = tl_sequence_row_locate;
  row_class->take = tl_sequence_row_take;
  gtk_widget_class_install_action (widget_class, "row.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "row.log", NULL, log_action);
}

static void
tl_sequence_row_init (TlSequenceRow *self)
{
  self->run_signals = g_signal_group_new (TL_TYPE_SEQUENCE_RUN);
  g_signal_group_connect_swapped (self->run_signals, "notify", G_CALLBACK (tl_sequence_row_show), self);
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
  tl_quick_item_row_set_item (TL_QUICK_ITEM_ROW (self), G_OBJECT (sequence));
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
