/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"

G_BEGIN_DECLS

/* So many failures are kept with their words; the others are counted. */
#define TL_FTP_REMOVAL_MAX_FAILURES 1000

/* What could not be removed, and why: a sentence with the server's words. */
typedef struct {
  GBytes *path;
  char   *message;
} TlFtpRemovalFailure;

#define TL_TYPE_FTP_REMOVAL (tl_ftp_removal_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpRemoval, tl_ftp_removal, TL, FTP_REMOVAL, GObject)

/**
 * TlFtpRemoval:
 *
 * Removes files, and folders with all that is in them; links are removed, never followed; bounded as a walk is (tl-ftp-walk.h). What the server refuses stays,
 * together with the folders that it is in, and the rest goes on. One command at a time: what else is asked of the client comes in between.
 *
 * Properties, read-only: "n-found" (uint: files and folders that are known so far), "n-over" (uint: those of them that are removed, or stay), "n-removed" (uint),
 * "n-failed" (uint: those that could not be removed; not the folders that stay because of them), "current" (GBytes, nullable: the path at which it is).
 */
/* @indices: guint32 each, which entries of @listing, of the folder @dir, are removed, in this order. Names that cannot be sent are left out. */
TlFtpRemoval *tl_ftp_removal_new          (TlFtpClient         *client,
                                           GBytes              *dir,
                                           TlFtpListing        *listing,
                                           GArray              *indices);
/* Paths (of GBytes, absolute and raw) wherever they are; @are_folders: a gboolean for each. */
TlFtpRemoval *tl_ftp_removal_new_for_paths (TlFtpClient      *client,
                                           GPtrArray           *paths,
                                           GArray              *are_folders);
/* Once. */
void          tl_ftp_removal_run_async    (TlFtpRemoval        *self,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
/* True when all was tried, also when some of it failed. TL_FTP_ERROR: the connection ended; G_IO_ERROR_CANCELLED. */
gboolean      tl_ftp_removal_run_finish   (TlFtpRemoval        *self,
                                           GAsyncResult        *result,
                                           GError             **error);
TlFtpClient  *tl_ftp_removal_get_client   (TlFtpRemoval        *self);
guint         tl_ftp_removal_get_n_found  (TlFtpRemoval        *self);
guint         tl_ftp_removal_get_n_over   (TlFtpRemoval        *self);
guint         tl_ftp_removal_get_n_removed (TlFtpRemoval       *self);
guint         tl_ftp_removal_get_n_failed (TlFtpRemoval        *self);
/* (nullable) */
GBytes       *tl_ftp_removal_get_current  (TlFtpRemoval        *self);
/* (element-type TlFtpRemovalFailure) (transfer none): in the order in which they came. */
GPtrArray    *tl_ftp_removal_get_failures (TlFtpRemoval        *self);

G_END_DECLS
