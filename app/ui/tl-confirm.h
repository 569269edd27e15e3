/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-tab-content.h"

G_BEGIN_DECLS

typedef void (*TlConfirmFunc) (gboolean confirmed,
                               gpointer user_data);

/* Asks whether what is @running may be cut off, if anything is; else calls @func at once, with true. @func is called once; @destroy after it. */
void tl_confirm_close (GtkWidget      *widget,
                       const TlRunning *running,
                       TlConfirmFunc   func,
                       gpointer        user_data,
                       GDestroyNotify  destroy);

G_END_DECLS
