/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For the files that make up TlPattern. */

#include "tl-pattern.h"

G_BEGIN_DECLS

struct _TlPattern
{
  TlPatternKind kind;
  TlCharset     charset;
  gboolean      fold;
  char         *text;
  GByteArray   *bytes;    /* of text and hex: what to find, in small letters where folding */
  GByteArray   *mask;     /* of hex: which bits count; NULL: all */
  gsize         skip[256];
  char         *folded;   /* of text that only its letters' folding can find; else NULL */
  GRegex       *regex;
};

/* Where a byte that is part of a longer character can look like a letter. */
gboolean      tl_pattern_has_letters_inside (TlCharset     charset);
/* The first place of text that is folded byte by byte. */
const guint8 *tl_pattern_find_folded        (TlPattern    *self,
                                             const guint8 *data,
                                             gsize         length);
/* Whether hex is at @data, which has bytes enough. */
gboolean      tl_pattern_is_masked_match    (TlPattern    *self,
                                             const guint8 *data);

G_END_DECLS
