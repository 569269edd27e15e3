/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_SOCKET_OPTIONS (tl_socket_options_get_type ())
G_DECLARE_FINAL_TYPE (TlSocketOptions, tl_socket_options, TL, SOCKET_OPTIONS, GObject)

/**
 * TlSocketOptions:
 *
 * What is asked of a socket, and what the system made of it. Writable properties:
 * "no-delay" (boolean), "keep-alive" (boolean), "keep-alive-idle", "keep-alive-interval" (uint, s, 0: the system's),
 * "keep-alive-count" (uint, 0: the system's), "receive-buffer", "send-buffer" (uint, bytes, 0: the system's), "ttl" (uint, 0: the system's, ≤ 255),
 * "linger" (int, s, -1: off), "reuse-address" (boolean), "broadcast" (boolean), "multicast-ttl" (uint, 0–255, default 1),
 * "multicast-loopback" (boolean), "multicast-interface" (uint, index, 0: the system's choice).
 */
TlSocketOptions *tl_socket_options_new   (void);
/* Sets on @socket all that apply to its kind. Each option that the system refuses is one line of the returned list, translated, with its errno text;
 * NULL when all were taken. (transfer full) (nullable) */
char           **tl_socket_options_apply (TlSocketOptions *self,
                                          GSocket         *socket);
/* (transfer full): the same properties, read back from the socket with getsockopt; what does not apply keeps its default. */
TlSocketOptions *tl_socket_options_read  (GSocket         *socket);
/* All as GVariant a{sv} and back: for settings. */
GVariant        *tl_socket_options_serialize (TlSocketOptions *self);
void             tl_socket_options_restore (TlSocketOptions *self,
                                            GVariant        *variant);

G_END_DECLS
