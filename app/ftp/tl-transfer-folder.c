/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder on its way into the queue: listed here, made there, and taken apart. */

#include "tl-transfer-folder.h"

#include "tl-ftp-name.h"
#include "tl-ftp-walk.h"
#include "tl-local-file.h"
#include "tl-local-walk.h"
#include "tl-transfer-job.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define GUESS_BYTES (64 * 1024)

struct _TlTransferFolder
{
  TlTransfer   *transfer;
  TlFtpCharset  charset;
  guint         at;

  TlFtpListing *listing;  /* of a download */
  TlCharset     guess;

  GHashTable   *here;     /* names that are there already on this machine; NULL: nobody knows */

  GPtrArray    *entries;  /* of an upload: TlLocalEntry */
  GHashTable   *targets;  /* raw names that are there already; NULL: the folder is new */

  gboolean      counted;  /* what is left of it is a part of what the top folder awaits */
};

typedef enum {
  STEP_LIST,
  STEP_MAKE_LOCAL,
  STEP_READ,
  STEP_MAKE_REMOTE,
  STEP_LIST_TARGETS,
  STEP_END,
} Step;

typedef struct {
  TlJob             base;
  TlTransferFolder *folder;
  GError           *make_error;
} Job;

static void step (GTask *task);

static TlTransfer *
get_top (TlTransferFolder *self)
{
  return self->transfer->top != NULL ? self->transfer->top : self->transfer;
}

static guint
get_n_items (TlTransferFolder *self)
{
  return self->listing != NULL ? tl_ftp_listing_get_n_entries (self->listing) : self->entries->len;
}

/* What the top folder awaits of the item becomes more, or less. Links and devices are left out. */
static void
count_item (TlTransferFolder *self,
            guint             at,
            int               by)
{
  TlTransfer *top = get_top (self);
  const TlLocalEntry *entry;
  TlFtpListingItem item = { 0 };
  gboolean is_file, is_folder;

  if (self->listing != NULL)
    {
      tl_ftp_listing_get_entry (self->listing, at, &item);
      is_file = item.kind == TL_FTP_ENTRY_FILE;
      is_folder = item.kind == TL_FTP_ENTRY_DIRECTORY;
    }
  else
    {
      entry = self->entries->pdata[at];
      is_file = entry->is_file;
      is_folder = entry->is_folder;
      item.size = entry->size;
    }
  top->rest_files += is_file ? by : 0;
  top->rest_folders += is_folder ? by : 0;
  top->rest_size += is_file ? by * MAX (item.size, 0) : 0;
}

/* All that is left of it, when it is listed and when it goes. */
static void
count_rest (TlTransferFolder *self,
            int               by)
{
  guint n = get_n_items (self);

  for (guint i = self->at; i < n; i++)
    count_item (self, i, by);
  get_top (self)->n_open += by;
  self->counted = by > 0;
}

static void
clear (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->folder, tl_transfer_folder_free);
  g_clear_error (&job->make_error);
}

/* What the names that are not UTF-8 are most likely in. */
static TlCharset
guess_names (const TlFtpListing *listing)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint n = tl_ftp_listing_get_n_entries (listing);

  for (guint i = 0; i < n && bytes->len < GUESS_BYTES; i++)
    {
      TlFtpListingItem item;

      tl_ftp_listing_get_entry (listing, i, &item);
      if (g_utf8_validate_len ((const char *) item.name, item.name_length, NULL))
        continue;
      g_byte_array_append (bytes, item.name, item.name_length);
      g_byte_array_append (bytes, (const guint8 *) "\n", 1);
    }
  return bytes->len > 0 ? tl_ftp_name_guess (bytes->data, bytes->len) : TL_CHARSET_UTF_8;
}

static gboolean
contains_itself (TlTransfer *transfer)
{
  guint64 chain[TL_FTP_WALK_MAX_DEPTH + 1];
  guint n = 0;

  for (TlTransfer *at = transfer; at != NULL && n < G_N_ELEMENTS (chain); at = at->parent)
    chain[n++] = at->fingerprint;
  return tl_ftp_walk_is_loop (chain, n);
}

static void
make_local_thread (GTask        *worker,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  TlTransfer *transfer = source;
  Job *job = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (tl_local_make_folder (transfer->root, transfer->path, &error))
    entries = tl_local_walk_list (transfer->root, transfer->path, FALSE, TL_FTP_WALK_MAX_ITEMS, job->base.cancellable, NULL);
  if (entries != NULL && entries->len < TL_FTP_WALK_MAX_ITEMS)
    job->folder->here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; job->folder->here != NULL && i < entries->len; i++)
    g_hash_table_add (job->folder->here, g_strdup (((TlLocalEntry *) entries->pdata[i])->name));
  tl_job_work_done (worker, error);
}

