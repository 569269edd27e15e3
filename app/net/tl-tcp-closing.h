/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-tcp-channel.h"

G_BEGIN_DECLS

/**
 * TlTcpClosing:
 *
 * Ends channels in order, a share of them in each turn of the main loop, and those that have not ended TL_TCP_CLOSE_LIMIT seconds later without order.
 */
typedef struct _TlTcpClosing TlTcpClosing;

/* @channels: set of TlTcpChannel, which may change meanwhile. The first share is served by tl_tcp_closing_begin(), which may free it, as each channel's end may. */
TlTcpClosing *tl_tcp_closing_new   (GHashTable   *channels);
void          tl_tcp_closing_begin (TlTcpClosing *self);
/* Waits for nobody any longer. */
void          tl_tcp_closing_hurry (TlTcpClosing *self);
void          tl_tcp_closing_free  (TlTcpClosing *self);

G_END_DECLS
