/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the database holds of an earlier run, or of a queue that is gone: as transfers again. */

#include "tl-transfer-record-private.h"

#include "tl-ftp-site-record.h"

static TlOverwrite
get_overwrite (const char *name)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (TL_TYPE_OVERWRITE);
  const GEnumValue *value = name != NULL ? g_enum_get_value_by_nick (class, name) : NULL;

  return value != NULL ? (TlOverwrite) value->value : TL_OVERWRITE_ASK;
}

void
tl_transfer_taking_free (TlTransferTaking *self)
{
  g_array_unref (self->owners);
  g_free (self->key);
  g_free (self);
}

/* "owner NOT IN (1, 2)" (transfer full) */
static char *
dup_condition (const TlTransferTaking *self)
{
  GString *text = g_string_new ("owner NOT IN (0");

  for (guint i = 0; i < self->owners->len; i++)
    g_string_append_printf (text, ", %" G_GINT64_FORMAT, g_array_index (self->owners, gint64, i));
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static char *
dup_column (sqlite3_stmt *row,
            int           column)
{
  const char *bytes = sqlite3_column_blob (row, column);

  /* No name of a file holds a NUL. */
  return bytes != NULL ? g_strndup (bytes, (gsize) sqlite3_column_bytes (row, column)) : NULL;
}

static TlTransfer *
read_row (sqlite3_stmt *row,
          TlFtpSite    *site)
{
  g_autoptr (GBytes) remote = g_bytes_new (sqlite3_column_blob (row, REMOTE), (gsize) sqlite3_column_bytes (row, REMOTE));
  g_autofree char *root = dup_column (row, ROOT);
  g_autofree char *path = dup_column (row, PATH);
  const char *state = (const char *) sqlite3_column_text (row, STATE);
  TlTransfer *self = tl_transfer_new (site, sqlite3_column_int (row, UPLOAD) != 0, sqlite3_column_int (row, FOLDER) != 0, remote,
                                      root != NULL ? root : "", path != NULL ? path : "");

  self->id = sqlite3_column_int64 (row, ID);
  self->parent_id = sqlite3_column_int64 (row, PARENT);
  self->place = sqlite3_column_double (row, PLACE);
  self->size = sqlite3_column_int64 (row, SIZE);
  self->time = sqlite3_column_int64 (row, TIME);
  self->exact = sqlite3_column_int (row, EXACT) != 0;
  self->mode = (guint) sqlite3_column_int (row, MODE);
  self->depth = (guint) sqlite3_column_int (row, DEPTH);
  self->walked = sqlite3_column_int (row, WALKED) != 0;
  self->n_taken = (guint) sqlite3_column_int (row, N_TAKEN);
  self->n_left_out = (guint) sqlite3_column_int (row, N_LEFT_OUT);
  self->replace = get_overwrite ((const char *) sqlite3_column_text (row, OVERWRITE));
  self->replace_all = sqlite3_column_int (row, OVERWRITE_ALL) != 0;
  self->asked_size = sqlite3_column_int64 (row, ASKED_SIZE);
  self->asked_time = sqlite3_column_int64 (row, ASKED_TIME);
  self->fresh = sqlite3_column_int (row, FRESH) != 0;
  self->part = dup_column (row, PART);
  self->part_device = (guint64) sqlite3_column_int64 (row, PART_DEVICE);
  self->part_inode = (guint64) sqlite3_column_int64 (row, PART_INODE);
  self->part_size = sqlite3_column_int64 (row, PART_SIZE);
  self->part_time = sqlite3_column_int64 (row, PART_TIME);
  self->created = sqlite3_column_int (row, CREATED) != 0;
  self->moved = self->folder ? 0 : (guint64) sqlite3_column_int64 (row, MOVED);
  self->priority = sqlite3_column_int (row, PRIORITY);
  self->limit = (guint) sqlite3_column_int64 (row, SPEED_LIMIT);
  if (self->folder)
    {
      self->n_done = self->n_files = self->n_ended = (guint) sqlite3_column_int64 (row, N_DONE);
      self->done_size = self->moved = (guint64) sqlite3_column_int64 (row, DONE_SIZE);
      self->size = self->moved > 0 ? (gint64) self->moved : -1;
    }
  self->error = g_strdup ((const char *) sqlite3_column_text (row, ERROR_TEXT));
  self->state = g_strcmp0 (state, FAILED) == 0 ? TL_TRANSFER_FAILED : g_strcmp0 (state, DONE) == 0 ? TL_TRANSFER_DONE : TL_TRANSFER_PAUSED;
  self->restored = TRUE;
  self->walked_stored = self->walked;
  self->stored = self->has_row = TRUE;
  return self;
}

/* A folder only has to know what has ended well in it, so that it is not fetched again. */
static void
note_ended (TlTransfer *folder,
            TlTransfer *transfer)
{
  if (folder->known == NULL)
    folder->known = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  g_hash_table_add (folder->known, g_bytes_ref (transfer->remote));
}

/* Its folder is linked up already. False: it is not to be in the list. */
static gboolean
link_up (GHashTable *by_id,
         TlTransfer *transfer)
{
  TlTransfer *parent = transfer->parent_id != 0 ? g_hash_table_lookup (by_id, &transfer->parent_id) : NULL;

  if (transfer->folder && transfer->state != TL_TRANSFER_DONE)
    g_hash_table_insert (by_id, &transfer->id, transfer);
  if (parent != NULL)
    {
      transfer->parent = g_object_ref (parent);
      transfer->top = g_object_ref (parent->top != NULL ? parent->top : parent);
    }
  if (transfer->state != TL_TRANSFER_DONE)
    return TRUE;
  if (parent != NULL)
    note_ended (parent, transfer);
  /* A folder that was walked still has those in it that wait. */
  if (transfer->folder)
    g_hash_table_insert (by_id, &transfer->id, transfer);
  return FALSE;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const TlTransfer *one = *(TlTransfer *const *) a, *other = *(TlTransfer *const *) b;

  return (one->place > other->place) - (one->place < other->place);
}

static gboolean
take_rows (sqlite3     *db,
           const char  *sql,
           const char  *key,
           TlFtpSite   *site,
           GPtrArray   *transfers,
           GError     **error)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  sqlite3_stmt *row = tl_transfer_record_prepare (db, sql, error);
  gboolean good;

  if (row == NULL)
    return FALSE;
  sqlite3_bind_text (row, 1, key, -1, SQLITE_STATIC);
  while (sqlite3_step (row) == SQLITE_ROW)
    {
      TlTransfer *transfer = read_row (row, site);

      g_ptr_array_add (all, transfer);
      if (link_up (by_id, transfer))
        g_ptr_array_add (transfers, g_object_ref (transfer));
    }
  good = sqlite3_errcode (db) == SQLITE_DONE || sqlite3_errcode (db) == SQLITE_OK;
  if (!good)
    tl_database_set_error (db, error);
  sqlite3_finalize (row);
  g_ptr_array_sort (transfers, compare_places);
  return good;
}

