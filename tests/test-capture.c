/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Capture files, as tshark reads them. */
#include "tl-capture.h"

#include "tl-hex.h"
#include "tl-packet.h"

#include "tl-test-folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static char *
run_tshark (const char *file,
            ...)
{
  static const char *const checks[] = { "ip.check_checksum:TRUE", "tcp.check_checksum:TRUE", "udp.check_checksum:TRUE" };
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *errors = NULL;
  char *output = NULL;
  const char *argument;
  int status;
  va_list args;

  g_ptr_array_add (arguments, (char *) "tshark");
  g_ptr_array_add (arguments, (char *) "-r");
  g_ptr_array_add (arguments, (char *) file);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_ptr_array_add (arguments, (char *) "-o");
      g_ptr_array_add (arguments, (char *) checks[i]);
    }
  va_start (args, file);
  while ((argument = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (arguments, (char *) argument);
  va_end (args);
  g_ptr_array_add (arguments, NULL);

  g_assert_true (g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors, &status, &error));
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("tshark: %s %s", error->message, errors);
  return output;
}

/* Nothing that tshark would warn of. */
static void
assert_clean (const char *file)
{
  g_autofree char *bad = run_tshark (file, "-Y",
                                     "_ws.malformed || _ws.short || ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0"
                                     " || _ws.expert.severity >= 6291456", NULL);

  g_assert_cmpstr (bad, ==, "");
}

static TlCapture *
open_capture (const char           *name,
              const TlCaptureAbout *about,
              char                **path)
{
  g_autoptr (GError) error = NULL;
  TlCapture *capture;

  *path = g_build_filename (test_folder, name, NULL);
  capture = tl_capture_new (*path, about, &error);
  g_assert_no_error (error);
  return capture;
}

static void
add (TlCapture     *capture,
     TlMessageKind  kind,
     const char    *peer,
     guint64        offset,
     const void    *data,
     gsize          length)
{
  static gint64 time = G_GINT64_CONSTANT (1700000000000000);
  const TlMessageInfo info = { .time = time += 1500, .offset = offset, .peer = 1, .length = (guint32) length, .kind = kind };
  g_autoptr (GError) error = NULL;

  tl_capture_add (capture, &info, peer, data, &error);
  g_assert_no_error (error);
}

static void
finish (TlCapture *capture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tl_capture_close (capture, &error));
  g_assert_no_error (error);
}

static void
test_udp (void)
{
  const TlCaptureAbout about = { .local = "0.0.0.0:40001" };
  g_autofree guint8 *large = g_malloc (65507);
  g_autofree char *path = NULL;
  g_autofree char *lines = NULL;
  TlCapture *capture = open_capture ("udp.pcap", &about, &path);
  GStatBuf status;

  memset (large, 0xa5, 65507);
  add (capture, TL_MESSAGE_SENT, "127.0.0.1:50001", 0, "hello", 5);
  add (capture, TL_MESSAGE_RECEIVED, "127.0.0.1:50001", 0, "odd", 3);
  add (capture, TL_MESSAGE_RECEIVED, "[fe80::1%lo]:50002", 0, "six", 3);
  add (capture, TL_MESSAGE_EVENT, NULL, 0, "no packet", 9);
  add (capture, TL_MESSAGE_SENT, "10.1.2.3:50003", 0, "", 0);
  add (capture, TL_MESSAGE_SENT, "10.1.2.3:50003", 0, large, 65507);
  finish (capture);

  assert_clean (path);
  lines = run_tshark (path, "-T", "fields", "-E", "separator=/s", "-e", "ip.src", "-e", "ipv6.src", "-e", "udp.srcport", "-e", "udp.dstport", "-e",
                      "udp.length", "-Y", "udp.port != 9", NULL);
  g_assert_cmpstr (lines, ==,
                   "127.0.0.1  40001 50001 13\n127.0.0.1  50001 40001 11\n fe80::1 50002 40001 11\n0.0.0.0  40001 50003 8\n0.0.0.0  40001 50003 65515\n");
  /* Nobody else reads what was said. */
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

/* The hex digits of what tshark says that one side of a stream sent. (transfer full) */
static char *
dup_followed (const char *path,
              const char *stream,
              gboolean    server)
{
  g_autofree char *tap = g_strconcat ("follow,tcp,raw,", stream, NULL);
  g_autofree char *output = run_tshark (path, "-q", "-z", tap, NULL);
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  GString *all = g_string_new (NULL);
  gboolean begun = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "Node 1:"))
        begun = TRUE;
      else if (begun && !g_str_has_prefix (lines[i], "=") && g_str_has_prefix (lines[i], "\t") == server)
        g_string_append (all, g_strstrip (lines[i]));
    }
  return g_string_free (all, FALSE);
}

static char *
dup_hex (const guint8 *data,
         gsize         length)
{
  g_autofree char *upper = tl_hex_format (data, length, "");

  return g_ascii_strdown (upper, -1);
}

