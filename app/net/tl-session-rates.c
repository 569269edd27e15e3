/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rates of a session: a ring of tenths of a second and one sample for each of the last seconds. */

#include "tl-session-rates.h"

#include <string.h>

void
tl_session_rates_advance (TlSessionRates *self,
                          gint64          now)
{
  gint64 second = now / G_USEC_PER_SEC;
  gint64 steps = second - self->second;

  if (steps <= 0)
    return;
  self->second = second;
  if (steps >= TL_SESSION_RATE_SAMPLES)
    {
      memset (self->samples, 0, sizeof self->samples);
      return;
    }
  memmove (self->samples, self->samples + steps, (TL_SESSION_RATE_SAMPLES - steps) * sizeof self->samples[0]);
  memset (self->samples + TL_SESSION_RATE_SAMPLES - steps, 0, steps * sizeof self->samples[0]);
}

void
tl_session_rates_count (TlSessionRates *self,
                        gint64          now,
                        gboolean        received,
                        guint           messages,
                        gsize           bytes)
{
  gint64 number = now / TL_RATE_SLOT_US;
  guint i = number % TL_RATE_SLOTS;

  tl_session_rates_advance (self, now);
  self->samples[TL_SESSION_RATE_SAMPLES - 1] += bytes;
  if (self->slots[i].number != number)
    {
      memset (&self->slots[i], 0, sizeof self->slots[i]);
      self->slots[i].number = number;
    }
  if (received)
    {
      self->slots[i].rx_bytes += bytes;
      self->slots[i].rx_messages += messages;
    }
  else
    {
      self->slots[i].tx_bytes += bytes;
      self->slots[i].tx_messages += messages;
    }
}

void
tl_session_rates_get (TlSessionRates *self,
                      gint64          now,
                      double         *rx_bytes,
                      double         *tx_bytes,
                      double         *rx_messages,
                      double         *tx_messages)
{
  const gint64 number = now / TL_RATE_SLOT_US;
  guint64 sums[4] = { 0, };

  for (guint i = 0; i < TL_RATE_SLOTS; ++i)
    {
      /* Ten whole slots: the one that runs is not over yet and would make the figure flicker. */
      if (self->slots[i].number >= number || self->slots[i].number < number - 10)
        continue;
      sums[0] += self->slots[i].rx_bytes;
      sums[1] += self->slots[i].tx_bytes;
      sums[2] += self->slots[i].rx_messages;
      sums[3] += self->slots[i].tx_messages;
    }
  if (rx_bytes)
    *rx_bytes = sums[0];
  if (tx_bytes)
    *tx_bytes = sums[1];
  if (rx_messages)
    *rx_messages = sums[2];
  if (tx_messages)
    *tx_messages = sums[3];
}

gboolean
tl_session_rates_quiet (TlSessionRates *self,
                        gint64          now)
{
  const gint64 number = now / TL_RATE_SLOT_US;

  for (guint i = 0; i < TL_RATE_SLOTS; ++i)
    {
      if (self->slots[i].number >= number - 10 && self->slots[i].rx_messages + self->slots[i].tx_messages > 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
tl_session_rates_flat (TlSessionRates *self)
{
  for (guint i = 0; i < TL_SESSION_RATE_SAMPLES; ++i)
    {
      if (self->samples[i] > 0)
        return FALSE;
    }
  return TRUE;
}
