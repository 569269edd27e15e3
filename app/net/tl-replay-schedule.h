/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlReplay: when which message has its turn. Pure. */

#include "tl-replay-list.h"

G_BEGIN_DECLS

#define TL_REPLAY_MIN_SPEED 0.1
#define TL_REPLAY_MAX_SPEED 100.0

/**
 * TlReplayOptions:
 * @speed: 1: with the gaps that there were; 2: with half of them; 0: as fast as they are taken
 * @max_gap: µs; a longer gap, as it is waited for, is that long; 0: none is too long
 * @rounds: how often all is played; 0: without end
 * @skips: what does not fit into a datagram is left out, and counted; without it the replay fails there
 */
typedef struct {
  double speed;
  gint64 max_gap;
  guint  rounds;
  gboolean skips;
} TlReplayOptions;

/* What is waited before the item at @index of @picked, after the one before it; before the first, in a later round, as long as between others on average,
 * a second where there is but one. µs. */
gint64 tl_replay_schedule_get_gap   (TlReplayList          *list,
                                     GArray                *picked,
                                     guint                  index,
                                     const TlReplayOptions *options);
/* From the first to the last of one round, µs. */
gint64 tl_replay_schedule_get_length (TlReplayList         *list,
                                     GArray                *picked,
                                     const TlReplayOptions *options);
/* Payload of one round. */
guint64 tl_replay_schedule_get_bytes (TlReplayList         *list,
                                     GArray                *picked);

G_END_DECLS
