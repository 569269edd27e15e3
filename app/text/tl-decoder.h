/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-charset.h"

G_BEGIN_DECLS

/**
 * TlDecoder:
 *
 * A streaming decoder: a character whose bytes arrive in two pieces comes out whole.
 * Bytes that are no character of the set come out visibly (`\xHH`), never as `?` and never dropped.
 * Not a GObject: it is made by the thousand.
 */
typedef struct _TlDecoder TlDecoder;

#define TL_DECODER_MAX_PENDING 8

TlDecoder *tl_decoder_new         (TlCharset     charset);
void       tl_decoder_free        (TlDecoder    *self);
/* Appends what @data completes, as valid UTF-8 without NUL bytes (NUL becomes U+2400), to @out. */
void       tl_decoder_feed        (TlDecoder    *self,
                                   const guint8 *data,
                                   gsize         length,
                                   GString      *out);
/* Appends the bytes of an unfinished character as escapes and forgets them. */
void       tl_decoder_flush       (TlDecoder    *self,
                                   GString      *out);
/* The bytes of a character that is not finished yet: at most TL_DECODER_MAX_PENDING. */
gsize      tl_decoder_get_pending (TlDecoder    *self);

/* All of @data at once: feed and flush. */
char      *tl_decode              (TlCharset     charset,
                                   const guint8 *data,
                                   gsize         length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlDecoder, tl_decoder_free)

G_END_DECLS
