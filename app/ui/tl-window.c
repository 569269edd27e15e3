/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window: the pages, their sessions, and the verbs that make, move and close them. */

#include "tl-window.h"

#include "tl-confirm.h"
#include "tl-link.h"
#include "tl-link-dialog.h"
#include "tl-page-keys.h"
#include "tl-pair.h"
#include "tl-saved-sessions.h"
#include "tl-session-page.h"
#include "tl-tabs.h"
#include "tl-try-it.h"
#include "tl-udp-session.h"

#include <glib/gi18n-lib.h>

struct _TlWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *new_stack;
  GtkMenuButton *new_tcp;
  GtkMenuButton *menu_button;
  GtkRevealer *offer;
  GtkLabel *offer_label;
  AdwViewStack *pages;
  TlTabs *udp_tabs;
  TlTabs *tcp_tabs;

  gboolean close_confirmed;
};

G_DEFINE_FINAL_TYPE (TlWindow, tl_window, ADW_TYPE_APPLICATION_WINDOW)

static GSettings *
get_settings (TlWindow *self)
{
  return tl_application_get_settings (TL_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

static gboolean
is_tcp_page (TlWindow *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "tcp") == 0;
}

static TlTabs *
get_tabs (TlWindow *self)
{
  return is_tcp_page (self) ? self->tcp_tabs : self->udp_tabs;
}

static void
visible_page_cb (TlWindow *self)
{
  gtk_stack_set_visible_child_name (self->new_stack, is_tcp_page (self) ? "tcp" : "udp");
}

/* The keys of a session work too while the focus is in the header bar or on a tab. */
static gboolean
page_key_cb (GtkWidget *widget,
             GVariant *args,
             gpointer user_data)
{
  TlSessionPage *page = tl_tabs_get_current (get_tabs (TL_WINDOW (widget)));
  const char *action;

  g_variant_get (args, "(&s)", &action);

  return page && tl_session_page_activate (page, action);
}

static GtkWidget *
make_page (TlWindow *self,
           TlSession *session,
           gboolean keep_fields)
{
  GSettings *settings = get_settings (self);
  TlMessageLog *log = tl_session_get_log (session);

  g_object_set (log,
                "max-bytes", (guint64) g_settings_get_uint (settings, "log-megabytes") * 1024 * 1024,
                "max-messages", g_settings_get_uint (settings, "log-messages"),
                NULL);
  if (keep_fields)
    tl_saved_session_keep_last (session, settings);

  return tl_session_page_new (session, settings);
}

static void
show_content (TlWindow *self,
              TlSession *session,
              GtkWidget *content)
{
  gboolean is_udp = TL_IS_UDP_SESSION (session);

  tl_tabs_add (is_udp ? self->udp_tabs : self->tcp_tabs, content);
  adw_view_stack_set_visible_child_name (self->pages, is_udp ? "udp" : "tcp");
  gtk_widget_grab_focus (content);
}

static void
new_session_from_key (TlWindow *self,
                      const char *key)
{
  g_autoptr (TlSession) session = tl_saved_session_new_last (get_settings (self), key);

  tl_window_add_session (self, session, FALSE);
}

static void
new_action_cb (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  static const char *const keys[][2] = {
    { "win.new-udp", "last-udp" },
    { "win.new-server", "last-server" },
    { "win.new-client", "last-client" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (name, keys[i][0]))
      new_session_from_key (TL_WINDOW (widget), keys[i][1]);
}

static void
new_session_cb (GtkWidget *widget,
                const char *name,
                GVariant *parameter)
{
  TlWindow *self = TL_WINDOW (widget);

  if (is_tcp_page (self))
    gtk_menu_button_popup (self->new_tcp);
  else
    new_session_from_key (self, "last-udp");
}

static void
try_cb (GtkWidget *widget,
        const char *name,
        GVariant *parameter)
{
  TlWindow *self = TL_WINDOW (widget);
  g_autoptr (TlSession) first = NULL;
  g_autoptr (TlSession) second = NULL;

  tl_try_it_new (g_str_equal (name, "win.try-udp"), &first, &second);
  show_content (self, first,
                tl_pair_new (_("Try it here"), TL_SESSION_PAGE (make_page (self, first, FALSE)),
                             TL_SESSION_PAGE (make_page (self, second, FALSE))));
  tl_session_open (first);
}

static void
close_tab_cb (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  TlWindow *self = TL_WINDOW (widget);
  AdwTabView *view = tl_tabs_get_view (get_tabs (self));
  AdwTabPage *page = adw_tab_view_get_selected_page (view);

  if (page)
    adw_tab_view_close_page (view, page);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static int
count_tabs (TlWindow *self)
{
  return adw_tab_view_get_n_pages (tl_tabs_get_view (self->udp_tabs)) + adw_tab_view_get_n_pages (tl_tabs_get_view (self->tcp_tabs));
}

/* Where a tab of @tabs goes in @other. */
static TlTabs *
receive_tab (TlWindow *self,
             TlTabs *tabs,
             TlWindow *other)
{
  gboolean is_tcp = tabs == self->tcp_tabs;

  adw_view_stack_set_visible_child_name (other->pages, is_tcp ? "tcp" : "udp");
  gtk_window_present (GTK_WINDOW (other));

  return is_tcp ? other->tcp_tabs : other->udp_tabs;
}

static TlTabs *
create_window_cb (TlTabs *tabs,
                  TlWindow *self)
{
  return receive_tab (self, tabs, tl_window_new (TL_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)))));
}

