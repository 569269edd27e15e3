/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the copy to the server. */

#include "tl-ftp-edit-private.h"

#include "tl-ftp-name.h"
#include "tl-local-file.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define MAX_NUMBERED 100

typedef enum {
  STEP_SNAPSHOT,     /* on a thread */
  STEP_LOOK,
  STEP_JUDGE,
  STEP_MOVE,
  STEP_LOOK_AGAIN,
  STEP_DONE,
} Step;

typedef struct {
  TlFtpEditStored    stored;
  TlFtpClient       *client;
  GBytes            *wanted;
  GFile             *copy;
  char              *known_hash;
  gboolean           has_expected;
  TlFtpEditMark      expected;
  gboolean           free_name;
  guint              number;
  TlFtpProgressFunc  progress;
  gpointer           progress_data;
  GCancellable      *cancellable;
  Step               at;
  int                fd;
  gint64             size;
  GError            *error;
} Store;

static void step (GTask *task);

static void
store_free (gpointer data)
{
  Store *store = data;

  if (store->fd >= 0)
    close (store->fd);
  g_bytes_unref (store->stored.remote);
  g_free (store->stored.hash);
  g_object_unref (store->client);
  g_bytes_unref (store->wanted);
  g_object_unref (store->copy);
  g_clear_object (&store->cancellable);
  g_clear_error (&store->error);
  g_free (store->known_hash);
  g_free (store);
}

static void
snapshot_thread (GTask        *worker,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Store *store = data;
  GError *error = NULL;

  store->fd = tl_ftp_edit_snapshot (g_file_peek_path (store->copy), &store->stored.hash, &store->size, store->cancellable, &error);
  if (error != NULL)
    g_task_return_error (worker, error);
  else
    g_task_return_boolean (worker, TRUE);
}

static void
worked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Store *store = g_task_get_task_data (task);

  if (g_task_propagate_boolean (G_TASK (result), &store->error) && g_strcmp0 (store->stored.hash, store->known_hash) == 0)
    {
      store->stored.outcome = TL_FTP_EDIT_SAME;
      store->at = STEP_DONE;
    }
  step (task);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Store *store = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* Once it was sent, not being told of it does not make it unsent. */
  if (!tl_ftp_edit_look_finish (result, &store->stored.exists, &store->stored.mark, &error) && store->at != STEP_DONE)
    store->error = g_steal_pointer (&error);
  if (store->at == STEP_DONE && store->stored.mark.size < 0)
    store->stored.mark.size = store->size;
  step (task);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Store *store = g_task_get_task_data (task);
  guint64 moved = 0;

  store->stored.size_matches = tl_ftp_client_size_matches (result);
  /* A refusal before the first byte leaves the file as it is. */
  if (!tl_ftp_client_move_finish (TL_FTP_CLIENT (source), result, &moved, &store->error))
    store->stored.begun = moved > 0 || !tl_ftp_error_get_code (store->error);
  step (task);
}

static void
move (GTask *task)
{
  Store *store = g_task_get_task_data (task);
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (store->fd, TRUE);
  g_autoptr (TlBlockReader) reader = tl_block_reader_new (stream);

  store->fd = -1;
  tl_ftp_client_store_async (store->client, store->stored.remote, 0, reader, store->progress, store->progress_data, store->cancellable, moved_cb, task);
}

/* "a.txt" → "a (2).txt". In none of the sets of names is a full stop a part of another character. */
static GBytes *
number_path (GBytes *path,
             guint   number)
{
  g_autoptr (GBytes) folder = tl_ftp_path_parent (path);
  g_autoptr (GBytes) name = tl_ftp_path_basename (path);
  g_autofree char *mark = g_strdup_printf (" (%u)", number);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GBytes) numbered = NULL;
  gsize length, stem;
  const guint8 *bytes = g_bytes_get_data (name, &length);

  for (stem = length; stem > 0 && bytes[stem - 1] != '.'; stem--)
    ;
  stem = stem > 1 ? stem - 1 : length;
  g_byte_array_append (all, bytes, (guint) stem);
  g_byte_array_append (all, (const guint8 *) mark, (guint) strlen (mark));
  g_byte_array_append (all, bytes + stem, (guint) (length - stem));
  numbered = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  return tl_ftp_path_join (folder, numbered);
}

