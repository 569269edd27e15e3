/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlMessageLog: what is appended together is as if it had come one by one, and memory that the oldest rows leave serves the newest. */

#include "tl-message-log.h"

#include <string.h>

#define N 40

typedef struct {
  GString      *told;
  TlMessageLog *log;
  gboolean      appends;
} Told;

static void
sink (const TlMessageInfo *info,
      const char          *peer,
      const guint8        *data,
      gpointer             user_data)
{
  Told *self = user_data;

  g_string_append_printf (self->told, "%" G_GUINT64_FORMAT " %d %" G_GINT64_FORMAT " %s +%" G_GUINT64_FORMAT " %.*s\n", info->id, info->kind, info->time,
                          peer, info->offset, (int) info->length, data);
  if (!self->appends)
    return;
  self->appends = FALSE;
  tl_message_log_append_text (self->log, TL_MESSAGE_WARNING, 0, "told");
}

static void
fill (struct iovec *payloads,
      char        (*texts)[16])
{
  for (guint i = 0; i < N; i++)
    {
      /* Of all lengths, none among them. */
      g_snprintf (texts[i], 16, "%.*s%u", (int) i % 7, "......", i);
      payloads[i] = (struct iovec) { texts[i], i == 5 ? 0 : strlen (texts[i]) };
    }
}

static void
assert_same_rows (TlMessageLog *a,
                  TlMessageLog *b)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (a)), ==, g_list_model_get_n_items (G_LIST_MODEL (b)));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (a)); i++)
    {
      g_autoptr (GBytes) bytes_a = tl_message_source_dup_bytes (TL_MESSAGE_SOURCE (a), i);
      g_autoptr (GBytes) bytes_b = tl_message_source_dup_bytes (TL_MESSAGE_SOURCE (b), i);
      TlMessageInfo info_a, info_b;
      guint before_a = 0, before_b = 0;

      g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (a), i, &info_a));
      g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (b), i, &info_b));
      g_assert_cmpuint (info_a.id, ==, info_b.id);
      g_assert_cmpint (info_a.time, ==, info_b.time);
      g_assert_cmpuint (info_a.offset, ==, info_b.offset);
      g_assert_cmpuint (info_a.peer, ==, info_b.peer);
      g_assert_cmpint (info_a.kind, ==, info_b.kind);
      g_assert_true (g_bytes_equal (bytes_a, bytes_b));
      g_assert_cmpint (tl_message_source_previous (TL_MESSAGE_SOURCE (a), i, &before_a), ==,
                       tl_message_source_previous (TL_MESSAGE_SOURCE (b), i, &before_b));
      g_assert_cmpuint (before_a, ==, before_b);
    }
}

static void
test_as_one_by_one (void)
{
  g_autoptr (TlMessageLog) together = tl_message_log_new ();
  g_autoptr (TlMessageLog) single = tl_message_log_new ();
  Told told_together = { g_string_new (NULL), together, FALSE }, told_single = { g_string_new (NULL), single, FALSE };
  struct iovec payloads[N];
  char texts[N][16];

  fill (payloads, texts);
  tl_log_sinks_add (tl_message_log_get_sinks (together), sink, &told_together);
  tl_log_sinks_add (tl_message_log_get_sinks (single), sink, &told_single);
  for (guint round = 0; round < 3; round++)
    {
      const char *name = round == 1 ? "other" : "peer";
      const guint32 to = tl_message_log_add_peer (together, name), from = tl_message_log_add_peer (single, name);
      const guint64 first = tl_message_log_append_many (together, TL_MESSAGE_RECEIVED, 1000 + round, to, payloads, N);

      for (guint i = 0; i < N; i++)
        g_assert_cmpuint (tl_message_log_append (single, TL_MESSAGE_RECEIVED, 1000 + round, from, payloads[i].iov_base, payloads[i].iov_len), ==, first + i);
    }
  tl_message_log_flush (together);
  tl_message_log_flush (single);
  assert_same_rows (together, single);
  g_assert_cmpstr (told_together.told->str, ==, told_single.told->str);
  g_string_free (told_together.told, TRUE);
  g_string_free (told_single.told, TRUE);
}

/* A sink writes a line of its own, as the history does when it cannot keep up: it comes behind, and nobody is told anything twice or not at all. */
static void
test_sink_that_appends (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  Told told = { g_string_new (NULL), log, TRUE };
  const struct iovec payloads[] = { { (void *) "a", 1 }, { (void *) "bc", 2 }, { (void *) "d", 1 } };
  const guint32 peer = tl_message_log_add_peer (log, "p");
  TlMessageInfo info;

  tl_log_sinks_add (tl_message_log_get_sinks (log), sink, &told);
  tl_message_log_append_many (log, TL_MESSAGE_RECEIVED, 7, peer, payloads, 3);
  tl_message_log_flush (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 4);
  g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (log), 3, &info));
  g_assert_cmpint (info.kind, ==, TL_MESSAGE_WARNING);
  g_assert_nonnull (strstr (told.told->str, "1 0 7 p +0 a\n"));
  g_assert_nonnull (strstr (told.told->str, "2 0 7 p +1 bc\n"));
  g_assert_nonnull (strstr (told.told->str, "3 0 7 p +3 d\n"));
  g_assert_nonnull (strstr (told.told->str, "told\n"));
  g_string_free (told.told, TRUE);
}

/* Several times round: each row has its own bytes, and the memory stays within what the bounds need. */
static void
test_memory_serves_again (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  const guint32 peer = tl_message_log_add_peer (log, "p");
  guint8 payload[1000];
  guint number = 0;
  gsize full = 0;

  g_object_set (log, "max-bytes", (guint64) 20 * 1024 * 1024, NULL);
  for (guint round = 0; round < 12; round++)
    {
      for (guint i = 0; i < 20000; i++)
        {
          memset (payload, (int) number, sizeof payload);
          memcpy (payload, &number, sizeof number);
          tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, peer, payload, sizeof payload - number % 300);
          number++;
        }
      tl_message_log_flush (log);
      if (round == 3)
        full = tl_message_log_get_memory (log);
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (log)); i += 97)
        {
          g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (TL_MESSAGE_SOURCE (log), i);
          const guint is = number - g_list_model_get_n_items (G_LIST_MODEL (log)) + i;

          memset (payload, (int) is, sizeof payload);
          memcpy (payload, &is, sizeof is);
          g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), payload, sizeof payload - is % 300);
        }
    }
  g_assert_cmpuint (tl_message_log_get_memory (log), <=, full + 2 * 1024 * 1024);
  g_assert_cmpuint (tl_message_log_get_memory (log), <, 28 * 1024 * 1024);
  /* Nothing is kept for what may never come. */
  tl_message_log_clear (log);
  g_assert_cmpuint (tl_message_log_get_memory (log), <, 3 * 1024 * 1024);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/message-batch/as-one-by-one", test_as_one_by_one);
  g_test_add_func ("/message-batch/sink-that-appends", test_sink_that_appends);
  g_test_add_func ("/message-batch/memory-serves-again", test_memory_serves_again);

  return g_test_run ();
}
