/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is proved of a transfer, and what is not taken for one: another content, an end without a word, an encryption that was cut off. */

#include "tl-ftp-answerer.h"
#include "tl-ftp-test.h"
#include "tl-test-folder.h"
#include "tl-transfer-queue.h"

#include <sys/stat.h>

/* The leak checker of GCC 12 falls over the thread-local storage of modules that were loaded late, as those of TLS are. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "intercept_tls_get_addr=0";
}

/* More than what is not worth a hash. */
#define LENGTH 100000
#define NAME "a.bin"
#define FEAT(what) "211-x\r\n EPSV\r\n " what "\r\n REST STREAM\r\n SIZE\r\n211 End\r\n"

typedef struct {
  TestFtp         *ftp;
  TlFtpClient     *client;
  TestAnswerer    *answerer;
  TlTransferQueue *queue;
  char            *path;       /* of this computer */
  char            *content;
} Fixture;

typedef struct {
  const char *feat;
  const char *verb;
  const char *before;          /* in the answer, before and behind the hash */
  const char *behind;
  const char *matches;         /* what the note says */
  gboolean    upload;
} Way;

static void
set_up_with (Fixture *self,
             TestFtp *ftp)
{
  g_autofree char *size = g_strdup_printf ("213 %d\r\n", LENGTH);

  self->ftp = ftp;
  self->client = test_ftp_client (ftp);
  self->answerer = test_answerer_new ("a", "b");
  g_object_set (self->client, "asker", self->answerer, NULL);
  self->queue = tl_transfer_queue_new ();
  g_object_set (self->queue, "retry-delay", 1, NULL);
  self->path = g_build_filename (test_folder, NAME, NULL);
  self->content = g_malloc (LENGTH + 1);
  for (guint i = 0; i < LENGTH; i++)
    self->content[i] = (char) ('a' + i * 7 % 26);
  self->content[LENGTH] = '\0';
  test_ftp_content (ftp, self->content);
  test_ftp_answer_only (ftp, "SIZE", size);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  set_up_with (self, test_ftp_new ());
}

static void
set_up_tls (Fixture       *self,
            gconstpointer  data)
{
  set_up_with (self, test_ftp_new_tls ());
  g_object_set (tl_ftp_client_get_site (self->client), "security", TL_FTP_SECURITY_AUTO, NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  tl_ftp_client_close (self->client);
  g_assert_finalize_object (self->queue);
  test_wait (G_OBJECT (self->client)->ref_count == 1);
  g_assert_finalize_object (self->client);
  test_wait (G_OBJECT (self->answerer)->ref_count == 1);
  g_assert_finalize_object (self->answerer);
  test_ftp_free (self->ftp);
  g_unlink (self->path);
  g_free (self->path);
  g_free (self->content);
}

static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (test_folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

static gboolean
is_over (Fixture *self)
{
  guint n_active;

  g_object_get (self->queue, "n-active", &n_active, NULL);
  return n_active == 0;
}

/* Over, well or not. (transfer none) */
static TlTransfer *
move (Fixture  *self,
      gboolean  upload)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GBytes) remote = test_bytes ("/" NAME);
  TlTransfer *transfer;

  if (upload)
    {
      g_autofree char *size = g_strdup_printf ("213 %d\r\n", LENGTH);

      /* It is not there before. */
      test_ftp_answer_only (self->ftp, "SIZE", "550 no such file\r\n");
      test_ftp_answer (self->ftp, "SIZE", size);
      test_ftp_answer_only (self->ftp, "MDTM", "550 no such file\r\n");
      g_assert_true (g_file_set_contents (self->path, self->content, LENGTH, NULL));
      transfer = tl_transfer_queue_upload (self->queue, self->client, file, remote);
    }
  else
    transfer = tl_transfer_queue_download (self->queue, self->client, remote, FALSE, -1, file);
  test_wait (is_over (self));
  return transfer;
}

/* Another content than that of the server, and that of the server: the hash tells. */
static void
test_hash (Fixture       *self,
           gconstpointer  data)
{
  const Way *way = data;
  gboolean crc = g_str_equal (way->verb, "XCRC");
  g_autofree char *right = crc ? g_strdup ("3a02923f") : g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->content, LENGTH);
  g_autofree char *wrong = g_strdup (right);
  g_autofree char *answer = NULL;
  g_autofree char *good = NULL;
  TlTransfer *transfer;

  wrong[0] = wrong[0] == '0' ? '1' : '0';
  answer = g_strconcat (way->before, wrong, way->behind, NULL);
  good = g_strconcat (way->before, right, way->behind, NULL);
  test_ftp_answer (self->ftp, "FEAT", way->feat);
  test_ftp_answer (self->ftp, way->verb, answer);
  transfer = move (self, way->upload);
  g_assert_cmpint (tl_transfer_get_state (transfer), ==, TL_TRANSFER_FAILED);
  g_assert_cmpuint (test_ftp_count (self->ftp, way->verb), >=, 1);
  /* The sentence has both. */
  g_assert_nonnull (strstr (tl_transfer_get_error (transfer), right));
  g_assert_nonnull (strstr (tl_transfer_get_error (transfer), wrong));
  /* What came is not the file: it has neither its name nor a part. */
  g_assert_cmpuint (count_files (), ==, way->upload ? 1 : 0);

  test_ftp_answer_only (self->ftp, way->verb, good);
  transfer = move (self, way->upload);
  g_assert_cmpstr (tl_transfer_get_error (transfer), ==, NULL);
  g_assert_cmpint (tl_transfer_get_state (transfer), ==, TL_TRANSFER_DONE);
  g_assert_nonnull (strstr (tl_transfer_get_note (transfer), way->matches));
}

