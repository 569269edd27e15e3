/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of the window: its sessions as tabs, and what to do while there are none. */

#include "tl-tabs.h"

#include "tl-confirm.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlTabs
{
  GtkWidget parent_instance;

  char *page;

  GtkStack *stack;
  AdwStatusPage *status;
  GtkBox *buttons;
  AdwTabView *view;
  /* The last tab left for another window; the idle source that tells so. */
  gboolean moved_away;
  guint emptied_id;
};

enum {
  PROP_PAGE = 1,
  N_PROPS,
};

enum {
  CREATE_WINDOW,
  EMPTIED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlTabs, tl_tabs, GTK_TYPE_WIDGET)

static void
update_stack (TlTabs *self)
{
  gtk_stack_set_visible_child_name (self->stack, adw_tab_view_get_n_pages (self->view) > 0 ? "tabs" : "empty");
}

static void
page_attached_cb (AdwTabView *view,
                  AdwTabPage *page,
                  int position,
                  TlTabs *self)
{
  self->moved_away = FALSE;
  update_stack (self);
}

static void
page_detached_cb (AdwTabView *view,
                  AdwTabPage *page,
                  int position,
                  TlTabs *self)
{
  /* The last tabs leave while the window goes away, when the children are gone already. */
  if (!self->view)
    return;

  /* A tab that is closed leaves while none is being moved. */
  self->moved_away = adw_tab_view_get_n_pages (view) == 0 && adw_tab_view_get_is_transferring_page (view);
  update_stack (self);
}

static gboolean
emptied_idle_cb (gpointer user_data)
{
  TlTabs *self = TL_TABS (user_data);

  self->emptied_id = 0;
  if (self->moved_away)
    g_signal_emit (self, signals[EMPTIED], 0);

  return G_SOURCE_REMOVE;
}

/* A tab that is dragged away has left for good only when it was let go: until then it may come back. The window is not closed while
 * the tab bar is still at the end of its drag. */
static void
transferring_cb (TlTabs *self)
{
  if (self->view && self->moved_away && !self->emptied_id && !adw_tab_view_get_is_transferring_page (self->view))
    self->emptied_id = g_idle_add (emptied_idle_cb, self);
}

static void
setup_menu_cb (AdwTabView *view,
               AdwTabPage *page,
               TlTabs *self)
{
  if (page)
    adw_tab_view_set_selected_page (view, page);
}

static AdwTabView *
create_window_cb (AdwTabView *view,
                  TlTabs *self)
{
  TlTabs *other = NULL;

  g_signal_emit (self, signals[CREATE_WINDOW], 0, &other);

  return other ? other->view : NULL;
}

typedef struct {
  AdwTabView *view;
  AdwTabPage *page;
} ClosingTab;

static void
closing_tab_free (gpointer data)
{
  ClosingTab *closing = data;

  g_object_unref (closing->view);
  g_object_unref (closing->page);
  g_free (closing);
}

static void
close_confirmed_cb (gboolean confirmed,
                    gpointer user_data)
{
  ClosingTab *closing = user_data;

  if (confirmed)
    tl_tab_content_close (TL_TAB_CONTENT (adw_tab_page_get_child (closing->page)));
  adw_tab_view_close_page_finish (closing->view, closing->page, confirmed);
}

static gboolean
close_page_cb (AdwTabView *view,
               AdwTabPage *page,
               TlTabs *self)
{
  ClosingTab *closing = g_new (ClosingTab, 1);
  TlRunning running = { 0 };

  closing->view = g_object_ref (view);
  closing->page = g_object_ref (page);
  tl_tab_content_count_running (TL_TAB_CONTENT (adw_tab_page_get_child (page)), &running);
  tl_confirm_close (GTK_WIDGET (self), &running, close_confirmed_cb, closing, closing_tab_free);

  return GDK_EVENT_STOP;
}

static void
add_button (TlTabs *self,
            const char *label,
            const char *action,
            gboolean suggested)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (self->buttons, button);
}

static void
fill_empty_page (TlTabs *self)
{
  if (g_str_equal (self->page, "udp"))
    {
      adw_status_page_set_icon_name (self->status, "tl-chat-symbolic");
      adw_status_page_set_title (self->status, _("UDP chat"));
      adw_status_page_set_description (self->status, _("One socket, any number of peers: whoever writes to it can be answered."));
      add_button (self, _("_New UDP session"), "win.new-udp", TRUE);
      add_button (self, _("_Try it here: two of this computer"), "win.try-udp", FALSE);
    }
  else if (g_str_equal (self->page, "ftp"))
    {
      adw_status_page_set_icon_name (self->status, "folder-remote-symbolic");
      adw_status_page_set_title (self->status, _("FTP browser"));
      adw_status_page_set_description (self->status, _("Look into an FTP server, and move files to and from it."));
      add_button (self, _("_New FTP connection"), "win.new-ftp", TRUE);
      add_button (self, _("_Share a folder"), "win.share", FALSE);
      add_button (self, _("_Try it here: a folder with samples"), "win.try-ftp", FALSE);
    }
  else
    {
      adw_status_page_set_icon_name (self->status, "network-server-symbolic");
      adw_status_page_set_title (self->status, _("TCP"));
      adw_status_page_set_description (self->status, _("A server listens and talks to all that come; a client connects to one."));
      add_button (self, _("New _server"), "win.new-server", TRUE);
      add_button (self, _("New _client"), "win.new-client", TRUE);
      add_button (self, _("_Try it here: both on this computer"), "win.try-tcp", FALSE);
    }
}

