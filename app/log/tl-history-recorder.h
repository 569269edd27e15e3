/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history.h"
#include "tl-message-log.h"

G_BEGIN_DECLS

#define TL_TYPE_HISTORY_RECORDER (tl_history_recorder_get_type ())
G_DECLARE_FINAL_TYPE (TlHistoryRecorder, tl_history_recorder, TL, HISTORY_RECORDER, GObject)

/**
 * TlHistoryRecorder:
 *
 * Takes every message that a log is given into the history, from begin to end; each time it begins is a session of its own there. What cannot be
 * kept because the disk is too slow, or fails, is counted and told in the log itself, as a warning. Holds the log and the history.
 */
TlHistoryRecorder *tl_history_recorder_new   (TlHistory            *history,
                                              TlMessageLog         *log);
/* Begins a session; one that is being recorded ends. */
void               tl_history_recorder_begin (TlHistoryRecorder    *self,
                                              const TlHistoryAbout *about);
/* What is known of it has changed: its local address, its title. */
void               tl_history_recorder_set_about (TlHistoryRecorder *self,
                                              const TlHistoryAbout *about);
void               tl_history_recorder_end   (TlHistoryRecorder    *self);
gboolean           tl_history_recorder_is_recording (TlHistoryRecorder *self);
/* Messages of this session that could not be kept. */
guint64            tl_history_recorder_get_n_lost (TlHistoryRecorder *self);

G_END_DECLS
