/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-quick-sends.h"

G_BEGIN_DECLS

#define TL_TYPE_QUICK_DIALOG (tl_quick_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TlQuickDialog, tl_quick_dialog, TL, QUICK_DIALOG, AdwWindow)

/**
 * TlQuickDialog:
 *
 * Where a quick send is written. Action: "quick-dialog.save".
 */
/* @send: as it begins. One that is in @sends is changed by saving, any other is added; NULL: an empty one. */
GtkWidget *tl_quick_dialog_new (TlQuickSends *sends,
                                TlQuickSend  *send);

G_END_DECLS
