/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table and the icons of a folder: where they are scrolled to, what has the focus and which rows there are after each change; no row is made anew. */

#include "tl-ftp-grid.h"
#include "tl-ftp-icon-cell.h"
#include "tl-ftp-selection.h"
#include "tl-ftp-table.h"

#include "tl-ui-test.h"

#define N 1400

typedef struct {
  TlFtpDirectory    *directory;
  GtkSelectionModel *selection;
  GtkWidget         *window;
  TlFtpFileList     *list;
  GtkWidget         *inner;     /* whose children are the rows */
} Fixture;

static TlFtpListing *
make_listing (guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  TlFtpListing *listing;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "-rw-r--r-- 1 ann staff %u Jan  1  2020 f%05u\r\n", n - i, i);
  bytes = g_bytes_new (text->str, text->len);
  listing = tl_ftp_listing_parse (bytes, &(TlFtpListingHints) { .now = 1700000000 }, &error);
  g_assert_no_error (error);
  return listing;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (TlFtpListing) listing = make_listing (N);
  gboolean grid = GPOINTER_TO_INT (data);
  GtkWidget *view;

  self->directory = tl_ftp_directory_new ();
  tl_ftp_directory_set_listing (self->directory, listing);
  self->selection = tl_ftp_selection_new (self->directory);
  self->list = TL_FTP_FILE_LIST (grid ? tl_ftp_grid_new () : tl_ftp_table_new (self->directory));
  view = gtk_scrolled_window_get_child (tl_ftp_file_list_get_scrolled (self->list));
  self->inner = grid ? view : gtk_widget_get_last_child (view);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 600);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->list));
  gtk_window_present (GTK_WINDOW (self->window));
  tl_ui_test_wait (tl_ui_test_is_mapped, self->list, "the list");
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->selection);
  g_assert_finalize_object (g_steal_pointer (&self->directory));
}

static guint
n_in_view (Fixture *self)
{
  GtkWidget *view = gtk_scrolled_window_get_child (tl_ftp_file_list_get_scrolled (self->list));

  return g_list_model_get_n_items (G_LIST_MODEL (GTK_IS_GRID_VIEW (view) ? gtk_grid_view_get_model (GTK_GRID_VIEW (view))
                                                                         : gtk_column_view_get_model (GTK_COLUMN_VIEW (view))));
}

/* Whatever is left to do in frames and when idle. */
static void
settle (Fixture *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->directory));

  test_wait_for (n_in_view (self) == n, "all rows in the view");
  tl_ui_test_frames (self->window, 6);
}

static void
show (Fixture *self,
      guint    start)
{
  tl_ftp_file_list_set_model (self->list, self->selection, self->directory, start);
  settle (self);
}

/* The first row of the page is that of @position: in a row of icons it need not be the first. */
static void
assert_begins_at (Fixture *self,
                  guint    position)
{
  guint first = tl_ftp_file_list_get_first_seen (self->list);

  g_assert_cmpuint (first, <=, position);
  g_assert_cmpuint (first + (TL_IS_FTP_GRID (self->list) ? 12 : 1), >, position);
}

static const char *
name_in (GtkWidget *widget)
{
  if (TL_IS_FTP_ICON_CELL (widget))
    return tl_ftp_icon_cell_get_name (TL_FTP_ICON_CELL (widget));
  if (GTK_IS_INSCRIPTION (widget))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (name_in (child))
      return name_in (child);
  return NULL;
}

/* The row that shows @name, and where its top is on the page. */
static GtkWidget *
find_row (Fixture    *self,
          const char *name,
          double     *top)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->inner); row; row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t bounds;

      if (!gtk_widget_get_visible (row) || g_strcmp0 (name_in (row), name) != 0)
        continue;
      g_assert_true (gtk_widget_compute_bounds (row, self->inner, &bounds));
      if (top)
        *top = (double) bounds.origin.y;
      return row;
    }
  return NULL;
}

static gboolean
is_seen (Fixture    *self,
         const char *name)
{
  double top = -1;

  GtkWidget *row = find_row (self, name, &top);

  return row && gtk_widget_get_height (row) > 0 && top >= 0 && top < gtk_widget_get_height (self->inner);
}

static void
sort (Fixture  *self,
      gboolean  descending)
{
  gboolean busy;

  g_object_set (self->directory, "descending", descending, NULL);
  test_wait_for ((g_object_get (self->directory, "busy", &busy, NULL), !busy), "the order");
  settle (self);
}

static void
filter (Fixture    *self,
        const char *text)
{
  g_object_set (self->directory, "filter", text, NULL);
  settle (self);
}

static void
collect_rows (Fixture    *self,
              GHashTable *rows)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->inner); row; row = gtk_widget_get_next_sibling (row))
    g_hash_table_add (rows, row);
}

static guint
n_new_rows (Fixture    *self,
            GHashTable *old)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->inner); row; row = gtk_widget_get_next_sibling (row))
    n += !g_hash_table_contains (old, row);
  return n;
}

