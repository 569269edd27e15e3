/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Host and port: who is at the other end, as people write it and as socket calls take it. */

#include "tl-endpoint.h"

#include "tl-address-check.h"

#include <glib/gi18n-lib.h>
#include <net/if.h>
#include <string.h>

struct _TlEndpoint
{
  char    *host;
  char    *text;
  guint16  port;
};

G_DEFINE_BOXED_TYPE (TlEndpoint, tl_endpoint, tl_endpoint_ref, tl_endpoint_unref)

static const guint8 mapped_prefix[12] = { [10] = 0xff, [11] = 0xff };

/* The IPv4 address inside ::ffff:0:0/96, or NULL. */
static GInetAddress *
unmap (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6 || memcmp (bytes, mapped_prefix, sizeof mapped_prefix) != 0)
    return NULL;
  return g_inet_address_new_from_bytes (bytes + sizeof mapped_prefix, G_SOCKET_FAMILY_IPV4);
}

static char *
unmap_host (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;
  g_autoptr (GInetAddress) ipv4 = NULL;

  if (strchr (host, ':') == NULL)
    return g_strdup (host);
  address = g_inet_address_new_from_string (host);
  ipv4 = address != NULL ? unmap (address) : NULL;
  return ipv4 != NULL ? g_inet_address_to_string (ipv4) : g_strdup (host);
}

/* Takes @host. */
static TlEndpoint *
endpoint_new_take (char    *host,
                   guint16  port)
{
  TlEndpoint *self = g_atomic_rc_box_new0 (TlEndpoint);

  self->host = host;
  self->port = port;
  self->text = g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%u" : "%s:%u", host, port);
  return self;
}

TlEndpoint *
tl_endpoint_new (const char *host,
                 guint16     port)
{
  g_return_val_if_fail (host != NULL, NULL);

  return endpoint_new_take (unmap_host (host), port);
}

TlEndpoint *
tl_endpoint_parse (const char  *text,
                   GError     **error)
{
  g_autoptr (TlAddressCheck) check = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  check = tl_address_check_new (text);
  if (check->kind == TL_HOST_EMPTY)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("Host and port are missing; write host:port"));
  else if (check->kind == TL_HOST_INVALID)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, check->message);
  else if (check->other_port < 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 check->kind == TL_HOST_IPV6 ? _("The port is missing; write [%s]:port") : _("The port is missing; write %s:port"),
                 check->host);
  else
    return tl_endpoint_new (check->host, check->other_port);
  return NULL;
}

TlEndpoint *
tl_endpoint_from_address (GSocketAddress *address)
{
  GInetSocketAddress *socket_address;
  g_autoptr (GInetAddress) ipv4 = NULL;
  g_autofree char *host = NULL;
  char name[IF_NAMESIZE];
  guint32 scope_id = 0;

  g_return_val_if_fail (G_IS_INET_SOCKET_ADDRESS (address), NULL);

  socket_address = G_INET_SOCKET_ADDRESS (address);
  ipv4 = unmap (g_inet_socket_address_get_address (socket_address));
  host = g_inet_address_to_string (ipv4 != NULL ? ipv4 : g_inet_socket_address_get_address (socket_address));
  if (g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    scope_id = g_inet_socket_address_get_scope_id (socket_address);
  if (scope_id != 0)
    {
      g_autofree char *plain = g_steal_pointer (&host);

      host = if_indextoname (scope_id, name) != NULL ? g_strdup_printf ("%s%%%s", plain, name)
                                                     : g_strdup_printf ("%s%%%u", plain, scope_id);
    }
  return endpoint_new_take (g_steal_pointer (&host), g_inet_socket_address_get_port (socket_address));
}

TlEndpoint *
tl_endpoint_ref (TlEndpoint *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
endpoint_clear (TlEndpoint *self)
{
  g_free (self->host);
  g_free (self->text);
}

void
tl_endpoint_unref (TlEndpoint *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) endpoint_clear);
}

const char *
tl_endpoint_get_host (const TlEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->host;
}

guint16
tl_endpoint_get_port (const TlEndpoint *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->port;
}

const char *
tl_endpoint_get_text (const TlEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->text;
}

static guint32
zone_to_index (const char *zone)
{
  guint64 number;
  guint32 index = if_nametoindex (zone);

  if (index == 0 && g_ascii_string_to_unsigned (zone, 10, 1, G_MAXUINT32, &number, NULL))
    index = number;
  return index;
}

GSocketAddress *
tl_endpoint_to_address (const TlEndpoint *self)
{
  g_autoptr (GInetAddress) address = NULL;
  g_autofree char *digits = NULL;
  const char *percent;
  guint32 scope_id = 0;

  g_return_val_if_fail (self != NULL, NULL);

  percent = strchr (self->host, '%');
  digits = percent != NULL ? g_strndup (self->host, percent - self->host) : g_strdup (self->host);
  address = g_inet_address_new_from_string (digits);
  if (address == NULL)
    return NULL;

  if (percent != NULL)
    {
      scope_id = zone_to_index (percent + 1);
      if (scope_id == 0)
        return NULL;
    }
  return g_object_new (G_TYPE_INET_SOCKET_ADDRESS, "address", address, "port", (guint) self->port, "scope-id", scope_id, NULL);
}

gboolean
tl_endpoint_equal (const TlEndpoint *a,
                   const TlEndpoint *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  return a == b || (a->port == b->port && strcmp (a->host, b->host) == 0);
}
