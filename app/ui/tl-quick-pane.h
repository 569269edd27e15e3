/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-quick-runner.h"
#include "tl-quick-store.h"

G_BEGIN_DECLS

#define TL_TYPE_QUICK_PANE (tl_quick_pane_get_type ())
G_DECLARE_FINAL_TYPE (TlQuickPane, tl_quick_pane, TL, QUICK_PANE, GtkWidget)

/**
 * TlQuickPane:
 *
 * The quick sends beside a session: a click sends to those who are chosen there.
 * Actions: "quick.send-1" to "quick.send-9" (the one with that shortcut), "quick.add", "quick.add-sequence", "quick.import", "quick.export", "quick.stop-all".
 * Its sentences stand in it, or, while it is hidden, are toasts of the overlay that it is in.
 */
void           tl_quick_pane_set_session (TlQuickPane  *self,
                                          TlSession    *session);
/* (nullable): of TlPeer; NULL: all. */
void           tl_quick_pane_set_targets (TlQuickPane  *self,
                                          GPtrArray    *targets);
/* Opens the editor, with @send to begin with; NULL: an empty one. */
void           tl_quick_pane_edit        (TlQuickPane  *self,
                                          TlQuickSend  *send);

G_END_DECLS
