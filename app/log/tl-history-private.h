/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For the files that make up TlHistory, and for TlHistoryRecorder. */

#include "tl-database.h"
#include "tl-history-recorder.h"
#include "tl-history-write.h"

G_BEGIN_DECLS

TlDatabase    *tl_history_get_database  (TlHistory         *self);
/* Whether so many bytes more may wait for the disk; they are counted if so. */
gboolean       tl_history_admit         (TlHistory         *self,
                                         gsize              size);
/* @recorder has something to write: it is asked for it soon. */
void           tl_history_wake          (TlHistory         *self,
                                         TlHistoryRecorder *recorder);
/* Something was admitted: with much waiting the next tick is not awaited. */
void           tl_history_hurry         (TlHistory         *self);
/* A job that was not writing has failed: if the file was damaged, and is another one now, that is to be told. */
void           tl_history_note_failure  (TlHistory         *self,
                                         const GError      *error);
/* (nullable): what tl_history_get_set_aside() gives, to the first who asks; NULL also when those that were recorded at that time have heard of it. */
const char    *tl_history_take_set_aside (TlHistory        *self);
/* The session with that uid is being recorded, or no more. */
void           tl_history_set_running   (TlHistory         *self,
                                         gint64             uid,
                                         gboolean           running);
/* (transfer full) (nullable): what it has to write, which it then has no more. */
TlHistoryPart *tl_history_recorder_take (TlHistoryRecorder *self);
/* What a row counts for while it waits. */
#define TL_HISTORY_ROW_SIZE 32

/* (transfer full): from the columns of TL_HISTORY_SESSION_COLUMNS. */
TlHistorySession *tl_history_session_new_from_row (sqlite3_stmt *statement);
gint64            tl_history_session_get_uid (TlHistorySession *self);
#define TL_HISTORY_SESSION_COLUMNS \
  "id, kind, title, link, local, is_datagram, started, ended, n_messages, n_bytes, n_gone, n_lost," \
  " (SELECT group_concat (name, ', ') FROM (SELECT name FROM peers WHERE session = sessions.id LIMIT 20)), uid, last"

G_END_DECLS