static void
read_thread (GTask        *worker,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  TlTransfer *transfer = source;
  Job *job = data;
  GError *error = NULL;

  job->folder->entries = tl_local_walk_list (transfer->root, transfer->path, transfer->depth == 0, TL_FTP_WALK_MAX_ITEMS,
                                             job->base.cancellable, &error);
  tl_job_work_done (worker, error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);

  job->folder->listing = tl_ftp_client_list_finish (TL_FTP_CLIENT (source), result, &job->base.error);
  if (job->folder->listing != NULL && tl_job_is_whole (job->folder->listing, &job->base.error))
    {
      job->folder->guess = guess_names (job->folder->listing);
      transfer->fingerprint = tl_ftp_walk_fingerprint (job->folder->listing);
      if (contains_itself (transfer))
        g_set_error_literal (&job->base.error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL,
                             _("This folder contains itself, most likely through a link; it is not followed further"));
    }
  step (task);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  if (!tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &job->make_error))
    {
      /* 5yz: most servers do not say whether it is there already. */
      if (tl_ftp_error_get_code (job->make_error) >= 500 || g_error_matches (job->make_error, TL_FTP_ERROR, TL_FTP_ERROR_EXISTS))
        job->base.at = STEP_LIST_TARGETS;
      else
        job->base.error = g_steal_pointer (&job->make_error);
    }
  step (task);
}

static void
targets_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFtpListing) listing = tl_ftp_client_list_finish (TL_FTP_CLIENT (source), result, &error);
  guint n = listing != NULL ? tl_ftp_listing_get_n_entries (listing) : 0;

  if (listing == NULL)
    {
      /* It is not there and cannot be made: that is what is wrong, unless the connection is. */
      if (tl_ftp_error_get_code (error) >= 500)
        job->base.error = g_steal_pointer (&job->make_error);
      else
        job->base.error = g_steal_pointer (&error);
      step (task);
      return;
    }
  /* What is missing from it would be taken for new, and overwritten. */
  if (!tl_job_is_whole (listing, &job->base.error))
    {
      step (task);
      return;
    }
  job->folder->targets = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  for (guint i = 0; i < n; i++)
    {
      TlFtpListingItem item;

      tl_ftp_listing_get_entry (listing, i, &item);
      g_hash_table_add (job->folder->targets, g_bytes_new (item.name, item.name_length));
    }
  step (task);
}

static void
step (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  GCancellable *cancellable = job->base.cancellable;

  if (job->base.error != NULL || g_cancellable_set_error_if_cancelled (cancellable, &job->base.error))
    {
      tl_job_return_error (task);
      return;
    }

  switch ((Step) job->base.at)
    {
    case STEP_LIST:
      job->base.at = STEP_MAKE_LOCAL;
      tl_ftp_client_list_async (job->base.client, transfer->remote, cancellable, listed_cb, task);
      break;

    case STEP_MAKE_LOCAL:
      job->base.at = STEP_END;
      tl_job_work (task, make_local_thread);
      break;

    case STEP_READ:
      job->base.at = STEP_MAKE_REMOTE;
      tl_job_work (task, read_thread);
      break;

    case STEP_MAKE_REMOTE:
      job->base.at = STEP_END;
      tl_ftp_client_make_directory_async (job->base.client, transfer->remote, cancellable, made_cb, task);
      break;

    case STEP_LIST_TARGETS:
      job->base.at = STEP_END;
      tl_ftp_client_list_async (job->base.client, transfer->remote, cancellable, targets_cb, task);
      break;

    case STEP_END:
      count_rest (job->folder, 1);
      g_task_return_pointer (task, g_steal_pointer (&job->folder), (GDestroyNotify) tl_transfer_folder_free);
      g_object_unref (task);
      break;
    }
}

void
tl_transfer_folder_open_async (TlTransfer          *transfer,
                               TlFtpClient         *client,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = tl_job_new (sizeof (Job), transfer, client, tl_transfer_folder_open_async, step, clear, cancellable, callback, user_data);
  Job *job = g_task_get_task_data (task);

  job->folder = g_new0 (TlTransferFolder, 1);
  job->folder->transfer = g_object_ref (transfer);
  g_object_get (client, "charset", &job->folder->charset, NULL);
  job->base.at = transfer->upload ? STEP_READ : STEP_LIST;
  step (task);
}

TlTransferFolder *
tl_transfer_folder_open_finish (TlTransfer    *transfer,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transfer), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tl_transfer_folder_free (TlTransferFolder *self)
{
  if (self->counted)
    count_rest (self, -1);
  g_object_unref (self->transfer);
  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  g_clear_pointer (&self->here, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->targets, g_hash_table_unref);
  g_free (self);
}

