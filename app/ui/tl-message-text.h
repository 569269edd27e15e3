/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-source.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_LOG_MODE (tl_log_mode_get_type ())

/**
 * TlLogMode:
 *
 * What a payload is shown as.
 */
typedef enum {
  TL_LOG_MODE_TEXT,
  TL_LOG_MODE_HEX,
  TL_LOG_MODE_HEX_DUMP,
} TlLogMode;

GType tl_log_mode_get_type (void);

/**
 * TlMessageShape:
 * @TL_MESSAGE_SHAPE_LINE: one line, for a row of a table
 * @TL_MESSAGE_SHAPE_LINES: line breaks stay, for a row that wraps
 * @TL_MESSAGE_SHAPE_BUBBLE: line breaks stay, hex dumps are half as wide
 */
typedef enum {
  TL_MESSAGE_SHAPE_LINE,
  TL_MESSAGE_SHAPE_LINES,
  TL_MESSAGE_SHAPE_BUBBLE,
} TlMessageShape;

/* Bounds of a preview: what one row can cost, whatever was received. */
#define TL_MESSAGE_LINE_CHARS 512
#define TL_MESSAGE_LINES_CHARS 600
#define TL_MESSAGE_LINES_LINES 12
#define TL_MESSAGE_BUBBLE_LINES 20
#define TL_MESSAGE_DUMP_LINES 16

/* The word of a direction or kind in a column: "Received", "Sent", "Event", …, translated. */
const char    *tl_message_text_kind      (TlMessageKind    kind);
/* The style class that colours a row of that kind. */
const char    *tl_message_text_css_class (TlMessageKind    kind);
/* @time (µs since 1970) in the local zone: "14:03:59.000123". */
char          *tl_message_text_time      (gint64           time);
/* The same with the date and the zone, for where there is room. */
char          *tl_message_text_date_time (gint64           time);
/* "1 byte", "12 bytes", translated. */
char          *tl_message_text_length    (guint64          length);
/* That a pattern gave up in @n messages, as a sentence. (transfer full) */
char          *tl_message_text_undecided (guint64          n);
/* The same in a label that is hidden while there are none. */
void           tl_message_text_show_undecided (GtkLabel   *label,
                                               guint64     n);
/* The beginning of a row's payload as a row of a list shows it, an ellipsis behind it where bytes are left out. Rows that are sentences
 * of ours are text in every mode. Plain text: it is never markup. */
char          *tl_message_text_preview   (TlMessageSource *source,
                                          guint            position,
                                          TlLogMode        mode,
                                          TlCharset        charset,
                                          gboolean         is_datagram,
                                          TlMessageShape   shape);
/* How many bytes of a payload a preview reads. */
gsize          tl_message_text_preview_bytes (TlLogMode     mode,
                                          TlMessageShape   shape);
/* Whether the payload of a row is longer than what a preview reads of it. */
gboolean       tl_message_text_is_cut    (const TlMessageInfo *info,
                                          TlLogMode        mode,
                                          TlMessageShape   shape);
/* @text, or its beginning with an ellipsis when it has more characters or lines than a row of that shape shows. Takes @text.
 * @is_cut: set to TRUE when it was shortened, else left as it is. (transfer full) */
char          *tl_message_text_limit     (char            *text,
                                          TlMessageShape   shape,
                                          gboolean        *is_cut);
/* How many lines the preview has in hex dumps; 1 for anything else. */
guint          tl_message_text_n_lines   (const TlMessageInfo *info,
                                          TlLogMode        mode,
                                          TlMessageShape   shape);
/* The first @max_bytes of the payload as a page to read: lines are broken where they get very long. */
char          *tl_message_text_page      (TlMessageSource *source,
                                          guint            position,
                                          TlLogMode        mode,
                                          TlCharset        charset,
                                          gboolean         is_datagram,
                                          gsize            max_bytes);
/* The same for bytes that are in no source any more. */
char          *tl_message_text_page_of_bytes (GBytes      *bytes,
                                          TlLogMode        mode,
                                          TlCharset        charset,
                                          gsize            max_bytes);
/* Writes the pictures of control characters (U+2400…) as ‹CR›‹LF›, for fonts that do not have them: few fonts do. (transfer full) */
char          *tl_message_text_spell_controls (const char *text);
/* Whether the font of @widget lacks pictures of control characters: few have them, and a box with four digits in it reads worse than a name. */
gboolean       tl_message_text_must_spell (GtkWidget *widget);
/* @text as it is, or with the names of control characters where @widget must spell them. (transfer full) */
char          *tl_message_text_for_widget (GtkWidget  *widget,
                                           const char *text);

G_END_DECLS
