/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-database.h"
#include "tl-transfer-private.h"

G_BEGIN_DECLS

/* Transfers as rows of their database; jobs for its thread. */

extern const char *const tl_transfer_schema[];

/**
 * TlTransferRow:
 * @of: for the main loop alone
 * @transfer: a copy of it that nothing else uses
 * @goes: its row is deleted; else it is written
 * @purges: of a folder: the rows of what has ended well in it are deleted, for it needs not know them any more
 */
typedef struct {
  TlTransfer *of;
  TlTransfer *transfer;
  gboolean    goes;
  gboolean    purges;
} TlTransferRecord;

/* Plain values only. @early: a folder that was walked is written as one that was not. */
void     tl_transfer_record_init     (TlTransferRecord *self,
                                      TlTransfer       *transfer,
                                      gboolean          goes,
                                      gboolean          early);
/* What a site is known by: its rows belong to whoever connects to the same. (transfer none) */
const char *tl_transfer_record_key   (TlFtpSite        *site);

/* TlDatabaseFunc. @data: GArray of TlTransferRecord, all or none. */
gpointer tl_transfer_records_save    (sqlite3          *db,
                                      gpointer          data,
                                      GError          **error);

/**
 * TlTransferTaking:
 * @owners: (element-type gint64): those of queues that live; their rows are theirs
 * @owner: who takes
 * @key: (nullable): of the site
 * @newest: out: the highest number of all
 */
typedef struct {
  GArray *owners;
  gint64  owner;
  char   *key;
  gint64  newest;
} TlTransferTaking;

void     tl_transfer_taking_free     (TlTransferTaking *self);
/* @data: TlTransferTaking. GPtrArray of TlTransfer in the order of the queue, each PAUSED or FAILED, with the folders that they are in. */
gpointer tl_transfer_records_take    (sqlite3          *db,
                                      gpointer          data,
                                      GError          **error);

/* What waits for whom. */
typedef struct {
  TlFtpSite *site;
  guint      n_waiting;
  guint      n_failed;
} TlTransferPlace;

void     tl_transfer_place_free      (TlTransferPlace  *self);
/* @data: TlTransferTaking. GPtrArray of TlTransferPlace. */
gpointer tl_transfer_records_list    (sqlite3          *db,
                                      gpointer          data,
                                      GError          **error);

G_END_DECLS
