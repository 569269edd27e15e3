/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small files of a lane, many over one connection at a time. */

#include "tl-transfer-lane-private.h"

#include "tl-ftp-burst.h"
#include "tl-landing.h"
#include "tl-transfer-job.h"

/* One connection at it. */
typedef struct {
  TlTransferLane   *lane;
  TlTransferWorker *worker;
  TlTransfer       *first;    /* (nullable) */
} Run;

/* One file on its way. @transfer: NULL: it was cancelled meanwhile */
typedef struct {
  TlTransferLane *lane;
  TlTransfer     *transfer;
  gulong          cancelled_id;
} Flight;

static void
flight_free (Flight *self)
{
  g_clear_object (&self->transfer);
  tl_transfer_lane_unref (self->lane);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flight, flight_free)

/* Nobody stops it any more. */
static void
close_door (Flight *self)
{
  if (self->cancelled_id != 0)
    g_signal_handler_disconnect (self->transfer->cancellable, self->cancelled_id);
  self->cancelled_id = 0;
}

static TlTransfer *
arrive (Flight *self)
{
  close_door (self);
  g_clear_object (&self->transfer->cancellable);
  return self->transfer;
}

static gboolean
is_limited (TlTransfer *transfer)
{
  TlFtpRate *own = tl_transfer_get_rate (transfer);

  return tl_ftp_rate_has_limit (tl_ftp_rate_get_shared (FALSE)) || (own != NULL && tl_ftp_rate_has_limit (own));
}

gboolean
tl_transfer_lane_can_burst (TlTransferLane   *self,
                            TlTransferWorker *worker,
                            TlTransfer       *transfer)
{
  if (transfer->folder || transfer->upload || transfer->cleaning || transfer->restored || transfer->alone || transfer->part != NULL)
    return FALSE;
  /* What the listing said of it is as good as SIZE and MDTM, and nothing is where it goes. */
  if (!transfer->exact || !transfer->fresh || transfer->attempts > 0 || transfer->size < 0 || transfer->size >= TL_FTP_BURST_MAX_SIZE)
    return FALSE;
  return !worker->borrowed && !is_limited (transfer) && tl_landing_has_room () && tl_ftp_client_can_burst (worker->client);
}

static void
fail_cancelled (TlTransferLane *self,
                TlTransfer     *transfer)
{
  g_autoptr (GError) error = NULL;

  g_cancellable_set_error_if_cancelled (transfer->cancellable, &error);
  g_clear_object (&transfer->cancellable);
  if (self->queue != NULL)
    tl_transfer_lane_failed (self, transfer, error);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Flight *self = user_data;
  g_autoptr (TlTransfer) transfer = NULL;

  close_door (self);
  transfer = g_steal_pointer (&self->transfer);
  fail_cancelled (self->lane, transfer);
}

static void
put_back (TlTransferLane *self,
          TlTransfer     *transfer)
{
  g_clear_object (&transfer->cancellable);
  tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_WAITING, NULL, NULL);
  tl_transfer_backlog_put (self->backlog, transfer, TRUE);
}

static void
settle (TlTransferLane   *self,
        TlTransfer       *transfer,
        const TlDownload *job)
{
  const TlTransferProof proof = { .size_matches = TRUE };
  g_autofree char *note = tl_transfer_proof_dup_note (&proof);

  if (job->verdict == TL_JOB_DONE && job->new_name != NULL)
    tl_transfer_set_local_name (transfer, job->new_name);
  if (job->verdict == TL_JOB_DONE)
    {
      transfer->moved = (guint64) transfer->size;
      tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_DONE, NULL, note);
    }
  else if (job->verdict == TL_JOB_SKIPPED)
    tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_SKIPPED, NULL, NULL);
  else
    {
      transfer->fresh = FALSE;
      tl_job_set_question (transfer, job->target.size, job->target.time, !job->target.is_folder);
      tl_transfer_lane_ask (self, transfer);
    }
}

static void
landed (TlTransfer       *transfer,
        const TlDownload *job,
        const GError     *error,
        gpointer          data)
{
  g_autoptr (Flight) flight = data;
  TlTransferLane *self = flight->lane;
  const gboolean ended = error == NULL && (job->verdict == TL_JOB_DONE || job->verdict == TL_JOB_SKIPPED);
  const gboolean stopped = !ended && g_cancellable_is_cancelled (transfer->cancellable);

  self->n_landing--;
  /* Paused or cancelled while it was being written, which did not bring it to its end. */
  if (stopped)
    {
      close_door (flight);
      fail_cancelled (self, transfer);
    }
  else
    arrive (flight);
  if (self->queue == NULL)
    {
      tl_transfer_lane_note_stopped (transfer, error == NULL && job->verdict == TL_JOB_DONE);
      return;
    }
  if (ended)
    transfer->keeps = transfer->resumes = FALSE;
  if (stopped)
    ;
  else if (error == NULL)
    settle (self, transfer, job);
  else if (g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_EXISTS))
    {
      /* Somebody else made a file of that name meanwhile: it is asked about, as if it had been there at first. */
      transfer->fresh = FALSE;
      put_back (self, transfer);
    }
  else
    tl_transfer_lane_failed (self, transfer, error);
  if (self->queue != NULL && (self->n_landing == 0 || !tl_transfer_lane_has_bursts (self)))
    tl_transfer_lane_dispatch (self);
}

