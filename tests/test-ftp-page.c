/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The FTP page against a scripted server: what is shown, where one goes, what is done and what is kept. */

#include "tl-ftp-page-test.h"

#include "tl-ftp-file-view.h"
#include "tl-ftp-path-bar.h"
#include "tl-ftp-saved.h"
#include "tl-ftp-transcript.h"
#include "tl-tab-content.h"

#define ROOT "drwxr-xr-x 2 ann staff 4096 Jan  1  2020 docs\r\n" \
             "-rw-r--r-- 1 ann staff 12 Jan  1  2020 b.txt\r\n" \
             "-rw-r--r-- 1 ann staff 7 Jan  1  2020 a10.txt\r\n" \
             "-rw-r--r-- 1 ann staff 7 Jan  1  2020 a9.txt\r\n" \
             "-rw-r--r-- 1 ann staff 7 Jan  1  2020 \xd6\xd0\xce\xc4.txt\r\n" \
             "-rw-r--r-- 1 ann staff 7 Jan  1  2020 .hidden\r\n" \
             "this is no entry\r\n"

static gboolean
is_at (Fixture    *self,
       const char *path)
{
  GBytes *here = tl_ftp_page_get_path (self->page);

  return page_is_ready (self) && g_bytes_get_size (here) == strlen (path) && memcmp (g_bytes_get_data (here, NULL), path, strlen (path)) == 0;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  page_open (self, ROOT);
  page_connect (self);
  test_wait (is_at (self, "/"));
  test_wait (n_items (self) == 5);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  page_close (self);
}

static char *
dup_name (Fixture *self,
          guint    position)
{
  g_autoptr (TlFtpEntry) entry = g_list_model_get_item (G_LIST_MODEL (tl_ftp_page_get_directory (self->page)), position);

  return g_strdup (tl_ftp_entry_get_name (entry));
}

/* Folders first, numbers as numbers, hidden ones left out, GBK guessed; what was not understood is told. */
static void
test_shown (Fixture       *self,
            gconstpointer  data)
{
  static const char *const names[] = { "docs", "a9.txt", "a10.txt", "b.txt" };
  GtkWidget *page = GTK_WIDGET (self->page);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = dup_name (self, i);

      g_assert_cmpstr (name, ==, names[i]);
    }
  test_wait (shows (page, "中文.txt"));
  g_assert_true (shows (page, "docs"));
  test_wait (shows (page, "1 line not understood"));
  test_wait (shows (page, "5 items"));
  test_wait (shows (page, "1 not shown"));
  g_assert_true (gtk_widget_activate_action (page, "ftp.show-hidden", NULL));
  test_wait (n_items (self) == 6);
  g_assert_true (gtk_widget_activate_action (page, "ftp.show-hidden", NULL));
  test_wait (n_items (self) == 5);
}

/* Another character set is another name at once, and the listing is not asked for again. */
static void
test_charset (Fixture       *self,
              gconstpointer  data)
{
  GtkWidget *files = tl_ui_test_find (GTK_WIDGET (self->page), TL_TYPE_FTP_FILE_VIEW);
  guint n_lists = test_ftp_count (self->ftp, "LIST");

  test_wait (shows (files, "中文.txt"));
  g_object_set (tl_ftp_page_get_directory (self->page), "charset", TL_CHARSET_ISO_8859_1, NULL);
  test_wait (shows (files, "ÖÐÎÄ.txt"));
  g_assert_cmpuint (test_ftp_count (self->ftp, "LIST"), ==, n_lists);
}

static void
act (Fixture    *self,
     const char *action)
{
  tl_ui_test_act (GTK_WIDGET (self->page), action);
}

static void
select_entry (Fixture    *self,
              const char *name)
{
  g_autoptr (GBytes) raw = test_bytes (name);
  guint position = tl_ftp_directory_find (tl_ftp_page_get_directory (self->page), raw);
  TlFtpFileView *files = TL_FTP_FILE_VIEW (tl_ui_test_find (GTK_WIDGET (self->page), TL_TYPE_FTP_FILE_VIEW));

  g_assert_cmpuint (position, !=, GTK_INVALID_LIST_POSITION);
  gtk_selection_model_select_item (tl_ftp_file_view_get_selection (files), position, TRUE);
}

static void
activate_entry (Fixture    *self,
                const char *name)
{
  select_entry (self, name);
  act (self, "ftp.open");
}

static guint
n_selected (Fixture *self)
{
  g_autoptr (GPtrArray) selected = tl_ftp_page_dup_selected (self->page);

  return selected->len;
}

