/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of a replay. */

#include "tl-replay-row.h"

#include "tl-replay-words.h"

#include <glib/gi18n-lib.h>

struct _TlReplayRow
{
  TlJobRow   parent_instance;

  TlReplay  *replay;
  gboolean   is_timed;
  GtkButton *button;     /* pauses, and goes on */
  GtkWidget *skip;       /* leaves out what stopped it */
};

G_DEFINE_FINAL_TYPE (TlReplayRow, tl_replay_row, TL_TYPE_JOB_ROW)

static void
show_button (TlReplayRow   *self,
             TlReplayState  state)
{
  const char *label = _("Play Again");

  if (state == TL_REPLAY_RUNNING)
    label = _("Pause");
  else if (state == TL_REPLAY_PAUSED || state == TL_REPLAY_FAILED)
    label = _("Go On");
  gtk_button_set_icon_name (self->button, state == TL_REPLAY_RUNNING ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
tl_replay_row_refresh (TlJobRow *row)
{
  TlReplayRow *self = TL_REPLAY_ROW (row);
  const TlReplayState state = tl_replay_get_state (self->replay);
  TlReplayProgress progress;
  g_autofree char *text = NULL;

  tl_replay_get_progress (self->replay, &progress);
  text = tl_replay_progress_text (state, &progress, self->is_timed);
  tl_job_row_set_detail (row, text);
  tl_job_row_set_problem (row, tl_replay_get_error (self->replay));
  tl_job_row_set_fraction (row, progress.fraction);
  show_button (self, state);
  gtk_widget_set_visible (self->skip, tl_replay_can_skip (self->replay));
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), !tl_replay_can_skip (self->replay));
  tl_job_row_set_running (row, state == TL_REPLAY_RUNNING || state == TL_REPLAY_PAUSED);
}

static void
clicked_cb (TlReplayRow *self)
{
  if (tl_replay_get_state (self->replay) == TL_REPLAY_RUNNING)
    tl_replay_pause (self->replay);
  else
    tl_replay_start (self->replay);
}

static void
skip_cb (TlReplayRow *self)
{
  tl_replay_skip (self->replay);
}

static void
tl_replay_row_stop (TlJobRow *row)
{
  tl_replay_stop (TL_REPLAY_ROW (row)->replay);
}

static void
tl_replay_row_dispose (GObject *object)
{
  TlReplayRow *self = TL_REPLAY_ROW (object);

  if (self->replay != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->replay, self);
      tl_replay_stop (self->replay);
    }
  g_clear_object (&self->replay);

  G_OBJECT_CLASS (tl_replay_row_parent_class)->dispose (object);
}

static void
tl_replay_row_class_init (TlReplayRowClass *class)
{
  G_OBJECT_CLASS (class)->dispose = tl_replay_row_dispose;
  TL_JOB_ROW_CLASS (class)->stop = tl_replay_row_stop;
  TL_JOB_ROW_CLASS (class)->refresh = tl_replay_row_refresh;
}

static void
tl_replay_row_init (TlReplayRow *self)
{
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "circular");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  self->skip = gtk_button_new_from_icon_name ("media-skip-forward-symbolic");
  gtk_widget_set_visible (self->skip, FALSE);
  gtk_widget_set_tooltip_text (self->skip, _("Leave This Message Out"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->skip), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Leave This Message Out"), -1);
  gtk_widget_add_css_class (self->skip, "flat");
  gtk_widget_add_css_class (self->skip, "circular");
  g_signal_connect_swapped (self->skip, "clicked", G_CALLBACK (skip_cb), self);
  tl_job_row_add_button (TL_JOB_ROW (self), self->skip);
  tl_job_row_add_button (TL_JOB_ROW (self), GTK_WIDGET (self->button));
}

GtkWidget *
tl_replay_row_new (TlReplay   *replay,
                   const char *title,
                   gboolean    is_timed)
{
  TlReplayRow *self;
  g_autofree char *text = NULL;

  g_return_val_if_fail (TL_IS_REPLAY (replay), NULL);

  self = g_object_new (TL_TYPE_REPLAY_ROW, NULL);
  text = g_strdup_printf (_("Replay: %s"), title);
  self->replay = g_object_ref (replay);
  self->is_timed = is_timed;
  tl_job_row_set_title (TL_JOB_ROW (self), "media-playback-start-symbolic", text);
  g_signal_connect_swapped (replay, "progress", G_CALLBACK (tl_job_row_touch), self);
  g_signal_connect_swapped (replay, "notify::state", G_CALLBACK (tl_replay_row_refresh), self);
  tl_replay_start (replay);
  tl_replay_row_refresh (TL_JOB_ROW (self));
  return GTK_WIDGET (self);
}
