/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bookmarks as a sidebar. */

#include "tl-ftp-sites-pane-private.h"

#include "tl-ftp-home.h"
#include "tl-ftp-site-acts.h"
#include "tl-ftp-site-row.h"
#include "tl-widget.h"

#include <string.h>

enum {
  CONNECT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFtpSitesPane, tl_ftp_sites_pane, GTK_TYPE_WIDGET)

TlFtpSite *
tl_ftp_sites_pane_get_selected (TlFtpSitesPane *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/* The receiver's own: what a connection learns must not change the list. */
void
tl_ftp_sites_pane_connect_to (TlFtpSitesPane *self,
                              TlFtpSite      *site)
{
  g_autoptr (TlFtpSite) copy = tl_ftp_site_copy (site);

  g_signal_emit (self, signals[CONNECT], 0, copy);
}

/* The page's, where there is one: in the pane a sentence would be cut. */
AdwToastOverlay *
tl_ftp_sites_pane_get_toasts (TlFtpSitesPane *self)
{
  GtkWidget *above = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  return above ? ADW_TOAST_OVERLAY (above) : self->toasts;
}

static void
toast (TlFtpSitesPane *self,
       const char     *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (tl_ftp_sites_pane_get_toasts (self), adw_toast_new (escaped));
}

static void
failed_cb (TlFtpSitesPane *self,
           const char     *sentence)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      toast (self, sentence);
      return;
    }
  g_free (self->failure);
  self->failure = g_strdup (sentence);
}

static gboolean
matches (gpointer item,
         gpointer user_data)
{
  TlFtpSitesPane *self = user_data;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;

  if (!self->wanted)
    return TRUE;
  title = tl_ftp_site_dup_title (item);
  text = g_strjoin ("\n", title, tl_ftp_site_get_host (item), tl_ftp_site_get_user (item), NULL);
  folded = g_utf8_casefold (text, -1);

  return strstr (folded, self->wanted) != NULL;
}

static void
update_stack (TlFtpSitesPane *self)
{
  const char *name = "list";

  if (g_list_model_get_n_items (G_LIST_MODEL (self->sites)) == 0)
    name = "empty";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    name = "none";
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
update_actions (TlFtpSitesPane *self)
{
  static const char * const names[] = { "sites.connect", "sites.edit", "sites.duplicate", "sites.remove", "sites.copy-url", "sites.menu" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], tl_ftp_sites_pane_get_selected (self) != NULL);
}

