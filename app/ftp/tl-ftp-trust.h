/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the system thinks of a server's certificate, found out on a thread: its list of authorities is long. */
void                 tl_ftp_trust_check_async  (GTlsCertificate     *certificate,
                                                GSocketConnectable  *identity,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
/* 0: trusted. G_TLS_CERTIFICATE_GENERIC_ERROR also when it could not be found out. */
GTlsCertificateFlags tl_ftp_trust_check_finish (GAsyncResult        *result);

G_END_DECLS
