/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database and the bookmarks, once for the program. */

#include "tl-ftp-home.h"

static TlDatabase *database;
static TlFtpSites *sites;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!tl_ftp_sites_load_finish (TL_FTP_SITES (source), result, &error))
    g_signal_emit_by_name (source, "failed", error->message);
}

TlDatabase *
tl_ftp_home_get_database (void)
{
  if (!database)
    database = tl_database_new_for_user ();

  return database;
}

TlFtpSites *
tl_ftp_home_get_sites (void)
{
  if (!sites)
    {
      sites = tl_ftp_sites_new (tl_ftp_home_get_database ());
      tl_ftp_sites_load_async (sites, NULL, loaded_cb, NULL);
    }

  return sites;
}

void
tl_ftp_home_close (void)
{
  if (database)
    tl_database_close (database);
  g_clear_object (&sites);
  g_clear_object (&database);
}
