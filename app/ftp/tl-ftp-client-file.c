/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file from the server to a writer, or from a reader to the server. */

#include "tl-ftp-client-private.h"
#include "tl-ftp-move.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum {
  BEGIN,
  TYPED,
  SIZED,
  MOVE,
  MOVED,
  COMPARE,
} Step;

/* What is known of it when it is over. */
typedef struct {
  guint64  moved;
  gboolean size_matches;
  gboolean cut;
  gboolean refused;
  gboolean begun;
} Told;

typedef struct {
  TlFtpAct           act;
  GBytes            *path;
  guint64            offset;
  TlBlockWriter     *writer;
  TlBlockReader     *reader;
  TlBlock           *block;         /* being filled */
  TlFtpMove         *move;
  guint64            moved;
  Told              *told;          /* lives with the task */
  TlFtpProgressFunc  progress;
  gpointer           progress_data;
  guint              progress_id;
  gboolean           append;
  TlFtpRate         *rates[2];      /* (nullable) */
  guint              rate_id;       /* it waits for them */
} FileAct;

static void
file_clear (TlFtpAct *act)
{
  FileAct *self = (FileAct *) act;

  g_clear_handle_id (&self->progress_id, g_source_remove);
  g_clear_handle_id (&self->rate_id, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (self->rates); i++)
    g_clear_pointer (&self->rates[i], tl_ftp_rate_unref);
  if (self->writer != NULL)
    g_signal_handlers_disconnect_by_data (self->writer, self);
  if (self->reader != NULL)
    g_signal_handlers_disconnect_by_data (self->reader, self);
  if (self->block != NULL)
    tl_block_writer_push (self->writer, self->block);
  g_clear_object (&self->writer);
  g_clear_object (&self->reader);
  g_clear_pointer (&self->path, g_bytes_unref);
}

static gboolean
progress_cb (gpointer user_data)
{
  FileAct *self = user_data;

  self->progress_id = 0;
  self->progress (self->moved, self->progress_data);
  return G_SOURCE_REMOVE;
}

static void
count (FileAct *self,
       gsize    length)
{
  self->moved += length;
  self->told->moved = self->moved;
  for (guint i = 0; i < G_N_ELEMENTS (self->rates); i++)
    if (self->rates[i] != NULL)
      tl_ftp_rate_use (self->rates[i], length);
  /* Once more would begin where this began, also after a 421. */
  self->act.tried = TRUE;
  if (self->progress != NULL && self->progress_id == 0)
    self->progress_id = g_idle_add_full (G_PRIORITY_DEFAULT, progress_cb, self, NULL);
}

static gboolean
rate_cb (gpointer user_data)
{
  FileAct *self = user_data;

  self->rate_id = 0;
  if (self->move != NULL)
    tl_ftp_move_go_on (self->move);
  return G_SOURCE_REMOVE;
}

/* How much of @most may move now; 0: it goes on by itself. */
static gsize
limit (FileAct *self,
       gsize    most)
{
  guint wait_ms = 0;

  for (guint i = 0; i < G_N_ELEMENTS (self->rates) && most > 0; i++)
    if (self->rates[i] != NULL)
      most = tl_ftp_rate_get_room (self->rates[i], g_get_monotonic_time (), most, &wait_ms);
  if (most == 0 && self->rate_id == 0)
    self->rate_id = g_timeout_add (wait_ms, rate_cb, self);
  return most;
}

static guint8 *
room (gpointer  owner,
      gsize    *size)
{
  FileAct *self = owner;

  if (self->block == NULL)
    {
      if (tl_block_writer_is_full (self->writer))
        return NULL;
      self->block = tl_block_writer_take_block (self->writer);
    }
  *size = limit (self, TL_BLOCK_SIZE - self->block->end);
  return *size > 0 ? self->block->data + self->block->end : NULL;
}

static gboolean
push_block (FileAct *self)
{
  return tl_block_writer_push (self->writer, g_steal_pointer (&self->block));
}

static gboolean
got (gpointer owner,
     gsize    length)
{
  FileAct *self = owner;

  self->block->end += length;
  count (self, length);
  return self->block->end < TL_BLOCK_SIZE || push_block (self);
}

static const guint8 *
peek (gpointer   owner,
      gsize     *length,
      GError   **error)
{
  FileAct *self = owner;
  const guint8 *bytes = tl_block_reader_peek (self->reader, length, error);

  if (bytes == NULL)
    return NULL;
  *length = limit (self, *length);
  if (*length > 0)
    return bytes;
  /* Not the end: something is there. */
  *length = 1;
  return NULL;
}

