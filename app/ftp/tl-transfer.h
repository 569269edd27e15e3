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
  TL_TRANSFER_PAUSED,      /* by the user, or left over from an earlier run */
} TlTransferState;

GType       tl_transfer_state_get_type  (void);
/* Translated. */
const char *tl_transfer_state_get_label (TlTransferState state);

typedef struct _TlTransferStore TlTransferStore;

#define TL_TYPE_TRANSFER (tl_transfer_get_type ())
G_DECLARE_FINAL_TYPE (TlTransfer, tl_transfer, TL, TRANSFER, GObject)

/**
 * TlTransfer:
 *
 * One file (or folder, which adds its content to the queue as it is walked) that moves between this machine and a server.
 *
 * Read-only properties: "site", "upload" (boolean), "folder" (boolean), "remote" (GBytes, boxed: absolute raw path), "local" (GFile), "name" (string: for display),
 * "state", "error" (string, nullable), "size" (int64: -1 unknown), "moved" (uint64: bytes of the file that are there, an offset included), "fraction" (double: -1 unknown),
 * "speed" (double, bytes/s over the last few seconds), "remaining" (int64: seconds, -1 unknown), "note" (string, nullable: what was proved: "226 · size matches"; while it waits for
 * another try, why), "n-files", "n-ended" (uint: what a folder has put into the queue so far, and how many of them have ended).
 * A folder counts what is in it: its size and what has moved are the sums over its files. Progress is notified at most ten times a second.
 */
gboolean        tl_transfer_is_upload  (TlTransfer *self);
gboolean        tl_transfer_is_folder  (TlTransfer *self);
TlTransferState tl_transfer_get_state  (TlTransfer *self);
/* Whether it waits, runs or asks. */
gboolean        tl_transfer_is_active  (TlTransfer *self);
/* Whether it neither does that nor is paused. */
gboolean        tl_transfer_is_over    (TlTransfer *self);
TlFtpSite      *tl_transfer_get_site   (TlTransfer *self);
GBytes         *tl_transfer_get_remote (TlTransfer *self);
GFile          *tl_transfer_get_local  (TlTransfer *self);
const char     *tl_transfer_get_name   (TlTransfer *self);
/* With the folders that came into the list with it, to be read. (transfer full) */
char           *tl_transfer_dup_path_text (TlTransfer *self);
gint64          tl_transfer_get_size   (TlTransfer *self);
guint64         tl_transfer_get_moved  (TlTransfer *self);
const char     *tl_transfer_get_error  (TlTransfer *self);
const char     *tl_transfer_get_note   (TlTransfer *self);
/* Bytes a second over the last few seconds. */
double          tl_transfer_get_speed  (TlTransfer *self);
/* More is earlier; 0 usually. */
int             tl_transfer_get_priority (TlTransfer *self);
/* KiB a second; 0: no limit of its own. */
guint           tl_transfer_get_limit  (TlTransfer *self);
/* Whether it waits for another try: which, and in how many seconds. The note tells why. */
gboolean        tl_transfer_get_retry  (TlTransfer *self,
                                        guint      *number,
                                        guint      *seconds);
/* 0 to 1, or -1. */
double          tl_transfer_get_fraction (TlTransfer *self);
/* Seconds, or -1. */
gint64          tl_transfer_get_remaining (TlTransfer *self);

G_END_DECLS
