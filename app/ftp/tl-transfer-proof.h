/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-transfer-private.h"

G_BEGIN_DECLS

/*
 * TlTransferProof:
 * @size_matches: the server's word on the size is that of what there is here
 * @hash: the content has that hash here and there
 * @unclean: the encryption ended without its last word
 *
 * What is known of a transfer that has ended well.
 */
typedef struct {
  gboolean  size_matches;
  TlFtpHash hash;
  gboolean  unclean;
} TlTransferProof;

/* "226 received · size matches · SHA-256 matches" (transfer full) */
char     *tl_transfer_proof_dup_note (const TlTransferProof *self);
/* Of a file of this size, when it can be asked, and the queue is to. @whole: it was moved in one piece. */
gboolean  tl_transfer_wants_hash     (TlTransfer            *transfer,
                                      TlFtpClient           *client,
                                      guint64                size,
                                      gboolean               whole);
/* The hash of all that @fd holds, in hexadecimal, lower case. Blocks. (transfer full) (nullable): it cannot be read, or @cancellable. */
char     *tl_transfer_hash_file      (int                    fd,
                                      TlFtpHash              hash,
                                      GCancellable          *cancellable);

G_END_DECLS
