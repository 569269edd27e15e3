/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-linger.h"
#include "tl-transfer-private.h"

G_BEGIN_DECLS

/* Removes the unfinished file of a download, on a worker thread. */
void     tl_transfer_discard_part          (TlTransfer           *self);
/* Whether there may be a file on the server only because of this upload, which is not whole. */
gboolean tl_transfer_leaves_remote_part    (TlTransfer           *self);
/* Nothing is there of it any more: another try begins anew. */
void     tl_transfer_forget_upload         (TlTransfer           *self);
/* Removes that file, unless it is longer than what was sent. Errors: TL_FTP_ERROR, G_IO_ERROR_CANCELLED. */
void     tl_transfer_discard_remote_async  (TlTransfer           *self,
                                            TlFtpClient          *client,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean tl_transfer_discard_remote_finish (TlTransfer           *self,
                                            GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
