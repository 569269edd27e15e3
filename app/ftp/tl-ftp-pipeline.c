/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of servers that get their commands in advance. */

#include "tl-ftp-pipeline.h"

/* More than anybody visits in a day; then all of it is found out anew. */
#define MAX_HOSTS 1000

/* A server that was busy has had time to become less so; one that loses commands costs another wait, once. */
#define PAUSE_US (5 * 60 * (gint64) G_USEC_PER_SEC)

typedef struct {
  TlFtpPipeline pipeline;
  gboolean      doubted;
  gint64        again;     /* monotonic: when OFF ends; 0: never */
} Known;

static GHashTable *known;
static gint64 pause_us = PAUSE_US;

static char *
dup_key (TlFtpSite *site)
{
  return g_strdup_printf ("%s %u", tl_ftp_site_get_host (site), tl_ftp_site_get_port (site));
}

/* (nullable) */
static Known *
find (TlFtpSite *site)
{
  g_autofree char *key = known != NULL ? dup_key (site) : NULL;

  return key != NULL ? g_hash_table_lookup (known, key) : NULL;
}

static Known *
find_or_add (TlFtpSite *site)
{
  Known *one = find (site);

  if (one != NULL)
    return one;
  if (known == NULL)
    known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_hash_table_size (known) >= MAX_HOSTS)
    g_hash_table_remove_all (known);
  one = g_new0 (Known, 1);
  g_hash_table_insert (known, dup_key (site), one);
  return one;
}

TlFtpPipeline
tl_ftp_pipeline_get (TlFtpSite *site)
{
  const Known *one = find (site);

  if (one == NULL || (one->again != 0 && g_get_monotonic_time () >= one->again))
    return TL_FTP_PIPELINE_UNTRIED;
  return one->pipeline;
}

gboolean
tl_ftp_pipeline_is_proved (TlFtpSite *site)
{
  const TlFtpPipeline pipeline = tl_ftp_pipeline_get (site);

  return pipeline == TL_FTP_PIPELINE_WORKS || pipeline == TL_FTP_PIPELINE_BETWEEN;
}

void
tl_ftp_pipeline_set (TlFtpSite     *site,
                     TlFtpPipeline  pipeline)
{
  const TlFtpPipeline old = tl_ftp_pipeline_get (site);
  Known *one;

  /* What is still on its way of a burst that has ended says nothing against what that found. */
  if (old >= pipeline)
    return;
  one = find_or_add (site);
  one->pipeline = pipeline;
  one->again = 0;
}

/* Pure-FTPd does not know the command, ProFTPD names it. */
gboolean
tl_ftp_pipeline_refuses_next (const TlFtpReply *reply)
{
  g_autofree char *text = NULL;

  if (tl_ftp_reply_get_code (reply) == 500)
    return TRUE;
  if (tl_ftp_reply_get_code (reply) != 450)
    return FALSE;
  text = tl_ftp_reply_dup_text (reply);
  return g_str_has_prefix (text, "EPSV:") || g_str_has_prefix (text, "PASV:") || g_str_has_prefix (text, "RETR:");
}

void
tl_ftp_pipeline_doubt (TlFtpSite *site)
{
  Known *one;

  if (tl_ftp_pipeline_get (site) == TL_FTP_PIPELINE_OFF)
    return;
  one = find_or_add (site);
  one->pipeline = TL_FTP_PIPELINE_OFF;
  one->again = one->doubted ? 0 : g_get_monotonic_time () + pause_us;
  one->doubted = TRUE;
}

void
tl_ftp_pipeline_set_pause (gint64 pause)
{
  pause_us = pause;
}

void
tl_ftp_pipeline_forget (void)
{
  g_clear_pointer (&known, g_hash_table_unref);
}
