/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-transfer-record.h"

G_BEGIN_DECLS

#define TL_TYPE_TRANSFER_STORE (tl_transfer_store_get_type ())
G_DECLARE_FINAL_TYPE (TlTransferStore, tl_transfer_store, TL, TRANSFER_STORE, GObject)

/**
 * TlTransferStore:
 *
 * What waits, runs or has failed in the queues of the program, in a database of its own, so that it is there after a quit, a kill or a power cut. Changes are written many at
 * once, on the database's thread, within TL_TRANSFER_STORE_MS. One program at a time: a second one finds the file locked, and keeps nothing.
 *
 * Signal: "failed" (string): a translated sentence; once, until writing works again.
 */
#define TL_TRANSFER_STORE_MS 200

/* @file: of the database. */
TlTransferStore *tl_transfer_store_new          (GFile                *file);
/* `$XDG_DATA_HOME/tonglu/transfers.db` */
TlTransferStore *tl_transfer_store_new_for_user (void);
/* Whether what is in the queues is kept, as far as is known. */
gboolean         tl_transfer_store_works        (TlTransferStore      *self);
/* A queue comes, and goes: its number, which its rows have. What a queue that has gone left is there for the next. */
gint64           tl_transfer_store_join         (TlTransferStore      *self);
void             tl_transfer_store_leave        (TlTransferStore      *self,
                                                 gint64                owner);
/* @transfer is new, or another than it was. Cheap. */
void             tl_transfer_store_touch        (TlTransferStore      *self,
                                                 TlTransfer           *transfer);
/* All that @folder holds has been touched: its row says that it was walked when all theirs are there, and not before. */
void             tl_transfer_store_note_walked  (TlTransferStore      *self,
                                                 TlTransfer           *folder);
/* What was touched is on the disk when @func is called; never within this call. Also when it cannot be written: then nothing is kept. */
typedef void   (*TlTransferStoreFunc)           (gpointer              data);
void             tl_transfer_store_settle       (TlTransferStore      *self,
                                                 TlTransferStoreFunc   func,
                                                 gpointer              data);
/* What nobody's queue has of @site, for @owner. */
void             tl_transfer_store_take_async   (TlTransferStore      *self,
                                                 TlFtpSite            *site,
                                                 gint64                owner,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/* (element-type TlTransfer) (transfer full). TL_DATABASE_ERROR. */
GPtrArray       *tl_transfer_store_take_finish  (TlTransferStore      *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
/* For which sites there is something that nobody's queue has. */
void             tl_transfer_store_list_async   (TlTransferStore      *self,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/* (element-type TlTransferPlace) (transfer full). TL_DATABASE_ERROR. */
GPtrArray       *tl_transfer_store_list_finish  (TlTransferStore      *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
/* Writes what is left, and closes the file. Blocks: for the end of the program. */
void             tl_transfer_store_close        (TlTransferStore      *self);

/* Of a transfer of a queue, which may have no store. */
void             tl_transfer_touch              (TlTransfer           *transfer);

G_END_DECLS
