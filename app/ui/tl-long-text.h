/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A text view lays out a line as a whole, and again at each key: one of a megabyte takes seconds. */
#define TL_LONG_TEXT_LINE 16384
/* What is shown of a text that has a longer line. */
#define TL_LONG_TEXT_SHOWN 2000

/* Whether @text (@length bytes), inserted at @at, would make a line of more than TL_LONG_TEXT_LINE characters. */
gboolean tl_long_text_is_too_long (const GtkTextIter *at,
                                   const char        *text,
                                   gsize              length);
/* The whole text of the buffer of @at with @text inserted there. (transfer full) */
char    *tl_long_text_join        (const GtkTextIter *at,
                                   const char        *text,
                                   gsize              length);
/* The first TL_LONG_TEXT_SHOWN characters, and an ellipsis. (transfer full) */
char    *tl_long_text_beginning   (const char        *text);

G_END_DECLS
