/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gaps between messages, scaled and capped. */

#include "tl-replay-schedule.h"

#define LONE_GAP G_USEC_PER_SEC

static const TlReplayItem *
get_item (TlReplayList *list,
          GArray       *picked,
          guint         index)
{
  return tl_replay_list_get_item (list, g_array_index (picked, guint, index));
}

static gint64
scale (gint64                 gap,
       const TlReplayOptions *options)
{
  double scaled;

  /* Clocks are set back, and files put together by hand. */
  if (gap <= 0 || options->speed <= 0)
    return 0;
  scaled = (double) gap / CLAMP (options->speed, TL_REPLAY_MIN_SPEED, TL_REPLAY_MAX_SPEED);
  /* A time of 0, which says that there is none, may stand before a real one. */
  scaled = MIN (scaled, 366.0 * 24 * 3600 * G_USEC_PER_SEC);
  return options->max_gap > 0 ? MIN ((gint64) scaled, options->max_gap) : (gint64) scaled;
}

gint64
tl_replay_schedule_get_gap (TlReplayList          *list,
                            GArray                *picked,
                            guint                  index,
                            const TlReplayOptions *options)
{
  g_return_val_if_fail (index < picked->len, 0);

  if (index > 0)
    return scale (get_item (list, picked, index)->time - get_item (list, picked, index - 1)->time, options);
  if (options->speed <= 0)
    return 0;
  return picked->len > 1 ? tl_replay_schedule_get_length (list, picked, options) / (picked->len - 1) : scale (LONE_GAP, options);
}

gint64
tl_replay_schedule_get_length (TlReplayList          *list,
                               GArray                *picked,
                               const TlReplayOptions *options)
{
  gint64 length = 0;

  for (guint i = 1; i < picked->len; i++)
    length += scale (get_item (list, picked, i)->time - get_item (list, picked, i - 1)->time, options);
  return length;
}

guint64
tl_replay_schedule_get_bytes (TlReplayList *list,
                              GArray       *picked)
{
  guint64 n = 0;

  for (guint i = 0; i < picked->len; i++)
    n += get_item (list, picked, i)->length;
  return n;
}
