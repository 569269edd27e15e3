/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of quick sends. */
#include "tl-quick-file.h"

#include <glib/gi18n-lib.h>

static void
explain (GError     **error,
         GFile       *file,
         gboolean     is_reading)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *said = g_strdup ((*error)->message);
  const int code = (*error)->code;
  const GQuark domain = (*error)->domain;

  g_clear_error (error);
  if (is_reading)
    g_set_error (error, domain, code, _("“%s” cannot be read. (%s)"), name, said);
  else
    g_set_error (error, domain, code, _("“%s” could not be written. (%s)"), name, said);
}

/* One byte more than there may be is read: so that too much is told as that. */
static GBytes *
read_bounded (GFile         *file,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree guint8 *data = NULL;
  gsize length = 0;

  if (stream == NULL)
    return NULL;

  data = g_malloc (TL_QUICK_JSON_MAX + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), data, TL_QUICK_JSON_MAX + 1, &length, cancellable, error))
    return NULL;

  return g_bytes_new (data, length);
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GBytes) json = read_bounded (data, cancellable, &error);
  TlQuickBook *book;

  if (json == NULL)
    {
      explain (&error, data, TRUE);
      g_task_return_error (task, error);
      return;
    }

  book = tl_quick_json_read (json, &error);
  if (book != NULL)
    g_task_return_pointer (task, book, (GDestroyNotify) tl_quick_book_free);
  else
    g_task_return_error (task, error);
}

void
tl_quick_file_load_async (GFile               *file,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_quick_file_load_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_thread);
}

TlQuickBook *
tl_quick_file_load_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
tl_quick_file_save (GFile   *file,
                    GBytes  *json,
                    GError **error)
{
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GError) local_error = NULL;
  gsize length;
  const char *data;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (json != NULL, FALSE);

  folder = g_file_get_parent (file);
  data = g_bytes_get_data (json, &length);
  if (folder != NULL && !g_file_query_exists (folder, NULL))
    g_file_make_directory_with_parents (folder, NULL, NULL);
  if (g_file_replace_contents (file, data, length, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL, &local_error))
    return TRUE;

  explain (&local_error, file, FALSE);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

typedef struct {
  GFile  *file;
  GBytes *json;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_object_unref (save->file);
  g_bytes_unref (save->json);
  g_free (save);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Save *save = data;
  GError *error = NULL;

  if (tl_quick_file_save (save->file, save->json, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
tl_quick_file_save_async (GFile               *file,
                          GBytes              *json,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Save *save;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (json != NULL);

  save = g_new0 (Save, 1);
  save->file = g_object_ref (file);
  save->json = g_bytes_ref (json);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_quick_file_save_async);
  /* What is written is written: who asks is told that. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, save, save_free);
  g_task_run_in_thread (task, save_thread);
}

gboolean
tl_quick_file_save_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
