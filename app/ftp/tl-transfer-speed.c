/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast something moves, and when it will be there. */

#include "tl-transfer-speed.h"

/* Seconds after which a moment counts for little. */
#define FAST_S 1.5
#define SLOW_S 10.0

/* Slower than this it stands still. */
#define STILL 1.0

/* @weight: how much of the mean is known at all, so that its first seconds are not too slow. */
static void
mix (double *mean,
     double *weight,
     double  rate,
     double  seconds,
     double  span)
{
  const double share = seconds / (span + seconds);

  *mean += share * (rate - *mean);
  *weight += share * (1 - *weight);
}

void
tl_transfer_speed_add (TlTransferSpeed *self,
                       gint64           now,
                       guint64          moved)
{
  /* Less than before: something began anew, or left the sum. That is no speed. */
  if (self->n > 0 && moved >= self->moved)
    {
      const double seconds = (double) (now - self->time) / G_USEC_PER_SEC;
      double rate;

      if (seconds <= 0)
        return;
      rate = (double) (moved - self->moved) / seconds;
      mix (&self->fast, &self->fast_weight, rate, seconds, FAST_S);
      mix (&self->slow, &self->slow_weight, rate, seconds, SLOW_S);
    }
  self->time = now;
  self->moved = moved;
  self->n++;
}

double
tl_transfer_speed_get (const TlTransferSpeed *self)
{
  const double speed = self->fast_weight > 0 ? self->fast / self->fast_weight : 0;

  return speed >= STILL ? speed : 0;
}

gint64
tl_transfer_speed_get_remaining (const TlTransferSpeed *self,
                                 guint64                left)
{
  const double speed = self->slow_weight > 0 ? self->slow / self->slow_weight : 0;

  if (left == 0)
    return 0;
  /* What stands still now will not be there in a known time. */
  if (speed < STILL || tl_transfer_speed_get (self) < STILL)
    return -1;
  return (double) left / speed < (double) G_MAXINT ? (gint64) ((double) left / speed) + 1 : -1;
}
