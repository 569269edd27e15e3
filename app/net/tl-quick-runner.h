/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-quick-sends.h"
#include "tl-sequence-run.h"
#include "tl-timed-send.h"

G_BEGIN_DECLS

#define TL_QUICK_RUNNER_MAX_TIMERS 100

#define TL_TYPE_QUICK_RUNNER (tl_quick_runner_get_type ())
G_DECLARE_FINAL_TYPE (TlQuickRunner, tl_quick_runner, TL, QUICK_RUNNER, GObject)

/**
 * TlQuickRunner:
 *
 * Sends quick sends in one session, to those who are chosen there; once, or again and again. Property: "n-running" (uint, read-only: timers and sequences).
 * Signals "timer" (TlQuickSend): its timer began or ended; "run" (TlSequence): the same of a sequence. A timer or sequence goes on to those whom it was started for. All end with the runner.
 */
TlQuickRunner *tl_quick_runner_new           (void);
void           tl_quick_runner_set_session   (TlQuickRunner *self,
                                              TlSession     *session);
/* (nullable): of TlPeer; NULL: all. */
void           tl_quick_runner_set_targets   (TlQuickRunner *self,
                                              GPtrArray     *targets);
/* Sends @maker's next bytes. Returns how many have it; fewer than all with @error, a sentence: the first refusal, or that nothing is open. */
guint          tl_quick_runner_send          (TlQuickRunner   *self,
                                              TlPayloadMaker  *maker,
                                              GError         **error);
/* Again and again at its period, the first time now. False, with a sentence, when it cannot. */
gboolean       tl_quick_runner_start         (TlQuickRunner   *self,
                                              TlQuickSend     *send,
                                              GError         **error);
void           tl_quick_runner_stop          (TlQuickRunner *self,
                                              TlQuickSend   *send);
/* The same of a sequence, of which one run can be at a time. */
gboolean       tl_quick_runner_run           (TlQuickRunner   *self,
                                              TlSequence      *sequence,
                                              GError         **error);
/* (nullable) (transfer none): the run under way, or the last that ended. */
TlSequenceRun *tl_quick_runner_get_run       (TlQuickRunner   *self,
                                              TlSequence      *sequence);
void           tl_quick_runner_stop_all      (TlQuickRunner *self);
/* (nullable) (transfer none): the one that runs, or the last that ended. */
TlTimedSend   *tl_quick_runner_get_timer     (TlQuickRunner *self,
                                              TlQuickSend   *send);
gboolean       tl_quick_runner_is_running    (TlQuickRunner *self,
                                              TlQuickSend   *send);
guint          tl_quick_runner_get_n_running (TlQuickRunner *self);

G_END_DECLS
