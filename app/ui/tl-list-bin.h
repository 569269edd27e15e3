/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_LIST_BIN (tl_list_bin_get_type ())
G_DECLARE_FINAL_TYPE (TlListBin, tl_list_bin, TL, LIST_BIN, GtkWidget)

/* Holds one list, for templates: `<object class="TlListBin"><child>…`. Tab goes into it once and leaves it at once. */
GtkWidget *tl_list_bin_new (void);

G_END_DECLS
