/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history.h"

G_BEGIN_DECLS

/* The names of the peers of a recorded session, at most @max of them, in their order; without reading a message. */
void  tl_history_peers_async  (TlHistory           *history,
                               TlHistorySession    *session,
                               guint                max,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
/* (transfer full): NULL-terminated. Errors: those of #TlDatabase. */
char **tl_history_peers_finish (TlHistory          *history,
                               GAsyncResult        *result,
                               GError             **error);

G_END_DECLS
