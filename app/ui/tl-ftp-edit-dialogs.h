/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-edit.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The questions about a file that is edited. Each answers by itself what was chosen, as long as @edit lives. All return the dialog. */

/* It was saved: shall it be sent? */
GtkWidget *tl_ftp_edit_dialogs_ask_upload   (GtkWidget *parent,
                                             TlFtpEdit *edit,
                                             const char *place);
/* The server's file is another one by now. */
GtkWidget *tl_ftp_edit_dialogs_ask_conflict (GtkWidget *parent,
                                             TlFtpEdit *edit,
                                             const char *place);
/* What was saved is not on the server: "response" is "end" when that may go. */
GtkWidget *tl_ftp_edit_dialogs_ask_end      (GtkWidget *parent,
                                             TlFtpEdit *edit);

G_END_DECLS
