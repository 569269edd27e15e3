/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames over a message log: rows, what ends them, and that ids stay. */

#include "tl-frame-model-test.h"

#include "tl-frame-index.h"
#include "tl-message-filter.h"
#include "tl-message-search.h"

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

/* How many the filter and the search do not know of. */
static void
wait_undecided (Fixture         *f,
                TlMessageFilter *filter,
                TlMessageSearch *search,
                guint            n)
{
  flush (f);
  test_wait (!tl_message_filter_get_pending (filter));
  test_wait (!tl_message_search_get_busy (search));
  g_assert_cmpuint (tl_message_filter_get_n_undecided (filter), ==, n);
  g_assert_cmpuint (tl_message_search_get_n_undecided (search), ==, n);
}

/* A row on which an expression gives up counts once, however often it grows, and no more when it is decided or has gone. */
static void
test_undecided (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *many = g_strnfill (60, 'x');
  g_autoptr (TlMessageFilter) filter = tl_message_filter_new (TL_MESSAGE_SOURCE (f->model));
  g_autoptr (TlMessageSearch) search = tl_message_search_new (TL_MESSAGE_SOURCE (f->model));
  g_auto (TlMessageCriteria) criteria = TL_MESSAGE_CRITERIA_INIT;

  set_framing (f, "lines");
  receive (f, f->a, "x\n");
  receive (f, f->a, many);
  receive (f, f->b, many);
  flush (f);
  criteria.pattern = tl_pattern_new (TL_PATTERN_REGEX, "(x+x+)+[yz]", TL_CHARSET_UTF_8, FALSE, NULL);
  tl_message_filter_set_criteria (filter, &criteria);
  tl_message_search_set_pattern (search, criteria.pattern);
  wait_undecided (f, filter, search, 2);
  for (guint i = 0; i < 3; i++)
    {
      receive (f, i % 2 == 0 ? f->a : f->b, "x");
      wait_undecided (f, filter, search, 2);
    }

  receive (f, f->b, "y");
  wait_undecided (f, filter, search, 1);
  receive (f, f->a, "y");
  wait_undecided (f, filter, search, 0);
  receive (f, f->b, many);
  wait_undecided (f, filter, search, 0);
  receive (f, f->b, "\n");
  receive (f, f->b, many);
  wait_undecided (f, filter, search, 1);
  tl_message_log_clear (f->log);
  wait_undecided (f, filter, search, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/frame-model/none", test_none);
  add ("/frame-model/lines", test_lines);
  add ("/frame-model/growing", test_growing);
  add ("/frame-model/undecided", test_undecided);
  add ("/frame-model/new-stream", test_new_stream);
  add ("/frame-model/gap", test_gap);
  add ("/frame-model/gap-passes", test_gap_passes);
  add ("/frame-model/trim", test_trim);
  add ("/frame-model/clear", test_clear);
  add ("/frame-model/change", test_change);
  add ("/frame-model/continued", test_continued);
  return g_test_run ();
}
