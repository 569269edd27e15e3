/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the rows of a source to a file, in slices, and puts the file in its place when it is whole. */

#include "tl-message-export.h"

#include "tl-export-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SLICE_BYTES (512 * 1024)
#define SLICE_US 4000
/* A row that is larger is written out in a thread: 16 MiB take a second. */
#define LARGE_ROW (256 * 1024)
/* A source that reads from disk is asked again after this time: it forgets rows that others have asked for meanwhile, and says nothing of that. */
#define PATIENCE_MS 200

typedef enum {
  STEP_CREATE,
  STEP_WAIT,
  STEP_FORMAT,
  STEP_WRITE,
  STEP_CLOSE,
  STEP_MOVE,
  STEP_ABANDON,
  STEP_DELETE,
} Step;

typedef struct {
  Step step;
  TlMessageSource *source;
  gulong changed_id;
  GFile *file;
  GFile *part;              /* beside the file, so that moving it there is one act */
  GOutputStream *stream;
  TlExportFormat format;
  TlCharset charset;
  gboolean is_datagram;
  GArray *ids;              /* of the rows to write; NULL: all */
  guint next;               /* rows (or ids) [next, end) are still to be written */
  guint end;
  guint lost;
  gssize written;
  GTask *waiting;           /* for rows to be read */
  gulong ready_id;
  guint patience_id;
  GString *slice;
  TlCapture *capture;       /* into the slice; NULL: another format, or it has ended */
  GError *error;
} Export;

G_DEFINE_ENUM_TYPE (TlExportFormat, tl_export_format,
                    G_DEFINE_ENUM_VALUE (TL_EXPORT_TEXT, "text"),
                    G_DEFINE_ENUM_VALUE (TL_EXPORT_CSV, "csv"),
                    G_DEFINE_ENUM_VALUE (TL_EXPORT_JSON_LINES, "json-lines"),
                    G_DEFINE_ENUM_VALUE (TL_EXPORT_RECEIVED_BYTES, "received-bytes"),
                    G_DEFINE_ENUM_VALUE (TL_EXPORT_SENT_BYTES, "sent-bytes"),
                    G_DEFINE_ENUM_VALUE (TL_EXPORT_C_ARRAY, "c-array"),
                    G_DEFINE_ENUM_VALUE (TL_EXPORT_CAPTURE, "capture"))

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_signal_handler (&export->changed_id, export->source);
  g_clear_object (&export->source);
  g_clear_object (&export->file);
  g_clear_object (&export->part);
  g_clear_object (&export->stream);
  g_clear_error (&export->error);
  g_clear_pointer (&export->ids, g_array_unref);
  g_clear_pointer (&export->capture, tl_capture_free);
  g_string_free (export->slice, TRUE);
  g_free (export);
}

/* Keeps to the rows that were there at the beginning, wherever they move. */
static void
source_changed_cb (GListModel *source,
                   guint       position,
                   guint       removed,
                   guint       added,
                   gpointer    user_data)
{
  Export *export = user_data;
  guint first, last, written, same, fresh;

  /* An id is looked up when it is written. */
  if (export->ids != NULL || position >= export->end)
    return;
  if (position + removed <= export->next)
    {
      export->next += added - removed;
      export->end += added - removed;
      return;
    }

  /* Some of our rows have gone, or others stand in their places. */
  first = MAX (position, export->next);
  last = MIN (position + removed, export->end);
  written = first - position;
  same = MIN (added, written);
  fresh = MIN (added - same, last - first);
  export->lost += last - first - fresh;
  if (position < export->next)
    export->next = position + same;
  export->end = export->end > last ? export->end - last + position + added : position + same + fresh;
}

static void
append_row (Export  *export,
            GString *out,
            guint    position)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  TlMessageInfo info;

  if (!tl_message_source_peek (export->source, position, &info))
    return;
  bytes = tl_message_source_dup_bytes (export->source, position);
  if (export->capture != NULL)
    {
      tl_capture_add (export->capture, &info, tl_message_source_peer_name (export->source, info.peer), g_bytes_get_data (bytes, NULL), NULL);
      return;
    }
  text = tl_message_source_decode (export->source, position, export->charset, export->is_datagram, 0);
  tl_export_row_append (out, export->format, &info, tl_message_source_peer_name (export->source, info.peer), text, bytes);
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
find_next (Export *export,
           guint  *position)
{
  guint64 id;

  *position = export->next;
  if (export->ids == NULL)
    return TRUE;
  id = g_array_index (export->ids, guint64, export->next);

  return tl_message_source_find_id (export->source, id, position) && tl_message_source_get_id (export->source, *position) == id;
}

