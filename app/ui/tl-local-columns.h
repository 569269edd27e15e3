/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Name, size and time of change of a folder's files (GFileInfo with "standard::*,time::modified"), each with its order; folders first whatever the order. */
void       tl_local_columns_add     (GtkColumnView *view);
/* (transfer full): folders first, then as the heads of the columns say. */
GtkSorter *tl_local_columns_sorter  (GtkColumnView *view);
gboolean   tl_local_info_is_folder  (GFileInfo     *info);

G_END_DECLS
