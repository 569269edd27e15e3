/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlMessageLog: its bounds, and its memory. */

#include "tl-message-log-test.h"

#include <unistd.h>

static gsize
get_resident_bytes (void)
{
  g_autofree char *statm = NULL;
  g_auto (GStrv) fields = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL));
  fields = g_strsplit (statm, " ", -1);
  return g_ascii_strtoull (fields[1], NULL, 10) * sysconf (_SC_PAGESIZE);
}

static void
test_bound_of_messages (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  TlMessageSource *source = TL_MESSAGE_SOURCE (log);
  guint32 peer = tl_message_log_add_peer (log, "peer");
  TlMessageInfo info;
  TlMirror mirror;
  guint n_items, position;

  g_object_set (log, "max-messages", 1000, NULL);
  tl_mirror_init (&mirror, G_LIST_MODEL (log));
  for (guint i = 1; i <= 1000; i++)
    append_number (log, peer, i);
  tl_message_log_flush (log);
  g_assert_cmpuint (mirror.n_items, ==, 1000);
  g_assert_cmpuint (tl_message_log_get_trimmed (log), ==, 0);

  /* One too many costs a tenth. */
  append_number (log, peer, 1001);
  tl_message_log_flush (log);
  g_assert_cmpuint (mirror.n_items, ==, 900);
  g_assert_cmpuint (tl_message_log_get_trimmed (log), ==, 101);
  g_assert_cmpuint (mirror.n_signals, ==, 3);
  assert_number (log, 0, 102);
  assert_number (log, 899, 1001);
  g_assert_true (tl_message_source_peek (source, 0, &info));
  g_assert_cmpuint (info.id, ==, 102);

  g_assert_true (tl_message_source_find_id (source, 5, &position));
  g_assert_cmpuint (position, ==, 0);
  g_assert_true (tl_message_source_find_id (source, 502, &position));
  g_assert_cmpuint (position, ==, 400);
  g_assert_false (tl_message_source_find_id (source, 1002, &position));
  g_assert_false (tl_message_source_previous (source, 0, &position));
  g_assert_true (tl_message_source_previous (source, 1, &position));
  g_assert_cmpuint (position, ==, 0);

  /* A flood of many times the bound, in one frame: rows that were never visible go too. */
  for (guint i = 1002; i <= 50000; i++)
    append_number (log, peer, i);
  tl_message_log_flush (log);
  n_items = g_list_model_get_n_items (G_LIST_MODEL (log));
  g_assert_cmpuint (n_items, <=, 1000);
  g_assert_cmpuint (n_items, >=, 900);
  g_assert_cmpuint (tl_message_log_get_trimmed (log), ==, 50000 - n_items);
  for (guint i = 0; i < n_items; i++)
    assert_number (log, i, 50000 - n_items + 1 + i);
  tl_mirror_clear (&mirror);
}

/* What goes and what comes are each told of in a frame of its own. */
static void
test_bound_in_turns (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  TlMirror mirror;

  g_object_set (log, "max-messages", 1000, NULL);
  tl_mirror_init (&mirror, G_LIST_MODEL (log));
  for (guint i = 1; i <= 1000; i++)
    append_number (log, 0, i);
  tl_message_log_flush (log);
  for (guint i = 1001; i <= 1050; i++)
    append_number (log, 0, i);
  test_wait (mirror.n_signals > 1);
  g_assert_cmpuint (mirror.n_items, ==, 850);
  assert_number (log, 0, 151);
  test_wait (mirror.n_signals > 2);
  g_assert_cmpuint (mirror.n_items, ==, 900);
  assert_number (log, 899, 1050);
  tl_mirror_clear (&mirror);
}

static void
test_bound_of_bytes (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  g_autofree char *payload = g_malloc (10000);
  TlMirror mirror;

  g_object_set (log, "max-bytes", (guint64) 1000000, NULL);
  tl_mirror_init (&mirror, G_LIST_MODEL (log));
  for (guint i = 0; i < 3000; i++)
    {
      memset (payload, i % 251, 10000);
      tl_message_log_append (log, TL_MESSAGE_SENT, 1, 0, payload, 10000);
      if (i % 7 == 0)
        tl_message_log_flush (log);
      g_assert_cmpuint (tl_message_log_get_memory (log), <, 6 * 1000000);
    }
  tl_message_log_flush (log);

  g_assert_cmpuint (mirror.n_items, <=, 100);
  g_assert_cmpuint (mirror.n_items, >=, 90);
  for (guint i = 0; i < mirror.n_items; i++)
    {
      memset (payload, (3000 - mirror.n_items + i) % 251, 10000);
      assert_row (log, i, payload, 10000);
    }
  tl_mirror_clear (&mirror);
}

