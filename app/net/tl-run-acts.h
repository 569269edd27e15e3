/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlSequenceRun only. */

#include "tl-payload-maker.h"
#include "tl-sequence.h"

G_BEGIN_DECLS

/* What a step of a sequence needs while it runs: made once, used in every round. */
typedef struct {
  TlPayloadMaker *maker;    /* NULL: nothing is sent */
  TlPattern      *pattern;  /* NULL: nothing is expected */
} TlRunAct;

/* One for each step. (transfer full) (element-type TlRunAct) */
GPtrArray *tl_run_acts_new (TlSequence *sequence);

G_END_DECLS
