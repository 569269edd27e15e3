/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-transfer-queue.h"

G_BEGIN_DECLS

/* Asks the oldest open question of @queue in a window above @parent, then the next, until none is open. Nothing happens while such a window is shown already.
 * (transfer none) (nullable): the window. */
GtkWindow *tl_overwrite_dialog_present (TlTransferQueue *queue,
                                        GtkWindow       *parent);

G_END_DECLS
