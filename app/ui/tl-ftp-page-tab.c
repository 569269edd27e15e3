/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An FTP connection as what a tab holds. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-saved.h"
#include "tl-ftp-text.h"
#include "tl-transfer-home.h"

static void
count_running (TlTabContent *content,
               TlRunning    *running)
{
  guint n_active;

  g_object_get (TL_FTP_PAGE (content)->queue, "n-active", &n_active, NULL);
  if (tl_transfer_store_works (tl_transfer_home_get ()))
    running->kept_transfers += n_active;
  else
    running->transfers += n_active;
  running->removals += tl_ftp_page_count_removals (TL_FTP_PAGE (content));
  running->edits += tl_ftp_page_count_unsaved (TL_FTP_PAGE (content));
}

static void
close_connections (TlTabContent *content)
{
  TlFtpPage *self = TL_FTP_PAGE (content);

  tl_transfer_queue_leave (self->queue);
  tl_ftp_page_stop_removals (self);
  tl_ftp_page_end_edits (self);
  tl_ftp_browser_disconnect (self->browser);
}

static gboolean
press (TlTabContent *content,
       GVariant     *verbs)
{
  const char *verb;

  g_variant_get (verbs, "(&s&s)", NULL, &verb);
  return *verb && gtk_widget_activate_action (GTK_WIDGET (content), verb, NULL);
}

static char *
dup_link (TlTabContent *content)
{
  TlFtpPage *self = TL_FTP_PAGE (content);
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);
  g_autoptr (TlFtpSite) site = NULL;

  if (client)
    return tl_ftp_saved_dup_link (tl_ftp_client_get_site (client), tl_ftp_browser_get_path (self->browser));
  site = tl_ftp_location_bar_dup_site (self->location, NULL, NULL);
  return site ? tl_ftp_saved_dup_link (site, NULL) : NULL;
}

static void
save (TlTabContent    *content,
      GVariantBuilder *builder)
{
  TlFtpPage *self = TL_FTP_PAGE (content);
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);
  g_autoptr (TlFtpSite) site = client ? g_object_ref (tl_ftp_client_get_site (client))
                                      : tl_ftp_location_bar_dup_site (self->location, NULL, NULL);

  if (site)
    g_variant_builder_add_value (builder,
                                 tl_ftp_saved_pack (site, tl_ftp_browser_get_path (self->browser),
                                                    client && tl_ftp_state_is_active (tl_ftp_client_get_state (client))));
}

void
tl_ftp_page_tab_content_init (TlTabContentInterface *iface)
{
  iface->count_running = count_running;
  iface->close = close_connections;
  iface->press = press;
  iface->dup_link = dup_link;
  iface->save = save;
}

gboolean
tl_ftp_page_open_link (TlFtpPage   *self,
                       const char  *link,
                       GError     **error)
{
  g_autoptr (TlFtpUri) uri = tl_ftp_uri_parse (link, error);
  g_autoptr (TlFtpSite) site = NULL;
  g_autofree char *password = NULL;

  g_return_val_if_fail (TL_IS_FTP_PAGE (self), FALSE);

  if (!uri)
    return FALSE;
  site = tl_ftp_site_new_from_uri (uri, &password);
  tl_ftp_page_connect (self, site, password);
  if (g_bytes_get_size (uri->file) > 0)
    self->wanted_file = g_bytes_ref (uri->file);

  return TRUE;
}

gboolean
tl_ftp_page_restore (TlFtpPage  *self,
                     GVariant   *saved,
                     GError    **error)
{
  gboolean was_open = FALSE;
  g_autoptr (TlFtpSite) site = tl_ftp_saved_unpack (saved, &was_open, error);

  g_return_val_if_fail (TL_IS_FTP_PAGE (self), FALSE);

  if (site && was_open)
    tl_ftp_page_connect (self, site, NULL);
  else if (site)
    tl_ftp_location_bar_set_site (self->location, site, NULL);

  return site != NULL;
}
