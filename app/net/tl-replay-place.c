/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a replay stands, and what is left of it. */

#include "tl-replay-place.h"

struct _TlReplayPlace
{
  TlReplayList    *list;
  GArray          *picked;
  TlReplayOptions  options;
  guint64          round_bytes;
  gint64           round_length;

  guint            next;        /* in @picked */
  guint            round;       /* from 0 */
  guint64          n_done;
  guint64          n_bytes;
  guint64          n_skipped;
  gint64           due;
  gint64           played;      /* of the schedule of this round */
  gint64           begun;       /* less the pauses */
  gint64           drift_sum;
  gint64           drift_max;
};

TlReplayPlace *
tl_replay_place_new (TlReplayList          *list,
                     GArray                *picked,
                     const TlReplayOptions *options)
{
  TlReplayPlace *self = g_new0 (TlReplayPlace, 1);

  self->list = tl_replay_list_ref (list);
  self->picked = g_array_ref (picked);
  self->options = *options;
  self->round_bytes = tl_replay_schedule_get_bytes (list, picked);
  self->round_length = tl_replay_schedule_get_length (list, picked, options);
  return self;
}

void
tl_replay_place_free (TlReplayPlace *self)
{
  tl_replay_list_unref (self->list);
  g_array_unref (self->picked);
  g_free (self);
}

void
tl_replay_place_rewind (TlReplayPlace *self,
                        gint64         now)
{
  self->next = self->round = 0;
  self->n_done = self->n_bytes = self->n_skipped = 0;
  self->played = self->drift_sum = self->drift_max = 0;
  self->due = self->begun = now;
}

void
tl_replay_place_shift (TlReplayPlace *self,
                       gint64         length)
{
  self->due += length;
  self->begun += length;
}

const TlReplayItem *
tl_replay_place_get_item (TlReplayPlace *self)
{
  return tl_replay_list_get_item (self->list, g_array_index (self->picked, guint, self->next));
}

const guint8 *
tl_replay_place_get_data (TlReplayPlace *self)
{
  return tl_replay_list_get_data (self->list, tl_replay_place_get_item (self));
}

gint64
tl_replay_place_get_due (TlReplayPlace *self)
{
  return self->due;
}

guint64
tl_replay_place_get_n_bytes (TlReplayPlace *self)
{
  return self->n_bytes;
}

guint
tl_replay_place_get_number (TlReplayPlace *self)
{
  return self->next + 1;
}

guint
tl_replay_place_get_n_items (TlReplayPlace *self)
{
  return self->picked->len;
}

/* FALSE: that was the last. */
static gboolean
go_on (TlReplayPlace *self)
{
  gint64 gap;

  if (++self->next == self->picked->len)
    {
      self->next = 0;
      self->round++;
      self->played = 0;
      if (self->options.rounds > 0 && self->round >= self->options.rounds)
        return FALSE;
      self->due += tl_replay_schedule_get_gap (self->list, self->picked, 0, &self->options);
      return TRUE;
    }
  gap = tl_replay_schedule_get_gap (self->list, self->picked, self->next, &self->options);
  self->due += gap;
  self->played += gap;
  return TRUE;
}

gboolean
tl_replay_place_advance (TlReplayPlace *self,
                         gint64         now)
{
  const gint64 drift = MAX (now - self->due, 0);

  self->n_done++;
  self->n_bytes += tl_replay_place_get_item (self)->length;
  if (self->options.speed > 0)
    {
      self->drift_sum += drift;
      self->drift_max = MAX (self->drift_max, drift);
    }
  return go_on (self);
}

gboolean
tl_replay_place_skip (TlReplayPlace *self)
{
  self->n_skipped++;
  /* Rounds without end in which nothing is sent would be that for nothing. */
  return go_on (self) && (self->n_done > 0 || self->round == 0);
}

/* By the schedule where there is one, by what has been sent so far where there is none. */
static gint64
get_time_left (TlReplayPlace *self,
               gint64         now)
{
  const guint64 n_left = (guint64) self->picked->len * self->options.rounds - self->n_done - self->n_skipped;
  gint64 rounds_left;

  if (self->options.rounds == 0 || (self->options.speed <= 0 && self->n_done == 0))
    return -1;
  if (self->options.speed <= 0)
    return (gint64) ((double) (now - self->begun) / self->n_done * n_left);
  rounds_left = (gint64) self->options.rounds - self->round - 1;
  if (rounds_left > 0)
    rounds_left *= self->round_length + tl_replay_schedule_get_gap (self->list, self->picked, 0, &self->options);
  /* Before it begins no time is due. */
  return (self->n_done + self->n_skipped > 0 ? MAX (self->due - now, 0) : 0) + self->round_length - self->played + rounds_left;
}

void
tl_replay_place_get_progress (TlReplayPlace    *self,
                              gint64            now,
                              gboolean          done,
                              TlReplayProgress *progress)
{
  const guint rounds = self->options.rounds;
  const guint of_round = done ? self->picked->len : self->next;

  *progress = (TlReplayProgress) {
    .n_done = self->n_done,
    .n_bytes = self->n_bytes,
    .n_skipped = self->n_skipped,
    .n_items = (guint64) self->picked->len * rounds,
    .n_total_bytes = self->round_bytes * rounds,
    .round = rounds > 0 ? MIN (self->round + 1, rounds) : self->round + 1,
    .fraction = rounds > 0 ? (double) (self->n_done + self->n_skipped) / ((double) self->picked->len * rounds) : (double) of_round / self->picked->len,
    .time_left = done ? 0 : get_time_left (self, now),
    .mean_drift = self->n_done > 0 ? self->drift_sum / (gint64) self->n_done : 0,
    .max_drift = self->drift_max,
  };
}
