/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes over the siblings of one browsing connection. */

#include "tl-transfer-lane.h"

#include "tl-transfer-folder.h"
#include "tl-transfer-job.h"
#include "tl-transfer-queue-private.h"

#include <glib/gi18n-lib.h>

/* What folders hold is taken into the queue while fewer files than this wait, so many at once. */
#define FEW_FILES 256
#define TAKE 256

/* Nothing more is begun while so many questions wait for an answer. */
#define MAX_ASKING 1000

#define MAX_TRIES 5
#define IDLE_S 5

/* One connection. @transfer: what it is at; @borrowed: it is the browsing one. */
typedef struct {
  TlFtpClient *client;
  TlTransfer  *transfer;
  gboolean     connected;
  gboolean     borrowed;
} Worker;

struct _TlTransferLane
{
  gatomicrefcount  ref_count;
  TlTransferQueue *queue;     /* NULL: it is gone */
  TlFtpClient     *client;
  GPtrArray       *workers;
  GQueue           files;     /* of TlTransfer: they wait */
  GQueue           folders;
  GQueue           open;      /* of TlTransferFolder: not all of it is in the queue yet */
  GQueue           delayed;   /* of TlTransfer: they wait for another try */
  guint            limit;     /* connections that the server lets in; 0: only the browsing one */
  guint            failures;  /* to connect, in a row */
  gboolean         stopped;   /* connecting failed for good: until the user wants something again */
  guint            pause;     /* before connecting again */
  guint            delay;
  guint            idle;
};

typedef struct {
  TlTransferLane *lane;
  Worker         *worker;
} Run;

static void
worker_free (gpointer data)
{
  Worker *worker = data;

  if (!worker->borrowed)
    tl_ftp_client_close (worker->client);
  g_object_unref (worker->client);
  g_clear_object (&worker->transfer);
  g_free (worker);
}

static void
lane_unref (TlTransferLane *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->workers);
  g_queue_clear_full (&self->files, g_object_unref);
  g_queue_clear_full (&self->folders, g_object_unref);
  g_queue_clear_full (&self->open, (GDestroyNotify) tl_transfer_folder_free);
  g_queue_clear_full (&self->delayed, g_object_unref);
  g_object_unref (self->client);
  g_free (self);
}

static Run *
run_new (TlTransferLane *lane,
         Worker         *worker)
{
  Run *run = g_new (Run, 1);

  g_atomic_ref_count_inc (&lane->ref_count);
  run->lane = lane;
  run->worker = worker;
  return run;
}

static void
run_free (Run *run)
{
  lane_unref (run->lane);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static guint
count_busy (TlTransferLane *self)
{
  guint n = 0;

  for (guint i = 0; i < self->workers->len; i++)
    n += ((Worker *) self->workers->pdata[i])->transfer != NULL;
  return n;
}

static gboolean
walks (TlTransferLane *self)
{
  for (guint i = 0; i < self->workers->len; i++)
    {
      const Worker *worker = self->workers->pdata[i];

      if (worker->transfer != NULL && worker->transfer->folder)
        return TRUE;
    }
  return FALSE;
}

static void
put (TlTransferLane *self,
     TlTransfer     *transfer,
     gboolean        first)
{
  GQueue *queue = transfer->folder ? &self->folders : &self->files;

  if (transfer->queued)
    return;
  transfer->queued = TRUE;
  if (first)
    g_queue_push_head (queue, g_object_ref (transfer));
  else
    g_queue_push_tail (queue, g_object_ref (transfer));
}

/* The next of @queue that still waits: those that were cancelled meanwhile are only dropped here. (transfer full) (nullable) */
static TlTransfer *
take (GQueue *queue)
{
  TlTransfer *transfer;

  while ((transfer = g_queue_pop_head (queue)) != NULL)
    {
      transfer->queued = FALSE;
      if (transfer->state == TL_TRANSFER_WAITING)
        return transfer;
      g_object_unref (transfer);
    }
  return NULL;
}

static void
put_children (TlTransferLane *self,
              GPtrArray      *children)
{
  for (guint i = 0; i < children->len; i++)
    {
      TlTransfer *child = children->pdata[i];

      if (child->state == TL_TRANSFER_WAITING && !child->folder)
        put (self, child, FALSE);
    }
  /* Depth first: a folder's folders come before its neighbours. */
  for (guint i = children->len; i > 0; i--)
    {
      TlTransfer *child = children->pdata[i - 1];

      if (child->state == TL_TRANSFER_WAITING && child->folder)
        put (self, child, TRUE);
    }
}

static void
fill (TlTransferLane *self)
{
  TlTransferFolder *folder;

  while (self->files.length < FEW_FILES && (folder = g_queue_peek_head (&self->open)) != NULL)
    {
      TlTransfer *transfer = tl_transfer_folder_get_transfer (folder);
      g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GHashTable) known = NULL;
      gboolean more = FALSE;

      if (transfer->state == TL_TRANSFER_RUNNING)
        {
          /* It was walked before, but not to its end. */
          if (transfer->again)
            known = tl_transfer_queue_dup_children (self->queue, transfer);
          more = tl_transfer_folder_take (folder, children, TAKE, known);
          if (children->len > 0)
            tl_transfer_queue_add (self->queue, children);
          put_children (self, children);
        }
      if (more)
        continue;
      g_queue_pop_head (&self->open);
      if (transfer->state == TL_TRANSFER_RUNNING)
        tl_transfer_queue_folder_walked (self->queue, transfer);
      tl_transfer_folder_free (folder);
    }
}

