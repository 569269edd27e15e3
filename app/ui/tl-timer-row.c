/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of a timer. */
#include "tl-timer-row.h"

#include <glib/gi18n-lib.h>

struct _TlTimerRow
{
  TlJobRow     parent_instance;

  TlTimedSend *timer;
};

G_DEFINE_FINAL_TYPE (TlTimerRow, tl_timer_row, TL_TYPE_JOB_ROW)

static char *
describe_sent (guint64 sent,
               gint64  remaining)
{
  g_autofree char *done = g_strdup_printf ("%'" G_GUINT64_FORMAT, sent);
  g_autofree char *all = g_strdup_printf ("%'" G_GUINT64_FORMAT, sent + (guint64) MAX (remaining, 0));

  if (remaining < 0)
    return g_steal_pointer (&done);

  /* Translators: two sizes or numbers: “1.2 MB of 3 MB”, “3 of 10” */
  return g_strdup_printf (_("%s of %s"), done, all);
}

char *
tl_timer_row_describe (TlTimedSend *timer)
{
  gboolean running;
  guint64 sent;
  gint64 remaining;
  guint interval;
  double measured;
  g_autofree char *count = NULL;
  g_autofree char *every = NULL;
  g_autofree char *mean = NULL;

  g_object_get (timer, "running", &running, "sent", &sent, "remaining", &remaining, "interval", &interval, "measured", &measured, NULL);
  count = describe_sent (sent, remaining);
  every = tl_timer_row_format_interval (interval);
  if (measured <= 0)
    return g_strdup_printf (running ? _("Every %s · sent: %s") : _("Ended · every %s · sent: %s"), every, count);

  /* Translators: the interval as it was measured */
  mean = g_strdup_printf (_("%'.2f ms"), measured);

  return g_strdup_printf (running ? _("Every %s · sent: %s · measured: %s") : _("Ended · every %s · sent: %s · measured: %s"),
                          every, count, mean);
}

static void
tl_timer_row_refresh (TlJobRow *row)
{
  TlTimerRow *self = TL_TIMER_ROW (row);
  g_autofree char *note = NULL;
  g_autofree char *detail = NULL;
  gboolean running;

  g_object_get (self->timer, "running", &running, "note", &note, NULL);
  detail = tl_timer_row_describe (self->timer);
  tl_job_row_set_detail (row, detail);
  tl_job_row_set_problem (row, note);
  tl_job_row_set_running (row, running);
}

static void
tl_timer_row_stop (TlJobRow *row)
{
  tl_timed_send_stop (TL_TIMER_ROW (row)->timer);
  tl_timer_row_refresh (row);
}

static void
tl_timer_row_dispose (GObject *object)
{
  TlTimerRow *self = TL_TIMER_ROW (object);

  if (self->timer)
    {
      g_signal_handlers_disconnect_by_data (self->timer, self);
      tl_timed_send_stop (self->timer);
    }
  g_clear_object (&self->timer);

  G_OBJECT_CLASS (tl_timer_row_parent_class)->dispose (object);
}

static void
tl_timer_row_class_init (TlTimerRowClass *class)
{
  G_OBJECT_CLASS (class)->dispose = tl_timer_row_dispose;
  TL_JOB_ROW_CLASS (class)->stop = tl_timer_row_stop;
  TL_JOB_ROW_CLASS (class)->refresh = tl_timer_row_refresh;
}

static void
tl_timer_row_init (TlTimerRow *self)
{
}

GtkWidget *
tl_timer_row_new (TlTimedSend *timer)
{
  TlTimerRow *self = g_object_new (TL_TYPE_TIMER_ROW, NULL);
  g_autofree char *label = NULL;

  self->timer = g_object_ref (timer);
  g_object_get (timer, "label", &label, NULL);
  tl_job_row_set_title (TL_JOB_ROW (self), "alarm-symbolic", label ? label : "");
  g_signal_connect_swapped (timer, "notify", G_CALLBACK (tl_job_row_touch), self);
  g_signal_connect_swapped (timer, "stopped", G_CALLBACK (tl_timer_row_refresh), self);
  tl_timed_send_start (timer);
  tl_timer_row_refresh (TL_JOB_ROW (self));

  return GTK_WIDGET (self);
}

char *
tl_timer_row_format_interval (double ms)
{
  if (ms < 1000)
    return g_strdup_printf (_("%g ms"), ms);
  if (ms < 60 * 1000)
    return g_strdup_printf (_("%g s"), ms / 1000);
  if (ms < 60 * 60 * 1000)
    return g_strdup_printf (_("%g min"), ms / (60 * 1000));

  return g_strdup_printf (_("%g h"), ms / (60 * 60 * 1000));
}
