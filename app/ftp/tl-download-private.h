/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of a download share; for them alone. */

#include "tl-local-file.h"
#include "tl-transfer-job.h"

G_BEGIN_DECLS

/*
 * TlDownload:
 * @name: of the target, below @folder; @fd: the part's
 * @answer: what is to be done with a target that is there
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
  guint64        offset;
  guint64        overlap;
  guint64        moved;
  TlBlockWriter *writer;
} TlDownload;

/* Work for threads, with the TlDownload as the task's data. Looks at the target, decides, and opens the part that is to be filled. */
void tl_download_prepare_thread (GTask        *worker,
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
