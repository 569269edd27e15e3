/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-confirm.h"
#include "tl-ftp-entry.h"

G_BEGIN_DECLS

/* What would be deleted, as a sentence with its counts: "3 files and 1 folder with all that is in it". Translated. (transfer full) */
char      *tl_ftp_delete_text       (guint           n_files,
                                     guint           n_folders);
/* Names that are asked for: the others are counted. */
#define TL_FTP_DELETE_MAX_NAMES 8
/* Asks whether so many files and folders may be deleted on the server @host, the first of which are @entries, of TlFtpEntry. @func is called once;
 * @destroy after it. Returns the dialog. */
GtkWidget *tl_ftp_delete_dialog_ask (GtkWidget      *parent,
                                     const char     *host,
                                     GPtrArray      *entries,
                                     guint           n_files,
                                     guint           n_folders,
                                     TlConfirmFunc   func,
                                     gpointer        user_data,
                                     GDestroyNotify  destroy);

G_END_DECLS
