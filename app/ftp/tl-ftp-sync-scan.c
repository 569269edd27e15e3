/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk through two trees that a plan is made of. */

#include "tl-ftp-sync-plan-private.h"

#include "tl-ftp-error.h"
#include "tl-ftp-walk.h"
#include "tl-local-name.h"
#include "tl-task-work.h"
#include "tl-transfer-job.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum {
  STEP_NEXT,
  STEP_COMPARE,
} Step;

typedef struct {
  TlFtpClient  *client;
  Step          at;
  guint32       folder;     /* whose turn it is */
  TlFtpListing *listing;    /* (nullable) */
  GError       *error;      /* that ends the walk */
} Scan;

/* What a thread found in a folder. */
typedef struct {
  TlFtpListing        *listing;
  char                *path;      /* of this machine (nullable) */
  gboolean             follow;
  TlFtpCompareOptions  options;
  /* found */
  GArray              *items;     /* TlFtpSyncItem, in the order of their names; folders on both sides too */
  GString             *keys;      /* of them, each with a NUL behind it */
  guint                n_equal;
  guint                n_in_time;   /* of those: whose minute was told */
  guint                n_found;
} Look;

static void step (GTask *task);

static void
scan_free (gpointer data)
{
  Scan *scan = data;

  g_object_unref (scan->client);
  g_clear_pointer (&scan->listing, tl_ftp_listing_unref);
  g_clear_error (&scan->error);
  g_free (scan);
}

static void
look_free (gpointer data)
{
  Look *look = data;

  for (guint i = 0; i < look->items->len; i++)
    {
      TlFtpSyncItem *item = &g_array_index (look->items, TlFtpSyncItem, i);

      g_free (item->local_name);
      g_clear_pointer (&item->remote_name, g_bytes_unref);
    }
  g_array_unref (look->items);
  g_string_free (look->keys, TRUE);
  g_clear_pointer (&look->listing, tl_ftp_listing_unref);
  g_free (look->path);
  g_free (look);
}

static void
fill_remote (TlFtpSyncItem          *item,
             const TlFtpListingItem *entry,
             const Look             *look)
{
  item->remote_name = g_bytes_new (entry->name, entry->name_length);
  item->remote_size = entry->kind == TL_FTP_ENTRY_FILE ? entry->size : -1;
  item->remote_time = entry->precision != TL_FTP_TIME_NONE ? entry->time - look->options.shift : -1;
  item->precision = entry->precision;
  item->kind = entry->kind;
  item->is_folder = entry->kind == TL_FTP_ENTRY_DIRECTORY;
  /* Where a link leads is not known. */
  if (entry->kind == TL_FTP_ENTRY_LINK || entry->kind == TL_FTP_ENTRY_OTHER)
    item->difference = TL_FTP_DIFFERENCE_UNKNOWN;
}

static void
fill_local (TlFtpSyncItem      *item,
            const TlLocalEntry *entry)
{
  item->local_name = g_strdup (entry->name);
  item->local_size = entry->size;
  item->local_time = entry->time;
  item->is_folder |= entry->is_folder;
  if (!entry->is_folder && !entry->is_file)
    item->difference = TL_FTP_DIFFERENCE_UNKNOWN;
}

static void
add_row (Look                   *look,
         TlFtpComparison        *comparison,
         const TlFtpComparedRow *row)
{
  TlFtpSyncItem item = { .remote_size = -1, .local_size = -1, .remote_time = -1, .local_time = -1, .difference = row->difference, .act = TL_FTP_SYNC_NOTHING };
  TlFtpListingItem entry;

  if (row->remote != G_MAXUINT32)
    {
      tl_ftp_listing_get_entry (look->listing, row->remote, &entry);
      fill_remote (&item, &entry, look);
    }
  if (row->local != G_MAXUINT32)
    fill_local (&item, tl_ftp_comparison_get_local (comparison)->pdata[row->local]);
  else
    item.local_name = tl_ftp_name_to_local (entry.name, entry.name_length, look->options.charset, look->options.guess);
  if (row->remote != G_MAXUINT32 && row->local != G_MAXUINT32)
    item.is_pair = entry.kind == TL_FTP_ENTRY_FILE && !entry.unsafe && !item.is_folder && item.local_size >= 0;
  /* A name that is no text goes as it is. */
  if (item.remote_name == NULL)
    item.remote_name = g_utf8_validate (item.local_name, -1, NULL) ? tl_ftp_name_encode (item.local_name, look->options.charset, NULL)
                                                                   : g_bytes_new (item.local_name, strlen (item.local_name));
  if (item.remote_name == NULL)
    item.difference = TL_FTP_DIFFERENCE_UNKNOWN;
  g_array_append_val (look->items, item);
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  return strcmp (((const TlFtpSyncItem *) a)->local_name, ((const TlFtpSyncItem *) b)->local_name);
}