/* Into a folder, up, back, forward; from the folder above the folder is selected. */
static void
test_walk (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) selected = NULL;

  test_ftp_answer (self->ftp, "PWD", "257 \"/docs\"\r\n");
  for (guint i = 0; i < 3; i++)
    test_ftp_answer (self->ftp, "PWD", "257 \"/\"\r\n");
  test_ftp_answer (self->ftp, "PWD", "257 \"/docs\"\r\n");
  activate_entry (self, "docs");
  test_wait (is_at (self, "/docs"));
  g_assert_cmpuint (test_ftp_count (self->ftp, "CWD /docs"), >=, 1);
  act (self, "ftp.up");
  test_wait (is_at (self, "/"));
  tl_ftp_page_reload (self->page);
  test_wait (is_at (self, "/"));
  tl_ftp_page_reload (self->page);
  test_wait (is_at (self, "/"));
  test_wait (n_selected (self) == 1);
  selected = tl_ftp_page_dup_selected (self->page);
  g_assert_cmpstr (tl_ftp_entry_get_name (g_ptr_array_index (selected, 0)), ==, "docs");
  act (self, "ftp.back");
  test_wait (is_at (self, "/docs"));
}

/* A folder that is refused: the list that was there stays, the server's words are shown, and trying again helps. */
static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  GtkWidget *page = GTK_WIDGET (self->page);

  test_ftp_answer (self->ftp, "CWD", "550 Not for you.\r\n");
  test_ftp_answer (self->ftp, "CWD", "250 ok\r\n");
  activate_entry (self, "docs");
  test_wait (shows (page, "Not for you."));
  g_assert_true (is_at (self, "/"));
  g_assert_cmpuint (n_items (self), ==, 5);
  test_ftp_answer (self->ftp, "PWD", "257 \"/docs\"\r\n");
  g_assert_true (gtk_widget_activate_action (page, "ftp.retry", NULL));
  test_wait (!shows (page, "Not for you."));
  test_wait (is_at (self, "/docs"));
}

static guint
count_dialogs (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      n += ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window);
    }
  return n;
}

static void
close_dialogs (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i-- > 0;)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* A link that is opened twice, before the server said to what it leads, is one question. */
static void
test_link_twice (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (TlFtpEntry) link = NULL;

  test_ftp_content (self->ftp, "lrwxrwxrwx 1 ann staff 5 Jan  1  2020 link -> b.txt\r\n");
  tl_ftp_page_reload (self->page);
  test_wait (n_items (self) == 1);
  test_ftp_answer_only (self->ftp, "CWD", "550 Not a directory\r\n");
  link = g_list_model_get_item (G_LIST_MODEL (tl_ftp_page_get_directory (self->page)), 0);
  g_signal_emit_by_name (tl_ui_test_find (GTK_WIDGET (self->page), TL_TYPE_FTP_FILE_VIEW), "activate", link);
  g_signal_emit_by_name (tl_ui_test_find (GTK_WIDGET (self->page), TL_TYPE_FTP_FILE_VIEW), "activate", link);
  test_wait (count_dialogs () > 0);
  tl_ui_test_frames (GTK_WIDGET (self->page), 5);
  g_assert_cmpuint (count_dialogs (), ==, 1);
  g_assert_cmpuint (test_ftp_count (self->ftp, "CWD /link"), ==, 1);
  close_dialogs ();
}

static GtkWidget *
find_cell (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkColumnViewCell") && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_cell (child);

      if (found)
        return found;
    }
  return NULL;
}

/* Where a link leads is told of the one that is selected; one damaged name does not spoil the others. */
static void
test_link_target (Fixture       *self,
                  gconstpointer  data)
{
  test_ftp_content (self->ftp, "lrwxrwxrwx 1 ann staff 5 Jan  1  2020 link -> ../else/b.txt\r\n"
                               "-rw-r--r-- 1 ann staff 7 Jan  1  2020 \xb1\xa8\xb8\xe6\xb6\xfe.txt\r\n"
                               "-rw-r--r-- 1 ann staff 7 Jan  1  2020 \xe4\xb8\xad.txt\r\n"
                               "-rw-r--r-- 1 ann staff 7 Jan  1  2020 \xd7\xca\xc1\xcf.txt\r\n"
                               "-rw-r--r-- 1 ann staff 7 Jan  1  2020 \xff\xfe\xfd\xff\xff\xff.bin\r\n");
  tl_ftp_page_reload (self->page);
  test_wait (shows (GTK_WIDGET (self->page), "报告二.txt"));
  g_assert_true (shows (GTK_WIDGET (self->page), "资料.txt"));
  g_assert_true (shows (GTK_WIDGET (self->page), "中.txt"));
  select_entry (self, "link");
  test_wait (shows (GTK_WIDGET (self->page), "Link to ../else/b.txt"));
}

