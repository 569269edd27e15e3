/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread of a recording: batches in, files out, and how it stands for whoever asks. */

#include "tl-recording-writer.h"

/* What is formatted before it is written. */
#define SLICE_BYTES (256 * 1024)

/* What is to be done next: messages, or an address that is known from here on. */
typedef struct {
  TlHistoryBatch *batch;
  char           *peer;
  char           *local;
} Item;

struct _TlRecordingWriter
{
  gatomicrefcount    n_refs;

  /* The thread's alone. */
  TlRecordingFormat *format;
  TlRecordingFile   *file;
  guint64            max_bytes;
  guint64            closed_bytes;   /* of the files before this one */
  guint              n_formatted;    /* messages in what waits to be written */

  /* Under the lock. */
  GMutex             lock;
  GCond              changed;
  GQueue             items;
  gsize              pending;
  gboolean           stopped;
  TlRecordingStatus  status;
};

static GMutex all_lock;
static GCond all_changed;
static guint n_threads;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->batch, tl_history_batch_free);
  g_free (item->peer);
  g_free (item->local);
  g_free (item);
}

static gsize
item_get_size (const Item *item)
{
  return sizeof *item + (item->batch != NULL ? tl_history_batch_get_size (item->batch) : 0);
}

void
tl_recording_status_clear (TlRecordingStatus *status)
{
  g_clear_pointer (&status->path, g_free);
  g_clear_pointer (&status->error, g_free);
}

