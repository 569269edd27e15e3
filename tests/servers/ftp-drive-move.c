/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files, one at a time. */

#include "ftp-drive-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <unistd.h>

static void
progress_cb (guint64  moved,
             gpointer user_data)
{
  Drive *self = user_data;

  if (self->cancel_at > 0 && moved >= self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Drive *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!tl_block_writer_finish_finish (self->writer, result, &error) && self->error == NULL)
    self->error = g_steal_pointer (&error);
  g_clear_object (&self->writer);
  close (self->fd);
  if (self->error != NULL)
    drive_answer_error (self, g_steal_pointer (&self->error));
  else
    drive_answer (self, "ok %" G_GUINT64_FORMAT, self->moved);
}

/* What came is written also when the transfer failed: the script looks at it. */
static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Drive *self = user_data;

  tl_ftp_client_move_finish (self->client, result, &self->moved, &self->error);
  tl_block_writer_finish_async (self->writer, NULL, written_cb, self);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Drive *self = user_data;
  GError *error = NULL;

  if (tl_ftp_client_move_finish (self->client, result, &self->moved, &error))
    drive_answer (self, "ok %" G_GUINT64_FORMAT, self->moved);
  else
    drive_answer_error (self, error);
}

static void
fetch (Drive   *self,
       GBytes  *path,
       guint64  offset)
{
  g_autoptr (GOutputStream) stream = NULL;

  self->fd = open (self->file, O_WRONLY | O_CREAT | (offset == 0 ? O_TRUNC : 0), 0600);
  if (self->fd < 0 || lseek (self->fd, offset, SEEK_SET) < 0)
    g_error ("%s: %s", self->file, g_strerror (errno));
  stream = g_unix_output_stream_new (self->fd, FALSE);
  self->writer = tl_block_writer_new (stream, -1);
  tl_ftp_client_fetch_async (self->client, path, offset, self->writer, progress_cb, self, self->cancellable, fetched_cb, self);
}

static void
store (Drive   *self,
       GBytes  *path,
       guint64  offset)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (TlBlockReader) reader = NULL;
  int fd = open (self->file, O_RDONLY);

  if (fd < 0 || lseek (fd, offset, SEEK_SET) < 0)
    g_error ("%s: %s", self->file, g_strerror (errno));
  stream = g_unix_input_stream_new (fd, TRUE);
  reader = tl_block_reader_new (stream);
  tl_ftp_client_store_async (self->client, path, offset, reader, progress_cb, self, self->cancellable, stored_cb, self);
}

gboolean
drive_move (Drive  *self,
            char  **words,
            GBytes *path)
{
  guint64 offset;

  if (!g_str_equal (words[0], "fetch") && !g_str_equal (words[0], "store"))
    return FALSE;
  offset = g_ascii_strtoull (words[2], NULL, 10);
  self->file = drive_text_from_hex (words[3]);
  self->cancel_at = words[4] != NULL ? g_ascii_strtoull (words[4], NULL, 10) : 0;
  if (words[0][0] == 'f')
    fetch (self, path, offset);
  else
    store (self, path, offset);
  return TRUE;
}
