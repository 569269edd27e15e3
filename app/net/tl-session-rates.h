/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

#define TL_RATE_SLOT_US 100000
#define TL_RATE_SLOTS 16

/**
 * TlSessionRates:
 *
 * What came and went lately: tenths of a second for the rate now, whole seconds for the graph. Times are µs, monotonic.
 */
typedef struct {
  struct {
    gint64  number;
    guint64 rx_bytes;
    guint64 tx_bytes;
    guint64 rx_messages;
    guint64 tx_messages;
  } slots[TL_RATE_SLOTS];
  guint64 samples[TL_SESSION_RATE_SAMPLES];   /* oldest first; the last is the second that runs */
  gint64  second;
} TlSessionRates;

void     tl_session_rates_count   (TlSessionRates *self,
                                   gint64          now,
                                   gboolean        received,
                                   guint           messages,
                                   gsize           bytes);
/* Moves the samples on to @now. */
void     tl_session_rates_advance (TlSessionRates *self,
                                   gint64          now);
void     tl_session_rates_get     (TlSessionRates *self,
                                   gint64          now,
                                   double         *rx_bytes,
                                   double         *tx_bytes,
                                   double         *rx_messages,
                                   double         *tx_messages);
/* Whether the rate over the last second is nought. */
gboolean tl_session_rates_quiet   (TlSessionRates *self,
                                   gint64          now);
/* Whether nothing is left in the samples either. */
gboolean tl_session_rates_flat    (TlSessionRates *self);

G_END_DECLS
