/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who waits in a lane. */

#include "tl-transfer-backlog.h"

#include "tl-transfer-queue-private.h"

/* What folders hold is taken into the queue while fewer files than this wait, so many at once. */
#define FEW_FILES 256
#define TAKE 256

/* Nothing more is begun while so many questions wait for an answer. */
#define MAX_ASKING 1000

/* Low, usual, high. */
#define LEVELS 3

struct _TlTransferBacklog
{
  TlTransferQueue *queue;
  GQueue           files[LEVELS];   /* of TlTransfer, by priority */
  GQueue           folders[LEVELS]; /* of TlTransfer */
  guint            n_files;   /* that wait, or did when they were put in */
  GQueue           open;      /* of TlTransferFolder: not all of it is in the queue yet */
  GQueue           delayed;   /* of TlTransfer: they wait for another try */
  guint            delay;
  GSourceFunc      due;
  gpointer         due_data;
};

TlTransferBacklog *
tl_transfer_backlog_new (TlTransferQueue *queue,
                         GSourceFunc      due,
                         gpointer         due_data)
{
  TlTransferBacklog *self = g_new0 (TlTransferBacklog, 1);

  self->queue = queue;
  self->due = due;
  self->due_data = due_data;
  return self;
}

void
tl_transfer_backlog_free (TlTransferBacklog *self)
{
  g_clear_handle_id (&self->delay, g_source_remove);
  for (guint i = 0; i < LEVELS; i++)
    {
      g_queue_clear_full (&self->files[i], g_object_unref);
      g_queue_clear_full (&self->folders[i], g_object_unref);
    }
  g_queue_clear_full (&self->open, (GDestroyNotify) tl_transfer_folder_free);
  g_queue_clear_full (&self->delayed, g_object_unref);
  g_free (self);
}

void
tl_transfer_backlog_put (TlTransferBacklog *self,
                         TlTransfer        *transfer,
                         gboolean           first)
{
  guint level = (guint) (CLAMP (transfer->priority, -1, 1) + 1);
  GQueue *queue = transfer->folder ? &self->folders[level] : &self->files[level];

  /* What waited for another try, was cancelled, and is wanted again does not wait any longer. */
  if (transfer->queued && g_queue_remove (&self->delayed, transfer))
    {
      transfer->queued = FALSE;
      g_object_unref (transfer);
    }
  if (transfer->queued)
    return;
  transfer->queued = TRUE;
  self->n_files += !transfer->folder;
  if (first)
    g_queue_push_head (queue, g_object_ref (transfer));
  else
    g_queue_push_tail (queue, g_object_ref (transfer));
}

/* The next of @queue that still waits: those that were cancelled meanwhile are only dropped here. (transfer full) (nullable) */
static TlTransfer *
take (TlTransferBacklog *self,
      GQueue            *queue)
{
  TlTransfer *transfer;

  while ((transfer = g_queue_pop_head (queue)) != NULL)
    {
      transfer->queued = FALSE;
      self->n_files -= queue >= self->files && queue < self->files + LEVELS;
      if (transfer->state == TL_TRANSFER_WAITING)
        return transfer;
      g_object_unref (transfer);
    }
  return NULL;
}

static void plan_delayed (TlTransferBacklog *self);

static gboolean
delay_cb (gpointer data)
{
  TlTransferBacklog *self = data;
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
        tl_transfer_backlog_put (self, transfer, TRUE);
      g_object_unref (transfer);
    }
  plan_delayed (self);
  return self->due (self->due_data);
}

static void
plan_delayed (TlTransferBacklog *self)
{
  gint64 at = G_MAXINT64;

  for (GList *l = self->delayed.head; l != NULL; l = l->next)
    at = MIN (at, ((TlTransfer *) l->data)->retry_at);
  g_clear_handle_id (&self->delay, g_source_remove);
  if (at < G_MAXINT64)
    self->delay = g_timeout_add ((guint) (CLAMP (at - g_get_monotonic_time (), 0, G_TIME_SPAN_HOUR) / 1000) + 1, delay_cb, self);
}

void
tl_transfer_backlog_put_later (TlTransferBacklog *self,
                               TlTransfer        *transfer,
                               guint              ms)
{
  transfer->retry_at = g_get_monotonic_time () + ms * (gint64) G_TIME_SPAN_MILLISECOND;
  if (!transfer->queued)
    {
      transfer->queued = TRUE;
      g_queue_push_tail (&self->delayed, g_object_ref (transfer));
    }
  plan_delayed (self);
}

void
tl_transfer_backlog_put_content (TlTransferBacklog *self,
                                 TlTransferFolder  *folder)
{
  g_queue_push_head (&self->open, folder);
}

