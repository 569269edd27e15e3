/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlLogRows: which rows a view gets, when, and with which widgets. */

#include "tl-log-rows-test.h"

static void
test_grows (Fixture      *self,
            gconstpointer unused)
{
  guint n_turns = 0;

  append (self, 3000);
  tl_log_rows_set_model (self->rows, self->selection);
  g_assert_cmpuint (check (self), ==, TL_LOG_ROWS_SLICE);
  g_assert_cmpuint (get (self, TL_LOG_ROWS_SLICE - 1)->id, ==, 3000);
  g_assert_cmpuint (tl_log_rows_to_view (self->rows, 10), ==, GTK_INVALID_LIST_POSITION);

  for (; !is_complete (self); n_turns++)
    {
      /* What comes meanwhile is there when all are. */
      if (n_turns == 5)
        append (self, 500);
      turn (self, TL_LOG_ROWS_SLICE);
    }
  g_assert_cmpuint (n_turns, >=, 20);
  g_assert_cmpuint (self->view->len, ==, 3500);
  g_assert_cmpuint (tl_log_rows_to_view (self->rows, 10), ==, 10);

  /* Then all is there at once. */
  append (self, 1000);
  g_assert_cmpuint (check (self), ==, 4500);
}

static gboolean
go_on_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Also where drawing takes all the time that there is. */
static void
test_behind_drawing (Fixture      *self,
                     gconstpointer unused)
{
  const guint drawing = g_idle_add_full (GDK_PRIORITY_REDRAW, go_on_cb, NULL, NULL);
  const gint64 deadline = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;

  append (self, 3000);
  tl_log_rows_set_model (self->rows, self->selection);
  while (check (self) < 4 * TL_LOG_ROWS_SLICE && g_get_monotonic_time () < deadline)
    turn (self, TL_LOG_ROWS_SLICE);
  g_source_remove (drawing);
  g_assert_cmpuint (check (self), >=, 4 * TL_LOG_ROWS_SLICE);
  wait_complete (self);
}

/* What comes while there are few rows is there soon where the end is followed, and does not make others wait where it is not. */
static void
test_newest_first (Fixture      *self,
                   gconstpointer following)
{
  self->following = GPOINTER_TO_INT (following);
  append (self, 3000);
  tl_log_rows_set_model (self->rows, self->selection);
  append (self, 2 * TL_LOG_ROWS_SLICE);
  while (check (self) < 3 * TL_LOG_ROWS_SLICE)
    turn (self, TL_LOG_ROWS_SLICE);
  g_assert_cmpuint (tl_log_rows_to_view (self->rows, 3000 + 2 * TL_LOG_ROWS_SLICE - 1), ==, self->following ? 3 * TL_LOG_ROWS_SLICE - 1 : GTK_INVALID_LIST_POSITION);
  wait_complete (self);
}

static void
test_few_at_once (Fixture      *self,
                  gconstpointer unused)
{
  tl_log_rows_set_model (self->rows, self->selection);
  for (guint i = 1; i < 40; i++)
    {
      append (self, 5);
      g_assert_cmpuint (check (self), ==, 5 * i);
    }
}

/* No widget is made, and none destroyed, where there are rows for all of them. */
static void
test_used_again (Fixture      *self,
                 gconstpointer unused)
{
  self->keep = TRUE;
  append (self, 3000);
  tl_log_rows_set_model (self->rows, self->selection);
  wait_complete (self);
  for (guint i = 0; i < 6; i++)
    {
      self->following = i < 3;
      set_kinds (self, i % 3 == 0 ? 1u << TL_MESSAGE_SENT : i % 3 == 1 ? 1u << TL_MESSAGE_RECEIVED : TL_MESSAGE_FILTER_ALL_KINDS);
      while (!is_complete (self))
        turn (self, 0);
      turn (self, 0);
      g_assert_cmpuint (self->view->len, ==, i % 3 == 2 ? 3000 : 1500);
    }
}

/* Where nothing passes the rows are spare, for those that come soon. */
static void
test_kept (Fixture      *self,
           gconstpointer unused)
{
  self->keep = TRUE;
  append (self, 3000);
  tl_log_rows_set_model (self->rows, self->selection);
  wait_complete (self);
  set_kinds (self, 1u << TL_MESSAGE_ERROR);
  g_assert_cmpuint (check (self), ==, 0);
  g_assert_cmpuint (self->view->len, ==, TL_LOG_ROWS_MADE);
  set_kinds (self, TL_MESSAGE_FILTER_ALL_KINDS);
  g_assert_cmpuint (check (self), ==, 3000);
  g_assert_cmpuint (self->view->len, ==, 3000);
  turn (self, 0);
}

static void
test_goes (Fixture      *self,
           gconstpointer unused)
{
  guint n_turns = 0;

  append (self, 3000);
  tl_log_rows_set_model (self->rows, self->selection);
  wait_complete (self);
  set_kinds (self, 1u << TL_MESSAGE_ERROR);
  /* They come and go more than once: no two of the same message go at once. */
  set_kinds (self, TL_MESSAGE_FILTER_ALL_KINDS);
  set_kinds (self, 1u << TL_MESSAGE_ERROR);
  for (; self->view->len > 0; n_turns++)
    turn (self, TL_LOG_ROWS_SLICE);
  g_assert_cmpuint (n_turns, >=, 20);
}

