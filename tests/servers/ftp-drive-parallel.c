/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same file by many connections at once, as the queue does it: each is a sibling of the browsing one. */

#include "ftp-drive-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <unistd.h>

/* One sibling, which fetches the file several times, one after the other. */
typedef struct {
  Drive         *drive;
  TlFtpClient   *client;
  GBytes        *path;
  char          *name;     /* of the local file */
  guint          n_left;
  int            fd;
  TlBlockWriter *writer;
} Mover;

/* Of the one command that runs. */
static guint n_moving;
static guint n_good;
static GError *first_error;

static void begin (Mover *self);

static void
mover_free (Mover *self)
{
  tl_ftp_client_close (self->client);
  g_object_unref (self->client);
  g_bytes_unref (self->path);
  g_free (self->name);
  g_free (self);
}

static void
go_on (Mover *self)
{
  Drive *drive = self->drive;

  if (first_error == NULL && --self->n_left > 0)
    {
      begin (self);
      return;
    }
  mover_free (self);
  if (--n_moving > 0)
    return;
  if (first_error != NULL)
    drive_answer_error (drive, g_steal_pointer (&first_error));
  else
    drive_answer (drive, "ok %u", n_good);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Mover *self = user_data;
  const gboolean good = tl_block_writer_finish_finish (self->writer, result, first_error == NULL ? &first_error : NULL);

  g_clear_object (&self->writer);
  close (self->fd);
  if (good && first_error == NULL)
    n_good++;
  go_on (self);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Mover *self = user_data;

  tl_ftp_client_move_finish (self->client, result, NULL, first_error == NULL ? &first_error : NULL);
  tl_block_writer_finish_async (self->writer, NULL, written_cb, self);
}

static void
begin (Mover *self)
{
  g_autoptr (GOutputStream) stream = NULL;

  self->fd = open (self->name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (self->fd < 0)
    g_error ("%s: %s", self->name, g_strerror (errno));
  stream = g_unix_output_stream_new (self->fd, FALSE);
  self->writer = tl_block_writer_new (stream, -1);
  tl_ftp_client_fetch_async (self->client, self->path, 0, self->writer, NULL, NULL, NULL, fetched_cb, self);
}

gboolean
drive_parallel (Drive  *self,
                char  **words,
                GBytes *path)
{
  g_autofree char *file = NULL;
  guint n;

  if (!g_str_equal (words[0], "parallel"))
    return FALSE;
  n = (guint) g_ascii_strtoull (words[2], NULL, 10);
  file = drive_text_from_hex (words[4]);
  n_moving = n;
  n_good = 0;
  for (guint i = 0; i < n; i++)
    {
      Mover *mover = g_new0 (Mover, 1);

      mover->drive = self;
      mover->client = tl_ftp_client_new_sibling (self->client);
      mover->path = g_bytes_ref (path);
      mover->name = g_strdup_printf ("%s.%u", file, i);
      mover->n_left = (guint) g_ascii_strtoull (words[3], NULL, 10);
      begin (mover);
    }
  return TRUE;
}
