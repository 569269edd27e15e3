/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be sent again: from our exports and captures, from other programs' captures, from the history. */
#include "tl-replay-load.h"

#include "tl-history-test.h"
#include "tl-json-line.h"
#include "tl-message-export.h"
#include "tl-packet.h"
#include "tl-recording.h"

#include <pcap/pcap.h>
#include <string.h>

#define PEER "127.0.0.1:50001"

typedef struct {
  gboolean      done;
  TlReplayList *list;
  GError       *error;
} Outcome;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->list = tl_replay_load_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static Outcome
load_any (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Outcome outcome = { 0 };

  tl_replay_load_file_async (file, NULL, loaded_cb, &outcome);
  test_wait_for (outcome.done, "the file to be read");
  return outcome;
}

static TlReplayList *
load (const char *path)
{
  Outcome outcome = load_any (path);

  g_assert_no_error (outcome.error);
  return outcome.list;
}

/* The items of a flow (or of an origin) as "time:bytes;". (transfer full) */
static char *
dup_items (TlReplayList   *list,
           guint           flow,
           TlReplayOrigin  origin)
{
  g_autoptr (GArray) picked = tl_replay_list_pick (list, flow, origin);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < picked->len; i++)
    {
      const TlReplayItem *item = tl_replay_list_get_item (list, g_array_index (picked, guint, i));

      g_string_append_printf (all, "%" G_GINT64_FORMAT ":%.*s;", item->time, (int) item->length, (const char *) tl_replay_list_get_data (list, item));
    }
  return g_string_free (all, FALSE);
}

static void
assert_items (TlReplayList   *list,
              guint           flow,
              TlReplayOrigin  origin,
              const char     *expected)
{
  g_autofree char *items = dup_items (list, flow, origin);

  g_assert_cmpstr (items, ==, expected);
}

/* A recording of each format that can be read again: all comes back, to the microsecond. */
static void
test_own (gconstpointer user_data)
{
  const TlExportFormat format = GPOINTER_TO_UINT (user_data);
  const TlCaptureAbout about = { .is_tcp = TRUE, .local = "127.0.0.1:40001" };
  const TlRecordingOptions options = { format, TL_CHARSET_GBK, FALSE, 0, 0 };
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  const guint32 peer = tl_message_log_add_peer (log, PEER), other = tl_message_log_add_peer (log, "[::1]:50002");
  g_autofree char *path = g_build_filename (test_folder, format == TL_EXPORT_CAPTURE ? "own.pcap" : "own.jsonl", NULL);
  g_autoptr (TlRecording) recording = tl_recording_new (log, path, &options, &about);
  g_autofree guint8 *large = g_malloc (5000);
  g_autoptr (TlReplayList) list = NULL;
  g_autofree char *said = NULL;
  const gint64 time = G_GINT64_CONSTANT (1700000000123456);
  const TlReplayItem *item;
  g_autoptr (GArray) picked = NULL;

  for (guint i = 0; i < 5000; i++)
    large[i] = (guint8) (i * 7);
  tl_message_log_append (log, TL_MESSAGE_SENT, time, peer, "one", 3);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, time + 1, peer, "\xc4\xe3\"\\\n", 5);
  tl_message_log_append_text (log, TL_MESSAGE_EVENT, peer, "no message");
  tl_message_log_append (log, TL_MESSAGE_SENT, time + 2000001, other, "two", 3);
  tl_message_log_append (log, TL_MESSAGE_SENT, time + 3000000, peer, large, 5000);
  tl_message_log_append (log, TL_MESSAGE_SENT, time + 3000000, peer, "end", 3);
  tl_recording_stop (recording);
  test_wait_for (!tl_recording_get_running (recording), "the recording to end");

  list = load (path);
  said = tl_replay_list_describe (list);
  g_assert_cmpstr (said, ==, NULL);
  g_assert_cmpuint (tl_replay_list_get_n_items (list), ==, 5);
  g_assert_cmpuint (tl_replay_list_get_n_flows (list), ==, 3);
  if (format == TL_EXPORT_CAPTURE)
    {
      g_assert_cmpstr (tl_replay_list_get_flow (list, 0)->from, ==, "127.0.0.1:40001");
      g_assert_true (tl_replay_list_get_flow (list, 0)->is_tcp);
    }
  else
    {
      g_assert_cmpuint (tl_replay_list_count_origin (list, TL_REPLAY_SENT), ==, 2);
      picked = tl_replay_list_pick (list, G_MAXUINT, TL_REPLAY_SENT);
      g_assert_cmpuint (picked->len, ==, 4);
      g_clear_pointer (&picked, g_array_unref);
    }
  g_assert_cmpstr (tl_replay_list_get_flow (list, 0)->to, ==, PEER);
  g_assert_cmpuint (tl_replay_list_get_flow (list, 0)->n_items, ==, 3);
  g_assert_cmpuint (tl_replay_list_get_flow (list, 0)->n_bytes, ==, 5006);
  assert_items (list, 1, 0, "1700000000123457:\xc4\xe3\"\\\n;");
  assert_items (list, 2, 0, "1700000002123457:two;");
  picked = tl_replay_list_pick (list, 0, 0);
  item = tl_replay_list_get_item (list, g_array_index (picked, guint, 1));
  g_assert_cmpint (item->time, ==, time + 3000000);
  g_assert_cmpmem (tl_replay_list_get_data (list, item), item->length, large, 5000);
}

