/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tabs that move from one window to another. */

#include "tl-options-window.h"

#include "tl-window-test.h"

static TlSessionPage *
current_page (TlWindow *window)
{
  return TL_SESSION_PAGE (tl_tabs_get_current (TL_TABS (tl_ui_test_find (GTK_WIDGET (window), TL_TYPE_TABS))));
}

static TlWindow *
other_window (TlWindow *window)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL; l = l->next)
    if (TL_IS_WINDOW (l->data) && l->data != (gpointer) window)
      return l->data;
  return NULL;
}

/* How many buttons do a verb of the page; each of them can. */
static guint
count_page_buttons (GtkWidget *widget)
{
  const char *action = GTK_IS_BUTTON (widget) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) : NULL;
  guint n = 0;

  if (action != NULL && g_str_has_prefix (action, "page."))
    {
      g_assert_true (gtk_widget_get_sensitive (widget));
      ++n;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_page_buttons (child);
  return n;
}

/* The session goes on, what was typed stays, and keys and buttons work in the window where it is now. */
static void
test_moved_tab (void)
{
  TlWindow *window = new_window ();
  g_autoptr (TlSession) stays = add_session (window, FALSE);
  g_autoptr (TlSession) session = add_session (window, TRUE);
  TlSessionPage *page = current_page (window);
  GtkWidget *entry = tl_ui_test_find (GTK_WIDGET (tl_session_page_get_composer (page)), GTK_TYPE_TEXT_VIEW);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry));
  TlWindow *other;
  GtkWidget *header;
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  const gboolean shown = shows_peers (page);

  gtk_text_buffer_set_text (buffer, "not sent yet", -1);
  activate (window, "<Control><Shift>m");
  g_assert_cmpuint (n_windows (), ==, 2);
  other = other_window (window);
  tl_ui_test_wait (tl_ui_test_is_mapped, page, "the page in the other window");
  g_assert_true (gtk_widget_get_root (GTK_WIDGET (page)) == GTK_ROOT (other));
  g_assert_cmpint (adw_tab_view_get_n_pages (get_view (window)), ==, 1);
  g_assert_cmpint (adw_tab_view_get_n_pages (get_view (other)), ==, 1);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_OPEN);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_cmpstr (text, ==, "not sent yet");

  header = tl_ui_test_find (GTK_WIDGET (window), ADW_TYPE_HEADER_BAR);
  g_assert_true (press (header, "F9"));
  g_assert_true (shows_peers (page) == shown);
  g_assert_true (press (header, "F9"));
  header = tl_ui_test_find (GTK_WIDGET (other), ADW_TYPE_HEADER_BAR);
  g_assert_true (press (header, "F9"));
  g_assert_true (shows_peers (page) == !shown);
  g_assert_true (press (header, "F9"));

  g_assert_true (shows_peers (page) == shown);
  g_assert_cmpuint (count_page_buttons (GTK_WIDGET (page)), >, 0);
  g_assert_true (press (header, "F5"));
  test_wait (tl_session_get_state (session) == TL_SESSION_CLOSED);
  close_windows ();
}

/* The options are asked for in one window and then in the other: they stand before the one where the session is. */
static void
test_moved_options (void)
{
  TlWindow *window = new_window ();
  g_autoptr (TlSession) stays = add_session (window, FALSE);
  g_autoptr (TlSession) session = add_session (window, FALSE);
  TlSessionPage *page = current_page (window);
  g_autoptr (GList) all = NULL;
  GtkWindow *options = NULL;
  TlWindow *other;

  g_assert_true (tl_session_page_activate (page, "page.options"));
  activate (window, "<Control><Shift>m");
  other = other_window (window);
  tl_ui_test_wait (tl_ui_test_is_mapped, page, "the page in the other window");
  g_assert_true (tl_session_page_activate (page, "page.options"));
  all = gtk_window_list_toplevels ();
  for (GList *l = all; l != NULL; l = l->next)
    if (TL_IS_OPTIONS_WINDOW (l->data))
      options = l->data;
  g_assert_nonnull (options);
  g_assert_true (gtk_window_get_transient_for (options) == GTK_WINDOW (other));
  close_windows ();
}

/* A tab that has a window of its own goes back to the other window, and the one that it leaves empty is gone. */
static void
test_moved_back (void)
{
  TlWindow *window = new_window ();
  g_autoptr (TlSession) stays = add_session (window, FALSE);
  g_autoptr (TlSession) session = add_session (window, TRUE);
  TlSessionPage *page = current_page (window);

  activate (window, "<Control><Shift>m");
  g_assert_cmpuint (n_windows (), ==, 2);
  tl_ui_test_wait (tl_ui_test_is_mapped, page, "the page in the other window");

  activate (other_window (window), "<Control><Shift>m");
  test_wait (n_windows () == 1);
  g_assert_true (gtk_widget_get_root (GTK_WIDGET (page)) == GTK_ROOT (window));
  g_assert_cmpint (adw_tab_view_get_n_pages (get_view (window)), ==, 2);
  g_assert_true (current_page (window) == page);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_OPEN);
  close_windows ();
}

/* With one window and one tab there is nowhere to go: neither a second window nor an empty one comes of it. */
static void
test_only_tab (void)
{
  TlWindow *window = new_window ();
  g_autoptr (TlSession) session = add_session (window, FALSE);

  activate (window, "<Control><Shift>m");
  tl_ui_test_frames (GTK_WIDGET (window), 5);
  g_assert_cmpuint (n_windows (), ==, 1);
  g_assert_cmpint (adw_tab_view_get_n_pages (get_view (window)), ==, 1);
  close_windows ();
}

/* Only what the last tab left for another window goes by itself: not where it was closed, and not the last window. */
static void
test_emptied_window (void)
{
  TlWindow *window = new_window ();
  TlWindow *other = new_window ();
  g_autoptr (TlSession) first = add_session (window, FALSE);
  g_autoptr (TlSession) second = add_session (other, FALSE);
  g_autoptr (TlSession) third = NULL;
  AdwTabView *view = get_view (other);

  activate (other, "<Control>w");
  test_wait (adw_tab_view_get_n_pages (view) == 0);
  tl_ui_test_frames (GTK_WIDGET (other), 5);
  g_assert_cmpuint (n_windows (), ==, 2);

  /* This is what the tab bar does at the end of a drag. */
  third = add_session (other, TRUE);
  adw_tab_view_transfer_page (view, adw_tab_view_get_nth_page (view, 0), get_view (window), 0);
  test_wait (n_windows () == 1);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window)));
  g_assert_cmpint (adw_tab_view_get_n_pages (get_view (window)), ==, 2);
  g_assert_cmpint (tl_session_get_state (third), ==, TL_SESSION_OPEN);
  close_windows ();
}

static void
add_tests (void)
{
  g_test_add_func ("/window-tabs/moved-tab", test_moved_tab);
  g_test_add_func ("/window-tabs/moved-options", test_moved_options);
  g_test_add_func ("/window-tabs/moved-back", test_moved_back);
  g_test_add_func ("/window-tabs/only-tab", test_only_tab);
  g_test_add_func ("/window-tabs/emptied-window", test_emptied_window);
}

int
main (int   argc,
      char *argv[])
{
  return run_window_tests (&argc, &argv, add_tests);
}
