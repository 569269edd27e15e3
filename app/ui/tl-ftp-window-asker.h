/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-asker.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_WINDOW_ASKER (tl_ftp_window_asker_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpWindowAsker, tl_ftp_window_asker, TL, FTP_WINDOW_ASKER, GObject)

/**
 * TlFtpWindowAsker:
 *
 * Puts the questions of a connection to who sits before the window: one dialog each, over the window that @widget is in then. One question at a time;
 * others wait for their turn. A widget that is gone declines.
 */
TlFtpAsker *tl_ftp_window_asker_new (GtkWidget *widget);

G_END_DECLS