TlRecordingWriter *
tl_recording_writer_ref (TlRecordingWriter *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

void
tl_recording_writer_unref (TlRecordingWriter *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  g_queue_clear_full (&self->items, item_free);
  tl_recording_format_free (self->format);
  tl_recording_file_free (self->file);
  tl_recording_status_clear (&self->status);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

/* Tells how it stands. @error: (nullable) why it does not go on. */
static void
tell (TlRecordingWriter *self,
      const GError      *error,
      guint              n_written)
{
  const char *path = tl_recording_file_get_path (self->file);

  g_mutex_lock (&self->lock);
  if (g_strcmp0 (self->status.path, path) != 0)
    {
      g_free (self->status.path);
      self->status.path = g_strdup (path);
    }
  g_clear_pointer (&self->status.error, g_free);
  self->status.error = error != NULL ? g_strdup (error->message) : NULL;
  self->status.size = tl_recording_file_get_size (self->file);
  self->status.total = self->closed_bytes + self->status.size;
  self->status.n_files = tl_recording_file_get_n_files (self->file);
  self->status.opened = self->status.n_files > 0;
  self->status.n_written += n_written;
  g_mutex_unlock (&self->lock);
}

/* Writes what has been formatted, or leaves it as it is. */
static gboolean
write_out (TlRecordingWriter  *self,
           GError            **error)
{
  GString *out = tl_recording_format_get_out (self->format);
  g_autoptr (GError) failure = NULL;
  const guint64 size = tl_recording_file_get_size (self->file);

  if (out->len == 0 && self->n_formatted == 0)
    return TRUE;
  if (out->len > 0 && !tl_recording_file_write (self->file, out->str, out->len, &failure))
    {
      /* It was taken away: the next begins as a file of its own. */
      if (size > 0 && tl_recording_file_get_size (self->file) == 0)
        {
          self->closed_bytes += size;
          tl_recording_format_begin_file (self->format);
        }
      tell (self, failure, 0);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  g_string_truncate (out, 0);
  tell (self, NULL, self->n_formatted);
  self->n_formatted = 0;
  return TRUE;
}

/* What is written goes on in the next file when this one is large enough. */
static gboolean
rotate_if_due (TlRecordingWriter  *self,
               GError            **error)
{
  const GString *out = tl_recording_format_get_out (self->format);
  g_autoptr (GError) failure = NULL;
  guint64 size;

  if (self->max_bytes == 0 || tl_recording_file_get_size (self->file) + out->len < self->max_bytes)
    return TRUE;
  if (!write_out (self, error))
    return FALSE;
  size = tl_recording_file_get_size (self->file);
  self->closed_bytes += size;
  tl_recording_format_begin_file (self->format);
  /* That the disk lost some of it at the last moment is told; there is nothing to be tried again. */
  if (!tl_recording_file_close (self->file, &failure))
    tell (self, failure, 0);
  return TRUE;
}

/* Formats and writes messages from @row on, which it moves on. */
static gboolean
write_rows (TlRecordingWriter  *self,
            TlHistoryChunk     *chunk,
            guint              *row,
            GError            **error)
{
  const GPtrArray *names = tl_history_chunk_get_names (chunk);
  const GString *out = tl_recording_format_get_out (self->format);

  while (*row < tl_history_chunk_get_n_rows (chunk))
    {
      TlMessageInfo info;
      g_autoptr (GBytes) bytes = NULL;

      /* Before the row is taken: what was refused last time comes first. */
      if (!rotate_if_due (self, error) || (out->len >= SLICE_BYTES && !write_out (self, error)))
        return FALSE;
      tl_history_chunk_peek (chunk, *row, &info);
      bytes = tl_history_chunk_dup_bytes (chunk, *row);
      tl_recording_format_add (self->format, &info, info.peer > 0 ? names->pdata[info.peer - 1] : NULL, bytes);
      self->n_formatted++;
      (*row)++;
    }
  return write_out (self, error);
}

static TlHistoryChunk *
read_batch (TlHistoryBatch *batch)
{
  const GByteArray *parts[] = { tl_history_batch_get_records (batch), tl_history_batch_get_names (batch), tl_history_batch_get_payload (batch) };
  g_autoptr (GBytes) records = g_bytes_new_static (parts[0]->data, parts[0]->len);
  g_autoptr (GBytes) names = g_bytes_new_static (parts[1]->data, parts[1]->len);
  g_autoptr (GBytes) payload = g_bytes_new_static (parts[2]->data, parts[2]->len);

  return tl_history_chunk_new (records, names, payload, NULL);
}

/* FALSE: it has been stopped meanwhile. */
static gboolean
wait_to_retry (TlRecordingWriter *self)
{
  const gint64 end = g_get_monotonic_time () + TL_RECORDING_RETRY_US;
  gboolean stopped;

  g_mutex_lock (&self->lock);
  while (!self->stopped && g_cond_wait_until (&self->changed, &self->lock, end))
    ;
  stopped = self->stopped;
  g_mutex_unlock (&self->lock);
  return !stopped;
}

static void
count_lost (TlRecordingWriter *self,
            guint              n)
{
  g_mutex_lock (&self->lock);
  self->status.n_lost += n;
  g_mutex_unlock (&self->lock);
}

/* Until all of it is written. FALSE: it was stopped, and not all could be written; the rest is counted. */
static gboolean
do_item (TlRecordingWriter *self,
         const Item        *item)
{
  g_autoptr (TlHistoryChunk) chunk = item->batch != NULL ? read_batch (item->batch) : NULL;
  guint row = 0;

  if (item->local != NULL)
    tl_recording_format_set_local (self->format, item->peer, item->local);
  while (chunk != NULL && !write_rows (self, chunk, &row, NULL))
    if (!wait_to_retry (self) && !write_rows (self, chunk, &row, NULL))
      {
        count_lost (self, self->n_formatted + tl_history_chunk_get_n_rows (chunk) - row);
        self->n_formatted = 0;
        g_string_truncate (tl_recording_format_get_out (self->format), 0);
        return FALSE;
      }
  return TRUE;
}

/* (transfer full) (nullable): NULL: it was stopped, and there is nothing left. */
static Item *
take (TlRecordingWriter *self)
{
  Item *item;

  g_mutex_lock (&self->lock);
  while (self->items.length == 0 && !self->stopped)
    g_cond_wait (&self->changed, &self->lock);
  item = g_queue_pop_head (&self->items);
  g_mutex_unlock (&self->lock);
  return item;
}

static void
finish (TlRecordingWriter *self,
        gboolean           whole)
{
  g_autoptr (GError) error = NULL;

  if (whole)
    {
      tl_recording_format_end (self->format);
      whole = write_out (self, &error);
    }
  self->closed_bytes += tl_recording_file_get_size (self->file);
  tl_recording_file_close (self->file, whole ? &error : NULL);
  g_mutex_lock (&self->lock);
  if (error != NULL)
    {
      g_free (self->status.error);
      self->status.error = g_strdup (error->message);
    }
  self->status.total = self->closed_bytes;
  self->status.done = TRUE;
  g_mutex_unlock (&self->lock);
}

static gpointer
run (gpointer data)
{
  g_autoptr (TlRecordingWriter) self = data;
  g_autoptr (GError) error = NULL;
  gboolean whole = TRUE;
  Item *item;

  /* Who may not write there is told so at once, not with the first message. */
  tl_recording_file_open (self->file, &error);
  tell (self, error, 0);
  while ((item = take (self)) != NULL)
    {
      const gsize size = item_get_size (item);

      if (whole)
        whole = do_item (self, item);
      else if (item->batch != NULL)
        count_lost (self, tl_history_batch_get_n_rows (item->batch));
      g_mutex_lock (&self->lock);
      self->pending -= size;
      g_mutex_unlock (&self->lock);
      item_free (item);
    }
  finish (self, whole);

  g_mutex_lock (&all_lock);
  n_threads--;
  g_cond_broadcast (&all_changed);
  g_mutex_unlock (&all_lock);
  return NULL;
}

TlRecordingWriter *
tl_recording_writer_new (TlRecordingFormat *format,
                         TlRecordingFile   *file,
                         guint64            max_bytes)
{
  TlRecordingWriter *self = g_new0 (TlRecordingWriter, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->format = format;
  self->file = file;
  self->max_bytes = max_bytes;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->items);
  self->status.path = g_strdup (tl_recording_file_get_path (file));
  g_mutex_lock (&all_lock);
  n_threads++;
  g_mutex_unlock (&all_lock);
  g_thread_unref (g_thread_new ("tl-recording", run, tl_recording_writer_ref (self)));
  return self;
}

static void
push (TlRecordingWriter *self,
      Item               item)
{
  Item *copy = g_memdup2 (&item, sizeof item);

  g_mutex_lock (&self->lock);
  self->pending += item_get_size (copy);
  g_queue_push_tail (&self->items, copy);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
tl_recording_writer_push (TlRecordingWriter *self,
                          TlHistoryBatch    *batch)
{
  push (self, (Item) { .batch = batch });
}

void
tl_recording_writer_set_local (TlRecordingWriter *self,
                               const char        *peer,
                               const char        *local)
{
  push (self, (Item) { .peer = g_strdup (peer), .local = g_strdup (local) });
}

void
tl_recording_writer_stop (TlRecordingWriter *self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

gsize
tl_recording_writer_get_pending (TlRecordingWriter *self)
{
  gsize pending;

  g_mutex_lock (&self->lock);
  pending = self->pending;
  g_mutex_unlock (&self->lock);
  return pending;
}

void
tl_recording_writer_get_status (TlRecordingWriter *self,
                                TlRecordingStatus *status)
{
  g_mutex_lock (&self->lock);
  *status = self->status;
  status->path = g_strdup (self->status.path);
  status->error = g_strdup (self->status.error);
  g_mutex_unlock (&self->lock);
}

void
tl_recording_writer_wait_for_all (void)
{
  g_mutex_lock (&all_lock);
  while (n_threads > 0)
    g_cond_wait (&all_changed, &all_lock);
  g_mutex_unlock (&all_lock);
}
