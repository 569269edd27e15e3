/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of a download share; for them alone. */

#include "tl-local-file.h"
#include "tl-transfer-job.h"
#include "tl-transfer-proof.h"

G_BEGIN_DECLS

/* What is gone on with is compared so far; what is no longer is not noted in the store before it is begun. */
#define TL_DOWNLOAD_OVERLAP (64 * 1024)

/*
 * TlDownload:
 * @name: of the target, below @folder; @fd: the part's
 * @answer: what is to be done with a target that is there
 * @finished: an earlier run brought it to its end, and could not note that any more
 * @adopted: the part may be one of an earlier run: it is not ours before all of it was compared
 * @theirs: the server's hash (nullable); @damaged: it is of another content
 * @offset: bytes of the part that are there; @overlap: of those, how many are fetched again and compared
 */
typedef struct {
  TlJob          base;
  int            folder;
  int            fd;
  char          *name;
  char          *new_name;
  char          *part;
  guint64        device;
  guint64        inode;
  TlLocalTarget  target;
  TlJobResult    verdict;
  TlOverwrite    answer;
  gboolean       size_exact;
  gboolean       finished;
  gboolean       adopted;
  guint64        offset;
  guint64        overlap;
  guint64        moved;
  TlTransferProof proof;
  char          *theirs;
  gboolean       damaged;
  TlBlockWriter *writer;
} TlDownload;

/* For threads. With the folder open: looks at the target, decides, and opens the part that is to be filled. */
gboolean tl_download_prepare    (TlTransfer   *transfer,
                                 TlDownload   *job,
                                 GError      **error);
/* The part gets its time, its mode and its name. @sync: and the name is on the disk. */
gboolean tl_download_commit     (TlTransfer   *transfer,
                                 TlDownload   *job,
                                 gboolean      sync,
                                 GError      **error);
/* Work for threads, with the TlDownload as the task's data. Opens the folder, looks at the target, decides, and opens the part that is to be filled. */
void tl_download_prepare_thread (GTask        *worker,
                                 gpointer      source,
                                 gpointer      data,
                                 GCancellable *cancellable);
/* The part is begun anew. */
void tl_download_empty_thread   (GTask        *worker,
                                 gpointer      source,
                                 gpointer      data,
                                 GCancellable *cancellable);
/* Going on did not work: from the beginning, once. */
gboolean tl_download_begin_anew (TlTransfer *transfer,
                                 TlDownload *job);
/* As much has come as was told, or the job's error says so. */
void     tl_download_check      (TlTransfer *transfer,
                                 TlDownload *job);
/* Whether another try can go on with what is there. */
gboolean tl_download_keeps_part (TlTransfer *transfer,
                                 TlDownload *job);
/* The part's hash is to be @theirs. */
void tl_download_compare_thread (GTask        *worker,
                                 gpointer      source,
                                 gpointer      data,
                                 GCancellable *cancellable);
/* The part gets its time, its mode and its name. */
void tl_download_commit_thread  (GTask        *worker,
                                 gpointer      source,
                                 gpointer      data,
                                 GCancellable *cancellable);
/* The part goes. */
void tl_download_discard_thread (GTask        *worker,
                                 gpointer      source,
                                 gpointer      data,
                                 GCancellable *cancellable);

G_END_DECLS