static void
put (gpointer owner,
     gsize    length)
{
  FileAct *self = owner;

  tl_block_reader_skip (self->reader, length);
  count (self, length);
}

static const TlFtpMover fetch_mover = { .room = room, .got = got };
static const TlFtpMover store_mover = { .peek = peek, .put = put };

static void
go_on_cb (GObject *object,
          FileAct *self)
{
  if (self->move != NULL)
    tl_ftp_move_go_on (self->move);
}

/* The number in "150 … (N bytes)" is of the whole file, or of the rest of it; less than either is too little. */
static gboolean
is_short (FileAct *self,
          gint64   expected)
{
  return expected > 0 && self->moved < (guint64) expected && self->moved + self->offset < (guint64) expected;
}

static GError *
short_error (guint64 came,
             guint64 expected)
{
  g_autofree char *came_text = g_strdup_printf ("%" G_GUINT64_FORMAT, came);
  g_autofree char *expected_text = g_strdup_printf ("%" G_GUINT64_FORMAT, expected);

  return g_error_new (TL_FTP_ERROR, TL_FTP_ERROR_DATA, _("The server ended the file too early: %s of %s bytes came."), came_text, expected_text);
}

static GError *
size_error (guint64 size,
            guint64 expected)
{
  g_autofree char *size_text = g_strdup_printf ("%" G_GUINT64_FORMAT, size);
  g_autofree char *expected_text = g_strdup_printf ("%" G_GUINT64_FORMAT, expected);

  return g_error_new (TL_FTP_ERROR, TL_FTP_ERROR_DATA, _("The file on the server has %s bytes, and should have %s."), size_text, expected_text);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  FileAct *self = user_data;
  GError *error = NULL;
  gint64 expected;
  gboolean cut;

  self->act.inner = FALSE;
  self->move = NULL;
  self->told->begun = tl_ftp_move_has_begun (result);
  if (!tl_ftp_move_finish (result, &expected, &cut, &error))
    {
      self->told->cut = cut;
      self->told->refused = tl_ftp_move_was_refused (result);
      /* What had gone out by then went nowhere. */
      if (self->told->refused && self->reader != NULL)
        self->told->moved = 0;
    }
  else if (self->writer != NULL && is_short (self, expected))
    error = short_error (self->moved, (guint64) expected);
  else if (self->block != NULL && !push_block (self))
    error = g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("What came could not be written on this computer."));
  if (error != NULL)
    tl_ftp_act_return_error (&self->act, error);
  else
    tl_ftp_act_go (&self->act, MOVED);
}

static void
move (FileAct *self)
{
  TlFtpClient *client = self->act.client;
  g_autoptr (GBytes) absolute = tl_ftp_client_resolve (client, self->path);
  const TlFtpMover *mover = self->writer != NULL ? &fetch_mover : &store_mover;
  const char *verb = self->writer != NULL ? "RETR" : self->append ? "APPE" : "STOR";

  self->act.inner = TRUE;
  self->move = tl_ftp_move_async (client, verb, absolute, self->append ? 0 : self->offset, mover, self,
                                  self->act.cancellable, moved_cb, self);
}

static void
command_size (FileAct *self,
              int      next)
{
  g_autoptr (GBytes) absolute = tl_ftp_client_resolve (self->act.client, self->path);

  tl_ftp_act_command (&self->act, next, "SIZE", absolute);
}

static void
compare_size (FileAct *self)
{
  const gint64 size = tl_ftp_act_code (&self->act) == 213 ? tl_ftp_answer_size (self->act.reply, NULL) : -1;
  const guint64 whole = self->offset + self->moved;

  self->told->size_matches = size >= 0 && (guint64) size == whole;
  /* 0 is also what servers say that do not know. */
  if (size > 0 && !self->told->size_matches)
    tl_ftp_act_return_error (&self->act, size_error ((guint64) size, whole));
  else
    tl_ftp_act_return_true (&self->act);
}

