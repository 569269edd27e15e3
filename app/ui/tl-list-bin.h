/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Holds one list, for templates: `<object class="TlListBin"><child>…`. Tab goes into it once and leaves it at once. */
#define TL_TYPE_LIST_BIN (tl_list_bin_get_type ())
G_DECLARE_FINAL_TYPE (TlListBin, tl_list_bin, TL, LIST_BIN, GtkWidget)

G_END_DECLS