static void
tl_tabs_constructed (GObject *object)
{
  TlTabs *self = TL_TABS (object);

  G_OBJECT_CLASS (tl_tabs_parent_class)->constructed (object);

  fill_empty_page (self);
  update_stack (self);
}

static void
tl_tabs_set_property (GObject *object,
                      guint prop_id,
                      const GValue *value,
                      GParamSpec *pspec)
{
  TlTabs *self = TL_TABS (object);

  switch (prop_id)
    {
    case PROP_PAGE:
      self->page = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
tl_tabs_grab_focus (GtkWidget *widget)
{
  TlTabs *self = TL_TABS (widget);
  AdwTabPage *page = adw_tab_view_get_selected_page (self->view);

  return gtk_widget_grab_focus (page ? adw_tab_page_get_child (page) : gtk_widget_get_first_child (GTK_WIDGET (self->buttons)));
}

static void
tl_tabs_dispose (GObject *object)
{
  g_clear_handle_id (&TL_TABS (object)->emptied_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), TL_TYPE_TABS);

  G_OBJECT_CLASS (tl_tabs_parent_class)->dispose (object);
}

static void
tl_tabs_finalize (GObject *object)
{
  g_free (TL_TABS (object)->page);

  G_OBJECT_CLASS (tl_tabs_parent_class)->finalize (object);
}

static void
tl_tabs_class_init (TlTabsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tl_tabs_constructed;
  object_class->set_property = tl_tabs_set_property;
  object_class->dispose = tl_tabs_dispose;
  object_class->finalize = tl_tabs_finalize;
  widget_class->focus = tl_widget_focus_children;
  widget_class->grab_focus = tl_tabs_grab_focus;

  properties[PROP_PAGE] =
      g_param_spec_string ("page", NULL, NULL, "udp",
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CREATE_WINDOW] = g_signal_new ("create-window", TL_TYPE_TABS, G_SIGNAL_RUN_LAST, 0,
                                         g_signal_accumulator_first_wins, NULL, NULL, TL_TYPE_TABS, 0);
  signals[EMPTIED] = g_signal_new ("emptied", TL_TYPE_TABS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-tabs.ui");
  gtk_widget_class_bind_template_child (widget_class, TlTabs, stack);
  gtk_widget_class_bind_template_child (widget_class, TlTabs, status);
  gtk_widget_class_bind_template_child (widget_class, TlTabs, buttons);
  gtk_widget_class_bind_template_child (widget_class, TlTabs, view);
  gtk_widget_class_bind_template_callback (widget_class, close_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_window_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_attached_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_detached_cb);
  gtk_widget_class_bind_template_callback (widget_class, transferring_cb);
}

static void
tl_tabs_init (TlTabs *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwTabView *
tl_tabs_get_view (TlTabs *self)
{
  g_return_val_if_fail (TL_IS_TABS (self), NULL);

  return self->view;
}

/* The tooltip of a tab is markup, and a title may quote what was typed as a host. */
static gboolean
escape_cb (GBinding *binding,
           const GValue *from,
           GValue *to,
           gpointer user_data)
{
  const char *title = g_value_get_string (from);

  g_value_take_string (to, g_markup_escape_text (title ? title : "", -1));
  return TRUE;
}

AdwTabPage *
tl_tabs_add (TlTabs *self,
             GtkWidget *content)
{
  AdwTabPage *page;

  g_return_val_if_fail (TL_IS_TABS (self), NULL);

  page = adw_tab_view_append (self->view, content);
  g_object_bind_property (content, "title", page, "title", G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (content, "title", page, "tooltip", G_BINDING_SYNC_CREATE, escape_cb, NULL, NULL, NULL);
  g_object_bind_property (content, "icon", page, "icon", G_BINDING_SYNC_CREATE);
  g_object_bind_property (content, "busy", page, "loading", G_BINDING_SYNC_CREATE);
  g_object_bind_property (content, "needs-attention", page, "needs-attention", G_BINDING_SYNC_CREATE);
  adw_tab_view_set_selected_page (self->view, page);

  return page;
}

void
tl_tabs_transfer (TlTabs *self,
                  AdwTabPage *page,
                  TlTabs *other)
{
  g_return_if_fail (TL_IS_TABS (self));
  g_return_if_fail (TL_IS_TABS (other));

  adw_tab_view_transfer_page (self->view, page, other->view, adw_tab_view_get_n_pages (other->view));
  adw_tab_view_set_selected_page (other->view, page);
  gtk_widget_grab_focus (adw_tab_page_get_child (page));
}

GPtrArray *
tl_tabs_dup_contents (TlTabs *self)
{
  GPtrArray *contents = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (TL_IS_TABS (self), contents);

  for (int i = 0; i < adw_tab_view_get_n_pages (self->view); i++)
    g_ptr_array_add (contents, g_object_ref (adw_tab_page_get_child (adw_tab_view_get_nth_page (self->view, i))));

  return contents;
}

TlTabContent *
tl_tabs_get_current (TlTabs *self)
{
  AdwTabPage *page;

  g_return_val_if_fail (TL_IS_TABS (self), NULL);

  page = adw_tab_view_get_selected_page (self->view);

  return page ? TL_TAB_CONTENT (adw_tab_page_get_child (page)) : NULL;
}
