/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Capture files, as tshark reads them. */
#include "tl-capture.h"

#include "tl-hex.h"
#include "tl-packet.h"

#include "tl-test-folder.h"
#include "tl-tshark-test.h"

#include <glib/gstdio.h>
#include <string.h>

/* What the capture that is being made has given so far. */
static GString *out;

static TlCapture *
open_capture (const char           *name,
              const TlCaptureAbout *about,
              char                **path)
{
  *path = g_build_filename (test_folder, name, NULL);
  out = g_string_new (NULL);
  return tl_capture_new (out, about);
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

  tl_capture_add (capture, &info, peer, data);
}

static void
finish (TlCapture  *capture,
        const char *path)
{
  g_autoptr (GError) error = NULL;

  tl_capture_end (capture);
  tl_capture_free (capture);
  g_file_set_contents (path, out->str, (gssize) out->len, &error);
  g_assert_no_error (error);
  g_string_free (out, TRUE);
}

static void
test_udp (void)
{
  const TlCaptureAbout about = { .local = "0.0.0.0:40001" };
  g_autofree guint8 *large = g_malloc (65507);
  g_autofree char *path = NULL;
  g_autofree char *lines = NULL;
  TlCapture *capture = open_capture ("udp.pcap", &about, &path);

  memset (large, 0xa5, 65507);
  add (capture, TL_MESSAGE_SENT, "127.0.0.1:50001", 0, "hello", 5);
  add (capture, TL_MESSAGE_RECEIVED, "127.0.0.1:50001", 0, "odd", 3);
  add (capture, TL_MESSAGE_RECEIVED, "[fe80::1%lo]:50002", 0, "six", 3);
  add (capture, TL_MESSAGE_EVENT, NULL, 0, "no packet", 9);
  add (capture, TL_MESSAGE_SENT, "10.1.2.3:50003", 0, "", 0);
  add (capture, TL_MESSAGE_SENT, "10.1.2.3:50003", 0, large, 65507);
  finish (capture, path);

  assert_clean (path);
  lines = run_tshark (path, "-T", "fields", "-E", "separator=/s", "-e", "ip.src", "-e", "ipv6.src", "-e", "udp.srcport", "-e", "udp.dstport", "-e",
                      "udp.length", "-Y", "udp.port != 9", NULL);
  g_assert_cmpstr (lines, ==,
                   "127.0.0.1  40001 50001 13\n127.0.0.1  50001 40001 11\n fe80::1 50002 40001 11\n0.0.0.0  40001 50003 8\n0.0.0.0  40001 50003 65515\n");
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
  finish (capture, path);

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

/* Our address turns out later: what had begun ends, what follows is a connection from there. */
static void
test_local (void)
{
  const TlCaptureAbout about = { .is_tcp = TRUE, .local = NULL };
  g_autofree char *path = NULL;
  g_autofree char *ports = NULL;
  TlCapture *capture = open_capture ("local.pcap", &about, &path);

  tl_capture_set_local (capture, "127.0.0.1:50001", "127.0.0.1:40001");
  add (capture, TL_MESSAGE_SENT, "127.0.0.1:50001", 0, "one", 3);
  tl_capture_set_local (capture, "127.0.0.1:50001", "127.0.0.1:40001");
  tl_capture_set_local (capture, "127.0.0.1:50001", "no address");
  add (capture, TL_MESSAGE_SENT, "127.0.0.1:50001", 3, "two", 3);
  tl_capture_set_local (capture, "127.0.0.1:50001", "127.0.0.1:40002");
  add (capture, TL_MESSAGE_SENT, "127.0.0.1:50001", 0, "three", 5);
  tl_capture_set_local (capture, NULL, "10.0.0.1:40003");
  add (capture, TL_MESSAGE_SENT, "10.0.0.2:50002", 0, "four", 4);
  finish (capture, path);

  assert_clean (path);
  ports = run_tshark (path, "-T", "fields", "-E", "separator=/s", "-e", "tcp.srcport", "-e", "tcp.stream", "-e", "ip.src", "-Y", "tcp.len > 0", NULL);
  g_assert_cmpstr (ports, ==, "40001 0 127.0.0.1\n40001 0 127.0.0.1\n40002 1 127.0.0.1\n40003 2 10.0.0.1\n");
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
  g_test_add_func ("/capture/local", test_local);
  g_test_add_func ("/capture/ends", test_ends);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