/* Its last tab went to another window. */
static void
emptied_cb (TlTabs *tabs,
            TlWindow *self)
{
  if (count_tabs (self) == 0 && tl_application_find_other_window (GTK_WINDOW (self)))
    gtk_window_close (GTK_WINDOW (self));
}

/* To a window of its own; a tab that has one already joins another window. */
static void
move_tab_cb (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  TlWindow *self = TL_WINDOW (widget);
  TlTabs *tabs = get_tabs (self);
  AdwTabView *view = tl_tabs_get_view (tabs);
  AdwTabPage *page = adw_tab_view_get_selected_page (view);
  GtkWindow *other = tl_application_find_other_window (GTK_WINDOW (self));

  if (page && count_tabs (self) > 1)
    tl_tabs_transfer (tabs, page, create_window_cb (tabs, self));
  else if (page && other)
    tl_tabs_transfer (tabs, page, receive_tab (self, tabs, TL_WINDOW (other)));
  else if (page)
    tl_window_toast (self, _("The tab has a window of its own already."));
}

static void
copy_link_cb (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  TlWindow *self = TL_WINDOW (widget);
  TlSessionPage *page = tl_tabs_get_current (get_tabs (self));
  g_autofree char *link = NULL;

  if (!page)
    {
      tl_window_toast (self, _("There is no session on this page yet."));
      return;
    }

  link = tl_session_dup_link (tl_session_page_get_session (page));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), link);
  tl_window_toast (self, _("Link copied"));
}

static void
link_opened_cb (TlLinkDialog *dialog,
                TlSession *session,
                gpointer user_data)
{
  tl_window_add_session (TL_WINDOW (user_data), session, TRUE);
}

