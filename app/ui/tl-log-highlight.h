/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-log-look.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives the widget of a row the colour that the rules have for it, and takes away what it had. */
void tl_log_highlight_row (TlLogLook *look,
                           GtkWidget *widget,
                           guint      position);

G_END_DECLS
