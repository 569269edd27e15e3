/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlCollapseModel: equal messages as one row, against a plain look at all rows. */

#include "tl-collapse-model.h"
#include "tl-log-test.h"
#include "tl-message-filter.h"
#include "tl-message-log.h"

#include <string.h>

typedef struct {
  guint64 id;
  guint   count;
} Row;

typedef struct {
  TlMessageLog *log;
  TlMessageFilter *filter;
  TlCollapseModel *model;
  guint32 peers[2];
  GArray *rows;          /* of Row: what list users were told */
  GHashTable *unfolded;  /* of guint64: ids */
  guint n_unfolded;
} Fixture;

static Row
get_row (Fixture *fixture,
         guint    position)
{
  Row row = { tl_message_source_get_id (TL_MESSAGE_SOURCE (fixture->model), position), 0 };
  guint first;

  g_assert_true (tl_collapse_model_get_range (fixture->model, position, &first, &row.count));
  g_assert_cmpuint (tl_message_source_get_id (TL_MESSAGE_SOURCE (fixture->filter), first), ==, row.id);
  return row;
}

/* What is told is read at once, and only that. */
static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            Fixture    *fixture)
{
  g_assert_cmpuint (position + removed, <=, fixture->rows->len);
  if (removed > 0)
    g_array_remove_range (fixture->rows, position, removed);
  for (guint i = 0; i < added; i++)
    {
      const Row row = get_row (fixture, position + i);

      g_array_insert_val (fixture->rows, position + i, row);
    }
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, fixture->rows->len);
}

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  fixture->log = tl_message_log_new ();
  fixture->filter = tl_message_filter_new (TL_MESSAGE_SOURCE (fixture->log));
  fixture->model = tl_collapse_model_new (TL_MESSAGE_SOURCE (fixture->filter));
  fixture->peers[0] = tl_message_log_add_peer (fixture->log, "a");
  fixture->peers[1] = tl_message_log_add_peer (fixture->log, "b");
  fixture->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  fixture->unfolded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->log);
  g_array_unref (fixture->rows);
  g_hash_table_unref (fixture->unfolded);
}

static gboolean
is_pending (gpointer object)
{
  gboolean pending;

  g_object_get (object, "pending", &pending, NULL);
  return pending;
}

/* Rows are looked at in slices of time: on a busy machine a few of them may take more than one. */
static void
settle (Fixture *fixture)
{
  test_wait (!is_pending (fixture->filter) && !is_pending (fixture->model));
}

static void
append (Fixture    *fixture,
        guint       n,
        const char *text)
{
  for (guint i = 0; i < n; i++)
    tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, fixture->peers[0], text, strlen (text));
  tl_message_log_flush (fixture->log);
}

static gboolean
is_same (Fixture *fixture,
         guint    position)
{
  g_autoptr (TlMessage) message = g_list_model_get_item (G_LIST_MODEL (fixture->filter), position);
  g_autoptr (TlMessage) before = position > 0 ? g_list_model_get_item (G_LIST_MODEL (fixture->filter), position - 1) : NULL;
  const guint64 id = tl_message_get_id (message);

  return before != NULL && !g_hash_table_contains (fixture->unfolded, &id) && tl_message_get_kind (message) == tl_message_get_kind (before) &&
         g_strcmp0 (tl_message_get_peer (message), tl_message_get_peer (before)) == 0 &&
         g_bytes_equal (tl_message_get_bytes (message), tl_message_get_bytes (before));
}

/* Compares what list users were told with what there should be. */
static void
assert_collapsed (Fixture *fixture)
{
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (Row));
  guint n;

  settle (fixture);
  n = g_list_model_get_n_items (G_LIST_MODEL (fixture->filter));
  for (guint i = 0; i < n; i++)
    {
      const Row row = { tl_message_source_get_id (TL_MESSAGE_SOURCE (fixture->filter), i), 1 };

      if (tl_collapse_model_get_active (fixture->model) && is_same (fixture, i))
        g_array_index (expected, Row, expected->len - 1).count++;
      else
        g_array_append_val (expected, row);
    }
  g_assert_cmpuint (fixture->rows->len, ==, expected->len);
  for (guint i = 0, at = 0; i < expected->len; at += g_array_index (expected, Row, i++).count)
    {
      const Row row = g_array_index (expected, Row, i), told = g_array_index (fixture->rows, Row, i);
      guint position;

      g_assert_cmpuint (told.id, ==, row.id);
      g_assert_cmpuint (told.count, ==, row.count);
      for (guint k = at; k < at + row.count; k++)
        {
          g_assert_true (tl_collapse_model_find (fixture->model, k, &position));
          g_assert_cmpuint (position, ==, i);
          g_assert_true (tl_message_source_find_id (TL_MESSAGE_SOURCE (fixture->model),
                                                    tl_message_source_get_id (TL_MESSAGE_SOURCE (fixture->filter), k), &position));
          g_assert_cmpuint (position, ==, i);
        }
    }
}

static void
test_plain (Fixture      *fixture,
            gconstpointer unused)
{
  tl_collapse_model_set_active (fixture->model, TRUE);
  append (fixture, 3, "x");
  append (fixture, 2, "x");
  append (fixture, 1, "y");
  append (fixture, 4, "x");
  assert_collapsed (fixture);
  g_assert_cmpuint (fixture->rows->len, ==, 3);
  g_assert_cmpuint (g_array_index (fixture->rows, Row, 0).count, ==, 5);
  /* Another direction, another peer, another length are others. */
  tl_message_log_append (fixture->log, TL_MESSAGE_SENT, 1, fixture->peers[0], "x", 1);
  tl_message_log_append (fixture->log, TL_MESSAGE_SENT, 1, fixture->peers[1], "x", 1);
  tl_message_log_append (fixture->log, TL_MESSAGE_SENT, 1, fixture->peers[1], "xx", 2);
  tl_message_log_append (fixture->log, TL_MESSAGE_SENT, 1, fixture->peers[1], "xx", 2);
  tl_message_log_flush (fixture->log);
  assert_collapsed (fixture);
  g_assert_cmpuint (fixture->rows->len, ==, 6);
  tl_collapse_model_set_active (fixture->model, FALSE);
  assert_collapsed (fixture);
  g_assert_cmpuint (fixture->rows->len, ==, 14);
  tl_message_log_clear (fixture->log);
  assert_collapsed (fixture);
}

