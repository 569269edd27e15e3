/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts children beside each other as long as they fit, and goes on below. What is left of a line goes to its children that expand
 * horizontally. Properties: "column-spacing", "row-spacing" (int, px). */
#define TL_TYPE_WRAP_LAYOUT (tl_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (TlWrapLayout, tl_wrap_layout, TL, WRAP_LAYOUT, GtkLayoutManager)

#define TL_TYPE_WRAP_BOX (tl_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (TlWrapBox, tl_wrap_box, TL, WRAP_BOX, GtkWidget)

/* A widget with that layout, for templates: `<object class="TlWrapBox"><child>…`. Spacing 6. */
GtkWidget *tl_wrap_box_new (void);

G_END_DECLS
