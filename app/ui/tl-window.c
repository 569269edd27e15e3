/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window: the pages, their sessions, and the verbs that make, move and close them. */

#include "tl-window-private.h"

#include "tl-confirm.h"
#include "tl-ftp-page.h"
#include "tl-link.h"
#include "tl-link-dialog.h"
#include "tl-page-keys.h"
#include "tl-pair.h"
#include "tl-saved-sessions.h"
#include "tl-session-page.h"
#include "tl-try-it.h"
#include "tl-udp-session.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (TlWindow, tl_window, ADW_TYPE_APPLICATION_WINDOW)

GSettings *
tl_window_get_settings (TlWindow *self)
{
  return tl_application_get_settings (TL_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

static const char *
get_page_name (TlWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->pages);

  return name ? name : "udp";
}

static TlTabs *
get_tabs (TlWindow *self)
{
  return TL_TABS (adw_view_stack_get_visible_child (self->pages));
}

static void
visible_page_cb (TlWindow *self)
{
  gtk_stack_set_visible_child_name (self->new_stack, get_page_name (self));
}

/* The keys of a page work too while the focus is in the header bar or on a tab. */
static gboolean
page_key_cb (GtkWidget *widget,
             GVariant *args,
             gpointer user_data)
{
  TlTabContent *content = tl_tabs_get_current (get_tabs (TL_WINDOW (widget)));

  return content && tl_tab_content_press (content, args);
}

static GtkWidget *
make_page (TlWindow *self,
           TlSession *session,
           gboolean keep_fields)
{
  GSettings *settings = tl_window_get_settings (self);
  TlMessageLog *log = tl_session_get_log (session);

  g_object_set (log,
                "max-bytes", (guint64) g_settings_get_uint (settings, "log-megabytes") * 1024 * 1024,
                "max-messages", g_settings_get_uint (settings, "log-messages"),
                NULL);
  if (keep_fields)
    tl_saved_session_keep_last (session, settings);

  return tl_session_page_new (session, settings);
}

void
tl_window_show_content (TlWindow *self,
                        TlTabs *tabs,
                        GtkWidget *content)
{
  tl_tabs_add (tabs, content);
  adw_view_stack_set_visible_child (self->pages, GTK_WIDGET (tabs));
  gtk_widget_grab_focus (content);
}

static TlTabs *
tabs_for (TlWindow *self,
          TlSession *session)
{
  return TL_IS_UDP_SESSION (session) ? self->udp_tabs : self->tcp_tabs;
}

static void
new_session_from_key (TlWindow *self,
                      const char *key)
{
  g_autoptr (TlSession) session = tl_saved_session_new_last (tl_window_get_settings (self), key);

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
new_ftp_cb (GtkWidget *widget,
            const char *name,
            GVariant *parameter)
{
  tl_window_add_ftp (TL_WINDOW (widget));
}

static void
new_session_cb (GtkWidget *widget,
                const char *name,
                GVariant *parameter)
{
  TlWindow *self = TL_WINDOW (widget);
  TlTabs *tabs = get_tabs (self);

  if (tabs == self->tcp_tabs)
    gtk_menu_button_popup (self->new_tcp);
  else if (tabs == self->ftp_tabs)
    tl_window_add_ftp (self);
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
  tl_window_show_content (self, tabs_for (self, first),
                tl_pair_new (_("Try it here"), TL_SESSION_PAGE (make_page (self, first, FALSE)),
                             TL_SESSION_PAGE (make_page (self, second, FALSE))));
  tl_session_open (first);
}

/* The key that file managers have for a new folder is the one that windows have for a new window. */
static void
new_folder_cb (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  TlTabContent *content = tl_tabs_get_current (get_tabs (TL_WINDOW (widget)));

  if (TL_IS_FTP_PAGE (content) && tl_ftp_page_get_path (TL_FTP_PAGE (content)))
    gtk_widget_activate_action (GTK_WIDGET (content), "ftp.new-folder", NULL);
  else
    gtk_widget_activate_action (widget, "app.new-window", NULL);
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
  TlTabs *const all[] = { self->udp_tabs, self->tcp_tabs, self->ftp_tabs };
  int n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    n += adw_tab_view_get_n_pages (tl_tabs_get_view (all[i]));

  return n;
}

/* Where a tab of the page that is shown goes in @other. */
static TlTabs *
receive_tab (TlWindow *self,
             TlWindow *other)
{
  adw_view_stack_set_visible_child_name (other->pages, get_page_name (self));
  gtk_window_present (GTK_WINDOW (other));

  return get_tabs (other);
}

static TlTabs *
create_window_cb (TlTabs *tabs,
                  TlWindow *self)
{
  return receive_tab (self, tl_window_new (TL_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)))));
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
    tl_tabs_transfer (tabs, page, receive_tab (self, TL_WINDOW (other)));
  else if (page)
    tl_window_toast (self, _("The tab has a window of its own already."));
}

static void
copy_link_cb (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  TlWindow *self = TL_WINDOW (widget);
  TlTabContent *content = tl_tabs_get_current (get_tabs (self));
  g_autofree char *link = content ? tl_tab_content_dup_link (content) : NULL;

  if (!link)
    {
      tl_window_toast (self, _("There is no session on this page yet."));
      return;
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), link);
  tl_window_toast (self, _("Link copied"));
}

