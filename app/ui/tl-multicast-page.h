/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "tl-udp-session.h"

G_BEGIN_DECLS

#define TL_TYPE_MULTICAST_PAGE (tl_multicast_page_get_type ())
G_DECLARE_FINAL_TYPE (TlMulticastPage, tl_multicast_page, TL, MULTICAST_PAGE, AdwPreferencesPage)

/* The multicast groups of a UDP session: join and leave, on which interface, how far what is sent goes. Action: "multicast.join". */
GtkWidget *tl_multicast_page_new (TlUdpSession *session);

G_END_DECLS