/* (transfer full) (nullable): NULL: nothing waits for it, or @error. */
static TlFtpSite *
read_site (sqlite3     *db,
           const char  *key,
           GError     **error)
{
  sqlite3_stmt *row = tl_transfer_record_prepare (db, "SELECT * FROM sites WHERE key = ?", error);
  TlFtpSite *site = NULL;

  if (row == NULL)
    return NULL;
  sqlite3_bind_text (row, 1, key, -1, SQLITE_STATIC);
  if (sqlite3_step (row) == SQLITE_ROW)
    site = tl_ftp_site_record_read (row);
  sqlite3_finalize (row);
  return site;
}

static gboolean
read_newest (sqlite3  *db,
             gint64   *newest,
             GError  **error)
{
  sqlite3_stmt *row = tl_transfer_record_prepare (db, "SELECT max (id) FROM transfers", error);

  if (row == NULL)
    return FALSE;
  if (sqlite3_step (row) == SQLITE_ROW)
    *newest = sqlite3_column_int64 (row, 0);
  sqlite3_finalize (row);
  return TRUE;
}

gpointer
tl_transfer_records_take (sqlite3   *db,
                          gpointer   data,
                          GError   **error)
{
  TlTransferTaking *taking = data;
  g_autofree char *condition = dup_condition (taking);
  g_autofree char *select = g_strconcat ("SELECT " COLUMNS " FROM transfers WHERE site = (SELECT id FROM sites WHERE key = ?) AND ", condition,
                                         " ORDER BY depth, id", NULL); /* not by id alone: the clock may have been set back since their folder came */
  g_autofree char *update = g_strdup_printf ("UPDATE transfers SET owner = %" G_GINT64_FORMAT
                                             " WHERE site = (SELECT id FROM sites WHERE key = ?) AND %s", taking->owner, condition);
  g_autoptr (GPtrArray) transfers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TlFtpSite) site = read_site (db, taking->key, error);
  sqlite3_stmt *statement;
  gboolean good;

  if (*error != NULL || site == NULL)
    return *error != NULL ? NULL : g_steal_pointer (&transfers);
  if (!tl_transfer_record_run (db, "BEGIN IMMEDIATE", error) || !take_rows (db, select, taking->key, site, transfers, error))
    return NULL;
  statement = tl_transfer_record_prepare (db, update, error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, taking->key, -1, SQLITE_STATIC);
  good = tl_transfer_record_step (db, statement, error);
  sqlite3_finalize (statement);
  if (!good || !read_newest (db, &taking->newest, error) || !tl_transfer_record_run (db, "COMMIT", error))
    return NULL;
  for (guint i = 0; i < transfers->len; i++)
    ((TlTransfer *) transfers->pdata[i])->owner = taking->owner;
  return g_steal_pointer (&transfers);
}

void
tl_transfer_place_free (TlTransferPlace *self)
{
  g_object_unref (self->site);
  g_free (self);
}

gpointer
tl_transfer_records_list (sqlite3   *db,
                          gpointer   data,
                          GError   **error)
{
  g_autofree char *condition = dup_condition (data);
  g_autofree char *sql = g_strconcat ("SELECT sites.*, total (state = '" WAITING "' AND NOT folder), total (state = '" FAILED "' AND NOT folder),"
                                      " total (folder) FROM sites JOIN transfers ON transfers.site = sites.id WHERE state <> '" DONE "' AND ",
                                      condition, " GROUP BY sites.id ORDER BY min (transfers.id)", NULL);
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_transfer_place_free);
  sqlite3_stmt *row = tl_transfer_record_prepare (db, sql, error);

  if (row == NULL)
    return NULL;
  while (sqlite3_step (row) == SQLITE_ROW)
    {
      TlTransferPlace *place = g_new0 (TlTransferPlace, 1);

      place->site = tl_ftp_site_record_read (row);
      place->n_waiting = (guint) sqlite3_column_int (row, 13);
      place->n_failed = (guint) sqlite3_column_int (row, 14);
      /* A folder of which nothing has been listed yet. */
      if (place->n_waiting + place->n_failed == 0)
        place->n_waiting = (guint) sqlite3_column_int (row, 15);
      g_ptr_array_add (places, place);
    }
  sqlite3_finalize (row);
  return g_steal_pointer (&places);
}
