/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-site.h"

G_BEGIN_DECLS

/* Whether a server takes commands before it has answered the ones before. */
typedef enum {
  TL_FTP_PIPELINE_UNTRIED,
  TL_FTP_PIPELINE_WORKS,
  TL_FTP_PIPELINE_OFF,
} TlFtpPipeline;

/* Kept for each host and port, as long as the program runs. OFF stays. */
TlFtpPipeline tl_ftp_pipeline_get (TlFtpSite     *site);
void          tl_ftp_pipeline_set (TlFtpSite     *site,
                                   TlFtpPipeline  pipeline);
/* Of all of them, for tests. */
void          tl_ftp_pipeline_forget (void);

G_END_DECLS
