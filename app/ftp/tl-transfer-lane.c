/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes over the siblings of one browsing connection. */

#include "tl-transfer-lane-private.h"

#include "tl-transfer-discard.h"
#include "tl-transfer-job.h"

#include <glib/gi18n-lib.h>

#define IDLE_S 5

typedef struct {
  TlTransferLane *lane;
  TlTransferWorker *worker;
} Run;

static void
worker_free (gpointer data)
{
  TlTransferWorker *worker = data;

  if (!worker->borrowed)
    tl_ftp_client_close (worker->client);
  g_object_unref (worker->client);
  g_clear_object (&worker->transfer);
  g_clear_object (&worker->next);
  g_clear_object (&worker->bursting);
  g_free (worker);
}

TlTransferLane *
tl_transfer_lane_ref (TlTransferLane *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tl_transfer_lane_unref (TlTransferLane *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->workers);
  g_queue_clear_full (&self->rubbish, g_object_unref);
  g_clear_pointer (&self->linger, tl_linger_free);
  g_object_unref (self->client);
  g_free (self);
}

static Run *
run_new (TlTransferLane   *lane,
         TlTransferWorker *worker)
{
  Run *run = g_new (Run, 1);

  run->lane = tl_transfer_lane_ref (lane);
  run->worker = worker;
  return run;
}

static void
run_free (Run *run)
{
  tl_transfer_lane_unref (run->lane);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static void
drop_worker (TlTransferLane   *self,
             TlTransferWorker *worker)
{
  g_ptr_array_remove (self->workers, worker);
}

static gboolean
idle_cb (gpointer data)
{
  TlTransferLane *self = data;

  self->idle = 0;
  for (guint i = self->workers->len; i > 0; i--)
    if (!tl_transfer_worker_is_busy (self->workers->pdata[i - 1]))
      g_ptr_array_remove_index (self->workers, i - 1);
  /* The next time the server may let in more. */
  self->limit = G_MAXUINT;
  return G_SOURCE_REMOVE;
}

void
tl_transfer_lane_check_worker (TlTransferLane   *self,
                               TlTransferWorker *worker)
{
  TlFtpState state = tl_ftp_client_get_state (worker->client);

  /* One that lost its connection: the next is opened, and counted, as a new one. */
  if (state == TL_FTP_CLOSED || state == TL_FTP_FAILED || (worker->borrowed && self->limit > 0))
    drop_worker (self, worker);
}

/* The worker is free again. (transfer full) */
static TlTransfer *
release (TlTransferLane   *self,
         TlTransferWorker *worker)
{
  TlTransfer *transfer = g_steal_pointer (&worker->transfer);

  g_clear_object (&transfer->cancellable);
  tl_transfer_lane_check_worker (self, worker);
  return transfer;
}

/* The queue is gone. It was stopped, or has ended in the last moment: what is known of it is known the next time. */
void
tl_transfer_lane_note_stopped (TlTransfer *transfer,
                               gboolean    ended)
{
  if (ended)
    transfer->state = TL_TRANSFER_DONE;
  if (ended && transfer->top != NULL)
    {
      transfer->top->n_done++;
      transfer->top->done_size += transfer->moved;
      tl_transfer_touch (transfer->top);
    }
  tl_transfer_touch (transfer);
}

/* Once for all: also for those that were on their way to ask when the answer came. */
void
tl_transfer_lane_ask (TlTransferLane *self,
                      TlTransfer     *transfer)
{
  if (!transfer->answered)
    {
      tl_transfer_queue_ask (self->queue, transfer);
      return;
    }
  tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_WAITING, NULL, NULL);
  tl_transfer_backlog_put (self->backlog, transfer, TRUE);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Run) run = user_data;
  TlTransferLane *self = run->lane;
  g_autoptr (TlTransfer) transfer = release (self, run->worker);
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;
  TlJobResult how = tl_job_finish (TL_TRANSFER (source), result, &note, &error);

  if (self->queue == NULL)
    {
      tl_transfer_lane_note_stopped (transfer, how == TL_JOB_DONE || how == TL_JOB_SKIPPED);
      return;
    }

  switch (how)
    {
    case TL_JOB_DONE:
      tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_DONE, NULL, note);
      break;
    case TL_JOB_SKIPPED:
      tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_SKIPPED, NULL, NULL);
      break;
    case TL_JOB_ASK:
      tl_transfer_lane_ask (self, transfer);
      break;
    case TL_JOB_IS_FOLDER:
      tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_WAITING, NULL, NULL);
      tl_transfer_queue_become_folder (self->queue, transfer);
      tl_transfer_backlog_put (self->backlog, transfer, TRUE);
      break;
    case TL_JOB_FAILED:
    default:
      tl_transfer_lane_failed (self, transfer, error);
      break;
    }
  if (self->queue != NULL)
    tl_transfer_lane_dispatch (self);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Run) run = user_data;
  TlTransferLane *self = run->lane;
  g_autoptr (TlTransfer) transfer = release (self, run->worker);
  g_autoptr (GError) error = NULL;
  TlTransferFolder *folder = tl_transfer_folder_open_finish (TL_TRANSFER (source), result, &error);

  if (self->queue == NULL)
    {
      g_clear_pointer (&folder, tl_transfer_folder_free);
      return;
    }
  if (folder == NULL)
    tl_transfer_lane_failed (self, transfer, error);
  else
    tl_transfer_backlog_put_content (self->backlog, folder);
  if (self->queue != NULL)
    tl_transfer_lane_dispatch (self);
}

