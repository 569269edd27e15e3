/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-site.h"

G_BEGIN_DECLS

#define TL_TYPE_TRANSFER_STATE (tl_transfer_state_get_type ())

typedef enum {
  TL_TRANSFER_WAITING,
  TL_TRANSFER_RUNNING,
  TL_TRANSFER_ASKING,      /* the target exists, and the user is asked */
  TL_TRANSFER_DONE,
  TL_TRANSFER_SKIPPED,
  TL_TRANSFER_CANCELLED,
  TL_TRANSFER_FAILED,
} TlTransferState;

GType       tl_transfer_state_get_type  (void);
/* Translated. */
const char *tl_transfer_state_get_label (TlTransferState state);

#define TL_TYPE_TRANSFER (tl_transfer_get_type ())
G_DECLARE_FINAL_TYPE (TlTransfer, tl_transfer, TL, TRANSFER, GObject)

/**
 * TlTransfer:
 *
 * One file (or folder, which adds its content to the queue as it is walked) that moves between this machine and a server.
 *
 * Read-only properties: "site", "upload" (boolean), "folder" (boolean), "remote" (GBytes, boxed: absolute raw path), "local" (GFile), "name" (string: for display),
 * "state", "error" (string, nullable), "size" (int64: -1 unknown), "moved" (uint64: bytes of the file that are there, an offset included), "fraction" (double: -1 unknown),
 * "speed" (double, bytes/s over the last 3 s), "remaining" (int64: seconds, -1 unknown), "note" (string, nullable: what was proved: "226 · size matches").
 */
gboolean        tl_transfer_is_upload  (TlTransfer *self);
gboolean        tl_transfer_is_folder  (TlTransfer *self);
TlTransferState tl_transfer_get_state  (TlTransfer *self);
GBytes         *tl_transfer_get_remote (TlTransfer *self);
GFile          *tl_transfer_get_local  (TlTransfer *self);
gint64          tl_transfer_get_size   (TlTransfer *self);
guint64         tl_transfer_get_moved  (TlTransfer *self);
const char     *tl_transfer_get_error  (TlTransfer *self);

G_END_DECLS