/* A flood that gives the main loop no turn is bounded all the same. */
static void
test_bound_without_frames (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  g_autofree char *payload = g_malloc0 (10000);
  TlMirror mirror;

  g_object_set (log, "max-bytes", (guint64) 1000000, NULL);
  tl_mirror_init (&mirror, G_LIST_MODEL (log));
  for (guint i = 0; i < 10000; i++)
    {
      tl_message_log_append (log, TL_MESSAGE_SENT, 1, 0, payload, 10000);
      g_assert_cmpuint (tl_message_log_get_memory (log), <, 8 * 1000000);
    }
  tl_message_log_flush (log);
  g_assert_cmpuint (mirror.n_items, <=, 100);
  g_assert_cmpuint (mirror.n_items + tl_message_log_get_trimmed (log), ==, 10000);
  tl_mirror_clear (&mirror);
}

static void
test_message_larger_than_bound (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  gsize length = 8 * 1024 * 1024;
  g_autofree char *payload = g_malloc (length);

  memset (payload, 'x', length);
  g_object_set (log, "max-bytes", (guint64) 1000, NULL);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, 0, "before", 6);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, 0, payload, length);
  tl_message_log_flush (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 1);
  assert_row (log, 0, payload, length);

  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, 0, "after", 5);
  tl_message_log_flush (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 1);
  assert_row (log, 0, "after", 5);
  g_assert_cmpuint (tl_message_log_get_trimmed (log), ==, 2);
  g_assert_cmpuint (tl_message_log_get_memory (log), <, 300000);
}

static void
test_memory (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  gsize before = get_resident_bytes ();
  char payload[64];
  gsize memory;
  TlMirror mirror;

  tl_mirror_init (&mirror, G_LIST_MODEL (log));
  for (guint i = 0; i < 1000000; i++)
    {
      memset (payload, i, sizeof payload);
      tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, 0, payload, sizeof payload);
    }
  tl_message_log_flush (log);

  g_assert_cmpuint (mirror.n_items, <=, TL_MESSAGE_LOG_DEFAULT_MESSAGES);
  g_assert_cmpuint (mirror.n_signals, <, 30);
  memory = tl_message_log_get_memory (log);
  g_test_message ("%u rows of 64 bytes: %" G_GSIZE_FORMAT " bytes held, resident %" G_GSSIZE_FORMAT " more",
                  mirror.n_items, memory, (gssize) (get_resident_bytes () - before));
  g_assert_cmpuint (memory, <=, mirror.n_items * (64 + 40) + 3 * 1024 * 1024);
  g_assert_cmpuint (memory, >=, mirror.n_items * 64);
#ifndef __SANITIZE_ADDRESS__
  /* The sanitizer keeps what was freed for a while. */
  g_assert_cmpuint (get_resident_bytes (), <, before + 128 * 1024 * 1024);
#endif

  tl_message_log_clear (log);
  g_assert_cmpuint (mirror.n_items, ==, 0);
  g_assert_cmpuint (tl_message_log_get_memory (log), <, 2 * 1024 * 1024);
  tl_mirror_clear (&mirror);
}

/* Large payloads with small ones between them, forever: the table of blocks must not grow. */
static void
test_mixed_sizes (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  g_autofree char *payload = g_malloc0 (100000);

  g_object_set (log, "max-messages", 20, NULL);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, 0, "x", 1);
  for (guint i = 0; i < 20000; i++)
    {
      tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, 0, payload, i < 10000 || i % 3 == 0 ? 100000 : i % 500);
      if (i % 10 == 0)
        tl_message_log_flush (log);
      g_assert_cmpuint (tl_message_log_get_memory (log), <, 5 * 1024 * 1024);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message-log/bound-of-messages", test_bound_of_messages);
  g_test_add_func ("/message-log/bound-in-turns", test_bound_in_turns);
  g_test_add_func ("/message-log/bound-of-bytes", test_bound_of_bytes);
  g_test_add_func ("/message-log/bound-without-frames", test_bound_without_frames);
  g_test_add_func ("/message-log/message-larger-than-bound", test_message_larger_than_bound);
  g_test_add_func ("/message-log/memory", test_memory);
  g_test_add_func ("/message-log/mixed-sizes", test_mixed_sizes);
  return g_test_run ();
}
