/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-export-dialog.h"
#include "tl-message-text.h"
#include "tl-pattern.h"
#include "tl-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_LOG_SHOW (tl_log_show_get_type ())

typedef enum {
  TL_LOG_SHOW_ALL,
  TL_LOG_SHOW_RECEIVED,
  TL_LOG_SHOW_SENT,
  TL_LOG_SHOW_EVENTS,
} TlLogShow;

GType tl_log_show_get_type (void);

#define TL_TYPE_LOG_VIEW (tl_log_view_get_type ())
G_DECLARE_FINAL_TYPE (TlLogView, tl_log_view, TL, LOG_VIEW, GtkWidget)

/**
 * TlLogView:
 *
 * The message log of a session, for all kinds of sessions: as a table or as chat bubbles, with its own bar, find bar and details.
 *
 * Writable properties: "session" (TlSession, nullable; sets "bubbles" to what suits it: UDP yes, TCP no), "bubbles" (boolean),
 * "mode" (TlLogMode), "charset" (TlCharset), "wrap" (boolean), "show" (TlLogShow), "peer" (string, nullable: only this one's),
 * "show-calls" (boolean), "collapse" (boolean: equal messages that follow one another are one row), "follow" (boolean: go with the end while there; false: stay put), "paused" (boolean: the opposite).
 * Read-only: "n-new" (uint: messages that came since the end was left).
 *
 * Actions, to be activated on the widget or from a focus within it: log.mode, log.charset, log.show (strings: the nicks), log.bubbles, log.wrap,
 * log.show-calls, log.paused, log.filter (F4), log.highlight, log.collapse, log.unfold, log.find (Ctrl+F), log.find-next (Ctrl+G, F3), log.find-previous, log.copy (Ctrl+C), log.copy-hex
 * (Ctrl+Shift+C), log.copy-rows, log.select-all, log.details (Enter on a row), log.only-peer, log.show-everything, log.scroll-to-end,
 * log.menu, log.clear (Ctrl+L), log.export (Ctrl+S).
 */
GtkWidget *tl_log_view_new         (void);
void       tl_log_view_set_session (TlLogView  *self,
                                    TlSession  *session);
/* Messages that belong to no session: a log, or what is in the history. @is_datagram: each stands alone. NULL shows nothing. */
void       tl_log_view_set_source  (TlLogView       *self,
                                    TlMessageSource *source,
                                    gboolean         is_datagram);
/* What a line of bytes means, for its tooltip. (transfer full) (nullable) */
typedef char *(*TlLogExplainFunc)  (TlMessageKind kind,
                                    GBytes       *bytes);
void       tl_log_view_set_explain (TlLogView       *self,
                                    TlLogExplainFunc explain);
/* Writes @what to @file. What comes of it is a toast. */
void       tl_log_view_export      (TlLogView     *self,
                                    GFile         *file,
                                    TlExportWhat   what,
                                    TlExportFormat format);
/* Puts @pattern into the find bar, with its marks, and leaves the rows where they are. @id: the row that counts as found, 0: none. */
void       tl_log_view_find        (TlLogView     *self,
                                    TlPattern     *pattern,
                                    guint64        id);
/* Selects a row of the source, from its beginning, and scrolls to it. False: the filter hides it. */
gboolean   tl_log_view_show_row    (TlLogView     *self,
                                    guint64        id);
/* The rows as they are shown now, and which of them are selected. (transfer none) (nullable) */
GtkSelectionModel *tl_log_view_get_rows (TlLogView *self);

G_END_DECLS
