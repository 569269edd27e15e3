/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-sequence.h"
#include "tl-session.h"

G_BEGIN_DECLS

/* Lines of the run log; the oldest go. */
#define TL_SEQUENCE_RUN_MAX_LOG 10000
/* Of what came and was not looked for yet. */
#define TL_SEQUENCE_RUN_MAX_INBOX (1024 * 1024)

#define TL_TYPE_RUN_ENTRY (tl_run_entry_get_type ())
G_DECLARE_FINAL_TYPE (TlRunEntry, tl_run_entry, TL, RUN_ENTRY, GObject)

/* A line of a run log: when (µs since 1970), in which round and step (from 1; 0: of the whole), whether it went wrong, and what happened, a sentence. */
gint64      tl_run_entry_get_time   (TlRunEntry *self);
guint64     tl_run_entry_get_round  (TlRunEntry *self);
guint       tl_run_entry_get_step   (TlRunEntry *self);
gboolean    tl_run_entry_get_failed (TlRunEntry *self);
const char *tl_run_entry_get_text   (TlRunEntry *self);

#define TL_TYPE_SEQUENCE_RUN (tl_sequence_run_get_type ())
G_DECLARE_FINAL_TYPE (TlSequenceRun, tl_sequence_run, TL, SEQUENCE_RUN, GObject)

/**
 * TlSequenceRun:
 *
 * A sequence that is run in a session, as it was when the run began. EXPECT looks at what came since the last SEND that follows another step, each message once; of a stream
 * at its frames, or, if the session has no framing, at all bytes of a peer together, up to the shortest beginning that matches. Read-only properties, notified at most ten times a second while it runs: "running", "round",
 * "step" (from 1), "n-failed" (uint64: steps that went wrong), "log" (GListStore of TlRunEntry, bounded).
 */
TlSequenceRun *tl_sequence_run_new        (TlSequence    *sequence,
                                           TlSession     *session,
                                           GPtrArray     *targets);   /* (nullable): all */
void           tl_sequence_run_start      (TlSequenceRun *self);
void           tl_sequence_run_stop       (TlSequenceRun *self);
gboolean       tl_sequence_run_is_running (TlSequenceRun *self);
GListStore    *tl_sequence_run_get_log    (TlSequenceRun *self);
/* "Round 3, step 2 of 5 · 1 failed", translated. (transfer full) */
char          *tl_sequence_run_describe   (TlSequenceRun *self);
/* The log as lines of text, tabs between time, round, step, verdict and what happened. */
char          *tl_sequence_run_dup_text   (TlSequenceRun *self);

G_END_DECLS
