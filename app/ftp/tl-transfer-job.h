/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-job.h"
#include "tl-transfer-private.h"

G_BEGIN_DECLS

/* How a try ended that did not fail. */
typedef enum {
  TL_JOB_FAILED,
  TL_JOB_DONE,
  TL_JOB_SKIPPED,
  TL_JOB_ASK,        /* the transfer's question is filled in */
  TL_JOB_IS_FOLDER,  /* what was to be uploaded */
} TlJobResult;

/* One try to move the file of @transfer over @client. What it finds out and what it begins is written into @transfer as it goes, so that another try goes on from there.
 * Cancelled, it removes what was begun. Errors: TL_FTP_ERROR, G_IO_ERROR_CANCELLED. */
void        tl_download_async  (TlTransfer          *transfer,
                                TlFtpClient         *client,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
void        tl_upload_async    (TlTransfer          *transfer,
                                TlFtpClient         *client,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
/* Of both. *@note (out) (transfer full): what was proved. */
TlJobResult tl_job_finish      (TlTransfer          *transfer,
                                GAsyncResult        *result,
                                char               **note,
                                GError             **error);

/* Returns the task and lets go of it, taking @note. */
void        tl_job_return       (GTask               *task,
                                 TlJobResult          result,
                                 char                *note);

/* Error: TL_FTP_ERROR_DATA. */
gboolean    tl_job_is_whole     (const TlFtpListing  *listing,
                                 GError             **error);
/* What the answer that was given means for this target: of those that compare, REPLACE or SKIP, or ASK when what they compare is not known. */
TlOverwrite tl_job_get_answer   (TlTransfer          *transfer,
                                 gint64               target_size,
                                 gint64               target_time);
/* Whether the answer that was given holds for this target. */
gboolean    tl_job_is_answered  (TlTransfer          *transfer,
                                 gint64               target_size,
                                 gint64               target_time);
void        tl_job_set_question (TlTransfer          *transfer,
                                 gint64               target_size,
                                 gint64               target_time,
                                 gboolean             can_replace);

G_END_DECLS
