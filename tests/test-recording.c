/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log that is recorded to files: whole, numbered, on disks that do not take it, and killed. */
#include "tl-recording.h"

#include "tl-test-folder.h"
#include "tl-test-wait.h"
#include "tl-tshark-test.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define PEER "127.0.0.1:50001"

static const TlCaptureAbout tcp = { .is_tcp = TRUE, .local = "127.0.0.1:40001" };

static char *
in_folder (const char *name)
{
  return g_build_filename (test_folder, name, NULL);
}

static TlRecording *
start (TlMessageLog   *log,
       const char     *path,
       TlExportFormat  format,
       guint64         max_bytes,
       guint           max_files)
{
  const TlRecordingOptions options = { format, TL_CHARSET_UTF_8, FALSE, max_bytes, max_files };

  return tl_recording_new (log, path, &options, &tcp);
}

static void
stop (TlRecording *recording)
{
  tl_recording_stop (recording);
  test_wait_for (!tl_recording_get_running (recording), "the recording to end");
}

/* The last line of that kind in the log. (transfer full) */
static char *
dup_last (TlMessageLog  *log,
          TlMessageKind  kind)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (log);
  TlMessageInfo info;

  tl_message_log_flush (log);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (log)); i-- > 0;)
    if (tl_message_source_peek (source, i, &info) && info.kind == kind)
      return tl_message_source_decode (source, i, TL_CHARSET_UTF_8, TRUE, 0);
  return g_strdup ("");
}

static void
assert_said (TlMessageLog  *log,
             TlMessageKind  kind,
             const char    *part)
{
  g_autofree char *line = dup_last (log, kind);

  if (strstr (line, part) == NULL)
    g_error ("“%s” is not in “%s”", part, line);
}

static guint8 *
make_payload (gsize length,
              guint seed)
{
  guint8 *data = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (i * 7 + i / 251 + seed * 13);
  return data;
}

