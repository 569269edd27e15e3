/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What writing and reading the rows of transfers share. */

#include "tl-transfer-record.h"

G_BEGIN_DECLS

/* States. Whatever runs or asks waits, when it is read again. */
#define DONE "done"
#define FAILED "failed"
#define WAITING "waiting"

#define COLUMNS \
  "id, owner, parent, place, upload, folder, remote, root, path, size, time, exact, mode, depth, walked, n_taken, n_left_out, state, overwrite," \
  " overwrite_all, asked_size, asked_time, fresh, part, part_device, part_inode, part_size, part_time, created, moved, priority, speed_limit, n_done, done_size, error"

enum {
  ID,
  OWNER,
  PARENT,
  PLACE,
  UPLOAD,
  FOLDER,
  REMOTE,
  ROOT,
  PATH,
  SIZE,
  TIME,
  EXACT,
  MODE,
  DEPTH,
  WALKED,
  N_TAKEN,
  N_LEFT_OUT,
  STATE,
  OVERWRITE,
  OVERWRITE_ALL,
  ASKED_SIZE,
  ASKED_TIME,
  FRESH,
  PART,
  PART_DEVICE,
  PART_INODE,
  PART_SIZE,
  PART_TIME,
  CREATED,
  MOVED,
  PRIORITY,
  SPEED_LIMIT,
  N_DONE,
  DONE_SIZE,
  ERROR_TEXT,
  N_COLUMNS,
};

/* Each sets the error of the database. */
sqlite3_stmt *tl_transfer_record_prepare (sqlite3       *db,
                                          const char    *sql,
                                          GError       **error);
gboolean      tl_transfer_record_run     (sqlite3       *db,
                                          const char    *sql,
                                          GError       **error);
/* A statement without a result, which is ready for other values afterwards. */
gboolean      tl_transfer_record_step    (sqlite3       *db,
                                          sqlite3_stmt  *statement,
                                          GError       **error);

G_END_DECLS