static void
ended (gpointer      owner,
       gpointer      file,
       GBytes       *bytes,
       const GError *error,
       gboolean      alone)
{
  Run *run = owner;
  TlTransferLane *self = run->lane;
  g_autoptr (Flight) flight = file;
  TlTransfer *transfer = flight->transfer;

  if (transfer == NULL)
    return;
  if (bytes != NULL)
    {
      /* What has come is brought to its end. */
      close_door (flight);
      self->n_landing++;
      tl_landing_push (transfer, bytes, landed, g_steal_pointer (&flight));
      return;
    }
  arrive (flight);
  transfer->alone |= alone;
  if (self->queue == NULL)
    tl_transfer_lane_note_stopped (transfer, FALSE);
  else if (error != NULL)
    tl_transfer_lane_failed (self, transfer, error);
  else
    put_back (self, transfer);
}

/* The next that waits; one that cannot go with the others is the worker's next. */
static TlTransfer *
take (Run *run)
{
  TlTransferLane *self = run->lane;
  TlTransferWorker *worker = run->worker;
  TlTransfer *transfer = g_steal_pointer (&run->first);

  if (transfer != NULL && !g_cancellable_is_cancelled (transfer->cancellable))
    return transfer;
  if (transfer != NULL)
    {
      fail_cancelled (self, transfer);
      g_object_unref (transfer);
    }
  if (self->queue == NULL || self->stopped || self->queue->held || self->pause != 0 || worker->next != NULL || !tl_transfer_lane_has_place (self))
    return NULL;
  transfer = tl_transfer_backlog_take (self->backlog, tl_transfer_lane_walks (self));
  if (transfer == NULL || tl_transfer_lane_can_burst (self, worker, transfer))
    return transfer;
  worker->next = transfer;
  return NULL;
}

static GBytes *
next (gpointer  owner,
      gsize    *size,
      gpointer *file)
{
  Run *run = owner;
  TlTransferLane *self = run->lane;
  TlTransfer *transfer = take (run);
  Flight *flight;

  if (transfer == NULL)
    return NULL;
  flight = g_new0 (Flight, 1);
  flight->lane = tl_transfer_lane_ref (self);
  flight->transfer = transfer;
  transfer->answered = FALSE;
  if (transfer->cancellable == NULL)
    transfer->cancellable = g_cancellable_new ();
  flight->cancelled_id = g_signal_connect (transfer->cancellable, "cancelled", G_CALLBACK (cancelled_cb), flight);
  if (transfer->state != TL_TRANSFER_RUNNING)
    tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_RUNNING, NULL, NULL);
  *size = (gsize) transfer->size;
  *file = flight;
  return g_bytes_ref (transfer->remote);
}

/* It never got its turn: the connection was not in the state for it. */
static void
return_first (TlTransferLane *self,
              TlTransfer     *first)
{
  if (self->queue == NULL)
    tl_transfer_lane_note_stopped (first, FALSE);
  else if (g_cancellable_is_cancelled (first->cancellable))
    fail_cancelled (self, first);
  else
    {
      first->alone = TRUE;
      put_back (self, first);
    }
}

static void
burst_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree Run *run = user_data;
  TlTransferLane *self = run->lane;
  TlTransferWorker *worker = run->worker;
  g_autoptr (TlTransfer) next_one = g_steal_pointer (&worker->next);
  g_autoptr (TlTransfer) first = g_steal_pointer (&run->first);
  g_autoptr (GError) error = NULL;

  tl_ftp_client_burst_finish (TL_FTP_CLIENT (source), result, &error);
  g_clear_object (&worker->bursting);
  tl_transfer_lane_check_worker (self, worker);
  if (first != NULL)
    return_first (self, first);
  if (self->queue != NULL)
    {
      if (g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_TOO_MANY))
        tl_transfer_lane_lower_limit (self);
      if (next_one != NULL && next_one->state == TL_TRANSFER_WAITING)
        tl_transfer_backlog_put (self->backlog, next_one, TRUE);
      tl_transfer_lane_dispatch (self);
    }
  tl_transfer_lane_unref (self);
}

static const TlFtpBurstEvents events = { next, ended };

void
tl_transfer_lane_burst (TlTransferLane   *self,
                        TlTransferWorker *worker)
{
  Run *run = g_new0 (Run, 1);

  run->lane = tl_transfer_lane_ref (self);
  run->worker = worker;
  run->first = g_steal_pointer (&worker->transfer);
  worker->bursting = g_cancellable_new ();
  tl_ftp_client_burst_async (worker->client, &events, run, worker->bursting, burst_cb, run);
}
