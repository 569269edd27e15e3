/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers as rows of their database. Choices are kept by their names, which mean the same in every version. Passwords are in no table. */

#include "tl-transfer-record-private.h"

#include "tl-ftp-site-record.h"

#include <string.h>

#define KEY "tl-transfer-key"

const char *const tl_transfer_schema[] = {
  /* 1 */
  "CREATE TABLE sites ("
  "  id INTEGER PRIMARY KEY, name TEXT NOT NULL, host TEXT NOT NULL, port INTEGER NOT NULL, security TEXT NOT NULL, account TEXT NOT NULL,"
  "  user TEXT NOT NULL, anonymous_password TEXT NOT NULL, keep_password INTEGER NOT NULL, charset TEXT NOT NULL, start_dir BLOB,"
  "  active_mode INTEGER NOT NULL, key TEXT NOT NULL UNIQUE"
  ");"
  "CREATE TABLE transfers ("
  "  id INTEGER PRIMARY KEY, site INTEGER NOT NULL, owner INTEGER NOT NULL, parent INTEGER NOT NULL, place REAL NOT NULL,"
  "  upload INTEGER NOT NULL, folder INTEGER NOT NULL, remote BLOB NOT NULL, root BLOB NOT NULL, path BLOB NOT NULL,"
  "  size INTEGER NOT NULL, time INTEGER NOT NULL, exact INTEGER NOT NULL, mode INTEGER NOT NULL, depth INTEGER NOT NULL,"
  "  walked INTEGER NOT NULL, n_taken INTEGER NOT NULL, n_left_out INTEGER NOT NULL, state TEXT NOT NULL,"
  "  overwrite TEXT NOT NULL, overwrite_all INTEGER NOT NULL, asked_size INTEGER NOT NULL, asked_time INTEGER NOT NULL, fresh INTEGER NOT NULL,"
  "  part BLOB, part_device INTEGER NOT NULL, part_inode INTEGER NOT NULL, part_size INTEGER NOT NULL, part_time INTEGER NOT NULL,"
  "  created INTEGER NOT NULL, moved INTEGER NOT NULL, priority INTEGER NOT NULL, speed_limit INTEGER NOT NULL, n_done INTEGER NOT NULL,"
  "  done_size INTEGER NOT NULL, error TEXT"
  ");"
  "CREATE INDEX transfers_in ON transfers (parent) WHERE parent <> 0;",

  NULL,
};

const char *
tl_transfer_record_key (TlFtpSite *site)
{
  const char *key = g_object_get_data (G_OBJECT (site), KEY);
  g_autofree char *host = NULL;
  TlFtpSecurity security;
  char *made;

  if (key != NULL)
    return key;
  host = g_ascii_strdown (tl_ftp_site_get_host (site), -1);
  g_object_get (site, "security", &security, NULL);
  made = g_strdup_printf ("%d %s %u %s", security, host, tl_ftp_site_get_port (site), tl_ftp_site_get_user (site));
  g_object_set_data_full (G_OBJECT (site), KEY, made, g_free);
  return made;
}

void
tl_transfer_record_init (TlTransferRecord *self,
                         TlTransfer       *transfer,
                         gboolean          goes,
                         gboolean          early)
{
  TlTransfer *copy;

  self->of = g_object_ref (transfer);
  self->goes = goes;
  self->purges = transfer->folder && transfer->walked && !early;
  self->transfer = copy = tl_transfer_new_plain (transfer->site, transfer->upload, transfer->folder, transfer->remote, transfer->root, transfer->path);
  copy->id = transfer->id;
  copy->parent_id = transfer->parent != NULL ? transfer->parent->id : 0;
  copy->owner = transfer->owner;
  if (goes)
    return;
  copy->place = transfer->place;
  copy->size = transfer->size;
  copy->time = transfer->time;
  copy->exact = transfer->exact;
  copy->mode = transfer->mode;
  copy->depth = transfer->depth;
  copy->walked = transfer->walked && !early;
  copy->n_taken = transfer->n_taken;
  copy->n_left_out = transfer->n_left_out;
  copy->state = early && transfer->state != TL_TRANSFER_FAILED ? TL_TRANSFER_WAITING : transfer->state;
  copy->replace = transfer->replace;
  copy->replace_all = transfer->replace_all;
  copy->asked_size = transfer->asked_size;
  copy->asked_time = transfer->asked_time;
  copy->fresh = transfer->fresh;
  copy->part = g_strdup (transfer->part);
  copy->part_device = transfer->part_device;
  copy->part_inode = transfer->part_inode;
  copy->part_size = transfer->part_size;
  copy->part_time = transfer->part_time;
  copy->created = transfer->created;
  copy->moved = transfer->moved;
  copy->priority = transfer->priority;
  copy->limit = transfer->limit;
  copy->n_done = transfer->n_done;
  copy->done_size = transfer->done_size;
  copy->error = g_strdup (transfer->error);
}

