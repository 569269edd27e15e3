/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history-session.h"

G_BEGIN_DECLS

/* How the history is told of: pure functions. All are translated; times are in the local zone. */

/* The name of a symbolic icon, and the word, for a kind of session ("udp", …). */
const char *tl_history_kind_icon  (const char       *kind);
const char *tl_history_kind_word  (const char       *kind);
/* "Today", "Yesterday", or the date. Both in µs since 1970. (transfer full) */
char       *tl_history_day        (gint64            time,
                                   gint64            now);
gboolean    tl_history_is_same_day (gint64           time,
                                   gint64            other);
/* "14:03 – 15:20", with a date where it ends on another day; while it is @running only when it began. (transfer full) */
char       *tl_history_span       (TlHistorySession *session,
                                   gboolean          running);
/* "12 messages · 3.4 kB". (transfer full) */
char       *tl_history_counts     (TlHistorySession *session);
/* What is missing of it, as sentences; NULL: nothing. (transfer full) (nullable) */
char       *tl_history_notes      (TlHistorySession *session);
/* What a row of the list is for those who hear it. (transfer full) */
char       *tl_history_row_label  (TlHistorySession *session,
                                   gboolean          running);

G_END_DECLS
