/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-sync-plan.h"
#include "tl-transfer-queue.h"

G_BEGIN_DECLS

/* So many failures are kept with their words; the others are counted. */
#define TL_FTP_SYNC_MAX_FAILURES 1000

#define TL_TYPE_FTP_SYNC_RUN (tl_ftp_sync_run_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSyncRun, tl_ftp_sync_run, TL, FTP_SYNC_RUN, GObject)

/**
 * TlFtpSyncRun:
 *
 * Does what a plan says: makes folders, puts the files into the transfer queue, waits for them, and deletes. A failure never stops the others; but when something could not
 * be copied, nothing is deleted: it may be the only copy, under another name. What has changed since it was compared, or was not there then, is not deleted, and keeps the
 * folders that it is in. On the server each file is deleted by itself, and each folder when it is empty; what has changed there is told by a look at the folder, which is taken
 * again when it is older than ten seconds, or twenty times what it took. On this machine a folder in which nothing has changed goes into the
 * trash as one; in others each thing that has not. The plan must not change meanwhile.
 *
 * Signal "changed": it is further.
 */
typedef struct {
  guint n_all, n_over;              /* acts; each file and each folder in a folder that is deleted is one */
  guint n_downloaded, n_uploaded;   /* files */
  guint n_made, n_deleted;          /* folders that were made; files and folders */
  guint n_skipped;                  /* by the user, who was asked, or cancelled */
  guint n_kept;                     /* not deleted, because something else had failed before, or something in it */
  guint n_changed;                  /* not deleted, because it, or something in it, is not as it was when it was compared */
  guint n_failed;
  guint n_noted;                    /* sentences; the first TL_FTP_SYNC_MAX_FAILURES are there to be read */
} TlFtpSyncProgress;

TlFtpSyncRun            *tl_ftp_sync_run_new          (TlFtpSyncPlan        *plan,
                                                       TlTransferQueue      *queue,
                                                       TlFtpClient          *client);
/* How old a look at a folder of the server may be when something in it is deleted, if it did not take long; 10 when not set, 0: one for each deletion. */
void                     tl_ftp_sync_run_set_look_again (TlFtpSyncRun       *self,
                                                       guint                 seconds);
/* Once. Cancelled, it takes back what is still in the queue. */
void                     tl_ftp_sync_run_async        (TlFtpSyncRun         *self,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* True when all was tried, also when some of it failed. */
gboolean                 tl_ftp_sync_run_finish       (TlFtpSyncRun         *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
const TlFtpSyncProgress *tl_ftp_sync_run_get_progress (TlFtpSyncRun         *self);
/* (element-type TlFtpSyncFailure) (transfer none): what failed, and what was kept, with the reason */
GPtrArray               *tl_ftp_sync_run_get_failures (TlFtpSyncRun         *self);
/* For the queue's "ask", before others hear of it: what is in the way is replaced when it is what was compared. What has changed since is left to the user. */
void                     tl_ftp_sync_run_answer       (TlFtpSyncRun         *self,
                                                       const TlOverwriteQuestion *question);

G_END_DECLS
