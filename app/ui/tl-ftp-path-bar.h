/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-browser.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_PATH_BAR (tl_ftp_path_bar_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpPathBar, tl_ftp_path_bar, TL, FTP_PATH_BAR, GtkWidget)

/**
 * TlFtpPathBar:
 *
 * Back, forward, up; HOST ▸ DIR ▸ DIR, each to be clicked; or the path as text. Activates the actions ftp.back, ftp.forward, ftp.up, ftp.reload, ftp.stop.
 */
void    tl_ftp_path_bar_set_browser (TlFtpPathBar *self,
                                     TlFtpBrowser *browser);
/* The path as text, to be typed over. */
void    tl_ftp_path_bar_edit        (TlFtpPathBar *self);

/* What was typed as a path → raw bytes. A part that reads as one of @current keeps that one's bytes. TL_FTP_ERROR_NAME. Pure. (transfer full) */
GBytes *tl_ftp_path_from_text       (const char   *text,
                                     GBytes       *current,
                                     TlFtpCharset  charset,
                                     TlCharset     guess,
                                     GError      **error);

G_END_DECLS
