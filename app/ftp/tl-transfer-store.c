/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queues of the program, as they are on the disk. */

#include "tl-transfer-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/file.h>
#include <unistd.h>

/* Copied in one turn of the main loop: a few milliseconds. */
#define MOST_AT_ONCE 2000
typedef struct {
  TlTransferStoreFunc func;
  gpointer            data;
  guint64             until;
} Waiter;

/* What is told when it has been written. */
typedef struct {
  TlTransferStore *store;
  GArray          *records;
  guint64          until;
} Writing;

enum {
  FAILED_SIGNAL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlTransferStore, tl_transfer_store, G_TYPE_OBJECT)

static void
fail (TlTransferStore *self,
      const char      *message)
{
  if (self->failed)
    return;
  self->failed = TRUE;
  g_signal_emit (self, signals[FAILED_SIGNAL], 0, message);
}

static void
record_clear (gpointer data)
{
  g_object_unref (((TlTransferRecord *) data)->transfer);
  g_object_unref (((TlTransferRecord *) data)->of);
}

gboolean
tl_transfer_store_keeps (TlTransfer *transfer)
{
  if (transfer->forgotten && !(transfer->folder && transfer->top != NULL))
    return FALSE;
  switch (transfer->state)
    {
    case TL_TRANSFER_DONE:
    case TL_TRANSFER_SKIPPED:
    case TL_TRANSFER_CANCELLED:
      if (transfer->folder && transfer->top != NULL)
        return tl_transfer_store_keeps (transfer->top);
      return transfer->parent != NULL && !transfer->parent->walked_stored && tl_transfer_store_keeps (transfer->parent);
    case TL_TRANSFER_WAITING:
    case TL_TRANSFER_RUNNING:
    case TL_TRANSFER_ASKING:
    case TL_TRANSFER_FAILED:
    case TL_TRANSFER_PAUSED:
    default:
      return TRUE;
    }
}

void
tl_transfer_store_mark_dirty (TlTransferStore *self,
                              TlTransfer      *transfer)
{
  if (transfer->dirty)
    return;
  transfer->dirty = TRUE;
  self->n_touched++;
  g_ptr_array_add (self->dirty, g_object_ref (transfer));
}

/* One that was walked is not written as such before what is in it: another run would not look into it any more. */
static void
add_record (TlTransferStore *self,
            GArray          *records,
            TlTransfer      *transfer,
            guint64          until)
{
  const gboolean kept = tl_transfer_store_keeps (transfer);
  const gboolean early = kept && transfer->walked && (self->again->len > 0 || MAX (transfer->content_until, self->again_until) > until);
  TlTransferRecord record;

  if (!kept && !transfer->stored)
    return;
  tl_transfer_record_init (&record, transfer, !kept, early);
  transfer->stored = kept;
  g_array_append_val (records, record);
  if (early && self->again->len > 0)
    tl_transfer_store_add_again (self, transfer);
  else if (early)
    tl_transfer_store_mark_dirty (self, transfer);
  else
    transfer->walked_stored = transfer->walked;
}

/* (transfer full) (nullable) */
static GArray *
collect (TlTransferStore *self)
{
  GArray *records = g_array_new (FALSE, FALSE, sizeof (TlTransferRecord));
  const guint end = self->dirty->len;
  /* So many are among them at least. */
  const guint64 until = self->n_handed + MIN (end - self->next, MOST_AT_ONCE);

  g_array_set_clear_func (records, record_clear);
  while (self->next < end && records->len < MOST_AT_ONCE)
    {
      TlTransfer *transfer = self->dirty->pdata[self->next++];

      transfer->dirty = FALSE;
      self->n_handed++;
      add_record (self, records, transfer, until);
    }
  if (self->next == self->dirty->len)
    {
      g_ptr_array_set_size (self->dirty, 0);
      self->next = 0;
    }
  if (records->len > 0)
    return records;
  g_array_unref (records);
  return NULL;
}

static void
tell_waiters (TlTransferStore *self)
{
  while (self->waiters->len > 0 && g_array_index (self->waiters, Waiter, 0).until <= self->n_written)
    {
      Waiter waiter = g_array_index (self->waiters, Waiter, 0);

      g_array_remove_index (self->waiters, 0);
      waiter.func (waiter.data);
    }
}

