/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a change of one transfer means for the queue: its totals, and the folder that it is in. */

#include "tl-transfer-queue-private.h"

#include <glib/gi18n-lib.h>

/* The others are in the list, and in what is copied. */
#define MOST_NAMED 10

/* It is to be done yet. */
static gboolean
is_open (TlTransferState state)
{
  return tl_transfer_state_is_active (state) || state == TL_TRANSFER_PAUSED;
}

/* What is paused is a part of its folder nevertheless. */
static void
account_top (TlTransfer *top,
             TlTransfer *transfer)
{
  gboolean counts = is_open (transfer->state) || transfer->state == TL_TRANSFER_DONE;
  gint64 size = counts ? MAX (transfer->size, (gint64) transfer->moved) : 0;
  guint64 moved = counts ? transfer->moved : 0;
  guint64 done = transfer->state == TL_TRANSFER_DONE ? moved : 0;

  top->moved += moved - transfer->top_moved;
  top->done_size += done - transfer->top_done;
  if (size != transfer->top_size)
    tl_transfer_set_size (top, MAX (top->size, 0) + size - transfer->top_size);
  transfer->top_size = size;
  transfer->top_moved = moved;
  transfer->top_done = done;
}

void
tl_transfer_queue_account (TlTransferQueue *self,
                           TlTransfer      *transfer)
{
  gboolean counts = tl_transfer_state_is_active (transfer->state) || transfer->state == TL_TRANSFER_DONE;
  gint64 size = counts ? MAX (transfer->size, (gint64) transfer->moved) : 0;
  guint64 moved = counts ? transfer->moved : 0;
  gint64 more_size = size - transfer->counted_size;
  gint64 more_moved = (gint64) (moved - transfer->counted_moved);
  gboolean unknown = tl_transfer_state_is_active (transfer->state) &&
                     (transfer->folder ? transfer->top == NULL && transfer->state == TL_TRANSFER_WAITING && !transfer->walked : transfer->size < 0);

  self->n_unknown += (guint) unknown - (guint) transfer->counted_unknown;
  transfer->counted_unknown = unknown;

  /* A folder is the sum of its files. */
  if (transfer->folder)
    return;
  if (transfer->top != NULL)
    account_top (transfer->top, transfer);
  if (more_size == 0 && more_moved == 0)
    return;

  transfer->counted_size = size;
  transfer->counted_moved = moved;
  self->total_size += more_size;
  self->total_moved += more_moved;
}

/* "3 of 20 could not be transferred: a.txt, b.txt, c.txt", and the rest is counted. (transfer full) */
static char *
dup_named (TlTransferQueue *self,
           TlTransfer      *top,
           const char      *summary)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < self->items->len && n < top->n_failed && n < MOST_NAMED; i++)
    {
      TlTransfer *transfer = self->items->pdata[i];

      if (transfer->top != top || transfer->state != TL_TRANSFER_FAILED)
        continue;
      if (n++ > 0)
        /* TRANSLATORS: between the names of files. */
        g_string_append (names, C_("names", ", "));
      g_string_append (names, transfer->name);
    }
  if (n == 0)
    return g_strdup (summary);
  if (n < top->n_failed)
    /* TRANSLATORS: "8 of 20 could not be transferred", names of files, and how many there are besides these. */
    return g_strdup_printf (C_("names", "%s: %s … (+%u)"), summary, names->str, top->n_failed - n);
  /* TRANSLATORS: "3 of 20 could not be transferred", and the names of the files. */
  return g_strdup_printf (C_("names", "%s: %s"), summary, names->str);
}

static void
end_top (TlTransferQueue *self,
         TlTransfer      *top)
{
  g_autofree char *text = tl_transfer_dup_summary (top);

  if (top->n_failed > 0)
    {
      g_autofree char *named = dup_named (self, top, text);

      tl_transfer_queue_set_state (self, top, TL_TRANSFER_FAILED, named, NULL);
    }
  else
    tl_transfer_queue_set_state (self, top, TL_TRANSFER_DONE, NULL, text);
}

/* A top folder whose content has been walked and has ended is over. */
void
tl_transfer_queue_check_top (TlTransferQueue *self,
                             TlTransfer      *top)
{
  if (top->state == TL_TRANSFER_RUNNING && top->n_folders == 0 && top->n_ended >= top->n_files)
    end_top (self, top);
}

void
tl_transfer_queue_tell_top (TlTransferQueue *self,
                            TlTransfer      *top)
{
  if (top->state == TL_TRANSFER_FAILED && top->walked && !top->forgotten)
    end_top (self, top);
}

