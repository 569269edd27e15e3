/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Puts a file, or a folder with all that is in it, into the trash; where there is none it is deleted. Links are not followed. Blocks: for worker threads.
 * TL_FTP_ERROR_LOCAL. */
gboolean tl_local_remove (const char    *path,
                          GCancellable  *cancellable,
                          GError       **error);

G_END_DECLS