static void
note_rows (GArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const TlTransferRecord *record = &g_array_index (records, TlTransferRecord, i);

      record->of->has_row = !record->goes;
    }
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Writing *writing = user_data;
  g_autoptr (TlTransferStore) self = writing->store;
  g_autoptr (GError) error = NULL;

  tl_database_run_finish (TL_DATABASE (source), result, &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    {
      g_autofree char *message = g_strdup_printf (_("The list of transfers is not kept for the next time: %s"), error->message);

      if (!self->closed)
        tl_transfer_store_keep_for_again (self, writing->records);
      fail (self, message);
    }
  else if (error == NULL)
    {
      note_rows (writing->records);
      self->failed &= self->again->len > 0;
      tl_transfer_store_hurry (self);
    }
  g_array_unref (writing->records);
  self->n_writing--;
  self->n_written = writing->until;
  tell_waiters (self);
  if (self->dirty->len > 0)
    tl_transfer_store_plan (self);
}

/* Takes @records. */
static void
hand_in (TlTransferStore *self,
         GArray          *records)
{
  Writing *writing = g_new (Writing, 1);

  writing->store = g_object_ref (self);
  writing->records = g_array_ref (records);
  writing->until = self->n_handed;
  self->n_writing++;
  tl_database_run_async (self->database, tl_transfer_records_save, records, (GDestroyNotify) g_array_unref, NULL, NULL, written_cb, writing);
}

static void
flush (TlTransferStore *self)
{
  GArray *records = collect (self);

  self->flushed_at = g_get_monotonic_time ();
  self->urgent = FALSE;
  if (records != NULL)
    {
      hand_in (self, records);
      return;
    }
  /* There was nothing that the disk does not say already. */
  self->n_written = self->n_handed;
  tell_waiters (self);
}

static gboolean
flush_cb (gpointer data)
{
  g_autoptr (TlTransferStore) self = g_object_ref (data);

  self->flush = 0;
  flush (self);
  return G_SOURCE_REMOVE;
}

/* At once, then so often; one job at a time: what changes meanwhile is the next. */
void
tl_transfer_store_plan (TlTransferStore *self)
{
  gint64 left = self->flushed_at + TL_TRANSFER_STORE_MS * G_TIME_SPAN_MILLISECOND - g_get_monotonic_time ();
  gboolean urgent = self->waiters->len > 0 || self->next > 0 || left <= 0;

  if (self->n_writing > 0 || self->closed || (self->flush != 0 && (self->urgent || !urgent)))
    return;
  g_clear_handle_id (&self->flush, g_source_remove);
  self->urgent = urgent;
  self->flush = urgent ? g_idle_add_full (G_PRIORITY_DEFAULT, flush_cb, self, NULL) : g_timeout_add ((guint) (left / G_TIME_SPAN_MILLISECOND) + 1, flush_cb, self);
}

static void
tl_transfer_store_dispose (GObject *object)
{
  TlTransferStore *self = TL_TRANSFER_STORE (object);

  g_clear_handle_id (&self->flush, g_source_remove);
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_object (&self->database);
  G_OBJECT_CLASS (tl_transfer_store_parent_class)->dispose (object);
}

static void
tl_transfer_store_finalize (GObject *object)
{
  TlTransferStore *self = TL_TRANSFER_STORE (object);

  if (self->lock >= 0)
    close (self->lock);
  g_array_unref (self->owners);
  g_array_unref (self->waiters);
  g_ptr_array_unref (self->dirty);
  g_ptr_array_unref (self->again);
  G_OBJECT_CLASS (tl_transfer_store_parent_class)->finalize (object);
}

