/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-checked-entry.h"

G_BEGIN_DECLS

#define TL_TYPE_HOST_ENTRY (tl_host_entry_get_type ())
G_DECLARE_FINAL_TYPE (TlHostEntry, tl_host_entry, TL, HOST_ENTRY, TlCheckedEntry)

/**
 * TlHostEntry:
 *
 * A host, checked at each key press. Properties besides those of TlCheckedEntry:
 * "host" (string, read-only: what to give to a session; "" while not valid or empty), "is-local" (boolean: an address of this machine; empty is 0.0.0.0; a button offers
 * the addresses).
 * Of a pasted `host:port` or URL it keeps the host.
 */
GtkWidget  *tl_host_entry_new      (void);
const char *tl_host_entry_get_host (TlHostEntry *self);

G_END_DECLS
