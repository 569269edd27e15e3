/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-tcp-client.h"

G_BEGIN_DECLS

/**
 * TlTcpOpened:
 *
 * What came of opening a connection.
 */
typedef struct {
  GIOStream  *stream;
  GSocket    *socket;
  TlEndpoint *address;
  char       *fingerprint;   /* (nullable): of the other side's certificate */
  char       *description;   /* (nullable): version and cipher suite */
} TlTcpOpened;

/* Connects, and agrees on TLS where that is asked, within @timeout seconds in all. @cancellable is for this call alone: it is cancelled at the
 * timeout too. @local may be NULL. Errors: G_IO_ERROR_CANCELLED, else TL_SESSION_ERROR with a sentence. */
void         tl_tcp_opening_async  (TlSession           *session,
                                    TlEndpoint          *remote,
                                    TlEndpoint          *local,
                                    TlTlsMode            tls,
                                    guint                timeout,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
/* (transfer full) */
TlTcpOpened *tl_tcp_opening_finish (GAsyncResult        *result,
                                    GError             **error);
void         tl_tcp_opened_free    (TlTcpOpened         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTcpOpened, tl_tcp_opened_free)

G_END_DECLS