/* Of a stream that goes over many files each can be read alone, and all together are one connection. */
static void
test_rotation (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  const guint32 peer = tl_message_log_add_peer (log, PEER);
  g_autofree char *path = in_folder ("rotated.pcap");
  g_autofree char *taken = in_folder ("rotated-0002.pcap");
  g_autofree char *merged = in_folder ("merged.pcap");
  g_autofree char *followed = NULL, *lost = NULL, *notes = NULL, *kept = NULL;
  g_autoptr (TlRecording) recording = NULL;
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GPtrArray) command = g_ptr_array_new_with_free_func (g_free);
  struct stat status;

  /* Whose file that is nobody knows: it stays as it is. */
  g_assert_true (g_file_set_contents (taken, "not ours", -1, NULL));
  recording = start (log, path, TL_EXPORT_CAPTURE, 100 * 1024, 0);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree guint8 *data = make_payload (2000, i);

      tl_message_log_append (log, i % 3 == 0 ? TL_MESSAGE_SENT : TL_MESSAGE_RECEIVED, 0, peer, data, 2000);
      for (guint j = 0; i % 3 == 0 && j < 2000; j++)
        g_string_append_printf (expected, "%02x", data[j]);
    }
  stop (recording);
  g_assert_cmpuint (tl_recording_get_n_written (recording), ==, 200);
  g_assert_cmpuint (tl_recording_get_n_lost (recording), ==, 0);
  g_assert_cmpuint (tl_recording_get_n_files (recording), >=, 4);
  assert_said (log, TL_MESSAGE_EVENT, "200 messages");

  for (const char *const *word = (const char *const[]) { "mergecap", "-a", "-F", "pcap", "-w", merged, NULL }; *word != NULL; word++)
    g_ptr_array_add (command, g_strdup (*word));
  for (guint i = 0, number = 1; i < tl_recording_get_n_files (recording); i++, number += number == 1 ? 2 : 1)
    {
      g_autofree char *name = g_strdup_printf ("rotated-%04u.pcap", number);
      g_autofree char *file = in_folder (name);

      g_assert_cmpint (stat (file, &status), ==, 0);
      /* Nobody else reads what was said. */
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
      g_assert_cmpint (status.st_size, <, 100 * 1024 + 4096);
      assert_clean (file);
      g_ptr_array_add (command, g_steal_pointer (&file));
    }
  g_ptr_array_add (command, NULL);
  g_assert_true (g_spawn_sync (NULL, (char **) command->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  assert_clean (merged);
  lost = run_tshark (merged, "-Y", "tcp.analysis.flags", NULL);
  g_assert_cmpstr (lost, ==, "");
  followed = dup_followed (merged, "0", FALSE);
  g_assert_cmpuint (strlen (followed), ==, expected->len);
  g_assert_cmpstr (followed, ==, expected->str);
  notes = run_tshark (merged, "-T", "fields", "-e", "udp.dstport", "-Y", "udp.port == 9", NULL);
  g_assert_cmpuint (strlen (notes), ==, 2 * tl_recording_get_n_files (recording));
  g_assert_true (g_file_get_contents (taken, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "not ours");
}

/* Only the newest files are kept, and only ours go. */
static void
test_kept (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  const guint32 peer = tl_message_log_add_peer (log, PEER);
  g_autofree char *path = in_folder ("kept");
  g_autofree char *foreign = in_folder ("kept-0001");
  g_autoptr (TlRecording) recording = NULL;
  g_autofree guint8 *data = make_payload (1000, 1);
  guint n_there = 0;

  g_assert_true (g_file_set_contents (foreign, "not ours", -1, NULL));
  recording = start (log, path, TL_EXPORT_SENT_BYTES, 10000, 3);
  for (guint i = 0; i < 95; i++)
    tl_message_log_append (log, TL_MESSAGE_SENT, 0, peer, data, 1000);
  stop (recording);
  g_assert_cmpuint (tl_recording_get_n_files (recording), ==, 10);
  g_assert_cmpuint (tl_recording_get_total (recording), ==, 95000);
  for (guint i = 1; i <= 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("kept-%04u", i);
      g_autofree char *file = in_folder (name);

      n_there += g_file_test (file, G_FILE_TEST_EXISTS) ? 1 : 0;
    }
  g_assert_cmpuint (n_there, ==, 4);
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
  g_assert_true (g_str_has_suffix (tl_recording_get_path (recording), "kept-0011"));
  assert_said (log, TL_MESSAGE_EVENT, "in 10 files, the last of them “kept-0011”");
}

/* (transfer full) */
static char *
read_file (const char *path)
{
  char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  return contents;
}

/* Lines come within a second, and a character in two pieces comes whole. */
static void
test_lines (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  const guint32 peer = tl_message_log_add_peer (log, PEER);
  g_autofree char *path = in_folder ("lines.jsonl");
  g_autofree char *text_path = in_folder ("lines.txt");
  g_autofree char *now = NULL, *lines = NULL, *text = NULL;
  g_autoptr (TlRecording) recording = start (log, path, TL_EXPORT_JSON_LINES, 0, 0);
  g_autoptr (TlRecording) other = start (log, text_path, TL_EXPORT_TEXT, 0, 0);

  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1000000, peer, "\xe4\xbd", 2);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1000001, peer, "\xa0!", 2);
  tl_message_log_append_text (log, TL_MESSAGE_EVENT, peer, "an event");
  test_wait_for (tl_recording_get_n_written (recording) == 3, "the lines to be written");
  now = read_file (path);
  g_assert_nonnull (strstr (now, "\"text\":\"你!\",\"base64\":\"oCE=\"}\n"));
  stop (recording);
  stop (other);
  lines = read_file (path);
  g_assert_nonnull (strstr (lines, "\"kind\":\"event\""));
  text = read_file (text_path);
  g_assert_nonnull (strstr (text, "你!\n"));
  g_assert_nonnull (strstr (text, "an event\n"));
}

