/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_SOCKET_PAGE (tl_socket_page_get_type ())
G_DECLARE_FINAL_TYPE (TlSocketPage, tl_socket_page, TL, SOCKET_PAGE, AdwPreferencesPage)

/**
 * TlSocketPage:
 *
 * The options of a session's kind and of its socket: what is asked for, and what the system made of it.
 * Property "problem" (string, nullable, read-only): what is wrong with a client's own address or port.
 */
GtkWidget *tl_socket_page_new     (TlSession    *session);
/* (transfer full) (nullable): what a connection's socket goes by, an option a line. */
char      *tl_socket_page_dup_effective (TlSession *session,
                                         TlPeer    *peer);

G_END_DECLS