/* The connection ends without the word that all was moved: whatever has come, it is not done. Once the word comes, it is. */
static void
test_no_word (Fixture       *self,
              gconstpointer  data)
{
  const gboolean upload = GPOINTER_TO_INT (data);
  TlTransfer *transfer;

  test_ftp_answer_only (self->ftp, upload ? "STOR" : "RETR", upload ? "150 go\r\n{take}{end}" : "150 file\r\n{data}{end}");
  test_ftp_answer_only (self->ftp, "FEAT", "211-x\r\n EPSV\r\n SIZE\r\n211 End\r\n");
  test_ftp_answer_only (self->ftp, "REST", "502 no\r\n");
  test_ftp_answer_only (self->ftp, "APPE", "502 no\r\n");
  transfer = move (self, upload);
  g_assert_cmpint (tl_transfer_get_state (transfer), ==, TL_TRANSFER_FAILED);
  g_assert_nonnull (tl_transfer_get_error (transfer));
  g_assert_false (!upload && g_file_test (self->path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (test_ftp_count (self->ftp, upload ? "STOR" : "RETR"), >, 1);
}

/* TLS without its end: with a size that was told before all is known to be there, and the note says how it ended; without one nobody knows. */
static void
test_unclean (Fixture       *self,
              gconstpointer  data)
{
  const gboolean size_known = GPOINTER_TO_INT (data);
  TlTransfer *transfer;

  test_ftp_answer_only (self->ftp, "RETR", "150 file\r\n{cut}226 done\r\n");
  if (!size_known)
    test_ftp_answer_only (self->ftp, "SIZE", "550 no\r\n");
  transfer = move (self, FALSE);
  if (size_known)
    {
      g_assert_cmpstr (tl_transfer_get_error (transfer), ==, NULL);
      g_assert_cmpint (tl_transfer_get_state (transfer), ==, TL_TRANSFER_DONE);
      g_assert_nonnull (strstr (tl_transfer_get_note (transfer), "ended uncleanly"));
      g_assert_true (g_file_test (self->path, G_FILE_TEST_EXISTS));
    }
  else
    {
      g_assert_cmpint (tl_transfer_get_state (transfer), ==, TL_TRANSFER_FAILED);
      g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
    }
}

/* A file that is said to be longer than what can be read of it, as where a disk gives an end that is none: what the server has of it is not the file. */
static void
test_short_source (Fixture       *self,
                   gconstpointer  data)
{
  static const char path[] = "/sys/devices/system/cpu/online";
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) remote = test_bytes ("/" NAME);
  g_autofree char *text = NULL;
  g_autofree char *told = NULL;
  TlTransfer *transfer;
  struct stat info;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL) || stat (path, &info) != 0 || length == 0 || info.st_size <= (off_t) length)
    {
      g_test_skip ("no file of that kind");
      return;
    }
  told = g_strdup_printf ("%" G_GSIZE_FORMAT " of its %" G_GINT64_FORMAT " bytes", length, (gint64) info.st_size);
  test_ftp_answer_only (self->ftp, "SIZE", "550 no such file\r\n");
  test_ftp_answer_only (self->ftp, "MDTM", "550 no such file\r\n");
  transfer = tl_transfer_queue_upload (self->queue, self->client, file, remote);
  test_wait (is_over (self));
  g_assert_cmpint (tl_transfer_get_state (transfer), ==, TL_TRANSFER_FAILED);
  g_assert_nonnull (strstr (tl_transfer_get_error (transfer), told));
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  static const Way ways[] = {
    { FEAT ("HASH SHA-256*;MD5"), "HASH", "213 SHA-256 0-99999 ", " " NAME "\r\n", "SHA-256 matches", FALSE },
    { FEAT ("HASH SHA-256*;MD5"), "HASH", "213 SHA-256 0-99999 ", " " NAME "\r\n", "SHA-256 matches", TRUE },
    { FEAT ("XCRC"), "XCRC", "250 ", "\r\n", "CRC32 matches", FALSE },
    { FEAT ("XCRC"), "XCRC", "250 ", "\r\n", "CRC32 matches", TRUE },
  };
  int result;

  test_folder_make ();
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, start, func) g_test_add ("/transfer-proof/" name, Fixture, data, start, func, tear_down)
  ADD ("hash/download", &ways[0], set_up, test_hash);
  ADD ("hash/upload", &ways[1], set_up, test_hash);
  ADD ("hash/download-old", &ways[2], set_up, test_hash);
  ADD ("hash/upload-old", &ways[3], set_up, test_hash);
  ADD ("no-word/download", GINT_TO_POINTER (FALSE), set_up, test_no_word);
  ADD ("no-word/upload", GINT_TO_POINTER (TRUE), set_up, test_no_word);
  ADD ("short-source", NULL, set_up, test_short_source);
  ADD ("unclean/size-known", GINT_TO_POINTER (TRUE), set_up_tls, test_unclean);
  ADD ("unclean/size-unknown", GINT_TO_POINTER (FALSE), set_up_tls, test_unclean);
  result = g_test_run ();
  test_folder_remove ();
  return result;
}
