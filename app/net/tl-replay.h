/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-replay-place.h"
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_REPLAY_STATE (tl_replay_state_get_type ())

typedef enum {
  TL_REPLAY_READY,      /* not begun, or stopped: it begins at the beginning */
  TL_REPLAY_RUNNING,
  TL_REPLAY_PAUSED,
  TL_REPLAY_FAILED,     /* it stands where it failed, and can go on from there */
  TL_REPLAY_DONE,
} TlReplayState;

GType tl_replay_state_get_type (void);

#define TL_TYPE_REPLAY (tl_replay_get_type ())
G_DECLARE_FINAL_TYPE (TlReplay, tl_replay, TL, REPLAY, GObject)

/**
 * TlReplay:
 *
 * Plays messages again through an open session: with the gaps that there were, scaled, or as fast as they are taken. A full queue is waited for; what is late is sent at
 * once, and the schedule does not move for it. An error stops it with a sentence; where it stopped is kept. What does not fit into a datagram is left out, or stops it.
 * Holds the session.
 *
 * Read-only properties: "state" (TlReplayState), "error" (string, nullable: why it failed). Signal "progress": at most ten times a second.
 */

/* @peers: (nullable): all that can be sent to when it starts or goes on. @picked: positions in @list, see tl_replay_list_pick(). */
TlReplay     *tl_replay_new          (TlSession             *session,
                                      GPtrArray             *peers,
                                      TlReplayList          *list,
                                      GArray                *picked,
                                      const TlReplayOptions *options);
/* Begins, or goes on after a pause or a failure; after the end it begins anew. */
void          tl_replay_start        (TlReplay              *self);
void          tl_replay_pause        (TlReplay              *self);
/* Whether it failed because the next message does not fit into a datagram. */
gboolean      tl_replay_can_skip     (TlReplay              *self);
/* Leaves that message out, and goes on. */
void          tl_replay_skip         (TlReplay              *self);
/* Goes back to the beginning. */
void          tl_replay_stop         (TlReplay              *self);
TlReplayState tl_replay_get_state    (TlReplay              *self);
const char   *tl_replay_get_error    (TlReplay              *self);
void          tl_replay_get_progress (TlReplay              *self,
                                      TlReplayProgress      *progress);
/* For tests: the time (µs) comes from @clock, and nothing is sent but by tl_replay_turn(). Before it starts. */
void          tl_replay_set_clock    (TlReplay              *self,
                                      gint64               (*clock) (gpointer user_data),
                                      gpointer               user_data);
/* Sends what is due, within a budget. */
void          tl_replay_turn         (TlReplay              *self);

G_END_DECLS
