/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-file-list.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_TABLE (tl_ftp_table_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpTable, tl_ftp_table, TL, FTP_TABLE, TlFtpFileList)

/* The folder as a table. A click on a head sorts @directory. */
GtkWidget *tl_ftp_table_new (TlFtpDirectory *directory);
/* Another folder is awaited, or no more: its rows are made ready. */
void       tl_ftp_table_expect (TlFtpTable *self, gboolean expecting);

G_END_DECLS
