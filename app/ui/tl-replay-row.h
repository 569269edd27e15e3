/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-job-row.h"
#include "tl-replay.h"

G_BEGIN_DECLS

#define TL_TYPE_REPLAY_ROW (tl_replay_row_get_type ())
G_DECLARE_FINAL_TYPE (TlReplayRow, tl_replay_row, TL, REPLAY_ROW, TlJobRow)

/* The row of a replay, which begins; it can be paused, stopped, and played again. It ends when the row goes. @title: what is played. */
GtkWidget *tl_replay_row_new (TlReplay   *replay,
                              const char *title,
                              gboolean    is_timed);

G_END_DECLS
