/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlAutoReply and TlReplyRule only. */

#include "tl-auto-reply.h"

G_BEGIN_DECLS

/* The text of a template, taken apart once. */
typedef struct _TlReplyTemplate TlReplyTemplate;

/* G_IO_ERROR_INVALID_DATA: a sentence with the position in characters from 1. */
TlReplyTemplate *tl_reply_template_new  (const char            *text,
                                         TlCharset              charset,
                                         GError               **error);
void             tl_reply_template_free (TlReplyTemplate       *self);
/* (transfer full) (nullable): NULL when the answer would be larger than TL_AUTO_REPLY_MAX. */
GBytes          *tl_reply_template_make (TlReplyTemplate       *self,
                                         const guint8          *message,
                                         gsize                  length,
                                         const TlReplyContext  *context);

/* Sets a property's text, made valid UTF-8 (%NULL: empty). Returns whether it is another than before. */
gboolean         tl_reply_text_replace  (char                 **text,
                                         const char            *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlReplyTemplate, tl_reply_template_free)

G_END_DECLS
