/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan says, done. */

#include "tl-ftp-sync-run-private.h"

#include "tl-local-file.h"
#include "tl-task-work.h"

/* Microseconds for which a look at a folder of the server holds. */
#define LOOK_AGAIN (10 * G_TIME_SPAN_SECOND)

/* Acts in one turn of the main loop. */
#define SLICE 100

guint tl_ftp_sync_run_changed;

G_DEFINE_FINAL_TYPE (TlFtpSyncRun, tl_ftp_sync_run, G_TYPE_OBJECT)

static GBytes *
dup_remote (TlFtpSyncRun        *self,
            const TlFtpSyncItem *item)
{
  return tl_ftp_path_join (tl_ftp_sync_plan_get_folder (self->plan, item->folder)->remote, item->remote_name);
}

char *
tl_ftp_sync_run_dup_local (TlFtpSyncRun        *self,
                           const TlFtpSyncItem *item)
{
  return g_build_filename (tl_ftp_sync_plan_get_folder (self->plan, item->folder)->local, item->local_name, NULL);
}

static gboolean
is_copied (TlFtpSyncRun *self,
           guint         index)
{
  const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self->plan, index);

  return item->act != TL_FTP_SYNC_DELETE && tl_ftp_sync_plan_is_on (self->plan, index);
}

/* What is copied into a folder needs that folder, whether or not that was switched off. */
static void
find_needed (TlFtpSyncRun *self)
{
  guint n = tl_ftp_sync_plan_get_n_items (self->plan);

  self->needed = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    {
      const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self->plan, i);
      guint32 folder = item->folder;

      self->progress.n_all += tl_ftp_sync_plan_is_on (self->plan, i);
      if (!is_copied (self, i))
        continue;
      self->needed[i] = item->is_folder;
      for (guint32 at = tl_ftp_sync_plan_get_folder (self->plan, folder)->item; at != TL_FTP_SYNC_NO_ITEM && !self->needed[at];
           at = tl_ftp_sync_plan_get_folder (self->plan, tl_ftp_sync_plan_get_item (self->plan, at)->folder)->item)
        self->needed[at] = TRUE;
    }
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  TlFtpSyncRun *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  const gboolean is_made = tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &error);
  const gboolean was_there = g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_EXISTS);

  if (is_made || was_there)
    {
      self->progress.n_made += is_made;
      self->n_tries = 0;
    }
  /* It may have been made before the connection ended: then it exists. */
  else if (tl_ftp_sync_run_try_again (task, error))
    {
      self->next--;
      return;
    }
  /* What is to come into it will tell, if it is not there. */
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tl_ftp_sync_run_fail (self, self->next - 1, error->message);
  tl_ftp_sync_run_end_act (self, self->next - 1);
  tl_ftp_sync_run_step (task);
}

static void
make_local_thread (GTask        *worker,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  const char *path = data;
  g_autofree char *root = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  GError *error = NULL;

  if (tl_local_make_folder (root, name, &error))
    g_task_return_pointer (worker, GINT_TO_POINTER (TRUE), NULL);
  else
    g_task_return_error (worker, error);
}

static void
made_local_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  TlFtpSyncRun *self = TL_FTP_SYNC_RUN (source);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_pointer (G_TASK (result), &error) != NULL)
    self->progress.n_made++;
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tl_ftp_sync_run_fail (self, self->next - 1, error->message);
  tl_ftp_sync_run_end_act (self, self->next - 1);
  tl_ftp_sync_run_step (user_data);
}

void
tl_ftp_sync_run_work (GTask               *task,
                      gpointer             data,
                      GDestroyNotify       free_data,
                      GTaskThreadFunc      thread,
                      GAsyncReadyCallback  callback)
{
  g_autoptr (GTask) inner = g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task), callback, task);

  g_task_set_source_tag (inner, tl_ftp_sync_run_work);
  g_task_set_task_data (inner, data, free_data);
  tl_task_work (inner, thread, NULL);
}

/* The next folder; false when there is none. */
static gboolean
make_next (GTask *task)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  guint n = tl_ftp_sync_plan_get_n_items (self->plan);

  while (self->next < n && !self->needed[self->next])
    self->next++;
  if (self->next >= n)
    return FALSE;
  {
    const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self->plan, self->next++);
    g_autoptr (GBytes) remote = dup_remote (self, item);

    if (item->difference == TL_FTP_DIFFERENCE_ONLY_REMOTE)
      tl_ftp_sync_run_work (task, tl_ftp_sync_run_dup_local (self, item), g_free, make_local_thread, made_local_cb);
    else
      tl_ftp_client_make_directory_async (self->client, remote, g_task_get_cancellable (task), made_cb, task);
  }
  return TRUE;
}

