/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A quick send in the pane. */
#include "tl-quick-row.h"

#include "tl-composer-text.h"
#include "tl-timer-row.h"

#include <glib/gi18n-lib.h>

struct _TlQuickRow
{
  TlQuickItemRow  parent_instance;

  TlQuickSends   *sends;
  TlQuickRunner  *runner;
  TlQuickSend    *send;
  GSignalGroup   *timer_signals;   /* made when it has one */
};

G_DEFINE_FINAL_TYPE (TlQuickRow, tl_quick_row, TL_TYPE_QUICK_ITEM_ROW)

/* The name of one that has none is what it sends. */
static char *
dup_title (TlQuickRow *self)
{
  const char *name = tl_quick_send_get_name (self->send);

  return *name ? g_strdup (name) : tl_composer_shorten (tl_quick_send_get_text (self->send));
}

static char *
dup_detail (TlQuickRow *self)
{
  TlTimedSend *timer = tl_quick_runner_get_timer (self->runner, self->send);
  const char *error = tl_quick_send_get_error (self->send);
  g_autofree char *note = NULL;
  g_autofree char *progress = NULL;

  if (error)
    return g_strdup (error);
  if (!timer)
    return tl_composer_shorten (tl_quick_send_get_text (self->send));

  g_object_get (timer, "note", &note, NULL);
  progress = tl_timer_row_describe (timer);
  return note ? g_strdup_printf ("%s\n%s", progress, note) : g_steal_pointer (&progress);
}

static void
tl_quick_row_show (TlQuickItemRow *row)
{
  TlQuickRow *self = TL_QUICK_ROW (row);
  const gboolean running = tl_quick_runner_is_running (self->runner, self->send);
  const gboolean can_run = running || tl_quick_send_get_period (self->send) > 0;
  g_autofree char *every = tl_timer_row_format_interval (tl_quick_send_get_period (self->send));
  /* Translators: %s is such as “250 ms” */
  g_autofree char *tip = running ? g_strdup (_("Stop the timer")) : g_strdup_printf (_("Send every %s"), every);
  g_autofree char *title = dup_title (self);
  g_autofree char *detail = dup_detail (self);
  const TlQuickLook look = {
    .title = title,
    .detail = detail,
    .is_error = tl_quick_send_get_error (self->send) != NULL,
    .is_long = tl_quick_send_get_error (self->send) || tl_quick_runner_get_timer (self->runner, self->send),
    .shortcut = tl_quick_send_get_shortcut (self->send),
    .act_icon = !can_run ? NULL : running ? "media-playback-stop-symbolic" : "alarm-symbolic",
    .act_tip = tip,
  };

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.timer", can_run);
  tl_quick_item_row_show (row, &look);
}

static void
timer_cb (TlQuickRow  *self,
          TlQuickSend *send)
{
  TlTimedSend *timer = send == self->send ? tl_quick_runner_get_timer (self->runner, send) : NULL;

  if (send != self->send)
    return;

  if (timer && !self->timer_signals)
    {
      self->timer_signals = g_signal_group_new (TL_TYPE_TIMED_SEND);
      g_signal_group_connect_swapped (self->timer_signals, "notify", G_CALLBACK (tl_quick_row_show), self);
    }
  if (self->timer_signals)
    g_signal_group_set_target (self->timer_signals, timer);
  tl_quick_row_show (TL_QUICK_ITEM_ROW (self));
}

static void
tl_quick_row_duplicate (TlQuickItemRow *row)
{
  TlQuickRow *self = TL_QUICK_ROW (row);
  g_autoptr (TlQuickSend) copy = tl_quick_send_copy (self->send);

  /* The shortcut stays with the one that has it. */
  g_object_set (copy, "shortcut", 0, NULL);
  if (!tl_quick_sends_insert (self->sends, copy, tl_quick_sends_get_place (self->sends, self->send) + 1))
    tl_quick_item_row_complain (row, _("There are too many quick sends. Delete some first."));
}

static void
tl_quick_row_locate (TlQuickItemRow *row,
                     guint          *place,
                     guint          *count)
{
  TlQuickRow *self = TL_QUICK_ROW (row);

  *place = tl_quick_sends_get_place (self->sends, self->send);
  *count = tl_quick_sends_count (self->sends, tl_quick_send_get_group (self->send));
}

static gboolean
tl_quick_row_take (TlQuickItemRow *row,
                   gpointer        item,
                   guint           place)
{
  TlQuickRow *self = TL_QUICK_ROW (row);
  g_autofree char *group = g_strdup (tl_quick_send_get_group (self->send));

  /* It may have been deleted while it was dragged. */
  if (!tl_quick_sends_has (self->sends, item))
    return FALSE;

  tl_quick_sends_move (self->sends, item, group, place);
  return TRUE;
}

static void
timer_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  TlQuickRow *self = TL_QUICK_ROW (widget);
  g_autoptr (GError) error = NULL;

  if (tl_quick_runner_is_running (self->runner, self->send))
    tl_quick_runner_stop (self->runner, self->send);
  else if (!tl_quick_runner_start (self->runner, self->send, &error))
    tl_quick_item_row_complain (TL_QUICK_ITEM_ROW (self), error->message);
}

static void
reset_counter_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  tl_payload_maker_set_counter (tl_quick_send_get_maker (TL_QUICK_ROW (widget)->send), 1);
}

static void
tl_quick_row_dispose (GObject *object)
{
  TlQuickRow *self = TL_QUICK_ROW (object);

  if (self->timer_signals)
    g_signal_group_set_target (self->timer_signals, NULL);
  g_clear_object (&self->timer_signals);
  g_clear_object (&self->sends);
  g_clear_object (&self->runner);
  g_clear_object (&self->send);

  G_OBJECT_CLASS (tl_quick_row_parent_class)->dispose (object);
}

static void
tl_quick_row_class_init (TlQuickRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  TlQuickItemRowClass *row_class = TL_QUICK_ITEM_ROW_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_quick_row_dispose;
  row_class->act = "row.timer";
  row_class->more = N_("More for this quick send");
  row_class->show = tl_quick_row_show;
  row_class->duplicate = tl_quick_row_duplicate;
  row_class->locate = tl_quick_row_locate;
  row_class->take = tl_quick_row_take;
  gtk_widget_class_install_action (widget_class, "row.timer", NULL, timer_action);
  gtk_widget_class_install_action (widget_class, "row.reset-counter", NULL, reset_counter_action);
}

static void
tl_quick_row_init (TlQuickRow *self)
{
}

GtkWidget *
tl_quick_row_new (TlQuickSends  *sends,
                  TlQuickRunner *runner,
                  TlQuickSend   *send)
{
  TlQuickRow *self = g_object_new (TL_TYPE_QUICK_ROW, NULL);

  self->sends = g_object_ref (sends);
  self->runner = g_object_ref (runner);
  self->send = g_object_ref (send);
  tl_quick_item_row_set_item (TL_QUICK_ITEM_ROW (self), G_OBJECT (send));
  g_signal_connect_object (send, "notify", G_CALLBACK (tl_quick_row_show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runner, "timer", G_CALLBACK (timer_cb), self, G_CONNECT_SWAPPED);
  timer_cb (self, send);

  return GTK_WIDGET (self);
}

TlQuickSend *
tl_quick_row_get_send (TlQuickRow *self)
{
  g_return_val_if_fail (TL_IS_QUICK_ROW (self), NULL);

  return self->send;
}
