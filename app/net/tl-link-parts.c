/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sessions written as links: the text, taken apart. */

#include "tl-link-parts.h"

#include "tl-address-check.h"
#include "tl-framing.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TIMEOUT_MAX 600

static const char * const schemes[] = {
  [TL_LINK_UDP] = "udp",
  [TL_LINK_TCP] = "tcp",
  [TL_LINK_TCP_LISTEN] = "tcp-listen",
};

typedef gboolean (*ReadValue) (TlLinkParts *self,
                               const char  *value,
                               GError     **error);

typedef struct {
  const char *name;
  guint       kinds;      /* bits, by TlLinkKind */
  gboolean    may_repeat;
  gboolean    takes_bytes;
  ReadValue   read;
} Parameter;

#define BIT(kind) (1u << (kind))
#define ALL_KINDS (BIT (TL_LINK_UDP) | BIT (TL_LINK_TCP) | BIT (TL_LINK_TCP_LISTEN))

static gboolean G_GNUC_PRINTF (2, 3)
fail (GError     **error,
      const char  *format,
      ...)
{
  va_list args;

  if (error != NULL)
    {
      va_start (args, format);
      *error = g_error_new_valist (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, format, args);
      va_end (args);
    }
  return FALSE;
}

/* `host:port`, or `:port` for any address. */
static gboolean
read_address (const char  *text,
              gboolean     may_lack_host,
              char       **host,
              guint16     *port,
              GError     **error)
{
  g_autofree char *plain = tl_address_normalize (text);
  g_autoptr (TlAddressCheck) check = NULL;

  if (may_lack_host && *plain == ':')
    {
      g_autoptr (TlPortCheck) port_check = tl_port_check_new (plain + 1, TRUE, "tcp");

      if (port_check->port_class == TL_PORT_EMPTY)
        return fail (error, "%s", _("The port after “:” is missing"));
      if (port_check->port < 0)
        return fail (error, "%s", port_check->message);
      *host = g_strdup ("");
      *port = port_check->port;
      return TRUE;
    }

  check = tl_address_check_new (plain);
  if (check->kind == TL_HOST_EMPTY)
    return fail (error, "%s", _("Host and port are missing; write host:port"));
  if (check->kind == TL_HOST_INVALID)
    return fail (error, "%s", check->message);
  /* What may lack is an address of this computer, which is never looked up. */
  if (may_lack_host && check->kind == TL_HOST_NAME)
    return fail (error, _("“%s” is no address of this computer: the local address must be an IP address."), check->host);
  if (check->other_port < 0)
    return fail (error, check->kind == TL_HOST_IPV6 ? _("The port is missing; write [%s]:port") : _("The port is missing; write %s:port"),
                 check->host);
  *host = g_steal_pointer (&check->host);
  *port = check->other_port;
  return TRUE;
}

static gboolean
read_reply (TlLinkParts *self,
            const char  *value,
            GError     **error)
{
  self->reply = g_strdup (value);
  return TRUE;
}

static gboolean
read_framing (TlLinkParts *self,
              const char  *value,
              GError     **error)
{
  g_autoptr (TlFraming) framing = tl_framing_from_string (value, error);

  self->framing = g_strdup (value);
  return framing != NULL;
}

static gboolean
read_tls (TlLinkParts *self,
          const char  *value,
          GError     **error)
{
  if (!g_str_equal (value, "verify") && !g_str_equal (value, "accept"))
    return fail (error, _("“%s” is neither “verify” nor “accept”"), value);
  self->tls = g_strdup (value);
  return TRUE;
}

static gboolean
read_local (TlLinkParts *self,
            const char  *value,
            GError     **error)
{
  return read_address (value, TRUE, &self->local_host, &self->local_port, error);
}

static gboolean
read_group (TlLinkParts *self,
            const char  *value,
            GError     **error)
{
  /* IPv4 groups take the interface as well, which is no part of an IPv4 address. */
  g_autofree char *address = g_strndup (value, strcspn (value, "%"));
  g_autoptr (TlAddressCheck) check = tl_address_check_new (address);

  if (check->kind == TL_HOST_INVALID)
    return fail (error, "%s", check->message);
  if (check->scope != TL_SCOPE_MULTICAST || check->other_host != NULL)
    return fail (error, _("“%s” is no multicast address; those are 224.0.0.0 to 239.255.255.255, and ff00:: and above"), address);
  if (strlen (address) + 1 == strlen (value))
    return fail (error, "%s", _("The name of a network interface must follow “%”"));
  g_ptr_array_add (self->groups, g_strconcat (check->host, value + strlen (address), NULL));
  return TRUE;
}

