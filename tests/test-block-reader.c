/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read ahead: all of it and nothing else, from files that need not be waited for and from what must be, until the end or an error. */

#include "tl-block-reader.h"

#include "tl-test-folder.h"
#include "tl-test-wait.h"

#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

/* More than is read ahead, and no whole block. */
#define SIZE (3 * TL_BLOCK_QUEUE * (gsize) TL_BLOCK_SIZE / 2 + 12345)

typedef struct {
  TlBlockReader *reader;
  guint          n_ready;
  gsize          n;         /* read */
  GChecksum     *checksum;
  GError        *error;
} Reading;

static guint8 *bytes;

static void
ready_cb (TlBlockReader *reader,
          Reading       *self)
{
  self->n_ready++;
}

static Reading *
reading_new (GInputStream *stream)
{
  Reading *self = g_new0 (Reading, 1);

  self->reader = tl_block_reader_new (stream);
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_signal_connect (self->reader, "ready", G_CALLBACK (ready_cb), self);
  return self;
}

static void
reading_free (Reading *self)
{
  g_object_unref (self->reader);
  g_checksum_free (self->checksum);
  g_clear_error (&self->error);
  g_free (self);
}

/* FALSE: the end, or an error. In pieces that are no blocks; where there is nothing yet, "ready" must come. */
static gboolean
read_piece (Reading *self)
{
  gsize length = 0;
  const guint8 *piece;
  guint n_ready = self->n_ready;

  while ((piece = tl_block_reader_peek (self->reader, &length, &self->error)) == NULL && self->error == NULL && length != 0)
    {
      test_wait_for (self->n_ready > n_ready, "what comes next");
      n_ready = self->n_ready;
    }
  if (piece == NULL)
    return FALSE;
  length = MIN (length, 100000);
  g_checksum_update (self->checksum, piece, (gssize) length);
  tl_block_reader_skip (self->reader, length);
  self->n += length;
  return TRUE;
}

static void
assert_whole (Reading *self,
              gsize    from)
{
  g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes + from, SIZE - from);

  while (read_piece (self))
    ;
  g_assert_no_error (self->error);
  g_assert_cmpuint (self->n, ==, SIZE - from);
  g_assert_cmpstr (g_checksum_get_string (self->checksum), ==, expected);
  /* It stays the end. */
  g_assert_false (read_piece (self));
  g_assert_no_error (self->error);
}

/* (transfer full) */
static GInputStream *
open_file (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "tonglu-test-XXXXXX", NULL);
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (unlink (path), ==, 0);
  g_assert_cmpint (write (fd, bytes, SIZE), ==, (gssize) SIZE);
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  return g_unix_input_stream_new (fd, TRUE);
}

static int
get_fd (GInputStream *stream)
{
  return g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream));
}

static void
read_file (const char *folder,
           gsize       from)
{
  GInputStream *stream = open_file (folder);
  Reading *reading;

  g_assert_cmpint (lseek (get_fd (stream), (off_t) from, SEEK_SET), ==, (off_t) from);
  reading = reading_new (stream);
  g_object_unref (stream);
  assert_whole (reading, from);
  reading_free (reading);
}

static void
test_file (void)
{
  read_file (test_folder, 0);
  read_file (test_folder, SIZE / 2 + 1);
  read_file (test_folder, SIZE - 1);
  read_file (test_folder, SIZE);
}

/* It knows no RWF_NOWAIT. */
static void
test_memory (void)
{
  if (access ("/dev/shm", W_OK) != 0)
    {
      g_test_skip ("no file system in memory");
      return;
    }
  read_file ("/dev/shm", 0);
  read_file ("/dev/shm", SIZE / 2 + 1);
}

static gpointer
feed (gpointer data)
{
  const int fd = GPOINTER_TO_INT (data);
  gssize n;

  for (gsize at = 0; at < SIZE; at += (gsize) n)
    {
      n = write (fd, bytes + at, SIZE - at);
      g_assert_cmpint (n, >, 0);
    }
  close (fd);
  return NULL;
}

/* Has no place to read from, and is waited for. */
static void
test_pipe (void)
{
  g_autoptr (GInputStream) stream = NULL;
  Reading *reading;
  GThread *thread;
  int ends[2];

  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  stream = g_unix_input_stream_new (ends[0], TRUE);
  reading = reading_new (stream);
  thread = g_thread_new ("feed", feed, GINT_TO_POINTER (ends[1]));
  assert_whole (reading, 0);
  g_thread_join (thread);
  reading_free (reading);
}

/* Another thing in its place, as where a disk breaks: what was read before it comes, then the error, and no end. */
static void
test_broken (void)
{
  g_autoptr (GInputStream) stream = open_file (test_folder);
  Reading *reading = reading_new (stream);
  int folder = open (test_folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  g_assert_cmpint (folder, >=, 0);
  g_assert_true (read_piece (reading));
  g_assert_cmpint (dup3 (folder, get_fd (stream), O_CLOEXEC), >=, 0);
  close (folder);
  while (read_piece (reading))
    ;
  g_assert_error (reading->error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_assert_cmpuint (reading->n, >=, TL_BLOCK_SIZE);
  g_assert_cmpuint (reading->n, <, SIZE);
  reading_free (reading);
}

/* Its thread ends with it, wherever it was: nobody keeps the file. */
static void
test_dropped (void)
{
  for (gsize n = 0; n < SIZE; n += SIZE / 3)
    {
      GInputStream *stream = open_file (test_folder);
      gpointer watched = stream;
      Reading *reading = reading_new (stream);

      g_object_add_weak_pointer (G_OBJECT (stream), &watched);
      g_object_unref (stream);
      while (reading->n < n)
        g_assert_true (read_piece (reading));
      reading_free (reading);
      test_wait_for (g_atomic_pointer_get (&watched) == NULL, "the thread's end");
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();
  bytes = g_malloc (SIZE);
  for (gsize i = 0; i < SIZE; i++)
    bytes[i] = (guint8) (i * 2654435761u >> 13);

  g_test_add_func ("/ftp/block-reader/file", test_file);
  g_test_add_func ("/ftp/block-reader/memory", test_memory);
  g_test_add_func ("/ftp/block-reader/pipe", test_pipe);
  g_test_add_func ("/ftp/block-reader/broken", test_broken);
  g_test_add_func ("/ftp/block-reader/dropped", test_dropped);

  status = g_test_run ();
  g_free (bytes);
  test_folder_remove ();
  return status;
}
