/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What others ask of an FTP page. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-saved.h"

/* So long after an upload the folder is listed anew, once for many. */
#define RELOAD_MS 400

/* What is changed in one is what the next begins with; those that are there keep theirs. */
static void
use_settings (TlFtpPage *self)
{
  TlFtpDirectory *directory = tl_ftp_browser_get_directory (self->browser);
  const GSettingsBindFlags flags = G_SETTINGS_BIND_GET | G_SETTINGS_BIND_SET | G_SETTINGS_BIND_GET_NO_CHANGES;

  g_settings_bind (self->settings, "ftp-sort", directory, "sort", flags);
  g_settings_bind (self->settings, "ftp-descending", directory, "descending", flags);
  g_settings_bind (self->settings, "ftp-hidden", self, "show-hidden", flags);
  g_settings_bind (self->settings, "ftp-grid", self, "grid", flags);
  g_settings_bind (self->settings, "ftp-compare-by-size", self->comparer, "by-size", flags);
  g_settings_bind (self->settings, "ftp-compare-ignore-case", self->comparer, "ignore-case", flags);
  g_settings_bind (self->settings, "ftp-compare-ignore-hour", self->comparer, "ignore-hour", flags);
  g_settings_bind (self->settings, "ftp-sites", self, "show-sites", flags);
  g_settings_bind (self->settings, "ftp-local", self, "show-local", flags);
  g_settings_bind (self->settings, "ftp-lower", self, "lower", flags);
  g_settings_bind (self->settings, "ftp-parallel", self->queue, "parallel", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "ftp-parallel-most", self->queue, "parallel-most", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "ftp-hashes", self->queue, "hashes", G_SETTINGS_BIND_GET);
}

GtkWidget *
tl_ftp_page_new (GSettings *settings)
{
  TlFtpPage *self = g_object_new (TL_TYPE_FTP_PAGE, NULL);

  if (settings)
    {
      g_autoptr (GVariant) last = g_settings_get_value (settings, "last-ftp");
      gboolean was_open;
      g_autoptr (TlFtpSite) site = tl_ftp_saved_unpack (last, &was_open, NULL);

      self->settings = g_object_ref (settings);
      use_settings (self);
      if (site)
        tl_ftp_location_bar_set_site (self->location, site, NULL);
    }

  return GTK_WIDGET (self);
}

TlFtpClient *
tl_ftp_page_get_client (TlFtpPage *self)
{
  g_return_val_if_fail (TL_IS_FTP_PAGE (self), NULL);

  return tl_ftp_browser_get_client (self->browser);
}

TlFtpDirectory *
tl_ftp_page_get_directory (TlFtpPage *self)
{
  g_return_val_if_fail (TL_IS_FTP_PAGE (self), NULL);

  return tl_ftp_browser_get_directory (self->browser);
}

GBytes *
tl_ftp_page_get_path (TlFtpPage *self)
{
  g_return_val_if_fail (TL_IS_FTP_PAGE (self), NULL);

  return tl_ftp_browser_get_path (self->browser);
}

GPtrArray *
tl_ftp_page_dup_selected (TlFtpPage *self)
{
  g_return_val_if_fail (TL_IS_FTP_PAGE (self), NULL);

  return tl_ftp_file_view_dup_selected (self->files);
}

static void
show_site (TlFtpPage  *self,
           TlFtpSite  *site,
           const char *password)
{
  g_clear_pointer (&self->wanted_file, g_bytes_unref);
  tl_ftp_location_bar_set_site (self->location, site, password);
  if (self->settings)
    g_settings_set_value (self->settings, "last-ftp", tl_ftp_saved_pack (site, NULL, FALSE));
}

void
tl_ftp_page_connect (TlFtpPage  *self,
                     TlFtpSite  *site,
                     const char *password)
{
  g_return_if_fail (TL_IS_FTP_PAGE (self));
  g_return_if_fail (TL_IS_FTP_SITE (site));

  show_site (self, site, password);
  tl_ftp_browser_connect (self->browser, site, password);
}

void
tl_ftp_page_open_site (TlFtpPage *self,
                       TlFtpSite *site)
{
  show_site (self, site, NULL);
  tl_ftp_browser_open (self->browser, site);
  g_object_notify (G_OBJECT (self), "title");
}

void
tl_ftp_page_reload (TlFtpPage *self)
{
  g_return_if_fail (TL_IS_FTP_PAGE (self));

  tl_ftp_browser_reload (self->browser);
}

static void
reload_cb (gpointer data)
{
  TlFtpPage *self = data;

  self->reload_id = 0;
  tl_ftp_browser_reload (self->browser);
}

void
tl_ftp_page_reload_soon (TlFtpPage *self)
{
  if (self->reload_id == 0)
    self->reload_id = g_timeout_add_once (RELOAD_MS, reload_cb, self);
}

void
tl_ftp_page_toast (TlFtpPage  *self,
                   const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (TL_IS_FTP_PAGE (self));

  escaped = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}
