/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlSequenceRun only. */

#include "tl-sequence.h"
#include "tl-session.h"

G_BEGIN_DECLS

/**
 * TlRunState:
 * @running: it goes on
 * @ending: (nullable): what ended it before its own end, as a sentence
 * @round: from 1
 * @step: from 1
 *
 * Where a run stands, or stood when it ended.
 */
typedef struct {
  gboolean    running;
  const char *ending;
  guint64     round;
  guint       step;
  guint       n_steps;
  guint64     n_failed;
} TlRunState;

/* (transfer full): as a line. */
char *tl_run_words_describe   (const TlRunState *state);
/* (transfer full): who closed a session that is no longer active, or what went wrong, in the words that it has for it. */
char *tl_run_words_why_closed (TlSession        *session);

/* What became of a step, as a line each. (transfer full) */
char *tl_run_words_sent           (TlSequenceStep *step,
                                   GBytes         *bytes);
/* @after: in microseconds. */
char *tl_run_words_came           (TlSequenceStep *step,
                                   GBytes         *bytes,
                                   gint64          after);
char *tl_run_words_not_come       (TlSequenceStep *step);
char *tl_run_words_not_before_end (TlSequenceStep *step);
char *tl_run_words_gave_up        (TlSequenceStep *step);

G_END_DECLS
