/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: its keys, the way of the focus, the question before it closes. */

#include "tl-connection-bar.h"
#include "tl-find-bar.h"
#include "tl-ftp-file-view.h"
#include "tl-ftp-page.h"
#include "tl-log-view.h"
#include "tl-peer-pane.h"
#include "tl-tcp-server.h"

#include "tl-window-test.h"

static TlSessionPage *
find_page (TlWindow *window)
{
  return TL_SESSION_PAGE (tl_ui_test_find (GTK_WIDGET (window), TL_TYPE_SESSION_PAGE));
}

/* The focus is in the header bar: the keys of the session work all the same. */
static void
test_page_keys (void)
{
  TlWindow *window = new_window ();
  g_autoptr (TlSession) session = add_session (window, FALSE);
  TlSessionPage *page = find_page (window);
  GtkWidget *header = tl_ui_test_find (GTK_WIDGET (window), ADW_TYPE_HEADER_BAR);
  GtkWidget *composer = GTK_WIDGET (tl_session_page_get_composer (page));
  GtkWidget *find_bar;
  const gboolean shown = shows_peers (page);

  g_assert_nonnull (header);
  g_assert_true (press (header, "F5"));
  test_wait (tl_session_get_state (session) == TL_SESSION_OPEN);
  g_assert_true (press (header, "F9"));
  g_assert_true (shows_peers (page) == !shown);
  g_assert_true (press (header, "F9"));
  g_assert_true (shows_peers (page) == shown);

  find_bar = tl_ui_test_find (GTK_WIDGET (page), TL_TYPE_FIND_BAR);
  g_assert_nonnull (find_bar);
  g_assert_true (press (header, "<Control>f"));
  tl_ui_test_wait (tl_ui_test_is_mapped, find_bar, "the find bar");

  g_assert_true (press (header, "<Control>e"));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), composer));

  /* To the end of the log, where Control and End would go to the end of the text that has the focus. */
  g_assert_true (press (header, "<Alt>End"));

  /* The lines that opening left go from the view. */
  tl_message_log_flush (tl_session_get_log (session));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tl_session_get_log (session))), >, 0);
  g_assert_true (press (header, "<Control>l"));
  tl_message_log_flush (tl_session_get_log (session));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tl_session_get_log (session))), ==, 0);

  g_assert_true (press (header, "F5"));
  test_wait (tl_session_get_state (session) == TL_SESSION_CLOSED);
  close_windows ();
}

/* Walks with Tab through the page to where it ends; the stops, and whether each part of the page was one of them. */
static guint
walk (TlSessionPage    *page,
      GtkDirectionType  direction,
      gboolean         *reached,
      const GType      *types)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  guint stops = 0;

  for (; stops < 60 && gtk_widget_child_focus (GTK_WIDGET (page), direction); stops++)
    for (guint i = 0; types[i] != G_TYPE_INVALID; i++)
      if (gtk_widget_get_ancestor (gtk_root_get_focus (root), types[i]))
        reached[i] = TRUE;

  return stops;
}

/* Tab comes through all of the page, in both directions, however many rows there are. */
static void
test_tab_walk (void)
{
  const GType types[] = { TL_TYPE_CONNECTION_BAR, TL_TYPE_PEER_PANE, TL_TYPE_LOG_VIEW, GTK_TYPE_LIST_VIEW, TL_TYPE_COMPOSER, G_TYPE_INVALID };
  gboolean back[G_N_ELEMENTS (types) - 1] = { FALSE }, forward[G_N_ELEMENTS (types) - 1] = { FALSE };
  TlWindow *window = new_window ();
  g_autoptr (TlSession) session = add_session (window, FALSE);
  TlMessageLog *log = tl_session_get_log (session);
  TlSessionPage *page = find_page (window);

  for (guint i = 0; i < 200; i++)
    tl_message_log_append_text (log, TL_MESSAGE_EVENT, 0, "row");
  tl_message_log_flush (log);
  tl_ui_test_frames (GTK_WIDGET (window), 5);

  gtk_widget_grab_focus (GTK_WIDGET (tl_session_page_get_composer (page)));
  g_assert_cmpuint (walk (page, GTK_DIR_TAB_BACKWARD, back, types), <, 60);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  g_assert_cmpuint (walk (page, GTK_DIR_TAB_FORWARD, forward, types), <, 60);
  for (guint i = 0; i < G_N_ELEMENTS (back); i++)
    g_assert_true (back[i] && forward[i]);
  close_windows ();
}

/* Without a session there is nothing to do, and nothing breaks. */
static void
test_no_session (void)
{
  TlWindow *window = new_window ();
  GtkWidget *header = tl_ui_test_find (GTK_WIDGET (window), ADW_TYPE_HEADER_BAR);

  g_assert_false (press (header, "F5"));
  g_assert_false (press (header, "<Control>f"));
  g_assert_null (find_page (window));
  close_windows ();
}

static void
test_window_keys (void)
{
  TlWindow *window = new_window ();
  AdwViewStack *pages = ADW_VIEW_STACK (tl_ui_test_find (GTK_WIDGET (window), ADW_TYPE_VIEW_STACK));
  AdwTabView *view = get_view (window);

  activate (window, "<Alt>2");
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (pages), ==, "tcp");
  activate (window, "<Alt>3");
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (pages), ==, "ftp");
  activate (window, "<Control>t");
  g_assert_nonnull (tl_ui_test_find (GTK_WIDGET (window), TL_TYPE_FTP_PAGE));
  activate (window, "<Alt>1");
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (pages), ==, "udp");

  activate (window, "<Control>t");
  activate (window, "<Control>n");
  g_assert_cmpint (adw_tab_view_get_n_pages (view), ==, 2);
  activate (window, "<Control>w");
  test_wait (adw_tab_view_get_n_pages (view) == 1);
  activate (window, "<Control><Shift>n");
  g_assert_cmpuint (n_windows (), ==, 2);
  close_windows ();
}

