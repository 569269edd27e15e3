/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-comparer.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_COMPARE_BAR (tl_ftp_compare_bar_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpCompareBar, tl_ftp_compare_bar, TL, FTP_COMPARE_BAR, AdwBin)

/**
 * TlFtpCompareBar:
 *
 * What a comparison found, which of it is shown, and what can be done with it.
 */
GtkWidget *tl_ftp_compare_bar_new      (TlFtpComparer   *comparer);

G_END_DECLS