static const char *
get_overwrite_name (TlOverwrite overwrite)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (TL_TYPE_OVERWRITE);

  return g_enum_get_value (class, (int) overwrite)->value_nick;
}

static const char *
get_state_name (TlTransferState state)
{
  switch (state)
    {
    case TL_TRANSFER_FAILED:
      return FAILED;
    case TL_TRANSFER_DONE:
    case TL_TRANSFER_SKIPPED:
    case TL_TRANSFER_CANCELLED:
      return DONE;
    case TL_TRANSFER_WAITING:
    case TL_TRANSFER_RUNNING:
    case TL_TRANSFER_ASKING:
    case TL_TRANSFER_PAUSED:
    default:
      return WAITING;
    }
}

sqlite3_stmt *
tl_transfer_record_prepare (sqlite3     *db,
                            const char  *sql,
                            GError     **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    tl_database_set_error (db, error);
  return statement;
}

gboolean
tl_transfer_record_run (sqlite3     *db,
                        const char  *sql,
                        GError     **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  tl_database_set_error (db, error);
  return FALSE;
}

gboolean
tl_transfer_record_step (sqlite3       *db,
                         sqlite3_stmt  *statement,
                         GError       **error)
{
  gboolean good = sqlite3_step (statement) == SQLITE_DONE;

  if (!good)
    tl_database_set_error (db, error);
  sqlite3_reset (statement);
  return good;
}

static void
bind_blob (sqlite3_stmt *statement,
           int           column,
           const char   *text)
{
  if (text != NULL)
    sqlite3_bind_blob (statement, column + 1, text, (int) strlen (text), SQLITE_STATIC);
  else
    sqlite3_bind_null (statement, column + 1);
}

