/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames over a message log: every change is told of truly, every byte is shown once, ids stay. */
#include "tl-frame-index.h"
#include "tl-frame-model.h"
#include "tl-message-log.h"
#include "tl-test-wait.h"

#include <string.h>

typedef struct {
  TlMessageLog *log;
  TlFrameModel *model;
  GArray       *ids;      /* what a list that follows the changes has */
  guint32       a;
  guint32       b;
} Fixture;

static guint64
id_at (TlFrameModel *model,
       guint         position)
{
  TlMessageInfo info;

  g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (model), position, &info));
  return info.id;
}

/* As a list widget would: knows the model by what it is told, and all of it must be true at that moment. */
static void
follow_cb (Fixture *f,
           guint    position,
           guint    removed,
           guint    added)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (f->model));

  g_assert_cmpuint (position + removed, <=, f->ids->len);
  g_array_remove_range (f->ids, position, removed);
  for (guint i = 0; i < added; i++)
    {
      guint64 id = id_at (f->model, position + i);

      g_array_insert_val (f->ids, position + i, id);
    }

  g_assert_cmpuint (f->ids->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      guint found;

      g_assert_cmpuint (g_array_index (f->ids, guint64, i), ==, id_at (f->model, i));
      g_assert_true (tl_message_source_find_id (TL_MESSAGE_SOURCE (f->model), id_at (f->model, i), &found));
      g_assert_cmpuint (found, ==, i);
      if (i > 0)
        g_assert_cmpuint (id_at (f->model, i - 1), <, id_at (f->model, i));
    }
}

static void
setup (Fixture       *f,
       gconstpointer  data)
{
  f->log = tl_message_log_new ();
  f->model = tl_frame_model_new (TL_MESSAGE_SOURCE (f->log));
  f->ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  f->a = tl_message_log_add_peer (f->log, "a");
  f->b = tl_message_log_add_peer (f->log, "b");
  g_signal_connect_swapped (f->model, "items-changed", G_CALLBACK (follow_cb), f);
}

static void
teardown (Fixture       *f,
          gconstpointer  data)
{
  g_signal_handlers_disconnect_by_func (f->model, follow_cb, f);
  g_assert_finalize_object (f->model);
  g_assert_finalize_object (f->log);
  g_array_unref (f->ids);
}

static gboolean
is_pending (TlFrameModel *model)
{
  gboolean pending;

  g_object_get (model, "pending", &pending, NULL);
  return pending;
}

/* A machine that is busy with other things may need more than one slice even for a few rows. */
static void
flush (Fixture *f)
{
  tl_message_log_flush (f->log);
  test_wait (!is_pending (f->model));
}

static void
set_framing (Fixture    *f,
             const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFraming) framing = tl_framing_from_string (text, &error);

  g_assert_no_error (error);
  tl_frame_model_set_framing (f->model, framing);
  test_wait (!is_pending (f->model));
}

static void
receive_at (Fixture    *f,
            guint32     peer,
            const char *text,
            gint64      time)
{
  tl_message_log_append (f->log, TL_MESSAGE_RECEIVED, time, peer, text, strlen (text));
}

static void
receive (Fixture    *f,
         guint32     peer,
         const char *text)
{
  receive_at (f, peer, text, 1000000);
}

/* The rows as text: the peer's name before what was received, ">" before what was sent, "!" before the rest. */
static char *
describe (TlFrameModel *model)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (model);
  GString *out = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (model));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (source, i);
      g_autoptr (TlMessage) message = g_list_model_get_item (G_LIST_MODEL (model), i);
      g_autofree char *text = NULL;
      TlMessageInfo info;

      g_assert_true (tl_message_source_peek (source, i, &info));
      g_assert_cmpuint (info.length, ==, g_bytes_get_size (bytes));
      g_assert_cmpuint (tl_message_get_id (message), ==, info.id);
      g_assert_true (g_bytes_equal (tl_message_get_bytes (message), bytes));

      text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_strdelimit (text, "\n", '/');
      g_string_append_printf (out, "%s%s%s", i > 0 ? " " : "",
                              info.kind == TL_MESSAGE_RECEIVED ? tl_message_source_peer_name (source, info.peer) :
                              info.kind == TL_MESSAGE_SENT ? ">" : "!", text);
    }

  return g_string_free (out, FALSE);
}

#define assert_rows(f, expected) \
  G_STMT_START { \
    g_autofree char *rows_ = describe ((f)->model); \
    g_assert_cmpstr (rows_, ==, expected); \
  } G_STMT_END

