/* SPDX-License-Identifier: GPL-3.0-or-later */

/* IPv4 and IPv6 addresses as text (RFC 4291, RFC 4007), read by hand so that an error can say where it is. */

#include "tl-address-private.h"

#include <glib/gi18n-lib.h>
#include <net/if.h>
#include <string.h>

#define N_GROUPS 8

static gboolean
check_field (TlAddressCheck      *check,
             const TlAddressText *text,
             guint                number,
             const char          *start,
             const char          *end,
             guint8              *value)
{
  g_autofree char *field = tl_address_excerpt (start, end);
  const char *significant = start;
  int sum = 0;

  if (start == end)
    return tl_address_fail (check, text, start, end,
                            g_strdup_printf (_("Field %u is empty; each of the four fields goes from 0 to 255"), number));

  for (const char *p = start; p < end; p++)
    {
      if (!g_ascii_isdigit (*p))
        return tl_address_fail (check, text, start, end,
                                g_strdup_printf (_("Field %u is “%s”; only the digits 0 to 9 may stand in it"), number, field));
      sum = MIN (sum * 10 + (*p - '0'), 1000);
    }

  while (*significant == '0' && significant + 1 < end)
    significant++;
  if (sum > 255)
    return tl_address_fail (check, text, start, end,
                            g_strdup_printf (_("Field %u is %s; each of the four fields goes from 0 to 255"), number, field));
  if (significant > start)
    return tl_address_fail (check, text, start, end,
                            g_strdup_printf (_("Field %u is %s; some systems read a leading zero as octal, so write %d"),
                                             number, field, sum));

  *value = sum;
  return TRUE;
}

static gboolean
parse_ipv4 (TlAddressCheck      *check,
            const TlAddressText *text,
            const char          *start,
            const char          *end,
            guint8               bytes[4])
{
  const char *field = start;
  guint n = 0;

  while (TRUE)
    {
      const char *dot = memchr (field, '.', end - field);
      const char *field_end = dot != NULL ? dot : end;

      if (!check_field (check, text, n + 1, field, field_end, &bytes[n]))
        return FALSE;
      n++;

      if (n == 4 && dot != NULL)
        return tl_address_fail (check, text, dot, end,
                                g_strdup (_("An IPv4 address has four fields; here a fifth begins")));
      if (dot == NULL)
        break;
      field = dot + 1;
    }

  if (n < 4)
    return tl_address_fail (check, text, start, end,
                            g_strdup_printf (ngettext ("An IPv4 address has four fields; here is only %u",
                                                       "An IPv4 address has four fields; here are only %u", n), n));
  return TRUE;
}

gboolean
tl_address_check_ipv4 (TlAddressCheck      *check,
                       const TlAddressText *text,
                       const char          *start,
                       const char          *end)
{
  g_autoptr (GInetAddress) address = NULL;
  guint8 bytes[4] = { 0, };
  const char *comma = memchr (start, ',', end - start);

  if (comma != NULL)
    return tl_address_fail (check, text, comma, comma + 1,
                            g_strdup (_("A comma stands here; the fields of an address are separated by dots")));
  if (!parse_ipv4 (check, text, start, end, bytes))
    return FALSE;

  address = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV4);
  check->kind = TL_HOST_IPV4;
  check->scope = tl_host_scope_of (address);
  check->host = g_inet_address_to_string (address);
  return TRUE;
}

static gboolean
check_group (TlAddressCheck      *check,
             const TlAddressText *text,
             guint                number,
             const char          *start,
             const char          *end,
             guint16             *value)
{
  guint sum = 0;

  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      if (!g_ascii_isxdigit (*p))
        {
          g_autofree char *character = tl_address_excerpt (p, g_utf8_next_char (p));

          return tl_address_fail (check, text, p, g_utf8_next_char (p),
                                  g_strdup_printf (_("Group %u holds “%s”; only 0 to 9 and a to f may stand in it"),
                                                   number, character));
        }
      sum = (sum << 4 | g_ascii_xdigit_value (*p)) & 0xffff;
    }

  if (end - start > 4)
    {
      g_autofree char *group = tl_address_excerpt (start, end);

      return tl_address_fail (check, text, start, end,
                              g_strdup_printf (_("Group %u is “%s”; a group has at most four digits"), number, group));
    }

  *value = sum;
  return TRUE;
}

/* The address itself, without its zone. */
typedef struct {
  guint16 groups[N_GROUPS];
  guint   n;
  int     gap;      /* how many groups stand before `::`, or -1 */
} Groups;

static gboolean
check_embedded (TlAddressCheck      *check,
                const TlAddressText *text,
                const char          *start,
                const char          *group_end,
                const char          *end,
                Groups              *groups)
{
  guint8 bytes[4] = { 0, };

  if (group_end != end)
    return tl_address_fail (check, text, start, group_end,
                            g_strdup (_("An IPv4 address can stand only at the end of an IPv6 address")));
  if (groups->n > N_GROUPS - 2)
    return tl_address_fail (check, text, start, end,
                            g_strdup (_("An IPv4 address at the end counts as two groups; at most six can stand before it")));
  if (!parse_ipv4 (check, text, start, end, bytes))
    return FALSE;

  groups->groups[groups->n++] = bytes[0] << 8 | bytes[1];
  groups->groups[groups->n++] = bytes[2] << 8 | bytes[3];
  return TRUE;
}

