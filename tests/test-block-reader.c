/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read ahead: all of it and nothing else, from files that need not be waited for and from what must be, until the end or an error. */

#include "tl-block-reader.h"

#include "tl-test-folder.h"
#include "tl-test-wait.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

/* Linux 6.5 and later; older headers do not know it. */
#define TL_SYS_CACHESTAT 451

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

/* What the reader asks of the system goes through here: what a file system does, and when, is no matter of chance. */
static struct {
  gboolean knows_nowait;  /* RWF_NOWAIT */
  guint    n_at_once;     /* reads that gave something and waited for nothing */
  guint    fails_at;      /* from so many on */
  int      how;           /* they fail with that; 0: with the end of the file, which it is not */
  gboolean knows_pages;   /* cachestat(); else there is mincore() */
  guint    swapped_at;    /* from so many looks on, a page of the block is not in memory */
  guint    n_looks;
} mock;

ssize_t
preadv2 (int                 fd,
         const struct iovec *parts,
         int                 n_parts,
         off_t               offset,
         int                 flags)
{
  ssize_t n;

  if (flags != 0 && !mock.knows_nowait)
    {
      errno = EOPNOTSUPP;
      return -1;
    }
  if (offset >= 0)
    return pread (fd, parts->iov_base, parts->iov_len, offset);
  if (mock.n_at_once >= mock.fails_at)
    {
      errno = mock.how;
      return mock.how == 0 ? 0 : -1;
    }
  n = readv (fd, parts, n_parts);
  mock.n_at_once += n > 0;
  return n;
}

int
mincore (void          *start,
         size_t         length,
         unsigned char *pages)
{
  const int result = (int) syscall (SYS_mincore, start, length, pages);

  g_assert_false (mock.knows_pages);
  /* A busy machine may really have swapped some of it. */
  memset (pages, 1, (length + (size_t) sysconf (_SC_PAGESIZE) - 1) / (size_t) sysconf (_SC_PAGESIZE));
  if (mock.n_looks++ >= mock.swapped_at)
    pages[1] = 0;
  return result;
}

/* How many pages of a file are in memory; @range and @told are the kernel's. */
static int
count_pages (const guint64 range[2],
             guint64       told[5])
{
  const guint64 page = (guint64) sysconf (_SC_PAGESIZE);

  if (!mock.knows_pages)
    {
      errno = ENOSYS;
      return -1;
    }
  g_assert_cmpuint (range[0] % page, ==, 0);
  g_assert_cmpuint (range[1], >, 0);
  told[0] = (range[1] + page - 1) / page - (mock.n_looks++ >= mock.swapped_at);
  return 0;
}

/* GLib's locks go through here, too. */
long
syscall (long number, ...)
{
  static long (*real) (long number, ...);
  long words[6];
  va_list list;

  va_start (list, number);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = va_arg (list, long);
  va_end (list);
  if (number == TL_SYS_CACHESTAT)
    return count_pages ((const guint64 *) words[1], (guint64 *) words[2]);
  if (real == NULL)
    real = (long (*) (long number, ...)) dlsym (RTLD_NEXT, "syscall");
  return real (number, words[0], words[1], words[2], words[3], words[4], words[5]);
}

static void
mock_init (gboolean knows_nowait)
{
  memset (&mock, 0, sizeof mock);
  mock.knows_nowait = knows_nowait;
  mock.fails_at = mock.swapped_at = G_MAXUINT;
}

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

/* So many blocks does the thread leave. */
#define REST(from) ((MAX (SIZE - (from), AHEAD) - AHEAD + TL_BLOCK_SIZE - 1) / TL_BLOCK_SIZE)
#define AHEAD (TL_BLOCK_QUEUE * (gsize) TL_BLOCK_SIZE)

/* How many blocks of it came at once. */
static guint
read_file (const char *folder,
           gsize       from)
{
  GInputStream *stream = open_file (folder);
  Reading *reading;

  g_assert_cmpint (lseek (get_fd (stream), (off_t) from, SEEK_SET), ==, (off_t) from);
  mock.n_at_once = mock.n_looks = 0;
  reading = reading_new (stream);
  g_object_unref (stream);
  if (REST (from) > 0)
    test_wait_for (tl_block_reader_is_resting (reading->reader), "the thread to leave the rest");
  assert_whole (reading, from);
  /* Where all comes at once, the end alone is waited for. */
  if (REST (from) > 0 && mock.fails_at == G_MAXUINT && mock.swapped_at == G_MAXUINT)
    g_assert_cmpuint (reading->n_ready, <=, 1);
  reading_free (reading);
  return mock.n_at_once;
}

static void
test_file (void)
{
  mock_init (TRUE);
  g_assert_cmpuint (read_file (test_folder, 0), ==, REST (0));
  g_assert_cmpuint (read_file (test_folder, SIZE / 4 + 1), ==, REST (SIZE / 4 + 1));
  g_assert_cmpuint (read_file (test_folder, SIZE - 1), ==, 0);
  g_assert_cmpuint (read_file (test_folder, SIZE), ==, 0);
}

/* The disk has to be waited for, or gives an end where there is none: the thread reads on from there. */
static void
test_given_back (gconstpointer data)
{
  mock_init (TRUE);
  mock.how = GPOINTER_TO_INT (data);
  for (mock.fails_at = 0; mock.fails_at < REST (0); mock.fails_at += 3)
    g_assert_cmpuint (read_file (test_folder, 0), ==, mock.fails_at);
}

/* It knows no RWF_NOWAIT, and may have put something onto a disk. */
static void
test_memory (gconstpointer data)
{
  struct statfs info;

  if (access ("/dev/shm", W_OK) != 0 || statfs ("/dev/shm", &info) != 0 || info.f_type != TMPFS_MAGIC)
    {
      g_test_skip ("no file system in memory");
      return;
    }
  mock_init (FALSE);
  mock.knows_pages = GPOINTER_TO_INT (data);
  g_assert_cmpuint (read_file ("/dev/shm", 0), ==, REST (0));
  g_assert_cmpuint (read_file ("/dev/shm", SIZE / 4 + 1), ==, REST (SIZE / 4 + 1));
  for (mock.swapped_at = 0; mock.swapped_at < REST (0) - 1; mock.swapped_at += 3)
    g_assert_cmpuint (read_file ("/dev/shm", 0), ==, mock.swapped_at);
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
  mock_init (TRUE);
  bytes = g_malloc (SIZE);
  for (gsize i = 0; i < SIZE; i++)
    bytes[i] = (guint8) (i * 2654435761u >> 13);

  g_test_add_func ("/ftp/block-reader/file", test_file);
  g_test_add_data_func ("/ftp/block-reader/must-wait", GINT_TO_POINTER (EAGAIN), test_given_back);
  g_test_add_data_func ("/ftp/block-reader/false-end", GINT_TO_POINTER (0), test_given_back);
  g_test_add_data_func ("/ftp/block-reader/memory/pages", GINT_TO_POINTER (TRUE), test_memory);
  g_test_add_data_func ("/ftp/block-reader/memory/map", GINT_TO_POINTER (FALSE), test_memory);
  g_test_add_func ("/ftp/block-reader/pipe", test_pipe);
  g_test_add_func ("/ftp/block-reader/broken", test_broken);
  g_test_add_func ("/ftp/block-reader/dropped", test_dropped);

  status = g_test_run ();
  g_free (bytes);
  test_folder_remove ();
  return status;
}
