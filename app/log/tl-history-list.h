/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history-item.h"

G_BEGIN_DECLS

#define TL_TYPE_HISTORY_LIST (tl_history_list_get_type ())
G_DECLARE_FINAL_TYPE (TlHistoryList, tl_history_list, TL, HISTORY_LIST, GObject)

/**
 * TlHistoryList:
 *
 * The sessions of a history, the newest first, kept up to date while they come, grow and go: a `GListModel` of TlHistoryItem. Asked again at most
 * once a second, and only while it is "active".
 *
 * Properties: "text" (string, nullable: only those with it in their title or a peer), "kind" (string, nullable: only of that kind), "active" (boolean, FALSE at
 * first). Read-only: "n-items", "loaded" (boolean: it has been read), "error" (string, nullable: why it could not be, or why nothing is being saved).
 */
TlHistoryList *tl_history_list_new       (TlHistory     *history);
void           tl_history_list_set_text  (TlHistoryList *self,
                                          const char    *text);
void           tl_history_list_set_kind  (TlHistoryList *self,
                                          const char    *kind);
void           tl_history_list_set_active (TlHistoryList *self,
                                          gboolean       active);
gboolean       tl_history_list_get_loaded (TlHistoryList *self);
const char    *tl_history_list_get_error (TlHistoryList *self);
/* Whether everything is listed: neither text nor kind. */
gboolean       tl_history_list_is_whole  (TlHistoryList *self);
/* The position of the session with that id; G_MAXUINT: it is not there. */
guint          tl_history_list_find      (TlHistoryList *self,
                                          gint64         id);
/* (transfer full): the sessions as a list of their own, that stays as it is. */
GListModel    *tl_history_list_dup_sessions (TlHistoryList *self);

G_END_DECLS
