/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlLoopGuard: a bound on how often one peer is answered. */
#include "tl-auto-reply.h"

void
tl_loop_guard_init (TlLoopGuard *self)
{
  g_return_if_fail (self != NULL);

  self->tokens = TL_LOOP_GUARD_BURST;
  self->last = 0;
  self->tripped = FALSE;
}

gboolean
tl_loop_guard_take (TlLoopGuard *self,
                    gint64       now,
                    gboolean    *just_tripped)
{
  g_return_val_if_fail (self != NULL && just_tripped != NULL, FALSE);

  *just_tripped = FALSE;

  if (self->last != 0 && now > self->last)
    self->tokens = MIN (self->tokens + (double) (now - self->last) * TL_LOOP_GUARD_RATE / G_USEC_PER_SEC,
                        TL_LOOP_GUARD_BURST);
  self->last = MAX (self->last, now);

  /* Not with the first answer that goes out again: in a lasting loop that would be told 200 times a second. */
  if (self->tripped && self->tokens >= TL_LOOP_GUARD_BURST / 2)
    self->tripped = FALSE;

  if (self->tokens >= 1)
    {
      self->tokens -= 1;
      return TRUE;
    }

  *just_tripped = !self->tripped;
  self->tripped = TRUE;
  return FALSE;
}
