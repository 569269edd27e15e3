/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_TIMED_SEND (tl_timed_send_get_type ())
G_DECLARE_FINAL_TYPE (TlTimedSend, tl_timed_send, TL, TIMED_SEND, GObject)

/**
 * TlTimedSend:
 *
 * Sends the same bytes again and again. Read-only properties: "label" (what it sends), "interval" (uint, ms, 1–86400000), "remaining" (int64, -1: endless),
 * "sent" (uint64), "measured" (double, ms: mean of the last 64 intervals; 0 before the second), "running", "note" (string, nullable: the last refusal).
 * Keeps its schedule: a late tick does not shift those after it, missed ones are not made up for. Stops when the session closes.
 * Signal "stopped".
 */
TlTimedSend *tl_timed_send_new   (TlSession  *session,
                                  GPtrArray  *peers,     /* (nullable): all */
                                  GBytes     *bytes,
                                  const char *label,
                                  guint       interval_ms,
                                  gint64      count);    /* -1: endless */
void         tl_timed_send_start (TlTimedSend *self);
void         tl_timed_send_stop  (TlTimedSend *self);

#define TL_TYPE_FILE_SEND (tl_file_send_get_type ())
G_DECLARE_FINAL_TYPE (TlFileSend, tl_file_send, TL, FILE_SEND, GObject)

/**
 * TlFileSend:
 *
 * Sends a file in pieces, reading it asynchronously, at the pace of the slowest peer. Read-only properties: "name", "size", "done" (uint64), "fraction" (double),
 * "running", "error" (string, nullable).
 */
TlFileSend  *tl_file_send_new    (TlSession  *session,
                                  GPtrArray  *peers,
                                  GFile      *file,
                                  guint       piece,     /* bytes, 1–65527 for UDP, up to 1 MiB for TCP */
                                  guint       gap_ms);   /* between pieces, 0–60000 */
/* Errors: G_IO_ERROR, TL_SESSION_ERROR. */
void         tl_file_send_run_async (TlFileSend *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer    user_data);
gboolean     tl_file_send_run_finish (TlFileSend *self,
                                  GAsyncResult *result,
                                  GError    **error);

G_END_DECLS
