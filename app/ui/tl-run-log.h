/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-sequence-run.h"

G_BEGIN_DECLS

#define TL_TYPE_RUN_LOG (tl_run_log_get_type ())
G_DECLARE_FINAL_TYPE (TlRunLog, tl_run_log, TL, RUN_LOG, AdwWindow)

/* A window with what a run of a sequence did, step by step. Actions: "run-log.stop", "run-log.export". */
GtkWidget *tl_run_log_new (TlSequenceRun *run,
                           const char    *name);

G_END_DECLS
