/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlMessageLog: what its views are told and when, ids and positions. */

#include "tl-message-log-test.h"

static void
test_append (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  TlMessageSource *source = TL_MESSAGE_SOURCE (log);
  g_autoptr (TlMessage) message = NULL;
  guint32 peer = tl_message_log_add_peer (log, "127.0.0.1:7855");
  gint64 before = g_get_real_time ();
  TlMessageInfo info;

  g_assert_cmpuint (peer, !=, 0);
  g_assert_cmpuint (tl_message_log_add_peer (log, "127.0.0.1:7855"), ==, peer);

  g_assert_cmpuint (tl_message_log_append (log, TL_MESSAGE_RECEIVED, 42, peer, "hi", 2), ==, 1);
  g_assert_cmpuint (tl_message_log_append (log, TL_MESSAGE_SENT, 0, peer, "there", 5), ==, 2);
  tl_message_log_append_printf (log, TL_MESSAGE_EVENT, 0, "%s %d", "port", 80);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 43, peer, "!", 1);

  /* Nothing is visible before the frame. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (log), 0));
  g_assert_false (tl_message_source_peek (source, 0, &info));
  g_assert_null (tl_message_source_dup_bytes (source, 0));

  test_wait (g_list_model_get_n_items (G_LIST_MODEL (log)) == 4);

  g_assert_true (tl_message_source_peek (source, 0, &info));
  g_assert_cmpint (info.time, ==, 42);
  g_assert_cmpuint (info.offset, ==, 0);
  g_assert_true (tl_message_source_peek (source, 1, &info));
  g_assert_cmpint (info.time, >=, before);
  g_assert_cmpuint (info.offset, ==, 0);
  g_assert_true (tl_message_source_peek (source, 3, &info));
  g_assert_cmpuint (info.offset, ==, 2);
  g_assert_cmpuint (info.id, ==, 4);
  g_assert_false (tl_message_source_peek (source, 4, &info));

  message = g_list_model_get_item (G_LIST_MODEL (log), 2);
  g_assert_cmpint (tl_message_get_kind (message), ==, TL_MESSAGE_EVENT);
  g_assert_null (tl_message_get_peer (message));
  assert_row (log, 2, "port 80", 7);
  g_assert_cmpstr (tl_message_source_peer_name (source, peer), ==, "127.0.0.1:7855");
  g_assert_null (tl_message_source_peer_name (source, 0));
  g_assert_null (tl_message_source_peer_name (source, 99));
}

static void
test_bytes_are_bytes (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  g_autofree char *big = g_malloc (65507);

  memset (big, 0xff, 65507);
  big[0] = big[65506] = '\0';
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, 0, NULL, 0);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 2, 0, "a\0b\0", 4);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 3, 0, big, 65507);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 4, 0, "", 0);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 5, 0, "\n", 1);
  tl_message_log_flush (log);

  assert_row (log, 0, "", 0);
  assert_row (log, 1, "a\0b\0", 4);
  assert_row (log, 2, big, 65507);
  assert_row (log, 3, "", 0);
  assert_row (log, 4, "\n", 1);
}

static void
test_one_signal_a_frame (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  TlMirror mirror;
  char payload[64] = { 0 };

  tl_mirror_init (&mirror, G_LIST_MODEL (log));
  for (guint i = 0; i < 100000; i++)
    tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, 0, payload, sizeof payload);
  g_assert_cmpuint (mirror.n_signals, ==, 0);

  test_wait (mirror.n_items > 0);
  g_assert_cmpuint (mirror.n_signals, ==, 1);
  g_assert_cmpuint (mirror.n_items, ==, 100000);

  /* Nothing pending, nothing to wake up for. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (mirror.n_signals, ==, 1);
  tl_mirror_clear (&mirror);
}

typedef struct {
  TlMessageLog *log;
  guint appended;
  guint wanted;
} Feeder;

static gboolean
feed_cb (gpointer user_data)
{
  Feeder *feeder = user_data;

  for (guint i = 0; i < 100; i++)
    append_number (feeder->log, 0, feeder->appended++);
  return feeder->appended < feeder->wanted ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
test_rate_of_signals (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  Feeder feeder = { .log = log, .wanted = 100000 };
  gint64 begin = g_get_monotonic_time ();
  TlMirror mirror;

  tl_mirror_init (&mirror, G_LIST_MODEL (log));
  g_idle_add (feed_cb, &feeder);
  test_wait (mirror.n_items == feeder.wanted);

  /* One every 62 ms, and none before the first 62 ms have passed. */
  g_assert_cmpuint (mirror.n_signals, <=, (g_get_monotonic_time () - begin) / 62000);
  tl_mirror_clear (&mirror);
}

