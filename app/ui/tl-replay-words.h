/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-replay.h"

G_BEGIN_DECLS

/* What can be played of a list: one flow, or (G_MAXUINT) all of one origin. */
typedef struct {
  guint          flow;
  TlReplayOrigin origin;
} TlReplayChoice;

/* (transfer full): of TlReplayChoice; what was sent comes first. */
GArray *tl_replay_choices       (TlReplayList           *list);
/* "Sent to 1.2.3.4:80 · 12 messages · 3.4 kB". (transfer full) */
char   *tl_replay_choice_label  (TlReplayList           *list,
                                 const TlReplayChoice   *choice);
/* "1:05", "2:01:05"; below a minute "12.5 s". (transfer full) */
char   *tl_replay_duration      (gint64                  time);
/* How far it is, in one line. (transfer full) */
char   *tl_replay_progress_text (TlReplayState           state,
                                 const TlReplayProgress *progress,
                                 gboolean                is_timed);

/* What is to be known of messages that are too large for a datagram: how many, of how many; the limit in bytes; number (from 1) and bytes of the first. (transfer full) */
char   *tl_replay_large_text    (guint                   n,
                                 guint                   n_items,
                                 guint                   limit,
                                 guint                   number,
                                 guint                   length);

G_END_DECLS
