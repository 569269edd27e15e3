/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remote files on the way out of their list: to the local pane as they are, to other programs as files that are fetched when they are wanted. */

#include "tl-ftp-drag.h"

#include "tl-ftp-drag-fetch.h"

#include <string.h>

#define URI_LIST "text/uri-list"

G_DEFINE_BOXED_TYPE (TlFtpDrag, tl_ftp_drag, tl_ftp_drag_copy, tl_ftp_drag_free)

TlFtpDrag *
tl_ftp_drag_new (TlFtpClient *client,
                 GBytes      *dir,
                 GPtrArray   *entries)
{
  TlFtpDrag *self = g_new (TlFtpDrag, 1);

  *self = (TlFtpDrag) { g_object_ref (client), g_bytes_ref (dir), g_ptr_array_ref (entries) };

  return self;
}

TlFtpDrag *
tl_ftp_drag_copy (TlFtpDrag *self)
{
  return tl_ftp_drag_new (self->client, self->dir, self->entries);
}

void
tl_ftp_drag_free (TlFtpDrag *self)
{
  g_object_unref (self->client);
  g_bytes_unref (self->dir);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

struct _TlFtpDragContent
{
  GdkContentProvider  parent_instance;

  TlFtpDrag          *drag;
  TlFtpDragFetch     *fetch;
  gboolean            taken;
};

G_DEFINE_FINAL_TYPE (TlFtpDragContent, tl_ftp_drag_content, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
tl_ftp_drag_content_ref_formats (GdkContentProvider *provider)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  gdk_content_formats_builder_add_gtype (builder, TL_TYPE_FTP_DRAG);
  gdk_content_formats_builder_add_mime_type (builder, URI_LIST);

  return gdk_content_formats_builder_free_to_formats (builder);
}

static gboolean
tl_ftp_drag_content_get_value (GdkContentProvider  *provider,
                               GValue              *value,
                               GError             **error)
{
  if (!G_VALUE_HOLDS (value, TL_TYPE_FTP_DRAG))
    return GDK_CONTENT_PROVIDER_CLASS (tl_ftp_drag_content_parent_class)->get_value (provider, value, error);
  g_value_set_boxed (value, TL_FTP_DRAG_CONTENT (provider)->drag);
  TL_FTP_DRAG_CONTENT (provider)->taken = TRUE;

  return TRUE;
}

static void
written_cb (GObject      *stream,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = g_object_steal_data (G_OBJECT (task), "error");

  if (error)
    g_task_return_error (task, error);
  else if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* A list without files when they did not come: pcmanfm crashes when it is told nothing. */
static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GString *uris = g_string_new (NULL);
  GError *error = NULL;
  g_autoptr (GPtrArray) files = tl_ftp_drag_fetch_wait_finish (TL_FTP_DRAG_FETCH (source), result, &error);
  char *text;

  for (guint i = 0; files && i < files->len; i++)
    {
      g_autofree char *uri = g_file_get_uri (g_ptr_array_index (files, i));

      g_string_append_printf (uris, "%s\r\n", uri);
    }
  if (!files)
    g_string_append (uris, "\r\n");
  if (error)
    g_object_set_data_full (G_OBJECT (task), "error", error, (GDestroyNotify) g_error_free);
  text = g_string_free (uris, FALSE);
  g_object_set_data_full (G_OBJECT (task), "text", text, g_free);
  g_output_stream_write_all_async (g_task_get_task_data (task), text, strlen (text), g_task_get_priority (task),
                                   error ? NULL : g_task_get_cancellable (task), written_cb, g_object_ref (task));
}

static void
tl_ftp_drag_content_write_async (GdkContentProvider  *provider,
                                 const char          *mime_type,
                                 GOutputStream       *stream,
                                 int                  io_priority,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  TlFtpDragContent *self = TL_FTP_DRAG_CONTENT (provider);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tl_ftp_drag_content_write_async);
  g_task_set_priority (task, io_priority);
  g_task_set_task_data (task, g_object_ref (stream), g_object_unref);
  if (!g_str_equal (mime_type, URI_LIST))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s", mime_type);
      g_object_unref (task);
      return;
    }
  tl_ftp_drag_fetch_wait_async (self->fetch, cancellable, fetched_cb, task);
}

static gboolean
tl_ftp_drag_content_write_finish (GdkContentProvider  *provider,
                                  GAsyncResult        *result,
                                  GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
tl_ftp_drag_content_finalize (GObject *object)
{
  TlFtpDragContent *self = TL_FTP_DRAG_CONTENT (object);

  tl_ftp_drag_free (self->drag);
  g_object_unref (self->fetch);

  G_OBJECT_CLASS (tl_ftp_drag_content_parent_class)->finalize (object);
}

static void
tl_ftp_drag_content_class_init (TlFtpDragContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tl_ftp_drag_content_finalize;
  provider_class->ref_formats = tl_ftp_drag_content_ref_formats;
  provider_class->get_value = tl_ftp_drag_content_get_value;
  provider_class->write_mime_type_async = tl_ftp_drag_content_write_async;
  provider_class->write_mime_type_finish = tl_ftp_drag_content_write_finish;
}

static void
tl_ftp_drag_content_init (TlFtpDragContent *self)
{
}

GdkContentProvider *
tl_ftp_drag_content_new (TlFtpDrag      *drag,
                         TlFtpDragFetch *fetch)
{
  TlFtpDragContent *self = g_object_new (TL_TYPE_FTP_DRAG_CONTENT, NULL);

  self->drag = tl_ftp_drag_copy (drag);
  self->fetch = g_object_ref (fetch);

  return GDK_CONTENT_PROVIDER (self);
}

TlFtpDrag *
tl_ftp_drag_content_get_drag (TlFtpDragContent *self)
{
  return self->drag;
}

TlFtpDragFetch *
tl_ftp_drag_content_get_fetch (TlFtpDragContent *self)
{
  return self->fetch;
}

gboolean
tl_ftp_drag_content_is_taken (TlFtpDragContent *self)
{
  return self->taken;
}
