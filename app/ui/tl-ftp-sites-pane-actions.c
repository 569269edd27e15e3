/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to bookmarks in the sidebar. */

#include "tl-ftp-sites-pane-private.h"

#include "tl-ftp-site-acts.h"

static void
edit (TlFtpSitesPane *self,
      TlFtpSite      *site)
{
  tl_ftp_site_acts_edit (self->sites, site, NULL, GTK_WIDGET (self));
}

static void
connect_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  TlFtpSitesPane *self = TL_FTP_SITES_PANE (widget);

  if (tl_ftp_sites_pane_get_selected (self))
    tl_ftp_sites_pane_connect_to (self, tl_ftp_sites_pane_get_selected (self));
}

static void
add_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  edit (TL_FTP_SITES_PANE (widget), NULL);
}

static void
edit_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  TlFtpSitesPane *self = TL_FTP_SITES_PANE (widget);

  if (tl_ftp_sites_pane_get_selected (self))
    edit (self, tl_ftp_sites_pane_get_selected (self));
}

static void
duplicate_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  TlFtpSitesPane *self = TL_FTP_SITES_PANE (widget);

  if (tl_ftp_sites_pane_get_selected (self))
    tl_ftp_sites_pane_add_site (self, tl_ftp_sites_pane_get_selected (self), NULL);
}

static void
copy_url_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  TlFtpSite *site = tl_ftp_sites_pane_get_selected (TL_FTP_SITES_PANE (widget));
  g_autoptr (TlFtpUri) uri = site ? tl_ftp_site_to_uri (site) : NULL;
  g_autofree char *text = uri ? tl_ftp_uri_to_string (uri, FALSE) : NULL;

  if (text)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
menu_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  TlFtpSitesPane *self = TL_FTP_SITES_PANE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    tl_ftp_sites_pane_popup_menu (self, focus, 24, gtk_widget_get_height (focus) / 2.0);
  else
    tl_ftp_sites_pane_popup_menu (self, GTK_WIDGET (self->list), 24, 24);
}

static void
remove_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  TlFtpSitesPane *self = TL_FTP_SITES_PANE (widget);
  g_autoptr (TlFtpSite) site = tl_ftp_site_copy (tl_ftp_sites_pane_get_selected (self));

  tl_ftp_site_acts_remove (self->sites, site, tl_ftp_sites_pane_get_toasts (self));
}

static void
import_response_cb (TlFtpSitesPane       *self,
                    int                   response,
                    GtkFileChooserNative *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file)
    tl_ftp_site_acts_import (self->sites, file, tl_ftp_sites_pane_get_toasts (self));
  g_clear_object (&self->chooser);
}

static void
import_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  TlFtpSitesPane *self = TL_FTP_SITES_PANE (widget);

  if (self->chooser)
    return;

  self->chooser = tl_ftp_site_acts_choose_import (GTK_WINDOW (gtk_widget_get_root (widget)));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (import_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
tl_ftp_sites_pane_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sites.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "sites.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "sites.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "sites.duplicate", NULL, duplicate_action);
  gtk_widget_class_install_action (widget_class, "sites.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "sites.copy-url", NULL, copy_url_action);
  gtk_widget_class_install_action (widget_class, "sites.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "sites.import", NULL, import_action);
}