static void
test_clear (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  TlMirror mirror;
  guint position;

  tl_mirror_init (&mirror, G_LIST_MODEL (log));
  append_number (log, 0, 1);
  append_number (log, 0, 2);
  tl_message_log_flush (log);
  append_number (log, 0, 3);
  tl_message_log_clear (log);
  g_assert_cmpuint (mirror.n_items, ==, 0);
  g_assert_cmpuint (tl_message_log_get_trimmed (log), ==, 0);
  g_assert_false (tl_message_source_find_id (TL_MESSAGE_SOURCE (log), 1, &position));

  /* Ids go on, and nothing reaches back to what has gone. */
  g_assert_cmpuint (tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, 0, "4", 1), ==, 4);
  tl_message_log_flush (log);
  g_assert_false (tl_message_source_previous (TL_MESSAGE_SOURCE (log), 0, &position));
  assert_number (log, 0, 4);
  tl_mirror_clear (&mirror);
}

static void
append_again_cb (GListModel *model,
                 guint       position,
                 guint       removed,
                 guint       added,
                 gpointer    user_data)
{
  guint *left = user_data;

  if (*left == 0)
    return;
  (*left)--;
  append_number (TL_MESSAGE_LOG (model), 0, 7);
  tl_message_log_flush (TL_MESSAGE_LOG (model));
}

/* Whoever hears of a change may write to the log. */
static void
test_append_in_handler (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  TlMirror mirror;
  guint left = 3;

  tl_mirror_init (&mirror, G_LIST_MODEL (log));
  g_signal_connect (log, "items-changed", G_CALLBACK (append_again_cb), &left);
  append_number (log, 0, 7);
  test_wait (mirror.n_items == 4);
  g_assert_cmpuint (mirror.n_signals, ==, 4);
  tl_mirror_clear (&mirror);
}

static void
test_objects (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  guint32 a = tl_message_log_add_peer (log, "a");
  guint32 b = tl_message_log_add_peer (log, "b");
  g_autoptr (TlMessage) first = NULL;
  g_autoptr (TlMessage) second = NULL;
  TlMessage *again;

  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, a, "1", 1);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, b, "1", 1);
  tl_message_log_flush (log);
  first = g_list_model_get_item (G_LIST_MODEL (log), 0);
  second = g_list_model_get_item (G_LIST_MODEL (log), 1);
  again = g_list_model_get_item (G_LIST_MODEL (log), 0);
  g_assert_true (first == again);
  g_object_unref (again);
  g_assert_cmpstr (tl_message_get_peer (first), ==, "a");

  /* The other direction of the same peer is another stream. */
  tl_message_log_append (log, TL_MESSAGE_SENT, 1, a, "2", 1);
  tl_message_log_flush (log);
  g_assert_false (tl_message_get_continued (first));

  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, a, "2", 1);
  g_assert_false (tl_message_get_continued (first));
  tl_message_log_flush (log);
  g_assert_true (tl_message_get_continued (first));
  g_assert_false (tl_message_get_continued (second));

  /* Objects may outlive the log. */
  g_clear_object (&log);
  g_assert_cmpuint (tl_message_get_id (first), ==, 1);
}

static void
test_peers (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  TlMessageSource *source = TL_MESSAGE_SOURCE (log);
  guint32 kept, held, last;
  char name[32];

  kept = tl_message_log_add_peer (log, "kept");
  held = tl_message_log_add_peer (log, "held");
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, kept, "x", 1);
  tl_message_log_release_peer (log, kept);

  /* Released and without rows: its number is given again, in the end. */
  for (guint i = 0; i < 200000; i++)
    {
      g_snprintf (name, sizeof name, "p%u", i);
      last = tl_message_log_add_peer (log, name);
      g_assert_cmpuint (last, <, 65535);
      g_assert_cmpstr (tl_message_source_peer_name (source, last), ==, name);
      tl_message_log_release_peer (log, last);
    }
  g_assert_cmpstr (tl_message_source_peer_name (source, kept), ==, "kept");
  g_assert_cmpstr (tl_message_source_peer_name (source, held), ==, "held");
  g_assert_cmpuint (tl_message_log_add_peer (log, "held"), ==, held);

  /* All held: the others share one, and nobody gets another's name. */
  for (guint i = 0; i < 70000; i++)
    {
      g_snprintf (name, sizeof name, "h%u", i);
      last = tl_message_log_add_peer (log, name);
    }
  g_assert_cmpuint (last, ==, 65535);
  g_assert_cmpstr (tl_message_source_peer_name (source, last), ==, "other peers");
  g_assert_cmpstr (tl_message_source_peer_name (source, held), ==, "held");
  g_assert_cmpuint (tl_message_log_get_memory (log), <, 16 * 1024 * 1024);
}

static void
test_streams (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  TlMessageSource *source = TL_MESSAGE_SOURCE (log);
  guint32 peer = tl_message_log_add_peer (log, "peer");
  TlMessageInfo info;
  guint position;

  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, peer, "abc", 3);
  for (guint i = 0; i < 255; i++)
    tl_message_log_append (log, TL_MESSAGE_SENT, 1, peer, "x", 1);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, peer, "def", 3);
  for (guint i = 0; i < 256; i++)
    tl_message_log_append (log, TL_MESSAGE_SENT, 1, peer, "x", 1);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, peer, "ghi", 3);
  tl_message_log_begin_stream (log, peer);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, peer, "jkl", 3);
  tl_message_log_flush (log);

  g_assert_true (tl_message_source_previous (source, 256, &position));
  g_assert_cmpuint (position, ==, 0);
  g_assert_true (tl_message_source_next (source, 0, &position));
  g_assert_cmpuint (position, ==, 256);
  g_assert_false (tl_message_source_previous (source, 513, &position));
  g_assert_false (tl_message_source_next (source, 256, &position));
  g_assert_true (tl_message_source_peek (source, 513, &info));
  g_assert_cmpuint (info.offset, ==, 6);
  g_assert_false (tl_message_source_previous (source, 514, &position));
  g_assert_true (tl_message_source_peek (source, 514, &info));
  g_assert_cmpuint (info.offset, ==, 0);
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  (*(guint *) user_data)++;
}

static void
test_properties (void)
{
  TlMessageLog *log = tl_message_log_new ();
  guint n_items = 0, trimmed = 0, bounds = 0;
  guint64 max_bytes;

  g_signal_connect (log, "notify::n-items", G_CALLBACK (count_cb), &n_items);
  g_signal_connect (log, "notify::trimmed", G_CALLBACK (count_cb), &trimmed);
  g_signal_connect (log, "notify::max-messages", G_CALLBACK (count_cb), &bounds);
  for (guint i = 0; i < 10; i++)
    append_number (log, 0, i);
  tl_message_log_flush (log);
  tl_message_log_flush (log);
  g_assert_cmpuint (n_items, ==, 1);
  g_assert_cmpuint (trimmed, ==, 0);

  /* A smaller bound holds from the next frame on. */
  g_object_set (log, "max-messages", 5, NULL);
  g_object_set (log, "max-messages", 5, NULL);
  g_assert_cmpuint (bounds, ==, 1);
  test_wait (trimmed == 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 5);
  g_object_get (log, "max-bytes", &max_bytes, NULL);
  g_assert_cmpuint (max_bytes, ==, TL_MESSAGE_LOG_DEFAULT_BYTES);

  append_number (log, 0, 11);
  g_assert_finalize_object (log);
}

/* A view that draws slowly is told less often, and never less than once a second. */
static void
test_interval (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();

  g_assert_cmpuint (tl_message_log_get_interval (log), ==, 62);
  tl_message_log_set_drawing_time (log, 100 * 1000);
  g_assert_cmpuint (tl_message_log_get_interval (log), ==, 300);
  tl_message_log_set_drawing_time (log, G_MAXINT64 / 2);
  g_assert_cmpuint (tl_message_log_get_interval (log), ==, 1000);
  tl_message_log_set_drawing_time (log, 0);
  g_assert_cmpuint (tl_message_log_get_interval (log), ==, 62);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message-log/append", test_append);
  g_test_add_func ("/message-log/bytes-are-bytes", test_bytes_are_bytes);
  g_test_add_func ("/message-log/one-signal-a-frame", test_one_signal_a_frame);
  g_test_add_func ("/message-log/rate-of-signals", test_rate_of_signals);
  g_test_add_func ("/message-log/clear", test_clear);
  g_test_add_func ("/message-log/append-in-handler", test_append_in_handler);
  g_test_add_func ("/message-log/objects", test_objects);
  g_test_add_func ("/message-log/peers", test_peers);
  g_test_add_func ("/message-log/streams", test_streams);
  g_test_add_func ("/message-log/properties", test_properties);
  g_test_add_func ("/message-log/interval", test_interval);
  return g_test_run ();
}
