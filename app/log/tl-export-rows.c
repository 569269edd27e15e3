/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of an export: which are still to be written, wherever they move meanwhile, and their text, a slice at a time. */

#include "tl-export-rows.h"

#include "tl-export-row.h"
#include "tl-task-work.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SLICE_BYTES (512 * 1024)
#define SLICE_US 4000
/* A row that is larger is written out in a thread: 16 MiB take a second. */
#define LARGE_ROW (256 * 1024)
/* A source that reads from disk is asked again after this time: it forgets rows that others have asked for meanwhile, and says nothing of that. */
#define PATIENCE_MS 200

struct _TlExportRows {
  TlMessageSource *source;
  gulong changed_id;
  TlExportFormat format;
  TlCharset charset;
  gboolean is_datagram;
  GArray *ids;              /* of the rows to write; NULL: all */
  guint next;               /* rows (or ids) [next, end) are still to be written */
  guint end;
  guint lost;
  gint64 written;
  GTask *waiting;           /* for rows to be read */
  gulong ready_id;
  guint patience_id;
  GString *slice;
  TlCapture *capture;       /* into the slice; NULL: another format, or it has ended */
};

/* Keeps to the rows that were there at the beginning, wherever they move. */
static void
source_changed_cb (GListModel *source,
                   guint       position,
                   guint       removed,
                   guint       added,
                   gpointer    user_data)
{
  TlExportRows *self = user_data;
  guint first, last, written, same, fresh;

  /* An id is looked up when it is written. */
  if (self->ids != NULL || position >= self->end)
    return;
  if (position + removed <= self->next)
    {
      self->next += added - removed;
      self->end += added - removed;
      return;
    }

  /* Some of our rows have gone, or others stand in their places. */
  first = MAX (position, self->next);
  last = MIN (position + removed, self->end);
  written = first - position;
  same = MIN (added, written);
  fresh = MIN (added - same, last - first);
  self->lost += last - first - fresh;
  if (position < self->next)
    self->next = position + same;
  self->end = self->end > last ? self->end - last + position + added : position + same + fresh;
}

static void
append_row (TlExportRows *self,
            GString      *out,
            guint         position)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  TlMessageInfo info;

  if (!tl_message_source_peek (self->source, position, &info))
    return;
  bytes = tl_message_source_dup_bytes (self->source, position);
  if (self->capture != NULL)
    {
      tl_capture_add (self->capture, &info, tl_message_source_peer_name (self->source, info.peer), g_bytes_get_data (bytes, NULL));
      return;
    }
  text = tl_message_source_decode (self->source, position, self->charset, self->is_datagram, 0);
  tl_export_row_append (out, self->format, &info, tl_message_source_peer_name (self->source, info.peer), text, bytes);
}

/* What a thread needs for one row: nothing of the source, which belongs to the main loop. */
typedef struct {
  TlExportFormat format;
  TlMessageInfo info;
  char *peer;
  GBytes *bytes;
  TlRowDecoder *decoder;
} LargeRow;

static void
large_row_free (gpointer data)
{
  LargeRow *row = data;

  g_free (row->peer);
  g_clear_pointer (&row->bytes, g_bytes_unref);
  g_clear_pointer (&row->decoder, tl_row_decoder_free);
  g_free (row);
}

static void
string_free (gpointer data)
{
  g_string_free (data, TRUE);
}

static void
format_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  LargeRow *row = data;
  g_autofree char *text = tl_row_decoder_run (row->decoder, row->bytes);
  GString *out = g_string_new (NULL);

  tl_export_row_append (out, row->format, &row->info, row->peer, text, row->bytes);
  g_task_return_pointer (task, out, string_free);
}

/* False: the row with the next id has left. */
static gboolean
find_next (TlExportRows *self,
           guint        *position)
{
  guint64 id;

  *position = self->next;
  if (self->ids == NULL)
    return TRUE;
  id = g_array_index (self->ids, guint64, self->next);

  return tl_message_source_find_id (self->source, id, position) && tl_message_source_get_id (self->source, *position) == id;
}

/* The next row, or what its text depends on, has to be read from disk first. */
static gboolean
is_awaited (TlExportRows *self)
{
  guint position;

  return find_next (self, &position) &&
         !tl_message_source_is_text_ready (self->source, position, self->charset, self->is_datagram);
}

static gboolean
is_large (TlExportRows *self)
{
  TlMessageInfo info;
  guint position;

  return self->capture == NULL && find_next (self, &position) &&
         tl_message_source_peek (self->source, position, &info) && info.length > LARGE_ROW;
}

static void
stop_waiting (TlExportRows *self)
{
  g_clear_signal_handler (&self->ready_id, self->source);
  g_clear_handle_id (&self->patience_id, g_source_remove);
}

static void
ready_cb (TlExportRows *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->waiting);

  stop_waiting (self);
  g_task_return_boolean (task, TRUE);
}

static gboolean
patience_cb (gpointer user_data)
{
  ready_cb (user_data);
  return G_SOURCE_REMOVE;
}

void
tl_export_rows_wait_async (TlExportRows        *self,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  self->waiting = g_task_new (self->source, NULL, callback, user_data);
  g_task_set_source_tag (self->waiting, tl_export_rows_wait_async);
  self->ready_id = g_signal_connect_swapped (self->source, "ready", G_CALLBACK (ready_cb), self);
  self->patience_id = g_timeout_add (PATIENCE_MS, patience_cb, self);
}

