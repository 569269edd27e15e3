/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-file-send.h"
#include "tl-payload-maker.h"
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TIMED_SEND_MAX_INTERVAL 86400000

#define TL_TYPE_TIMED_SEND (tl_timed_send_get_type ())
G_DECLARE_FINAL_TYPE (TlTimedSend, tl_timed_send, TL, TIMED_SEND, GObject)

/**
 * TlTimedSend:
 *
 * Sends the same message again and again, its macros filled in anew, the first time when it is started. Read-only properties, notified at most ten times a second:
 * "label" (what it sends), "interval" (uint, ms, 1–86400000), "remaining" (int64, -1: endless), "sent" (uint64: times that a peer took it),
 * "measured" (double, ms: mean of the last 64 intervals; 0 before the second), "running", "note" (string, nullable: the last refusal).
 * Keeps its schedule: a late tick does not shift those after it, missed ones are not made up for. What was refused by all does not count.
 * Stops when the session closes or fails, and when each of the @peers has left.
 * Signal "stopped".
 */
TlTimedSend *tl_timed_send_new   (TlSession  *session,
                                  GPtrArray  *peers,     /* (nullable): all */
                                  TlPayloadMaker *maker,
                                  const char *label,
                                  guint       interval_ms,
                                  gint64      count);    /* -1: endless */
void         tl_timed_send_start (TlTimedSend *self);
void         tl_timed_send_stop  (TlTimedSend *self);

G_END_DECLS
