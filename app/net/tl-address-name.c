/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Host names as text: RFC 1123 labels, international ones through IDNA. */

#include "tl-address-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LABEL_MAX 63
#define NAME_MAX_BYTES 253

static gboolean
is_digits (const char *start,
           const char *end)
{
  for (const char *p = start; p < end; p++)
    if (!g_ascii_isdigit (*p))
      return FALSE;
  return start < end;
}

/* 0x7f, which inet_aton() would take for a number. */
static gboolean
is_hex_number (const char *start,
               const char *end)
{
  if (end - start < 3 || start[0] != '0' || g_ascii_tolower (start[1]) != 'x')
    return FALSE;
  for (const char *p = start + 2; p < end; p++)
    if (!g_ascii_isxdigit (*p))
      return FALSE;
  return TRUE;
}

static gboolean
is_letters (const char *start,
            const char *end)
{
  for (const char *p = start; p < end; p++)
    if (!g_ascii_isalpha (*p) && (guchar) *p < 0x80)
      return FALSE;
  return start < end;
}

gboolean
tl_address_means_ipv4 (const char *start,
                       const char *end)
{
  gsize plain = 0;
  guint n = 0, n_numbers = 0;
  const char *odd = NULL, *odd_end = NULL;

  while (start + plain < end && strchr ("0123456789.,", start[plain]) != NULL)
    plain++;
  if (start + plain == end)
    return TRUE;

  for (const char *label = start, *dot; label != NULL && n <= 4; label = dot != NULL ? dot + 1 : NULL, n++)
    {
      dot = memchr (label, '.', end - label);
      if (is_digits (label, dot != NULL ? dot : end))
        {
          n_numbers++;
          continue;
        }
      odd = label;
      odd_end = dot != NULL ? dot : end;
    }

  /* `1.2.3.com` can be a name, `1.2.3.x`, `192.168.1.1o` and `0x7f.0.0.1` are slips. */
  return n == 4 && n_numbers == 3 && !(odd_end == end && odd_end - odd > 1 && is_letters (odd, odd_end));
}

static gboolean
fail_character (TlAddressCheck      *check,
                const TlAddressText *text,
                const char          *p)
{
  const char *next = g_utf8_next_char (p);
  g_autofree char *character = tl_address_excerpt (p, next);

  if (*p == '_')
    return tl_address_fail (check, text, p, next,
                            g_strdup (_("“_” cannot stand in a host name; use “-” or ask how the host is really called")));
  return tl_address_fail (check, text, p, next, g_strdup_printf (_("“%s” cannot stand in a host name"), character));
}

static gboolean
check_characters (TlAddressCheck      *check,
                  const TlAddressText *text,
                  const char          *start,
                  const char          *end)
{
  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 ? !g_ascii_isalnum (c) && c != '-' : !g_unichar_isalnum (c) && !g_unichar_ismark (c))
        return fail_character (check, text, p);
    }
  return TRUE;
}

/* Compatibility characters turn into others in the conversion: `⒈` into `1.`, `℀` into `a/c`. */
static gboolean
is_plain_label (const char *label)
{
  gsize length = strlen (label);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (label[i]) && label[i] != '-')
      return FALSE;
  return length > 0 && label[0] != '-' && label[length - 1] != '-';
}

static gboolean
check_label (TlAddressCheck      *check,
             const TlAddressText *text,
             const char          *start,
             const char          *end,
             GString             *host)
{
  g_autofree char *label = g_strndup (start, end - start);
  g_autofree char *excerpt = tl_address_excerpt (start, end);
  g_autofree char *ascii = NULL;

  if (start == end)
    return tl_address_fail (check, text, start, end,
                            g_strdup (host->len == 0 ? _("The host name begins with a dot")
                                                          : _("Two dots stand in a row in the host name")));
  if (!check_characters (check, text, start, end))
    return FALSE;
  if (*start == '-')
    return tl_address_fail (check, text, start, start + 1,
                            g_strdup_printf (_("“%s” begins with a hyphen; a part of a host name cannot"), excerpt));
  if (end[-1] == '-')
    return tl_address_fail (check, text, end - 1, end,
                            g_strdup_printf (_("“%s” ends with a hyphen; a part of a host name cannot"), excerpt));

  /* The conversion takes time that grows with the square of the length. */
  if (end - start > 4 * LABEL_MAX)
    ascii = g_strdup (label);
  else if (g_str_is_ascii (label))
    ascii = g_ascii_strdown (label, -1);
  else
    ascii = g_hostname_to_ascii (label);
  if (ascii == NULL || (end - start <= 4 * LABEL_MAX && !is_plain_label (ascii)))
    return tl_address_fail (check, text, start, end,
                            g_strdup_printf (_("“%s” cannot be written as an international host name (IDNA)"), excerpt));
  if (strlen (ascii) > LABEL_MAX)
    return tl_address_fail (check, text, start, end,
                            g_strdup_printf (_("“%s” is too long; a part of a host name has at most %d characters"),
                                             excerpt, LABEL_MAX));
  g_string_append (host, ascii);
  return TRUE;
}

gboolean
tl_address_check_name (TlAddressCheck      *check,
                       const TlAddressText *text,
                       const char          *start,
                       const char          *end)
{
  g_autoptr (GString) host = g_string_new (NULL);
  const char *label = start;
  const char *label_end = start;
  gsize last = 0;

  while (TRUE)
    {
      const char *dot = memchr (label, '.', end - label);

      label_end = dot != NULL ? dot : end;
      last = host->len;
      if (!check_label (check, text, label, label_end, host))
        return FALSE;
      /* One dot may end the name: it is the root. */
      if (dot == NULL || dot + 1 == end)
        break;
      g_string_append_c (host, '.');
      label = dot + 1;
    }

  if (is_digits (host->str + last, host->str + host->len) || is_hex_number (host->str + last, host->str + host->len)
      || tl_address_means_ipv4 (host->str, host->str + host->len))
    return tl_address_fail (check, text, label, label_end,
                            g_strdup (_("The last part of a host name cannot be a number; an IPv4 address has four fields from 0 to 255")));
  if (host->len > NAME_MAX_BYTES)
    return tl_address_fail (check, text, start, end,
                            g_strdup_printf (_("The host name is too long; it can have at most %d characters"), NAME_MAX_BYTES));
  if (label_end < end)
    g_string_append_c (host, '.');

  check->kind = TL_HOST_NAME;
  check->scope = TL_SCOPE_UNKNOWN;
  check->host = g_string_free (g_steal_pointer (&host), FALSE);
  return TRUE;
}
