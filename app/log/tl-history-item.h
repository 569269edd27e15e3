/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history.h"

G_BEGIN_DECLS

#define TL_TYPE_HISTORY_ITEM (tl_history_item_get_type ())
G_DECLARE_FINAL_TYPE (TlHistoryItem, tl_history_item, TL, HISTORY_ITEM, GObject)

/**
 * TlHistoryItem:
 *
 * A session in a TlHistoryList. It stays the same object while the session grows. Properties, read-only: "session" (TlHistorySession: as it was last seen),
 * "running" (boolean: it is being recorded).
 */
TlHistorySession *tl_history_item_get_session (TlHistoryItem *self);
gboolean          tl_history_item_get_running (TlHistoryItem *self);
/* For the list. */
TlHistoryItem    *tl_history_item_new         (TlHistory        *history,
                                               TlHistorySession *session);
void              tl_history_item_update      (TlHistoryItem    *self,
                                               TlHistory        *history,
                                               TlHistorySession *session);

G_END_DECLS
