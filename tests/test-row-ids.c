/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows on which an expression gave up, over a source that forgets what it has read. */

#include "tl-message-filter.h"
#include "tl-message-search.h"
#include "tl-row-ids.h"
#include "tl-log-test.h"

#define N_ROWS 10

#define TL_TYPE_TEST_SOURCE (tl_test_source_get_type ())
G_DECLARE_FINAL_TYPE (TlTestSource, tl_test_source, TL, TEST_SOURCE, GObject)

struct _TlTestSource
{
  GObject parent_instance;

  const char *texts[N_ROWS];
  gboolean ready[N_ROWS];
  guint first_id;
  guint n_asked;
};

static gboolean
tl_test_source_peek (TlMessageSource *source,
                     guint            position,
                     TlMessageInfo   *info)
{
  TlTestSource *self = TL_TEST_SOURCE (source);

  if (position >= N_ROWS)
    return FALSE;
  *info = (TlMessageInfo) { .id = self->first_id + position, .kind = TL_MESSAGE_RECEIVED, .length = strlen (self->texts[position]) };
  return TRUE;
}

static GBytes *
tl_test_source_dup_bytes (TlMessageSource *source,
                          guint            position)
{
  const char *text = TL_TEST_SOURCE (source)->texts[position];

  return g_bytes_new_static (text, strlen (text));
}

static gboolean
tl_test_source_find_id (TlMessageSource *source,
                        guint64          id,
                        guint           *position)
{
  TlTestSource *self = TL_TEST_SOURCE (source);

  if (id >= self->first_id + N_ROWS)
    return FALSE;
  *position = id > self->first_id ? (guint) (id - self->first_id) : 0;
  return TRUE;
}

static gboolean
tl_test_source_is_ready (TlMessageSource *source,
                         guint            position)
{
  TlTestSource *self = TL_TEST_SOURCE (source);

  self->n_asked++;
  return self->ready[position];
}

static void
tl_test_source_iface_init (TlMessageSourceInterface *iface)
{
  iface->peek = tl_test_source_peek;
  iface->dup_bytes = tl_test_source_dup_bytes;
  iface->find_id = tl_test_source_find_id;
  iface->is_ready = tl_test_source_is_ready;
}

static GType
tl_test_source_get_item_type (GListModel *model)
{
  return TL_TYPE_MESSAGE;
}

static guint
tl_test_source_get_n_items (GListModel *model)
{
  return N_ROWS;
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
tl_test_source_class_init (TlTestSourceClass *klass)
{
}

static void
tl_test_source_init (TlTestSource *self)
{
  self->first_id = 1;
  for (guint i = 0; i < N_ROWS; i++)
    {
      self->texts[i] = "y";
      self->ready[i] = TRUE;
    }
}

static void
tell (TlTestSource *self,
      guint         position,
      guint         n)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n, n);
}

/* Rows that are told of as replaced and are not at hand, as those around a page that was read anew, are what they were; those that are, are looked at again. */
static void
test_replaced (void)
{
  g_autofree char *many = g_strnfill (60, 'x');
  g_autoptr (TlTestSource) source = g_object_new (TL_TYPE_TEST_SOURCE, NULL);
  g_autoptr (TlMessageFilter) filter = NULL;
  g_autoptr (TlMessageSearch) search = NULL;
  g_auto (TlMessageCriteria) criteria = TL_MESSAGE_CRITERIA_INIT;

  source->texts[2] = source->texts[5] = source->texts[7] = many;
  filter = tl_message_filter_new (TL_MESSAGE_SOURCE (source));
  search = tl_message_search_new (TL_MESSAGE_SOURCE (source));
  criteria.pattern = tl_pattern_new (TL_PATTERN_REGEX, "(x+x+)+[yz]", TL_CHARSET_UTF_8, FALSE, NULL);
  tl_message_filter_set_criteria (filter, &criteria);
  tl_message_search_set_pattern (search, criteria.pattern);
  test_wait (!tl_message_filter_get_pending (filter));
  test_wait (!tl_message_search_get_busy (search));
  g_assert_cmpuint (tl_message_filter_get_n_undecided (filter), ==, 3);
  g_assert_cmpuint (tl_message_search_get_n_undecided (search), ==, 3);

  source->ready[2] = source->ready[7] = FALSE;
  tell (source, 1, 8);
  g_assert_cmpuint (tl_message_filter_get_n_undecided (filter), ==, 3);
  g_assert_cmpuint (tl_message_search_get_n_undecided (search), ==, 3);
  source->texts[5] = source->texts[7] = "z";
  tell (source, 1, 8);
  g_assert_cmpuint (tl_message_filter_get_n_undecided (filter), ==, 2);
  g_assert_cmpuint (tl_message_search_get_n_undecided (search), ==, 2);
}

/* What has gone is forgotten on either side of where it was begun, and nothing is read for it. */
static void
test_forget (void)
{
  g_autoptr (TlTestSource) source = g_object_new (TL_TYPE_TEST_SOURCE, NULL);
  TlMessageSource *messages = TL_MESSAGE_SOURCE (source);
  TlRowIds ids;

  tl_row_ids_init (&ids);
  for (guint i = 5; i <= 9; i += 2)
    g_assert_true (tl_row_ids_add (&ids, messages, i));
  g_assert_true (tl_row_ids_add (&ids, messages, 3));
  g_assert_true (tl_row_ids_add (&ids, messages, 1));
  g_assert_false (tl_row_ids_forget (&ids, messages, 0, N_ROWS));
  g_assert_cmpuint (tl_row_ids_count (&ids, messages), ==, 5);
  g_assert_true (tl_row_ids_remove (&ids, 3));
  g_assert_true (tl_row_ids_remove (&ids, 7));
  g_assert_false (tl_row_ids_remove (&ids, 7));
  g_assert_false (tl_row_ids_remove (&ids, 2));
  g_assert_cmpuint (tl_row_ids_count (&ids, messages), ==, 3);

  g_assert_true (tl_row_ids_add (&ids, messages, 11));
  g_assert_true (tl_row_ids_forget (&ids, messages, N_ROWS - 1, 1));
  g_assert_cmpuint (tl_row_ids_count (&ids, messages), ==, 3);
  source->first_id = 6;
  g_assert_true (tl_row_ids_forget (&ids, messages, 0, 1));
  g_assert_cmpuint (tl_row_ids_count (&ids, messages), ==, 1);
  g_assert_cmpuint (source->n_asked, ==, 0);
  tl_row_ids_clear (&ids);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-ids/replaced", test_replaced);
  g_test_add_func ("/row-ids/forget", test_forget);
  return g_test_run ();
}
