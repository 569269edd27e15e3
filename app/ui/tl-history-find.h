/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history-search.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_HISTORY_FIND (tl_history_find_get_type ())
G_DECLARE_FINAL_TYPE (TlHistoryFind, tl_history_find, TL, HISTORY_FIND, GtkWidget)

/**
 * TlHistoryFind:
 *
 * Looks for text, an expression or bytes in everything that the history has, and lists what was found while it looks.
 *
 * Property "charset" (TlCharset). Signal "found" (TlHistoryHit): it is to be shown.
 */
void     tl_history_find_set_history (TlHistoryFind   *self,
                                      TlHistory       *history);
/* (transfer none) (nullable) */
TlPattern *tl_history_find_get_pattern (TlHistoryFind *self);
/* The keyboard to the entry. */
void     tl_history_find_grab_entry  (TlHistoryFind   *self);
/* What is told of a search. (transfer full) */
char    *tl_history_find_status      (TlHistorySearch *search);

G_END_DECLS
