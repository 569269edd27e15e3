/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlFtpSyncRun share; the fields are for them alone. */

#include "tl-ftp-sync-run.h"

G_BEGIN_DECLS

typedef enum {
  STEP_MAKE,      /* folders, those above first */
  STEP_ADD,       /* files into the queue */
  STEP_WAIT,      /* until they are over */
  STEP_DELETE,
  STEP_END,
} Step;

struct _TlFtpSyncRun
{
  GObject parent_instance;

  TlFtpSyncPlan     *plan;
  TlTransferQueue   *queue;
  TlFtpClient       *client;
  GHashTable        *transfers;   /* TlTransfer → index of its item + 1 */
  gboolean          *needed;      /* of each item: a folder that must be made, for what comes into it */
  GPtrArray         *failures;
  TlFtpSyncProgress  progress;
  Step               at;
  guint              next;        /* item */
  GTask             *waiting;     /* until the last transfer is over */
  TlFtpListing      *listing;     /* of the folder in which is deleted, as it is now (nullable) */
  guint32            listed;      /* which one that is, or TL_FTP_SYNC_NO_ITEM */
  GHashTable        *names;       /* of it: GBytes → index + 1 */
};

void     tl_ftp_sync_run_step        (GTask               *task);
/* A failure of the item. */
void     tl_ftp_sync_run_note        (TlFtpSyncRun        *self,
                                      guint                index,
                                      const char          *message);
/* The item is over, in whatever way. */
void     tl_ftp_sync_run_end_act     (TlFtpSyncRun        *self,
                                      guint                index);
/* (transfer full) */
char    *tl_ftp_sync_run_dup_local   (TlFtpSyncRun        *self,
                                      const TlFtpSyncItem *item);
/* @thread gets @data, which is taken. */
void     tl_ftp_sync_run_work        (GTask               *task,
                                      gpointer             data,
                                      GDestroyNotify       free_data,
                                      GTaskThreadFunc      thread,
                                      GAsyncReadyCallback  callback);
/* For @callback: the item is over; *@n counts it if @thread has returned TRUE. Then the next step. */
void     tl_ftp_sync_run_worked      (GTask               *task,
                                      GAsyncResult        *result,
                                      guint               *n);
/* What was to be deleted is not. */
void     tl_ftp_sync_run_keep        (TlFtpSyncRun        *self);
/* Deletes the next one; false when there is none. */
gboolean tl_ftp_sync_run_delete_next (GTask               *task);

G_END_DECLS