/* (transfer full) (nullable) */
static TlTransfer *
take_next (TlTransferLane *self)
{
  TlTransfer *transfer = NULL;

  if (tl_transfer_queue_get_n_asking (self->queue) >= MAX_ASKING)
    return NULL;

  fill (self);
  if (self->files.length < FEW_FILES && !walks (self))
    transfer = take (&self->folders);
  if (transfer == NULL)
    transfer = take (&self->files);
  if (transfer == NULL)
    transfer = take (&self->folders);
  return transfer;
}

static void
drop_worker (TlTransferLane *self,
             Worker         *worker)
{
  g_ptr_array_remove (self->workers, worker);
}

static gboolean
idle_cb (gpointer data)
{
  TlTransferLane *self = data;

  self->idle = 0;
  for (guint i = self->workers->len; i > 0; i--)
    if (((Worker *) self->workers->pdata[i - 1])->transfer == NULL)
      g_ptr_array_remove_index (self->workers, i - 1);
  /* The next time the server may let in more. */
  self->limit = G_MAXUINT;
  return G_SOURCE_REMOVE;
}

static gboolean
pause_cb (gpointer data)
{
  TlTransferLane *self = data;

  self->pause = 0;
  tl_transfer_lane_dispatch (self);
  return G_SOURCE_REMOVE;
}

static void plan_delayed (TlTransferLane *self);

static gboolean
delay_cb (gpointer data)
{
  TlTransferLane *self = data;
  gint64 now = g_get_monotonic_time ();

  self->delay = 0;
  for (GList *l = self->delayed.head, *next; l != NULL; l = next)
    {
      TlTransfer *transfer = l->data;

      next = l->next;
      if (transfer->retry_at > now && transfer->state == TL_TRANSFER_WAITING)
        continue;
      g_queue_delete_link (&self->delayed, l);
      transfer->queued = FALSE;
      if (transfer->state == TL_TRANSFER_WAITING)
        put (self, transfer, TRUE);
      g_object_unref (transfer);
    }
  plan_delayed (self);
  tl_transfer_lane_dispatch (self);
  return G_SOURCE_REMOVE;
}

static void
plan_delayed (TlTransferLane *self)
{
  gint64 at = G_MAXINT64;

  for (GList *l = self->delayed.head; l != NULL; l = l->next)
    at = MIN (at, ((TlTransfer *) l->data)->retry_at);
  g_clear_handle_id (&self->delay, g_source_remove);
  if (at < G_MAXINT64)
    self->delay = g_timeout_add ((guint) (CLAMP (at - g_get_monotonic_time (), 0, G_TIME_SPAN_HOUR) / 1000) + 1, delay_cb, self);
}