static gboolean
read_reconnect (TlLinkParts *self,
                const char  *value,
                GError     **error)
{
  if (!g_str_equal (value, "0") && !g_str_equal (value, "1"))
    return fail (error, _("“%s” is neither 0 nor 1"), value);
  self->reconnect = g_str_equal (value, "1");
  return TRUE;
}

static gboolean
read_timeout (TlLinkParts *self,
              const char  *value,
              GError     **error)
{
  guint64 seconds;

  if (!g_ascii_string_to_unsigned (value, 10, 1, TIMEOUT_MAX, &seconds, NULL))
    return fail (error, _("“%s” is no number of seconds from 1 to %d"), value, TIMEOUT_MAX);
  self->timeout = seconds;
  return TRUE;
}

static const Parameter parameters[] = {
  { "reply", ALL_KINDS, FALSE, TRUE, read_reply },
  { "framing", BIT (TL_LINK_TCP) | BIT (TL_LINK_TCP_LISTEN), FALSE, FALSE, read_framing },
  { "local", BIT (TL_LINK_UDP) | BIT (TL_LINK_TCP), FALSE, FALSE, read_local },
  { "tls", BIT (TL_LINK_TCP), FALSE, FALSE, read_tls },
  { "group", BIT (TL_LINK_UDP), TRUE, FALSE, read_group },
  { "reconnect", BIT (TL_LINK_TCP), FALSE, FALSE, read_reconnect },
  { "timeout", BIT (TL_LINK_TCP), FALSE, FALSE, read_timeout },
};

/* Bytes that are no text are put as escapes, which the text of a reply knows. NULL when @value is not rightly encoded. */
static char *
decode (const char *value,
        gboolean    takes_bytes)
{
  g_autoptr (GBytes) bytes = g_uri_unescape_bytes (value, -1, NULL, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *p, *end, *valid;

  if (bytes == NULL)
    return NULL;

  p = g_bytes_get_data (bytes, NULL);
  end = p + g_bytes_get_size (bytes);
  while (!g_utf8_validate (p, end - p, &valid))
    {
      if (!takes_bytes)
        return NULL;
      g_string_append_len (text, p, valid - p);
      g_string_append_printf (text, "\\x%02X", (guint8) *valid);
      p = valid + 1;
    }
  g_string_append_len (text, p, end - p);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const Parameter *
find_parameter (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parameters); i++)
    if (g_str_equal (parameters[i].name, name))
      return &parameters[i];
  return NULL;
}

static gboolean
read_parameter (TlLinkParts *self,
                const char  *text,
                guint       *seen,
                GError     **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *name = equals != NULL ? g_strndup (text, equals - text) : g_strdup (text);
  const Parameter *parameter = find_parameter (name);
  g_autofree char *value = NULL;
  g_autoptr (GError) reason = NULL;

  if (parameter == NULL)
    return fail (error, _("A link knows no “%s”; it takes reply, framing, local, group, tls, reconnect and timeout"), name);
  if ((parameter->kinds & BIT (self->kind)) == 0)
    return fail (error, _("A link that begins with %s:// takes no “%s”"), schemes[self->kind], name);
  if (equals == NULL || equals[1] == '\0')
    return fail (error, _("“%s” has no value in the link; write %s=…"), name, name);
  if (!parameter->may_repeat && (*seen & BIT (parameter - parameters)) != 0)
    return fail (error, _("“%s” stands twice in the link"), name);
  *seen |= BIT (parameter - parameters);

  value = decode (equals + 1, parameter->takes_bytes);
  if (value == NULL)
    return fail (error, _("“%s” in the link is not rightly percent-encoded: two hexadecimal digits of UTF-8 text follow each “%%”, and “%%” itself is %%25"),
                 name);
  if (!parameter->read (self, value, &reason))
    return fail (error, _("“%s” in the link is wrong: %s"), name, reason->message);
  return TRUE;
}

