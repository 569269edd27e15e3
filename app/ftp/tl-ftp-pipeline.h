/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-reply.h"
#include "tl-ftp-site.h"

G_BEGIN_DECLS

/* Whether a server takes commands before it has answered the ones before. */
typedef enum {
  TL_FTP_PIPELINE_UNTRIED,
  TL_FTP_PIPELINE_WORKS,
  TL_FTP_PIPELINE_BETWEEN,  /* those that come together, but not while it sends a file: it looks for ABOR then, and throws away what else it finds (Pure-FTPd) */
  TL_FTP_PIPELINE_OFF,
} TlFtpPipeline;

/* Kept for each host and port, as long as the program runs. What takes less stays; OFF ends after tl_ftp_pipeline_doubt(). */
TlFtpPipeline tl_ftp_pipeline_get (TlFtpSite     *site);
/* Whether the server has shown that it keeps what it is sent. */
gboolean      tl_ftp_pipeline_is_proved (TlFtpSite *site);
void          tl_ftp_pipeline_set (TlFtpSite     *site,
                                   TlFtpPipeline  pipeline);
/* Whether a server that has begun to send a file refuses the command behind it with @reply, and says more of the file later: while it sends one it looks for
 * ABOR alone. */
gboolean      tl_ftp_pipeline_refuses_next (const TlFtpReply *reply);
/* Nothing came, or no port, which a server that was only busy has in common with one that loses commands: OFF for some minutes, and once more it is tried. */
void          tl_ftp_pipeline_doubt (TlFtpSite    *site);
/* Other minutes, in microseconds. For tests. */
void          tl_ftp_pipeline_set_pause (gint64    pause);
/* Of all of them, for tests. */
void          tl_ftp_pipeline_forget (void);

G_END_DECLS