/* Both directions of a stream with large messages; another peer, and a connection anew, are streams of their own. */
static void
test_tcp (gconstpointer user_data)
{
  const gboolean we_listen = GPOINTER_TO_INT (user_data);
  const TlCaptureAbout about = { .is_tcp = TRUE, .we_listen = we_listen, .local = "127.0.0.1:40001" };
  const gsize n = 100001;
  g_autofree guint8 *large = g_malloc (n);
  g_autofree char *path = NULL;
  g_autofree char *received = NULL, *sent = NULL, *again = NULL, *syns = NULL, *expected = NULL, *acks = NULL;
  TlCapture *capture = open_capture (we_listen ? "server.pcap" : "client.pcap", &about, &path);

  for (gsize i = 0; i < n; i++)
    large[i] = (guint8) (i * 7 + i / 251);
  add (capture, TL_MESSAGE_RECEIVED, "127.0.0.1:50001", 0, large, n);
  add (capture, TL_MESSAGE_SENT, "127.0.0.1:50001", 0, "answer", 6);
  add (capture, TL_MESSAGE_RECEIVED, "[::1]:50002", 0, "other", 5);
  add (capture, TL_MESSAGE_RECEIVED, "127.0.0.1:50001", n, "\0end", 4);
  add (capture, TL_MESSAGE_RECEIVED, "127.0.0.1:50001", 0, "anew", 4);
  finish (capture);

  assert_clean (path);
  received = dup_followed (path, "0", !we_listen);
  g_assert_cmpuint (strlen (received), ==, 2 * (n + 4));
  expected = dup_hex (large, n);
  g_assert_true (g_str_has_prefix (received, expected));
  g_assert_true (g_str_has_suffix (received, "00656e64"));
  sent = dup_followed (path, "0", we_listen);
  g_assert_cmpstr (sent, ==, "616e73776572");
  again = dup_followed (path, "2", !we_listen);
  g_assert_cmpstr (again, ==, "616e6577");
  syns = run_tshark (path, "-T", "fields", "-e", "tcp.srcport", "-Y", "tcp.flags.syn == 1 && tcp.flags.ack == 0", NULL);
  g_assert_cmpstr (syns, ==, we_listen ? "50001\n50002\n50001\n" : "40001\n40001\n40001\n");
  acks = run_tshark (path, "-Y", "tcp.analysis.flags && !tcp.analysis.reused_ports", NULL);
  g_assert_cmpstr (acks, ==, "");
}

/* In files of their own, one stream goes on. */
static void
test_rotate (void)
{
  const TlCaptureAbout about = { .is_tcp = TRUE, .local = "127.0.0.1:40001" };
  g_autofree char *path = NULL;
  g_autofree char *next = g_build_filename (test_folder, "rotate-2.pcap", NULL);
  g_autofree char *data = NULL;
  g_autofree char *lines = NULL;
  g_autoptr (GError) error = NULL;
  TlCapture *capture = open_capture ("rotate.pcap", &about, &path);

  add (capture, TL_MESSAGE_SENT, "127.0.0.1:50001", 0, "one", 3);
  g_assert_cmpuint (tl_capture_get_size (capture), >, 24);
  g_assert_true (tl_capture_rotate (capture, next, &error));
  g_assert_cmpuint (tl_capture_get_size (capture), ==, 24);
  add (capture, TL_MESSAGE_SENT, "127.0.0.1:50001", 3, "two", 3);
  finish (capture);

  assert_clean (path);
  assert_clean (next);
  lines = run_tshark (next, "-o", "tcp.relative_sequence_numbers:FALSE", "-T", "fields", "-e", "tcp.seq", "-Y", "tcp.len > 0", NULL);
  g_assert_cmpstr (lines, ==, "4\n");
}

static void
test_errors (void)
{
  const TlCaptureAbout about = { .local = NULL };
  g_autofree char *path = g_build_filename (test_folder, "no", "folder.pcap", NULL);
  g_autoptr (GError) error = NULL;
  TlCapture *capture;
  struct stat info;

  g_assert_null (tl_capture_new (path, &about, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, "folder.pcap"));
  g_clear_error (&error);

  /* A disk that is full when all is written out. A plain file of that name is none, and must not be made. */
  if (stat ("/dev/full", &info) != 0 || !S_ISCHR (info.st_mode))
    {
      g_test_skip ("/dev/full is no device here");
      return;
    }
  capture = tl_capture_new ("/dev/full", &about, &error);
  g_assert_no_error (error);
  add (capture, TL_MESSAGE_SENT, "127.0.0.1:1", 0, "x", 1);
  g_assert_false (tl_capture_close (capture, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
}

static void
test_ends (void)
{
  TlPacketEnd end;

  g_assert_true (tl_packet_end_parse ("[::1]:80", &end));
  g_assert_true (end.is_ipv6 && tl_packet_end_is_loopback (&end));
  g_assert_cmpuint (end.port, ==, 80);
  g_assert_true (tl_packet_end_parse ("0.0.0.0:0", &end));
  g_assert_true (tl_packet_end_is_unspecified (&end));
  g_assert_false (tl_packet_end_parse ("name:80", &end));
  g_assert_false (tl_packet_end_parse ("1.2.3.4:70000", &end));
  g_assert_false (tl_packet_end_parse ("", &end));
  g_assert_false (tl_packet_end_parse ("[:1", &end));
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();

  g_test_add_func ("/capture/udp", test_udp);
  g_test_add_data_func ("/capture/tcp-client", GINT_TO_POINTER (FALSE), test_tcp);
  g_test_add_data_func ("/capture/tcp-server", GINT_TO_POINTER (TRUE), test_tcp);
  g_test_add_func ("/capture/rotate", test_rotate);
  g_test_add_func ("/capture/errors", test_errors);
  g_test_add_func ("/capture/ends", test_ends);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
