/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-server.h"

G_BEGIN_DECLS

/* The shared folder of the program, made with the first use: how it is shared is kept in @settings. (transfer none) */
TlFtpServer *tl_share_home_get_server (GSettings           *settings);
/* A second one, for a first look: a folder with samples, for reading, on any port of this computer alone. Kept nowhere. */
void         tl_share_home_make_sample_async  (GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
/* Not started yet. (transfer full) */
TlFtpServer *tl_share_home_make_sample_finish (GAsyncResult        *result,
                                               GError             **error);
/* For the end of the program. */
void         tl_share_home_close      (void);

G_END_DECLS
