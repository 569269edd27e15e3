/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the copy to the server. */

#include "tl-ftp-edit-private.h"

#include "tl-ftp-name.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define MAX_NUMBERED 100

typedef enum {
  STEP_SNAPSHOT,     /* on a thread */
  STEP_LOOK,
  STEP_JUDGE,
  STEP_NOTE_BEGIN,   /* on a thread */
  STEP_MOVE,
  STEP_LOOK_AGAIN,
  STEP_NOTE_END,     /* on a thread */
  STEP_DONE,
} Step;

typedef struct {
  TlJob              base;
  TlFtpEditWork      edit;
  TlFtpEditStored    stored;
  TlFtpEditAnswer    how;
  GBytes            *target;
  gboolean           has_expected;
  TlFtpEditMark      expected;
  guint              number;
  int                fd;
  gint64             size;
  char              *hash;
  gboolean           was_cut_off;
  gboolean           sent;
} Store;

static void step (GTask *task);

static void
clear (gpointer data)
{
  Store *store = data;

  if (store->fd >= 0)
    close (store->fd);
  tl_ftp_edit_work_clear (&store->edit);
  g_bytes_unref (store->target);
  g_free (store->hash);
}

static void
snapshot_thread (GTask        *worker,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Store *store = data;
  g_autoptr (GFile) folder = tl_ftp_edit_place_dup_folder (store->edit.place);
  g_autoptr (GFile) copy = g_file_get_child (folder, store->edit.about->name);
  GError *error = NULL;

  store->fd = tl_ftp_edit_snapshot (g_file_peek_path (copy), &store->hash, &store->size, store->base.cancellable, &error);
  tl_job_work_done (worker, error);
}

/* What is known of the file is to be on the disk before the server's may be another one, and afterwards. */
static void
note_thread (GTask        *worker,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Store *store = data;
  GError *error = NULL;

  /* That cannot make it unsent. */
  tl_ftp_edit_place_note (store->edit.place, store->edit.about, store->sent ? NULL : &error);
  tl_job_work_done (worker, error);
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
  if (!tl_ftp_edit_look_finish (result, &store->stored.exists, &store->stored.mark, &error) && !store->sent)
    store->base.error = g_steal_pointer (&error);
  step (task);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Store *store = g_task_get_task_data (task);

  store->stored.size_matches = tl_ftp_client_size_matches (result);
  store->sent = tl_ftp_client_move_finish (TL_FTP_CLIENT (source), result, NULL, &store->base.error);
  /* A refusal of the name, or of the act, leaves the file as it is. */
  if (tl_ftp_client_was_refused (result))
    store->edit.about->cut_off = store->was_cut_off;
  step (task);
}

static void
move (GTask *task)
{
  Store *store = g_task_get_task_data (task);
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (store->fd, TRUE);
  g_autoptr (TlBlockReader) reader = tl_block_reader_new (stream);

  store->fd = -1;
  tl_ftp_client_store_async (store->base.client, store->target, 0, reader, store->edit.progress, store->edit.progress_data, store->base.cancellable,
                             moved_cb, task);
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
  gboolean free_name = store->how == TL_FTP_EDIT_KEEP_BOTH;

  if (free_name && stored->exists && store->number < MAX_NUMBERED)
    {
      g_bytes_unref (store->target);
      store->target = number_path (store->edit.about->remote, ++store->number + 1);
      return STEP_LOOK;
    }
  if (free_name && stored->exists)
    {
      g_set_error_literal (&store->base.error, TL_FTP_ERROR, TL_FTP_ERROR_EXISTS, _("No free name was found on the server."));
      return STEP_DONE;
    }
  if (store->has_expected && (!stored->exists || !tl_ftp_edit_mark_equal (&store->expected, &stored->mark)))
    {
      stored->outcome = TL_FTP_EDIT_DIFFERS;
      return STEP_DONE;
    }
  stored->unchecked = store->has_expected && stored->mark.size < 0 && stored->mark.time < 0;
  return STEP_NOTE_BEGIN;
}

static gboolean
is_same (Store *store)
{
  return store->how == TL_FTP_EDIT_CANCEL && tl_ftp_edit_about_is_sent (store->edit.about, store->hash);
}

