/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-quick-sends.h"

G_BEGIN_DECLS

#define TL_TYPE_SEQUENCE_DIALOG (tl_sequence_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TlSequenceDialog, tl_sequence_dialog, TL, SEQUENCE_DIALOG, AdwWindow)

/* Where a sequence is written. @sequence: (nullable): the one of @sends that saving replaces; NULL: a new one. Actions: "sequence-dialog.save",
 * "sequence-dialog.add-step" (s: "send", "expect", "wait"). */
GtkWidget *tl_sequence_dialog_new (TlQuickSends *sends,
                                   TlSequence   *sequence);

G_END_DECLS
