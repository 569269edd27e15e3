/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The panel of quick sends: groups and rows that are moved, renamed, deleted and found; a thousand rows of which only those that are seen are filled. */
#include "tl-message-entry.h"
#include "tl-quick-group.h"
#include "tl-quick-home.h"
#include "tl-quick-pane.h"
#include "tl-quick-row.h"
#include "tl-sequence-row.h"
#include "tl-step-row.h"

#include "tl-ui-test.h"

typedef struct {
  GtkWidget    *window;
  GtkWidget    *pane;
  TlQuickSends *sends;
} Fixture;

static void
add (Fixture    *f,
     const char *name,
     const char *group)
{
  g_autoptr (TlQuickSend) send = g_object_new (TL_TYPE_QUICK_SEND, "name", name, "group", group, "text", "some text", NULL);

  g_assert_true (tl_quick_sends_add (f->sends, send));
}

static void
set_up (Fixture *f)
{
  f->sends = tl_quick_home_get_sends ();
  test_wait (tl_quick_store_get_loaded (tl_quick_home_get_store ()));
  f->window = adw_window_new ();
  f->pane = g_object_new (TL_TYPE_QUICK_PANE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 320, 600);
  adw_window_set_content (ADW_WINDOW (f->window), f->pane);
}

static void
show (Fixture *f)
{
  gtk_window_present (GTK_WINDOW (f->window));
  tl_ui_test_wait (tl_ui_test_is_mapped, f->pane, "the pane");
  tl_ui_test_frames (f->window, 3);
}

static void
tear_down (Fixture *f)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_list_store_remove_all (tl_quick_sends_get_sequences (f->sends));
  while (g_list_model_get_n_items (G_LIST_MODEL (f->sends)) > 0)
    {
      g_autoptr (TlQuickSend) send = g_list_model_get_item (G_LIST_MODEL (f->sends), 0);

      tl_quick_sends_remove (f->sends, send);
    }
  tl_ui_test_settle ();
}

/* All at and below @widget of that type, those that are hidden too. */
static void
collect (GtkWidget *widget,
         GType      type,
         GPtrArray *found)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

static GPtrArray *
all (GtkWidget *widget,
     GType      type)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (widget, type, found);
  return found;
}

static GtkWidget *
first (GtkWidget *widget,
       GType      type)
{
  g_autoptr (GPtrArray) found = all (widget, type);

  g_assert_cmpuint (found->len, >, 0);
  return found->pdata[0];
}

/* "a: 1 2|b: 3": the groups that are seen, with their rows. */
static char *
describe (Fixture *f)
{
  g_autoptr (GPtrArray) groups = NULL;
  GString *out = g_string_new (NULL);

  tl_ui_test_frames (f->window, 2);
  groups = all (f->pane, TL_TYPE_QUICK_GROUP);
  for (guint i = 0; i < groups->len; i++)
    {
      g_autoptr (GPtrArray) rows = all (groups->pdata[i], TL_TYPE_QUICK_ROW);

      if (rows->len == 0)
        continue;
      g_string_append_printf (out, "%s%s:", out->len > 0 ? "|" : "", tl_quick_group_get_name (groups->pdata[i]));
      for (guint j = 0; j < rows->len; j++)
        g_string_append_printf (out, " %s", tl_quick_send_get_name (tl_quick_row_get_send (rows->pdata[j])));
    }

  return g_string_free (out, FALSE);
}

static void
assert_shown (Fixture    *f,
              const char *expected)
{
  g_autofree char *shown = describe (f);

  g_assert_cmpstr (shown, ==, expected);
}

static GtkWidget *
group_at (Fixture *f,
          guint    place)
{
  g_autoptr (GPtrArray) groups = all (f->pane, TL_TYPE_QUICK_GROUP);

  g_assert_cmpuint (place, <, groups->len);
  return groups->pdata[place];
}

