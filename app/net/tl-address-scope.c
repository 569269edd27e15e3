/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far an address reaches: the special-purpose registries of IANA (RFC 6890 and what followed it) as one table. */

#include "tl-address-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_ENUM_TYPE (TlHostScope, tl_host_scope,
                    G_DEFINE_ENUM_VALUE (TL_SCOPE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (TL_SCOPE_ANY, "any"),
                    G_DEFINE_ENUM_VALUE (TL_SCOPE_LOOPBACK, "loopback"),
                    G_DEFINE_ENUM_VALUE (TL_SCOPE_PRIVATE, "private"),
                    G_DEFINE_ENUM_VALUE (TL_SCOPE_LINK_LOCAL, "link-local"),
                    G_DEFINE_ENUM_VALUE (TL_SCOPE_MULTICAST, "multicast"),
                    G_DEFINE_ENUM_VALUE (TL_SCOPE_BROADCAST, "broadcast"),
                    G_DEFINE_ENUM_VALUE (TL_SCOPE_RESERVED, "reserved"),
                    G_DEFINE_ENUM_VALUE (TL_SCOPE_PUBLIC, "public"))

typedef struct {
  guint8      bytes[16];
  guint       bits;
  TlHostScope scope;
} Range;

/* The first that fits counts. */
static const Range ipv4_ranges[] = {
  { { 0, 0, 0, 0 }, 32, TL_SCOPE_ANY },
  { { 0 }, 8, TL_SCOPE_RESERVED },
  { { 10 }, 8, TL_SCOPE_PRIVATE },
  { { 100, 64 }, 10, TL_SCOPE_RESERVED },         /* shared address space of providers, RFC 6598 */
  { { 127 }, 8, TL_SCOPE_LOOPBACK },
  { { 169, 254 }, 16, TL_SCOPE_LINK_LOCAL },
  { { 172, 16 }, 12, TL_SCOPE_PRIVATE },
  { { 192, 0, 0 }, 24, TL_SCOPE_RESERVED },
  { { 192, 0, 2 }, 24, TL_SCOPE_RESERVED },       /* documentation, RFC 5737 */
  { { 192, 88, 99 }, 24, TL_SCOPE_RESERVED },
  { { 192, 168 }, 16, TL_SCOPE_PRIVATE },
  { { 198, 18 }, 15, TL_SCOPE_RESERVED },         /* benchmarks, RFC 2544 */
  { { 198, 51, 100 }, 24, TL_SCOPE_RESERVED },
  { { 203, 0, 113 }, 24, TL_SCOPE_RESERVED },
  { { 224 }, 4, TL_SCOPE_MULTICAST },
  { { 255, 255, 255, 255 }, 32, TL_SCOPE_BROADCAST },
  { { 240 }, 4, TL_SCOPE_RESERVED },
  { { 0 }, 0, TL_SCOPE_PUBLIC },
};

static const Range ipv6_ranges[] = {
  { { 0 }, 128, TL_SCOPE_ANY },
  { { [15] = 1 }, 128, TL_SCOPE_LOOPBACK },
  { { 0x00, 0x64, 0xff, 0x9b }, 96, TL_SCOPE_PUBLIC },             /* translated IPv4, RFC 6052 */
  { { 0x20, 0x01, 0x0d, 0xb8 }, 32, TL_SCOPE_RESERVED },           /* documentation, RFC 3849 */
  { { 0x20, 0x01 }, 23, TL_SCOPE_RESERVED },                       /* protocol assignments, RFC 2928 */
  { { 0x3f, 0xff }, 20, TL_SCOPE_RESERVED },                       /* documentation, RFC 9637 */
  { { 0x20 }, 3, TL_SCOPE_PUBLIC },
  { { 0xfc }, 7, TL_SCOPE_PRIVATE },
  { { 0xfe, 0x80 }, 10, TL_SCOPE_LINK_LOCAL },
  { { 0xff }, 8, TL_SCOPE_MULTICAST },
  { { 0 }, 0, TL_SCOPE_RESERVED },
};

static gboolean
range_holds (const Range  *range,
             const guint8 *bytes)
{
  guint whole = range->bits / 8;
  guint rest = range->bits % 8;

  if (memcmp (range->bytes, bytes, whole) != 0)
    return FALSE;
  return rest == 0 || (range->bytes[whole] ^ bytes[whole]) >> (8 - rest) == 0;
}

static TlHostScope
find_scope (const Range  *ranges,
            const guint8 *bytes)
{
  while (!range_holds (ranges, bytes))
    ranges++;
  return ranges->scope;
}

TlHostScope
tl_host_scope_of (GInetAddress *address)
{
  static const guint8 mapped[12] = { [10] = 0xff, [11] = 0xff };
  const guint8 *bytes;

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), TL_SCOPE_UNKNOWN);

  bytes = g_inet_address_to_bytes (address);
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return find_scope (ipv4_ranges, bytes);
  if (memcmp (bytes, mapped, sizeof mapped) == 0)
    return find_scope (ipv4_ranges, bytes + sizeof mapped);
  return find_scope (ipv6_ranges, bytes);
}

const char *
tl_host_scope_get_label (TlHostScope scope)
{
  switch (scope)
    {
    case TL_SCOPE_ANY:
      return _("Any address");
    case TL_SCOPE_LOOPBACK:
      return _("This computer");
    case TL_SCOPE_PRIVATE:
      return _("Local network");
    case TL_SCOPE_LINK_LOCAL:
      return _("Link-local");
    case TL_SCOPE_MULTICAST:
      return _("Multicast");
    case TL_SCOPE_BROADCAST:
      return _("Broadcast");
    case TL_SCOPE_RESERVED:
      return _("Documentation or reserved");
    case TL_SCOPE_PUBLIC:
      return _("Public");
    case TL_SCOPE_UNKNOWN:
    default:
      return NULL;
    }
}
