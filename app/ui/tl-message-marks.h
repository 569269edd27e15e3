/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-text.h"
#include "tl-pattern.h"

G_BEGIN_DECLS

#define TL_MESSAGE_MAX_MARKS 64

/* Where a pattern is in the text of a row, as tl_message_text_preview() makes it: at most TL_MESSAGE_MAX_MARKS places, in bytes of that text, in order. What is
 * looked for is looked for in the bytes, and only in those that the preview reads: a match that goes on behind it is not marked.
 * @spelled: the text has gone through tl_message_text_spell_controls(). (transfer full): of TlPatternRange. */
GArray        *tl_message_marks_find (TlMessageSource *source,
                                      guint            position,
                                      TlLogMode        mode,
                                      TlCharset        charset,
                                      gboolean         is_datagram,
                                      TlMessageShape   shape,
                                      gboolean         spelled,
                                      TlPattern       *pattern);
/* Draws those marks that are in the first @length bytes of a text. */
void           tl_message_marks_draw (GArray          *marks,
                                      gsize            length,
                                      PangoAttrList   *list);

G_END_DECLS
