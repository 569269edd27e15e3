/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlAutoReply and TlReplyRule only. */

#include "tl-auto-reply.h"
#include "tl-pattern.h"

G_BEGIN_DECLS

/* A pattern, made ready once. */
typedef struct _TlReplyMatcher TlReplyMatcher;

/* G_IO_ERROR_INVALID_DATA with a translated sentence. */
TlReplyMatcher *tl_reply_matcher_new     (TlMatchKind      kind,
                                          const char      *pattern,
                                          TlCharset        charset,
                                          GError         **error);
void            tl_reply_matcher_free    (TlReplyMatcher  *self);
/* @captures: (out) (optional) (nullable): what the groups of a regular expression caught, as TlMacroMessage has it, in the bytes of the message. */
TlPatternVerdict tl_reply_matcher_judge  (TlReplyMatcher  *self,
                                          const guint8    *message,
                                          gsize            length,
                                          GPtrArray      **captures);
/* (transfer none) (nullable): only of that kind. */
GRegex         *tl_reply_matcher_get_regex (TlReplyMatcher *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlReplyMatcher, tl_reply_matcher_free)

G_END_DECLS
