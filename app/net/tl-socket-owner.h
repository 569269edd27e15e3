/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Looks, in a thread, in /proc for the program that has a local port: "nginx (process 812)". Finishes with NULL and no error when the system does not tell. */
void  tl_socket_find_owner_async  (guint16               port,
                                   gboolean              is_udp,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
char *tl_socket_find_owner_finish (GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS
