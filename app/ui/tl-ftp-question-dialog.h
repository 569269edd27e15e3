/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-asker.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows the question, and writes what is answered into it. @func is called once, when it is: also when the dialog is closed, which declines. Returns the
 * dialog. */
GtkWidget *tl_ftp_question_dialog_ask (GtkWidget     *parent,
                                       TlFtpQuestion *question,
                                       void         (*func) (gpointer user_data),
                                       gpointer       user_data);

G_END_DECLS
