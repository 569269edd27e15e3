/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Opens @file with its application; @parent (nullable). */
void tl_show_file_open      (GFile     *file,
                             GtkWindow *parent);
/* Shows @file in the file manager, selected; where none can do that, opens its folder. */
void tl_show_file_in_folder (GFile     *file,
                             GtkWindow *parent);

G_END_DECLS