/* In GTK 4.8 a click on a table is told by the cell and by its row: with Ctrl it is one change all the same. */
static void
test_control_click (Fixture       *self,
                    gconstpointer  data)
{
  GtkWidget *cell;

  test_wait (shows (GTK_WIDGET (self->page), "docs"));
  cell = find_cell (GTK_WIDGET (self->page));
  if (!cell)
    {
      g_test_skip ("This GTK has no cells that hear clicks.");
      return;
    }
  g_assert_cmpuint (n_selected (self), ==, 0);
  gtk_widget_activate_action (cell, "list.select-item", "(ubb)", 0, TRUE, FALSE);
  gtk_widget_activate_action (gtk_widget_get_parent (cell), "list.select-item", "(ubb)", 0, TRUE, FALSE);
  g_assert_cmpuint (n_selected (self), ==, 1);
  /* What else a cell says still reaches the list. */
  g_assert_true (gtk_widget_activate_action (cell, "list.scroll-to-item", "u", 0));
}

/* A command that cannot be sent by hand is not lost: it stands in its field again. */
static void
test_typed_command (Fixture       *self,
                    gconstpointer  data)
{
  GtkWidget *transcript = tl_ui_test_find (GTK_WIDGET (self->page), TL_TYPE_FTP_TRANSCRIPT);
  GtkWidget *entry = GTK_WIDGET (gtk_widget_get_template_child (transcript, TL_TYPE_FTP_TRANSCRIPT, "entry"));

  gtk_editable_set_text (GTK_EDITABLE (entry), "  help me");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  test_wait (test_ftp_count (self->ftp, "HELP me") == 1);

  gtk_editable_set_text (GTK_EDITABLE (entry), "LIST");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  test_wait (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "LIST"));
}

/* A window of 360 pixels has room for it, whatever is shown. */
static void
test_narrow (Fixture       *self,
             gconstpointer  data)
{
  static const char *const lower[] = { "", "transfers", "transcript" };
  gboolean sites;
  int minimum;

  for (guint i = 0; i < G_N_ELEMENTS (lower); i++)
    {
      g_object_set (self->page, "lower", lower[i], NULL);
      gtk_widget_measure (GTK_WIDGET (self->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 360);
    }
  tl_ui_test_screenshot (GTK_WIDGET (self->page), "ftp-page-transcript");
  gtk_window_set_default_size (GTK_WINDOW (self->window), 380, 760);
  tl_ui_test_frames (GTK_WIDGET (self->page), 5);
  tl_ui_test_set_dark (TRUE);
  g_object_set (self->page, "lower", "", NULL);
  tl_ui_test_frames (GTK_WIDGET (self->page), 8);
  tl_ui_test_screenshot (self->window, "ftp-page-narrow");
  test_wait (!shows (GTK_WIDGET (self->page), "rw-r--r--"));
  g_object_set (self->page, "show-local", TRUE, NULL);
  gtk_widget_measure (GTK_WIDGET (self->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  tl_ui_test_frames (GTK_WIDGET (self->page), 8);
  tl_ui_test_screenshot (self->window, "ftp-page-narrow-local");
  /* Wide again: the sites that nobody asked for do not come. */
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 700);
  tl_ui_test_frames (GTK_WIDGET (self->page), 8);
  g_object_get (self->page, "show-sites", &sites, NULL);
  g_assert_false (sites);
  tl_ui_test_set_dark (FALSE);
}

/* What is typed as a path keeps the bytes of the folders that are there already. */
static void
test_path_text (void)
{
  g_autoptr (GBytes) current = g_bytes_new_static ("/\xd6\xd0\xce\xc4/b", 7);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) path = tl_ftp_path_from_text ("/中文/新", current, TL_FTP_CHARSET_AUTO, TL_CHARSET_GB18030, &error);
  g_autoptr (GBytes) expected = g_bytes_new_static ("/\xd6\xd0\xce\xc4/新", 9);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (path, expected));
  g_assert_null (tl_ftp_path_from_text ("/a\nb", current, TL_FTP_CHARSET_AUTO, TL_CHARSET_GB18030, &error));
  g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
}

