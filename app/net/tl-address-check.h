/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_HOST_KIND (tl_host_kind_get_type ())
#define TL_TYPE_HOST_SCOPE (tl_host_scope_get_type ())

typedef enum {
  TL_HOST_EMPTY,
  TL_HOST_INVALID,
  TL_HOST_IPV4,
  TL_HOST_IPV6,
  TL_HOST_NAME,
} TlHostKind;

typedef enum {
  TL_SCOPE_UNKNOWN,      /* a name, or nothing */
  TL_SCOPE_ANY,
  TL_SCOPE_LOOPBACK,
  TL_SCOPE_PRIVATE,
  TL_SCOPE_LINK_LOCAL,
  TL_SCOPE_MULTICAST,
  TL_SCOPE_BROADCAST,    /* 255.255.255.255 */
  TL_SCOPE_RESERVED,     /* documentation, benchmarking, 240/4, … */
  TL_SCOPE_PUBLIC,
} TlHostScope;

GType tl_host_kind_get_type (void);
GType tl_host_scope_get_type (void);

/**
 * TlAddressCheck:
 * @kind: what the text is
 * @scope: of an address
 * @host: what to give to the socket calls: ASCII digits, no brackets, names in their IDNA form; NULL when invalid or empty
 * @message: translated: which part is wrong and why, or NULL
 * @error_start: where it is wrong, in characters of the text as it was typed; @error_end is the first after it; both -1 when it is right
 * @other_host: (nullable): the host alone as it was typed, when the text was `host:port`, `[v6]:port` or a URL; @kind, @scope and @host
 *   speak of it
 * @other_port: the port then, the usual one of a URL without one, or -1
 *
 * The verdict on what was typed as a host. Pure; made at each key press.
 */
typedef struct {
  TlHostKind  kind;
  TlHostScope scope;
  char       *host;
  char       *message;
  int         error_start;
  int         error_end;
  char       *other_host;
  int         other_port;
} TlAddressCheck;

TlAddressCheck *tl_address_check_new  (const char     *text);
void            tl_address_check_free (TlAddressCheck *self);
/* Translated: "This computer", "Local network", … NULL for a name. */
const char     *tl_host_scope_get_label (TlHostScope    scope);
/* The scope of an address. */
TlHostScope     tl_host_scope_of      (GInetAddress   *address);
/* Full-width digits, letters, `。` `．` `：` `［` `］` `％` `／` → their ASCII twins, blanks around taken away. (transfer full) */
char           *tl_address_normalize  (const char     *text);

#define TL_TYPE_PORT_CLASS (tl_port_class_get_type ())

typedef enum {
  TL_PORT_EMPTY,
  TL_PORT_INVALID,
  TL_PORT_SYSTEM_PICKS,  /* 0, where that is allowed */
  TL_PORT_WELL_KNOWN,    /* 1–1023 */
  TL_PORT_HIGH,          /* 1024–65535 */
} TlPortClass;

GType tl_port_class_get_type (void);

typedef struct {
  TlPortClass port_class;
  int         port;      /* -1 when invalid or empty */
  const char *service;   /* (nullable): "http", from a list of our own: no file is read at a key press */
  char       *message;   /* translated: what is wrong, or NULL */
} TlPortCheck;

/* @is_local: whether 0 ("the system picks one") is allowed; @protocol: "udp" or "tcp", for the service's name. */
TlPortCheck *tl_port_check_new  (const char  *text,
                                 gboolean     is_local,
                                 const char  *protocol);
void         tl_port_check_free (TlPortCheck *self);
/* Translated: "well-known port", … */
const char  *tl_port_class_get_label (TlPortClass port_class);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlAddressCheck, tl_address_check_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPortCheck, tl_port_check_free)

G_END_DECLS