/* The next row, or what its text depends on, has to be read from disk first. */
static gboolean
is_next_awaited (Export *export)
{
  guint position;

  return export->next < export->end && find_next (export, &position) &&
         !tl_message_source_is_text_ready (export->source, position, export->charset, export->is_datagram);
}

static gboolean
is_large_next (Export *export)
{
  TlMessageInfo info;
  guint position;

  return export->next < export->end && export->capture == NULL && find_next (export, &position) &&
         tl_message_source_peek (export->source, position, &info) && info.length > LARGE_ROW;
}

static void
stop_waiting (Export *export)
{
  g_clear_signal_handler (&export->ready_id, export->source);
  g_clear_handle_id (&export->patience_id, g_source_remove);
}

static void
ready_cb (Export *export)
{
  g_autoptr (GTask) task = g_steal_pointer (&export->waiting);

  stop_waiting (export);
  g_task_return_boolean (task, TRUE);
}

static gboolean
patience_cb (gpointer user_data)
{
  ready_cb (user_data);
  return G_SOURCE_REMOVE;
}

/* Until rows have come, whichever. */
static void
wait_async (Export              *export,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  export->waiting = g_task_new (export->source, NULL, callback, user_data);
  g_task_set_source_tag (export->waiting, wait_async);
  export->ready_id = g_signal_connect_swapped (export->source, "ready", G_CALLBACK (ready_cb), export);
  export->patience_id = g_timeout_add (PATIENCE_MS, patience_cb, export);
}

static void
format_async (Export              *export,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (export->source, NULL, callback, user_data);
  LargeRow *row = g_new0 (LargeRow, 1);
  guint position;

  find_next (export, &position);
  row->format = export->format;
  tl_message_source_peek (export->source, position, &row->info);
  row->peer = g_strdup (tl_message_source_peer_name (export->source, row->info.peer));
  row->bytes = tl_message_source_dup_bytes (export->source, position);
  row->decoder = tl_message_source_begin_decode (export->source, position, export->charset, export->is_datagram);
  /* Taken: whatever becomes of the row in the source meanwhile. */
  export->next++;
  export->written++;
  g_task_set_source_tag (task, format_async);
  g_task_set_task_data (task, row, large_row_free);
  g_task_run_in_thread (task, format_thread);
}

static void
append_lost (Export *export)
{
  g_autofree char *text = g_strdup_printf (
    ngettext ("%u message left the log before it could be exported.",
              "%u messages left the log before they could be exported.", export->lost), export->lost);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  TlMessageInfo info = { .time = g_get_real_time (), .kind = TL_MESSAGE_WARNING, .length = strlen (text) };

  tl_export_row_append (export->slice, export->format, &info, NULL, text, bytes);
  export->lost = 0;
}

static void
fill_slice (Export *export)
{
  gint64 deadline = g_get_monotonic_time () + SLICE_US;
  guint position;

  while (export->next < export->end && !is_next_awaited (export) && !is_large_next (export) &&
         export->slice->len < SLICE_BYTES && g_get_monotonic_time () < deadline)
    {
      if (find_next (export, &position))
        {
          append_row (export, export->slice, position);
          export->written++;
        }
      else
        {
          export->lost++;
        }
      export->next++;
    }
  if (export->capture != NULL && export->next == export->end)
    tl_capture_close (g_steal_pointer (&export->capture), NULL);
  else if (export->capture != NULL)
    tl_capture_flush (export->capture);
  else if (export->next == export->end && export->lost > 0 && tl_export_format_has_events (export->format))
    append_lost (export);
}

