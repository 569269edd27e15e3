/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ordered-row.h"

#include "tl-sequence.h"

G_BEGIN_DECLS

#define TL_TYPE_STEP_ROW (tl_step_row_get_type ())
G_DECLARE_FINAL_TYPE (TlStepRow, tl_step_row, TL, STEP_ROW, TlOrderedRow)

/* A step of a sequence that is edited, in the list of @steps. */
GtkWidget *tl_step_row_new (GListStore     *steps,
                            TlSequenceStep *step);

G_END_DECLS