static void
append_packet (pcap_dumper_t *dumper,
               gint64         time,
               GByteArray    *packet,
               guint          captured)
{
  const struct pcap_pkthdr header = { .ts = { .tv_sec = time / G_USEC_PER_SEC, .tv_usec = time % G_USEC_PER_SEC }, .caplen = captured, .len = packet->len };

  pcap_dump ((guchar *) dumper, &header, packet->data);
}

/* What another program captured: out of order, repeated, cut, foreign, and the file ends in the middle of a packet. */
static void
test_foreign (void)
{
  g_autofree char *path = g_build_filename (test_folder, "foreign.pcap", NULL);
  g_autofree char *cut = g_build_filename (test_folder, "cut.pcap", NULL);
  pcap_t *pcap = pcap_open_dead (DLT_RAW, 262144);
  pcap_dumper_t *dumper = pcap_dump_open (pcap, path);
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  g_autoptr (TlReplayList) list = NULL, shorter = NULL;
  g_autofree char *said = NULL, *said_of_cut = NULL, *contents = NULL;
  TlPacketEnd a, b;
  gsize length;

  g_assert_nonnull (dumper);
  tl_packet_end_parse ("10.0.0.1:1000", &a);
  tl_packet_end_parse ("10.0.0.2:2000", &b);
#define TCP(from, to, time, sequence, flags, text) \
  tl_packet_build_tcp (packet, &from, &to, 1, sequence, 0, flags, (const guint8 *) text, strlen (text)); \
  append_packet (dumper, time, packet, packet->len)
  TCP (a, b, 10, 99, TL_PACKET_SYN, "");
  TCP (a, b, 20, 100, TL_PACKET_PSH, "one ");
  TCP (a, b, 30, 108, TL_PACKET_PSH, "three");
  TCP (a, b, 40, 104, TL_PACKET_PSH, "two ");
  TCP (a, b, 50, 104, TL_PACKET_PSH, "two ");
  TCP (b, a, 60, 7000, TL_PACKET_PSH, "from the middle");
  tl_packet_build_udp (packet, &a, &b, 2, (const guint8 *) "datagram", 8);
  append_packet (dumper, 70, packet, packet->len);
  append_packet (dumper, 80, packet, 30);
  packet->data[9] = 1;
  append_packet (dumper, 90, packet, packet->len);
  TCP (a, b, 100, 113, TL_PACKET_PSH, "last");
  pcap_dump_close (dumper);
  pcap_close (pcap);

  list = load (path);
  g_assert_cmpuint (tl_replay_list_get_n_flows (list), ==, 3);
  assert_items (list, 0, 0, "20:one ;40:two ;40:three;100:last;");
  assert_items (list, 1, 0, "60:from the middle;");
  assert_items (list, 2, 0, "70:datagram;");
  g_assert_false (tl_replay_list_get_flow (list, 2)->is_tcp);
  said = tl_replay_list_describe (list);
  g_assert_cmpstr (said, ==, "1 packet is neither UDP nor TCP.\nOf 1 packet the capture has only the beginning; it is left out.\n"
                   "1 TCP segment came more than once and is taken once.\n1 TCP segment came out of order and is put in order.");

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (cut, contents, (gssize) length - 3, NULL));
  shorter = load (cut);
  assert_items (shorter, 0, 0, "20:one ;40:two ;40:three;");
  g_assert_cmpuint (tl_replay_list_get_counts (shorter)->read, ==, length - 16 - 44);
  g_assert_cmpuint (tl_replay_list_get_counts (shorter)->size, ==, length - 3);
  said_of_cut = tl_replay_list_describe (shorter);
  g_assert_nonnull (strstr (said_of_cut, "The file ends in the middle of something"));
}

