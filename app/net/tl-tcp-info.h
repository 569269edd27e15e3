/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): what the kernel tells of a TCP connection, one translated line for each fact; NULL when @socket is not one. */
char *tl_tcp_info_describe (GSocket *socket);

G_END_DECLS