/* Here, as it takes a while with very many. */
static void
make_keys (Look *look)
{
  for (guint i = 0; i < look->items->len; i++)
    {
      TlFtpSyncItem *item = &g_array_index (look->items, TlFtpSyncItem, i);
      g_autofree char *key = tl_ftp_sync_dup_key (item->local_name);

      item->key = look->keys->len;
      g_string_append_len (look->keys, key, (gssize) strlen (key) + 1);
    }
}

static void
look_thread (GTask        *worker,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Look *look = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) local = NULL;
  g_autoptr (TlFtpComparison) comparison = NULL;
  const TlFtpComparedRow *rows;
  guint n_rows;

  /* What is the same but for the zone is needed until that is known. */
  look->options.by_size = FALSE;
  if (look->path != NULL)
    {
      g_autofree char *root = g_path_get_dirname (look->path);
      g_autofree char *name = g_path_get_basename (look->path);

      local = tl_local_walk_list (root, name, look->follow, TL_FTP_WALK_MAX_ITEMS, cancellable, &error);
      if (local == NULL)
        {
          g_task_return_error (worker, error);
          return;
        }
    }
  comparison = tl_ftp_comparison_new (look->listing, local, &look->options, cancellable);
  if (comparison == NULL)
    {
      g_task_return_new_error (worker, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("It was stopped"));
      return;
    }
  rows = tl_ftp_comparison_get_rows (comparison, &n_rows);
  for (guint i = 0; i < n_rows; i++)
    if (rows[i].difference != TL_FTP_DIFFERENCE_EQUAL)
      add_row (look, comparison, &rows[i]);
    else
      {
        TlFtpListingItem entry;

        tl_ftp_listing_get_entry (look->listing, rows[i].remote, &entry);
        look->n_in_time += entry.precision != TL_FTP_TIME_DAY && entry.precision != TL_FTP_TIME_NONE;
      }
  look->n_equal = tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_EQUAL);
  look->n_found = n_rows;
  g_array_sort (look->items, compare_items);
  make_keys (look);
  g_task_return_pointer (worker, look, NULL);
}

static TlFtpSyncFolder *
get_folder (TlFtpSyncPlan *self,
            guint32        index)
{
  return &g_array_index (self->folders, TlFtpSyncFolder, index);
}

/* Not all that is in @folder is known: neither it nor what it is in is deleted. */
static void
mark_unread (TlFtpSyncPlan *self,
             guint32        folder)
{
  for (guint32 at = get_folder (self, folder)->item; at != TL_FTP_SYNC_NO_ITEM;
       at = get_folder (self, g_array_index (self->items, TlFtpSyncItem, at).folder)->item)
    g_array_index (self->items, TlFtpSyncItem, at).unread = TRUE;
}

/* @folder could not be read, or not whole. */
static void
fail (TlFtpSyncPlan *self,
      guint32        folder,
      const char    *message)
{
  g_autofree char *path = tl_local_name_display (get_folder (self, folder)->local);

  g_ptr_array_add (self->failures, tl_ftp_sync_failure_new (path, message));
  mark_unread (self, folder);
}

/* This folder is over. */
static void
leave (Scan *scan)
{
  g_clear_pointer (&scan->listing, tl_ftp_listing_unref);
  scan->at = STEP_NEXT;
  scan->folder = TL_FTP_SYNC_NO_ITEM;
}

/* The server shows a folder within itself. */
static gboolean
is_loop (TlFtpSyncPlan *self,
         guint32        folder)
{
  guint64 chain[TL_FTP_WALK_MAX_DEPTH + 1];
  guint n = 0;

  for (guint32 at = folder; n < G_N_ELEMENTS (chain); at = get_folder (self, at)->parent)
    {
      chain[n++] = get_folder (self, at)->fingerprint;
      if (at == 0)
        break;
    }
  return tl_ftp_walk_is_loop (chain, n);
}

