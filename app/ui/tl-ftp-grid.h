/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-file-list.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_GRID (tl_ftp_grid_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpGrid, tl_ftp_grid, TL, FTP_GRID, TlFtpFileList)

/* The folder as icons with their names. */
GtkWidget *tl_ftp_grid_new (void);

G_END_DECLS
