/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlRowIndex over a source that changes anywhere, compared with what a plain look at all rows gives. */

#include "tl-row-index.h"
#include "tl-log-test.h"

#define TL_TYPE_TEST_SOURCE (tl_test_source_get_type ())
G_DECLARE_FINAL_TYPE (TlTestSource, tl_test_source, TL, TEST_SOURCE, GObject)

struct _TlTestSource
{
  GObject parent_instance;

  GArray *offsets;  /* of guint64: what the predicate looks at */
};

static gboolean
tl_test_source_peek (TlMessageSource *source,
                     guint            position,
                     TlMessageInfo   *info)
{
  TlTestSource *self = TL_TEST_SOURCE (source);

  if (position >= self->offsets->len)
    return FALSE;
  *info = (TlMessageInfo) { .id = position + 1, .offset = g_array_index (self->offsets, guint64, position) };
  return TRUE;
}

static void
tl_test_source_iface_init (TlMessageSourceInterface *iface)
{
  iface->peek = tl_test_source_peek;
}

static GType
tl_test_source_get_item_type (GListModel *model)
{
  return TL_TYPE_MESSAGE;
}

static guint
tl_test_source_get_n_items (GListModel *model)
{
  return TL_TEST_SOURCE (model)->offsets->len;
}

static void
tl_test_source_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_test_source_get_item_type;
  iface->get_n_items = tl_test_source_get_n_items;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlTestSource, tl_test_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_test_source_list_model_init)
                               G_IMPLEMENT_INTERFACE (TL_TYPE_MESSAGE_SOURCE, tl_test_source_iface_init))

static void
tl_test_source_finalize (GObject *object)
{
  g_array_unref (TL_TEST_SOURCE (object)->offsets);
  G_OBJECT_CLASS (tl_test_source_parent_class)->finalize (object);
}

static void
tl_test_source_class_init (TlTestSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_test_source_finalize;
}

static void
tl_test_source_init (TlTestSource *self)
{
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint64));
}

