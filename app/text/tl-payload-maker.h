/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-payload-plan.h"

G_BEGIN_DECLS

#define TL_TYPE_PAYLOAD_MAKER (tl_payload_maker_get_type ())
G_DECLARE_FINAL_TYPE (TlPayloadMaker, tl_payload_maker, TL, PAYLOAD_MAKER, GObject)

/**
 * TlPayloadMaker:
 *
 * A message that is sent again and again, with the counter of its macros. Property: "counter" (uint64: of the next sending, from 1).
 */
/* @plan: (nullable): none yet, or there is something wrong with it. */
TlPayloadMaker *tl_payload_maker_new         (TlPayloadPlan   *plan);
/* The same bytes each time. */
TlPayloadMaker *tl_payload_maker_new_for_bytes (GBytes        *bytes);
void            tl_payload_maker_set_plan    (TlPayloadMaker  *self,
                                              TlPayloadPlan   *plan);
TlPayloadPlan  *tl_payload_maker_get_plan    (TlPayloadMaker  *self);
guint64         tl_payload_maker_get_counter (TlPayloadMaker  *self);
void            tl_payload_maker_set_counter (TlPayloadMaker  *self,
                                              guint64          counter);
/* The bytes of the next sending, now. G_IO_ERROR_INVALID_DATA: larger than a message can be, or there is no plan. */
GBytes         *tl_payload_maker_make        (TlPayloadMaker  *self,
                                              GError         **error);
/* It was sent: the counter goes on. What nobody took does not count. */
void            tl_payload_maker_advance     (TlPayloadMaker  *self);

G_END_DECLS