void
tl_transfer_backlog_leave_content (TlTransferBacklog *self,
                                   TlTransfer        *transfer)
{
  for (GList *l = self->open.head; l != NULL; l = l->next)
    if (tl_transfer_folder_get_transfer (l->data) == transfer)
      {
        tl_transfer_folder_free (l->data);
        g_queue_delete_link (&self->open, l);
        return;
      }
}

static void
put_children (TlTransferBacklog *self,
              GPtrArray         *children)
{
  for (guint i = 0; i < children->len; i++)
    {
      TlTransfer *child = children->pdata[i];

      if (child->state == TL_TRANSFER_WAITING && !child->folder)
        tl_transfer_backlog_put (self, child, FALSE);
    }
  /* Depth first: a folder's folders come before its neighbours. */
  for (guint i = children->len; i > 0; i--)
    {
      TlTransfer *child = children->pdata[i - 1];

      if (child->state == TL_TRANSFER_WAITING && child->folder)
        tl_transfer_backlog_put (self, child, TRUE);
    }
}

/* Some more of an opened folder. False: that was all, or it is not wanted any more. */
static gboolean
take_content (TlTransferBacklog *self,
              TlTransferFolder  *folder)
{
  TlTransfer *transfer = tl_transfer_folder_get_transfer (folder);
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) known = NULL;
  gboolean more;

  if (transfer->state != TL_TRANSFER_RUNNING)
    return FALSE;
  /* It was walked before, but not to its end. */
  if (transfer->again)
    known = tl_transfer_queue_dup_children (self->queue, transfer);
  transfer->taken = TRUE;
  more = tl_transfer_folder_take (folder, children, TAKE, known);
  if (children->len > 0)
    tl_transfer_queue_add (self->queue, children);
  put_children (self, children);
  return more;
}

static void
fill (TlTransferBacklog *self)
{
  TlTransferFolder *folder;

  while (self->n_files < FEW_FILES && (folder = g_queue_peek_head (&self->open)) != NULL)
    {
      TlTransfer *transfer = tl_transfer_folder_get_transfer (folder);

      if (take_content (self, folder))
        continue;
      g_queue_pop_head (&self->open);
      if (transfer->state == TL_TRANSFER_RUNNING)
        tl_transfer_queue_folder_walked (self->queue, transfer);
      tl_transfer_folder_free (folder);
    }
}

/* Whatever waits, the first first. (transfer full) (nullable) */
static TlTransfer *
take_any (TlTransferBacklog *self)
{
  TlTransfer *transfer = NULL;

  for (guint level = LEVELS; level > 0 && transfer == NULL; level--)
    {
      transfer = take (self, &self->files[level - 1]);
      if (transfer == NULL)
        transfer = take (self, &self->folders[level - 1]);
    }
  return transfer;
}

void
tl_transfer_backlog_sort (TlTransferBacklog *self,
                          GPtrArray         *items)
{
  g_autoptr (GHashTable) waiting = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  TlTransfer *transfer;

  while ((transfer = take_any (self)) != NULL)
    g_hash_table_add (waiting, transfer);
  for (guint i = 0; i < items->len; i++)
    if (g_hash_table_contains (waiting, items->pdata[i]))
      tl_transfer_backlog_put (self, items->pdata[i], FALSE);
}

TlTransfer *
tl_transfer_backlog_take (TlTransferBacklog *self,
                          gboolean           walks)
{
  TlTransfer *transfer = NULL;

  if (tl_transfer_queue_get_n_asking (self->queue) >= MAX_ASKING)
    return NULL;

  fill (self);
  for (guint level = LEVELS; level > 0 && transfer == NULL; level--)
    {
      if (self->n_files < FEW_FILES && !walks)
        transfer = take (self, &self->folders[level - 1]);
      if (transfer == NULL)
        transfer = take (self, &self->files[level - 1]);
      if (transfer == NULL)
        transfer = take (self, &self->folders[level - 1]);
    }
  return transfer;
}

guint
tl_transfer_backlog_get_n_files (TlTransferBacklog *self)
{
  return self->n_files;
}

void
tl_transfer_backlog_fail (TlTransferBacklog *self,
                          const GError      *error)
{
  TlTransferFolder *folder;
  TlTransfer *transfer;

  while ((folder = g_queue_pop_head (&self->open)) != NULL)
    {
      transfer = tl_transfer_folder_get_transfer (folder);
      if (transfer->state == TL_TRANSFER_RUNNING)
        tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_FAILED, error->message, NULL);
      tl_transfer_folder_free (folder);
    }
  while ((transfer = take_any (self)) != NULL || (transfer = take (self, &self->delayed)) != NULL)
    {
      tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_FAILED, error->message, NULL);
      g_object_unref (transfer);
    }
}
