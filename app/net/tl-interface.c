/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A network interface of this machine, with its addresses: what multicast is sent through, and what others can type. */

#include "tl-interface.h"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

struct _TlInterface
{
  GObject    parent_instance;

  char      *name;
  char      *label;
  guint      index;
  guint      flags;
  GPtrArray *ipv4;
  GPtrArray *ipv6;
  GPtrArray *addresses;
  GPtrArray *broadcasts;
};

enum {
  PROP_NAME = 1,
  PROP_INDEX,
  PROP_LABEL,
  PROP_IS_UP,
  PROP_CAN_MULTICAST,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlInterface, tl_interface, G_TYPE_OBJECT)

/* NULL when @native is none, or of a family that has no such address. */
static GInetAddress *
inet_address (const struct sockaddr *native)
{
  if (native == NULL)
    return NULL;
  if (native->sa_family == AF_INET)
    return g_inet_address_new_from_bytes ((const guint8 *) &((const struct sockaddr_in *) native)->sin_addr,
                                          G_SOCKET_FAMILY_IPV4);
  if (native->sa_family == AF_INET6)
    return g_inet_address_new_from_bytes ((const guint8 *) &((const struct sockaddr_in6 *) native)->sin6_addr,
                                          G_SOCKET_FAMILY_IPV6);
  return NULL;
}

static void
add_address (TlInterface          *self,
             const struct ifaddrs *entry)
{
  g_autoptr (GInetAddress) address = inet_address (entry->ifa_addr);

  if (address == NULL)
    return;
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    {
      g_ptr_array_add (self->ipv6, g_inet_address_to_string (address));
      return;
    }

  g_ptr_array_add (self->ipv4, g_inet_address_to_string (address));
  if ((entry->ifa_flags & IFF_BROADCAST) != 0)
    {
      g_autoptr (GInetAddress) broadcast = inet_address (entry->ifa_broadaddr);

      if (broadcast != NULL)
        g_ptr_array_add (self->broadcasts, g_inet_address_to_string (broadcast));
    }
}

/* Puts the two families together and ends the lists. */
static void
complete (TlInterface *self)
{
  g_autofree char *joined = NULL;

  g_ptr_array_extend_and_steal (self->addresses, g_steal_pointer (&self->ipv4));
  g_ptr_array_extend_and_steal (self->addresses, g_steal_pointer (&self->ipv6));
  g_ptr_array_add (self->addresses, NULL);
  g_ptr_array_add (self->broadcasts, NULL);

  joined = g_strjoinv (", ", (char **) self->addresses->pdata);
  self->label = *joined != '\0' ? g_strdup_printf ("%s · %s", self->name, joined) : g_strdup (self->name);
}

static TlInterface *
find_or_add (GPtrArray            *interfaces,
             const struct ifaddrs *entry)
{
  /* A second IPv4 address may carry a label of its own, `eth0:1`. */
  g_autofree char *name = g_strndup (entry->ifa_name, strcspn (entry->ifa_name, ":"));
  TlInterface *interface;

  for (guint i = 0; i < interfaces->len; i++)
    {
      interface = g_ptr_array_index (interfaces, i);
      if (g_str_equal (interface->name, name))
        return interface;
    }

  interface = g_object_new (TL_TYPE_INTERFACE, NULL);
  interface->index = if_nametoindex (name);
  interface->name = g_steal_pointer (&name);
  interface->flags = entry->ifa_flags;
  g_ptr_array_add (interfaces, interface);
  return interface;
}

static GPtrArray *
list_interfaces (void)
{
  GPtrArray *interfaces = g_ptr_array_new_with_free_func (g_object_unref);
  struct ifaddrs *entries = NULL;

  if (getifaddrs (&entries) != 0)
    {
      g_warning ("getifaddrs: %s", g_strerror (errno));
      return interfaces;
    }
  for (const struct ifaddrs *entry = entries; entry != NULL; entry = entry->ifa_next)
    add_address (find_or_add (interfaces, entry), entry);
  freeifaddrs (entries);

  for (guint i = 0; i < interfaces->len; i++)
    complete (g_ptr_array_index (interfaces, i));
  return interfaces;
}