/* A folder in the folder that was looked at. */
static void
push (TlFtpSyncPlan *self,
      Scan          *scan,
      TlFtpSyncItem *item,
      const char    *key,
      guint32        index)
{
  TlFtpSyncFolder *parent = get_folder (self, scan->folder);
  TlFtpSyncFolder folder = { .is_said = parent->is_said };
  guint32 at = self->folders->len;

  if (parent->depth >= TL_FTP_WALK_MAX_DEPTH)
    {
      fail (self, scan->folder, _("The folders are nested too deeply"));
      item->unread = TRUE;
      return;
    }
  folder.remote = tl_ftp_path_join (parent->remote, item->remote_name);
  folder.local = g_build_filename (parent->local, item->local_name, NULL);
  folder.key = scan->folder == 0 ? g_strdup (key) : g_strconcat (parent->key, "/", key, NULL);
  folder.parent = scan->folder;
  folder.item = index;
  folder.depth = parent->depth + 1;
  folder.has_remote = item->difference != TL_FTP_DIFFERENCE_ONLY_LOCAL;
  folder.has_local = item->difference != TL_FTP_DIFFERENCE_ONLY_REMOTE;
  g_array_append_val (self->folders, folder);
  g_array_append_val (self->waiting, at);
}

static void
take (TlFtpSyncPlan *self,
      Scan          *scan,
      Look          *look)
{
  guint first = self->waiting->len;

  self->n_equal += look->n_equal;
  self->n_in_time += look->n_in_time;
  self->n_found += look->n_found;
  for (guint i = 0; i < look->items->len; i++)
    {
      TlFtpSyncItem *item = &g_array_index (look->items, TlFtpSyncItem, i);
      gboolean both = item->difference == TL_FTP_DIFFERENCE_FOLDER;
      gboolean single = item->difference == TL_FTP_DIFFERENCE_ONLY_LOCAL || item->difference == TL_FTP_DIFFERENCE_ONLY_REMOTE;
      const char *key = look->keys->str + item->key;

      item->folder = scan->folder;
      if (both || (single && item->is_folder))
        push (self, scan, item, key, both ? TL_FTP_SYNC_NO_ITEM : self->items->len);
      /* A name that stands for several, say. */
      else if (item->is_folder)
        mark_unread (self, scan->folder);
      if (both)
        continue;
      item->key = self->keys->len;
      g_string_append_len (self->keys, key, (gssize) strlen (key) + 1);
      g_array_append_val (self->items, *item);
      item->local_name = NULL;
      item->remote_name = NULL;
    }
  /* The last one is walked next: the first by name shall be. */
  for (guint i = first, j = self->waiting->len; i + 1 < j; i++)
    {
      guint32 *a = &g_array_index (self->waiting, guint32, i), *b = &g_array_index (self->waiting, guint32, --j), swap = *a;

      *a = *b;
      *b = swap;
    }
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlFtpSyncPlan *self = TL_FTP_SYNC_PLAN (source);
  Scan *scan = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  Look *look = g_task_propagate_pointer (G_TASK (result), &error);

  if (look != NULL)
    take (self, scan, look);
  /* Of the folder that was chosen nothing is left to be done. */
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || scan->folder == 0)
    scan->error = g_steal_pointer (&error);
  else
    fail (self, scan->folder, error->message);
  if (scan->error == NULL)
    {
      self->n_walked++;
      leave (scan);
    }
  g_signal_emit_by_name (self, "changed");
  step (task);
}

static void
look_at (GTask *task)
{
  TlFtpSyncPlan *self = g_task_get_source_object (task);
  Scan *scan = g_task_get_task_data (task);
  const TlFtpSyncFolder *folder = get_folder (self, scan->folder);
  g_autoptr (GTask) inner = g_task_new (self, g_task_get_cancellable (task), looked_cb, task);
  Look *look = g_new0 (Look, 1);

  look->listing = scan->listing != NULL ? tl_ftp_listing_ref (scan->listing) : NULL;
  look->path = folder->has_local ? g_strdup (folder->local) : NULL;
  look->follow = folder->depth == 0;
  look->options = self->options;
  /* The zone is found out from all folders, when the walk is over. */
  look->options.shift = scan->listing != NULL ? tl_ftp_sync_plan_get_shift (self, scan->listing) : 0;
  look->items = g_array_new (FALSE, FALSE, sizeof (TlFtpSyncItem));
  look->keys = g_string_new (NULL);
  g_task_set_source_tag (inner, look_at);
  g_task_set_task_data (inner, look, look_free);
  tl_task_work (inner, look_thread, NULL);
}

