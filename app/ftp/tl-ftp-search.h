/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"
#include "tl-ftp-criteria.h"
#include "tl-ftp-entry.h"

G_BEGIN_DECLS

#define TL_FTP_SEARCH_MAX_HITS 100000
/* So many refusals are kept with their words; the others are counted. */
#define TL_FTP_SEARCH_MAX_FAILURES 1000

#define TL_TYPE_FTP_HIT (tl_ftp_hit_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpHit, tl_ftp_hit, TL, FTP_HIT, GObject)

/**
 * TlFtpHit:
 *
 * Something that was found: an entry, and the folder it is in. Immutable.
 */
TlFtpEntry *tl_ftp_hit_get_entry  (TlFtpHit *self);
/* Absolute and raw. */
GBytes     *tl_ftp_hit_get_folder (TlFtpHit *self);
/* (transfer full) */
GBytes     *tl_ftp_hit_dup_path   (TlFtpHit *self);
/* A number that no other hit of its search has. */
guint64     tl_ftp_hit_get_number (TlFtpHit *self);
/* How names of its folder are read. */
TlCharset   tl_ftp_hit_get_guess  (TlFtpHit *self);

/* A folder that could not be looked into, and why: a sentence with the server's words. */
typedef struct {
  GBytes *path;
  char   *message;
} TlFtpSearchFailure;

#define TL_TYPE_FTP_SEARCH (tl_ftp_search_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSearch, tl_ftp_search, TL, FTP_SEARCH, GObject)

/**
 * TlFtpSearch:
 *
 * Looks through the folders of a server, the nearest first, over a connection of its own; where the server lets in one only, over that of @client. A `GListModel` of TlFtpHit in the
 * order in which they were found; objects are made for rows that are asked for; changes are told at most ten times a second. Links are not followed, and a walk is
 * bounded (tl-ftp-walk.h). Names are compared on a thread. What a folder refuses is noted, and the rest goes on.
 *
 * Properties, read-only: "n-items", "n-folders" (uint: looked into), "n-waiting" (uint: known, and not looked into yet), "n-failed" (uint), "full" (boolean: there may be more,
 * but no more than TL_FTP_SEARCH_MAX_HITS are kept, or the walk came to its bounds), "current" (GBytes, boxed, nullable: the folder that is looked into).
 */
TlFtpSearch *tl_ftp_search_new          (TlFtpClient         *client,
                                         GBytes              *folder,
                                         TlFtpCriteria       *criteria,
                                         TlFtpCharset         charset);
/* Once. */
void         tl_ftp_search_run_async    (TlFtpSearch         *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
/* TL_FTP_ERROR: the connection ended, or the first folder cannot be listed; G_IO_ERROR_CANCELLED. What was found stays. */
gboolean     tl_ftp_search_run_finish   (TlFtpSearch         *self,
                                         GAsyncResult        *result,
                                         GError             **error);
/* (element-type TlFtpHit): takes them out of the list, as they are there no more. */
void         tl_ftp_search_drop         (TlFtpSearch         *self,
                                         GPtrArray           *hits);
/* (element-type TlFtpSearchFailure) (transfer none) */
GPtrArray   *tl_ftp_search_get_failures (TlFtpSearch         *self);

G_END_DECLS
