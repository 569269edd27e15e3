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
 * "multicast-loopback" (boolean, default true), "multicast-interface" (uint, index, 0: the system's choice).
 * What stands at its default is not set on a socket. Buffers read back as the kernel counts them: twice what was asked, its own bookkeeping included.
 */
TlSocketOptions *tl_socket_options_new   (void);
/* Is told of each call: its text, what it returned, and errno or 0. */
typedef void (*TlSocketTraceFunc) (const char *call, int result, int errsv, gpointer data);
/* Sets on @socket all that apply to its kind, or only @property (nullable), that one even where it stands at its default. @trace (nullable) is told of each call.
 * (transfer full) (nullable): a line, translated, with its errno text, of each option that the system refused; NULL when all were taken. */
char           **tl_socket_options_apply (TlSocketOptions   *self,
                                          GSocket           *socket,
                                          const char        *property,
                                          TlSocketTraceFunc  trace,
                                          gpointer           data);
/* (transfer full): the same properties, read back from the socket with getsockopt; what does not apply keeps its default. */
TlSocketOptions *tl_socket_options_read  (GSocket         *socket);
/* All as GVariant a{sv} and back: for settings. */
GVariant        *tl_socket_options_serialize (TlSocketOptions *self);
void             tl_socket_options_restore (TlSocketOptions *self,
                                            GVariant        *variant);

G_END_DECLS