static void
test_groups (void)
{
  Fixture f;
  GtkWidget *group;

  set_up (&f);
  add (&f, "1", "a");
  add (&f, "2", "a");
  add (&f, "3", "b");
  add (&f, "4", "");
  show (&f);
  assert_shown (&f, "a: 1 2|b: 3|: 4");

  g_assert_true (gtk_widget_activate_action (group_at (&f, 0), "group.down", NULL));
  assert_shown (&f, "b: 3|a: 1 2|: 4");
  g_assert_true (gtk_widget_activate_action (group_at (&f, 2), "group.up", NULL));
  assert_shown (&f, "b: 3|: 4|a: 1 2");
  /* At the ends nothing is done. */
  gtk_widget_activate_action (group_at (&f, 0), "group.up", NULL);
  gtk_widget_activate_action (group_at (&f, 2), "group.down", NULL);
  assert_shown (&f, "b: 3|: 4|a: 1 2");

  gtk_widget_activate_action (group_at (&f, 2), "group.delete", NULL);
  assert_shown (&f, "b: 3|: 4");

  /* Dropped on a title: behind those that are in the group. */
  group = group_at (&f, 0);
  g_signal_emit_by_name (group, "dropped", tl_quick_row_get_send (TL_QUICK_ROW (first (group_at (&f, 1), TL_TYPE_QUICK_ROW))), FALSE);
  assert_shown (&f, "b: 3 4");
  tear_down (&f);
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;

  return NULL;
}

static void
rename_group (Fixture    *f,
              guint       place,
              const char *name,
              const char *response)
{
  GtkWidget *dialog;

  gtk_widget_activate_action (group_at (f, place), "group.rename", NULL);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  gtk_editable_set_text (GTK_EDITABLE (first (dialog, GTK_TYPE_ENTRY)), name);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  tl_ui_test_settle ();
}

static void
test_rename (void)
{
  Fixture f;
  gboolean expanded = TRUE;

  set_up (&f);
  add (&f, "1", "a");
  add (&f, "2", "b");
  add (&f, "3", "b");
  show (&f);
  g_object_set (group_at (&f, 0), "expanded", FALSE, NULL);
  rename_group (&f, 0, "  新 <b> ", "rename");
  assert_shown (&f, "新 <b>: 1|b: 2 3");
  g_object_get (group_at (&f, 0), "expanded", &expanded, NULL);
  g_assert_false (expanded);

  rename_group (&f, 0, "x", "cancel");
  assert_shown (&f, "新 <b>: 1|b: 2 3");
  /* Into one that there is. */
  rename_group (&f, 0, "b", "rename");
  assert_shown (&f, "b: 2 3 1");
  rename_group (&f, 0, "", "rename");
  assert_shown (&f, ": 2 3 1");
  tear_down (&f);
}

static void
test_rows (void)
{
  Fixture f;
  g_autoptr (GPtrArray) rows = NULL;

  set_up (&f);
  add (&f, "1", "a");
  add (&f, "2", "a");
  add (&f, "3", "a");
  show (&f);
  rows = all (f.pane, TL_TYPE_QUICK_ROW);
  gtk_widget_activate_action (rows->pdata[0], "row.down", NULL);
  assert_shown (&f, "a: 2 1 3");
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = all (f.pane, TL_TYPE_QUICK_ROW);
  gtk_widget_activate_action (rows->pdata[2], "row.up", NULL);
  assert_shown (&f, "a: 2 3 1");
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = all (f.pane, TL_TYPE_QUICK_ROW);
  gtk_widget_activate_action (rows->pdata[0], "row.delete", NULL);
  assert_shown (&f, "a: 3 1");
  tear_down (&f);
}

static void
assert_sequences (Fixture    *f,
                  const char *expected)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  tl_ui_test_frames (f->window, 2);
  rows = all (f->pane, TL_TYPE_SEQUENCE_ROW);
  for (guint i = 0; i < rows->len; i++)
    g_string_append (out, tl_sequence_get_name (tl_sequence_row_get_sequence (rows->pdata[i])));
  g_assert_cmpstr (out->str, ==, expected);
}

