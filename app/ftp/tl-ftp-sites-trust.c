/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The certificates that the user trusts always, beside the bookmarks. */

#include "tl-ftp-sites-private.h"

#include "tl-ftp-site-record.h"

static char *
dup_trust_key (const char *host,
               guint16     port)
{
  g_autofree char *lower = g_ascii_strdown (host, -1);

  return g_strdup_printf ("%u %s", port, lower);
}

void
tl_ftp_sites_take_trust (TlFtpSites *self,
                         TlFtpTrust *trust)
{
  g_autofree char *key = dup_trust_key (trust->host, trust->port);

  if (trust->fingerprint)
    {
      g_hash_table_insert (self->trusted, g_steal_pointer (&key), trust);
      return;
    }
  g_hash_table_remove (self->trusted, key);
  tl_ftp_trust_free (trust);
}

typedef struct {
  TlFtpSites *self;
  TlFtpTrust *before;
  char       *fingerprint;    /* the one that was set; NULL: removed */
} TrustChange;

static void
trust_written_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  TrustChange *change = user_data;
  TlFtpSites *self = change->self;
  g_autoptr (GError) error = NULL;

  tl_database_run_finish (TL_DATABASE (source), result, &error);
  /* Unless it has been changed again since. */
  if (error && g_strcmp0 (tl_ftp_sites_get_trusted (self, change->before->host, change->before->port), change->fingerprint) == 0)
    tl_ftp_sites_take_trust (self, g_steal_pointer (&change->before));
  if (error)
    tl_ftp_sites_fail (self, error);

  g_clear_pointer (&change->before, tl_ftp_trust_free);
  g_free (change->fingerprint);
  g_free (change);
  g_object_unref (self);
}

const char *
tl_ftp_sites_get_trusted (TlFtpSites *self,
                          const char *host,
                          guint16     port)
{
  g_autofree char *key = NULL;
  TlFtpTrust *trust;

  g_return_val_if_fail (TL_IS_FTP_SITES (self), NULL);
  g_return_val_if_fail (host, NULL);

  key = dup_trust_key (host, port);
  trust = g_hash_table_lookup (self->trusted, key);

  return trust ? trust->fingerprint : NULL;
}

void
tl_ftp_sites_set_trusted (TlFtpSites *self,
                          const char *host,
                          guint16     port,
                          const char *fingerprint)
{
  const char *before;
  TrustChange *change;

  g_return_if_fail (TL_IS_FTP_SITES (self));
  g_return_if_fail (host);

  before = tl_ftp_sites_get_trusted (self, host, port);
  if (g_strcmp0 (before, fingerprint) == 0)
    return;

  change = g_new0 (TrustChange, 1);
  change->self = g_object_ref (self);
  change->before = tl_ftp_trust_new (host, port, before);
  change->fingerprint = g_strdup (fingerprint);
  tl_ftp_sites_take_trust (self, tl_ftp_trust_new (host, port, fingerprint));
  tl_database_run_async (self->database, tl_ftp_trust_save, tl_ftp_trust_new (host, port, fingerprint), (GDestroyNotify) tl_ftp_trust_free,
                         NULL, NULL, trust_written_cb, change);
}