static void
file_step (TlFtpAct *act)
{
  FileAct *self = (FileAct *) act;
  TlFtpClient *client = act->client;

  switch ((Step) act->at)
    {
    case BEGIN:
      if (client->type != 'I')
        {
          client->type = 0;
          tl_ftp_act_command_text (act, TYPED, "TYPE", "I");
        }
      else
        tl_ftp_act_go (act, SIZED);
      break;
    case TYPED:
      if (tl_ftp_act_class (act) != 2)
        {
          tl_ftp_act_return_reply (act);
          break;
        }
      client->type = 'I';
      G_GNUC_FALLTHROUGH;
    case SIZED:
      /* Where REST is not listed, what is appended goes to the end, wherever that is: it must be where the reader stands. */
      self->append = self->reader != NULL && self->offset > 0 && client->features != NULL && !tl_ftp_client_has_feature (client, "REST");
      if (self->append)
        command_size (self, MOVE);
      else
        move (self);
      break;
    case MOVE:
      if (tl_ftp_act_code (act) == 213 && tl_ftp_answer_size (act->reply, NULL) == (gint64) self->offset)
        move (self);
      else
        tl_ftp_act_return_error (act, tl_ftp_error_new_with_reply (TL_FTP_ERROR_CHANGED,
                                                                   _("The file on the server is not as long as it was: nothing was appended."), act->reply));
      break;
    case MOVED:
      if (self->reader != NULL)
        command_size (self, COMPARE);
      else
        tl_ftp_act_return_true (act);
      break;
    case COMPARE:
      compare_size (self);
      break;
    default:
      g_assert_not_reached ();
    }
}

static FileAct *
file_act_new (TlFtpClient         *client,
              gpointer             tag,
              GBytes              *path,
              guint64              offset,
              TlFtpProgressFunc    progress,
              gpointer             progress_data,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  FileAct *self = tl_ftp_act_new (sizeof *self, client, tag, cancellable, callback, user_data);

  self->act.step = file_step;
  self->act.clear = file_clear;
  self->path = g_bytes_ref (path);
  self->offset = offset;
  self->progress = progress;
  self->progress_data = progress_data;
  self->told = g_new0 (Told, 1);
  for (guint i = 0; i < G_N_ELEMENTS (self->rates); i++)
    self->rates[i] = g_steal_pointer (&client->rates[i]);
  g_task_set_task_data (self->act.task, self->told, g_free);
  return self;
}

void
tl_ftp_client_fetch_async (TlFtpClient         *client,
                           GBytes              *path,
                           guint64              offset,
                           TlBlockWriter       *writer,
                           TlFtpProgressFunc    progress,
                           gpointer             progress_data,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  FileAct *self;

  g_return_if_fail (TL_IS_FTP_CLIENT (client) && path != NULL);
  g_return_if_fail (TL_IS_BLOCK_WRITER (writer));

  self = file_act_new (client, tl_ftp_client_fetch_async, path, offset, progress, progress_data, cancellable, callback, user_data);
  self->act.safe = TRUE;
  self->writer = g_object_ref (writer);
  g_signal_connect (writer, "room", G_CALLBACK (go_on_cb), self);
  tl_ftp_act_start (&self->act);
}

void
tl_ftp_client_store_async (TlFtpClient         *client,
                           GBytes              *path,
                           guint64              offset,
                           TlBlockReader       *reader,
                           TlFtpProgressFunc    progress,
                           gpointer             progress_data,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  FileAct *self;

  g_return_if_fail (TL_IS_FTP_CLIENT (client) && path != NULL);
  g_return_if_fail (TL_IS_BLOCK_READER (reader));

  self = file_act_new (client, tl_ftp_client_store_async, path, offset, progress, progress_data, cancellable, callback, user_data);
  self->act.safe = TRUE;
  self->reader = g_object_ref (reader);
  g_signal_connect (reader, "ready", G_CALLBACK (go_on_cb), self);
  tl_ftp_act_start (&self->act);
}

gboolean
tl_ftp_client_move_finish (TlFtpClient   *client,
                           GAsyncResult  *result,
                           guint64       *moved,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), FALSE);

  if (moved != NULL)
    *moved = ((const Told *) g_task_get_task_data (G_TASK (result)))->moved;
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
tl_ftp_client_size_matches (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return ((const Told *) g_task_get_task_data (G_TASK (result)))->size_matches;
}

gboolean
tl_ftp_client_was_refused (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return ((const Told *) g_task_get_task_data (G_TASK (result)))->refused;
}

gboolean
tl_ftp_client_has_begun (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return ((const Told *) g_task_get_task_data (G_TASK (result)))->begun;
}

gboolean
tl_ftp_client_was_cut (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return ((const Told *) g_task_get_task_data (G_TASK (result)))->cut;
}

void
tl_ftp_client_set_rates (TlFtpClient *self,
                         TlFtpRate   *shared,
                         TlFtpRate   *own)
{
  TlFtpRate *rates[2] = { shared, own };

  g_return_if_fail (TL_IS_FTP_CLIENT (self));

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_clear_pointer (&self->rates[i], tl_ftp_rate_unref);
      self->rates[i] = rates[i] != NULL ? tl_ftp_rate_ref (rates[i]) : NULL;
    }
}