/* Does anything in the window answer to that key? */
static gboolean
has_key (TlWindow   *window,
         const char *accelerator)
{
  /* Those of GTK's and libadwaita's own widgets, and of the composer's text, which looks at keys as they are pressed. */
  static const char *const own[] = { "<Control>Page_Up", "<Control>Page_Down", "<Control><Shift>Page_Up", "<Control><Shift>Page_Down",
                                     "Return", "<Control>Return", "<Shift>Return", "Up", "Down", NULL };
  const GType types[] = { TL_TYPE_WINDOW, TL_TYPE_SESSION_PAGE, TL_TYPE_PEER_PANE, TL_TYPE_LOG_VIEW, TL_TYPE_FTP_FILE_VIEW };
  g_auto (GStrv) actions = NULL;
  guint key;
  GdkModifierType modifiers;

  if (g_strv_contains (own, accelerator))
    return TRUE;
  g_assert_true (gtk_accelerator_parse (accelerator, &key, &modifiers));
  actions = gtk_application_get_actions_for_accel (GTK_APPLICATION (application), accelerator);
  if (actions[0] != NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GtkShortcut) shortcut = dup_shortcut (tl_ui_test_find (GTK_WIDGET (window), types[i]), key, modifiers, 0);

      if (shortcut != NULL)
        return TRUE;
    }
  return FALSE;
}

/* "<Control>1...9" stands for nine keys. */
static void
add_keys (GPtrArray  *keys,
          const char *accelerator)
{
  const char *dots = strstr (accelerator, "...");

  if (dots == NULL)
    g_ptr_array_add (keys, g_strdup (accelerator));
  else
    for (char key = dots[-1]; key <= dots[3]; key++)
      g_ptr_array_add (keys, g_strdup_printf ("%.*s%c", (int) (dots - 1 - accelerator), accelerator, key));
}

static void
collect_keys (GtkWidget *widget,
              GPtrArray *keys)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    {
      g_autofree char *accelerators = NULL;
      g_auto (GStrv) each = NULL;

      g_object_get (widget, "accelerator", &accelerators, NULL);
      each = g_strsplit (accelerators, " ", -1);
      for (guint i = 0; each[i] != NULL; i++)
        add_keys (keys, each[i]);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_keys (child, keys);
}

/* What the shortcuts window promises is there. */
static void
test_shown_keys (void)
{
  TlWindow *window = new_window ();
  g_autoptr (TlSession) session = add_session (window, FALSE);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  TlFtpPage *ftp = tl_window_add_ftp (window);
  GtkShortcutsWindow *overlay = gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (window));

  g_assert_nonnull (ftp);
  g_assert_nonnull (overlay);
  collect_keys (GTK_WIDGET (overlay), keys);
  g_assert_cmpuint (keys->len, >, 30);
  for (guint i = 0; i < keys->len; i++)
    if (!has_key (window, g_ptr_array_index (keys, i)))
      g_error ("the shortcuts window shows %s, and nothing answers to it", (char *) g_ptr_array_index (keys, i));
  close_windows ();
}

static void
test_close_asks (void)
{
  TlWindow *window = new_window ();
  g_autoptr (TlSession) session = add_session (window, TRUE);
  GtkWidget *question;

  gtk_window_close (GTK_WINDOW (window));
  question = find_question (window);
  g_assert_nonnull (question);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "cancel");
  test_wait (find_question (window) == NULL);
  g_assert_cmpuint (n_windows (), ==, 1);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_OPEN);

  gtk_window_close (GTK_WINDOW (window));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question (window)), "close");
  test_wait (n_windows () == 0);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_CLOSED);

  /* With nothing open there is nothing to ask. */
  window = new_window ();
  tl_window_add_session (window, session, FALSE);
  gtk_window_close (GTK_WINDOW (window));
  g_assert_cmpuint (n_windows (), ==, 0);
}

/* A window of 360 pixels has room for each page with an open session, beside three buttons of the window itself. */
static void
test_narrow (void)
{
  static const char *const names[] = { "udp", "tcp", "ftp" };
  TlWindow *window = new_window ();
  AdwViewStack *pages = ADW_VIEW_STACK (tl_ui_test_find (GTK_WIDGET (window), ADW_TYPE_VIEW_STACK));
  g_autoptr (TlSession) udp = add_session (window, TRUE);
  g_autoptr (TlSession) server = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));

  g_object_set (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-decoration-layout", "menu:minimize,maximize,close", NULL);
  tl_window_add_session (window, server, TRUE);
  test_wait (tl_session_get_state (server) == TL_SESSION_OPEN);
  g_assert_nonnull (tl_window_add_ftp (window));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      int minimum;

      adw_view_stack_set_visible_child_name (pages, names[i]);
      tl_ui_test_frames (GTK_WIDGET (window), 8);
      gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 360);
    }
  gtk_settings_reset_property (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-decoration-layout");
  close_windows ();
}

static void
add_tests (void)
{
  g_test_add_func ("/window/page-keys", test_page_keys);
  g_test_add_func ("/window/tab-walk", test_tab_walk);
  g_test_add_func ("/window/no-session", test_no_session);
  g_test_add_func ("/window/window-keys", test_window_keys);
  g_test_add_func ("/window/shown-keys", test_shown_keys);
  g_test_add_func ("/window/close-asks", test_close_asks);
  g_test_add_func ("/window/narrow", test_narrow);
}

int
main (int   argc,
      char *argv[])
{
  return run_window_tests (&argc, &argv, add_tests);
}
