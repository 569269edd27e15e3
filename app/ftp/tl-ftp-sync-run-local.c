/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan deletes on this machine. A folder goes into the trash as one, from where it can be brought back as one, when nothing but what was compared is in it;
 * of one that has changed only what is as it was goes, folder by folder where these are whole, and then file by file. */

#include "tl-ftp-sync-run-private.h"

#include "tl-ftp-walk.h"
#include "tl-local-remove.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* Something that stays. */
typedef struct {
  guint  index;
  Kept   kept;
  char  *message;     /* (nullable) */
} Stay;

typedef struct {
  TlFtpSyncRun *run;         /* the task's source; what is read here does not change meanwhile */
  guint         index;
  GHashTable   *whole;       /* folders that were seen to be as they were, with all that is in them */
  GHashTable   *n_new;       /* folders → how many files and folders have come into them */
  GHashTable   *unread;      /* folders that could not be looked into → sentence */
  GArray       *stays;
  guint         n_deleted;
  gboolean      has_trash;
  GCancellable *cancellable;
} Work;

static void
stay_clear (gpointer data)
{
  g_free (((Stay *) data)->message);
}

static void
work_free (gpointer data)
{
  Work *work = data;

  g_hash_table_unref (work->whole);
  g_hash_table_unref (work->n_new);
  g_hash_table_unref (work->unread);
  g_array_unref (work->stays);
  g_free (work);
}

static const TlFtpSyncItem *
get_item (Work  *work,
          guint  index)
{
  return tl_ftp_sync_plan_get_item (work->run->plan, index);
}

/* Takes @message. False, always. */
static gboolean
stay (Work  *work,
      guint  index,
      Kept   kept,
      char  *message)
{
  const Stay one = { index, kept, message };

  g_array_append_val (work->stays, one);
  return FALSE;
}

static gboolean
is_same (const TlFtpSyncItem *item,
         gboolean             is_folder,
         gboolean             is_file,
         gint64               size,
         gint64               time)
{
  if (item->is_folder || is_folder)
    return item->is_folder == is_folder;
  return is_file == (item->local_size >= 0) && (!is_file || size == item->local_size) && time == item->local_time;
}

/* Whether nothing has come into a folder, or changed in it, since it was compared. What has gone from it does not matter. */
static gboolean
is_whole (Work       *work,
          guint32     folder,
          const char *path)
{
  TlFtpSyncRun *run = work->run;
  g_autofree char *root = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = tl_local_walk_list (root, name, FALSE, TL_FTP_WALK_MAX_ITEMS, work->cancellable, &error);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean whole = entries != NULL;
  guint n_new = 0;

  for (guint i = run->firsts[folder]; i < run->firsts[folder] + run->n_in[folder]; i++)
    g_hash_table_insert (known, get_item (work, i)->local_name, GUINT_TO_POINTER (i + 1));
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const TlLocalEntry *entry = entries->pdata[i];
      const guint found = GPOINTER_TO_UINT (g_hash_table_lookup (known, entry->name));

      n_new += found == 0;
      if (found == 0 || !is_same (get_item (work, found - 1), entry->is_folder, entry->is_file, entry->size, entry->time))
        whole = FALSE;
      else if (entry->is_folder)
        {
          const guint32 content = run->contents[found - 1];
          g_autofree char *inner = g_build_filename (path, entry->name, NULL);

          whole &= content != TL_FTP_SYNC_NO_ITEM && is_whole (work, content, inner);
        }
    }
  if (error != NULL)
    g_hash_table_insert (work->unread, GUINT_TO_POINTER (folder), g_strdup (error->message));
  if (n_new > 0)
    g_hash_table_insert (work->n_new, GUINT_TO_POINTER (folder), GUINT_TO_POINTER (n_new));
  if (whole)
    g_hash_table_add (work->whole, GUINT_TO_POINTER (folder));
  return whole;
}

