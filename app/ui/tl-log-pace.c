/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a log from being told of faster than a window can draw it. */

#include "tl-log-pace.h"

struct _TlLogPace
{
  GObject parent_instance;

  TlMessageLog  *log;
  GdkFrameClock *clock;
  gint64         began;
  gint64         drawing_time;
};

G_DEFINE_FINAL_TYPE (TlLogPace, tl_log_pace, G_TYPE_OBJECT)

static void
before_paint_cb (TlLogPace *self)
{
  self->began = g_get_monotonic_time ();
}

/* Most frames of a second draw no new row and are fast: the slow ones count, and are forgotten by halves. */
static void
after_paint_cb (TlLogPace *self)
{
  self->drawing_time = MAX (g_get_monotonic_time () - self->began, self->drawing_time - self->drawing_time / 16);
  if (self->log)
    tl_message_log_set_drawing_time (self->log, self->drawing_time);
}

static void
tl_log_pace_dispose (GObject *object)
{
  tl_log_pace_set_clock (TL_LOG_PACE (object), NULL);
  tl_log_pace_set_log (TL_LOG_PACE (object), NULL);
  G_OBJECT_CLASS (tl_log_pace_parent_class)->dispose (object);
}

static void
tl_log_pace_class_init (TlLogPaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_log_pace_dispose;
}

static void
tl_log_pace_init (TlLogPace *self)
{
}

TlLogPace *
tl_log_pace_new (void)
{
  return g_object_new (TL_TYPE_LOG_PACE, NULL);
}

void
tl_log_pace_set_log (TlLogPace    *self,
                     TlMessageLog *log)
{
  if (self->log == log)
    return;
  if (self->log)
    tl_message_log_set_drawing_time (self->log, 0);
  g_set_object (&self->log, log);
  self->drawing_time = 0;
}

void
tl_log_pace_set_clock (TlLogPace     *self,
                       GdkFrameClock *clock)
{
  if (self->clock == clock)
    return;
  if (self->clock)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_set_object (&self->clock, clock);
  self->drawing_time = 0;
  if (self->log)
    tl_message_log_set_drawing_time (self->log, 0);
  if (!clock)
    return;
  g_signal_connect_object (clock, "before-paint", G_CALLBACK (before_paint_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (after_paint_cb), self, G_CONNECT_SWAPPED);
}
