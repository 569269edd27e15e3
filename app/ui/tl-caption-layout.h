/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For a line of captions that stand under fields of the line above: each begins where its field does, as long as there is room. Where there is
 * none (a long sentence, a narrow window, fields that stand below each other) they follow each other. Captions without a text take no room,
 * and the height of one row of text is always kept. The children are labels. */
#define TL_TYPE_CAPTION_LAYOUT (tl_caption_layout_get_type ())
G_DECLARE_FINAL_TYPE (TlCaptionLayout, tl_caption_layout, TL, CAPTION_LAYOUT, GtkLayoutManager)

/* @field: (not owned): stands in the same window and lives as long as @caption is laid out; it is allocated before @caption. */
void tl_caption_layout_set_field (GtkLabel  *caption,
                                  GtkWidget *field);

G_END_DECLS