/* False, always: lstat() has failed with @code, which tells nothing of what was there, or that it is somewhere else by now. */
static gboolean
stay_unseen (Work  *work,
             guint  index,
             int    code)
{
  if (code == ENOTDIR)
    return stay (work, index, KEPT_CHANGED, g_strdup (tl_ftp_sync_run_get_changed_sentence ()));
  return stay (work, index, KEPT_FAILED, g_strdup_printf (_("It could not be deleted. (%s)"), g_strerror (code)));
}

/* Into the trash, or, where there is none, for good. */
static gboolean
remove_file (Work       *work,
             guint       index,
             const char *path)
{
  g_autoptr (GError) error = NULL;
  struct stat info;
  const int code = lstat (path, &info) == 0 ? 0 : errno;

  if (code != 0 && code != ENOENT)
    return stay_unseen (work, index, code);
  /* Somebody else may have deleted it. */
  if (code == ENOENT || (is_same (get_item (work, index), S_ISDIR (info.st_mode), S_ISREG (info.st_mode), info.st_size, info.st_mtim.tv_sec) &&
                         tl_local_remove (path, work->cancellable, &error)))
    {
      work->n_deleted++;
      return TRUE;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  return error != NULL ? stay (work, index, KEPT_FAILED, g_strdup (error->message)) : stay (work, index, KEPT_CHANGED, g_strdup (tl_ftp_sync_run_get_changed_sentence ()));
}

static gboolean remove_folder (Work       *work,
                               guint       index,
                               const char *path);

/* What was compared and is in a folder. True when nothing of it stays. */
static gboolean
remove_content (Work       *work,
                guint32     folder,
                const char *path)
{
  TlFtpSyncRun *run = work->run;
  gboolean all = TRUE;

  for (guint i = run->firsts[folder]; i < run->firsts[folder] + run->n_in[folder] && !g_cancellable_is_cancelled (work->cancellable); i++)
    {
      g_autofree char *inner = g_build_filename (path, get_item (work, i)->local_name, NULL);

      all &= get_item (work, i)->is_folder ? remove_folder (work, i, inner) : remove_file (work, i, inner);
    }
  return all && !g_cancellable_is_cancelled (work->cancellable);
}

/* The folder is kept because of what is in it: what has stayed since @first. */
static gboolean
keep_folder (Work  *work,
             guint  index,
             guint  first,
             guint  n_new)
{
  gboolean failed = FALSE;

  for (guint i = first; i < work->stays->len; i++)
    failed |= g_array_index (work->stays, Stay, i).kept == KEPT_FAILED || g_array_index (work->stays, Stay, i).kept == KEPT_FAILED_WITHIN;
  return stay (work, index, failed ? KEPT_FAILED_WITHIN : KEPT_CHANGED_WITHIN, n_new > 0 ? tl_ftp_sync_run_dup_came_in (n_new) : NULL);
}

/* The folder with all that is in it. True when it is done, or has failed. */
static gboolean
trash_folder (Work       *work,
              guint       index,
              const char *path,
              gboolean   *gone)
{
  g_autoptr (GError) error = NULL;

  *gone = tl_local_trash (path, &work->has_trash, work->cancellable, &error);
  if (*gone)
    work->n_deleted += 1 + get_item (work, index)->n_within;
  else if (work->has_trash && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    stay (work, index, KEPT_FAILED, g_strdup (error->message));
  return *gone || work->has_trash;
}

static gboolean
remove_folder (Work       *work,
               guint       index,
               const char *path)
{
  const guint32 folder = work->run->contents[index];
  const guint first = work->stays->len;
  const guint n_new = GPOINTER_TO_UINT (g_hash_table_lookup (work->n_new, GUINT_TO_POINTER (folder)));
  const char *unread = g_hash_table_lookup (work->unread, GUINT_TO_POINTER (folder));
  struct stat info;
  const int code = lstat (path, &info) == 0 ? 0 : errno;
  gboolean gone;

  if (code == ENOENT)
    {
      work->n_deleted += 1 + get_item (work, index)->n_within;
      return TRUE;
    }
  if (code != 0)
    return stay_unseen (work, index, code);
  /* It is not looked into if it is a link by now. */
  if (folder == TL_FTP_SYNC_NO_ITEM || !S_ISDIR (info.st_mode))
    return stay (work, index, KEPT_CHANGED, g_strdup (tl_ftp_sync_run_get_changed_sentence ()));
  if (work->has_trash && g_hash_table_contains (work->whole, GUINT_TO_POINTER (folder)) && trash_folder (work, index, path, &gone))
    return gone;
  if (!remove_content (work, folder, path) || n_new > 0)
    return g_cancellable_is_cancelled (work->cancellable) ? FALSE : keep_folder (work, index, first, n_new);
  if (g_rmdir (path) == 0 || errno == ENOENT)
    {
      work->n_deleted++;
      return TRUE;
    }
  /* Nobody knows then whether that has come since. */
  if ((errno == ENOTEMPTY || errno == EEXIST) && unread != NULL)
    return stay (work, index, KEPT_FAILED, g_strdup (unread));
  if (errno == ENOTEMPTY || errno == EEXIST)
    return stay (work, index, KEPT_CHANGED, g_strdup (_("Something has come into it since the folders were compared: it and the folder were left.")));
  return stay (work, index, KEPT_FAILED, g_strdup_printf (_("It could not be deleted. (%s)"), g_strerror (errno)));
}

static void
delete_thread (GTask        *worker,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Work *work = data;
  const TlFtpSyncItem *item = get_item (work, work->index);
  g_autofree char *path = tl_ftp_sync_run_dup_local (work->run, item);

  work->cancellable = cancellable;
  if (!item->is_folder)
    remove_file (work, work->index, path);
  else
    {
      if (work->run->contents[work->index] != TL_FTP_SYNC_NO_ITEM)
        is_whole (work, work->run->contents[work->index], path);
      remove_folder (work, work->index, path);
    }
  g_task_return_pointer (worker, NULL, NULL);
}

/* What is in a folder that was left without a look into it. */
static void
count_rest (TlFtpSyncRun *self,
            const Work   *work)
{
  const guint n = 1 + tl_ftp_sync_plan_get_item (self->plan, work->index)->n_within - work->n_deleted - work->stays->len;
  gboolean failed = FALSE;

  for (guint i = 0; i < work->stays->len; i++)
    failed |= g_array_index (work->stays, Stay, i).kept == KEPT_FAILED;
  *(failed ? &self->progress.n_kept : &self->progress.n_changed) += n;
  self->progress.n_over += n;
}

/* Also when it was cancelled: what is done is done. */
static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  TlFtpSyncRun *self = TL_FTP_SYNC_RUN (source);
  GTask *task = user_data;
  Work *work = g_task_get_task_data (G_TASK (result));

  tl_ftp_sync_run_hold (self);
  self->progress.n_deleted += work->n_deleted;
  self->progress.n_over += work->n_deleted;
  if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    count_rest (self, work);
  for (guint i = 0; i < work->stays->len; i++)
    {
      const Stay *one = &g_array_index (work->stays, Stay, i);

      tl_ftp_sync_run_keep (self, one->index, one->kept, one->message);
    }
  self->fates[work->index] |= FATE_OVER;
  tl_ftp_sync_run_emit_changed (self);
  tl_ftp_sync_run_release (self);
  tl_ftp_sync_run_step (task);
}

void
tl_ftp_sync_run_delete_local (GTask *task,
                              guint  index)
{
  Work *work = g_new0 (Work, 1);

  work->run = g_task_get_source_object (task);
  work->index = index;
  work->whole = g_hash_table_new (NULL, NULL);
  work->n_new = g_hash_table_new (NULL, NULL);
  work->unread = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  work->stays = g_array_new (FALSE, FALSE, sizeof (Stay));
  g_array_set_clear_func (work->stays, stay_clear);
  work->has_trash = TRUE;
  tl_ftp_sync_run_work (task, work, work_free, delete_thread, deleted_cb);
}
