/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  char     *name;
  gboolean  is_folder;
  gboolean  is_file;   /* neither: a link or a device */
  gint64    size;
  gint64    time;      /* seconds since 1970 */
} TlLocalEntry;

/* What is in a folder of this machine, by name; at most @most. Blocks: for worker threads. @follow: the folder itself may be a link, because the user chose it.
 * TL_FTP_ERROR_LOCAL. (transfer full): of TlLocalEntry */
GPtrArray *tl_local_walk_list (const char    *root,
                               const char    *path,
                               gboolean       follow,
                               guint          most,
                               GCancellable  *cancellable,
                               GError       **error);

G_END_DECLS
