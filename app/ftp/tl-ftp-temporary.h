/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Temporary copies of remote files, for other programs: to be opened, or dropped there.
 *
 * All are below one folder of the user's cache (they may be large, and the runtime folder is memory), in one of the run's own (0700), which is deleted when the
 * program ends. What a run left behind that did not end well is deleted by the next. Nothing here follows a symbolic link.
 */

/* A new empty folder. Blocks a little: for a thread. Thread-safe. G_IO_ERROR. (transfer full) */
GFile   *tl_ftp_temporary_make         (GError              **error);
/* Whether @path is there: what is made of it is gone with this run. */
gboolean tl_ftp_temporary_holds        (const char           *path);
/* What is left of runs that are over. */
void     tl_ftp_temporary_clean_async  (GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* *@n_runs: (out) (optional): so many. G_IO_ERROR. */
gboolean tl_ftp_temporary_clean_finish (GAsyncResult         *result,
                                        guint                *n_runs,
                                        GError              **error);
/* Deletes what this run has made, at once. */
void     tl_ftp_temporary_end          (void);

G_END_DECLS