static guint
get_delay (TlTransferLane *self,
           guint           tries)
{
  return tl_transfer_queue_get_retry_delay (self->queue) << MIN (tries, MAX_TRIES);
}

static void
wait_again (TlTransferLane *self,
            TlTransfer     *transfer,
            const GError   *error)
{
  g_autofree char *note = g_strdup_printf (_("Will be tried again: %s"), error->message);

  tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_WAITING, NULL, note);
}

static void
delay_transfer (TlTransferLane *self,
                TlTransfer     *transfer,
                const GError   *error)
{
  transfer->retry_at = g_get_monotonic_time () + get_delay (self, transfer->attempts - 1) * (gint64) G_TIME_SPAN_MILLISECOND;
  wait_again (self, transfer, error);
  if (!transfer->queued)
    {
      transfer->queued = TRUE;
      g_queue_push_tail (&self->delayed, g_object_ref (transfer));
    }
  plan_delayed (self);
}

/* Nothing of it can be done: no server, no login. */
static void
fail_waiting (TlTransferLane *self,
              TlTransfer     *first,
              const GError   *error)
{
  TlTransferFolder *folder;
  TlTransfer *transfer;

  self->stopped = TRUE;
  tl_transfer_queue_set_state (self->queue, first, TL_TRANSFER_FAILED, error->message, NULL);
  while ((folder = g_queue_pop_head (&self->open)) != NULL)
    {
      transfer = tl_transfer_folder_get_transfer (folder);
      if (transfer->state == TL_TRANSFER_RUNNING)
        tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_FAILED, error->message, NULL);
      tl_transfer_folder_free (folder);
    }
  while ((transfer = take (&self->files)) != NULL || (transfer = take (&self->folders)) != NULL || (transfer = take (&self->delayed)) != NULL)
    {
      tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_FAILED, error->message, NULL);
      g_object_unref (transfer);
    }
}

/* The server does not let in as many as that. */
static void
lower_limit (TlTransferLane *self)
{
  guint n = 0;

  for (guint i = 0; i < self->workers->len; i++)
    n += !((Worker *) self->workers->pdata[i])->borrowed;
  self->limit = MIN (self->limit, n);
}

static void
fail_to_connect (TlTransferLane *self,
                 TlTransfer     *transfer,
                 const GError   *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_CANCELLED, NULL, NULL);
  else if (g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_TOO_MANY))
    {
      lower_limit (self);
      wait_again (self, transfer, error);
      put (self, transfer, TRUE);
    }
  else if (!self->stopped && tl_ftp_error_is_transient (error) && self->failures + 1 < MAX_TRIES)
    {
      wait_again (self, transfer, error);
      put (self, transfer, TRUE);
      /* Two that fail at once have failed once. */
      if (self->pause == 0)
        self->pause = g_timeout_add (get_delay (self, self->failures++), pause_cb, self);
    }
  else
    {
      self->failures = 0;
      fail_waiting (self, transfer, error);
    }
}

static void
fail (TlTransferLane *self,
      TlTransfer     *transfer,
      const GError   *error)
{
  /* Whoever gets on may go on trying. */
  if (transfer->moved > transfer->tried_at)
    transfer->attempts = 0;
  transfer->tried_at = transfer->moved;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_CANCELLED, NULL, NULL);
  else if (g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_TOO_MANY))
    {
      lower_limit (self);
      transfer->attempts = MAX (transfer->attempts, 1);
      delay_transfer (self, transfer, error);
    }
  else if (tl_ftp_error_is_transient (error) && ++transfer->attempts < MAX_TRIES)
    delay_transfer (self, transfer, error);
  else
    tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_FAILED, error->message, NULL);
}

