/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_INTERFACE (tl_interface_get_type ())
G_DECLARE_FINAL_TYPE (TlInterface, tl_interface, TL, INTERFACE, GObject)

/* A network interface of this machine. Properties: "name", "index" (uint), "label" ("eth0 · 192.168.1.5, fe80::1"), "is-up",
 * "can-multicast". */
const char *tl_interface_get_name      (TlInterface *self);
guint       tl_interface_get_index     (TlInterface *self);
const char *tl_interface_get_label     (TlInterface *self);
/* Addresses as text, NULL-terminated; IPv4 first. */
const char * const *tl_interface_get_addresses (TlInterface *self);
/* The IPv4 broadcast addresses, as text, NULL-terminated. */
const char * const *tl_interface_get_broadcasts (TlInterface *self);

/* (transfer full): a GListStore of TlInterface as they are now (getifaddrs; does not block). */
GListModel *tl_interface_list          (void);
/* All their addresses, in that order; *@names: (out) (transfer full) (nullable): whose each of them is. (transfer full) */
GStrv       tl_interface_list_addresses (GStrv      *names);
/* Through which interface the system sends to @address now, and joins it when it is a group and no interface is asked for. 0 when there is no
 * route, or the system does not tell (netlink; does not block). */
guint       tl_interface_find_route    (GInetAddress *address);
/* Whether @address is 255.255.255.255 or the broadcast address of one of our interfaces. */
gboolean    tl_interface_is_broadcast  (GInetAddress *address);

G_END_DECLS
