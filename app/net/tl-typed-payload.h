/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-payload.h"

G_BEGIN_DECLS

#define TL_TYPE_TYPED_PAYLOAD (tl_typed_payload_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlTypedPayload, tl_typed_payload, TL, TYPED_PAYLOAD, GObject)

/**
 * TlTypedPayload:
 *
 * A text as it was typed and how it becomes bytes: what a quick send and a step of a sequence share. Properties: "text" (string), "payload" (TlPayload; macros are on at
 * first), "error" (string, nullable, read-only: what is wrong with them, translated).
 */
struct _TlTypedPayloadClass
{
  GObjectClass parent_class;

  /* Looks at it anew. False, with a sentence: something is wrong. */
  gboolean (*check) (TlTypedPayload  *self,
                     GError         **error);
};

const char      *tl_typed_payload_get_text    (TlTypedPayload *self);
const TlPayload *tl_typed_payload_get_payload (TlTypedPayload *self);
const char      *tl_typed_payload_get_error   (TlTypedPayload *self);
/* For subclasses: something else that decides has changed. */
void             tl_typed_payload_check       (TlTypedPayload *self);

/* For property setters, which notify only when it was another value before: a string that is never NULL and always UTF-8, a number. */
gboolean         tl_replace_valid_string      (char          **kept,
                                               const GValue   *value);
gboolean         tl_replace_uint              (guint          *kept,
                                               const GValue   *value);

G_END_DECLS
