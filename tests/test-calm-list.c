/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thousand changes of a list, told in a few. */

#include "tl-calm-list.h"

#include "tl-ui-test.h"

typedef struct {
  GListStore *store;
  TlCalmList *calm;
  guint       told;
} Fixture;

static void
told_cb (Fixture *self)
{
  self->told++;
}

static void
add (Fixture *self,
     guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_object_new (G_TYPE_OBJECT, NULL);

      g_list_store_append (self->store, item);
    }
}

static void
set_up (Fixture *self,
        guint    n)
{
  self->store = g_list_store_new (G_TYPE_OBJECT);
  self->told = 0;
  add (self, n);
  self->calm = tl_calm_list_new (G_LIST_MODEL (self->store));
  g_signal_connect_swapped (self->calm, "items-changed", G_CALLBACK (told_cb), self);
}

static void
tear_down (Fixture *self)
{
  g_assert_finalize_object (self->calm);
  g_assert_finalize_object (self->store);
}

static gboolean
is_same (gpointer data)
{
  Fixture *self = data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  if (g_list_model_get_n_items (G_LIST_MODEL (self->calm)) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) here = g_list_model_get_item (G_LIST_MODEL (self->calm), i);
      g_autoptr (GObject) there = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (here != there)
        return FALSE;
    }
  return TRUE;
}

static void
test_few (void)
{
  Fixture self;

  set_up (&self, 3);
  g_assert_true (is_same (&self));
  add (&self, 1);
  g_assert_true (is_same (&self));
  g_list_store_remove (self.store, 1);
  g_assert_true (is_same (&self));
  g_assert_cmpuint (self.told, ==, 2);
  tear_down (&self);
}

static void
test_many (void)
{
  Fixture self;

  set_up (&self, 0);
  add (&self, 1000);
  g_assert_cmpuint (self.told, ==, TL_CALM_LIST_AT_ONCE);
  tl_ui_test_wait (is_same, &self, "a thousand items");
  g_assert_cmpuint (self.told, ==, TL_CALM_LIST_AT_ONCE + 1);

  while (g_list_model_get_n_items (G_LIST_MODEL (self.store)) > 0)
    g_list_store_remove (self.store, 0);
  tl_ui_test_wait (is_same, &self, "none of them");
  g_assert_cmpuint (self.told, <=, 2 * TL_CALM_LIST_AT_ONCE + 2);
  tear_down (&self);
}

/* Those that stay are never told of as gone: a selection over the list keeps them. */
static void
test_holes (void)
{
  Fixture self;
  g_autoptr (GtkMultiSelection) selection = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  set_up (&self, 400);
  selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self.calm)));
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (selection));
  for (guint i = 0; i < 300; i++)
    g_list_store_remove (self.store, (guint) g_rand_int_range (rand, 0, (gint32) g_list_model_get_n_items (G_LIST_MODEL (self.store))));
  add (&self, 50);
  g_assert_false (is_same (&self));
  tl_calm_list_settle (self.calm);
  g_assert_true (is_same (&self));
  {
    g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (selection));

    g_assert_cmpuint (gtk_bitset_get_size (bits), ==, 100);
    g_assert_cmpuint (gtk_bitset_get_maximum (bits), ==, 99);
  }
  g_clear_object (&selection);
  tear_down (&self);
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/calm-list/few", test_few);
  g_test_add_func ("/calm-list/many", test_many);
  g_test_add_func ("/calm-list/holes", test_holes);
  return g_test_run ();
}
