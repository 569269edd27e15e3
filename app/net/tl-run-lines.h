/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlSequenceRun only. */

#include "tl-run-entry.h"

G_BEGIN_DECLS

/* The log of a run: its newest TL_SEQUENCE_RUN_MAX_LOG lines. They come into the list some at a time, however fast the run is. */
typedef struct _TlRunLines TlRunLines;

/* @flushed is called whenever lines have come into the list. (transfer full) */
TlRunLines *tl_run_lines_new      (GSourceFunc  flushed,
                                   gpointer     user_data);
void        tl_run_lines_free     (TlRunLines  *self);
/* (transfer full) @entry. */
void        tl_run_lines_add      (TlRunLines  *self,
                                   TlRunEntry  *entry);
/* What was added is in the list now. */
void        tl_run_lines_flush    (TlRunLines  *self);
/* (transfer none) */
GListStore *tl_run_lines_get_list (TlRunLines  *self);
/* All lines as text. (transfer full) */
char       *tl_run_lines_dup_text (TlRunLines  *self);

G_END_DECLS
