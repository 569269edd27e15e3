/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlSequenceRun only. */

#include "tl-sequence-run.h"

G_BEGIN_DECLS

/* Now. (transfer full) @text. */
TlRunEntry *tl_run_entry_new (guint64   round,
                              guint     step,
                              gboolean  failed,
                              char     *text);

G_END_DECLS