/* What stands at @p, right behind the colon that ended a group. Moves *@p behind a `::`. */
static gboolean
check_colons (TlAddressCheck      *check,
              const TlAddressText *text,
              const char         **p,
              const char          *end,
              Groups              *groups)
{
  if (*p == end)
    return tl_address_fail (check, text, *p - 1, *p,
                            g_strdup (_("The address ends with a single colon; a group must follow, or “::”")));
  if (**p != ':')
    return TRUE;

  if (groups->gap >= 0)
    return tl_address_fail (check, text, *p - 1, *p + 1,
                            g_strdup (_("“::” stands here for the second time; it may stand only once")));
  groups->gap = groups->n;
  *p += 1;
  return TRUE;
}

static gboolean
read_groups (TlAddressCheck      *check,
             const TlAddressText *text,
             const char          *start,
             const char          *end,
             Groups              *groups)
{
  const char *p = start;

  if (*p == ':')
    {
      if (p + 1 == end || p[1] != ':')
        return tl_address_fail (check, text, p, p + 1,
                                g_strdup (_("The address begins with a single colon; a group must stand before it, or “::”")));
      groups->gap = 0;
      p += 2;
    }

  while (p < end)
    {
      const char *colon = memchr (p, ':', end - p);
      const char *group_end = colon != NULL ? colon : end;

      if (group_end == p)
        return tl_address_fail (check, text, p - 2, p + 1,
                                g_strdup (_("Three colons stand in a row; two are the most")));
      if (memchr (p, '.', group_end - p) != NULL)
        return check_embedded (check, text, p, group_end, end, groups);
      if (groups->n == N_GROUPS)
        return tl_address_fail (check, text, p, end,
                                g_strdup (_("An IPv6 address has eight groups; here a ninth begins")));
      if (!check_group (check, text, groups->n + 1, p, group_end, &groups->groups[groups->n]))
        return FALSE;
      groups->n++;

      if (colon == NULL)
        break;
      p = colon + 1;
      if (!check_colons (check, text, &p, end, groups))
        return FALSE;
    }
  return TRUE;
}

static GInetAddress *
parse_ipv6 (TlAddressCheck      *check,
            const TlAddressText *text,
            const char          *start,
            const char          *end)
{
  Groups groups = { .gap = -1 };
  guint8 bytes[16] = { 0, };

  if (!read_groups (check, text, start, end, &groups))
    return NULL;

  if (groups.gap < 0 && groups.n < N_GROUPS)
    {
      tl_address_fail (check, text, start, end,
                       g_strdup_printf (ngettext ("An IPv6 address has eight groups; here is only %u, and no “::” for the others",
                                                  "An IPv6 address has eight groups; here are only %u, and no “::” for the others",
                                                  groups.n), groups.n));
      return NULL;
    }
  if (groups.gap >= 0 && groups.n == N_GROUPS)
    {
      tl_address_fail (check, text, start, end,
                       g_strdup (_("All eight groups are written; “::” has nothing to stand for")));
      return NULL;
    }

  for (guint i = 0, next = 0; i < N_GROUPS; i++)
    {
      gboolean in_gap = groups.gap >= 0 && i >= (guint) groups.gap && i < groups.gap + N_GROUPS - groups.n;
      guint16 group = in_gap ? 0 : groups.groups[next++];

      bytes[2 * i] = group >> 8;
      bytes[2 * i + 1] = group & 0xff;
    }
  return g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
}

static gboolean
interface_exists (const char *zone)
{
  char name[IF_NAMESIZE];
  guint64 index;

  /* The system finds `lo` by `lo:anything` too. */
  if (if_indextoname (if_nametoindex (zone), name) != NULL && g_str_equal (name, zone))
    return TRUE;
  return g_ascii_string_to_unsigned (zone, 10, 1, G_MAXUINT32, &index, NULL) && if_indextoname (index, name) != NULL;
}

static gboolean
check_zone (TlAddressCheck      *check,
            const TlAddressText *text,
            const char          *percent,
            const char          *end,
            GInetAddress        *address,
            const char          *zone)
{
  g_autofree char *excerpt = tl_address_excerpt (percent + 1, end);

  if (*zone == '\0')
    return tl_address_fail (check, text, percent, end,
                            g_strdup (_("The name of a network interface must follow “%”")));
  if (!g_inet_address_get_is_link_local (address) && !g_inet_address_get_is_mc_link_local (address)
      && !g_inet_address_get_is_mc_node_local (address))
    return tl_address_fail (check, text, percent, end,
                            g_strdup (_("Only a link-local address takes a network interface after “%”")));
  if (!interface_exists (zone))
    return tl_address_fail (check, text, percent + 1, end,
                            g_strdup_printf (_("This computer has no network interface “%s”"), excerpt));
  return TRUE;
}

gboolean
tl_address_check_ipv6 (TlAddressCheck      *check,
                       const TlAddressText *text,
                       const char          *start,
                       const char          *end,
                       gboolean             in_url)
{
  const char *percent = memchr (start, '%', end - start);
  g_autoptr (GInetAddress) address = parse_ipv6 (check, text, start, percent != NULL ? percent : end);
  g_autofree char *zone = NULL;
  g_autofree char *digits = NULL;

  if (address == NULL)
    return FALSE;

  if (percent != NULL)
    {
      gboolean escaped = in_url && end - percent > 3 && strncmp (percent, "%25", 3) == 0;
      const char *name = percent + (escaped ? 3 : 1);

      zone = g_strndup (name, end - name);
      if (!check_zone (check, text, percent, end, address, zone))
        return FALSE;
    }

  digits = g_inet_address_to_string (address);
  check->kind = TL_HOST_IPV6;
  check->scope = tl_host_scope_of (address);
  check->host = zone != NULL ? g_strdup_printf ("%s%%%s", digits, zone) : g_steal_pointer (&digits);
  return TRUE;
}
