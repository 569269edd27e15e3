/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-transfer-folder.h"

G_BEGIN_DECLS

/*
 * TlTransferBacklog:
 *
 * Who waits in a lane, and whose turn is next: files, folders that are to be listed, folders whose content is on its way into the queue, and what waits for another try.
 */
typedef struct _TlTransferBacklog TlTransferBacklog;

/* @due: called when what had to wait for another try waits no longer. */
TlTransferBacklog *tl_transfer_backlog_new         (TlTransferQueue   *queue,
                                                    GSourceFunc        due,
                                                    gpointer           due_data);
void               tl_transfer_backlog_free        (TlTransferBacklog *self);
/* At the end, or before all others. One that is in it already stays where it is. */
void               tl_transfer_backlog_put         (TlTransferBacklog *self,
                                                    TlTransfer        *transfer,
                                                    gboolean           first);
/* Not before @ms milliseconds have passed. */
void               tl_transfer_backlog_put_later   (TlTransferBacklog *self,
                                                    TlTransfer        *transfer,
                                                    guint              ms);
/* What it holds is put into the queue as there is room. Takes @folder. */
void               tl_transfer_backlog_put_content (TlTransferBacklog *self,
                                                    TlTransferFolder  *folder);
/* In the order of @items, each priority for itself. */
void               tl_transfer_backlog_sort        (TlTransferBacklog *self,
                                                    GPtrArray         *items);
/* Of @folder, which does not run any more. */
void               tl_transfer_backlog_leave_content (TlTransferBacklog *self,
                                                      TlTransfer        *folder);
/* @walks: a folder is being listed. (transfer full) (nullable) */
TlTransfer        *tl_transfer_backlog_take        (TlTransferBacklog *self,
                                                    gboolean           walks);
/* That wait for their turn, about. */
guint              tl_transfer_backlog_get_n_files (TlTransferBacklog *self);
/* None of it can be done. */
void               tl_transfer_backlog_fail        (TlTransferBacklog *self,
                                                    const GError      *error);

G_END_DECLS