static void
test_none (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (TlMessage) ours = NULL;
  g_autoptr (TlMessage) theirs = NULL;

  receive (f, f->a, "x");
  receive (f, f->b, "y/");
  tl_message_log_append_text (f->log, TL_MESSAGE_EVENT, f->a, "left");
  assert_rows (f, "");
  flush (f);
  assert_rows (f, "ax by/ !left");

  ours = g_list_model_get_item (G_LIST_MODEL (f->model), 1);
  theirs = g_list_model_get_item (G_LIST_MODEL (f->log), 1);
  g_assert_true (ours == theirs);
}

static void
test_lines (Fixture       *f,
            gconstpointer  data)
{
  TlMessageInfo info;
  guint64 id;
  guint previous;

  set_framing (f, "lines");
  receive_at (f, f->a, "he", 1000);
  receive_at (f, f->b, "x\n", 2000);
  receive_at (f, f->a, "llo\nwor", 3000);
  tl_message_log_append (f->log, TL_MESSAGE_SENT, 4000, f->a, "S", 1);
  flush (f);
  assert_rows (f, "bx/ ahello/ >S awor");

  g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (f->model), 1, &info));
  g_assert_cmpint (info.time, ==, 3000);
  g_assert_cmpuint (info.peer, ==, f->a);
  g_assert_cmpuint (info.offset, ==, 0);
  g_assert_cmpuint (info.length, ==, 6);
  g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (f->model), 3, &info));
  g_assert_cmpuint (info.offset, ==, 6);
  g_assert_true (tl_message_source_previous (TL_MESSAGE_SOURCE (f->model), 3, &previous));
  g_assert_cmpuint (previous, ==, 1);

  id = id_at (f->model, 1);
  receive (f, f->b, "un");
  receive (f, f->a, "ld");
  flush (f);
  assert_rows (f, "bx/ ahello/ >S bun aworld");
  receive (f, f->a, "\n\nz");
  flush (f);
  assert_rows (f, "bx/ ahello/ >S aworld/ a/ bun az");
  g_assert_cmpuint (id_at (f->model, 1), ==, id);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (id_at (f->model, i), ==, id - 1 + i);
}

/* A row that grows is another row each time, so that nobody keeps showing what it was. */
static void
test_growing (Fixture       *f,
              gconstpointer  data)
{
  guint64 id = 0;

  set_framing (f, "lines");
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (TlMessage) message = NULL;

      receive (f, f->a, "x");
      flush (f);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->model)), ==, 1);
      message = g_list_model_get_item (G_LIST_MODEL (f->model), 0);
      g_assert_cmpuint (tl_message_get_length (message), ==, i + 1);
      g_assert_cmpuint (tl_message_get_id (message), >, id);
      id = tl_message_get_id (message);
    }

  receive (f, f->a, "\n");
  flush (f);
  assert_rows (f, "axxxxxxxxxxxxxxxxxxxx/");
  g_assert_cmpuint (id_at (f->model, 0), <, id);
}

static void
test_new_stream (Fixture       *f,
                 gconstpointer  data)
{
  set_framing (f, "prefix:1:be");
  receive (f, f->a, "\4ab");
  tl_message_log_append_text (f->log, TL_MESSAGE_EVENT, f->a, "reset");
  flush (f);
  assert_rows (f, "!reset a\4ab");

  tl_message_log_begin_stream (f->log, f->a);
  receive (f, f->a, "\1x\2yz");
  flush (f);
  assert_rows (f, "!reset a\4ab a\1x a\2yz");
}

static void
test_gap (Fixture       *f,
          gconstpointer  data)
{
  set_framing (f, "gap:20");
  receive_at (f, f->a, "1", 1000000);
  receive_at (f, f->b, "2", 1005000);
  receive_at (f, f->a, "3", 1019000);
  flush (f);
  assert_rows (f, "b2 a13");

  /* What B said is over, A goes on. */
  tl_message_log_append (f->log, TL_MESSAGE_SENT, 1030000, f->a, "S", 1);
  receive_at (f, f->a, "4", 1038000);
  flush (f);
  assert_rows (f, "b2 >S a134");
  receive_at (f, f->b, "5", 1059000);
  flush (f);
  assert_rows (f, "b2 >S a134 b5");
}