static void
bind (sqlite3_stmt *statement,
      TlTransfer   *transfer)
{
  const struct { int column; gint64 value; } numbers[] = {
    { ID, transfer->id }, { OWNER, transfer->owner }, { PARENT, transfer->parent_id }, { UPLOAD, transfer->upload },
    { FOLDER, transfer->folder }, { SIZE, transfer->size }, { TIME, transfer->time }, { EXACT, transfer->exact },
    { MODE, transfer->mode }, { DEPTH, transfer->depth }, { WALKED, transfer->walked }, { N_TAKEN, transfer->n_taken },
    { N_LEFT_OUT, transfer->n_left_out }, { OVERWRITE_ALL, transfer->replace_all }, { ASKED_SIZE, transfer->asked_size },
    { ASKED_TIME, transfer->asked_time }, { FRESH, transfer->fresh }, { PART_DEVICE, (gint64) transfer->part_device },
    { PART_INODE, (gint64) transfer->part_inode }, { PART_SIZE, transfer->part_size }, { PART_TIME, transfer->part_time },
    { CREATED, transfer->created }, { MOVED, (gint64) transfer->moved }, { PRIORITY, transfer->priority }, { SPEED_LIMIT, transfer->limit },
    { N_DONE, transfer->n_done }, { DONE_SIZE, (gint64) transfer->done_size },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    sqlite3_bind_int64 (statement, numbers[i].column + 1, numbers[i].value);
  sqlite3_bind_double (statement, PLACE + 1, transfer->place);
  sqlite3_bind_blob (statement, REMOTE + 1, g_bytes_get_data (transfer->remote, NULL), (int) g_bytes_get_size (transfer->remote), SQLITE_STATIC);
  bind_blob (statement, ROOT, transfer->root);
  bind_blob (statement, PATH, transfer->path);
  bind_blob (statement, PART, transfer->part);
  sqlite3_bind_text (statement, STATE + 1, get_state_name (transfer->state), -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, OVERWRITE + 1, get_overwrite_name (transfer->replace), -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, ERROR_TEXT + 1, transfer->error, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, N_COLUMNS + 1, tl_transfer_record_key (transfer->site), -1, SQLITE_STATIC);
}

/* With all that is in it. */
#define REMOVE \
  "WITH RECURSIVE below (id) AS (VALUES (?) UNION SELECT transfers.id FROM transfers JOIN below ON transfers.parent = below.id AND transfers.parent <> 0)" \
  " DELETE FROM transfers WHERE id IN below"

typedef struct {
  sqlite3_stmt *put;
  sqlite3_stmt *remove;
  sqlite3_stmt *purge;
  sqlite3_stmt *site;
  TlFtpSite    *last_site;
} Statements;

static void
statements_clear (Statements *self)
{
  sqlite3_finalize (self->put);
  sqlite3_finalize (self->remove);
  sqlite3_finalize (self->purge);
  sqlite3_finalize (self->site);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Statements, statements_clear)

static gboolean
statements_init (Statements  *self,
                 sqlite3     *db,
                 GError     **error)
{
  self->put = tl_transfer_record_prepare (db, "INSERT OR REPLACE INTO transfers (" COLUMNS ", site)"
                           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                           " (SELECT id FROM sites WHERE key = ?))", error);
  self->remove = self->put != NULL ? tl_transfer_record_prepare (db, REMOVE, error) : NULL;
  self->purge = self->remove != NULL ? tl_transfer_record_prepare (db, "DELETE FROM transfers WHERE parent = ? AND parent <> 0 AND NOT folder AND state = '" DONE "'", error) : NULL;
  self->site = self->purge != NULL ? tl_transfer_record_prepare (db, "INSERT OR IGNORE INTO sites VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error) : NULL;
  return self->site != NULL;
}

/* Neighbours are mostly of one site. */
static gboolean
save_site (Statements  *self,
           sqlite3     *db,
           TlFtpSite   *site,
           GError     **error)
{
  if (site == self->last_site)
    return TRUE;

  self->last_site = site;
  tl_ftp_site_record_bind (self->site, site);
  /* The number of a bookmark is not that of the row. */
  sqlite3_bind_null (self->site, 1);
  sqlite3_bind_text (self->site, 13, tl_transfer_record_key (site), -1, SQLITE_STATIC);
  return tl_transfer_record_step (db, self->site, error);
}

static gboolean
save_one (Statements              *self,
          sqlite3                 *db,
          const TlTransferRecord  *record,
          GError                 **error)
{
  TlTransfer *transfer = record->transfer;

  if (record->goes)
    {
      sqlite3_bind_int64 (self->remove, 1, transfer->id);
      if (!tl_transfer_record_step (db, self->remove, error))
        return FALSE;
    }
  else
    {
      if (!save_site (self, db, transfer->site, error))
        return FALSE;
      bind (self->put, transfer);
      if (!tl_transfer_record_step (db, self->put, error))
        return FALSE;
    }
  if (!record->purges)
    return TRUE;
  sqlite3_bind_int64 (self->purge, 1, transfer->id);
  return tl_transfer_record_step (db, self->purge, error);
}

gpointer
tl_transfer_records_save (sqlite3   *db,
                          gpointer   data,
                          GError   **error)
{
  GArray *records = data;
  g_auto (Statements) statements = { 0 };

  if (!tl_transfer_record_run (db, "BEGIN IMMEDIATE", error) || !statements_init (&statements, db, error))
    return NULL;
  for (guint i = 0; i < records->len; i++)
    if (!save_one (&statements, db, &g_array_index (records, TlTransferRecord, i), error))
      return NULL;
  tl_transfer_record_run (db, "COMMIT", error);
  return NULL;
}