static void
take_sent (Store *store)
{
  TlFtpEditAbout *about = store->edit.about;

  if (store->stored.mark.size < 0)
    store->stored.mark.size = store->size;
  g_bytes_unref (about->remote);
  about->remote = g_bytes_ref (store->target);
  tl_ftp_edit_about_set_hash (about, store->hash);
  about->mark = store->stored.mark;
  about->cut_off = FALSE;
}

static void
look (GTask *task)
{
  Store *store = g_task_get_task_data (task);

  tl_ftp_edit_look_async (store->base.client, store->target, store->base.cancellable, looked_cb, task);
}

/* After an error only what was begun is brought to its end. */
static void
look_for_errors (Store *store)
{
  if (store->base.error == NULL && store->base.at < STEP_LOOK_AGAIN)
    g_cancellable_set_error_if_cancelled (store->base.cancellable, &store->base.error);
  if (store->base.error != NULL && store->base.at == STEP_MOVE)
    store->edit.about->cut_off = store->was_cut_off;
  if (store->base.error != NULL && store->base.at < STEP_NOTE_END)
    store->base.at = store->base.at == STEP_LOOK_AGAIN ? STEP_NOTE_END : STEP_DONE;
}

static void
step (GTask *task)
{
  Store *store = g_task_get_task_data (task);

  look_for_errors (store);
  switch ((Step) store->base.at)
    {
    case STEP_SNAPSHOT:
      store->base.at = STEP_LOOK;
      tl_job_work (task, snapshot_thread);
      break;

    case STEP_LOOK:
      store->base.at = STEP_JUDGE;
      if (is_same (store))
        {
          store->stored.outcome = TL_FTP_EDIT_SAME;
          store->base.at = STEP_DONE;
          step (task);
        }
      else
        look (task);
      break;

    case STEP_JUDGE:
      store->base.at = (int) judge (store);
      step (task);
      break;

    case STEP_NOTE_BEGIN:
      store->base.at = STEP_MOVE;
      store->was_cut_off = store->edit.about->cut_off;
      store->edit.about->cut_off = TRUE;
      tl_job_work (task, note_thread);
      break;

    case STEP_MOVE:
      store->base.at = STEP_LOOK_AGAIN;
      move (task);
      break;

    case STEP_LOOK_AGAIN:
      store->base.at = STEP_NOTE_END;
      look (task);
      break;

    case STEP_NOTE_END:
      store->base.at = STEP_DONE;
      if (store->sent)
        take_sent (store);
      tl_job_work (task, note_thread);
      break;

    case STEP_DONE:
    default:
      tl_job_return_pointer (task, GINT_TO_POINTER (TRUE), NULL);
    }
}

void
tl_ftp_edit_store_async (TlFtpClient          *client,
                         const TlFtpEditAbout *about,
                         TlFtpEditPlace       *place,
                         TlFtpEditAnswer       how,
                         const TlFtpEditMark  *expected,
                         TlFtpProgressFunc     progress,
                         gpointer              progress_data,
                         GCancellable         *cancellable,
                         GAsyncReadyCallback   callback,
                         gpointer              user_data)
{
  GTask *task = tl_job_new (sizeof (Store), client, client, tl_ftp_edit_store_async, step, clear, cancellable, callback, user_data);
  Store *store = g_task_get_task_data (task);

  tl_ftp_edit_work_init (&store->edit, about, place, progress, progress_data);
  store->how = how;
  store->target = how == TL_FTP_EDIT_KEEP_BOTH ? number_path (about->remote, ++store->number + 1) : g_bytes_ref (about->remote);
  store->stored.about = store->edit.about;
  store->stored.mark = (TlFtpEditMark) { -1, -1 };
  store->has_expected = expected != NULL;
  if (expected != NULL)
    store->expected = *expected;
  store->fd = -1;
  step (task);
}

gboolean
tl_ftp_edit_store_finish (GAsyncResult           *result,
                          const TlFtpEditStored **stored,
                          GError                **error)
{
  *stored = &((Store *) g_task_get_task_data (G_TASK (result)))->stored;
  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}
