/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-quick-sends.h"

G_BEGIN_DECLS

#define TL_TYPE_QUICK_STORE (tl_quick_store_get_type ())
G_DECLARE_FINAL_TYPE (TlQuickStore, tl_quick_store, TL, QUICK_STORE, GObject)

/**
 * TlQuickStore:
 *
 * Keeps quick sends in a file: reads it at first, and writes it a moment after each change. A file that cannot be understood, or is of a later version, is set aside as
 * `NAME.damaged-DATE`; nothing is deleted. Property: "loaded" (boolean, read-only: it was read, or there is none).
 * Signal "failed" (string: the sentence). One that nobody heard is kept, and is told to who calls tl_quick_store_take_problem().
 */
TlQuickStore *tl_quick_store_new           (GFile        *file,
                                            TlQuickSends *sends);
gboolean      tl_quick_store_get_loaded    (TlQuickStore *self);
/* (transfer full) (nullable) */
char         *tl_quick_store_take_problem  (TlQuickStore *self);
/* Writes what is not written yet. Blocks: for the end of the program. */
void          tl_quick_store_close         (TlQuickStore *self);

G_END_DECLS
