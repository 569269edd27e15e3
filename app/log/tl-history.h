/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history-session.h"

G_BEGIN_DECLS

#define TL_TYPE_HISTORY (tl_history_get_type ())
G_DECLARE_FINAL_TYPE (TlHistory, tl_history, TL, HISTORY, GObject)

/* What may wait for the disk, in bytes: what comes beyond that is not kept, and counted. */
#define TL_HISTORY_MAX_PENDING (64 * 1024 * 1024)

/**
 * TlHistory:
 *
 * What was said is still there tomorrow: messages of all recorded sessions (#TlHistoryRecorder) go to one SQLite file, in batches, about four times a
 * second, on a thread of its own. When the program is killed, no more than the last second is lost. What the disk does not take is tried
 * again every two seconds; meanwhile it waits in memory, up to TL_HISTORY_MAX_PENDING bytes. A damaged file is set aside and a new one begun; one of a
 * newer version is left alone, and nothing is kept. To be used on the main loop's thread.
 *
 * Read-only properties: "error" (string, nullable: why nothing is being saved, translated, with the original reason), "pending" (uint64, bytes), "set-aside" (string,
 * nullable: a sentence about a damaged file that was found while nothing was being written).
 * Signal "changed": sessions came, went or grew on disk; at most four times a second.
 */
TlHistory  *tl_history_new          (GFile                *file);
/* The user's: `$XDG_DATA_HOME/tonglu/history.db`. */
TlHistory  *tl_history_new_for_user (void);
const char *tl_history_get_error    (TlHistory            *self);
guint64     tl_history_get_pending  (TlHistory            *self);
const char *tl_history_get_set_aside (TlHistory           *self);
/* Whether @session is still being recorded. */
gboolean    tl_history_is_running   (TlHistory            *self,
                                     TlHistorySession     *session);
/* How long to wait for another program that holds the file, in milliseconds; before anything is recorded. */
void        tl_history_set_patience (TlHistory            *self,
                                     guint                 milliseconds);
/* Writes what is pending and closes the file. Blocks: for the end of the program. */
void        tl_history_close        (TlHistory            *self);

/* All sessions, the newest first: a GListModel of TlHistorySession. @text: only those whose title or one of whose peers contains it (NULL: all). */
void        tl_history_list_async   (TlHistory            *self,
                                     const char           *text,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
/* (transfer full) */
GListModel *tl_history_list_finish  (TlHistory            *self,
                                     GAsyncResult         *result,
                                     GError              **error);
/* Deletes sessions, in slices, so that what is being recorded does not wait. @ids: of gint64. */
void        tl_history_delete_async (TlHistory            *self,
                                     GArray               *ids,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean    tl_history_delete_finish (TlHistory           *self,
                                     GAsyncResult         *result,
                                     GError              **error);
/* Deletes what is older than @days (0: nothing is too old), then the oldest until no more than @bytes are used (0: no limit); of a session that is
 * too large by itself the oldest messages. */
void        tl_history_expire_async (TlHistory            *self,
                                     guint                 days,
                                     guint64               bytes,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean    tl_history_expire_finish (TlHistory           *self,
                                     GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
