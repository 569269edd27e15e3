/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: its keys, a tab that moves to another window, the question before it closes. */

#include "tl-connection-bar.h"
#include "tl-find-bar.h"
#include "tl-ftp-file-view.h"
#include "tl-ftp-page.h"
#include "tl-log-view.h"
#include "tl-options-window.h"
#include "tl-peer-pane.h"
#include "tl-session-page.h"
#include "tl-tabs.h"
#include "tl-udp-session.h"
#include "tl-window.h"

#include "tl-ui-test.h"

static TlApplication *application;

static TlWindow *
new_window (void)
{
  TlWindow *window = tl_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_present (GTK_WINDOW (window));
  tl_ui_test_wait (tl_ui_test_is_mapped, window, "the window to be mapped");
  tl_ui_test_frames (GTK_WIDGET (window), 3);
  return window;
}

static guint
n_windows (void)
{
  guint n = 0;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL; l = l->next)
    n += TL_IS_WINDOW (l->data) ? 1 : 0;
  return n;
}

/* The question that stands before @window, or NULL. */
static GtkWidget *
find_question (TlWindow *window)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *l = all; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_window_get_transient_for (l->data) == GTK_WINDOW (window))
      return l->data;
  return NULL;
}

/* Closes all windows, whatever is open in them. */
static void
close_windows (void)
{
  while (n_windows () > 0)
    {
      TlWindow *window = NULL;
      GtkWidget *question;
      guint before = n_windows ();

      for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL; l = l->next)
        if (TL_IS_WINDOW (l->data))
          window = l->data;
      gtk_window_close (GTK_WINDOW (window));
      question = n_windows () == before ? find_question (window) : NULL;
      if (question != NULL)
        adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "close");
      test_wait (n_windows () < before);
    }
}

/* The @nth way in which @widget itself answers to a key, from 0, or NULL. */
static GtkShortcut *
dup_shortcut (GtkWidget       *widget,
              guint            key,
              GdkModifierType  modifiers,
              guint            nth)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint k = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key &&
              gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers && nth-- == 0)
            return g_steal_pointer (&shortcut);
        }
    }
  return NULL;
}

/* Presses a key: does what the class of @widget or of one above it has for it, as GTK does when no child has taken it. */
static gboolean
press (GtkWidget  *widget,
       const char *accelerator)
{
  guint key;
  GdkModifierType modifiers;

  g_assert_true (gtk_accelerator_parse (accelerator, &key, &modifiers));
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      GtkShortcut *next;

      for (guint i = 0; (next = dup_shortcut (widget, key, modifiers, i)) != NULL; i++)
        {
          g_autoptr (GtkShortcut) shortcut = next;

          if (gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, gtk_shortcut_get_arguments (shortcut)))
            return TRUE;
        }
    }
  return FALSE;
}

static TlSession *
add_session (TlWindow *window,
             gboolean  open)
{
  TlSession *session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));

  tl_window_add_session (window, session, open);
  test_wait (tl_session_get_state (session) == (open ? TL_SESSION_OPEN : TL_SESSION_CLOSED));
  tl_ui_test_frames (GTK_WIDGET (window), 3);
  return session;
}

static TlSessionPage *
find_page (TlWindow *window)
{
  return TL_SESSION_PAGE (tl_ui_test_find (GTK_WIDGET (window), TL_TYPE_SESSION_PAGE));
}

static gboolean
shows_peers (TlSessionPage *page)
{
  gboolean shown = FALSE;

  g_object_get (page, "show-peers", &shown, NULL);
  return shown;
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
activate (TlWindow   *window,
          const char *accelerator)
{
  g_auto (GStrv) names = gtk_application_get_actions_for_accel (GTK_APPLICATION (application), accelerator);

  g_assert_cmpuint (g_strv_length (names), ==, 1);
  {
    g_autofree char *name = NULL;
    g_autoptr (GVariant) target = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_true (g_action_parse_detailed_name (names[0], &name, &target, &error));
    g_assert_no_error (error);
    g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (window), name, target));
  }
}

static AdwTabView *
get_view (TlWindow *window)
{
  return tl_tabs_get_view (TL_TABS (tl_ui_test_find (GTK_WIDGET (window), TL_TYPE_TABS)));
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
        g_ptr_array_add (keys, g_strdup (each[i]));
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

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  tl_ui_test_init (&argc, &argv);
  application = g_object_new (TL_TYPE_APPLICATION, "application-id", TL_APPLICATION_ID, "flags", G_APPLICATION_NON_UNIQUE,
                              "resource-base-path", "/org/tonglu/Tonglu", NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  g_test_add_func ("/window/page-keys", test_page_keys);
  g_test_add_func ("/window/tab-walk", test_tab_walk);
  g_test_add_func ("/window/no-session", test_no_session);
  g_test_add_func ("/window/window-keys", test_window_keys);
  g_test_add_func ("/window/shown-keys", test_shown_keys);
  g_test_add_func ("/window/moved-tab", test_moved_tab);
  g_test_add_func ("/window/moved-options", test_moved_options);
  g_test_add_func ("/window/moved-back", test_moved_back);
  g_test_add_func ("/window/only-tab", test_only_tab);
  g_test_add_func ("/window/emptied-window", test_emptied_window);
  g_test_add_func ("/window/close-asks", test_close_asks);

  status = g_test_run ();
  g_clear_object (&application);
  return status;
}
