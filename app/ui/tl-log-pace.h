/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-log.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_LOG_PACE (tl_log_pace_get_type ())
G_DECLARE_FINAL_TYPE (TlLogPace, tl_log_pace, TL, LOG_PACE, GObject)

/**
 * TlLogPace:
 *
 * Tells a log how long the window takes to draw its rows, so that the log leaves time for all else: for reading sockets, and for clicks.
 */
TlLogPace *tl_log_pace_new     (void);
/* @log: (nullable): the log that is shown now. The one before is told that nobody draws it. */
void       tl_log_pace_set_log (TlLogPace     *self,
                                TlMessageLog  *log);
/* @clock: (nullable): of the window that the rows are in; NULL when they are in none. */
void       tl_log_pace_set_clock (TlLogPace     *self,
                                  GdkFrameClock *clock);

G_END_DECLS
