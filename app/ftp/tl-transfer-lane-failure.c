/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a lane does about what failed: another try a little later, fewer connections, or nothing more. */

#include "tl-transfer-lane-private.h"


/* A server that is started anew, or a network that comes back, takes longer than a file. */
#define MAX_TRIES 5
#define MAX_CONNECTS 8

static guint
get_delay (TlTransferLane *self,
           guint           tries)
{
  return tl_transfer_queue_get_retry_delay (self->queue) << MIN (tries, MAX_TRIES);
}

static void
wait_again (TlTransferLane *self,
            TlTransfer     *transfer,
            guint           tries,
            guint           ms,
            const GError   *error)
{
  transfer->tries = tries;
  transfer->retry_at = ms > 0 ? g_get_monotonic_time () + ms * (gint64) G_TIME_SPAN_MILLISECOND : 0;
  tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_WAITING, NULL, error->message);
}

static void
delay_transfer (TlTransferLane *self,
                TlTransfer     *transfer,
                const GError   *error)
{
  guint ms = get_delay (self, transfer->attempts - 1);

  wait_again (self, transfer, transfer->attempts, ms, error);
  tl_transfer_backlog_put_later (self->backlog, transfer, ms);
}

/* It was cancelled, or only stopped. */
static void
stop (TlTransferLane *self,
      TlTransfer     *transfer)
{
  gboolean keeps = transfer->keeps, resumes = transfer->resumes;

  transfer->keeps = transfer->resumes = FALSE;
  tl_transfer_queue_set_state (self->queue, transfer, keeps ? TL_TRANSFER_PAUSED : TL_TRANSFER_CANCELLED, NULL, NULL);
  if (keeps && resumes)
    tl_transfer_queue_start_again (self->queue, transfer);
}

/* Nothing of it can be done: no server, no login. */
static void
fail_waiting (TlTransferLane *self,
              TlTransfer     *first,
              const GError   *error)
{
  self->stopped = TRUE;
  tl_transfer_queue_set_state (self->queue, first, TL_TRANSFER_FAILED, error->message, NULL);
  tl_transfer_backlog_fail (self->backlog, error);
}

void
tl_transfer_lane_lower_limit (TlTransferLane *self)
{
  guint n = 0;

  for (guint i = 0; i < self->workers->len; i++)
    n += !((TlTransferWorker *) self->workers->pdata[i])->borrowed;
  self->limit = MIN (self->limit, n);
  tl_transfer_pace_refuse (&self->pace, self->limit);
}

static gboolean
pause_cb (gpointer data)
{
  TlTransferLane *self = data;

  self->pause = 0;
  tl_transfer_lane_dispatch (self);
  return G_SOURCE_REMOVE;
}

void
tl_transfer_lane_failed_to_connect (TlTransferLane *self,
                                    TlTransfer     *transfer,
                                    const GError   *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    stop (self, transfer);
  else if (g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_TOO_MANY))
    {
      tl_transfer_lane_lower_limit (self);
      wait_again (self, transfer, 0, 0, error);
      tl_transfer_backlog_put (self->backlog, transfer, TRUE);
    }
  else if (!self->stopped && tl_ftp_error_is_transient (error) && self->failures + 1 < MAX_CONNECTS)
    {
      guint ms = get_delay (self, self->failures);

      wait_again (self, transfer, self->failures + 1, ms, error);
      tl_transfer_backlog_put (self->backlog, transfer, TRUE);
      /* Two that fail at once have failed once. */
      if (self->pause == 0)
        {
          self->failures++;
          self->pause = g_timeout_add (ms, pause_cb, self);
        }
    }
  else
    {
      self->failures = 0;
      fail_waiting (self, transfer, error);
    }
}

void
tl_transfer_lane_failed (TlTransferLane *self,
                         TlTransfer     *transfer,
                         const GError   *error)
{
  /* Whoever gets on may go on trying. */
  if (transfer->moved > transfer->tried_at)
    transfer->attempts = 0;
  transfer->tried_at = transfer->moved;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    stop (self, transfer);
  else if (g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_TOO_MANY))
    {
      tl_transfer_lane_lower_limit (self);
      transfer->attempts = MAX (transfer->attempts, 1);
      delay_transfer (self, transfer, error);
    }
  else if (tl_ftp_error_is_transient (error) && ++transfer->attempts < MAX_TRIES)
    delay_transfer (self, transfer, error);
  else
    tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_FAILED, error->message, NULL);
}