static void
link_opened_cb (TlLinkDialog *dialog,
                const char *link,
                gpointer user_data)
{
  tl_window_open_link (TL_WINDOW (user_data), link, NULL);
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

static GPtrArray *
dup_all_contents (TlWindow *self)
{
  GPtrArray *contents = tl_tabs_dup_contents (self->udp_tabs);

  g_ptr_array_extend_and_steal (contents, tl_tabs_dup_contents (self->tcp_tabs));
  g_ptr_array_extend_and_steal (contents, tl_tabs_dup_contents (self->ftp_tabs));

  return contents;
}

static void
close_confirmed_cb (gboolean confirmed,
                    gpointer user_data)
{
  TlWindow *self = TL_WINDOW (user_data);
  g_autoptr (GPtrArray) contents = NULL;

  if (!confirmed)
    return;

  contents = dup_all_contents (self);
  tl_window_save (self, contents);
  for (guint i = 0; i < contents->len; i++)
    tl_tab_content_close (g_ptr_array_index (contents, i));
  self->close_confirmed = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
tl_window_close_request (GtkWindow *window)
{
  TlWindow *self = TL_WINDOW (window);
  g_autoptr (GPtrArray) contents = NULL;
  TlRunning running = { 0 };

  if (self->close_confirmed)
    return GTK_WINDOW_CLASS (tl_window_parent_class)->close_request (window);

  contents = dup_all_contents (self);
  for (guint i = 0; i < contents->len; i++)
    tl_tab_content_count_running (g_ptr_array_index (contents, i), &running);
  tl_confirm_close (GTK_WIDGET (self), &running, close_confirmed_cb, g_object_ref (self), g_object_unref);

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
  gtk_widget_class_bind_template_child (widget_class, TlWindow, transfers_offer);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, transfers_label);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, edits_offer);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, edits_label);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, udp_tabs);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, tcp_tabs);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, ftp_tabs);
  gtk_widget_class_bind_template_callback (widget_class, create_window_cb);
  gtk_widget_class_bind_template_callback (widget_class, emptied_cb);
  gtk_widget_class_bind_template_callback (widget_class, visible_page_cb);

  tl_page_keys_add (widget_class, page_key_cb);
  gtk_widget_class_install_action (widget_class, "win.new-udp", NULL, new_action_cb);
  gtk_widget_class_install_action (widget_class, "win.new-server", NULL, new_action_cb);
  gtk_widget_class_install_action (widget_class, "win.new-client", NULL, new_action_cb);
  gtk_widget_class_install_action (widget_class, "win.new-ftp", NULL, new_ftp_cb);
  gtk_widget_class_install_action (widget_class, "win.share", NULL, tl_window_share_action);
  gtk_widget_class_install_action (widget_class, "win.try-ftp", NULL, tl_window_try_ftp_action);
  gtk_widget_class_install_action (widget_class, "win.new-folder", NULL, new_folder_cb);
  gtk_widget_class_install_action (widget_class, "win.new-session", NULL, new_session_cb);
  gtk_widget_class_install_action (widget_class, "win.try-udp", NULL, try_cb);
  gtk_widget_class_install_action (widget_class, "win.try-tcp", NULL, try_cb);
  gtk_widget_class_install_action (widget_class, "win.close-tab", NULL, close_tab_cb);
  gtk_widget_class_install_action (widget_class, "win.move-tab", NULL, move_tab_cb);
  gtk_widget_class_install_action (widget_class, "win.copy-link", NULL, copy_link_cb);
  gtk_widget_class_install_action (widget_class, "win.open-link", NULL, open_link_cb);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_cb);
  gtk_widget_class_install_action (widget_class, "win.menu", NULL, menu_cb);
  gtk_widget_class_install_action (widget_class, "win.restore-sessions", NULL, tl_window_restore_action);
  gtk_widget_class_install_action (widget_class, "win.forget-sessions", NULL, tl_window_forget_action);
  gtk_widget_class_install_action (widget_class, "win.continue-transfers", NULL, tl_window_continue_transfers_action);
  gtk_widget_class_install_action (widget_class, "win.leave-transfers", NULL, tl_window_leave_transfers_action);
  gtk_widget_class_install_action (widget_class, "win.show-edits", NULL, tl_window_show_edits_action);
  gtk_widget_class_install_action (widget_class, "win.leave-edits", NULL, tl_window_leave_edits_action);
  gtk_widget_class_install_action (widget_class, "win.review-edits", NULL, tl_window_review_edits_action);
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
  tl_window_show_content (self, tabs_for (self, session), make_page (self, session, TRUE));
}

TlFtpPage *
tl_window_add_ftp (TlWindow *self)
{
  GtkWidget *page;

  g_return_val_if_fail (TL_IS_WINDOW (self), NULL);

  page = tl_ftp_page_new (tl_window_get_settings (self));
  tl_window_show_content (self, self->ftp_tabs, page);

  return TL_FTP_PAGE (page);
}

void
tl_window_toast (TlWindow *self,
                 const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_return_if_fail (TL_IS_WINDOW (self));

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}