static void
unfold (Fixture *fixture,
        guint    position)
{
  guint first, n_rows;

  settle (fixture);
  if (!tl_collapse_model_get_range (fixture->model, position, &first, &n_rows) || n_rows < 2)
    return;
  /* Those between that the filter hides are meant as well. */
  for (guint64 id = tl_message_source_get_id (TL_MESSAGE_SOURCE (fixture->filter), first);
       id <= tl_message_source_get_id (TL_MESSAGE_SOURCE (fixture->filter), first + n_rows - 1); id++)
    g_hash_table_add (fixture->unfolded, g_memdup2 (&id, sizeof id));
  tl_collapse_model_unfold (fixture->model, position);
}

static void
test_unfold (Fixture      *fixture,
             gconstpointer unused)
{
  tl_collapse_model_set_active (fixture->model, TRUE);
  append (fixture, 1, "a");
  append (fixture, 4, "x");
  append (fixture, 1, "b");
  unfold (fixture, 1);
  assert_collapsed (fixture);
  g_assert_cmpuint (fixture->rows->len, ==, 6);
  append (fixture, 3, "z");
  unfold (fixture, 6);
  append (fixture, 2, "z");
  assert_collapsed (fixture);
  g_assert_cmpuint (fixture->rows->len, ==, 9);
  g_assert_cmpuint (g_array_index (fixture->rows, Row, 8).count, ==, 3);

  tl_collapse_model_set_active (fixture->model, FALSE);
  g_hash_table_remove_all (fixture->unfolded);
  tl_collapse_model_set_active (fixture->model, TRUE);
  assert_collapsed (fixture);
  g_assert_cmpuint (fixture->rows->len, ==, 4);
}

/* Of millions not all are unfolded at once, and that does not take long. */
static void
test_many (Fixture      *fixture,
           gconstpointer unused)
{
  gint64 begin;

  g_object_set (fixture->log, "max-messages", 1600000, NULL);
  append (fixture, 1500000, "x");
  begin = test_get_used ();
  tl_collapse_model_set_active (fixture->model, TRUE);
  g_assert_cmpint (test_get_used () - begin, <, 500000);
  test_wait (fixture->rows->len == 1 && g_array_index (fixture->rows, Row, 0).count == 1500000);
  begin = test_get_used ();
  tl_collapse_model_unfold (fixture->model, 0);
  g_assert_cmpint (test_get_used () - begin, <, 500000);
  g_assert_cmpuint (fixture->rows->len, ==, TL_COLLAPSE_MAX_UNFOLDED);
  g_assert_cmpuint (g_array_index (fixture->rows, Row, TL_COLLAPSE_MAX_UNFOLDED - 1).count, ==, 1500000 - TL_COLLAPSE_MAX_UNFOLDED + 1);
}

static void
change_filter (Fixture *fixture)
{
  TlMessageCriteria criteria = TL_MESSAGE_CRITERIA_INIT;

  if (g_test_rand_bit ())
    criteria.kinds = (guint) g_test_rand_int_range (1, TL_MESSAGE_FILTER_ALL_KINDS + 1);
  if (g_test_rand_bit ())
    criteria.peer = (char *) (g_test_rand_bit () ? "a" : "b");
  tl_message_filter_set_criteria (fixture->filter, &criteria);
}

static void
test_random (Fixture      *fixture,
             gconstpointer unused)
{
  static const char *const texts[] = { "x", "x", "y", "xx" };

  g_object_set (fixture->log, "max-messages", 200, NULL);
  for (guint round = 0; round < 3000; round++)
    {
      switch (g_test_rand_int_range (0, 12))
        {
        case 0:
          change_filter (fixture);
          break;
        case 1:
          tl_collapse_model_set_active (fixture->model, FALSE);
          g_hash_table_remove_all (fixture->unfolded);
          fixture->n_unfolded = 0;
          break;
        case 2:
        case 3:
          tl_collapse_model_set_active (fixture->model, TRUE);
          break;
        case 4:
          if (tl_collapse_model_get_active (fixture->model) && fixture->rows->len > 0 && fixture->n_unfolded++ < 200)
            unfold (fixture, (guint) g_test_rand_int_range (0, (gint32) fixture->rows->len));
          break;
        case 5:
          if (g_test_rand_int_range (0, 20) == 0)
            tl_message_log_clear (fixture->log);
          break;
        default:
          for (int i = g_test_rand_int_range (0, 40); i > 0; i--)
            {
              const char *text = texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))];

              tl_message_log_append (fixture->log, g_test_rand_int_range (0, 8) == 0 ? TL_MESSAGE_SENT : TL_MESSAGE_RECEIVED, 1,
                                     fixture->peers[g_test_rand_int_range (0, 8) == 0], text, strlen (text));
            }
          tl_message_log_flush (fixture->log);
        }
      assert_collapsed (fixture);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/collapse-model/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("plain", test_plain);
  ADD ("unfold", test_unfold);
  ADD ("many", test_many);
  ADD ("random", test_random);
#undef ADD

  return g_test_run ();
}
