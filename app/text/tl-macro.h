/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For the payload plan only: one macro of a text, as TlPayload describes them. */

#include "tl-payload-plan.h"

G_BEGIN_DECLS

typedef struct _TlMacro TlMacro;

/* What stands at a brace. */
typedef enum {
  TL_MACRO_NONE,      /* a brace that is meant as one */
  TL_MACRO_FOUND,
  TL_MACRO_WRONG,     /* @error says what */
} TlMacroVerdict;

/* Looks at @brace, a `{` in @text. *@macro: (transfer full), and *@length its bytes, when there is one. @error: G_IO_ERROR_INVALID_DATA with the position in characters
 * from 1, which *@position gets too. */
TlMacroVerdict tl_macro_parse  (const char           *text,
                                const char           *brace,
                                const TlPayload      *payload,
                                const TlMacroScope   *scope,
                                TlMacro             **macro,
                                gsize                *length,
                                gsize                *position,
                                GError              **error);
/* The error of a “}” in a template that closes nothing. */
void           tl_macro_set_closing_error (const char *text,
                                const char           *brace,
                                gsize                *position,
                                GError              **error);
/* Appends its bytes to those that stand before it. False when @out would become larger than TL_PAYLOAD_PLAN_MAX. */
gboolean       tl_macro_append (const TlMacro        *self,
                                const TlPayload      *payload,
                                const TlMacroContext *context,
                                GByteArray           *out);
void           tl_macro_free   (TlMacro              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlMacro, tl_macro_free)

G_END_DECLS
