/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to do with an FTP page that is not connected yet. */

#include "tl-ftp-welcome.h"

#include "tl-ftp-home.h"
#include "tl-ftp-site-row.h"
#include "tl-widget.h"

struct _TlFtpWelcome
{
  GtkWidget parent_instance;

  GtkWidget   *sites_box;
  GtkListView *list;

  TlFtpSites  *sites;
};

enum {
  CONNECT_SITE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFtpWelcome, tl_ftp_welcome, GTK_TYPE_WIDGET)

static void
connect_to (TlFtpWelcome *self,
            TlFtpSite    *site)
{
  g_autoptr (TlFtpSite) copy = tl_ftp_site_copy (site);

  g_signal_emit (self, signals[CONNECT_SITE], 0, copy);
}

static void
activate_cb (TlFtpWelcome *self,
             guint         position)
{
  g_autoptr (TlFtpSite) site = g_list_model_get_item (G_LIST_MODEL (self->sites), position);

  if (site)
    connect_to (self, site);
}

static void
row_connect_cb (TlFtpSiteRow *row,
                TlFtpWelcome *self)
{
  connect_to (self, tl_ftp_site_row_get_site (row));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          TlFtpWelcome             *self)
{
  GtkWidget *row = tl_ftp_site_row_new ();

  g_signal_connect_object (row, "connect", G_CALLBACK (row_connect_cb), self, 0);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  tl_ftp_site_row_set_site (TL_FTP_SITE_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
update (TlFtpWelcome *self)
{
  gtk_widget_set_visible (self->sites_box, g_list_model_get_n_items (G_LIST_MODEL (self->sites)) > 0);
}

static void
tl_ftp_welcome_dispose (GObject *object)
{
  TlFtpWelcome *self = TL_FTP_WELCOME (object);

  if (self->list)
    gtk_list_view_set_model (self->list, NULL);
  if (self->sites)
    g_signal_handlers_disconnect_by_data (self->sites, self);
  g_clear_object (&self->sites);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_FTP_WELCOME);
  tl_widget_unparent_children (GTK_WIDGET (self));
  self->list = NULL;

  G_OBJECT_CLASS (tl_ftp_welcome_parent_class)->dispose (object);
}

static void
tl_ftp_welcome_class_init (TlFtpWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_ftp_welcome_dispose;

  signals[CONNECT_SITE] =
    g_signal_new ("connect-site", TL_TYPE_FTP_WELCOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, TL_TYPE_FTP_SITE);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFtpWelcome, sites_box);
  gtk_widget_class_bind_template_child (widget_class, TlFtpWelcome, list);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
tl_ftp_welcome_init (TlFtpWelcome *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
  tl_ftp_welcome_set_sites (self, tl_ftp_home_get_sites ());
}

void
tl_ftp_welcome_set_sites (TlFtpWelcome *self,
                          TlFtpSites   *sites)
{
  g_autoptr (GtkSelectionModel) model = NULL;

  g_return_if_fail (TL_IS_FTP_WELCOME (self));
  g_return_if_fail (TL_IS_FTP_SITES (sites));

  if (self->sites)
    g_signal_handlers_disconnect_by_data (self->sites, self);
  g_set_object (&self->sites, sites);
  model = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (sites))));
  gtk_list_view_set_model (self->list, model);
  g_signal_connect_object (sites, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
