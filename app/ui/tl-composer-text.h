/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-payload.h"

G_BEGIN_DECLS

/* "Sends: 12:34 n=1": what the macros of @payload gave, its beginning, on one line. (transfer full) */
char *tl_composer_describe_preview (const TlPayload *payload,
                                    GBytes          *bytes);
/* "12 bytes", "12 bytes with checksum": @length of what @payload makes of a text. (transfer full) */
char *tl_composer_describe_length  (const TlPayload *payload,
                                    gsize            length);
/* The sentence for a message that went to @n_sent peers and not to all. (transfer full) */
char *tl_composer_describe_refusal (guint            n_sent,
                                    const GError    *error);
/* The beginning of a text, in one line, for a label. (transfer full) */
char *tl_composer_shorten          (const char      *text);

G_END_DECLS
