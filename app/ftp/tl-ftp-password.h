/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Longer ones are refused: what hashes them takes no more. */
#define TL_FTP_PASSWORD_MAX 511

/* Passwords of the shared folder as they are kept: by the system's crypt(3), with yescrypt where it has that. These two take some hundredths of a second of a processor,
 * on purpose: for worker threads. */

/* "$y$…"; NULL when the system cannot. (transfer full) (nullable) */
char     *tl_ftp_password_hash   (const char *password);
/* @hash: (nullable): nobody's; it takes as long, and the answer is no. */
gboolean  tl_ftp_password_verify (const char *password,
                                  const char *hash);
/* One that nobody guesses and everybody can read out: four groups of four letters and digits that do not look alike, 78 bits. (transfer full) */
char     *tl_ftp_password_make   (void);

/* The same on a thread. */
void      tl_ftp_password_hash_async  (const char          *password,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
/* G_IO_ERROR with a whole sentence. (transfer full) */
char     *tl_ftp_password_hash_finish (GAsyncResult        *result,
                                       GError             **error);

G_END_DECLS
