/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"
#include "tl-transfer.h"

G_BEGIN_DECLS

#define TL_TYPE_OVERWRITE (tl_overwrite_get_type ())

typedef enum {
  TL_OVERWRITE_ASK,
  TL_OVERWRITE_SKIP,
  TL_OVERWRITE_REPLACE,
  TL_OVERWRITE_RESUME,
  TL_OVERWRITE_RENAME,     /* the new one gets a name of its own: "a (2).txt" */
  TL_OVERWRITE_NEWER,      /* replaced when the source is newer, else skipped */
  TL_OVERWRITE_OTHER_SIZE, /* replaced when the sizes are not the same, else skipped */
} TlOverwrite;

GType tl_overwrite_get_type (void);

/**
 * TlOverwriteQuestion:
 *
 * Sizes -1 and times (seconds since 1970, UTC) -1 when unknown. @can_resume: the target is shorter than the source. @can_replace: what is in the way is
 * a file, no folder.
 */
typedef struct {
  TlTransfer *transfer;
  gint64      source_size, source_time;
  gint64      target_size, target_time;
  gboolean    can_resume;
  gboolean    can_replace;
} TlOverwriteQuestion;

#define TL_TYPE_TRANSFER_QUEUE (tl_transfer_queue_get_type ())
G_DECLARE_FINAL_TYPE (TlTransferQueue, tl_transfer_queue, TL, TRANSFER_QUEUE, GObject)

/**
 * TlTransferQueue:
 *
 * A `GListModel` of TlTransfer, in order, and what runs them: siblings of the browsing connection, at most "parallel" at once (4) for each client, kept for the next file and
 * closed when nothing waits. "Too many connections" lowers the number for that client and is no failure; a server that lets in only one is served over the browsing connection.
 * What may succeed a little later is tried again a few times with growing delay. Files of this machine are looked at, made and
 * renamed on worker threads. Downloads go to `name.part`, below an open directory descriptor, links not followed, and are renamed at the end.
 * What a folder holds is put into the queue as it is walked, a few hundred ahead of what is moved. Of what ended well the oldest leave the list when it has more than
 * TL_TRANSFER_QUEUE_MAX_ITEMS.
 *
 * Properties: "parallel" (uint, 1 to 10), "retry-delay" (uint, ms before the second try, doubled for each more; 1000), "hashes"
 * (boolean: the content is compared where the server can tell a hash, of files from 64 KiB on and of those that were gone on with; TRUE), "n-items", read-only: "n-active" (waiting, running, asking),
 * "n-failed", "n-paused", "fraction" (-1 when nothing is active, or something of unknown size), "speed", "remaining" (int64: seconds, -1 unknown).
 * Signals: "ask" (TlOverwriteQuestion*, valid during the emission): answer with tl_transfer_queue_answer(), now or later; "finished" (TlTransfer);
 * "restored" (uint): so many came from the store.
 */
#define TL_TRANSFER_QUEUE_MAX_ITEMS 20000

TlTransferQueue *tl_transfer_queue_new      (void);
/* @client: whose siblings move it. @remote: absolute. @size: -1 when unknown. Returns (transfer none). */
TlTransfer      *tl_transfer_queue_download (TlTransferQueue *self,
                                             TlFtpClient     *client,
                                             GBytes          *remote,
                                             gboolean         is_folder,
                                             gint64           size,
                                             GFile           *local);
/* Many at once: the entries @indices (of guint32) of @listing, which is that of the remote folder @dir, into the local @folder. In the list slice by slice, so that the
 * main loop goes on, the first slice at once; tl_transfer_queue_cancel_all() ends it too. What tl_transfer_queue_takes() does not take is left out. */
void             tl_transfer_queue_download_entries (TlTransferQueue *self,
                                             TlFtpClient     *client,
                                             GBytes          *dir,
                                             TlFtpListing    *listing,
                                             GArray          *indices,
                                             TlFtpCharset     charset,
                                             TlCharset        guess,
                                             GFile           *folder);
/* No device, and a name that can be sent. */
gboolean         tl_transfer_queue_takes    (TlFtpListing    *listing,
                                             guint            index);
