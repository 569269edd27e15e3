/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Both block: for worker threads. Links are not followed. TL_FTP_ERROR_LOCAL, G_IO_ERROR_CANCELLED. */

/* Puts a file, or a folder with all that is in it, into the trash. *@has_trash: FALSE when there is none for it; then nothing was done, and it is no error that says more. */
gboolean tl_local_trash  (const char    *path,
                          gboolean      *has_trash,
                          GCancellable  *cancellable,
                          GError       **error);
/* Puts a file into the trash; where there is none it is deleted. */
gboolean tl_local_remove (const char    *path,
                          GCancellable  *cancellable,
                          GError       **error);

G_END_DECLS
