/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-checked-entry.h"

G_BEGIN_DECLS

#define TL_TYPE_PORT_ENTRY (tl_port_entry_get_type ())
G_DECLARE_FINAL_TYPE (TlPortEntry, tl_port_entry, TL, PORT_ENTRY, TlCheckedEntry)

/**
 * TlPortEntry:
 *
 * A port, checked at each key press. Properties besides those of TlCheckedEntry:
 * "port" (int: 0–65535; -1 while not valid or empty; writable), "is-local" (boolean: 0, the system picks one, is allowed), "protocol" ("udp" or "tcp": for the service's name).
 * Of a pasted `host:port` or URL it keeps the port.
 */
GtkWidget *tl_port_entry_new      (void);
int        tl_port_entry_get_port (TlPortEntry *self);
void       tl_port_entry_set_port (TlPortEntry *self,
                                   int          port);

G_END_DECLS