static void
return_error (GTask  *task,
              Export *export)
{
  g_autofree char *name = NULL;
  g_autofree char *part = NULL;
  g_autofree char *base = NULL;
  g_autoptr (GString) reason = NULL;

  if (g_error_matches (export->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&export->error));
      return;
    }

  /* The system's words name the file beside it, of which nobody knows. */
  name = g_file_get_parse_name (export->file);
  part = g_file_get_parse_name (export->part);
  base = g_file_get_basename (export->file);
  reason = g_string_new (export->error->message);
  if (g_utf8_validate (base, -1, NULL))
    g_string_replace (reason, part, base, 0);
  g_task_return_new_error (task, export->error->domain, export->error->code,
                           _("The messages could not be exported to “%s”. Choose another place, or make room there. (%s)"),
                           name, reason->str);
}

/* Ends what the step began. False: it failed, and the error is kept. */
static gboolean
finish_step (Export       *export,
             GObject      *object,
             GAsyncResult *result,
             GCancellable *cancellable)
{
  switch (export->step)
    {
    case STEP_CREATE:
      export->stream = G_OUTPUT_STREAM (g_file_create_finish (G_FILE (object), result, &export->error));
      return export->stream != NULL;
    case STEP_WAIT:
      g_task_propagate_boolean (G_TASK (result), NULL);
      g_cancellable_set_error_if_cancelled (cancellable, &export->error);
      break;
    case STEP_FORMAT:
      g_string_free (export->slice, TRUE);
      export->slice = g_task_propagate_pointer (G_TASK (result), NULL);
      break;
    case STEP_WRITE:
      g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &export->error);
      g_string_truncate (export->slice, 0);
      break;
    case STEP_CLOSE:
      g_output_stream_close_finish (G_OUTPUT_STREAM (object), result, &export->error);
      break;
    case STEP_MOVE:
      g_file_move_finish (G_FILE (object), result, &export->error);
      break;
    /* What goes wrong while tidying up says nothing about why. */
    case STEP_ABANDON:
      g_output_stream_close_finish (G_OUTPUT_STREAM (object), result, NULL);
      break;
    case STEP_DELETE:
      g_file_delete_finish (G_FILE (object), result, NULL);
      break;
    default:
      g_assert_not_reached ();
    }

  return export->step >= STEP_ABANDON || export->error == NULL;
}

/* Decides what comes after a step. False: the task has returned. */
static gboolean
advance (GTask    *task,
         Export   *export,
         Step      step,
         gboolean  succeeded)
{
  if (!succeeded)
    {
      /* A file that was made while the export was cancelled is there all the same. */
      if (step == STEP_CREATE && !g_error_matches (export->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          return_error (task, export);
          return FALSE;
        }
      export->step = step == STEP_WRITE || step == STEP_WAIT ? STEP_ABANDON : STEP_DELETE;
      return TRUE;
    }

  switch (step)
    {
    case STEP_CREATE:
    case STEP_WAIT:
    case STEP_WRITE:
      fill_slice (export);
      if (export->slice->len > 0)
        export->step = STEP_WRITE;
      else if (export->next == export->end)
        export->step = STEP_CLOSE;
      else if (is_next_awaited (export))
        export->step = STEP_WAIT;
      else
        export->step = is_large_next (export) ? STEP_FORMAT : STEP_WRITE;
      return TRUE;
    case STEP_FORMAT:
      export->step = STEP_WRITE;
      return TRUE;
    case STEP_CLOSE:
      export->step = STEP_MOVE;
      return TRUE;
    case STEP_MOVE:
      g_task_return_int (task, export->written);
      return FALSE;
    case STEP_ABANDON:
      export->step = STEP_DELETE;
      return TRUE;
    case STEP_DELETE:
      return_error (task, export);
      return FALSE;
    default:
      g_assert_not_reached ();
    }
}

static void
step_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (result != NULL && !advance (task, export, export->step, finish_step (export, object, result, cancellable)))
    return;

  switch (export->step)
    {
    case STEP_CREATE:
      g_file_create_async (export->part, G_FILE_CREATE_NONE, G_PRIORITY_DEFAULT, cancellable, step_cb, g_steal_pointer (&task));
      break;
    case STEP_WAIT:
      wait_async (export, step_cb, g_steal_pointer (&task));
      break;
    case STEP_FORMAT:
      format_async (export, step_cb, g_steal_pointer (&task));
      break;
    case STEP_WRITE:
      g_output_stream_write_all_async (export->stream, export->slice->str, export->slice->len, G_PRIORITY_DEFAULT,
                                       cancellable, step_cb, g_steal_pointer (&task));
      break;
    case STEP_CLOSE:
      g_output_stream_close_async (export->stream, G_PRIORITY_DEFAULT, cancellable, step_cb, g_steal_pointer (&task));
      break;
    case STEP_MOVE:
      g_file_move_async (export->part, export->file, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT, cancellable, NULL, NULL,
                         step_cb, g_steal_pointer (&task));
      break;
    /* These two are not to be cancelled. */
    case STEP_ABANDON:
      g_output_stream_close_async (export->stream, G_PRIORITY_DEFAULT, NULL, step_cb, g_steal_pointer (&task));
      break;
    case STEP_DELETE:
      g_file_delete_async (export->part, G_PRIORITY_DEFAULT, NULL, step_cb, g_steal_pointer (&task));
      break;
    default:
      g_assert_not_reached ();
    }
}

