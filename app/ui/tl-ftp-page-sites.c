/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bookmarks beside an FTP page, and what it shows before its first connection. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-home.h"
#include "tl-ftp-sites-pane.h"
#include "tl-ftp-welcome.h"

static void
connect_site_cb (TlFtpPage *self,
                 TlFtpSite *site)
{
  if (adw_flap_get_folded (self->sites_flap))
    adw_flap_set_reveal_flap (self->sites_flap, FALSE);
  tl_ftp_page_open_site (self, site);
}

/* Where the page is now: the site that is connected, with the folder that is shown; before that, what the fields say. (transfer full) (nullable) */
static TlFtpSite *
dup_here (TlFtpPage  *self,
          char      **password)
{
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);
  g_autoptr (TlFtpSite) typed = tl_ftp_location_bar_dup_site (self->location, password, NULL);
  TlFtpSite *site = client ? tl_ftp_site_copy (tl_ftp_client_get_site (client)) : g_steal_pointer (&typed);
  g_autofree char *name = site ? tl_ftp_site_dup_title (site) : NULL;

  if (!site)
    return NULL;
  /* What stands in the fields may be of another place by now. */
  if (client && (!typed || tl_ftp_site_get_port (typed) != tl_ftp_site_get_port (site)
                 || !g_str_equal (tl_ftp_site_get_host (typed), tl_ftp_site_get_host (site))
                 || !g_str_equal (tl_ftp_site_get_user (typed), tl_ftp_site_get_user (site))))
    g_clear_pointer (password, g_free);
  g_object_set (site, "name", name, NULL);
  if (client)
    g_object_set (site, "charset", tl_ftp_browser_get_charset (self->browser), NULL);
  if (client && tl_ftp_browser_get_path (self->browser))
    g_object_set (site, "start-dir", tl_ftp_browser_get_path (self->browser), NULL);

  return site;
}

void
tl_ftp_page_add_site (TlFtpPage *self)
{
  g_autofree char *password = NULL;
  g_autoptr (TlFtpSite) site = dup_here (self, &password);

  tl_ftp_sites_pane_add_site (TL_FTP_SITES_PANE (adw_bin_get_child (self->sites_bin)), site, password);
}

void
tl_ftp_page_new_site (TlFtpPage *self)
{
  tl_ftp_sites_pane_add_site (TL_FTP_SITES_PANE (adw_bin_get_child (self->sites_bin)), NULL, NULL);
}

/* What came of it is told, and seen, in the sidebar. */
void
tl_ftp_page_import_sites (TlFtpPage *self)
{
  adw_flap_set_reveal_flap (self->sites_flap, TRUE);
  gtk_widget_activate_action (adw_bin_get_child (self->sites_bin), "sites.import", NULL);
}

void
tl_ftp_page_init_sites (TlFtpPage *self)
{
  GtkWidget *sites = tl_ftp_sites_pane_new (tl_ftp_home_get_sites ());
  GtkWidget *welcome = tl_ftp_file_view_get_welcome (self->files);

  g_signal_connect_object (sites, "connect", G_CALLBACK (connect_site_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->sites_bin, sites);
  g_signal_connect_object (welcome, "connect-site", G_CALLBACK (connect_site_cb), self, G_CONNECT_SWAPPED);
}
