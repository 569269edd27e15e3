/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that stand where the files of a folder would be. */

#include "tl-ftp-status-pages.h"

#include <glib/gi18n-lib.h>

/* The text of a status page is markup, and the server's words and names are in it. */
static void
describe (AdwStatusPage *page,
          const char    *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_description (page, escaped);
}

static char *
dup_address (TlFtpBrowser *browser)
{
  TlFtpClient *client = tl_ftp_browser_get_client (browser);
  TlFtpSite *site = client ? tl_ftp_client_get_site (client) : NULL;

  return site ? tl_ftp_site_dup_address (site) : NULL;
}

void
tl_ftp_status_show_loading (AdwStatusPage *page,
                            TlFtpBrowser  *browser)
{
  g_autofree char *address = dup_address (browser);
  g_autofree char *title = address ? g_strdup_printf (_("Opening %s…"), address) : g_strdup (_("Connecting…"));

  adw_status_page_set_title (page, title);
}

void
tl_ftp_status_show_error (AdwStatusPage *page,
                          TlFtpBrowser  *browser,
                          const char    *error)
{
  TlFtpClient *client = tl_ftp_browser_get_client (browser);
  TlFtpState state = client ? tl_ftp_client_get_state (client) : TL_FTP_CLOSED;
  gboolean connected = state == TL_FTP_READY || state == TL_FTP_TRANSFERRING;
  g_autofree char *address = dup_address (browser);
  g_autofree char *title = address && !connected ? g_strdup_printf (_("No connection to %s"), address)
                                                 : g_strdup (_("The folder cannot be shown"));

  adw_status_page_set_title (page, title);
  describe (page, error);
}

void
tl_ftp_status_show_filtered (AdwStatusPage  *page,
                             TlFtpDirectory *directory)
{
  const gboolean compared = tl_ftp_directory_has_differences (directory);
  g_autofree char *filter = NULL;
  g_autofree char *text = NULL;

  g_object_get (directory, "filter", &filter, NULL);
  if (filter && compared)
    text = g_strdup_printf (_("None of the files that the comparison shows has a name that contains “%s”."), filter);
  else if (filter)
    text = g_strdup_printf (_("No name in this folder contains “%s”."), filter);
  else if (compared)
    text = g_strdup (_("None of the files in this folder is of the kind that the comparison shows; others can be chosen in its bar."));
  else
    text = g_strdup (_("All names in this folder begin with a dot: they are hidden ones."));
  adw_status_page_set_title (page, filter ? _("Nothing found") : compared ? _("Nothing of that kind") : _("Only hidden files"));
  describe (page, text);
}
