/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The verdict on what was typed as a port. */

#include "tl-address-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_ENUM_TYPE (TlPortClass, tl_port_class,
                    G_DEFINE_ENUM_VALUE (TL_PORT_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (TL_PORT_INVALID, "invalid"),
                    G_DEFINE_ENUM_VALUE (TL_PORT_SYSTEM_PICKS, "system-picks"),
                    G_DEFINE_ENUM_VALUE (TL_PORT_WELL_KNOWN, "well-known"),
                    G_DEFINE_ENUM_VALUE (TL_PORT_HIGH, "high"))

char *
tl_port_parse (const char  *start,
               const char  *end,
               int         *port,
               const char **bad_start,
               const char **bad_end)
{
  g_autofree char *excerpt = NULL;
  int sum = 0;

  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      if (!g_ascii_isdigit (*p))
        {
          *bad_start = p;
          *bad_end = g_utf8_next_char (p);
          excerpt = tl_address_excerpt (p, *bad_end);
          if (g_unichar_isspace (g_utf8_get_char (p)))
            return g_strdup (_("A blank stands in the port; it holds only the digits 0 to 9"));
          return g_strdup_printf (_("“%s” cannot stand in a port; it holds only the digits 0 to 9"), excerpt);
        }
      sum = MIN (sum * 10 + (*p - '0'), G_MAXUINT16 + 1);
    }

  if (sum > G_MAXUINT16)
    {
      *bad_start = start;
      *bad_end = end;
      excerpt = tl_address_excerpt (start, end);
      return g_strdup_printf (_("%s is too large; a port goes from 0 to 65535"), excerpt);
    }
  *port = sum;
  return NULL;
}

static TlPortClass
classify (TlPortCheck *check,
          const char  *text,
          gboolean     is_local)
{
  const char *bad_start, *bad_end;
  int port;

  check->message = tl_port_parse (text, text + strlen (text), &port, &bad_start, &bad_end);
  if (check->message != NULL)
    return TL_PORT_INVALID;
  if (port == 0 && !is_local)
    {
      check->message = g_strdup (_("0 lets the system pick a local port; the port of another computer goes from 1 to 65535"));
      return TL_PORT_INVALID;
    }

  check->port = port;
  if (port == 0)
    return TL_PORT_SYSTEM_PICKS;
  return port < 1024 ? TL_PORT_WELL_KNOWN : TL_PORT_HIGH;
}

TlPortCheck *
tl_port_check_new (const char *text,
                   gboolean    is_local,
                   const char *protocol)
{
  TlPortCheck *check = g_new0 (TlPortCheck, 1);
  g_autofree char *plain = NULL;

  check->port = -1;
  g_return_val_if_fail (text != NULL, check);
  g_return_val_if_fail (protocol != NULL, check);

  plain = tl_address_normalize (text);
  if (*plain == '\0')
    return check;

  check->port_class = classify (check, plain, is_local);
  if (check->port > 0)
    check->service = tl_port_get_service (check->port, protocol);
  return check;
}

void
tl_port_check_free (TlPortCheck *self)
{
  if (self == NULL)
    return;
  g_free (self->message);
  g_free (self);
}

const char *
tl_port_class_get_label (TlPortClass port_class)
{
  switch (port_class)
    {
    case TL_PORT_SYSTEM_PICKS:
      return _("the system picks one");
    case TL_PORT_WELL_KNOWN:
      return _("well-known port");
    case TL_PORT_HIGH:
      return _("not a well-known port");
    case TL_PORT_EMPTY:
    case TL_PORT_INVALID:
    default:
      return NULL;
    }
}
