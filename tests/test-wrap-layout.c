/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar's layout: one line where there is room, several where there is not, nothing outside the width. */

#include "tl-wrap-layout.h"

#include "tl-ui-test.h"

static GtkWidget *
make_box (const int *widths,
          guint      n,
          int        expanding)
{
  GtkWidget *box = tl_wrap_box_new ();

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_set_size_request (child, widths[i], 20);
      gtk_widget_set_hexpand (child, (int) i == expanding);
      gtk_widget_set_parent (child, box);
    }
  return box;
}

static void
child_bounds (GtkWidget       *box,
              guint            index,
              graphene_rect_t *bounds)
{
  GtkWidget *child = gtk_widget_get_first_child (box);

  while (index-- > 0)
    child = gtk_widget_get_next_sibling (child);
  g_assert_true (gtk_widget_compute_bounds (child, box, bounds));
}

static void
assert_bounds (GtkWidget *box,
               guint      index,
               float      x,
               float      y,
               float      width)
{
  graphene_rect_t bounds;

  child_bounds (box, index, &bounds);
  g_assert_cmpfloat (bounds.origin.x, ==, x);
  g_assert_cmpfloat (bounds.origin.y, ==, y);
  g_assert_cmpfloat (bounds.size.width, ==, width);
}

static int
height_for (GtkWidget *box,
            int        width)
{
  int minimum;

  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
test_one_line (void)
{
  GtkWidget *box = g_object_ref_sink (make_box ((int[]) { 100, 50, 60 }, 3, 1));

  g_assert_cmpint (height_for (box, 400), ==, 20);
  gtk_widget_size_allocate (box, &(GtkAllocation) { 0, 0, 400, 20 }, -1);
  assert_bounds (box, 0, 0, 0, 100);
  assert_bounds (box, 1, 106, 0, 228);
  assert_bounds (box, 2, 340, 0, 60);
  g_object_unref (box);
}

static void
test_wraps (void)
{
  GtkWidget *box = g_object_ref_sink (make_box ((int[]) { 100, 50, 60 }, 3, 0));
  int minimum;

  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);
  g_assert_cmpint (height_for (box, 160), ==, 46);
  g_assert_cmpint (height_for (box, 100), ==, 72);
  gtk_widget_size_allocate (box, &(GtkAllocation) { 0, 0, 160, 46 }, -1);
  assert_bounds (box, 0, 0, 0, 104);
  assert_bounds (box, 1, 110, 0, 50);
  assert_bounds (box, 2, 0, 26, 60);
  g_object_unref (box);
}

static void
test_hidden_children_take_no_room (void)
{
  GtkWidget *box = g_object_ref_sink (make_box ((int[]) { 100, 50, 60 }, 3, -1));

  gtk_widget_set_visible (gtk_widget_get_first_child (box), FALSE);
  g_assert_cmpint (height_for (box, 116), ==, 20);
  gtk_widget_size_allocate (box, &(GtkAllocation) { 0, 0, 116, 20 }, -1);
  assert_bounds (box, 1, 0, 0, 50);
  assert_bounds (box, 2, 56, 0, 60);
  g_object_unref (box);
}

static void
test_right_to_left (void)
{
  GtkWidget *box = g_object_ref_sink (make_box ((int[]) { 100, 50 }, 2, -1));

  gtk_widget_set_direction (box, GTK_TEXT_DIR_RTL);
  gtk_widget_size_allocate (box, &(GtkAllocation) { 0, 0, 200, 20 }, -1);
  assert_bounds (box, 0, 100, 0, 100);
  assert_bounds (box, 1, 44, 0, 50);
  g_object_unref (box);
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);

  g_test_add_func ("/wrap-layout/one-line", test_one_line);
  g_test_add_func ("/wrap-layout/wraps", test_wraps);
  g_test_add_func ("/wrap-layout/hidden", test_hidden_children_take_no_room);
  g_test_add_func ("/wrap-layout/right-to-left", test_right_to_left);

  return g_test_run ();
}
