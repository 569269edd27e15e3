/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's window in tests: made, given sessions and keys, and closed. */
#pragma once

#include "tl-session-page.h"
#include "tl-tabs.h"
#include "tl-udp-session.h"
#include "tl-window.h"

#include "tl-ui-test.h"

static TlApplication *application;

static inline TlWindow *
new_window (void)
{
  TlWindow *window = tl_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_present (GTK_WINDOW (window));
  tl_ui_test_wait (tl_ui_test_is_mapped, window, "the window to be mapped");
  tl_ui_test_frames (GTK_WIDGET (window), 3);
  return window;
}

static inline guint
n_windows (void)
{
  guint n = 0;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL; l = l->next)
    n += TL_IS_WINDOW (l->data) ? 1 : 0;
  return n;
}

/* The question that stands before @window, or NULL. */
static inline GtkWidget *
find_question (TlWindow *window)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *l = all; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_window_get_transient_for (l->data) == GTK_WINDOW (window))
      return l->data;
  return NULL;
}

/* Closes all windows, whatever is open in them. */
static inline void
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
static inline GtkShortcut *
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
static inline gboolean
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

static inline TlSession *
add_session (TlWindow *window,
             gboolean  open)
{
  TlSession *session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));

  tl_window_add_session (window, session, open);
  test_wait (tl_session_get_state (session) == (open ? TL_SESSION_OPEN : TL_SESSION_CLOSED));
  tl_ui_test_frames (GTK_WIDGET (window), 3);
  return session;
}

static inline gboolean
shows_peers (TlSessionPage *page)
{
  gboolean shown = FALSE;

  g_object_get (page, "show-peers", &shown, NULL);
  return shown;
}

static inline void
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

static inline AdwTabView *
get_view (TlWindow *window)
{
  return tl_tabs_get_view (TL_TABS (tl_ui_test_find (GTK_WIDGET (window), TL_TYPE_TABS)));
}

/* Makes the application, runs the tests that @add_tests adds, and ends it. */
static inline int
run_window_tests (int    *argc,
                  char ***argv,
                  void (*add_tests) (void))
{
  g_autoptr (GError) error = NULL;
  int status;

  tl_ui_test_init (argc, argv);
  application = g_object_new (TL_TYPE_APPLICATION, "application-id", TL_APPLICATION_ID, "flags", G_APPLICATION_NON_UNIQUE,
                              "resource-base-path", "/org/tonglu/Tonglu", NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  add_tests ();
  status = g_test_run ();
  g_clear_object (&application);
  return status;
}