static void
move_sequence (Fixture    *f,
               guint       place,
               const char *action)
{
  g_autoptr (GPtrArray) rows = all (f->pane, TL_TYPE_SEQUENCE_ROW);

  g_assert_cmpuint (place, <, rows->len);
  gtk_widget_activate_action (rows->pdata[place], action, NULL);
}

static void
test_sequences (void)
{
  Fixture f;
  TlQuickItemRow *row;

  set_up (&f);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TlSequence) sequence = tl_sequence_new ();

      g_object_set (sequence, "name", (const char *[]) { "A", "B", "C" }[i], NULL);
      g_list_store_append (tl_quick_sends_get_sequences (f.sends), sequence);
    }
  show (&f);
  assert_sequences (&f, "ABC");
  move_sequence (&f, 0, "row.down");
  assert_sequences (&f, "BAC");
  move_sequence (&f, 2, "row.up");
  assert_sequences (&f, "BCA");
  move_sequence (&f, 0, "row.up");
  move_sequence (&f, 2, "row.down");
  assert_sequences (&f, "BCA");
  /* As a drop on the lower half of the last one does. */
  row = TL_QUICK_ITEM_ROW (first (f.pane, TL_TYPE_SEQUENCE_ROW));
  g_assert_true (TL_QUICK_ITEM_ROW_GET_CLASS (row)->take (row, tl_quick_item_row_get_item (row), 3));
  assert_sequences (&f, "CAB");
  tear_down (&f);
}

static GtkWidget *
make_step_cb (gpointer item,
              gpointer user_data)
{
  return tl_step_row_new (user_data, item);
}

static guint
count_filled (Fixture *f)
{
  g_autoptr (GPtrArray) rows = all (f->pane, TL_TYPE_QUICK_ROW);
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += tl_quick_item_row_is_filled (rows->pdata[i]);

  return n;
}

/* A row that is seen is filled, and none is higher for it. */
static gboolean
is_filled_in_view (gpointer data)
{
  Fixture *f = data;
  g_autoptr (GPtrArray) rows = all (f->pane, TL_TYPE_QUICK_ROW);
  GtkWidget *scrolled = gtk_widget_get_ancestor (rows->pdata[0], GTK_TYPE_SCROLLED_WINDOW);
  guint n_seen = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      graphene_rect_t bounds;

      if (!gtk_widget_get_mapped (rows->pdata[i]) || !gtk_widget_compute_bounds (rows->pdata[i], scrolled, &bounds) || bounds.size.height == 0)
        return FALSE;
      if (bounds.origin.y + bounds.size.height < 0 || bounds.origin.y > gtk_widget_get_height (scrolled))
        continue;
      n_seen++;
      if (!tl_quick_item_row_is_filled (rows->pdata[i]))
        return FALSE;
    }

  return n_seen > 5;
}

static void
test_thousand (void)
{
  Fixture f;
  GtkAdjustment *adjustment;
  g_autoptr (GPtrArray) rows = NULL;
  double upper;

  set_up (&f);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("send %u", i);
      g_autofree char *group = g_strdup_printf ("group %u", i / 50);

      add (&f, name, group);
    }
  tl_ui_test_settle ();
  /* Nobody has seen it yet. */
  rows = all (f.pane, TL_TYPE_QUICK_ROW);
  g_assert_cmpuint (rows->len, ==, 0);
  show (&f);
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = all (f.pane, TL_TYPE_QUICK_ROW);
  g_assert_cmpuint (rows->len, ==, 1000);
  tl_ui_test_wait (is_filled_in_view, &f, "the rows in view");
  g_assert_cmpuint (count_filled (&f), <, 60);

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (rows->pdata[0], GTK_TYPE_SCROLLED_WINDOW)));
  upper = gtk_adjustment_get_upper (adjustment);
  for (guint i = 0; i <= 20; i++)
    {
      gtk_adjustment_set_value (adjustment, upper * i / 20);
      tl_ui_test_wait (is_filled_in_view, &f, "the rows in view");
    }
  /* What is far is empty again, and nothing has moved. */
  tl_ui_test_frames (f.window, 10);
  g_assert_cmpuint (count_filled (&f), <, 120);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), ==, upper);
  tear_down (&f);
}

