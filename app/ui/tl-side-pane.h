/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_SIDE_PANE_MIN_WIDTH 270
#define TL_SIDE_PANE_MAX_WIDTH 800

#define TL_TYPE_SIDE_PANE (tl_side_pane_get_type ())
G_DECLARE_FINAL_TYPE (TlSidePane, tl_side_pane, TL, SIDE_PANE, GtkWidget)

/**
 * TlSidePane:
 *
 * A flap with the edge of its pane to be dragged, or moved with the arrow keys; a double click or Home gives back the width that it began
 * with. Where the wanted width does not fit, the pane takes less, so that it never decides how narrow a window can be, nor when it folds.
 *
 * Properties: "flap" (AdwFlap with its pane at the start, construct-only), "width" (int, pixels: what is wanted).
 */

G_END_DECLS
