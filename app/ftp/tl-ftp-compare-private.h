/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-compare.h"

G_BEGIN_DECLS

/* Which names belong together: G_MAXUINT32 where there is none. @…_twice: the name stands for several, or several for it. */
typedef struct {
  guint     n_remote, n_local;
  guint32  *local_of;        /* of each remote entry */
  guint32  *remote_of;       /* of each local one */
  gboolean *remote_twice;
  gboolean *local_twice;
} TlFtpMatching;

/* False when cancelled. @local_names: name → index + 1 */
gboolean tl_ftp_matching_run         (TlFtpMatching             *self,
                                      TlFtpListing              *remote,
                                      GPtrArray                 *local,
                                      GHashTable                *local_names,
                                      const TlFtpCompareOptions *options,
                                      GCancellable              *cancellable);
void     tl_ftp_matching_clear       (TlFtpMatching             *self);
/* Zones are between -12 and +14 hours, and quarters of an hour apart. */
#define TL_FTP_ZONE_MAX_QUARTERS (14 * 4)

/* Files of the same size tell by their times in which zone a server is. Zeroed at first. */
typedef struct {
  guint counts[2 * TL_FTP_ZONE_MAX_QUARTERS + 1];
  guint n_witnesses;
} TlFtpZoneGuess;

void     tl_ftp_zone_guess_add       (TlFtpZoneGuess            *self,
                                      gint64                     remote,
                                      TlFtpTimePrecision         precision,
                                      gint64                     local,
                                      guint                      tolerance);
/* @n files whose times are the same as they are. */
void     tl_ftp_zone_guess_add_equal (TlFtpZoneGuess            *self,
                                      guint                      n);
/* Seconds that the server is ahead; 0 when nothing tells. */
int      tl_ftp_zone_guess_get       (const TlFtpZoneGuess      *self);

/* How far the server's times are ahead of those of this machine; 0 when nothing tells. */
int      tl_ftp_matching_guess_shift (const TlFtpMatching       *self,
                                      TlFtpListing              *remote,
                                      GPtrArray                 *local,
                                      const TlFtpCompareOptions *options);

G_END_DECLS
