/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-transfer-private.h"

G_BEGIN_DECLS

/*
 * TlTransferFolder:
 *
 * The content of a folder on its way into the queue: the folder was made on the other side, and what it holds is taken piece by piece, so that a folder of a million files
 * costs no more than its listing.
 */
typedef struct _TlTransferFolder TlTransferFolder;

/* Lists it on the one side and makes it on the other. Errors: TL_FTP_ERROR, G_IO_ERROR_CANCELLED. */
void              tl_transfer_folder_open_async  (TlTransfer           *transfer,
                                                  TlFtpClient          *client,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
/* (transfer full) */
TlTransferFolder *tl_transfer_folder_open_finish (TlTransfer           *transfer,
                                                  GAsyncResult         *result,
                                                  GError              **error);
void              tl_transfer_folder_free        (TlTransferFolder     *self);
TlTransfer       *tl_transfer_folder_get_transfer (TlTransferFolder    *self);
/* Adds transfers for at most @most more to @children, but not for those whose remote path is in @known (nullable). Names that cannot be used are failed transfers.
 * False when there are no more. */
gboolean          tl_transfer_folder_take        (TlTransferFolder     *self,
                                                  GPtrArray            *children,
                                                  guint                 most,
                                                  GHashTable           *known);

G_END_DECLS
