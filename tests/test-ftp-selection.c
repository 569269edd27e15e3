/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlFtpSelection: what stays selected in another order, what does not, and that no row is made an object. */

#include "tl-ftp-selection.h"
#include "tl-ftp-spare-rows.h"

#include "tl-ui-test.h"

#define N 5000

/* Half of the sizes fall while the names rise. */
static TlFtpListing *
make_listing (guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  TlFtpListing *listing;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "-rw-r--r-- 1 ann staff %u Jan  1  2020 %s%05u\r\n", i % 2 == 0 ? n - i : i, i % 10 == 0 ? "." : "f", i);
  bytes = g_bytes_new (text->str, text->len);
  listing = tl_ftp_listing_parse (bytes, &(TlFtpListingHints) { .now = 1700000000 }, &error);
  g_assert_no_error (error);
  return listing;
}

static TlFtpDirectory *
make_directory (guint n)
{
  TlFtpDirectory *directory = tl_ftp_directory_new ();
  g_autoptr (TlFtpListing) listing = make_listing (n);

  tl_ftp_directory_set_listing (directory, listing);
  return directory;
}

static void
wait_for_order (TlFtpDirectory *directory)
{
  gboolean busy = TRUE;

  test_wait_for ((g_object_get (directory, "busy", &busy, NULL), !busy), "the order");
}

static guint
n_selected (GtkSelectionModel *selection)
{
  g_autoptr (GtkBitset) all = gtk_selection_model_get_selection (selection);

  return (guint) gtk_bitset_get_size (all);
}

static gboolean
is_selected (TlFtpDirectory    *directory,
             GtkSelectionModel *selection,
             const char        *name)
{
  g_autoptr (GBytes) raw = g_bytes_new (name, strlen (name));
  guint position = tl_ftp_directory_find (directory, raw);

  return position != G_MAXUINT && gtk_selection_model_is_selected (selection, position);
}

static void
select_name (TlFtpDirectory    *directory,
             GtkSelectionModel *selection,
             const char        *name)
{
  g_autoptr (GBytes) raw = g_bytes_new (name, strlen (name));

  g_assert_true (gtk_selection_model_select_item (selection, tl_ftp_directory_find (directory, raw), FALSE));
  g_assert_true (is_selected (directory, selection, name));
}

static void
test_order (gconstpointer data)
{
  g_autoptr (TlFtpDirectory) directory = make_directory (GPOINTER_TO_UINT (data));
  g_autoptr (GtkSelectionModel) selection = tl_ftp_selection_new (directory);

  wait_for_order (directory);
  select_name (directory, selection, "f00003");
  select_name (directory, selection, "f00044");
  g_object_set (directory, "sort", TL_FTP_SORT_SIZE, "descending", TRUE, NULL);
  wait_for_order (directory);
  g_assert_cmpuint (n_selected (selection), ==, 2);
  g_assert_true (is_selected (directory, selection, "f00003"));
  g_assert_true (is_selected (directory, selection, "f00044"));
  g_object_set (directory, "show-hidden", TRUE, NULL);
  wait_for_order (directory);
  g_assert_cmpuint (n_selected (selection), ==, 2);
  g_assert_true (is_selected (directory, selection, "f00044"));
}

/* What was filtered away would be deleted unseen. */
static void
test_filter (gconstpointer data)
{
  g_autoptr (TlFtpDirectory) directory = make_directory (GPOINTER_TO_UINT (data));
  g_autoptr (GtkSelectionModel) selection = tl_ftp_selection_new (directory);

  wait_for_order (directory);
  select_name (directory, selection, "f00003");
  select_name (directory, selection, "f00044");
  g_object_set (directory, "filter", "44", NULL);
  wait_for_order (directory);
  g_assert_cmpuint (n_selected (selection), ==, 1);
  g_object_set (directory, "filter", NULL, NULL);
  wait_for_order (directory);
  g_assert_cmpuint (n_selected (selection), ==, 1);
  g_assert_true (is_selected (directory, selection, "f00044"));
  g_assert_false (is_selected (directory, selection, "f00003"));
}

static void
test_listing (gconstpointer data)
{
  g_autoptr (TlFtpDirectory) directory = make_directory (GPOINTER_TO_UINT (data));
  g_autoptr (GtkSelectionModel) selection = tl_ftp_selection_new (directory);
  g_autoptr (TlFtpListing) other = make_listing (60);

  gtk_selection_model_select_all (selection);
  g_assert_cmpuint (n_selected (selection), ==, g_list_model_get_n_items (G_LIST_MODEL (directory)));
  tl_ftp_directory_set_listing (directory, other);
  g_assert_cmpuint (n_selected (selection), ==, 0);
  gtk_selection_model_select_all (selection);
  tl_ftp_directory_set_listing (directory, NULL);
  g_assert_cmpuint (n_selected (selection), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, 0);
}

static void
changed_cb (GtkSelectionModel *selection,
            guint              position,
            guint              n_items,
            guint             *told)
{
  told[0]++;
  told[1] = position;
  told[2] = n_items;
}

