/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-charset.h"

G_BEGIN_DECLS

#define TL_TYPE_PATTERN_KIND (tl_pattern_kind_get_type ())

/**
 * TlPatternKind:
 * @TL_PATTERN_TEXT: text in a character set
 * @TL_PATTERN_REGEX: a Perl-compatible regular expression over the decoded text
 * @TL_PATTERN_HEX: bytes in hex, where `?` stands for any digit: `01 ?? 0D`, `A?`
 */
typedef enum {
  TL_PATTERN_TEXT,
  TL_PATTERN_REGEX,
  TL_PATTERN_HEX,
} TlPatternKind;

#define TL_N_PATTERN_KINDS (TL_PATTERN_HEX + 1)

GType tl_pattern_kind_get_type (void);

/**
 * TlPattern:
 *
 * Something to look for in raw bytes. Never changes, and can be used in any thread. Not a GObject.
 */
typedef struct _TlPattern TlPattern;

/* @fold: capital and small letters are the same (not in hex). G_IO_ERROR_INVALID_DATA or G_REGEX_ERROR: what is wrong with @text, as a sentence. An empty
 * @text is an error too. */
TlPattern    *tl_pattern_new         (TlPatternKind   kind,
                                      const char     *text,
                                      TlCharset       charset,
                                      gboolean        fold,
                                      GError        **error);
TlPattern    *tl_pattern_ref         (TlPattern      *self);
void          tl_pattern_unref       (TlPattern      *self);
/* The same is looked for. Either may be NULL. */
gboolean      tl_pattern_equal       (TlPattern      *self,
                                      TlPattern      *other);
TlPatternKind tl_pattern_get_kind    (TlPattern      *self);
const char   *tl_pattern_get_text    (TlPattern      *self);
gboolean      tl_pattern_get_fold    (TlPattern      *self);
/* A match has at least so many bytes. */
gsize         tl_pattern_get_min_length (TlPattern   *self);

/**
 * TlPatternVerdict:
 * @TL_PATTERN_ABSENT: it is not there
 * @TL_PATTERN_PRESENT: it is there
 * @TL_PATTERN_GAVE_UP: a regular expression had to try so much that it was ended: nobody knows
 */
typedef enum {
  TL_PATTERN_ABSENT,
  TL_PATTERN_PRESENT,
  TL_PATTERN_GAVE_UP,
} TlPatternVerdict;

/* Whether it is in @data. Half a character does not match. */
TlPatternVerdict tl_pattern_judge    (TlPattern      *self,
                                      const guint8   *data,
                                      gsize           length);
/* The same, where giving up is no match. */
gboolean      tl_pattern_matches     (TlPattern      *self,
                                      const guint8   *data,
                                      gsize           length);
/* What happens to a regular expression, without its limits: for whoever has one of their own. @info: (out) (optional): the match, to be freed in any case. */
TlPatternVerdict tl_pattern_judge_regex (GRegex      *regex,
                                         const char  *text,
                                         gssize       length,
                                         GMatchInfo **info);
/* A match: the bytes from @start on, before @end. */
typedef struct {
  guint32 start;
  guint32 end;
} TlPatternRange;

/* All places where it is in @data, at most @max: in order, without overlap. Returns how many. A regular expression as in tl_pattern_matches(); a match of nothing
 * is left out. */
guint         tl_pattern_find        (TlPattern      *self,
                                      const guint8   *data,
                                      gsize           length,
                                      TlPatternRange *ranges,
                                      guint           max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPattern, tl_pattern_unref)

G_END_DECLS
