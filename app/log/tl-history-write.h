/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlHistory and TlHistoryRecorder only: what goes to disk. */

#include "tl-history-chunk.h"
#include "tl-history-session.h"

#include <sqlite3.h>

G_BEGIN_DECLS

extern const char *const tl_history_schema[];

/* What one session has for the disk. */
typedef struct {
  gint64          uid;       /* random: the session's name until it has an id on disk, also in a file that is begun anew */
  TlHistoryAbout *about;
  gint64          started;
  gint64          ended;     /* 0: goes on */
  guint64         n_lost;    /* since it began */
  GPtrArray      *batches;   /* of TlHistoryBatch, in their order; may be empty */
} TlHistoryPart;

void     tl_history_part_free  (TlHistoryPart  *self);
/* A TlDatabaseFunc: writes @data, a GPtrArray of TlHistoryPart, in one transaction. */
gpointer tl_history_write      (sqlite3        *db,
                                gpointer        data,
                                GError        **error);

G_END_DECLS
