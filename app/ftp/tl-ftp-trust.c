/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the system trusts a certificate. */

#include "tl-ftp-trust.h"

typedef struct {
  GTlsCertificate    *certificate;
  GSocketConnectable *identity;
} Check;

static void
check_free (Check *self)
{
  g_object_unref (self->certificate);
  g_object_unref (self->identity);
  g_free (self);
}

static void
check_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  const Check *self = data;
  g_autoptr (GTlsDatabase) database = g_tls_backend_get_default_database (g_tls_backend_get_default ());
  GTlsCertificateFlags flags = G_TLS_CERTIFICATE_GENERIC_ERROR;

  if (database != NULL)
    flags = g_tls_database_verify_chain (database, self->certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, self->identity, NULL,
                                         G_TLS_DATABASE_VERIFY_NONE, cancellable, NULL);
  g_task_return_int (task, (gssize) flags);
}

void
tl_ftp_trust_check_async (GTlsCertificate     *certificate,
                          GSocketConnectable  *identity,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Check *self = g_new0 (Check, 1);

  self->certificate = g_object_ref (certificate);
  self->identity = g_object_ref (identity);
  g_task_set_source_tag (task, tl_ftp_trust_check_async);
  g_task_set_task_data (task, self, (GDestroyNotify) check_free);
  g_task_run_in_thread (task, check_thread);
}

GTlsCertificateFlags
tl_ftp_trust_check_finish (GAsyncResult *result)
{
  gssize flags = g_task_propagate_int (G_TASK (result), NULL);

  return flags < 0 ? G_TLS_CERTIFICATE_GENERIC_ERROR : (GTlsCertificateFlags) flags;
}