static void
splice (TlTestSource *self,
        guint         position,
        guint         removed,
        guint         added)
{
  if (removed > 0)
    g_array_remove_range (self->offsets, position, removed);
  if (added > 0)
    {
      g_autofree guint64 *offsets = g_new (guint64, added);

      for (guint i = 0; i < added; i++)
        offsets[i] = g_test_rand_int_range (0, 10);
      g_array_insert_vals (self->offsets, position, offsets, added);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

typedef struct {
  TlRowIndex *index;
  guint n_rows;
  guint n_calls;
} Watch;

static gboolean
is_small (TlMessageSource *source,
          guint            position,
          gpointer         user_data)
{
  TlMessageInfo info;

  return tl_message_source_peek (source, position, &info) && info.offset < 3;
}

static void
changed_cb (TlRowIndex *index,
            guint       position,
            guint       removed,
            guint       added,
            gpointer    user_data)
{
  Watch *watch = user_data;

  g_assert_cmpuint (position + removed, <=, watch->n_rows);
  watch->n_rows += added - removed;
  watch->n_calls++;
  g_assert_cmpuint (tl_row_index_get_n_rows (index), ==, watch->n_rows);
}

typedef TlRowIndex *(*NewFunc) (TlMessageSource *source,
                                TlRowPredicate   predicate,
                                TlRowIndexFunc   changed,
                                gpointer         user_data);

static void
assert_index (Watch        *watch,
              TlTestSource *source)
{
  guint n = 0;

  for (guint i = 0; i < source->offsets->len; i++)
    {
      g_assert_cmpuint (tl_row_index_find (watch->index, i), ==, n);
      if (!is_small (TL_MESSAGE_SOURCE (source), i, NULL))
        continue;
      g_assert_cmpuint (tl_row_index_get_position (watch->index, n), ==, i);
      n++;
    }
  g_assert_cmpuint (tl_row_index_get_n_rows (watch->index), ==, n);
  g_assert_cmpuint (watch->n_rows, ==, n);
}

static void
test_changes_anywhere (gconstpointer new_index)
{
  TlTestSource *source = g_object_new (TL_TYPE_TEST_SOURCE, NULL);
  Watch watch = { 0 };

  splice (source, 0, 0, 100);
  watch.index = ((NewFunc) new_index) (TL_MESSAGE_SOURCE (source), is_small, changed_cb, &watch);
  watch.n_rows = tl_row_index_get_n_rows (watch.index);
  for (guint i = 0; i < 2500; i++)
    {
      guint n_items = source->offsets->len;
      guint position = g_test_rand_int_range (0, n_items + 1);
      guint removed = g_test_rand_int_range (0, MIN (n_items - position, 20) + 1);

      switch (g_test_rand_int_range (0, 6))
        {
        case 0:
          splice (source, 0, MIN (n_items, removed), 0);
          break;
        case 1:
          splice (source, n_items, 0, removed);
          break;
        case 2:
          splice (source, 0, 0, g_test_rand_int_range (0, 100));
          splice (source, 0, MIN (source->offsets->len, 45), 0);
          break;
        default:
          splice (source, position, removed, g_test_rand_int_range (0, 20));
          break;
        }
      /* A machine that is busy with other things may need more than one slice even for a few rows. */
      test_wait (!tl_row_index_is_pending (watch.index));
      assert_index (&watch, source);
    }

  tl_row_index_free (watch.index);
  g_assert_finalize_object (source);
}

/* The same while most of the rows have not been looked at. */
static void
test_changes_while_pending (gconstpointer new_index)
{
  TlTestSource *source = g_object_new (TL_TYPE_TEST_SOURCE, NULL);
  Watch watch = { 0 };

  splice (source, 0, 0, 1000000);
  watch.index = ((NewFunc) new_index) (TL_MESSAGE_SOURCE (source), is_small, changed_cb, &watch);
  watch.n_rows = tl_row_index_get_n_rows (watch.index);
  g_assert_true (tl_row_index_is_pending (watch.index));
  while (tl_row_index_is_pending (watch.index))
    {
      guint n_items = source->offsets->len;
      guint position = g_test_rand_int_range (0, n_items - 1000);

      splice (source, position, 500, 0);
      splice (source, 0, 700, 0);
      splice (source, source->offsets->len, 0, 300);
      g_main_context_iteration (NULL, FALSE);
    }
  assert_index (&watch, source);
  g_assert_cmpuint (watch.n_calls, >, 0);

  /* Freed with work left. */
  splice (source, source->offsets->len, 0, 1000000);
  tl_row_index_free (watch.index);
  g_assert_finalize_object (source);
}

/* The last rows are there at once, and the others come in before them. */
static void
test_newest_first (void)
{
  TlTestSource *source = g_object_new (TL_TYPE_TEST_SOURCE, NULL);
  Watch watch = { 0 };
  guint n, n_before;

  splice (source, 0, 0, 1000000);
  watch.index = tl_row_index_new_newest_first (TL_MESSAGE_SOURCE (source), is_small, changed_cb, &watch);
  watch.n_rows = n = tl_row_index_get_n_rows (watch.index);
  g_assert_true (tl_row_index_is_pending (watch.index));
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (tl_row_index_get_n_seen (watch.index), <, 1000000);
  g_assert_cmpuint (tl_row_index_get_end (watch.index), ==, 1000000);
  for (guint i = 1000000, k = n; k > 0;)
    if (is_small (TL_MESSAGE_SOURCE (source), --i, NULL))
      g_assert_cmpuint (tl_row_index_get_position (watch.index, --k), ==, i);

  /* What has not been looked at goes without a word. */
  n_before = watch.n_calls;
  splice (source, 0, 1000, 0);
  g_assert_cmpuint (watch.n_calls, ==, n_before);
  g_assert_cmpuint (tl_row_index_get_n_rows (watch.index), ==, n);

  /* What comes meanwhile is next. */
  splice (source, source->offsets->len, 0, 100);
  while (tl_row_index_get_end (watch.index) < source->offsets->len)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (tl_row_index_is_pending (watch.index));
  while (tl_row_index_is_pending (watch.index))
    g_main_context_iteration (NULL, TRUE);
  assert_index (&watch, source);

  tl_row_index_free (watch.index);
  g_assert_finalize_object (source);
}

/* Many rows in front of those that are there are looked at in slices, too. */
static void
test_many_in_front (void)
{
  TlTestSource *source = g_object_new (TL_TYPE_TEST_SOURCE, NULL);
  Watch watch = { 0 };

  splice (source, 0, 0, 1000);
  watch.index = tl_row_index_new (TL_MESSAGE_SOURCE (source), is_small, changed_cb, &watch);
  watch.n_rows = tl_row_index_get_n_rows (watch.index);
  while (tl_row_index_is_pending (watch.index))
    g_main_context_iteration (NULL, TRUE);
  watch.n_calls = 0;
  splice (source, 0, 0, 10000);
  g_assert_true (tl_row_index_is_pending (watch.index));
  g_assert_cmpuint (watch.n_calls, ==, 1);
  g_assert_cmpuint (tl_row_index_get_n_seen (watch.index), ==, 1000);
  while (tl_row_index_is_pending (watch.index))
    g_main_context_iteration (NULL, TRUE);
  assert_index (&watch, source);

  tl_row_index_free (watch.index);
  g_assert_finalize_object (source);
}

static gboolean
go_on_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Also where drawing takes all the time that there is. */
static void
test_behind_drawing (void)
{
  TlTestSource *source = g_object_new (TL_TYPE_TEST_SOURCE, NULL);
  const guint drawing = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, go_on_cb, NULL, NULL);
  const gint64 deadline = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;
  Watch watch = { 0 };

  splice (source, 0, 0, 10);
  watch.index = tl_row_index_new (TL_MESSAGE_SOURCE (source), is_small, changed_cb, &watch);
  watch.n_rows = tl_row_index_get_n_rows (watch.index);
  splice (source, 0, 0, 10000);
  g_assert_true (tl_row_index_is_pending (watch.index));
  while (tl_row_index_is_pending (watch.index) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  assert_index (&watch, source);

  g_source_remove (drawing);
  tl_row_index_free (watch.index);
  g_assert_finalize_object (source);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/row-index/changes-anywhere", tl_row_index_new, test_changes_anywhere);
  g_test_add_data_func ("/row-index/changes-anywhere-newest-first", tl_row_index_new_newest_first, test_changes_anywhere);
  g_test_add_data_func ("/row-index/changes-while-pending", tl_row_index_new, test_changes_while_pending);
  g_test_add_data_func ("/row-index/changes-while-pending-newest-first", tl_row_index_new_newest_first, test_changes_while_pending);
  g_test_add_func ("/row-index/newest-first", test_newest_first);
  g_test_add_func ("/row-index/many-in-front", test_many_in_front);
  g_test_add_func ("/row-index/behind-drawing", test_behind_drawing);

  return g_test_run ();
}
