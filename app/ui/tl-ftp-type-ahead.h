/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_TYPE_AHEAD (tl_ftp_type_ahead_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpTypeAhead, tl_ftp_type_ahead, TL, FTP_TYPE_AHEAD, GObject)

/**
 * TlFtpTypeAhead:
 *
 * Letters that are typed into a list, put together while they come quickly one after the other; through the input method, so that they may be Chinese.
 * Signal "typed" (string: all so far).
 */
TlFtpTypeAhead *tl_ftp_type_ahead_new    (void);
void            tl_ftp_type_ahead_attach (TlFtpTypeAhead *self,
                                          GtkWidget      *widget);

G_END_DECLS