/* What may be in the folder on the server and is not among what came. */
static void
note_missing (TlFtpSyncPlan *self,
              Scan          *scan)
{
  g_autoptr (GError) cut = NULL;

  self->has_lists |= tl_ftp_listing_get_format (scan->listing) != TL_FTP_LISTING_MLSD;
  if (!tl_job_is_whole (scan->listing, &cut))
    fail (self, scan->folder, cut->message);
  else if (tl_ftp_listing_get_n_unparsed (scan->listing) > 0)
    fail (self, scan->folder, _("Some lines of the server's list were not understood: what seems to be missing there is left as it is"));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlFtpSyncPlan *self = g_task_get_source_object (task);
  Scan *scan = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  TlFtpListing *listing = tl_ftp_client_list_finish (TL_FTP_CLIENT (source), result, &error);

  scan->listing = listing;
  if (listing != NULL)
    {
      get_folder (self, scan->folder)->fingerprint = tl_ftp_walk_fingerprint (listing);
      get_folder (self, scan->folder)->is_said = tl_ftp_listing_is_said (listing);
      scan->at = STEP_COMPARE;
      if (is_loop (self, scan->folder))
        {
          fail (self, scan->folder, _("This folder contains itself, most likely through a link; it is not followed further"));
          leave (scan);
        }
      else
        note_missing (self, scan);
    }
  else if (tl_ftp_error_is_refusal (error) && scan->folder != 0)
    {
      fail (self, scan->folder, error->message);
      leave (scan);
    }
  else
    scan->error = g_steal_pointer (&error);
  step (task);
}

static void
step (GTask *task)
{
  TlFtpSyncPlan *self = g_task_get_source_object (task);
  Scan *scan = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  const TlFtpSyncFolder *folder;

  if (scan->error == NULL && self->n_found > TL_FTP_WALK_MAX_ITEMS)
    g_set_error_literal (&scan->error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("There are too many files in this folder"));
  if (scan->error != NULL || g_cancellable_set_error_if_cancelled (cancellable, &scan->error))
    {
      /* Comes first when it goes on. */
      if (scan->folder != TL_FTP_SYNC_NO_ITEM)
        g_array_append_val (self->waiting, scan->folder);
      g_task_return_error (task, g_steal_pointer (&scan->error));
      g_object_unref (task);
      return;
    }
  if (scan->at == STEP_COMPARE)
    {
      look_at (task);
      return;
    }
  g_clear_pointer (&scan->listing, tl_ftp_listing_unref);
  if (self->waiting->len == 0)
    {
      if (tl_ftp_sync_plan_settle (self) != 0)
        tl_ftp_client_set_clock_offset (scan->client, self->clock_offset);
      tl_ftp_sync_plan_decide_all (self);
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  scan->folder = g_array_index (self->waiting, guint32, self->waiting->len - 1);
  g_array_set_size (self->waiting, self->waiting->len - 1);
  folder = get_folder (self, scan->folder);
  if (folder->has_remote)
    tl_ftp_client_list_async (scan->client, folder->remote, cancellable, listed_cb, task);
  else
    look_at (task);
}

void
tl_ftp_sync_plan_scan_async (TlFtpSyncPlan       *self,
                             TlFtpClient         *client,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;
  Scan *scan;

  g_return_if_fail (TL_IS_FTP_SYNC_PLAN (self) && TL_IS_FTP_CLIENT (client));

  task = g_task_new (self, cancellable, callback, user_data);
  if (self->n_walked == 0)
    self->clock_offset = tl_ftp_client_get_clock_offset (client);
  scan = g_new0 (Scan, 1);
  scan->client = g_object_ref (client);
  scan->folder = TL_FTP_SYNC_NO_ITEM;
  g_task_set_source_tag (task, tl_ftp_sync_plan_scan_async);
  g_task_set_task_data (task, scan, scan_free);
  step (task);
}

gboolean
tl_ftp_sync_plan_scan_finish (TlFtpSyncPlan  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