static void
add (TlFtpSyncRun *self,
     guint         index)
{
  const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self->plan, index);
  g_autoptr (GBytes) remote = dup_remote (self, item);
  g_autofree char *path = tl_ftp_sync_run_dup_local (self, item);
  g_autoptr (GFile) local = g_file_new_for_path (path);
  TlTransfer *transfer;

  if (item->act == TL_FTP_SYNC_UPLOAD)
    transfer = tl_transfer_queue_upload (self->queue, self->client, local, remote);
  else
    transfer = tl_transfer_queue_download (self->queue, self->client, remote, FALSE, item->remote_size, local);
  /* Also in a later run of the program, which knows nothing of this plan. Times that only LIST told are asked about: it told no seconds. */
  if (item->is_pair && item->act == TL_FTP_SYNC_DOWNLOAD)
    tl_transfer_queue_expect (self->queue, transfer, item->local_size, item->local_time);
  else if (item->is_pair && item->precision == TL_FTP_TIME_SECOND && tl_ftp_sync_plan_get_options (self->plan)->shift == 0)
    tl_transfer_queue_expect (self->queue, transfer, item->remote_size, item->remote_time);
  g_hash_table_insert (self->transfers, g_object_ref (transfer), GUINT_TO_POINTER (index + 1));
}

/* A slice of the files; false when all are in the queue. */
static gboolean
add_next (GTask *task)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  guint n = tl_ftp_sync_plan_get_n_items (self->plan);
  guint n_added = 0;

  tl_transfer_queue_begin_adding (self->queue);
  for (; self->next < n && n_added < SLICE; self->next++)
    if (is_copied (self, self->next) && !tl_ftp_sync_plan_get_item (self->plan, self->next)->is_folder)
      {
        add (self, self->next);
        n_added++;
      }
  tl_transfer_queue_end_adding (self->queue);
  if (n_added == 0)
    return FALSE;
  g_idle_add (tl_ftp_sync_run_step_cb, task);
  return TRUE;
}

static void
finished_cb (TlFtpSyncRun *run,
             TlTransfer   *transfer)
{
  /* Whoever hears of the end may let go of it. */
  g_autoptr (TlFtpSyncRun) self = g_object_ref (run);
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->transfers, transfer));
  TlTransferState state = tl_transfer_get_state (transfer);

  /* What is paused goes on some time. */
  if (index == 0 || state == TL_TRANSFER_PAUSED)
    return;
  if (state == TL_TRANSFER_FAILED)
    tl_ftp_sync_run_fail (self, index - 1, tl_transfer_get_error (transfer));
  else if (state != TL_TRANSFER_DONE)
    self->progress.n_skipped++;
  else if (tl_transfer_is_upload (transfer))
    self->progress.n_uploaded++;
  else
    self->progress.n_downloaded++;
  g_hash_table_remove (self->transfers, transfer);
  tl_ftp_sync_run_end_act (self, index - 1);
  if (self->waiting != NULL && g_hash_table_size (self->transfers) == 0)
    tl_ftp_sync_run_step (g_steal_pointer (&self->waiting));
}

static void
take_back (TlFtpSyncRun *self)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer transfer;

  /* A queue that was left has none of them any more: they are the store's, and do not end in this run. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->queue)) == 0)
    g_hash_table_remove_all (self->transfers);
  g_hash_table_iter_init (&iter, self->transfers);
  while (g_hash_table_iter_next (&iter, &transfer, NULL))
    g_ptr_array_add (left, g_object_ref (transfer));
  for (guint i = 0; i < left->len; i++)
    tl_transfer_queue_cancel (self->queue, left->pdata[i]);
}

static void
cancelled_cb (GCancellable *cancellable,
              TlFtpSyncRun *self)
{
  /* Transfers that were waiting may end at once, and with the last of them the run: a task that is cancelled is not told of within the cancelling, and holds it until then. */
  take_back (self);
  g_clear_handle_id (&self->again_id, g_source_remove);
  if (self->waiting != NULL && g_hash_table_size (self->transfers) == 0)
    tl_ftp_sync_run_step (g_steal_pointer (&self->waiting));
}