static void
tl_interface_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlInterface *self = TL_INTERFACE (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_INDEX:
      g_value_set_uint (value, self->index);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_IS_UP:
      g_value_set_boolean (value, (self->flags & IFF_UP) != 0);
      break;
    case PROP_CAN_MULTICAST:
      g_value_set_boolean (value, (self->flags & IFF_MULTICAST) != 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_interface_finalize (GObject *object)
{
  TlInterface *self = TL_INTERFACE (object);

  g_free (self->name);
  g_free (self->label);
  g_clear_pointer (&self->ipv4, g_ptr_array_unref);
  g_clear_pointer (&self->ipv6, g_ptr_array_unref);
  g_ptr_array_unref (self->addresses);
  g_ptr_array_unref (self->broadcasts);
  G_OBJECT_CLASS (tl_interface_parent_class)->finalize (object);
}

static void
tl_interface_class_init (TlInterfaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_interface_get_property;
  object_class->finalize = tl_interface_finalize;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_INDEX] = g_param_spec_uint ("index", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  props[PROP_IS_UP] = g_param_spec_boolean ("is-up", NULL, NULL, FALSE, flags);
  props[PROP_CAN_MULTICAST] = g_param_spec_boolean ("can-multicast", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_interface_init (TlInterface *self)
{
  self->ipv4 = g_ptr_array_new_with_free_func (g_free);
  self->ipv6 = g_ptr_array_new_with_free_func (g_free);
  self->addresses = g_ptr_array_new_with_free_func (g_free);
  self->broadcasts = g_ptr_array_new_with_free_func (g_free);
}

const char *
tl_interface_get_name (TlInterface *self)
{
  g_return_val_if_fail (TL_IS_INTERFACE (self), NULL);
  return self->name;
}

guint
tl_interface_get_index (TlInterface *self)
{
  g_return_val_if_fail (TL_IS_INTERFACE (self), 0);
  return self->index;
}

const char *
tl_interface_get_label (TlInterface *self)
{
  g_return_val_if_fail (TL_IS_INTERFACE (self), NULL);
  return self->label;
}

const char * const *
tl_interface_get_addresses (TlInterface *self)
{
  g_return_val_if_fail (TL_IS_INTERFACE (self), NULL);
  return (const char * const *) self->addresses->pdata;
}

const char * const *
tl_interface_get_broadcasts (TlInterface *self)
{
  g_return_val_if_fail (TL_IS_INTERFACE (self), NULL);
  return (const char * const *) self->broadcasts->pdata;
}

GListModel *
tl_interface_list (void)
{
  g_autoptr (GPtrArray) interfaces = list_interfaces ();
  GListStore *store = g_list_store_new (TL_TYPE_INTERFACE);

  g_list_store_splice (store, 0, 0, interfaces->pdata, interfaces->len);
  return G_LIST_MODEL (store);
}

GStrv
tl_interface_list_addresses (GStrv *names)
{
  g_autoptr (GPtrArray) interfaces = list_interfaces ();
  g_autoptr (GStrvBuilder) addresses = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) cards = g_strv_builder_new ();

  for (guint i = 0; i < interfaces->len; i++)
    {
      TlInterface *interface = g_ptr_array_index (interfaces, i);

      for (const char * const *p = tl_interface_get_addresses (interface); *p != NULL; p++)
        {
          g_strv_builder_add (addresses, *p);
          g_strv_builder_add (cards, interface->name);
        }
    }
  if (names != NULL)
    *names = g_strv_builder_end (cards);
  return g_strv_builder_end (addresses);
}

gboolean
tl_interface_is_broadcast (GInetAddress *address)
{
  g_autoptr (GPtrArray) interfaces = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);

  text = g_inet_address_to_string (address);
  if (g_str_equal (text, "255.255.255.255"))
    return TRUE;

  interfaces = list_interfaces ();
  for (guint i = 0; i < interfaces->len; i++)
    if (g_strv_contains (tl_interface_get_broadcasts (g_ptr_array_index (interfaces, i)), text))
      return TRUE;
  return FALSE;
}
