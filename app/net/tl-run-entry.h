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

/* The beginning of a message, as a line of the log shows it. (transfer full) */
char       *tl_run_entry_show_bytes (const TlPayload *payload,
                                     GBytes          *bytes);
/* As a line of text. */
void        tl_run_entry_append (TlRunEntry *self,
                                 GString    *out);

G_END_DECLS