/* The same as pcapng, made by editcap. */
static void
test_pcapng (void)
{
  g_autofree char *path = g_build_filename (test_folder, "foreign.pcap", NULL);
  g_autofree char *next = g_build_filename (test_folder, "foreign.pcapng", NULL);
  const char *command[] = { "editcap", "-F", "pcapng", path, next, NULL };
  g_autoptr (TlReplayList) list = NULL;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  list = load (next);
  assert_items (list, 0, 0, "20:one ;40:two ;40:three;100:last;");
}

static void
test_refused (void)
{
  static const struct {
    const char *contents;
    gsize       length;
    const char *said;
  } cases[] = {
    { "neither", 7, "neither a capture file" },
    { "\xd4\xc3\xb2\xa1\2\0", 6, "This capture file cannot be read. (" },
    { "\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\151\0\0\0", 24, "802.11" },
  };
  g_autofree char *path = g_build_filename (test_folder, "refused", NULL);
  Outcome outcome = load_any (test_folder);

  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&outcome.error);
  outcome = load_any ("/nonexistent/file");
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&outcome.error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (g_file_set_contents (path, cases[i].contents, (gssize) cases[i].length, NULL));
      outcome = load_any (path);
      g_assert_null (outcome.list);
      if (strstr (outcome.error->message, cases[i].said) == NULL)
        g_error ("%s", outcome.error->message);
      g_clear_error (&outcome.error);
    }
}

/* Lines of other programs; lines that are none are counted. */
static void
test_lines (void)
{
  g_autofree char *path = g_build_filename (test_folder, "lines.jsonl", NULL);
  g_autoptr (TlReplayList) list = NULL;
  g_autofree char *said = NULL;
  static const char lines[] =
    "{\"kind\":\"sent\",\"base64\":\"b25l\"}\n"
    "  {\"extra\":[1,{\"a\":null}], \"text\" : \"t\\u4f60\\ud83d\\ude00\\n\" , \"kind\":\"sent\",\"peer\":null,\"time\":\"1970-01-01T08:00:01.5+08:00\"}\r\n"
    "\n"
    "{\"kind\":\"event\",\"text\":\"an event\"}\n"
    "{\"kind\":\"sent\",\"base64\":\"b25\"}\n"
    "{\"kind\":\"sent\"}\n"
    "{\"kind\":\"unheard\",\"text\":\"\"}\n"
    "[]\n"
    "{\"kind\":\"sent\",\"text\":\"\\ud83d\"}\n"
    "{\"kind\":\"sent\",\"text\":\"\\u0000\xff\"}\n"
    "{\"kind\":\"sent\",\"base64\":\"\",\"text\":\"not this\"}";

  g_assert_true (g_file_set_contents (path, lines, -1, NULL));
  list = load (path);
  assert_items (list, G_MAXUINT, TL_REPLAY_SENT, "0:one;0:;1500000:t你😀\n;");
  g_assert_cmpuint (tl_replay_list_get_counts (list)->n_bad, ==, 6);
  said = tl_replay_list_describe (list);
  g_assert_cmpstr (said, ==, "6 packets or lines cannot be read.");
}