/* A frame ends when its gap has passed, with nothing after it; what was received within the gap but not yet shown belongs to it. */
static void
test_gap_passes (Fixture       *f,
                 gconstpointer  data)
{
  gint64 now = g_get_real_time ();

  set_framing (f, "gap:20");
  receive_at (f, f->a, "one ", now);
  flush (f);
  assert_rows (f, "aone ");
  g_assert_cmpuint (id_at (f->model, 0), >=, TL_FRAME_PENDING_ID);

  receive_at (f, f->a, "two", now + 10000);
  test_wait (id_at (f->model, 0) < TL_FRAME_PENDING_ID);
  assert_rows (f, "aone two");

  /* The clock of the rows may be behind: what has ended stays so. */
  receive_at (f, f->a, "three", now + 15000);
  flush (f);
  assert_rows (f, "aone two athree");
}

static void
test_trim (Fixture       *f,
           gconstpointer  data)
{
  guint64 last_id;

  g_object_set (f->log, "max-messages", 10, NULL);
  set_framing (f, "lines");
  receive (f, f->b, "b1");
  receive (f, f->a, "one\n");
  receive (f, f->a, "t");
  receive (f, f->a, "w");
  receive (f, f->a, "o\n");
  for (guint i = 0; i < 4; i++)
    receive (f, f->a, "3");
  receive (f, f->b, "b2");
  flush (f);
  assert_rows (f, "aone/ atwo/ a3333 bb1b2");
  last_id = id_at (f->model, 1);

  /* Brings the log down to nine rows: gone are b1, one and t. */
  receive (f, f->a, "\n");
  receive (f, f->b, "\n");
  flush (f);
  g_assert_cmpuint (tl_message_log_get_trimmed (f->log), ==, 3);
  assert_rows (f, "awo/ a3333/ bb2/");
  g_assert_cmpuint (id_at (f->model, 0), ==, last_id);

  for (guint i = 0; i < 30; i++)
    receive (f, f->b, "z");
  flush (f);
  assert_rows (f, "bzzzzzzzzz");
  receive (f, f->b, "\n");
  flush (f);
  assert_rows (f, "bzzzzzzzzz/");
}

static void
test_clear (Fixture       *f,
            gconstpointer  data)
{
  set_framing (f, "prefix:1:be");
  receive (f, f->a, "\1x\4ab");
  flush (f);
  assert_rows (f, "a\1x a\4ab");
  tl_message_log_clear (f->log);
  assert_rows (f, "");

  /* The stream goes on where it was. */
  receive (f, f->a, "cd\1y");
  flush (f);
  assert_rows (f, "acd a\1y");
}

static void
test_change (Fixture       *f,
             gconstpointer  data)
{
  guint64 id;

  receive (f, f->a, "ab\nc");
  receive (f, f->a, "d\n");
  flush (f);
  assert_rows (f, "aab/c ad/");
  set_framing (f, "lines");
  assert_rows (f, "aab/ acd/");
  id = id_at (f->model, 1);
  set_framing (f, "fixed:4");
  assert_rows (f, "aab/c ad/");
  g_assert_cmpuint (id_at (f->model, 0), >, id);
  set_framing (f, "delimiter:63");
  assert_rows (f, "aab/c ad/");
  set_framing (f, "none");
  assert_rows (f, "aab/c ad/");
  tl_frame_model_set_framing (f->model, NULL);
  assert_rows (f, "aab/c ad/");
}

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
/* A frame that is looked at hears when its stream goes on, as a row of the log does. */
static void
test_continued (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (TlMessage) first = NULL;
  g_autoptr (TlMessage) other = NULL;

  set_framing (f, "lines");
  receive (f, f->a, "one\n");
  receive (f, f->b, "other\n");
  flush (f);
  first = g_list_model_get_item (G_LIST_MODEL (f->model), 0);
  other = g_list_model_get_item (G_LIST_MODEL (f->model), 1);
  g_assert_false (tl_message_get_continued (first));
  receive (f, f->a, "two\n");
  flush (f);
  g_assert_true (tl_message_get_continued (first));
  g_assert_false (tl_message_get_continued (other));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, func) g_test_add (path, Fixture, NULL, setup, func, teardown)
  add ("/frame-model/none", test_none);
  add ("/frame-model/lines", test_lines);
  add ("/frame-model/growing", test_growing);
  add ("/frame-model/new-stream", test_new_stream);
  add ("/frame-model/gap", test_gap);
  add ("/frame-model/gap-passes", test_gap_passes);
  add ("/frame-model/trim", test_trim);
  add ("/frame-model/clear", test_clear);
  add ("/frame-model/change", test_change);
  add ("/frame-model/splits", test_splits);
  add ("/frame-model/random", test_random);
  add ("/frame-model/continued", test_continued);
  add ("/frame-model/decode", test_decode);
  g_test_add_func ("/frame-model/slices", test_slices);
  g_test_add_func ("/frame-model/reentrant", test_reentrant);

  return g_test_run ();
}