static void
end (GTask *task)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);

  g_signal_handlers_disconnect_by_data (self->queue, self);
  if (g_task_get_cancellable (task) != NULL)
    g_signal_handlers_disconnect_by_data (g_task_get_cancellable (task), self);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

void
tl_ftp_sync_run_step (GTask *task)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const gboolean cancelled = g_cancellable_is_cancelled (g_task_get_cancellable (task));
  gboolean goes_on = TRUE;

  if (cancelled && self->at != STEP_END)
    {
      self->at = STEP_WAIT;
      take_back (self);
    }
  switch (self->at)
    {
    case STEP_MAKE:
      goes_on = make_next (task);
      break;
    case STEP_ADD:
      goes_on = add_next (task);
      break;
    case STEP_WAIT:
      if (g_hash_table_size (self->transfers) > 0)
        {
          self->waiting = task;
          return;
        }
      /* Nothing is deleted then. */
      if (cancelled || self->progress.n_failed > 0)
        self->at = STEP_FOLDERS;
      if (!cancelled && self->progress.n_failed > 0)
        tl_ftp_sync_run_keep_all (self);
      goes_on = FALSE;
      break;
    case STEP_DELETE:
      goes_on = tl_ftp_sync_run_delete_next (task);
      break;
    case STEP_FOLDERS:
      goes_on = tl_ftp_sync_run_delete_next_folder (task);
      break;
    case STEP_END:
    default:
      end (task);
      return;
    }
  if (goes_on)
    return;
  self->at++;
  self->next = 0;
  tl_ftp_sync_run_step (task);
}

gboolean
tl_ftp_sync_run_step_cb (gpointer task)
{
  tl_ftp_sync_run_step (task);
  return G_SOURCE_REMOVE;
}

static void
tl_ftp_sync_run_dispose (GObject *object)
{
  TlFtpSyncRun *self = TL_FTP_SYNC_RUN (object);

  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  g_clear_object (&self->queue);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (tl_ftp_sync_run_parent_class)->dispose (object);
}

static void
tl_ftp_sync_run_finalize (GObject *object)
{
  TlFtpSyncRun *self = TL_FTP_SYNC_RUN (object);

  g_clear_object (&self->plan);
  g_hash_table_unref (self->transfers);
  g_ptr_array_unref (self->failures);
  tl_ftp_sync_run_forget_look (self);
  g_free (self->needed);
  g_free (self->fates);
  g_free (self->contents);
  g_free (self->firsts);
  g_free (self->n_in);
  g_free (self->verdicts);
  g_free (self->not_found);
  g_hash_table_unref (self->whys);
  g_hash_table_unref (self->unproved);

  G_OBJECT_CLASS (tl_ftp_sync_run_parent_class)->finalize (object);
}

static void
tl_ftp_sync_run_class_init (TlFtpSyncRunClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_ftp_sync_run_dispose;
  G_OBJECT_CLASS (klass)->finalize = tl_ftp_sync_run_finalize;

  tl_ftp_sync_run_changed = g_signal_new ("changed", TL_TYPE_FTP_SYNC_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_ftp_sync_run_init (TlFtpSyncRun *self)
{
  self->transfers = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->listed = TL_FTP_SYNC_NO_ITEM;
  self->look_again = LOOK_AGAIN;
  self->whys = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->unproved = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_ftp_sync_failure_free);
}

TlFtpSyncRun *
tl_ftp_sync_run_new (TlFtpSyncPlan   *plan,
                     TlTransferQueue *queue,
                     TlFtpClient     *client)
{
  TlFtpSyncRun *self = g_object_new (TL_TYPE_FTP_SYNC_RUN, NULL);

  self->plan = g_object_ref (plan);
  self->queue = g_object_ref (queue);
  self->client = g_object_ref (client);
  find_needed (self);
  tl_ftp_sync_run_doom (self);
  return self;
}

void
tl_ftp_sync_run_set_look_again (TlFtpSyncRun *self,
                                guint         seconds)
{
  g_return_if_fail (TL_IS_FTP_SYNC_RUN (self));

  self->look_again = seconds * G_TIME_SPAN_SECOND;
}

void
tl_ftp_sync_run_async (TlFtpSyncRun        *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (TL_IS_FTP_SYNC_RUN (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_ftp_sync_run_async);
  g_signal_connect_swapped (self->queue, "finished", G_CALLBACK (finished_cb), self);
  if (cancellable != NULL)
    g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self);
  tl_ftp_sync_run_step (task);
}

gboolean
tl_ftp_sync_run_finish (TlFtpSyncRun  *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