/* What is there is what was expected, or the next name is tried, or it is told. */
static Step
judge (Store *store)
{
  TlFtpEditStored *stored = &store->stored;

  if (store->free_name && stored->exists && store->number < MAX_NUMBERED)
    {
      g_bytes_unref (stored->remote);
      stored->remote = number_path (store->wanted, ++store->number + 1);
      return STEP_LOOK;
    }
  if (store->free_name && stored->exists)
    {
      g_set_error_literal (&store->error, TL_FTP_ERROR, TL_FTP_ERROR_EXISTS, _("No free name was found on the server."));
      return STEP_DONE;
    }
  if (store->has_expected && (!stored->exists || !tl_ftp_edit_mark_equal (&store->expected, &stored->mark)))
    {
      stored->outcome = TL_FTP_EDIT_DIFFERS;
      return STEP_DONE;
    }
  stored->unchecked = store->has_expected && stored->mark.size < 0 && stored->mark.time < 0;
  return STEP_MOVE;
}

static void
step (GTask *task)
{
  Store *store = g_task_get_task_data (task);

  if (store->error == NULL && store->at < STEP_LOOK_AGAIN)
    g_cancellable_set_error_if_cancelled (store->cancellable, &store->error);
  if (store->error != NULL)
    store->at = STEP_DONE;
  switch (store->at)
    {
    case STEP_SNAPSHOT:
      {
        g_autoptr (GTask) worker = g_task_new (NULL, NULL, worked_cb, task);

        store->at = STEP_LOOK;
        g_task_set_source_tag (worker, tl_ftp_edit_store_async);
        g_task_set_task_data (worker, store, NULL);
        g_task_run_in_thread (worker, snapshot_thread);
      }
      break;

    case STEP_LOOK:
      store->at = STEP_JUDGE;
      tl_ftp_edit_look_async (store->client, store->stored.remote, store->cancellable, looked_cb, task);
      break;

    case STEP_JUDGE:
      store->at = judge (store);
      step (task);
      break;

    case STEP_MOVE:
      store->at = STEP_LOOK_AGAIN;
      move (task);
      break;

    case STEP_LOOK_AGAIN:
      store->at = STEP_DONE;
      tl_ftp_edit_look_async (store->client, store->stored.remote, store->cancellable, looked_cb, task);
      break;

    case STEP_DONE:
    default:
      if (store->error != NULL)
        g_task_return_error (task, g_steal_pointer (&store->error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

void
tl_ftp_edit_store_async (TlFtpClient         *client,
                         GBytes              *remote,
                         GFile               *copy,
                         const char          *known_hash,
                         const TlFtpEditMark *expected,
                         gboolean             free_name,
                         TlFtpProgressFunc    progress,
                         gpointer             progress_data,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (client, NULL, callback, user_data);
  Store *store = g_new0 (Store, 1);

  g_task_set_source_tag (task, tl_ftp_edit_store_async);
  store->client = g_object_ref (client);
  store->wanted = g_bytes_ref (remote);
  store->stored.remote = free_name ? number_path (remote, ++store->number + 1) : g_bytes_ref (remote);
  store->stored.mark = (TlFtpEditMark) { -1, -1 };
  store->copy = g_object_ref (copy);
  store->known_hash = g_strdup (known_hash);
  store->has_expected = expected != NULL;
  if (expected != NULL)
    store->expected = *expected;
  store->free_name = free_name;
  store->progress = progress;
  store->progress_data = progress_data;
  store->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  store->fd = -1;
  g_task_set_task_data (task, store, store_free);
  step (task);
}

gboolean
tl_ftp_edit_store_finish (GAsyncResult           *result,
                          const TlFtpEditStored **stored,
                          GError                **error)
{
  *stored = &((Store *) g_task_get_task_data (G_TASK (result)))->stored;
  return g_task_propagate_boolean (G_TASK (result), error);
}
