/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-sites.h"

G_BEGIN_DECLS

/* What all FTP connections of the program share and what outlives it: made with the first use. (transfer none) */
TlDatabase *tl_ftp_home_get_database (void);
/* Being loaded when it is used first; a failure comes with "failed" of the sites. */
TlFtpSites *tl_ftp_home_get_sites    (void);
/* For the end of the program: waits until everything is written. */
void        tl_ftp_home_close        (void);

G_END_DECLS