/* What is added between these two is one change of the list, at the end: for many. None of it begins before. */
void             tl_transfer_queue_begin_adding (TlTransferQueue *self);
void             tl_transfer_queue_end_adding (TlTransferQueue *self);
/* Whether @local is a folder is found out. */
TlTransfer      *tl_transfer_queue_upload   (TlTransferQueue *self,
                                             TlFtpClient     *client,
                                             GFile           *local,
                                             GBytes          *remote);
/* What is in the way of a transfer that was just added is replaced when it is of this size and time (-1: not known): it has been seen, and nobody needs to ask. */
void             tl_transfer_queue_expect   (TlTransferQueue *self,
                                             TlTransfer      *transfer,
                                             gint64           size,
                                             gint64           time);
/* The oldest question without an answer, (nullable) (transfer none): valid until it is answered or its transfer cancelled. */
const TlOverwriteQuestion *tl_transfer_queue_get_question (TlTransferQueue *self);
/* @for_all: holds for all that are in the queue in the same direction, and for what their folders hold. */
void             tl_transfer_queue_answer   (TlTransferQueue *self,
                                             TlTransfer      *transfer,
                                             TlOverwrite      answer,
                                             gboolean         for_all);
/* A folder with all that is in it. What was begun of a file is removed. */
void             tl_transfer_queue_cancel   (TlTransferQueue *self,
                                             TlTransfer      *transfer);
/* One that failed, was cancelled or skipped; a folder with what failed in it. */
void             tl_transfer_queue_retry    (TlTransferQueue *self,
                                             TlTransfer      *transfer);
void             tl_transfer_queue_cancel_all (TlTransferQueue *self);
/* What is in a folder goes with it. @priority: more is earlier; 0 usually. */
void             tl_transfer_queue_set_priority (TlTransferQueue *self,
                                             GPtrArray       *transfers,
                                             int              priority);
/* KiB a second, for one transfer, or all that is in a folder together; 0: none. */
void             tl_transfer_queue_set_limit (TlTransferQueue *self,
                                             TlTransfer      *transfer,
                                             guint            kib);
/* To the beginning of the list, or to its end, in their order. */
void             tl_transfer_queue_move     (TlTransferQueue *self,
                                             GPtrArray       *transfers,
                                             gboolean         first);
/* What failed in @folder, a line each: its name and why. (transfer full) */
char            *tl_transfer_queue_dup_failures (TlTransferQueue *self,
                                             TlTransfer      *folder);
/* What failed, in the order of the list, without the folders that only tell of what is in them. @n_more: how many beyond the first @most.
 * (element-type TlTransfer) (transfer full) */
GPtrArray       *tl_transfer_queue_list_failed (TlTransferQueue *self,
                                             guint            most,
                                             guint           *n_more);
/* @transfer, a folder with all that is in it, or all (nullable) stops, and goes on where it stopped. */
void             tl_transfer_queue_pause    (TlTransferQueue *self,
                                             TlTransfer      *transfer);
void             tl_transfer_queue_resume   (TlTransferQueue *self,
                                             TlTransfer      *transfer);
/* From now on it is kept in @store; once, before anything is in it. */
void             tl_transfer_queue_set_store (TlTransferQueue *self,
                                             TlTransferStore *store);
/* Takes what the store has for @client's site and no other queue has: PAUSED, or, with @go_on, going on at once; what had failed is FAILED. */
void             tl_transfer_queue_attach   (TlTransferQueue *self,
                                             TlFtpClient     *client,
                                             gboolean         go_on);
/* All stops and leaves the list; with a store it is there for the next who asks. Without one it is cancelled. */
void             tl_transfer_queue_leave    (TlTransferQueue *self);
/* Those of @transfers that are over leave the list, with such a folder all in it that is over. What was begun here, of a download, is removed; what a cancelled upload had begun
 * on the server still is; what one that failed had begun stays there. Its folder does not speak of one that failed any more. */
void             tl_transfer_queue_remove   (TlTransferQueue *self,
                                             GPtrArray       *transfers);
/* Takes done, skipped and cancelled ones out of the list; failed ones too with @failed. What was begun of them: as above. */
void             tl_transfer_queue_clear    (TlTransferQueue *self,
                                             gboolean         failed);

G_END_DECLS
