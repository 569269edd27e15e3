/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

/* Raises the soft limit of open files to the hard one, once in the life of the program, with a line in the log. */
void     tl_tcp_limits_raise  (TlSession *session);

/**
 * TlTcpReserve:
 *
 * A file descriptor kept back for the time when there are none left: letting it go leaves the rest of the program (a file to save, a name to look
 * up) one to work with while no clients are taken.
 */
typedef struct {
  int fd;
} TlTcpReserve;

#define TL_TCP_RESERVE_INIT { .fd = -1 }

/* False: there is no descriptor to be had. */
gboolean tl_tcp_reserve_take  (TlTcpReserve *self);
void     tl_tcp_reserve_let_go (TlTcpReserve *self);

G_END_DECLS
