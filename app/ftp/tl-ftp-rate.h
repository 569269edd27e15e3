/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlFtpRate:
 *
 * So many bytes a second, shared by all that move under it. Main loop only.
 */
typedef struct _TlFtpRate TlFtpRate;

/* No limit at first. */
TlFtpRate *tl_ftp_rate_new       (void);
TlFtpRate *tl_ftp_rate_ref       (TlFtpRate *self);
void       tl_ftp_rate_unref     (TlFtpRate *self);
/* Of all downloads, or all uploads, of the program. (transfer none) */
TlFtpRate *tl_ftp_rate_get_shared (gboolean  upload);
/* KiB a second; 0: no limit. */
void       tl_ftp_rate_set_limit (TlFtpRate *self,
                                  guint      kib);
gboolean   tl_ftp_rate_has_limit (TlFtpRate *self);
/* How many bytes may move at @now (monotonic, microseconds), at most @most; 0: none before *@wait_ms. */
gsize      tl_ftp_rate_get_room  (TlFtpRate *self,
                                  gint64     now,
                                  gsize      most,
                                  guint     *wait_ms);
void       tl_ftp_rate_use       (TlFtpRate *self,
                                  gsize      bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpRate, tl_ftp_rate_unref)

G_END_DECLS
