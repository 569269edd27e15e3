/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* tl_task_work() on one of a few threads that the FTP server has for itself: visitors who ask for what takes long (hashes of large files, a folder on a disk that sleeps)
 * wait for each other, and not the rest of the program. */
void tl_ftp_server_work (GTask           *task,
                         GTaskThreadFunc  func,
                         GDestroyNotify   free_result);
/* On two others, for what reads whole files: nobody can keep the others from coming in with it. */
void tl_ftp_server_work_long (GTask           *task,
                              GTaskThreadFunc  func,
                              GDestroyNotify   free_result);

G_END_DECLS
