/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be sent again: from a file, or from the history. */

#include "tl-replay-load.h"

#include "tl-capture-reader.h"
#include "tl-history-private.h"
#include "tl-history-slice.h"
#include "tl-json-line.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define BLOCK_BYTES (256 * 1024)

/* A message that was sent or received, from whichever source. */
static void
add_message (TlReplayList  *list,
             TlMessageKind  kind,
             const char    *peer,
             gint64         time,
             const guint8  *data,
             gsize          length)
{
  const TlReplayOrigin origin = kind == TL_MESSAGE_SENT ? TL_REPLAY_SENT : TL_REPLAY_RECEIVED;

  if (TL_MESSAGE_KIND_IS_DATA (kind))
    tl_replay_list_add (list, tl_replay_list_add_flow (list, origin, FALSE, NULL, peer != NULL ? peer : ""), time, data, length);
}

static void
add_line (TlReplayList *list,
          const char   *line,
          gsize         length)
{
  g_auto (TlJsonLine) row = { 0 };
  const guint8 *data;
  gsize n;

  if (strspn (line, " \t\r\n") >= length)
    return;
  if (!tl_json_line_parse (line, length, &row, NULL))
    {
      tl_replay_list_get_counts (list)->n_bad++;
      return;
    }
  data = g_bytes_get_data (row.bytes, &n);
  add_message (list, row.kind, row.peer, row.time, data, n);
}

gboolean
tl_replay_load_lines (TlReplayList  *list,
                      FILE          *stream,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autofree char *block = g_malloc (BLOCK_BYTES);
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean too_long = FALSE;
  gsize length;

  while ((length = fread (block, 1, BLOCK_BYTES, stream)) > 0)
    {
      const char *from = block, *const end = block + length;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (const char *newline; from < end; from = newline + 1)
        {
          newline = memchr (from, '\n', (gsize) (end - from));
          too_long = too_long || line->len + (gsize) ((newline != NULL ? newline : end) - from) > TL_REPLAY_MAX_LINE;
          if (!too_long)
            g_string_append_len (line, from, (newline != NULL ? newline : end) - from);
          if (newline == NULL)
            break;
          if (too_long)
            tl_replay_list_get_counts (list)->n_bad++;
          else
            add_line (list, line->str, line->len);
          too_long = FALSE;
          g_string_truncate (line, 0);
        }
    }
  if (too_long)
    tl_replay_list_get_counts (list)->n_bad++;
  else
    add_line (list, line->str, line->len);
  return TRUE;
}

/* The first bytes of a pcap file, in both byte orders, with microseconds and nanoseconds; of pcapng. */
static gboolean
is_capture (const guint8 *magic,
            gsize         length)
{
  static const guint32 known[] = { 0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1, 0xa1b2cd34, 0x34cdb2a1, 0x0a0d0d0a };
  guint32 value;

  if (length < 4)
    return FALSE;
  memcpy (&value, magic, sizeof value);
  value = GUINT32_FROM_BE (value);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (value == known[i])
      return TRUE;
  return FALSE;
}

static gboolean
read_file (TlReplayList  *list,
           const char    *path,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  FILE *stream = g_fopen (path, "rbe");
  struct stat status = { 0 };
  guint8 magic[4];
  gsize length;
  gboolean read;

  if (stream == NULL || fstat (fileno (stream), &status) != 0 || S_ISDIR (status.st_mode))
    {
      const int errsv = stream != NULL ? EISDIR : errno;

      if (stream != NULL)
        fclose (stream);
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errsv), _("The file “%s” cannot be read (%s)"), name, g_strerror (errsv));
      return FALSE;
    }
  length = fread (magic, 1, sizeof magic, stream);
  rewind (stream);
  if (is_capture (magic, length))
    return tl_capture_reader_run (list, stream, (guint64) status.st_size, cancellable, error);
  read = tl_replay_load_lines (list, stream, cancellable, error);
  fclose (stream);
  if (read && tl_replay_list_get_n_items (list) == 0 && tl_replay_list_get_counts (list)->n_bad > 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("“%s” is neither a capture file (pcap, pcapng) nor messages that were exported as JSON Lines."), name);
      return FALSE;
    }
  return read;
}

static void
file_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_autoptr (TlReplayList) list = tl_replay_list_new ();
  GError *error = NULL;

  if (read_file (list, data, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) tl_replay_list_unref);
  else
    g_task_return_error (task, error);
}

void
tl_replay_load_file_async (GFile               *file,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_replay_load_file_async);
  if (g_file_peek_path (file) == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s", _("Only files on this computer can be played."));
      return;
    }
  g_task_set_task_data (task, g_strdup (g_file_peek_path (file)), g_free);
  g_task_run_in_thread (task, file_thread);
}

typedef struct {
  TlHistory    *history;
  TlReplayList *list;
  gint64        session;
  gint64        next;
} SessionLoad;

static void
session_load_free (gpointer data)
{
  SessionLoad *load = data;

  g_object_unref (load->history);
  tl_replay_list_unref (load->list);
  g_free (load);
}

static void
add_chunk (TlReplayList   *list,
           TlHistoryChunk *chunk)
{
  const GPtrArray *names = tl_history_chunk_get_names (chunk);

  for (guint i = 0; i < tl_history_chunk_get_n_rows (chunk); i++)
    {
      TlMessageInfo info;

      tl_history_chunk_peek (chunk, i, &info);
      add_message (list, info.kind, info.peer > 0 ? names->pdata[info.peer - 1] : NULL, info.time, tl_history_chunk_get_data (chunk, i), info.length);
    }
}

static void step (GTask *task);

static void
slice_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SessionLoad *load = g_task_get_task_data (task);
  g_autoptr (TlHistorySlice) slice = NULL;
  GError *error = NULL;

  slice = tl_database_run_finish (TL_DATABASE (source), result, &error);
  if (slice == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* At most 4 MiB, which is copied in a millisecond or two. */
  for (guint i = 0; i < slice->chunks->len; i++)
    add_chunk (load->list, slice->chunks->pdata[i]);
  tl_replay_list_get_counts (load->list)->n_damaged += slice->n_damaged;
  load->next = slice->next;
  if (slice->is_last)
    g_task_return_pointer (task, tl_replay_list_ref (load->list), (GDestroyNotify) tl_replay_list_unref);
  else
    step (g_steal_pointer (&task));
}

/* Takes the reference to the task. */
static void
step (GTask *task)
{
  SessionLoad *load = g_task_get_task_data (task);

  tl_database_run_async (tl_history_get_database (load->history), tl_history_slice_read, tl_history_slice_new (load->session, load->next),
                         (GDestroyNotify) tl_history_slice_free, (GDestroyNotify) tl_history_slice_free, g_task_get_cancellable (task), slice_cb, task);
}

void
tl_replay_load_session_async (TlHistory           *history,
                              TlHistorySession    *session,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  SessionLoad *load;
  GTask *task;

  g_return_if_fail (TL_IS_HISTORY (history));
  g_return_if_fail (TL_IS_HISTORY_SESSION (session));

  task = g_task_new (session, cancellable, callback, user_data);
  load = g_new0 (SessionLoad, 1);
  load->history = g_object_ref (history);
  load->list = tl_replay_list_new ();
  load->session = tl_history_session_get_id (session);
  g_task_set_source_tag (task, tl_replay_load_session_async);
  g_task_set_task_data (task, load, session_load_free);
  step (task);
}

TlReplayList *
tl_replay_load_finish (GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