/* Whatever became of it; the user may want the transfer again by now. */
static void
cleaned_up (TlTransferLane *self,
            TlTransfer     *transfer,
            const GError   *error)
{
  transfer->cleaning = FALSE;
  if (self->queue == NULL)
    return;

  if (transfer->state == TL_TRANSFER_WAITING)
    tl_transfer_backlog_put (self->backlog, transfer, TRUE);
  else if (error != NULL && transfer->state == TL_TRANSFER_CANCELLED && !transfer->forgotten && !g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND))
    {
      g_autofree char *note = g_strdup_printf (_("What was begun of it stays on the server: %s"), error->message);

      tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_CANCELLED, NULL, note);
    }
  tl_transfer_lane_dispatch (self);
}

static void
discarded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Run) run = user_data;
  g_autoptr (TlTransfer) transfer = release (run->lane, run->worker);
  g_autoptr (GError) error = NULL;

  tl_transfer_discard_remote_finish (transfer, result, &error);
  cleaned_up (run->lane, transfer, error);
}

static void
start (TlTransferLane   *self,
       TlTransferWorker *worker)
{
  TlTransfer *transfer = worker->transfer;
  Run *run;

  if (tl_transfer_lane_can_burst (self, worker, transfer))
    {
      tl_transfer_lane_burst (self, worker);
      return;
    }
  run = run_new (self, worker);
  transfer->answered = FALSE;
  tl_ftp_client_set_rates (worker->client, tl_ftp_rate_get_shared (transfer->upload), tl_transfer_get_rate (transfer));
  if (transfer->cleaning)
    tl_transfer_discard_remote_async (transfer, worker->client, NULL, discarded_cb, run);
  else if (transfer->folder)
    tl_transfer_folder_open_async (transfer, worker->client, transfer->cancellable, opened_cb, run);
  else if (transfer->upload)
    tl_upload_async (transfer, worker->client, transfer->cancellable, moved_cb, run);
  else
    tl_download_async (transfer, worker->client, transfer->cancellable, moved_cb, run);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Run) run = user_data;
  TlTransferLane *self = run->lane;
  g_autoptr (GError) error = NULL;
  g_autoptr (TlTransfer) transfer = NULL;

  if (tl_ftp_client_connect_finish (TL_FTP_CLIENT (source), result, &error))
    {
      self->failures = 0;
      run->worker->connected = TRUE;
      start (self, run->worker);
      return;
    }
  transfer = g_steal_pointer (&run->worker->transfer);
  g_clear_object (&transfer->cancellable);
  drop_worker (self, run->worker);
  if (transfer->cleaning && g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_TOO_MANY))
    {
      tl_transfer_lane_lower_limit (self);
      g_queue_push_head (&self->rubbish, g_object_ref (transfer));
    }
  else if (transfer->cleaning)
    cleaned_up (self, transfer, error);
  else if (self->queue != NULL)
    tl_transfer_lane_failed_to_connect (self, transfer, error);
  if (self->queue != NULL)
    tl_transfer_lane_dispatch (self);
}

/* A connection that is free, or a new one. */
static TlTransferWorker *
get_worker (TlTransferLane *self)
{
  TlTransferWorker *worker;

  for (guint i = 0; i < self->workers->len; i++)
    {
      worker = self->workers->pdata[i];
      if (!tl_transfer_worker_is_busy (worker))
        return worker;
    }
  worker = g_new0 (TlTransferWorker, 1);
  worker->borrowed = self->limit == 0;
  worker->connected = worker->borrowed;
  worker->client = worker->borrowed ? g_object_ref (self->client) : tl_ftp_client_new_sibling (self->client);
  g_ptr_array_add (self->workers, worker);
  return worker;
}