static void
set_file_limit (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* A disk that is full: told with its errno, what is there stays readable, and when there is room again nothing is missing. */
static void
test_full (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  const guint32 peer = tl_message_log_add_peer (log, PEER);
  g_autofree char *path = in_folder ("full.pcap");
  g_autoptr (TlRecording) recording = start (log, path, TL_EXPORT_CAPTURE, 0, 0);
  g_autofree guint8 *data = make_payload (50000, 1);
  g_autofree char *followed = NULL;
  struct stat status;

  tl_message_log_append (log, TL_MESSAGE_SENT, 0, peer, data, 50000);
  test_wait_for (tl_recording_get_n_written (recording) == 1, "the first message to be written");
  set_file_limit (80000);
  tl_message_log_append (log, TL_MESSAGE_SENT, 0, peer, data, 50000);
  test_wait_for (tl_recording_get_error (recording) != NULL, "the disk to be full");
  g_assert_nonnull (strstr (tl_recording_get_error (recording), g_strerror (EFBIG)));
  assert_said (log, TL_MESSAGE_WARNING, "is not being written; the session goes on");
  g_assert_true (tl_recording_get_running (recording));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_size, <, 80000);
  assert_clean (path);

  set_file_limit (RLIM_INFINITY);
  test_wait_for (tl_recording_get_error (recording) == NULL, "the disk to take it");
  assert_said (log, TL_MESSAGE_EVENT, "is being written again");
  stop (recording);
  g_assert_cmpuint (tl_recording_get_n_written (recording), ==, 2);
  g_assert_cmpuint (tl_recording_get_n_lost (recording), ==, 0);
  assert_clean (path);
  followed = dup_followed (path, "0", FALSE);
  g_assert_cmpuint (strlen (followed), ==, 200000);
}

/* A disk that stays full until the end, and more than may wait: what is missing is counted to the message. */
static void
test_lost (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  const guint32 peer = tl_message_log_add_peer (log, PEER);
  g_autofree char *path = in_folder ("lost.bin");
  g_autoptr (TlRecording) recording = start (log, path, TL_EXPORT_SENT_BYTES, 0, 0);
  g_autofree guint8 *data = make_payload (1024 * 1024, 1);
  struct stat status;

  tl_message_log_append (log, TL_MESSAGE_SENT, 0, peer, "first", 5);
  test_wait_for (tl_recording_get_n_written (recording) == 1, "the first message to be written");
  set_file_limit (1000);
  for (guint i = 0; i < 80; i++)
    tl_message_log_append (log, TL_MESSAGE_SENT, 0, peer, data, 1024 * 1024);
  assert_said (log, TL_MESSAGE_WARNING, "cannot keep up");
  test_wait_for (tl_recording_get_error (recording) != NULL, "the disk to be full");
  stop (recording);
  set_file_limit (RLIM_INFINITY);
  g_assert_cmpuint (tl_recording_get_n_written (recording), ==, 1);
  g_assert_cmpuint (tl_recording_get_n_lost (recording), ==, 80);
  assert_said (log, TL_MESSAGE_WARNING, "80 messages are missing in the recording. “");
  assert_said (log, TL_MESSAGE_WARNING, g_strerror (EFBIG));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_size, ==, 5);
}