TlTransfer *
tl_transfer_folder_get_transfer (TlTransferFolder *self)
{
  return self->transfer;
}

static void
fail (TlTransfer *child,
      const char *sentence)
{
  child->state = TL_TRANSFER_FAILED;
  child->error = g_strdup (sentence);
}

static TlTransfer *
new_child (TlTransferFolder *self,
           gboolean          is_folder,
           GBytes           *remote,
           const char       *local)
{
  TlTransfer *parent = self->transfer;
  g_autofree char *path = g_build_filename (parent->path, local, NULL);
  TlTransfer *child = tl_transfer_new (parent->site, parent->upload, is_folder, remote, parent->root, path);

  child->parent = g_object_ref (parent);
  child->top = g_object_ref (parent->top != NULL ? parent->top : parent);
  child->lane = parent->lane;
  child->depth = parent->depth + 1;
  /* The last run may have begun it, and not noted that yet. */
  child->restored = parent->restored;
  child->priority = parent->priority;
  child->limit = parent->limit;
  if (parent->replace_all)
    {
      child->replace = parent->replace;
      child->replace_all = TRUE;
    }
  if (is_folder && child->depth > TL_FTP_WALK_MAX_DEPTH)
    fail (child, _("The folders are nested too deeply"));
  else if (child->top->n_taken >= TL_FTP_WALK_MAX_ITEMS)
    fail (child, _("There are too many files in this folder"));
  child->top->n_taken++;
  return child;
}

/* (nullable): a link, a device. */
static TlTransfer *
child_of_item (TlTransferFolder *self)
{
  TlFtpListingItem item;
  g_autoptr (GBytes) name = NULL;
  g_autoptr (GBytes) remote = NULL;
  g_autofree char *local = NULL;
  TlTransfer *child;

  tl_ftp_listing_get_entry (self->listing, self->at++, &item);
  if (item.kind != TL_FTP_ENTRY_FILE && item.kind != TL_FTP_ENTRY_DIRECTORY)
    return NULL;

  name = g_bytes_new (item.name, item.name_length);
  remote = tl_ftp_path_join (self->transfer->remote, name);
  local = tl_ftp_name_to_local (item.name, item.name_length, self->charset, self->guess);
  child = new_child (self, item.kind == TL_FTP_ENTRY_DIRECTORY, remote, local);
  child->size = child->folder ? -1 : item.size;
  child->time = item.precision != TL_FTP_TIME_NONE ? item.time : -1;
  child->exact = tl_ftp_listing_get_format (self->listing) == TL_FTP_LISTING_MLSD && item.precision == TL_FTP_TIME_SECOND && item.size >= 0;
  child->fresh = self->here != NULL && !g_hash_table_contains (self->here, local);
  if (item.unsafe && child->state != TL_TRANSFER_FAILED)
    fail (child, _("The name of this file cannot be sent to the server"));
  return child;
}

static TlTransfer *
child_of_entry (TlTransferFolder *self)
{
  const TlLocalEntry *entry = self->entries->pdata[self->at++];
  g_autoptr (GBytes) name = NULL;
  g_autoptr (GBytes) remote = NULL;
  g_autoptr (GError) error = NULL;
  TlTransfer *child;

  if (!entry->is_file && !entry->is_folder)
    return NULL;

  /* A name that is no text goes as it is. */
  if (g_utf8_validate (entry->name, -1, NULL))
    name = tl_ftp_name_encode (entry->name, self->charset, &error);
  if (name == NULL)
    name = g_bytes_new (entry->name, strlen (entry->name));
  remote = tl_ftp_path_join (self->transfer->remote, name);
  child = new_child (self, entry->is_folder, remote, entry->name);
  child->size = entry->size;
  child->time = entry->time;
  child->fresh = self->targets == NULL || !g_hash_table_contains (self->targets, name);
  if (error != NULL && child->state != TL_TRANSFER_FAILED)
    fail (child, error->message);
  return child;
}

gboolean
tl_transfer_folder_take (TlTransferFolder *self,
                         GPtrArray        *children,
                         guint             most,
                         GHashTable       *known)
{
  TlTransfer *top = get_top (self);
  guint n = get_n_items (self);

  for (guint i = 0; i < most && self->at < n; i++)
    {
      g_autoptr (TlTransfer) child = NULL;

      count_item (self, self->at, -1);
      child = self->listing != NULL ? child_of_item (self) : child_of_entry (self);

      if (child == NULL)
        top->n_left_out++;
      else if (known == NULL || !g_hash_table_contains (known, child->remote))
        g_ptr_array_add (children, g_steal_pointer (&child));
    }
  return self->at < n;
}
