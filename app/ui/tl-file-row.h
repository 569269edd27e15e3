/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-job-row.h"
#include "tl-timed-send.h"

G_BEGIN_DECLS

#define TL_TYPE_FILE_ROW (tl_file_row_get_type ())
G_DECLARE_FINAL_TYPE (TlFileRow, tl_file_row, TL, FILE_ROW, TlJobRow)

/* The row of a file that is to be sent; it waits until it is started, and cancels when the row goes. */
GtkWidget *tl_file_row_new        (TlFileSend *send);
void       tl_file_row_start      (TlFileRow  *self);
gboolean   tl_file_row_is_waiting (TlFileRow  *self);

G_END_DECLS