/* Takes @transfer. */
static void
run (TlTransferLane *self,
     TlTransfer     *transfer)
{
  TlTransferWorker *worker = get_worker (self);

  g_clear_handle_id (&self->idle, g_source_remove);
  worker->transfer = transfer;
  if (!transfer->cleaning)
    {
      transfer->cancellable = g_cancellable_new ();
      tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_RUNNING, NULL, NULL);
    }
  if (worker->connected)
    start (self, worker);
  else
    tl_ftp_client_connect_async (worker->client, transfer->cancellable, connected_cb, run_new (self, worker));
}

/* Also while nothing else is begun: it is the last that this lane may do. */
static void
clean_up (TlTransferLane *self)
{
  TlTransfer *transfer;

  while (tl_transfer_lane_has_room (self) && (transfer = g_queue_pop_head (&self->rubbish)) != NULL)
    run (self, transfer);
}

void
tl_transfer_lane_dispatch (TlTransferLane *self)
{
  g_autoptr (TlTransferQueue) hold = g_object_ref (self->queue);
  TlTransfer *transfer;

  clean_up (self);
  while (self->queue != NULL && !self->stopped && !self->queue->held && self->pause == 0 && tl_transfer_lane_has_room (self) &&
         (transfer = tl_transfer_backlog_take (self->backlog, tl_transfer_lane_walks (self))) != NULL)
    run (self, transfer);
  if (self->queue != NULL && tl_transfer_lane_count_busy (self) < self->workers->len && self->idle == 0)
    self->idle = g_timeout_add_seconds (IDLE_S, idle_cb, self);
}

static gboolean
due_cb (gpointer data)
{
  tl_transfer_lane_dispatch (data);
  return G_SOURCE_REMOVE;
}

TlTransferLane *
tl_transfer_lane_new (TlTransferQueue *queue,
                      TlFtpClient     *client)
{
  TlTransferLane *self = g_new0 (TlTransferLane, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->queue = queue;
  self->client = g_object_ref (client);
  self->workers = g_ptr_array_new_with_free_func (worker_free);
  self->backlog = tl_transfer_backlog_new (queue, due_cb, self);
  self->limit = G_MAXUINT;
  return self;
}

void
tl_transfer_lane_free (TlTransferLane *self)
{
  clean_up (self);
  self->queue = NULL;
  g_clear_pointer (&self->backlog, tl_transfer_backlog_free);
  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_handle_id (&self->idle, g_source_remove);
  for (guint i = 0; i < self->workers->len; i++)
    {
      const TlTransferWorker *worker = self->workers->pdata[i];

      if (worker->bursting != NULL)
        g_cancellable_cancel (worker->bursting);
      else if (worker->transfer != NULL && worker->transfer->cancellable != NULL)
        g_cancellable_cancel (worker->transfer->cancellable);
    }
  /* They remove what they have begun. */
  if (tl_transfer_lane_count_busy (self) > 0 || self->n_landing > 0)
    self->linger = tl_linger_new ();
  tl_transfer_lane_unref (self);
}

TlFtpClient *
tl_transfer_lane_get_client (TlTransferLane *self)
{
  return self->client;
}

gboolean
tl_transfer_lane_has_rubbish (TlTransferLane *self)
{
  return self->rubbish.length > 0;
}

void
tl_transfer_lane_push (TlTransferLane *self,
                       TlTransfer     *transfer,
                       gboolean        first)
{
  self->stopped = FALSE;
  transfer->again = transfer->folder && (transfer->taken || transfer->restored);
  /* What is being removed is not to be made at the same time; what only waits to be is gone on with. */
  if (g_queue_remove (&self->rubbish, transfer))
    {
      transfer->cleaning = FALSE;
      g_object_unref (transfer);
    }
  if (!transfer->cleaning)
    tl_transfer_backlog_put (self->backlog, transfer, first);
  tl_transfer_lane_dispatch (self);
}

void
tl_transfer_lane_sort (TlTransferLane *self,
                       GPtrArray      *items)
{
  tl_transfer_backlog_sort (self->backlog, items);
}

void
tl_transfer_lane_leave_content (TlTransferLane *self,
                                TlTransfer     *folder)
{
  tl_transfer_backlog_leave_content (self->backlog, folder);
}

void
tl_transfer_lane_drop (TlTransferLane *self,
                       TlTransfer     *transfer)
{
  tl_transfer_discard_part (transfer);
  if (transfer->folder)
    tl_transfer_backlog_leave_content (self->backlog, transfer);
  tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_CANCELLED, NULL, NULL);
  if (transfer->cleaning || !tl_transfer_leaves_remote_part (transfer))
    return;

  transfer->cleaning = TRUE;
  g_queue_push_tail (&self->rubbish, g_object_ref (transfer));
  clean_up (self);
}
