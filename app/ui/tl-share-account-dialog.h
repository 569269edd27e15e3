/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-server.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for an account of @kind, a guest or a registered one, and adds it to those of @server. The password of a guest is made here and shown once. */
GtkWidget *tl_share_account_dialog_ask (GtkWidget        *parent,
                                        TlFtpServer      *server,
                                        TlFtpAccountKind  kind);

G_END_DECLS
