/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-payload-maker.h"
#include "tl-typed-payload.h"

G_BEGIN_DECLS

#define TL_QUICK_SEND_MAX_NAME 200          /* characters, of a group too */
#define TL_QUICK_SEND_MAX_TEXT (1024 * 1024) /* bytes */
#define TL_QUICK_SEND_MAX_PERIOD 86400000   /* ms */

#define TL_TYPE_QUICK_SEND (tl_quick_send_get_type ())
G_DECLARE_FINAL_TYPE (TlQuickSend, tl_quick_send, TL, QUICK_SEND, TlTypedPayload)

/**
 * TlQuickSend:
 *
 * A message that is kept to be sent with a click. Properties beside those of TlTypedPayload: "name", "group" (strings: as they were typed), "shortcut" (uint: 1 to 9,
 * with Ctrl; 0: none), "period" (uint, ms; 0: none).
 * Its {counter} goes on over all sessions that it is sent in, from 1 at each start of the program.
 */
TlQuickSend     *tl_quick_send_new          (void);
/* The same, with a counter of its own. */
TlQuickSend     *tl_quick_send_copy         (TlQuickSend *self);
const char      *tl_quick_send_get_name     (TlQuickSend *self);
const char      *tl_quick_send_get_group    (TlQuickSend *self);
guint            tl_quick_send_get_shortcut (TlQuickSend *self);
guint            tl_quick_send_get_period   (TlQuickSend *self);
/* What makes its bytes; it follows what is changed. */
TlPayloadMaker  *tl_quick_send_get_maker    (TlQuickSend *self);

static inline const char *
tl_quick_send_get_text (TlQuickSend *self)
{
  return tl_typed_payload_get_text (TL_TYPED_PAYLOAD (self));
}

static inline const TlPayload *
tl_quick_send_get_payload (TlQuickSend *self)
{
  return tl_typed_payload_get_payload (TL_TYPED_PAYLOAD (self));
}

static inline const char *
tl_quick_send_get_error (TlQuickSend *self)
{
  return tl_typed_payload_get_error (TL_TYPED_PAYLOAD (self));
}

G_END_DECLS