static void
open_link_cb (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  GtkWidget *dialog = tl_link_dialog_new (GTK_WINDOW (widget));

  g_signal_connect_object (dialog, "opened", G_CALLBACK (link_opened_cb), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_page_cb (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  adw_view_stack_set_visible_child_name (TL_WINDOW (widget)->pages, g_variant_get_string (parameter, NULL));
}

static void
menu_cb (GtkWidget *widget,
         const char *name,
         GVariant *parameter)
{
  gtk_menu_button_popup (TL_WINDOW (widget)->menu_button);
}

static void
forget_sessions_cb (GtkWidget *widget,
                    const char *name,
                    GVariant *parameter)
{
  TlWindow *self = TL_WINDOW (widget);

  gtk_revealer_set_reveal_child (self->offer, FALSE);
  g_settings_reset (get_settings (self), "sessions");
}

static void
restore_sessions_cb (GtkWidget *widget,
                     const char *name,
                     GVariant *parameter)
{
  TlWindow *self = TL_WINDOW (widget);
  g_autoptr (GVariant) sessions = g_settings_get_value (get_settings (self), "sessions");
  GVariantIter iter;
  GVariant *saved;

  g_variant_iter_init (&iter, sessions);
  while ((saved = g_variant_iter_next_value (&iter)))
    {
      g_autoptr (GError) error = NULL;
      gboolean was_open = FALSE;
      g_autoptr (TlSession) session = tl_saved_session_unpack (saved, &was_open, &error);

      if (session)
        tl_window_add_session (self, session, was_open);
      else
        tl_window_toast (self, error->message);
      g_variant_unref (saved);
    }

  forget_sessions_cb (widget, name, NULL);
}

static GPtrArray *
dup_all_sessions (TlWindow *self)
{
  GPtrArray *sessions = tl_tabs_dup_sessions (self->udp_tabs);

  g_ptr_array_extend_and_steal (sessions, tl_tabs_dup_sessions (self->tcp_tabs));

  return sessions;
}

/* The windows that are closed one after the other leave all their sessions; the first of a new run forgets them. */
static void
save_window (TlWindow *self,
             GPtrArray *sessions)
{
  GSettings *settings = get_settings (self);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set (settings, "window-size", "(ii)", width, height);
  g_settings_set_string (settings, "page", is_tcp_page (self) ? "tcp" : "udp");

  if (sessions->len > 0)
    tl_saved_sessions_store (settings, sessions);
}

static void
close_confirmed_cb (gboolean confirmed,
                    gpointer user_data)
{
  TlWindow *self = TL_WINDOW (user_data);
  g_autoptr (GPtrArray) sessions = NULL;

  if (!confirmed)
    return;

  sessions = dup_all_sessions (self);
  save_window (self, sessions);
  for (guint i = 0; i < sessions->len; i++)
    tl_session_close (g_ptr_array_index (sessions, i));
  self->close_confirmed = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
tl_window_close_request (GtkWindow *window)
{
  TlWindow *self = TL_WINDOW (window);
  g_autoptr (GPtrArray) sessions = NULL;

  if (self->close_confirmed)
    return GTK_WINDOW_CLASS (tl_window_parent_class)->close_request (window);

  sessions = dup_all_sessions (self);
  tl_confirm_close (GTK_WIDGET (self), sessions, close_confirmed_cb, g_object_ref (self), g_object_unref);

  /* With nothing open it is confirmed already, and GTK does not listen to a second request within the first. */
  return self->close_confirmed ? GTK_WINDOW_CLASS (tl_window_parent_class)->close_request (window) : GDK_EVENT_STOP;
}

static void
tl_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TL_TYPE_WINDOW);

  G_OBJECT_CLASS (tl_window_parent_class)->dispose (object);
}

static void
tl_window_class_init (TlWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tl_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = tl_window_close_request;

  g_type_ensure (TL_TYPE_TABS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TlWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, new_stack);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, new_tcp);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, offer);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, offer_label);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, udp_tabs);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, tcp_tabs);
  gtk_widget_class_bind_template_callback (widget_class, create_window_cb);
  gtk_widget_class_bind_template_callback (widget_class, emptied_cb);
  gtk_widget_class_bind_template_callback (widget_class, visible_page_cb);

  tl_page_keys_add (widget_class, page_key_cb);
  gtk_widget_class_install_action (widget_class, "win.new-udp", NULL, new_action_cb);
  gtk_widget_class_install_action (widget_class, "win.new-server", NULL, new_action_cb);
  gtk_widget_class_install_action (widget_class, "win.new-client", NULL, new_action_cb);
  gtk_widget_class_install_action (widget_class, "win.new-session", NULL, new_session_cb);
  gtk_widget_class_install_action (widget_class, "win.try-udp", NULL, try_cb);
  gtk_widget_class_install_action (widget_class, "win.try-tcp", NULL, try_cb);
  gtk_widget_class_install_action (widget_class, "win.close-tab", NULL, close_tab_cb);
  gtk_widget_class_install_action (widget_class, "win.move-tab", NULL, move_tab_cb);
  gtk_widget_class_install_action (widget_class, "win.copy-link", NULL, copy_link_cb);
  gtk_widget_class_install_action (widget_class, "win.open-link", NULL, open_link_cb);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_cb);
  gtk_widget_class_install_action (widget_class, "win.menu", NULL, menu_cb);
  gtk_widget_class_install_action (widget_class, "win.restore-sessions", NULL, restore_sessions_cb);
  gtk_widget_class_install_action (widget_class, "win.forget-sessions", NULL, forget_sessions_cb);
}

static void
tl_window_init (TlWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

TlWindow *
tl_window_new (TlApplication *application)
{
  GSettings *settings = tl_application_get_settings (application);
  g_autofree char *page = g_settings_get_string (settings, "page");
  TlWindow *self = g_object_new (TL_TYPE_WINDOW, "application", application, NULL);
  int width, height;

  g_settings_get (settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  adw_view_stack_set_visible_child_name (self->pages, page);
  gtk_widget_grab_focus (GTK_WIDGET (get_tabs (self)));

  return self;
}

void
tl_window_add_session (TlWindow *self,
                       TlSession *session,
                       gboolean open)
{
  g_return_if_fail (TL_IS_WINDOW (self));
  g_return_if_fail (TL_IS_SESSION (session));

  if (open)
    tl_session_open (session);
  show_content (self, session, make_page (self, session, TRUE));
}

void
tl_window_toast (TlWindow *self,
                 const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_return_if_fail (TL_IS_WINDOW (self));

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

void
tl_window_offer_saved_sessions (TlWindow *self)
{
  g_autoptr (GVariant) sessions = g_settings_get_value (get_settings (self), "sessions");
  gsize n_sessions = g_variant_n_children (sessions);
  g_autofree char *text = NULL;

  g_return_if_fail (TL_IS_WINDOW (self));

  if (n_sessions == 0)
    return;

  text = g_strdup_printf (ngettext ("%u session was here when the program was last closed.",
                                    "%u sessions were here when the program was last closed.", n_sessions),
                          (guint) n_sessions);
  gtk_label_set_text (self->offer_label, text);
  gtk_revealer_set_reveal_child (self->offer, TRUE);
}
