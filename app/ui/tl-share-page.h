/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-server.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_SHARE_PAGE (tl_share_page_get_type ())
G_DECLARE_FINAL_TYPE (TlSharePage, tl_share_page, TL, SHARE_PAGE, GtkWidget)

/**
 * TlSharePage:
 *
 * A folder of this computer that is shared over FTP, as a tab: a switch, how and with whom it is shared, who is connected, what was said. Closing the tab ends it.
 * Properties of TlTabContent.
 */
GtkWidget   *tl_share_page_new        (TlFtpServer *server);
TlFtpServer *tl_share_page_get_server (TlSharePage *self);
/* As the switch does. */
void         tl_share_page_start      (TlSharePage *self);

G_END_DECLS
