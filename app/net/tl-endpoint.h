/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_ENDPOINT (tl_endpoint_get_type ())

/**
 * TlEndpoint:
 *
 * Host and port, immutable, reference counted: `1.2.3.4:80`, `[fe80::1%eth0]:80`, `name:80`. An IPv4-mapped IPv6 address is the
 * IPv4 address: what was typed as 1.2.3.4 equals what a dual-stack socket heard from.
 */
typedef struct _TlEndpoint TlEndpoint;

GType       tl_endpoint_get_type     (void);
TlEndpoint *tl_endpoint_new          (const char          *host,
                                      guint16              port);
/* `host:port` or `[v6]:port`, by the rules of TlAddressCheck. G_IO_ERROR_INVALID_ARGUMENT with the sentence of the check. */
TlEndpoint *tl_endpoint_parse        (const char          *text,
                                      GError             **error);
TlEndpoint *tl_endpoint_from_address (GSocketAddress      *address);
TlEndpoint *tl_endpoint_ref          (TlEndpoint          *self);
void        tl_endpoint_unref        (TlEndpoint          *self);
const char *tl_endpoint_get_host     (const TlEndpoint    *self);
guint16     tl_endpoint_get_port     (const TlEndpoint    *self);
/* "1.2.3.4:80" or "[::1]:80"; lives as long as the endpoint. IPv4-mapped IPv6 addresses read as IPv4. */
const char *tl_endpoint_get_text     (const TlEndpoint    *self);
/* (transfer full) (nullable): NULL when the host is a name. */
GSocketAddress *tl_endpoint_to_address (const TlEndpoint  *self);
/* The same for a socket of @family: an IPv4 address comes mapped for an IPv6 socket. (transfer full) (nullable): NULL also
 * for an IPv6 address and an IPv4 socket. */
gboolean    tl_endpoint_equal        (const TlEndpoint    *a,
                                      const TlEndpoint    *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlEndpoint, tl_endpoint_unref)

G_END_DECLS