static void
look_for (Fixture    *f,
          const char *text)
{
  GtkWidget *filter = first (f->pane, GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (filter), text);
  g_signal_emit_by_name (filter, "search-changed");
}

static void
test_filter (void)
{
  Fixture f;
  TlQuickSend *send;

  set_up (&f);
  for (guint i = 0; i < 14; i++)
    {
      g_autofree char *name = g_strdup_printf ("Ä%u", i);

      add (&f, name, i < 3 ? "a" : "b");
    }
  send = g_list_model_get_item (G_LIST_MODEL (f.sends), 7);
  g_object_set (send, "text", "AT+Reset", NULL);
  g_object_unref (send);
  show (&f);
  g_assert_true (gtk_widget_get_visible (first (f.pane, GTK_TYPE_SEARCH_ENTRY)));
  look_for (&f, "ä1");
  assert_shown (&f, "a: Ä1|b: Ä10 Ä11 Ä12 Ä13");
  look_for (&f, "reset");
  assert_shown (&f, "b: Ä7");
  look_for (&f, "nothing has this");
  assert_shown (&f, "");
  look_for (&f, " ");
  assert_shown (&f, "a: Ä0 Ä1 Ä2|b: Ä3 Ä4 Ä5 Ä6 Ä7 Ä8 Ä9 Ä10 Ä11 Ä12 Ä13");
  tear_down (&f);
}

static void
write_text (GtkWidget  *entry,
            const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (first (entry, GTK_TYPE_TEXT_VIEW)));

  gtk_text_buffer_set_text (buffer, text, -1);
}

/* A step of several lines is edited as such, moved with them, and what is wrong in it is told. */
static void
test_lines_of_a_step (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (GListStore) steps = g_list_store_new (TL_TYPE_SEQUENCE_STEP);
  g_autoptr (TlSequenceStep) step = tl_sequence_step_new (TL_STEP_SEND, "GET / HTTP/1.0\n\n", 0);
  g_autoptr (TlSequenceStep) other = tl_sequence_step_new (TL_STEP_WAIT, "", 5);
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *shown = NULL;

  g_list_store_append (steps, step);
  g_list_store_append (steps, other);
  gtk_list_box_bind_model (GTK_LIST_BOX (list), G_LIST_MODEL (steps), make_step_cb, steps, NULL);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  tl_ui_test_wait (tl_ui_test_is_mapped, list, "the list");

  g_object_get (first (list, TL_TYPE_MESSAGE_ENTRY), "text", &shown, NULL);
  g_assert_cmpstr (shown, ==, "GET / HTTP/1.0\n\n");
  write_text (first (list, TL_TYPE_MESSAGE_ENTRY), "one\ntwo\n  three\t\n");
  g_assert_cmpstr (tl_sequence_step_get_text (step), ==, "one\ntwo\n  three\t\n");
  gtk_widget_activate_action (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)), "row.down", NULL);
  entries = all (list, TL_TYPE_MESSAGE_ENTRY);
  g_assert_cmpuint (entries->len, ==, 2);
  g_clear_pointer (&shown, g_free);
  g_object_get (entries->pdata[1], "text", &shown, NULL);
  g_assert_cmpstr (shown, ==, "one\ntwo\n  three\t\n");
  write_text (entries->pdata[1], "{nothing}");
  g_assert_nonnull (tl_sequence_step_get_error (step));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  int result;

  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/quick-pane/groups", test_groups);
  g_test_add_func ("/quick-pane/rename", test_rename);
  g_test_add_func ("/quick-pane/rows", test_rows);
  g_test_add_func ("/quick-pane/sequences", test_sequences);
  g_test_add_func ("/quick-pane/lines-of-a-step", test_lines_of_a_step);
  g_test_add_func ("/quick-pane/filter", test_filter);
  g_test_add_func ("/quick-pane/thousand", test_thousand);
  result = g_test_run ();
  tl_quick_home_close ();

  return result;
}