/* What is kept has no password, and comes back as it was. */
static void
test_saved (void)
{
  g_autoptr (TlFtpUri) uri = tl_ftp_uri_parse ("ftp://ann:secret@127.0.0.1:2121/", NULL);
  g_autofree char *password = NULL;
  g_autoptr (TlFtpSite) site = tl_ftp_site_new_from_uri (uri, &password);
  g_autoptr (GBytes) path = g_bytes_new_static ("/\xd6\xd0", 3);
  g_autoptr (GVariant) saved = NULL;
  g_autofree char *text = NULL;
  g_autoptr (TlFtpSite) again = NULL;
  g_autoptr (GBytes) start = NULL;
  g_autoptr (GError) error = NULL;
  TlFtpSecurity security;
  gboolean was_open = FALSE;
  int charset;

  g_object_set (site, "security", TL_FTP_SECURITY_NONE, "charset", (int) TL_CHARSET_BIG5, NULL);
  saved = g_variant_ref_sink (tl_ftp_saved_pack (site, path, TRUE));
  text = g_variant_print (saved, TRUE);
  g_assert_null (strstr (text, "secret"));
  again = tl_ftp_saved_unpack (saved, &was_open, &error);
  g_assert_no_error (error);
  g_assert_true (was_open);
  g_assert_cmpstr (tl_ftp_site_get_host (again), ==, "127.0.0.1");
  g_assert_cmpstr (tl_ftp_site_get_user (again), ==, "ann");
  g_object_get (again, "security", &security, "charset", &charset, "start-dir", &start, NULL);
  g_assert_cmpint (security, ==, TL_FTP_SECURITY_NONE);
  g_assert_cmpint (charset, ==, TL_CHARSET_BIG5);
  g_assert_true (g_bytes_equal (start, path));
  g_assert_true (tl_ftp_link_is_one ("FTPES://a/"));
  g_assert_false (tl_ftp_link_is_one ("tcp://a:1"));
}

/* A long folder that is the first to be shown has its rows at once, and not only when it is scrolled. */
static void
test_long (void)
{
  g_autoptr (GString) listing = g_string_new (NULL);
  Fixture self = { 0 };

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (listing, "-rw-r--r-- 1 ann staff 12 Jan  1  2020 %04u.txt\r\n", i);
  page_open (&self, listing->str);
  page_connect (&self);
  test_wait (n_items (&self) == 5000);
  test_wait (shows (GTK_WIDGET (self.page), "0003.txt"));
  tear_down (&self, NULL);
}

/* A folder to begin in that is not there: another is shown, and it is said which was not, and why. */
static void
test_start_refused (void)
{
  g_autoptr (GBytes) start = g_bytes_new_static ("/gone", 5);
  g_autoptr (TlFtpSite) site = NULL;
  Fixture self = { 0 };

  page_open (&self, ROOT);
  test_ftp_answer (self.ftp, "CWD", "550 No such directory\r\n");
  site = test_ftp_site (self.ftp);
  g_object_set (site, "start-dir", start, NULL);
  tl_ftp_page_connect (self.page, site, NULL);
  test_wait (is_at (&self, "/"));
  test_wait (shows (GTK_WIDGET (self.page), "(550 No such directory)"));
  test_wait (n_items (&self) == 5);
  tear_down (&self, NULL);
}

/* The menu sorts, for the icons too, which have no heads of columns. */
static void
test_sort (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *first = NULL;
  TlFtpSort sort;
  gboolean descending;

  g_object_set (self->page, "grid", TRUE, NULL);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page), "sort.by", "s", "size"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page), "sort.descending", NULL));
  g_object_get (tl_ftp_page_get_directory (self->page), "sort", &sort, "descending", &descending, NULL);
  g_assert_cmpint (sort, ==, TL_FTP_SORT_SIZE);
  g_assert_true (descending);
  /* Folders stay first; of the files the largest is. */
  first = dup_name (self, 1);
  g_assert_cmpstr (first, ==, "b.txt");
}

/* A link in a message, right or wrong: never its password. */
static void
test_shown_link (void)
{
  static const struct { const char *link, *shown; } cases[] = {
    { "ftp://ftp.example.org/a:b@c", "ftp://ftp.example.org/a:b@c" },
    { "ftp://ann@ftp.example.org/", "ftp://ann@ftp.example.org/" },
    { "ftp://ann:secret@ftp.example.org:99999/a", "ftp://ann:********@ftp.example.org:99999/a" },
    { "ftp://ann:se/cr@et@ftp.example.org", "ftp://ann:********@ftp.example.org" },
    { "ann:secret@host", "ann:********@host" },
    { "tcp://[::1]:80", "tcp://[::1]:80" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = tl_ftp_link_dup_shown (cases[i].link);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);
#define ADD(name, test) g_test_add ("/ftp-page/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("shown", test_shown);
  ADD ("charset", test_charset);
  ADD ("walk", test_walk);
  ADD ("refused", test_refused);
  ADD ("sort", test_sort);
  ADD ("link-twice", test_link_twice);
  ADD ("link-target", test_link_target);
  ADD ("control-click", test_control_click);
  ADD ("typed-command", test_typed_command);
  ADD ("narrow", test_narrow);
  g_test_add_func ("/ftp-page/path-text", test_path_text);
  g_test_add_func ("/ftp-page/start-refused", test_start_refused);
  g_test_add_func ("/ftp-page/long", test_long);
  g_test_add_func ("/ftp-page/saved", test_saved);
  g_test_add_func ("/ftp-page/shown-link", test_shown_link);
  return g_test_run ();
}
