/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of an upload share; for them alone. */

#include "tl-transfer-job.h"
#include "tl-transfer-proof.h"

G_BEGIN_DECLS

/*
 * TlUpload:
 * @exists: whether the target is there, as far as the server tells; @told: what SIZE or MDTM said of it
 * @number: of the name that is tried, when the answer is to give the file one of its own
 * @sent: how much of the file the server has, as far as is known
 * @begun: the server may have made the file for us
 * @theirs: the server's hash of what it has (nullable)
 */
typedef struct {
  TlJob     base;
  int       fd;
  gboolean  is_folder;
  gint64    size;
  gint64    time;
  gboolean  exists;
  gboolean  told;
  gboolean  is_remote_folder;
  gint64    target_size;
  gint64    target_time;
  guint     number;
  guint64   offset;
  guint64   sent;
  gboolean  begun;
  gboolean  changed;
  TlTransferProof proof;
  char     *theirs;
} TlUpload;

typedef enum {
  TL_UPLOAD_GO,
  TL_UPLOAD_LOOK_AGAIN,  /* it has another name now */
  TL_UPLOAD_SKIP,
  TL_UPLOAD_ASK,         /* the transfer's question is filled in */
} TlUploadVerdict;

/* Asks the server what is under the name; then in the folder's listing, when neither SIZE nor MDTM told anything. */
void            tl_upload_look           (GTask      *task);
void            tl_upload_look_in_folder (GTask      *task);
/* What to do about what is there; where to begin is the job's offset. */
TlUploadVerdict tl_upload_decide         (TlTransfer *transfer,
                                          TlUpload   *job);

G_END_DECLS