static void
search_changed_cb (TlFtpSitesPane *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  g_clear_pointer (&self->wanted, g_free);
  if (*text)
    self->wanted = g_utf8_casefold (text, -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
}

/* Enter in the search connects to the first that is found. */
static void
search_activate_cb (TlFtpSitesPane *self)
{
  search_changed_cb (self);
  if (tl_ftp_sites_pane_get_selected (self))
    tl_ftp_sites_pane_connect_to (self, tl_ftp_sites_pane_get_selected (self));
}

static void
search_next_cb (TlFtpSitesPane *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
activate_cb (TlFtpSitesPane *self,
             guint           position)
{
  g_autoptr (TlFtpSite) site = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (site)
    tl_ftp_sites_pane_connect_to (self, site);
}

static void
row_connect_cb (TlFtpSiteRow   *row,
                TlFtpSitesPane *self)
{
  tl_ftp_sites_pane_connect_to (self, tl_ftp_site_row_get_site (row));
}

void
tl_ftp_sites_pane_popup_menu (TlFtpSitesPane *self,
                              GtkWidget      *at,
                              double          x,
                              double          y)
{
  double px, py;

  gtk_widget_translate_coordinates (at, GTK_WIDGET (self), x, y, &px, &py);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { px, py, 1, 1 });
  tl_widget_popup_menu (GTK_POPOVER (self->menu));
}

static void
row_menu_cb (TlFtpSiteRow   *row,
             double          x,
             double          y,
             TlFtpSitesPane *self)
{
  TlFtpSite *site = tl_ftp_site_row_get_site (row);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (TlFtpSite) other = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (other == site)
        {
          gtk_single_selection_set_selected (self->selection, i);
          tl_ftp_sites_pane_popup_menu (self, GTK_WIDGET (row), x, y);
          return;
        }
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          TlFtpSitesPane           *self)
{
  GtkWidget *row = tl_ftp_site_row_new ();

  g_signal_connect_object (row, "connect", G_CALLBACK (row_connect_cb), self, 0);
  g_signal_connect_object (row, "menu", G_CALLBACK (row_menu_cb), self, 0);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         TlFtpSitesPane           *self)
{
  tl_ftp_site_row_set_site (TL_FTP_SITE_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           TlFtpSitesPane           *self)
{
  tl_ftp_site_row_set_site (TL_FTP_SITE_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
selected_cb (TlFtpSitesPane *self)
{
  update_actions (self);
}

static void
set_sites (TlFtpSitesPane *self,
           TlFtpSites     *sites)
{
  GtkFilterListModel *found;

  self->sites = g_object_ref (sites);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (sites)), g_object_ref (GTK_FILTER (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (found));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (sites, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  /* After the filter, which hears of it first. */
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sites, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  update_stack (self);
  update_actions (self);
}

static void
tl_ftp_sites_pane_map (GtkWidget *widget)
{
  TlFtpSitesPane *self = TL_FTP_SITES_PANE (widget);
  g_autofree char *failure = g_steal_pointer (&self->failure);

  GTK_WIDGET_CLASS (tl_ftp_sites_pane_parent_class)->map (widget);

  if (failure)
    toast (self, failure);
}

static gboolean
tl_ftp_sites_pane_grab_focus (GtkWidget *widget)
{
  TlFtpSitesPane *self = TL_FTP_SITES_PANE (widget);

  return tl_ftp_sites_pane_get_selected (self) ? gtk_widget_grab_focus (GTK_WIDGET (self->list)) : gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
tl_ftp_sites_pane_dispose (GObject *object)
{
  TlFtpSitesPane *self = TL_FTP_SITES_PANE (object);

  if (self->list)
    gtk_list_view_set_model (self->list, NULL);
  if (self->filter)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  g_clear_object (&self->chooser);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->sites);
  tl_widget_unparent_children (GTK_WIDGET (object));
  self->list = NULL;

  G_OBJECT_CLASS (tl_ftp_sites_pane_parent_class)->dispose (object);
}

static void
tl_ftp_sites_pane_finalize (GObject *object)
{
  TlFtpSitesPane *self = TL_FTP_SITES_PANE (object);

  g_free (self->wanted);
  g_free (self->failure);

  G_OBJECT_CLASS (tl_ftp_sites_pane_parent_class)->finalize (object);
}

static void
tl_ftp_sites_pane_class_init (TlFtpSitesPaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = tl_ftp_sites_pane_dispose;
  object_class->finalize = tl_ftp_sites_pane_finalize;
  widget_class->map = tl_ftp_sites_pane_map;
  widget_class->grab_focus = tl_ftp_sites_pane_grab_focus;

  signals[CONNECT] = g_signal_new ("connect", TL_TYPE_FTP_SITES_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, TL_TYPE_FTP_SITE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-sites-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFtpSitesPane, toasts);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSitesPane, search);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSitesPane, stack);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSitesPane, list);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSitesPane, menu);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  tl_ftp_sites_pane_install_actions (widget_class);
}

static void
tl_ftp_sites_pane_init (TlFtpSitesPane *self)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  gtk_list_view_set_factory (self->list, factory);
}

GtkWidget *
tl_ftp_sites_pane_new (TlFtpSites *sites)
{
  TlFtpSitesPane *self;

  g_return_val_if_fail (!sites || TL_IS_FTP_SITES (sites), NULL);

  self = g_object_new (TL_TYPE_FTP_SITES_PANE, NULL);
  set_sites (self, sites ? sites : tl_ftp_home_get_sites ());

  return GTK_WIDGET (self);
}

void
tl_ftp_sites_pane_add_site (TlFtpSitesPane *self,
                            TlFtpSite      *site,
                            const char     *password)
{
  g_autoptr (TlFtpSite) copy = NULL;

  g_return_if_fail (TL_IS_FTP_SITES_PANE (self));
  g_return_if_fail (!site || TL_IS_FTP_SITE (site));

  copy = site ? tl_ftp_site_copy (site) : tl_ftp_site_new ();
  g_object_set (copy, "id", G_GINT64_CONSTANT (0), NULL);
  tl_ftp_site_acts_edit (self->sites, copy, password, GTK_WIDGET (self));
}
