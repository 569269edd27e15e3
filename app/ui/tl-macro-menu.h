/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TlMacroMenu:
 *
 * A button that shows which macros there are, and what each gives. For templates. Signal "chosen" (string: the macro, to be put into a text).
 */
#define TL_TYPE_MACRO_MENU (tl_macro_menu_get_type ())
G_DECLARE_FINAL_TYPE (TlMacroMenu, tl_macro_menu, TL, MACRO_MENU, GtkWidget)

G_END_DECLS
