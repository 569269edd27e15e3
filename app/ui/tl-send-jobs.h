/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-replay.h"
#include "tl-timed-send.h"

G_BEGIN_DECLS

#define TL_TYPE_SEND_JOBS (tl_send_jobs_get_type ())
G_DECLARE_FINAL_TYPE (TlSendJobs, tl_send_jobs, TL, SEND_JOBS, GtkWidget)

#define TL_SEND_JOBS_MAX_RUNNING 100
#define TL_SEND_JOBS_MAX_ENDED 20

/**
 * TlSendJobs:
 *
 * The timers, files and replays of a composer, a row each. Not shown while there is none. Files go one after the other, so that their bytes do not mix.
 * Ends all when it goes. Property: "n-running" (uint, read-only).
 */
guint     tl_send_jobs_get_n_running (TlSendJobs  *self);
/* Starts it. False: there are TL_SEND_JOBS_MAX_RUNNING already. */
gboolean  tl_send_jobs_add_timer     (TlSendJobs  *self,
                                      TlTimedSend *timer);
gboolean  tl_send_jobs_add_file      (TlSendJobs  *self,
                                      TlFileSend  *send);
/* @title: what is played. @is_timed: not as fast as possible. */
gboolean  tl_send_jobs_add_replay    (TlSendJobs  *self,
                                      TlReplay    *replay,
                                      const char  *title,
                                      gboolean     is_timed);

G_END_DECLS
