/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-transfer-store.h"

G_BEGIN_DECLS

/* Where the queues of the program are kept: made with the first use. (transfer none) */
TlTransferStore *tl_transfer_home_get   (void);
/* The limits of speed are those of the settings. */
void             tl_transfer_home_start (GSettings *settings);
/* For the end of the program: waits until everything is written. */
void             tl_transfer_home_close (void);

G_END_DECLS
