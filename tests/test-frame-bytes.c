/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames over a message log: every byte is shown once, however it came and however often the framing changes. */

#include "tl-frame-model-test.h"

#include "tl-frame-index.h"

static const char * const framings[] = {
  "lines", "delimiter:61", "delimiter:610A", "fixed:1", "fixed:3", "fixed:7", "prefix:1:be", "prefix:2:le", "gap:20",
};

/* However the bytes came, the frames are those of the whole, and all bytes are there in their order. */
static void
test_splits (Fixture       *f,
             gconstpointer  data)
{
  static const char stream[] = "a\na\n\1x\2\3ab\na\na";
  const gsize length = strlen (stream);

  for (gsize i = 0; i < G_N_ELEMENTS (framings); i++)
    {
      g_autofree char *expected = NULL;

      set_framing (f, framings[i]);
      for (gsize first = 0; first <= length; first++)
        {
          for (gsize second = first; second <= length; second++)
            {
              g_autofree char *rows = NULL;

              tl_message_log_clear (f->log);
              tl_message_log_begin_stream (f->log, f->a);
              if (first > 0)
                tl_message_log_append (f->log, TL_MESSAGE_RECEIVED, 1000, f->a, stream, first);
              if (second > first)
                tl_message_log_append (f->log, TL_MESSAGE_RECEIVED, 1000, f->a, stream + first, second - first);
              if (first % 2 == 0)
                flush (f);
              if (second < length)
                tl_message_log_append (f->log, TL_MESSAGE_RECEIVED, 1000, f->a, stream + second, length - second);
              flush (f);

              rows = describe (f->model);
              if (expected == NULL)
                expected = g_strdup (rows);
              g_assert_cmpstr (rows, ==, expected);
            }
        }
    }
}

static void
collect (TlMessageSource *source,
         guint32          peer,
         GByteArray      *out)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (source));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      TlMessageInfo info;

      g_assert_true (tl_message_source_peek (source, i, &info));
      if (info.kind != TL_MESSAGE_RECEIVED || info.peer != peer)
        continue;
      bytes = tl_message_source_dup_bytes (source, i);
      g_byte_array_append (out, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
    }
}

static void
assert_nothing_lost (Fixture *f,
                     guint32  peer)
{
  g_autoptr (GByteArray) in_log = g_byte_array_new ();
  g_autoptr (GByteArray) in_frames = g_byte_array_new ();

  collect (TL_MESSAGE_SOURCE (f->log), peer, in_log);
  collect (TL_MESSAGE_SOURCE (f->model), peer, in_frames);
  g_assert_cmpmem (in_frames->data, in_frames->len, in_log->data, in_log->len);
}

/* Anything in any order, with a small ring: what the log has, the frames have. */
static void
test_random (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8899);
  gint64 time = 1000000;

  g_object_set (f->log, "max-messages", 60, NULL);
  for (guint round = 0; round < 3000; round++)
    {
      guint32 peer = g_rand_boolean (rand) ? f->a : f->b;
      char bytes[12];
      gsize length = (gsize) g_rand_int_range (rand, 0, sizeof bytes);

      for (gsize i = 0; i < length; i++)
        bytes[i] = "\1\2\n\nabc\0"[g_rand_int_range (rand, 0, 8)];
      time += g_rand_int_range (rand, 0, 15000);

      switch (g_rand_int_range (rand, 0, 40))
        {
        case 0:
          tl_message_log_begin_stream (f->log, peer);
          break;
        case 1:
          set_framing (f, framings[g_rand_int_range (rand, 0, G_N_ELEMENTS (framings))]);
          break;
        case 2:
          tl_message_log_append (f->log, TL_MESSAGE_SENT, time, peer, bytes, length);
          break;
        case 3:
          if (g_rand_int_range (rand, 0, 10) == 0)
            tl_message_log_clear (f->log);
          break;
        default:
          tl_message_log_append (f->log, TL_MESSAGE_RECEIVED, time, peer, bytes, length);
          break;
        }

      if (g_rand_int_range (rand, 0, 4) == 0)
        {
          flush (f);
          assert_nothing_lost (f, f->a);
          assert_nothing_lost (f, f->b);
        }
    }
}

static void
test_decode (Fixture       *f,
             gconstpointer  data)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (f->model);
  g_autoptr (GString) text = g_string_new (NULL);

  set_framing (f, "fixed:2");
  receive (f, f->a, "你好");
  flush (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->model)), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *row = tl_message_source_decode (source, i, TL_CHARSET_UTF_8, FALSE, 0);

      g_string_append (text, row);
    }
  g_assert_cmpstr (text->str, ==, "你好");
}

/* Many rows are worked off in slices, during which the log goes on and loses its head. */
static void
test_slices (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  g_autoptr (TlFrameModel) model = tl_frame_model_new (TL_MESSAGE_SOURCE (log));
  g_autoptr (TlFraming) framing = tl_framing_from_string ("lines", NULL);
  guint32 peer = tl_message_log_add_peer (log, "p");
  const guint n = 200000;
  gboolean pending;
  TlMessageInfo info;

  for (guint i = 0; i < n; i++)
    tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, peer, i % 2 == 0 ? "abc" : "d\n", i % 2 == 0 ? 3 : 2);
  tl_message_log_flush (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, n);

  tl_frame_model_set_framing (model, framing);
  g_object_get (model, "pending", &pending, NULL);
  g_assert_true (pending);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), <, n / 2);
  g_object_set (log, "max-messages", n / 2, NULL);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, peer, "e\n", 2);
  tl_message_log_flush (log);
  test_wait (!is_pending (model));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, n / 2 - n / 20);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, (n / 2 - n / 20) / 2 + 1);
  g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (model), 100, &info));
  g_assert_cmpuint (info.length, ==, 5);
}

static void
set_none_cb (TlFrameModel *model)
{
  tl_frame_model_set_framing (model, NULL);
}

/* A handler may change the framing while it is being told of something. */
static void
test_reentrant (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  g_autoptr (TlFrameModel) model = tl_frame_model_new (TL_MESSAGE_SOURCE (log));
  g_autoptr (TlFraming) framing = tl_framing_from_string ("lines", NULL);
  guint32 peer = tl_message_log_add_peer (log, "p");
  gulong handler;

  tl_frame_model_set_framing (model, framing);
  handler = g_signal_connect (model, "items-changed", G_CALLBACK (set_none_cb), NULL);
  tl_message_log_append_text (log, TL_MESSAGE_RECEIVED, peer, "a\nb\nc");
  tl_message_log_flush (log);
  g_signal_handler_disconnect (model, handler);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/frame-model/splits", test_splits);
  add ("/frame-model/random", test_random);
  add ("/frame-model/decode", test_decode);
  g_test_add_func ("/frame-model/slices", test_slices);
  g_test_add_func ("/frame-model/reentrant", test_reentrant);
  return g_test_run ();
}