static void
test_ranges (void)
{
  g_autoptr (TlFtpDirectory) directory = make_directory (100);
  g_autoptr (GtkSelectionModel) selection = tl_ftp_selection_new (directory);
  g_autoptr (GtkBitset) some = NULL;
  guint told[3] = { 0 };

  g_signal_connect (selection, "selection-changed", G_CALLBACK (changed_cb), told);
  gtk_selection_model_select_range (selection, 10, 5, FALSE);
  gtk_selection_model_select_range (selection, 10, 5, FALSE);
  g_assert_cmpuint (told[0], ==, 1);
  g_assert_cmpuint (told[1], ==, 10);
  g_assert_cmpuint (told[2], ==, 5);
  some = gtk_selection_model_get_selection_in_range (selection, 12, 10);
  g_assert_cmpuint (gtk_bitset_get_size (some), ==, 3);
  gtk_selection_model_unselect_range (selection, 11, 80);
  g_assert_cmpuint (n_selected (selection), ==, 1);
  gtk_selection_model_select_item (selection, 30, TRUE);
  g_assert_cmpuint (n_selected (selection), ==, 1);
  g_assert_true (gtk_selection_model_is_selected (selection, 30));
  /* There is no such row. */
  gtk_selection_model_select_range (selection, 85, 100, TRUE);
  g_assert_cmpuint (n_selected (selection), ==, 5);
}

/* Whoever asks for a row gets one object as long as it is held: were they held by the selection, there would be as many as rows. */
static void
test_no_objects (void)
{
  g_autoptr (TlFtpDirectory) directory = make_directory (N);
  g_autoptr (GtkSelectionModel) selection = tl_ftp_selection_new (directory);
  gpointer entry;

  wait_for_order (directory);
  gtk_selection_model_select_all (selection);
  entry = g_list_model_get_item (G_LIST_MODEL (selection), 7);
  g_object_add_weak_pointer (entry, &entry);
  g_object_unref (entry);
  g_assert_null (entry);
}

typedef struct {
  GtkWidget *window, *view;
  guint      n_made, n_seen;
} View;

static void
setup_cb (View        *view,
          GtkListItem *item)
{
  view->n_made++;
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
bind_cb (View        *view,
         GtkListItem *item)
{
  TlFtpEntry *entry = gtk_list_item_get_item (item);

  gtk_widget_set_visible (gtk_widget_get_parent (gtk_list_item_get_child (item)), !tl_ftp_spare_rows_is_spare (entry));
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), tl_ftp_entry_get_name (entry));
}

static guint
n_visible (View *view)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (view->view); row; row = gtk_widget_get_next_sibling (row))
    n += gtk_widget_get_visible (row);
  return n;
}

static void
view_init (View           *view,
           TlFtpSpareRows *rows)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), view);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), view);
  view->view = gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (rows)), factory);
  view->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (view->window), gtk_scrolled_window_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (gtk_window_get_child (GTK_WINDOW (view->window))), view->view);
  gtk_window_present (GTK_WINDOW (view->window));
  tl_ui_test_wait (tl_ui_test_is_mapped, view->view, "the view");
}

static TlFtpEntry *
at_start (gpointer  data,
          guint    *row,
          double   *align)
{
  return NULL;
}

/* Rows are made while a folder is awaited, and are those of its entries then; nobody sees one of them before, and none is left. */
static void
test_spare_rows (void)
{
  g_autoptr (TlFtpDirectory) directory = make_directory (10);
  g_autoptr (TlFtpListing) large = make_listing (1400);
  g_autoptr (TlFtpListing) small = make_listing (20);
  g_autoptr (GtkSelectionModel) selection = tl_ftp_selection_new (directory);
  g_autoptr (TlFtpSpareRows) rows = tl_ftp_spare_rows_new (TRUE, at_start, NULL);
  GListModel *list = G_LIST_MODEL (rows);
  View view = { 0 };
  guint n_made;

  view_init (&view, rows);
  tl_ftp_spare_rows_set_model (rows, selection, directory, 0);
  g_assert_cmpuint (n_visible (&view), ==, 9);
  tl_ftp_spare_rows_expect (rows, TRUE);
  test_wait_for (g_list_model_get_n_items (list) > 200, "spare rows");
  g_assert_cmpuint (n_visible (&view), ==, 9);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (rows));
  g_assert_cmpuint (n_selected (selection), ==, 9);
  g_assert_cmpuint (n_selected (GTK_SELECTION_MODEL (rows)), ==, 9);

  n_made = view.n_made;
  tl_ftp_directory_set_listing (directory, large);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1260);
  g_assert_cmpuint (n_visible (&view), >, 190);
  g_assert_cmpuint (view.n_made - n_made, <, 40);
  for (guint i = 0; i < 1260; i++)
    {
      g_autoptr (TlFtpEntry) entry = g_list_model_get_item (list, i);
      g_autoptr (TlFtpEntry) expected = g_list_model_get_item (G_LIST_MODEL (directory), i);

      g_assert_true (entry == expected);
    }

  tl_ftp_spare_rows_expect (rows, FALSE);
  tl_ftp_directory_set_listing (directory, small);
  tl_ftp_spare_rows_expect (rows, TRUE);
  test_wait_for (g_list_model_get_n_items (list) > 200, "spare rows again");
  tl_ftp_spare_rows_expect (rows, FALSE);
  test_wait_for (g_list_model_get_n_items (list) == 18, "no spare row left");
  g_assert_cmpuint (n_visible (&view), ==, 18);
  gtk_window_destroy (GTK_WINDOW (view.window));
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char   *name;
    GTestDataFunc test;
  } tests[] = { { "order", test_order }, { "filter", test_filter }, { "listing", test_listing } };

  tl_ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *small = g_strconcat ("/ftp-selection/small/", tests[i].name, NULL);
      g_autofree char *large = g_strconcat ("/ftp-selection/large/", tests[i].name, NULL);

      g_test_add_data_func (small, GUINT_TO_POINTER (100), tests[i].test);
      g_test_add_data_func (large, GUINT_TO_POINTER (N), tests[i].test);
    }
  g_test_add_func ("/ftp-selection/ranges", test_ranges);
  g_test_add_func ("/ftp-selection/no-objects", test_no_objects);
  g_test_add_func ("/ftp-selection/spare-rows", test_spare_rows);

  return g_test_run ();
}
