/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Folders of ours that nobody else looks into (0700), in which several runs of the program keep out of each other's way by locks. Nothing here follows a symbolic link below
 * the first folder. All of it blocks: for threads. Descriptors; -1, or false, with errno.
 */

/* Of the user alone; a link in its place, or a folder of somebody else, is refused. */
int        tl_private_folder_open   (const char *path,
                                     gboolean    make);
int        tl_private_folder_enter  (int         parent,
                                     const char *name);
/* The file "lock" in it: held as long as the descriptor is open. @how: as flock() has it. */
int        tl_private_folder_lock   (int         folder,
                                     int         how);
/* A file, or a folder with all that is in it. */
void       tl_private_folder_delete (int         parent,
                                     const char *name);
/* The names that begin so. (transfer full) (element-type filename) */
GPtrArray *tl_private_folder_list   (int         folder,
                                     const char *start);
/* Leaves errno as it is. */
void       tl_private_folder_close  (int         fd);

G_END_DECLS
