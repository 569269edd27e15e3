/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlSequenceRun only. */

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

G_END_DECLS
