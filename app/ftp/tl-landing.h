/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-download-private.h"

G_BEGIN_DECLS

/* @job: what became of it: its verdict, its target, its name; read it within the call only. @error: (nullable): then nothing of it is there. */
typedef void (*TlLandingFunc) (TlTransfer       *transfer,
                               const TlDownload *job,
                               const GError     *error,
                               gpointer          data);

/* Whether another one may be fetched: what waits for the disk is bounded. */
gboolean tl_landing_has_room (void);
/*
 * The file of @transfer, all of which has come: into a part beside its target, which gets its name when it is on the disk, as every download does. On a thread, many at
 * once: all are written, then all are synced (the first takes most of the file system's journal with it), all get their names, and each folder is synced once.
 * What is at the target already is not touched unless the answer that was given says so: the verdict tells.
 *
 * Main loop only. @func is called from there, never within this call.
 */
void     tl_landing_push     (TlTransfer       *transfer,
                              GBytes           *bytes,
                              TlLandingFunc     func,
                              gpointer          data);

G_END_DECLS