static void
tl_transfer_store_class_init (TlTransferStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tl_transfer_store_dispose;
  object_class->finalize = tl_transfer_store_finalize;
  signals[FAILED_SIGNAL] = g_signal_new ("failed", TL_TYPE_TRANSFER_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tl_transfer_store_init (TlTransferStore *self)
{
  self->lock = -1;
  self->again_ms = TL_TRANSFER_STORE_AGAIN_MS;
  self->owners = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  self->dirty = g_ptr_array_new_with_free_func (g_object_unref);
  self->again = g_ptr_array_new_with_free_func (g_object_unref);
}

/* For as long as the program lives: the system lets go of it, however that ends. */
static int
take_lock (GFile *file)
{
  g_autofree char *path = g_strconcat (g_file_peek_path (file), ".lock", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  g_mkdir_with_parents (folder, 0700);
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      close (fd);
      fd = -1;
    }
  return fd;
}

TlTransferStore *
tl_transfer_store_new (GFile *file)
{
  TlTransferStore *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (TL_TYPE_TRANSFER_STORE, NULL);
  self->database = tl_database_new (file, tl_transfer_schema);
  self->lock = take_lock (file);
  return self;
}

TlTransferStore *
tl_transfer_store_new_for_user (void)
{
  g_autoptr (GFile) file = g_file_new_build_filename (g_get_user_data_dir (), "tonglu", "transfers.db", NULL);

  return tl_transfer_store_new (file);
}

gboolean
tl_transfer_store_works (TlTransferStore *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER_STORE (self), FALSE);

  return self->lock >= 0 && !self->failed;
}

/* No two runs give the same. */
static gint64
next_id (TlTransferStore *self)
{
  self->last_id = MAX (self->last_id + 1, g_get_real_time ());
  return self->last_id;
}

gint64
tl_transfer_store_join (TlTransferStore *self)
{
  gint64 owner = next_id (self);

  g_array_append_val (self->owners, owner);
  return owner;
}

void
tl_transfer_store_leave (TlTransferStore *self,
                         gint64           owner)
{
  for (guint i = 0; i < self->owners->len; i++)
    if (g_array_index (self->owners, gint64, i) == owner)
      {
        g_array_remove_index_fast (self->owners, i);
        break;
      }
}

void
tl_transfer_store_touch (TlTransferStore *self,
                         TlTransfer      *transfer)
{
  if (self->closed)
    return;
  if (self->lock < 0)
    {
      fail (self, _("The list of transfers is not kept for the next time: another Tonglu is running, which keeps its own"));
      return;
    }
  if (transfer->id == 0)
    {
      transfer->id = next_id (self);
      if (transfer->place == 0)
        transfer->place = (double) transfer->id;
    }
  tl_transfer_store_mark_dirty (self, transfer);
  tl_transfer_store_plan (self);
}

void
tl_transfer_store_note_walked (TlTransferStore *self,
                               TlTransfer      *folder)
{
  folder->content_until = self->n_touched;
  tl_transfer_store_touch (self, folder);
}

typedef struct {
  TlTransferStoreFunc func;
  gpointer            data;
} Idle;

static gboolean
idle_cb (gpointer data)
{
  Idle *idle = data;

  idle->func (idle->data);
  return G_SOURCE_REMOVE;
}

void
tl_transfer_store_settle (TlTransferStore     *self,
                          TlTransferStoreFunc  func,
                          gpointer             data)
{
  Waiter waiter = { func, data, self->n_touched };

  if (self->closed || self->lock < 0 || self->n_written == self->n_touched)
    {
      g_idle_add_full (G_PRIORITY_DEFAULT, idle_cb, g_memdup2 (&(Idle) { func, data }, sizeof (Idle)), g_free);
      return;
    }
  g_array_append_val (self->waiters, waiter);
  tl_transfer_store_plan (self);
}

void
tl_transfer_store_hand_in (TlTransferStore *self)
{
  GArray *records;

  tl_transfer_store_put_back (self);
  while ((records = collect (self)) != NULL)
    hand_in (self, records);
}

void
tl_transfer_store_close (TlTransferStore *self)
{
  g_return_if_fail (TL_IS_TRANSFER_STORE (self));

  tl_transfer_store_hand_in (self);
  self->closed = TRUE;
  g_clear_handle_id (&self->flush, g_source_remove);
  tl_database_close (self->database);
}

void
tl_transfer_touch (TlTransfer *transfer)
{
  if (transfer->store != NULL)
    tl_transfer_store_touch (transfer->store, transfer);
}
