/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Files of this machine that a server names. All of these block: for worker threads only. A file is named by a root, which the user chose and in which links are followed,
 * and a path below it, in which they never are. Errors: TL_FTP_ERROR_LOCAL, a sentence that says which file and why.
 */

typedef enum {
  TL_LOCAL_OPEN_FOLDER,
  TL_LOCAL_MAKE_FOLDER,
  TL_LOCAL_READ_FOLDER,
  TL_LOCAL_LOOK,
  TL_LOCAL_MAKE,
  TL_LOCAL_READ,
  TL_LOCAL_WRITE,
  TL_LOCAL_COPY,
  TL_LOCAL_RENAME,
} TlLocalAct;

/* What is there under a name. A link is itself, not what it points to. */
typedef struct {
  gboolean exists;
  gboolean is_folder;
  gboolean is_file;    /* a regular one */
  gint64   size;
  gint64   time;       /* seconds since 1970 */
  guint    mode;
  guint64  device;
  guint64  inode;
} TlLocalTarget;

/* A descriptor of the folder that holds the last part of @path, or -1. @make: folders that are missing are made. */
int       tl_local_open_parent  (const char     *root,
                                 const char     *path,
                                 gboolean        make,
                                 GError        **error);
/* Makes the folder @path itself. True when it is there already. */
gboolean  tl_local_make_folder  (const char     *root,
                                 const char     *path,
                                 GError        **error);
gboolean  tl_local_look         (int             folder,
                                 const char     *name,
                                 TlLocalTarget  *target,
                                 GError        **error);
/* A new empty file beside @name, for reading and writing, or -1. *@part (out) (transfer full): its name. */
int       tl_local_create_part  (int             folder,
                                 const char     *name,
                                 char          **part,
                                 GError        **error);
/* Opens a part that was made before, or -1 when it is not that very file any more. */
int       tl_local_open_part    (int             folder,
                                 const char     *part,
                                 guint64         device,
                                 guint64         inode);
/* The part of @name that an earlier run has left, when it is so small that all of it can be compared, or -1. *@part (out) (transfer full): its name. */
int       tl_local_adopt_part   (int             folder,
                                 const char     *name,
                                 guint64         most,
                                 char          **part);
/* Removes a part, if it is still that very file. */
void      tl_local_discard_part (const char     *root,
                                 const char     *path,
                                 const char     *part,
                                 guint64         device,
                                 guint64         inode);
/* Copies the regular file @name to @fd, from its beginning. */
gboolean  tl_local_copy         (int             folder,
                                 const char     *name,
                                 int             fd,
                                 GCancellable   *cancellable,
                                 GError        **error);
/* The first of "a.txt", "a (2).txt", … that is not there. (transfer full) (nullable) */
char     *tl_local_free_name    (int             folder,
                                 const char     *name,
                                 GError        **error);
/* What was written is on the disk. G_IO_ERROR; errno is kept. */
gboolean  tl_local_sync         (int             fd,
                                 GError        **error);
/* Renames a part to its name. Without @replace it fails with TL_FTP_ERROR_EXISTS when something is there. @sync: the name is on the disk, too. */
gboolean  tl_local_commit       (int             folder,
                                 const char     *part,
                                 const char     *name,
                                 gboolean        replace,
                                 gboolean        sync,
                                 GError        **error);
/* Opens a regular file for reading, or a folder; -1. @follow: the last part may be a link, because the user chose it. */
int       tl_local_open_source  (const char     *root,
                                 const char     *path,
                                 gboolean        follow,
                                 gboolean       *is_folder,
                                 GError        **error);
/* Sets @error from errno: what could not be done with what. */
void      tl_local_set_error    (GError        **error,
                                 int             errsv,
                                 TlLocalAct      act,
                                 const char     *name);

G_END_DECLS
