/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TlSocketWatch TlSocketWatch;

typedef void (*TlSocketWatchFunc) (gpointer data);

/**
 * tl_socket_watch_new:
 * @condition: one of G_IO_IN, G_IO_OUT, and G_IO_ERR, which stands for G_IO_HUP as well; one watch for each of them at most on a socket
 *
 * Calls @func from the default main context, at TL_PRIORITY_SOCKET, for as long as the socket is so and the watch lives. @func may free any watch. It
 * may be called although the condition has just ended. To be freed before the socket is closed.
 */
TlSocketWatch *tl_socket_watch_new        (GSocket           *socket,
                                           GIOCondition       condition,
                                           TlSocketWatchFunc  func,
                                           gpointer           data);
/* The same with a source of its own, for a stream that may be ready while its socket is not, as TLS is. @source: (transfer full), of a pollable stream. */
TlSocketWatch *tl_socket_watch_new_stream (GSource           *source,
                                           TlSocketWatchFunc  func,
                                           gpointer           data);
void           tl_socket_watch_free       (TlSocketWatch     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSocketWatch, tl_socket_watch_free)

G_END_DECLS
