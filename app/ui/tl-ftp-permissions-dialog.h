/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @mode: 0 to 07777, or -1 when the user did not want to. */
typedef void (*TlFtpModeFunc) (int      mode,
                               gpointer user_data);

/* Asks for the permissions of @n_entries remote files; @name: of the only one. @mode: what they are now, -1 when that is not known or not the same for all.
 * @func is called once, @destroy after it. Returns the dialog. */
GtkWidget *tl_ftp_permissions_dialog_ask (GtkWidget      *parent,
                                          const char     *name,
                                          guint           n_entries,
                                          int             mode,
                                          TlFtpModeFunc   func,
                                          gpointer        user_data,
                                          GDestroyNotify  destroy);

G_END_DECLS
