/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of servers that get their commands in advance. */

#include "tl-ftp-pipeline.h"

/* More than anybody visits in a day; then all of it is found out anew. */
#define MAX_HOSTS 1000

static GHashTable *known;

static char *
dup_key (TlFtpSite *site)
{
  return g_strdup_printf ("%s %u", tl_ftp_site_get_host (site), tl_ftp_site_get_port (site));
}

TlFtpPipeline
tl_ftp_pipeline_get (TlFtpSite *site)
{
  g_autofree char *key = known != NULL ? dup_key (site) : NULL;

  return key != NULL ? (TlFtpPipeline) GPOINTER_TO_INT (g_hash_table_lookup (known, key)) : TL_FTP_PIPELINE_UNTRIED;
}

void
tl_ftp_pipeline_set (TlFtpSite     *site,
                     TlFtpPipeline  pipeline)
{
  const TlFtpPipeline old = tl_ftp_pipeline_get (site);

  if (old == pipeline || old == TL_FTP_PIPELINE_OFF)
    return;
  if (known == NULL)
    known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_hash_table_size (known) >= MAX_HOSTS)
    g_hash_table_remove_all (known);
  g_hash_table_insert (known, dup_key (site), GINT_TO_POINTER (pipeline));
}

void
tl_ftp_pipeline_forget (void)
{
  g_clear_pointer (&known, g_hash_table_unref);
}
