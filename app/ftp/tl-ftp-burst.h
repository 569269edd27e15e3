/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client-private.h"

G_BEGIN_DECLS

/**
 * TlFtpBurstEvents:
 * @next: the next file: its path (transfer full), its size by the server's word, and whatever names it for @ended; NULL: there is none any more
 * @ended: once for each that was named. @bytes: (nullable): all of it. @error: (nullable): the server's word about this file. Neither: it is to be fetched
 *   without others; @alone: because of what it is, and not of what became of the connection
 */
typedef struct {
  GBytes *(*next)  (gpointer owner, gsize *size, gpointer *file);
  void    (*ended) (gpointer owner, gpointer file, GBytes *bytes, const GError *error, gboolean alone);
} TlFtpBurstEvents;

/* No larger file is fetched so. */
#define TL_FTP_BURST_MAX_SIZE (64 * 1024)

/* Whether the server is known to name ports for data connections, and not known to lose commands that come before it has answered the ones before. */
gboolean tl_ftp_client_can_burst    (TlFtpClient            *self);
/*
 * Many small files over one connection: the commands for the next ones (EPSV or PASV, RETR) are sent while the present one comes, as RFC 959 allows; each costs two
 * ways to the server and back then, and not four, and half of the system calls. Nothing is taken on trust: the replies must come in the order of the commands, a
 * data connection is made when that of the file before has ended, and what comes must be as long as the listing said. When a server does it otherwise, the
 * connection is closed, what is not complete is given back, and that server gets its commands one by one from then on.
 *
 * Cancelled, it closes the connection. @owner must live until the callback.
 */
void     tl_ftp_client_burst_async  (TlFtpClient            *self,
                                     const TlFtpBurstEvents *events,
                                     gpointer                owner,
                                     GCancellable           *cancellable,
                                     GAsyncReadyCallback     callback,
                                     gpointer                user_data);
/* False when the connection has ended, with the reason. */
gboolean tl_ftp_client_burst_finish (TlFtpClient            *self,
                                     GAsyncResult           *result,
                                     GError                **error);

G_END_DECLS
