/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The verdict on what was typed as a host: takes a URL or `host:port` apart and finds out what the host is meant to be. */

#include "tl-address-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_ENUM_TYPE (TlHostKind, tl_host_kind,
                    G_DEFINE_ENUM_VALUE (TL_HOST_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (TL_HOST_INVALID, "invalid"),
                    G_DEFINE_ENUM_VALUE (TL_HOST_IPV4, "ipv4"),
                    G_DEFINE_ENUM_VALUE (TL_HOST_IPV6, "ipv6"),
                    G_DEFINE_ENUM_VALUE (TL_HOST_NAME, "name"))

static const struct {
  const char *scheme;
  int         port;
} schemes[] = {
  { "coap", 5683 },
  { "ftp", 21 },
  { "ftps", 990 },
  { "http", 80 },
  { "https", 443 },
  { "ldap", 389 },
  { "mqtt", 1883 },
  { "mqtts", 8883 },
  { "mysql", 3306 },
  { "postgresql", 5432 },
  { "redis", 6379 },
  { "rtmp", 1935 },
  { "rtsp", 554 },
  { "sftp", 22 },
  { "sip", 5060 },
  { "ssh", 22 },
  { "telnet", 23 },
  { "vnc", 5900 },
  { "ws", 80 },
  { "wss", 443 },
};

static int
default_port (const char *start,
              const char *end)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (strlen (schemes[i].scheme) == end - start && g_ascii_strncasecmp (schemes[i].scheme, start, end - start) == 0)
      return schemes[i].port;
  return -1;
}

static gboolean
check_blanks (TlAddressCheck      *check,
              const TlAddressText *text,
              const char          *start,
              const char          *end)
{
  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)))
      return tl_address_fail (check, text, p, g_utf8_next_char (p),
                              g_strdup (_("A blank stands here; addresses and host names hold none")));
  return TRUE;
}

static gboolean
check_port (TlAddressCheck      *check,
            const TlAddressText *text,
            const char          *start,
            const char          *end)
{
  const char *bad_start = start, *bad_end = end;
  char *message;

  if (start == end)
    return tl_address_fail (check, text, start - 1, end, g_strdup (_("The port after “:” is missing")));

  message = tl_port_parse (start, end, &check->other_port, &bad_start, &bad_end);
  if (message != NULL)
    return tl_address_fail (check, text, bad_start, bad_end, message);
  return TRUE;
}

static gboolean
check_bracketed (TlAddressCheck      *check,
                 const TlAddressText *text,
                 const char          *start,
                 const char          *end,
                 gboolean             in_url,
                 const char         **host_start,
                 const char         **host_end)
{
  const char *close = memchr (start, ']', end - start);

  if (close == NULL)
    return tl_address_fail (check, text, start, end, g_strdup (_("“[” is not closed; “]” must follow the IPv6 address")));
  if (close == start + 1)
    return tl_address_fail (check, text, start, close + 1, g_strdup (_("No address stands between the brackets")));
  if (memchr (start, ':', close - start) == NULL)
    return tl_address_fail (check, text, start, close + 1, g_strdup (_("Only an IPv6 address is written in brackets")));

  *host_start = start + 1;
  *host_end = close;
  if (!tl_address_check_ipv6 (check, text, start + 1, close, in_url))
    return FALSE;
  if (close + 1 == end)
    return TRUE;
  if (close[1] != ':')
    return tl_address_fail (check, text, close + 1, end, g_strdup (_("Only “:” and a port can follow “]”")));
  return check_port (check, text, close + 2, end);
}

/* `2001:db8` with more to come, rather than a host and its port. */
static gboolean
begins_ipv6 (const char *start,
             const char *colon,
             const char *end)
{
  gboolean digits = TRUE, port = TRUE;

  for (const char *p = start; p < colon; p++)
    {
      if (!g_ascii_isxdigit (*p))
        return FALSE;
      digits = digits && g_ascii_isdigit (*p);
    }
  for (const char *p = colon + 1; p < end; p++)
    {
      if (!g_ascii_isxdigit (*p))
        return FALSE;
      port = port && g_ascii_isdigit (*p);
    }
  return colon > start && colon - start <= 4 && (digits || !port);
}

