/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the rows of a source to a file, in slices, and puts the file in its place when it is whole. */

#include "tl-message-export.h"

#include "tl-export-rows.h"

#include <glib/gi18n-lib.h>

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
  TlExportRows *rows;
  GFile *file;
  GFile *part;              /* beside the file, so that moving it there is one act */
  GOutputStream *stream;
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

  g_clear_pointer (&export->rows, tl_export_rows_free);
  g_clear_object (&export->file);
  g_clear_object (&export->part);
  g_clear_object (&export->stream);
  g_clear_error (&export->error);
  g_free (export);
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
      tl_export_rows_wait_finish (export->rows, result);
      g_cancellable_set_error_if_cancelled (cancellable, &export->error);
      break;
    case STEP_FORMAT:
      tl_export_rows_format_finish (export->rows, result);
      break;
    case STEP_WRITE:
      g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &export->error);
      g_string_truncate (tl_export_rows_get_slice (export->rows), 0);
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

/* After a slice was written. */
static Step
get_next_step (Export *export)
{
  tl_export_rows_fill (export->rows);
  if (tl_export_rows_get_slice (export->rows)->len > 0)
    return STEP_WRITE;

  switch (tl_export_rows_get_next (export->rows))
    {
    case TL_EXPORT_NEXT_NOTHING:
      return STEP_CLOSE;
    case TL_EXPORT_NEXT_AWAITED:
      return STEP_WAIT;
    case TL_EXPORT_NEXT_LARGE:
      return STEP_FORMAT;
    /* The time was over before the first row: the loop has its turn. */
    case TL_EXPORT_NEXT_ROW:
      return STEP_WRITE;
    default:
      g_assert_not_reached ();
    }
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
      export->step = get_next_step (export);
      return TRUE;
    case STEP_FORMAT:
      export->step = STEP_WRITE;
      return TRUE;
    case STEP_CLOSE:
      export->step = STEP_MOVE;
      return TRUE;
    case STEP_MOVE:
      g_task_return_int (task, tl_export_rows_get_n_written (export->rows));
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
  GString *slice;

  if (result != NULL && !advance (task, export, export->step, finish_step (export, object, result, cancellable)))
    return;

  switch (export->step)
    {
    case STEP_CREATE:
      g_file_create_async (export->part, G_FILE_CREATE_NONE, G_PRIORITY_DEFAULT, cancellable, step_cb, g_steal_pointer (&task));
      break;
    case STEP_WAIT:
      tl_export_rows_wait_async (export->rows, step_cb, g_steal_pointer (&task));
      break;
    case STEP_FORMAT:
      tl_export_rows_format_async (export->rows, step_cb, g_steal_pointer (&task));
      break;
    case STEP_WRITE:
      slice = tl_export_rows_get_slice (export->rows);
      g_output_stream_write_all_async (export->stream, slice->str, slice->len, G_PRIORITY_DEFAULT, cancellable,
                                       step_cb, g_steal_pointer (&task));
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
  Export *export = g_new0 (Export, 1);

  export->rows = tl_export_rows_new (source, ids, format);
  export->file = g_object_ref (file);
  export->part = get_part_file (file);
  return export;
}

static void
start (TlMessageSource     *source,
       Export              *export,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);

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
  tl_export_rows_set_text (export->rows, charset, is_datagram);
  start (source, export, cancellable, callback, user_data);
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
  tl_export_rows_set_capture (export->rows, about);
  start (source, export, cancellable, callback, user_data);
}

gint64
tl_message_export_finish (TlMessageSource  *source,
                          GAsyncResult     *result,
                          GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), -1);
  return g_task_propagate_int (G_TASK (result), error);
}
