/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*TlConfirmFunc) (gboolean confirmed,
                               gpointer user_data);

/* Asks whether what holds @sessions may be closed, if any of them is active; else calls @func at once, with true. @func is called once; @destroy after it. */
void tl_confirm_close (GtkWidget      *widget,
                       GPtrArray      *sessions,
                       TlConfirmFunc   func,
                       gpointer        user_data,
                       GDestroyNotify  destroy);

G_END_DECLS