/* The folder is taken away and comes back; the file is removed. */
static void
test_gone (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  const guint32 peer = tl_message_log_add_peer (log, PEER);
  g_autofree char *folder = in_folder ("folder");
  g_autofree char *away = in_folder ("away");
  g_autofree char *path = g_build_filename (folder, "gone.pcap", NULL);
  g_autofree char *moved = g_build_filename (away, "gone.pcap", NULL);
  g_autofree char *syns = NULL, *first = NULL;
  g_autoptr (TlRecording) recording = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  recording = start (log, path, TL_EXPORT_CAPTURE, 0, 0);
  tl_message_log_append (log, TL_MESSAGE_SENT, 0, peer, "one", 3);
  test_wait_for (tl_recording_get_n_written (recording) == 1, "the first message to be written");
  g_assert_cmpint (g_rename (folder, away), ==, 0);
  tl_message_log_append (log, TL_MESSAGE_SENT, 0, peer, "two", 3);
  test_wait_for (tl_recording_get_error (recording) != NULL, "the folder to be missed");
  assert_said (log, TL_MESSAGE_WARNING, "removed, moved or replaced");
  assert_said (log, TL_MESSAGE_WARNING, g_strerror (ENOENT));
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  test_wait_for (tl_recording_get_error (recording) == NULL, "the folder to be there again");
  stop (recording);
  g_assert_cmpuint (tl_recording_get_n_lost (recording), ==, 0);
  g_assert_cmpuint (tl_recording_get_n_files (recording), ==, 2);
  assert_clean (moved);
  assert_clean (path);
  first = run_tshark (moved, "-T", "fields", "-e", "tcp.payload", "-Y", "tcp.len > 0", NULL);
  g_assert_cmpstr (first, ==, "6f6e65\n");
  syns = run_tshark (path, "-T", "fields", "-e", "tcp.payload", "-Y", "tcp.len > 0", NULL);
  g_assert_cmpstr (syns, ==, "74776f\n");
}

/* Where nothing can be made it ends at once, with a sentence; what is there is not touched. */
static void
test_refused (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  g_autofree char *path = g_build_filename (test_folder, "no", "folder.pcap", NULL);
  g_autoptr (TlRecording) recording = start (log, path, TL_EXPORT_CAPTURE, 0, 0);
  g_autoptr (TlRecording) full = NULL;
  struct stat status;

  test_wait_for (!tl_recording_get_running (recording), "the recording to end by itself");
  assert_said (log, TL_MESSAGE_ERROR, "folder.pcap” could not be written.");
  assert_said (log, TL_MESSAGE_ERROR, g_strerror (ENOENT));

  /* A plain file of that name is no full disk. */
  if (stat ("/dev/full", &status) != 0 || !S_ISCHR (status.st_mode))
    {
      g_test_skip ("/dev/full is no device here");
      return;
    }
  full = start (log, "/dev/full", TL_EXPORT_CAPTURE, 0, 0);
  test_wait_for (!tl_recording_get_running (full), "the recording onto a full disk to end by itself");
  assert_said (log, TL_MESSAGE_ERROR, g_strerror (ENOSPC));
  g_assert_true (stat ("/dev/full", &status) == 0 && S_ISCHR (status.st_mode));
}

/* In the child: up to 5,000 messages a second, which is as many as tshark reads back in short; says how many were given, ten times a second. */
typedef struct {
  TlMessageLog *log;
  guint32       peer;
  guint32       n;
  guint         turn;
} Flood;

static gboolean
flood_cb (gpointer user_data)
{
  Flood *flood = user_data;

  for (guint i = 0; i < 5; i++, flood->n++)
    {
      char text[32];

      /* tshark takes many bytes for some protocol or other, and then finds it malformed. */
      tl_message_log_append (flood->log, TL_MESSAGE_RECEIVED, 0, flood->peer, text, (gsize) g_snprintf (text, sizeof text, "message %u", flood->n));
    }
  if (flood->turn++ % 100 == 0 && write (STDOUT_FILENO, &flood->n, sizeof flood->n) != sizeof flood->n)
    _exit (1);
  return G_SOURCE_CONTINUE;
}

