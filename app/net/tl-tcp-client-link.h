/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

/* Seconds after which connecting is given up, where nothing else was asked for. */
#define TL_TCP_CLIENT_TIMEOUT 10

/* A client as a link, and as the title of a tab. (transfer full) */
char *tl_tcp_client_make_link  (TlSession *session);
char *tl_tcp_client_make_title (TlSession *session);

G_END_DECLS
