/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-name.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* @name: (nullable): the bytes to send, or NULL when the user did not want to. */
typedef void (*TlFtpNameFunc) (GBytes  *name,
                               gpointer user_data);

/* Asks for one remote name and looks at it while it is typed: it must be a name, and one of the character set @charset. @old: (nullable): the name that
 * is there already, shown in @charset (@guess: what AUTO takes), its stem selected; as it is, it is no new name. @func is called once, @destroy after it.
 * Returns the dialog. */
GtkWidget *tl_ftp_name_dialog_ask (GtkWidget      *parent,
                                   const char     *heading,
                                   const char     *accept,
                                   GBytes         *old,
                                   TlFtpCharset    charset,
                                   TlCharset       guess,
                                   TlFtpNameFunc   func,
                                   gpointer        user_data,
                                   GDestroyNotify  destroy);

G_END_DECLS