G_GNUC_NORETURN static void
flood_main (const char *path)
{
  static const TlCaptureAbout udp = { .local = "127.0.0.1:40001" };
  const TlRecordingOptions options = { TL_EXPORT_CAPTURE, TL_CHARSET_UTF_8, TRUE, 0, 0 };
  TlMessageLog *log = tl_message_log_new ();
  Flood flood = { log, tl_message_log_add_peer (log, PEER), 0, 0 };

  tl_recording_new (log, path, &options, &udp);
  g_timeout_add (1, flood_cb, &flood);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct {
  guint32 n;
  gint64  time;
} Mark;

/* Killed in the middle of a flood: what was given more than some seconds before is in the file, in order, and the file can be read. */
static void
test_killed (void)
{
  g_autofree char *path = in_folder ("killed.pcap");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *arguments[] = { self, "--flood", path, NULL };
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_autofree char *payloads = NULL;
  const char *line;
  gsize length;
  gint64 end = G_MAXINT64;
  guint32 least = 0, n = 0;

  child = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  /* From the first word on: until then it begins. A second is what is promised, and a busy machine is given two more. */
  while (g_get_monotonic_time () < end)
    {
      Mark mark;

      g_assert_true (g_input_stream_read_all (g_subprocess_get_stdout_pipe (child), &mark.n, sizeof mark.n, NULL, NULL, &error));
      mark.time = g_get_monotonic_time ();
      if (marks->len == 0)
        end = mark.time + 7 * G_TIME_SPAN_SECOND / 2;
      g_array_append_val (marks, mark);
    }
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  for (guint i = 0; i < marks->len && g_array_index (marks, Mark, i).time < end - 3 * G_TIME_SPAN_SECOND; i++)
    least = g_array_index (marks, Mark, i).n;

  assert_clean (path);
  payloads = run_tshark (path, "-T", "fields", "-e", "udp.payload", "-Y", "udp.port != 9", NULL);
  length = strlen (payloads);
  /* Without functions for strings: with checks of all of it in each call they would take minutes. */
  line = payloads;
  for (const char *newline; line < payloads + length; line = newline + 1, n++)
    {
      char expected[64] = "";
      char text[32];

      newline = memchr (line, '\n', (gsize) (payloads + length - line));
      g_assert_nonnull (newline);
      g_snprintf (text, sizeof text, "message %u", n);
      for (guint i = 0; text[i] != '\0'; i++)
        g_snprintf (expected + 2 * i, 3, "%02x", (guchar) text[i]);
      g_assert_cmpmem (line, newline - line, expected, strlen (expected));
    }
  g_test_message ("%u of at least %u messages", n, least);
  g_assert_cmpuint (least, >, 0);
  g_assert_cmpuint (n, >=, least);
}

/* A program that ends waits for what was stopped; nobody else does. */
static void
test_end (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  const guint32 peer = tl_message_log_add_peer (log, PEER);
  g_autofree char *path = in_folder ("end.bin");
  TlRecording *recording = start (log, path, TL_EXPORT_SENT_BYTES, 0, 0);
  g_autofree guint8 *data = make_payload (1000, 1);
  struct stat status;

  for (guint i = 0; i < 20000; i++)
    tl_message_log_append (log, TL_MESSAGE_SENT, 0, peer, data, 1000);
  g_assert_finalize_object (recording);
  tl_recording_wait_for_all ();
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_size, ==, 20000000);
}

int
main (int    argc,
      char **argv)
{
  int status;

  signal (SIGXFSZ, SIG_IGN);
  if (argc == 3 && g_str_equal (argv[1], "--flood"))
    flood_main (argv[2]);

  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  test_folder_make ();

  g_test_add_func ("/recording/rotation", test_rotation);
  g_test_add_func ("/recording/kept", test_kept);
  g_test_add_func ("/recording/lines", test_lines);
  g_test_add_func ("/recording/full", test_full);
  g_test_add_func ("/recording/lost", test_lost);
  g_test_add_func ("/recording/gone", test_gone);
  g_test_add_func ("/recording/refused", test_refused);
  g_test_add_func ("/recording/killed", test_killed);
  g_test_add_func ("/recording/end", test_end);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
