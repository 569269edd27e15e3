/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_HISTORY_SESSION (tl_history_session_get_type ())
G_DECLARE_FINAL_TYPE (TlHistorySession, tl_history_session, TL, HISTORY_SESSION, GObject)

/**
 * TlHistoryAbout:
 *
 * What a session is, for whoever reads it later.
 */
typedef struct {
  char    *kind;          /* "udp", "tcp-server", "tcp-client" */
  char    *title;
  char    *link;          /* that opens it again; NULL: none */
  char    *local;         /* what it was bound to; NULL: unknown */
  gboolean is_datagram;
} TlHistoryAbout;

TlHistoryAbout *tl_history_about_copy (const TlHistoryAbout *self);
void            tl_history_about_free (TlHistoryAbout       *self);

/**
 * TlHistorySession:
 *
 * One recorded session, as it was when it was listed. Read-only properties: "title", "kind", "peers" (string: the first of them, separated by commas),
 * "started" and "ended" (int64, µs since 1970; ended is 0 while it goes on, or when the program was killed), "n-messages", "n-bytes" (uint64, payload).
 */
gint64      tl_history_session_get_id         (TlHistorySession *self);
const TlHistoryAbout *tl_history_session_get_about (TlHistorySession *self);
const char *tl_history_session_get_peers      (TlHistorySession *self);
gint64      tl_history_session_get_started    (TlHistorySession *self);
gint64      tl_history_session_get_ended      (TlHistorySession *self);
/* When it ended; while it goes on, or when the program was killed, when it was last written to. */
gint64      tl_history_session_get_last       (TlHistorySession *self);
guint64     tl_history_session_get_n_messages (TlHistorySession *self);
guint64     tl_history_session_get_n_bytes    (TlHistorySession *self);
/* Messages that the limit on the size has deleted from its front, and those that could not be saved. */
guint64     tl_history_session_get_n_gone     (TlHistorySession *self);
guint64     tl_history_session_get_n_lost     (TlHistorySession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlHistoryAbout, tl_history_about_free)

G_END_DECLS