static gboolean
read_query (TlLinkParts *self,
            const char  *query,
            GError     **error)
{
  g_auto (GStrv) items = g_strsplit (query, "&", -1);
  guint seen = 0;

  for (gsize i = 0; items[i] != NULL; i++)
    if (*items[i] != '\0' && !read_parameter (self, items[i], &seen, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_authority (TlLinkParts *self,
                const char  *start,
                gsize        length,
                GError     **error)
{
  g_autofree char *raw = g_strndup (start, length);
  g_autofree char *unescaped = g_uri_unescape_string (raw, NULL);
  gboolean may_lack_host = self->kind == TL_LINK_TCP_LISTEN;
  g_autoptr (GError) reason = NULL;

  if (*raw == '\0' && self->kind == TL_LINK_UDP)
    return TRUE;
  /* People write the zone of an address as it is, so that `%ba0` may be an interface and no byte. */
  if (!read_address (raw, may_lack_host, &self->host, &self->port, NULL)
      && !read_address (unescaped != NULL ? unescaped : raw, may_lack_host, &self->host, &self->port, &reason))
    return fail (error, _("The address in the link is wrong: %s"), reason->message);
  if (self->port == 0 && self->kind != TL_LINK_TCP_LISTEN)
    return fail (error, "%s", _("The port in the link is 0; the port of another computer goes from 1 to 65535"));
  return TRUE;
}

static TlLinkParts *
link_parts_new (TlLinkKind kind)
{
  TlLinkParts *self = g_new0 (TlLinkParts, 1);

  self->kind = kind;
  self->groups = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static TlLinkParts *
read_scheme (const char  *link,
             const char **rest)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize length = strlen (schemes[i]);

      if (g_ascii_strncasecmp (link, schemes[i], length) == 0 && g_str_has_prefix (link + length, "://"))
        {
          *rest = link + length + 3;
          return link_parts_new (i);
        }
    }
  return NULL;
}

/* What a Chinese input method writes, such as “：”, is taken for its ASCII twin up to the parameters, which may be any text. */
static char *
dup_plain (const char *link)
{
  const char *ascii = strchr (link, '?');
  const char *wide = strstr (link, "？");
  const char *query = ascii == NULL || (wide != NULL && wide < ascii) ? wide : ascii;
  g_autofree char *head = query != NULL ? g_strndup (link, query - link) : g_strdup (link);
  g_autofree char *plain = tl_address_normalize (head);

  return query != NULL ? g_strconcat (plain, "?", g_utf8_next_char (query), NULL) : g_steal_pointer (&plain);
}

TlLinkParts *
tl_link_parts_parse (const char  *link,
                     GError     **error)
{
  g_autoptr (TlLinkParts) self = NULL;
  g_autofree char *plain = NULL;
  const char *rest;
  gsize length;

  g_return_val_if_fail (link != NULL, NULL);

  if (!g_utf8_validate (link, -1, NULL))
    {
      fail (error, "%s", _("The link is not UTF-8 text; write other bytes percent-encoded"));
      return NULL;
    }
  plain = dup_plain (link);
  self = read_scheme (plain, &rest);
  if (self == NULL)
    {
      fail (error, _("“%s” is no link of this program; one begins with udp://, tcp:// or tcp-listen://"), link);
      return NULL;
    }

  length = strcspn (rest, "/?#");
  if (!read_authority (self, rest, length, error))
    return NULL;
  rest += length;
  if (*rest == '/')
    rest++;
  if (*rest != '\0' && *rest != '?')
    {
      fail (error, _("“%s” cannot stand in a link; only “?” and parameters follow host and port"), rest);
      return NULL;
    }
  if (*rest == '?' && !read_query (self, rest + 1, error))
    return NULL;
  if (self->host == NULL && self->local_host == NULL)
    {
      fail (error, "%s", _("The link names no address; write udp://host:port or udp://?local=host:port"));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
tl_link_parts_free (TlLinkParts *self)
{
  if (self == NULL)
    return;
  g_free (self->host);
  g_free (self->local_host);
  g_free (self->reply);
  g_free (self->framing);
  g_free (self->tls);
  g_ptr_array_unref (self->groups);
  g_free (self);
}