void
tl_export_rows_wait_finish (TlExportRows *self,
                            GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self->source));
  g_task_propagate_boolean (G_TASK (result), NULL);
}

void
tl_export_rows_format_async (TlExportRows        *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self->source, NULL, callback, user_data);
  LargeRow *row = g_new0 (LargeRow, 1);
  guint position;

  find_next (self, &position);
  row->format = self->format;
  tl_message_source_peek (self->source, position, &row->info);
  row->peer = g_strdup (tl_message_source_peer_name (self->source, row->info.peer));
  row->bytes = tl_message_source_dup_bytes (self->source, position);
  row->decoder = tl_message_source_begin_decode (self->source, position, self->charset, self->is_datagram);
  /* Taken: whatever becomes of the row in the source meanwhile. */
  self->next++;
  self->written++;
  g_task_set_source_tag (task, tl_export_rows_format_async);
  g_task_set_task_data (task, row, large_row_free);
  tl_task_work (task, format_thread, string_free);
}

void
tl_export_rows_format_finish (TlExportRows *self,
                              GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self->source));
  g_string_free (self->slice, TRUE);
  self->slice = g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
append_lost (TlExportRows *self)
{
  g_autofree char *text = g_strdup_printf (
    ngettext ("%u message left the log before it could be exported.",
              "%u messages left the log before they could be exported.", self->lost), self->lost);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  TlMessageInfo info = { .time = g_get_real_time (), .kind = TL_MESSAGE_WARNING, .length = strlen (text) };

  tl_export_row_append (self->slice, self->format, &info, NULL, text, bytes);
  self->lost = 0;
}

void
tl_export_rows_fill (TlExportRows *self)
{
  gint64 deadline = g_get_monotonic_time () + SLICE_US;
  guint position;

  while (tl_export_rows_get_next (self) == TL_EXPORT_NEXT_ROW && self->slice->len < SLICE_BYTES && g_get_monotonic_time () < deadline)
    {
      if (find_next (self, &position))
        {
          append_row (self, self->slice, position);
          self->written++;
        }
      else
        {
          self->lost++;
        }
      self->next++;
    }
  if (self->capture != NULL && self->next == self->end)
    {
      tl_capture_end (self->capture);
      g_clear_pointer (&self->capture, tl_capture_free);
    }
  else if (self->capture != NULL)
    tl_capture_flush (self->capture);
  else if (self->next == self->end && self->lost > 0 && tl_export_format_has_events (self->format))
    append_lost (self);
}

TlExportRows *
tl_export_rows_new (TlMessageSource *source,
                    GArray          *ids,
                    TlExportFormat   format)
{
  g_autofree char *header = tl_message_export_header (format);
  TlExportRows *self = g_new0 (TlExportRows, 1);

  self->source = g_object_ref (source);
  self->changed_id = g_signal_connect (source, "items-changed", G_CALLBACK (source_changed_cb), self);
  self->format = format;
  self->ids = ids != NULL ? g_array_ref (ids) : NULL;
  self->end = ids != NULL ? ids->len : g_list_model_get_n_items (G_LIST_MODEL (source));
  self->slice = g_string_new (header);
  return self;
}

void
tl_export_rows_free (TlExportRows *self)
{
  g_return_if_fail (self->waiting == NULL);

  g_clear_signal_handler (&self->changed_id, self->source);
  g_clear_pointer (&self->capture, tl_capture_free);
  g_clear_pointer (&self->ids, g_array_unref);
  g_string_free (self->slice, TRUE);
  g_object_unref (self->source);
  g_free (self);
}

void
tl_export_rows_set_text (TlExportRows *self,
                         TlCharset     charset,
                         gboolean      is_datagram)
{
  self->charset = charset;
  self->is_datagram = is_datagram;
}

void
tl_export_rows_set_capture (TlExportRows         *self,
                            const TlCaptureAbout *about)
{
  self->is_datagram = !about->is_tcp;
  self->capture = tl_capture_new (self->slice, about);
}

TlExportNext
tl_export_rows_get_next (TlExportRows *self)
{
  if (self->next == self->end)
    return TL_EXPORT_NEXT_NOTHING;
  if (is_awaited (self))
    return TL_EXPORT_NEXT_AWAITED;

  return is_large (self) ? TL_EXPORT_NEXT_LARGE : TL_EXPORT_NEXT_ROW;
}

GString *
tl_export_rows_get_slice (TlExportRows *self)
{
  return self->slice;
}

gint64
tl_export_rows_get_n_written (TlExportRows *self)
{
  return self->written;
}

char *
tl_message_export_header (TlExportFormat format)
{
  /* The mark of UTF-8 is what makes Excel and WPS read Chinese as such. */
  return g_strdup (format == TL_EXPORT_CSV ? "\xef\xbb\xbf" "time,kind,peer,length,text,hex\r\n" : "");
}

char *
tl_message_export_row (TlMessageSource *source,
                       guint            position,
                       TlExportFormat   format,
                       TlCharset        charset,
                       gboolean         is_datagram)
{
  TlExportRows rows = { .source = source, .format = format, .charset = charset, .is_datagram = is_datagram };
  GString *out;

  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (source), NULL);

  if (position >= g_list_model_get_n_items (G_LIST_MODEL (source)))
    return NULL;
  out = g_string_new (NULL);
  append_row (&rows, out, position);

  return g_string_free (out, FALSE);
}