static GFile *
get_part_file (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf (".tonglu-%s.part", uuid);

  return folder != NULL ? g_file_get_child (folder, name) : g_object_ref (file);
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
  Export export = { .source = source, .format = format, .charset = charset, .is_datagram = is_datagram };
  GString *out;

  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (source), NULL);

  if (position >= g_list_model_get_n_items (G_LIST_MODEL (source)))
    return NULL;
  out = g_string_new (NULL);
  append_row (&export, out, position);

  return g_string_free (out, FALSE);
}

void
tl_message_export_async (TlMessageSource     *source,
                         GFile               *file,
                         TlExportFormat       format,
                         TlCharset            charset,
                         gboolean             is_datagram,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  tl_message_export_some_async (source, NULL, file, format, charset, is_datagram, cancellable, callback, user_data);
}

static Export *
export_new (TlMessageSource *source,
            GArray          *ids,
            GFile           *file,
            TlExportFormat   format)
{
  g_autofree char *header = tl_message_export_header (format);
  Export *export = g_new0 (Export, 1);

  export->source = g_object_ref (source);
  export->changed_id = g_signal_connect (source, "items-changed", G_CALLBACK (source_changed_cb), export);
  export->file = g_object_ref (file);
  export->part = get_part_file (file);
  export->format = format;
  export->ids = ids != NULL ? g_array_ref (ids) : NULL;
  export->end = ids != NULL ? ids->len : g_list_model_get_n_items (G_LIST_MODEL (source));
  export->slice = g_string_new (header);
  return export;
}

static void
start (Export              *export,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (export->source, cancellable, callback, user_data);

  g_task_set_source_tag (task, tl_message_export_async);
  /* Once the file is in its place, it is. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, export, export_free);
  step_cb (NULL, NULL, task);
}

void
tl_message_export_some_async (TlMessageSource     *source,
                              GArray              *ids,
                              GFile               *file,
                              TlExportFormat       format,
                              TlCharset            charset,
                              gboolean             is_datagram,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Export *export;

  g_return_if_fail (TL_IS_MESSAGE_SOURCE (source));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (format != TL_EXPORT_CAPTURE);

  export = export_new (source, ids, file, format);
  export->charset = charset;
  export->is_datagram = is_datagram;
  start (export, cancellable, callback, user_data);
}

void
tl_message_export_capture_async (TlMessageSource      *source,
                                 GArray               *ids,
                                 GFile                *file,
                                 const TlCaptureAbout *about,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data)
{
  Export *export;

  g_return_if_fail (TL_IS_MESSAGE_SOURCE (source));
  g_return_if_fail (G_IS_FILE (file));

  export = export_new (source, ids, file, TL_EXPORT_CAPTURE);
  export->is_datagram = !about->is_tcp;
  export->capture = tl_capture_new_string (export->slice, about);
  start (export, cancellable, callback, user_data);
}

gint64
tl_message_export_finish (TlMessageSource  *source,
                          GAsyncResult     *result,
                          GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), -1);
  return g_task_propagate_int (G_TASK (result), error);
}
