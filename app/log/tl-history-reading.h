/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlHistoryMessages only. */

#include "tl-history-chunk.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* What a job of the database reads: one chunk. */
typedef struct {
  gint64          session;
  gint64          position;   /* of the session's messages */
  gint64          first;
  gint64          n_rows;
  TlHistoryChunk *chunk;
} TlHistoryReading;

void     tl_history_reading_free (TlHistoryReading *self);
/* A TlDatabaseFunc: @data is a TlHistoryReading with session and position. (transfer full): a whole one. G_IO_ERROR_NOT_FOUND: there is no such message. */
gpointer tl_history_reading_run  (sqlite3          *db,
                                  gpointer          data,
                                  GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlHistoryReading, tl_history_reading_free)

G_END_DECLS