/* At its start a list stays there in another order. Its rows are the same. */
static void
test_start (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GHashTable) old = g_hash_table_new (NULL, NULL);

  show (self, 0);
  g_assert_true (is_seen (self, "f00000"));
  collect_rows (self, old);
  sort (self, TRUE);
  g_assert_true (is_seen (self, "f01399"));
  g_assert_false (is_seen (self, "f00000"));
  g_assert_cmpuint (n_new_rows (self, old), <, 20);
  sort (self, FALSE);
  g_assert_true (is_seen (self, "f00000"));
  g_assert_cmpuint (n_new_rows (self, old), <, 20);
}

/* Further down it stays with the row that has the focus, and that keeps the focus and its place. */
static void
test_focus (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GHashTable) old = g_hash_table_new (NULL, NULL);
  double before, after;

  show (self, 700);
  assert_begins_at (self, 700);
  gtk_selection_model_select_item (self->selection, 703, TRUE);
  tl_ftp_file_list_focus_row (self->list, 703);
  settle (self);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == find_row (self, "f00703", &before));
  collect_rows (self, old);

  sort (self, TRUE);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == find_row (self, "f00703", &after));
  g_assert_cmpfloat_with_epsilon (after, before, 120);
  g_assert_true (is_seen (self, "f00703"));
  g_assert_true (is_seen (self, "f00702"));
  g_assert_true (gtk_selection_model_is_selected (self->selection, N - 1 - 703));
  g_assert_cmpuint (n_new_rows (self, old), <, 20);
  g_assert_cmpuint (tl_ftp_file_list_get_focused (self->list), ==, N - 1 - 703);
}

/* A row whose entry is elsewhere now does not take the view along; the arrows bring it back. */
static void
test_lost (Fixture       *self,
           gconstpointer  data)
{
  show (self, 0);
  tl_ftp_file_list_focus_row (self->list, 1);
  settle (self);
  sort (self, TRUE);
  g_assert_true (is_seen (self, "f01399"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == GTK_WIDGET (self->list));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_DOWN));
  settle (self);
  g_assert_true (is_seen (self, "f00001"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == find_row (self, "f00001", NULL));
}

/* Few rows and none, and all again: no row is left that nobody made, and none is missing. */
static void
test_filter (Fixture       *self,
             gconstpointer  data)
{
  show (self, 700);
  filter (self, "f0011");
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("f0011%u", i);

      g_assert_true (is_seen (self, name));
    }
  g_assert_false (is_seen (self, "f00120"));
  filter (self, "none such");
  g_assert_null (gtk_widget_get_first_child (self->inner));
  filter (self, NULL);
  g_assert_true (is_seen (self, "f00000"));
  g_assert_true (is_seen (self, "f00009"));
}

/* The first rows are those that are seen; all can be selected meanwhile, and the others come by and by. */
static void
test_growth (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GtkBitset) selected = NULL;

  tl_ftp_file_list_set_model (self->list, self->selection, self->directory, 700);
  g_assert_cmpuint (n_in_view (self), <, N / 2);
  gtk_widget_activate_action (self->inner, "list.select-all", NULL);
  selected = gtk_selection_model_get_selection (self->selection);
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, N);
  settle (self);
  assert_begins_at (self, 700);

  /* And they go the same way. */
  tl_ftp_file_list_set_model (self->list, NULL, NULL, 0);
  g_assert_nonnull (gtk_widget_get_first_child (self->inner));
  test_wait_for (gtk_widget_get_first_child (self->inner) == NULL, "no rows");
}

/* A change while there are not all rows yet. */
static void
test_change_in_growth (Fixture       *self,
                       gconstpointer  data)
{
  tl_ftp_file_list_set_model (self->list, self->selection, self->directory, 700);
  g_assert_cmpuint (n_in_view (self), <, N / 2);
  sort (self, TRUE);
  for (guint i = 0; i < N; i += 7)
    {
      GtkWidget *view = gtk_scrolled_window_get_child (tl_ftp_file_list_get_scrolled (self->list));
      GListModel *rows = G_LIST_MODEL (GTK_IS_GRID_VIEW (view) ? gtk_grid_view_get_model (GTK_GRID_VIEW (view))
                                                               : gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
      g_autoptr (TlFtpEntry) entry = g_list_model_get_item (rows, i);
      g_autoptr (TlFtpEntry) expected = g_list_model_get_item (G_LIST_MODEL (self->directory), i);

      g_assert_true (entry == expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char *name;
    void (*run) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "start", test_start }, { "focus", test_focus }, { "lost", test_lost }, { "filter", test_filter },
    { "growth", test_growth }, { "change-in-growth", test_change_in_growth },
  };

  tl_ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    for (int grid = FALSE; grid <= TRUE; grid++)
      {
        g_autofree char *path = g_strdup_printf ("/ftp-file-list/%s/%s", grid ? "icons" : "table", tests[i].name);

        g_test_add (path, Fixture, GINT_TO_POINTER (grid), set_up, tests[i].run, tear_down);
      }
  return g_test_run ();
}
