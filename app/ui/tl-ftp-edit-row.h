/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-edit.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_EDIT_ROW (tl_ftp_edit_row_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpEditRow, tl_ftp_edit_row, TL, FTP_EDIT_ROW, GtkListBoxRow)

/**
 * TlFtpEditRow:
 *
 * A file of a server that is being edited: where it is, whether what was saved is on the server, buttons to open it once more, to upload it, to end. It asks what the
 * file asks: one question at a time. The file is its own: with the row the editing is left; what was saved and not uploaded is there another time.
 * Signals: "open": the copy is to be shown in its editor; "dismiss": the person is done with it.
 */
/* Begins to fetch it, unless there is a copy. @place: host and path, for reading. */
GtkWidget *tl_ftp_edit_row_new      (TlFtpEdit    *edit,
                                     const char   *place);
TlFtpEdit *tl_ftp_edit_row_get_edit (TlFtpEditRow *self);
void       tl_ftp_edit_row_set_place (TlFtpEditRow *self,
                                     const char   *place);
/* Copies what is there to @file. */
void       tl_ftp_edit_row_save_as  (TlFtpEditRow *self,
                                     GFile        *file);

G_END_DECLS
