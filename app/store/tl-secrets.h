/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Passwords in the secret service (libsecret): nowhere else, never on disk by us. An account is host, port and user. Without a secret service each
 * fails with G_IO_ERROR_NOT_SUPPORTED and a translated sentence, at once and without a dialog. */

void     tl_secrets_lookup_async  (const char          *host,
                                   guint16              port,
                                   const char          *user,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
/* (transfer full) (nullable): NULL without an error when there is none. Free with tl_secrets_free(). */
char    *tl_secrets_lookup_finish (GAsyncResult        *result,
                                   GError             **error);
void     tl_secrets_store_async   (const char          *host,
                                   guint16              port,
                                   const char          *user,
                                   const char          *password,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean tl_secrets_store_finish  (GAsyncResult        *result,
                                   GError             **error);
void     tl_secrets_clear_async   (const char          *host,
                                   guint16              port,
                                   const char          *user,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean tl_secrets_clear_finish  (GAsyncResult        *result,
                                   GError             **error);
/* Overwrites it before it is freed. */
void     tl_secrets_free          (char                *password);

/* How long the session bus may take to start the service, in milliseconds. For tests. */
void tl_secrets_set_patience (int milliseconds);

G_END_DECLS