/* A full ring lets rows go through the filter, at the end of which the view is, or at its beginning. */
static void
test_trimmed (Fixture      *self,
              gconstpointer following)
{
  self->following = GPOINTER_TO_INT (following);
  g_object_set (self->log, "max-messages", 2000, NULL);
  append (self, 2000);
  set_kinds (self, 1u << TL_MESSAGE_SENT);
  tl_log_rows_set_model (self->rows, self->selection);
  wait_complete (self);
  for (guint i = 0; i < 30; i++)
    {
      append (self, 300);
      wait_complete (self);
      if (self->following)
        move_to (self, 0, self->view->len - 1);
      else
        self->anchor = 0, make (self);
      self->n_created = self->n_destroyed = 0;
    }
  g_assert_cmpuint (self->view->len, <=, 1200);
}

/* Rows that a view has and that have been let go while others were on their way. */
static void
test_trimmed_while_growing (Fixture      *self,
                            gconstpointer unused)
{
  g_object_set (self->log, "max-messages", 2000, NULL);
  append (self, 2000);
  tl_log_rows_set_model (self->rows, self->selection);
  for (guint i = 0; i < 12; i++)
    {
      turn (self, G_MAXUINT);
      append (self, 700);
      check (self);
    }
  wait_complete (self);
}

static void
test_anything (Fixture      *self,
               gconstpointer unused)
{
  static const guint kinds[] = { 1u << TL_MESSAGE_SENT, 1u << TL_MESSAGE_ERROR, 1u << TL_MESSAGE_RECEIVED, TL_MESSAGE_FILTER_ALL_KINDS };

  g_object_set (self->log, "max-messages", 1500, NULL);
  tl_log_rows_set_model (self->rows, self->selection);
  for (guint i = 0; i < 400; i++)
    {
      self->following = g_test_rand_int_range (0, 2);
      self->keep = g_test_rand_int_range (0, 2);
      switch (g_test_rand_int_range (0, 5))
        {
        case 0:
          append (self, g_test_rand_int_range (1, 10));
          break;
        case 1:
          append (self, g_test_rand_int_range (1, 900));
          break;
        case 2:
          set_kinds (self, kinds[g_test_rand_int_range (0, G_N_ELEMENTS (kinds))]);
          break;
        case 3:
          self->anchor = g_test_rand_int_range (0, MAX (self->view->len, 1));
          make (self);
          break;
        default:
          if (g_test_rand_int_range (0, 20) == 0)
            tl_message_log_clear (self->log);
          else
            g_main_context_iteration (NULL, FALSE);
        }
      check (self);
    }
  self->keep = FALSE;
  while (!is_complete (self))
    turn (self, G_MAXUINT);
  tl_log_rows_drop_spare (self->rows);
  g_assert_cmpuint (self->view->len, ==, g_list_model_get_n_items (G_LIST_MODEL (self->filter)));
  tl_log_rows_set_model (self->rows, NULL);
  g_assert_cmpuint (check (self), ==, 0);
}

static void
test_selection (Fixture      *self,
                gconstpointer unused)
{
  GtkSelectionModel *rows = GTK_SELECTION_MODEL (self->rows);
  g_autoptr (GtkBitset) selected = NULL;
  g_autoptr (GtkBitset) all = NULL;

  append (self, 3000);
  tl_log_rows_set_model (self->rows, self->selection);
  gtk_selection_model_select_item (self->selection, 2999, TRUE);
  gtk_selection_model_select_item (self->selection, 5, FALSE);
  g_assert_true (gtk_selection_model_is_selected (rows, self->view->len - 1));
  selected = gtk_selection_model_get_selection (rows);
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 1);
  g_assert_true (gtk_bitset_contains (selected, self->view->len - 1));

  /* The others are no longer selected, be they there or not. */
  gtk_selection_model_select_item (rows, 0, TRUE);
  g_assert_false (gtk_selection_model_is_selected (self->selection, 5));
  g_assert_true (gtk_selection_model_is_selected (self->selection, 3000 - self->view->len));

  gtk_selection_model_select_all (rows);
  all = gtk_selection_model_get_selection (self->selection);
  g_assert_cmpuint (gtk_bitset_get_size (all), ==, 3000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func, data) g_test_add ("/log-rows/" name, Fixture, data, set_up, func, tear_down)
  ADD ("grows", test_grows, NULL);
  ADD ("behind-drawing", test_behind_drawing, NULL);
  ADD ("newest-first", test_newest_first, GINT_TO_POINTER (TRUE));
  ADD ("oldest-first", test_newest_first, GINT_TO_POINTER (FALSE));
  ADD ("few-at-once", test_few_at_once, NULL);
  ADD ("used-again", test_used_again, NULL);
  ADD ("kept", test_kept, NULL);
  ADD ("goes", test_goes, NULL);
  ADD ("trimmed-at-end", test_trimmed, GINT_TO_POINTER (TRUE));
  ADD ("trimmed-at-beginning", test_trimmed, GINT_TO_POINTER (FALSE));
  ADD ("trimmed-while-growing", test_trimmed_while_growing, NULL);
  ADD ("anything", test_anything, NULL);
  ADD ("selection", test_selection, NULL);

  return g_test_run ();
}