/* Host, or host and port. */
static gboolean
check_authority (TlAddressCheck      *check,
                 const TlAddressText *text,
                 const char          *start,
                 const char          *end,
                 gboolean             in_url,
                 const char         **host_start,
                 const char         **host_end)
{
  const char *colon;

  *host_start = start;
  *host_end = end;
  if (!check_blanks (check, text, start, end))
    return FALSE;
  if (*start == '[')
    return check_bracketed (check, text, start, end, in_url, host_start, host_end);

  colon = memchr (start, ':', end - start);
  if (colon != NULL && (memchr (colon + 1, ':', end - colon - 1) != NULL || begins_ipv6 (start, colon, end)))
    return tl_address_check_ipv6 (check, text, start, end, in_url);
  if (colon == start)
    return tl_address_fail (check, text, start, start + 1, g_strdup (_("The host before “:” is missing")));

  if (colon != NULL)
    *host_end = colon;
  if (tl_address_means_ipv4 (start, *host_end) ? !tl_address_check_ipv4 (check, text, start, *host_end)
                                               : !tl_address_check_name (check, text, start, *host_end))
    return FALSE;
  return colon == NULL || check_port (check, text, colon + 1, end);
}

/* @start is behind `scheme://`, if there is one. Returns where the host begins, behind user and password. */
static const char *
skip_user (const char *start,
           const char *end)
{
  const char *at = memrchr (start, '@', end - start);

  return at != NULL ? at + 1 : start;
}

static gboolean
check_url (TlAddressCheck      *check,
           const TlAddressText *text,
           const char          *separator,
           const char         **host_start,
           const char         **host_end)
{
  const char *start = separator + strlen ("://");
  const char *end = start + strcspn (start, "/?#");

  if (!g_ascii_isalpha (*text->text))
    return tl_address_fail (check, text, text->text, separator + 3,
                            g_strdup (_("The name of a protocol, such as “tcp”, must stand before “://”")));
  start = skip_user (start, end);
  if (start == end)
    return tl_address_fail (check, text, separator, separator + 3, g_strdup (_("No host follows “://”")));

  if (!check_authority (check, text, start, end, TRUE, host_start, host_end))
    return FALSE;
  if (check->other_port < 0)
    check->other_port = default_port (text->text, separator);
  return TRUE;
}

static gboolean
check_text (TlAddressCheck      *check,
            const TlAddressText *text)
{
  const char *all = text->text;
  const char *end = all + strlen (all);
  const char *separator = strstr (all, "://");
  const char *slash = strchr (all, '/');
  const char *host_start = all, *host_end = end;

  if (separator != NULL)
    {
      if (!check_url (check, text, separator, &host_start, &host_end))
        return FALSE;
    }
  else
    {
      if (slash == all)
        return tl_address_fail (check, text, all, all + 1, g_strdup (_("The host before “/” is missing")));
      if (slash != NULL && g_ascii_isdigit (slash[1]) && strspn (slash + 1, "0123456789") == strlen (slash + 1))
        return tl_address_fail (check, text, slash, end,
                                g_strdup_printf (_("“%s” is the length of a network prefix; write the address without it"), slash));
      if (!check_authority (check, text, all, slash != NULL ? slash : end, FALSE, &host_start, &host_end))
        return FALSE;
    }

  if (separator != NULL || slash != NULL || check->other_port >= 0)
    check->other_host = g_strndup (host_start, host_end - host_start);
  return TRUE;
}

TlAddressCheck *
tl_address_check_new (const char *text)
{
  TlAddressCheck *check = g_new0 (TlAddressCheck, 1);
  TlAddressText plain;

  g_return_val_if_fail (text != NULL, check);

  check->other_port = -1;
  check->error_start = check->error_end = -1;
  if (!g_utf8_validate (text, -1, NULL))
    {
      check->kind = TL_HOST_INVALID;
      check->message = g_strdup (_("This is not UTF-8 text; type the address anew"));
      check->error_start = check->error_end = 0;
      return check;
    }

  tl_address_text_init (&plain, text);
  if (*plain.text == '\0')
    check->kind = TL_HOST_EMPTY;
  else if (!check_text (check, &plain))
    check->other_port = -1;
  tl_address_text_clear (&plain);
  return check;
}

void
tl_address_check_free (TlAddressCheck *self)
{
  if (self == NULL)
    return;
  g_free (self->host);
  g_free (self->message);
  g_free (self->other_host);
  g_free (self);
}
