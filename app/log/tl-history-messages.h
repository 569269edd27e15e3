/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history.h"
#include "tl-message-source.h"

G_BEGIN_DECLS

#define TL_TYPE_HISTORY_MESSAGES (tl_history_messages_get_type ())
G_DECLARE_FINAL_TYPE (TlHistoryMessages, tl_history_messages, TL, HISTORY_MESSAGES, GObject)

/**
 * TlHistoryMessages:
 *
 * The messages of a recorded session as a `TlMessageSource`, read from disk a chunk at a time when they are looked at, and kept within bounds: opening ten million
 * rows costs nothing. A row that has not been read yet is empty; when it has come the list tells of it as replaced. The rows are those that there were
 * when the session was listed.
 *
 * Properties: "n-items", "error" (string, nullable: why rows could not be read). Signal "ready": see tl_message_source_is_ready().
 */
TlHistoryMessages *tl_history_messages_new       (TlHistory         *history,
                                                  TlHistorySession  *session);
TlHistorySession  *tl_history_messages_get_session (TlHistoryMessages *self);
TlHistory         *tl_history_messages_get_history (TlHistoryMessages *self);
const char        *tl_history_messages_get_error (TlHistoryMessages *self);
/* Bytes of memory held by chunks. */
gsize              tl_history_messages_get_memory (TlHistoryMessages *self);

G_END_DECLS