/* The worker is free again. (transfer full) */
static TlTransfer *
release (TlTransferLane *self,
         Worker         *worker)
{
  TlTransfer *transfer = g_steal_pointer (&worker->transfer);
  TlFtpState state = tl_ftp_client_get_state (worker->client);

  g_clear_object (&transfer->cancellable);
  /* One that lost its connection: the next is opened, and counted, as a new one. */
  if (state == TL_FTP_CLOSED || state == TL_FTP_FAILED || (worker->borrowed && self->limit > 0))
    drop_worker (self, worker);
  return transfer;
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
    return;

  switch (how)
    {
    case TL_JOB_DONE:
      tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_DONE, NULL, note);
      break;
    case TL_JOB_SKIPPED:
      tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_SKIPPED, NULL, NULL);
      break;
    case TL_JOB_ASK:
      tl_transfer_queue_ask (self->queue, transfer);
      break;
    case TL_JOB_IS_FOLDER:
      tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_WAITING, NULL, NULL);
      tl_transfer_queue_become_folder (self->queue, transfer);
      put (self, transfer, TRUE);
      break;
    case TL_JOB_FAILED:
    default:
      fail (self, transfer, error);
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
    fail (self, transfer, error);
  else
    g_queue_push_head (&self->open, folder);
  if (self->queue != NULL)
    tl_transfer_lane_dispatch (self);
}

static void
start (TlTransferLane *self,
       Worker         *worker)
{
  TlTransfer *transfer = worker->transfer;
  Run *run = run_new (self, worker);

  if (transfer->folder)
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
  if (self->queue == NULL)
    return;
  fail_to_connect (self, transfer, error);
  if (self->queue != NULL)
    tl_transfer_lane_dispatch (self);
}

/* A connection that is free, or a new one. */
static Worker *
get_worker (TlTransferLane *self)
{
  Worker *worker;

  for (guint i = 0; i < self->workers->len; i++)
    {
      worker = self->workers->pdata[i];
      if (worker->transfer == NULL)
        return worker;
    }
  worker = g_new0 (Worker, 1);
  worker->borrowed = self->limit == 0;
  worker->connected = worker->borrowed;
  worker->client = worker->borrowed ? g_object_ref (self->client) : tl_ftp_client_new_sibling (self->client);
  g_ptr_array_add (self->workers, worker);
  return worker;
}

void
tl_transfer_lane_dispatch (TlTransferLane *self)
{
  guint most = MIN (tl_transfer_queue_get_parallel (self->queue), MAX (self->limit, 1));
  g_autoptr (TlTransferQueue) hold = g_object_ref (self->queue);
  TlTransfer *transfer;

  while (self->queue != NULL && !self->stopped && self->pause == 0 && count_busy (self) < most && (transfer = take_next (self)) != NULL)
    {
      Worker *worker = get_worker (self);

      g_clear_handle_id (&self->idle, g_source_remove);
      worker->transfer = transfer;
      transfer->cancellable = g_cancellable_new ();
      tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_RUNNING, NULL, NULL);
      if (worker->connected)
        start (self, worker);
      else
        tl_ftp_client_connect_async (worker->client, transfer->cancellable, connected_cb, run_new (self, worker));
    }
  if (self->queue != NULL && count_busy (self) < self->workers->len && self->idle == 0)
    self->idle = g_timeout_add_seconds (IDLE_S, idle_cb, self);
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
  self->limit = G_MAXUINT;
  return self;
}

void
tl_transfer_lane_free (TlTransferLane *self)
{
  self->queue = NULL;
  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_handle_id (&self->delay, g_source_remove);
  g_clear_handle_id (&self->idle, g_source_remove);
  for (guint i = 0; i < self->workers->len; i++)
    {
      const Worker *worker = self->workers->pdata[i];

      if (worker->transfer != NULL)
        g_cancellable_cancel (worker->transfer->cancellable);
    }
  lane_unref (self);
}

TlFtpClient *
tl_transfer_lane_get_client (TlTransferLane *self)
{
  return self->client;
}

void
tl_transfer_lane_push (TlTransferLane *self,
                       TlTransfer     *transfer,
                       gboolean        first)
{
  self->stopped = FALSE;
  transfer->again = transfer->folder && transfer->n_taken > 0;
  put (self, transfer, first);
  tl_transfer_lane_dispatch (self);
}

void
tl_transfer_lane_drop (TlTransferLane *self,
                       TlTransfer     *transfer)
{
  tl_transfer_discard_part (transfer);
  tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_CANCELLED, NULL, NULL);
}
