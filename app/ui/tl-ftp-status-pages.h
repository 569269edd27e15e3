/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-browser.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What stands where the files of a folder would be. */

/* What is being opened. */
void tl_ftp_status_show_loading  (AdwStatusPage  *page,
                                  TlFtpBrowser   *browser);
/* What stands in the way, the connection or the folder, and the sentence that says why. */
void tl_ftp_status_show_error    (AdwStatusPage  *page,
                                  TlFtpBrowser   *browser,
                                  const char     *error);
/* Why nothing is shown of a folder that is not empty. */
void tl_ftp_status_show_filtered (AdwStatusPage  *page,
                                  TlFtpDirectory *directory);

G_END_DECLS
