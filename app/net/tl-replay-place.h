/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlReplay: where it stands. Pure: the time is given. */

#include "tl-replay-schedule.h"

G_BEGIN_DECLS

/**
 * TlReplayProgress:
 */
typedef struct {
  guint64 n_done;         /* messages that the queues took, in all rounds */
  guint64 n_bytes;        /* of them */
  guint64 n_items;        /* messages that there are to be sent, in all rounds; 0: without end */
  guint64 n_total_bytes;
  guint   round;          /* from 1 */
  double  fraction;       /* of all rounds; without end: of this one */
  gint64  time_left;      /* µs; -1: not known */
  gint64  mean_drift;     /* µs by which messages were sent later than they were due */
  gint64  max_drift;
  guint64 n_skipped;      /* messages that were left out */
} TlReplayProgress;

/**
 * TlReplayPlace:
 *
 * The next message, when it is due, and what has been played so far. Times are in µs, of one clock.
 */
typedef struct _TlReplayPlace TlReplayPlace;

TlReplayPlace      *tl_replay_place_new      (TlReplayList           *list,
                                              GArray                 *picked,
                                              const TlReplayOptions  *options);
void                tl_replay_place_free     (TlReplayPlace          *self);
/* At the beginning; the first message is due at @now. */
void                tl_replay_place_rewind   (TlReplayPlace          *self,
                                              gint64                  now);
/* Nothing was played for so long: all that follows is later by it. */
void                tl_replay_place_shift    (TlReplayPlace          *self,
                                              gint64                  length);
const TlReplayItem *tl_replay_place_get_item (TlReplayPlace          *self);
const guint8       *tl_replay_place_get_data (TlReplayPlace          *self);
gint64              tl_replay_place_get_due  (TlReplayPlace          *self);
guint64             tl_replay_place_get_n_bytes (TlReplayPlace       *self);
/* The message was sent at @now. FALSE: it was the last. */
gboolean            tl_replay_place_advance  (TlReplayPlace          *self,
                                              gint64                  now);
/* The message is left out. FALSE: it was the last, or there is none that is not left out. */
gboolean            tl_replay_place_skip     (TlReplayPlace          *self);
/* From 1: which of a round the message is, and how many there are. */
guint               tl_replay_place_get_number (TlReplayPlace        *self);
guint               tl_replay_place_get_n_items (TlReplayPlace       *self);
/* @done: all was played. */
void                tl_replay_place_get_progress (TlReplayPlace      *self,
                                              gint64                  now,
                                              gboolean                done,
                                              TlReplayProgress       *progress);

G_END_DECLS