/* More than there is room for is counted, to the byte. */
static void
test_bounds (void)
{
  g_autoptr (TlReplayList) list = tl_replay_list_new ();
  const guint flow = tl_replay_list_add_flow (list, TL_REPLAY_SENT, FALSE, NULL, PEER);
  g_autofree char *said = NULL;

  for (guint i = 0; i < TL_REPLAY_MAX_ITEMS; i++)
    g_assert_true (tl_replay_list_add (list, flow, i, (const guint8 *) "x", 1));
  g_assert_false (tl_replay_list_add (list, flow, 0, (const guint8 *) "abc", 3));
  g_assert_false (tl_replay_list_add (list, flow, 0, (const guint8 *) "ab", 2));
  said = tl_replay_list_describe (list);
  g_assert_cmpstr (said, ==, "There was no room for 2 messages (5 bytes): only those before them are taken.");
  for (guint i = 1; i < TL_REPLAY_MAX_FLOWS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      g_assert_cmpuint (tl_replay_list_add_flow (list, TL_REPLAY_SENT, FALSE, NULL, name), ==, i);
    }
  g_assert_cmpuint (tl_replay_list_add_flow (list, TL_REPLAY_SENT, FALSE, NULL, "one more"), ==, G_MAXUINT);
}

static void
test_history (void)
{
  TlHistory *history = test_history_open ("replay.db");
  TlMessageLog *log = tl_message_log_new ();
  TlHistoryRecorder *recorder = tl_history_recorder_new (history, log);
  const guint32 peer = tl_message_log_add_peer (log, PEER);
  g_autoptr (GListModel) sessions = NULL;
  g_autoptr (TlHistorySession) session = NULL;
  g_autoptr (TlReplayList) list = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray) picked = NULL;
  Outcome outcome = { 0 };

  test_history_begin (recorder, "replayed");
  for (guint i = 0; i < 20000; i++)
    tl_message_log_append (log, i % 2 == 0 ? TL_MESSAGE_SENT : TL_MESSAGE_RECEIVED, 1000 + i, peer, &i, sizeof i);
  test_history_settle (history);
  sessions = test_history_list (history, NULL);
  session = g_list_model_get_item (sessions, 0);
  tl_replay_load_session_async (history, session, NULL, loaded_cb, &outcome);
  test_wait_for (outcome.done, "the session to be read");
  g_assert_no_error (outcome.error);
  list = outcome.list;
  g_assert_cmpuint (tl_replay_list_get_n_items (list), ==, 20000);
  picked = tl_replay_list_pick (list, G_MAXUINT, TL_REPLAY_SENT);
  g_assert_cmpuint (picked->len, ==, 10000);
  for (guint i = 0; i < picked->len; i++)
    {
      const TlReplayItem *item = tl_replay_list_get_item (list, g_array_index (picked, guint, i));
      const guint number = 2 * i;

      g_assert_cmpint (item->time, ==, 1000 + 2 * i);
      g_assert_cmpmem (tl_replay_list_get_data (list, item), item->length, &number, sizeof number);
    }

  outcome = (Outcome) { 0 };
  g_cancellable_cancel (cancellable);
  tl_replay_load_session_async (history, session, cancellable, loaded_cb, &outcome);
  test_wait_for (outcome.done, "the reading to be cancelled");
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);

  g_object_unref (recorder);
  g_object_unref (log);
  tl_history_close (history);
  g_object_unref (history);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  test_folder_make ();

  g_test_add_data_func ("/replay-load/own-lines", GUINT_TO_POINTER (TL_EXPORT_JSON_LINES), test_own);
  g_test_add_data_func ("/replay-load/own-capture", GUINT_TO_POINTER (TL_EXPORT_CAPTURE), test_own);
  g_test_add_func ("/replay-load/foreign", test_foreign);
  g_test_add_func ("/replay-load/pcapng", test_pcapng);
  g_test_add_func ("/replay-load/refused", test_refused);
  g_test_add_func ("/replay-load/lines", test_lines);
  g_test_add_func ("/replay-load/bounds", test_bounds);
  g_test_add_func ("/replay-load/history", test_history);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
