/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-log.h"

G_BEGIN_DECLS

/* @event: G_SOCKET_CLIENT_RESOLVING and G_SOCKET_CLIENT_CONNECTING, as they come. */
typedef void (*TlFtpDialFunc) (GSocketClientEvent event,
                               gpointer           user_data);

/* A connection to a host, its addresses tried one after the other (RFC 8305); each step has its line in @log. @timeout: seconds for all of it. Errors: TL_FTP_ERROR
 * with a sentence, G_IO_ERROR_CANCELLED. The socket is made ready: no delay, keep-alive. */
void               tl_ftp_dial_async  (const char          *host,
                                       guint16              port,
                                       guint                timeout,
                                       TlMessageLog        *log,
                                       TlFtpDialFunc        func,
                                       gpointer             func_data,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
GSocketConnection *tl_ftp_dial_finish (GAsyncResult        *result,
                                       GError             **error);

G_END_DECLS
