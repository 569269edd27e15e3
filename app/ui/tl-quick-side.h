/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-composer.h"

G_BEGIN_DECLS

#define TL_TYPE_QUICK_SIDE (tl_quick_side_get_type ())
G_DECLARE_FINAL_TYPE (TlQuickSide, tl_quick_side, TL, QUICK_SIDE, GtkWidget)

/**
 * TlQuickSide:
 *
 * A widget with the quick sends beside it, or over it where there is little room. Properties: "content" (GtkWidget), "composer" (TlComposer: whose
 * session and targets they are sent with), "shown" (boolean). Actions: "quick.show" (F8), "quick.save" (Ctrl+Shift+S: what is in the composer becomes a
 * quick send), and those of TlQuickPane.
 */
/* Does a verb of it or of its pane; false when it cannot now. */
gboolean tl_quick_side_activate (TlQuickSide *self,
                                 const char  *action);

G_END_DECLS
