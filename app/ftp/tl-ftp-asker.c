/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The questions of a connection, and who answers them. */

#include "tl-ftp-asker.h"

G_DEFINE_INTERFACE (TlFtpAsker, tl_ftp_asker, G_TYPE_OBJECT)

static void
tl_ftp_asker_default_init (TlFtpAskerInterface *iface)
{
}

TlFtpQuestion *
tl_ftp_question_new (TlFtpAskKind  kind,
                     TlFtpSite    *site)
{
  TlFtpQuestion *self = g_new0 (TlFtpQuestion, 1);

  self->kind = kind;
  self->site = g_object_ref (site);
  return self;
}

/* The compiler must not leave the overwriting out. */
static void
free_secret (char *secret)
{
  if (secret == NULL)
    return;
  for (volatile char *c = secret; *c != '\0'; c++)
    *c = '\0';
  g_free (secret);
}

void
tl_ftp_question_free (TlFtpQuestion *self)
{
  g_clear_object (&self->site);
  g_clear_object (&self->certificate);
  g_free (self->text);
  g_free (self->known_fingerprint);
  g_free (self->user);
  free_secret (self->password);
  free_secret (self->account);
  g_free (self);
}

void
tl_ftp_asker_ask_async (TlFtpAsker          *self,
                        TlFtpQuestion       *question,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (TL_IS_FTP_ASKER (self));
  g_return_if_fail (question != NULL);

  TL_FTP_ASKER_GET_IFACE (self)->ask_async (self, question, cancellable, callback, user_data);
}

gboolean
tl_ftp_asker_ask_finish (TlFtpAsker    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (TL_IS_FTP_ASKER (self), FALSE);

  return TL_FTP_ASKER_GET_IFACE (self)->ask_finish (self, result, error);
}

char *
tl_ftp_asker_dup_trusted (TlFtpAsker *self,
                          TlFtpSite  *site)
{
  g_return_val_if_fail (TL_IS_FTP_ASKER (self), NULL);
  g_return_val_if_fail (TL_IS_FTP_SITE (site), NULL);

  return TL_FTP_ASKER_GET_IFACE (self)->dup_trusted != NULL ? TL_FTP_ASKER_GET_IFACE (self)->dup_trusted (self, site) : NULL;
}