static void
count_state (TlTransferQueue *self,
             TlTransfer      *transfer,
             int              by)
{
  TlTransferState state = transfer->state;
  TlTransfer *top = transfer->top;

  if (tl_transfer_state_is_active (state))
    self->n_active += by;
  else if (state == TL_TRANSFER_PAUSED)
    self->n_paused += by;
  else if (state == TL_TRANSFER_FAILED)
    self->n_failed += by;
  else
    self->n_ended_well += by;

  if (top != NULL)
    {
      top->n_files += transfer->folder ? 0 : by;
      top->n_ended += transfer->folder || is_open (state) ? 0 : by;
      top->n_failed += state == TL_TRANSFER_FAILED ? by : 0;
      top->n_done += transfer->folder || is_open (state) || state == TL_TRANSFER_FAILED ? 0 : by;
    }
  if (transfer->folder && is_open (state) && !transfer->walked)
    (top != NULL ? top : transfer)->n_folders += by;
}

void
tl_transfer_queue_disown (TlTransferQueue *self,
                          TlTransfer      *transfer)
{
  count_state (self, transfer, -1);
}

void
tl_transfer_queue_set_state (TlTransferQueue *self,
                             TlTransfer      *transfer,
                             TlTransferState  state,
                             const char      *error,
                             const char      *note)
{
  gboolean was_active = tl_transfer_state_is_active (transfer->state);
  gboolean was_open = is_open (transfer->state);
  g_autoptr (TlTransfer) hold = g_object_ref (transfer);

  if (transfer->state == TL_TRANSFER_ASKING && state != TL_TRANSFER_ASKING)
    g_queue_remove (&self->asking, transfer);
  if (transfer->state == TL_TRANSFER_RUNNING && state != TL_TRANSFER_RUNNING)
    g_ptr_array_remove (self->running, transfer);
  else if (transfer->state != TL_TRANSFER_RUNNING && state == TL_TRANSFER_RUNNING && (!transfer->folder || transfer->top == NULL))
    g_ptr_array_add (self->running, g_object_ref (transfer));

  count_state (self, transfer, -1);
  tl_transfer_set_state (transfer, state, error, note);
  count_state (self, transfer, 1);
  tl_transfer_queue_account (self, transfer);
  tl_transfer_queue_need_tick (self);
  tl_transfer_touch (transfer);
  if (transfer->top != NULL && !is_open (state))
    tl_transfer_touch (transfer->top);

  self->n_over += was_active && !is_open (state);
  /* Also of what is cancelled while it is paused: somebody may wait for it. */
  if (was_open && !is_open (state))
    tl_transfer_queue_emit_finished (self, transfer);
  if (transfer->top != NULL)
    tl_transfer_queue_check_top (self, transfer->top);
}

void
tl_transfer_queue_folder_walked (TlTransferQueue *self,
                                 TlTransfer      *folder)
{
  count_state (self, folder, -1);
  folder->walked = TRUE;
  count_state (self, folder, 1);
  if (folder->store != NULL)
    tl_transfer_store_note_walked (folder->store, folder);
  if (folder->top != NULL)
    tl_transfer_queue_set_state (self, folder, TL_TRANSFER_DONE, NULL, NULL);
  else
    tl_transfer_queue_check_top (self, folder);
}

void
tl_transfer_queue_become_folder (TlTransferQueue *self,
                                 TlTransfer      *transfer)
{
  count_state (self, transfer, -1);
  tl_transfer_set_folder (transfer);
  count_state (self, transfer, 1);
  tl_transfer_queue_account (self, transfer);
}

void
tl_transfer_queue_ask (TlTransferQueue *self,
                       TlTransfer      *transfer)
{
  transfer->question.transfer = transfer;
  tl_transfer_queue_set_state (self, transfer, TL_TRANSFER_ASKING, NULL, NULL);
  g_queue_push_tail (&self->asking, transfer);
  tl_transfer_queue_emit_ask (self, transfer);
}

void
tl_transfer_queue_add (TlTransferQueue *self,
                       GPtrArray       *transfers)
{
  guint position = self->items->len;

  for (guint i = 0; i < transfers->len; i++)
    {
      TlTransfer *transfer = transfers->pdata[i];

      tl_transfer_queue_keep (self, transfer);
      g_ptr_array_add (self->items, g_object_ref (transfer));
      count_state (self, transfer, 1);
      tl_transfer_queue_account (self, transfer);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, transfers->len);
  tl_transfer_queue_need_tick (self);
}

GHashTable *
tl_transfer_queue_dup_children (TlTransferQueue *self,
                                TlTransfer      *folder)
{
  GHashTable *children = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  GHashTableIter iter;
  gpointer remote;

  for (guint i = 0; i < self->items->len; i++)
    {
      TlTransfer *transfer = self->items->pdata[i];

      if (transfer->parent == folder)
        g_hash_table_add (children, g_bytes_ref (transfer->remote));
    }
  if (folder->known != NULL)
    {
      g_hash_table_iter_init (&iter, folder->known);
      while (g_hash_table_iter_next (&iter, &remote, NULL))
        g_hash_table_add (children, g_bytes_ref (remote));
    }
  return children;
}

guint
tl_transfer_queue_get_n_asking (TlTransferQueue *self)
{
  return self->asking.length;
}
