/* SPDX-License-Identifier: GPL-3.0-or-later */
/* More connections as long as more of them do more. */

#include "tl-transfer-pace.h"

#define WINDOW_US G_TIME_SPAN_SECOND
#define WORTH 1.1
/* Windows: after a try that did not help, after the server has refused one. */
#define REST 10
#define REST_REFUSED 120

guint
tl_transfer_pace_get (const TlTransferPace *self,
                      guint                 base,
                      guint                 most)
{
  return CLAMP (self->n, base, MAX (base, most));
}

static void
begin (TlTransferPace *self,
       gint64          now,
       guint64         done)
{
  self->began = now;
  self->done = done;
}

/* What is known after a window of @rate. */
static gboolean
judge (TlTransferPace *self,
       double          rate,
       guint           base,
       guint           most)
{
  const guint n = self->n;

  if (self->tries && rate < self->before * WORTH)
    {
      self->n = MAX (self->n - 1, base);
      self->rest = REST;
    }
  self->tries = FALSE;
  if (self->n == n && self->rest > 0)
    self->rest--;
  else if (self->n == n && self->n < most)
    {
      self->n++;
      self->tries = TRUE;
    }
  self->before = rate;
  return self->n != n;
}

gboolean
tl_transfer_pace_look (TlTransferPace *self,
                       gint64          now,
                       guint64         done,
                       gboolean        waits,
                       guint           base,
                       guint           most)
{
  gboolean changed = FALSE;

  self->n = tl_transfer_pace_get (self, base, most);
  /* A window in which there was not enough to do says nothing; nor does a trial. */
  if (!waits || self->began == 0 || done < self->done)
    {
      begin (self, waits ? now : 0, done);
      return FALSE;
    }
  if (now - self->began < WINDOW_US)
    return FALSE;
  if (!self->settles)
    changed = judge (self, (double) (done - self->done) / (double) (now - self->began), base, most);
  self->settles = changed;
  begin (self, now, done);
  return changed;
}

void
tl_transfer_pace_refuse (TlTransferPace *self,
                         guint           n)
{
  self->n = MIN (self->n, n);
  self->tries = FALSE;
  self->rest = REST_REFUSED;
}
