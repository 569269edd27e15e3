/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A multicast group that a UDP session is a member of, or shall be when it opens. */

#include "tl-multicast-group.h"

#include "tl-interface.h"
#include "tl-session-private.h"
#include "tl-set-string.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum {
  PROP_ADDRESS = 1,
  PROP_INTERFACE,
  PROP_CHOSEN,
  PROP_LABEL,
  PROP_JOINED,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

struct _TlMulticastGroup
{
  GObject parent_instance;

  GInetAddress *inet;
  char         *address;
  char         *label;
  char         *error;
  char         *chosen;      /* by the system, where the interface is 0 */
  guint         interface;
  gboolean      joined;
};

G_DEFINE_FINAL_TYPE (TlMulticastGroup, tl_multicast_group, G_TYPE_OBJECT)

static void
set_result (TlMulticastGroup *self,
            gboolean          joined,
            const char       *error)
{
  if (self->joined != joined)
    {
      self->joined = joined;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOINED]);
    }
  if (tl_set_string (&self->error, error))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

/* The system tells only afterwards, and not of a socket, where a group was joined: its routes decide. */
static void
set_chosen (TlMulticastGroup *self,
            gboolean          joined)
{
  char name[IF_NAMESIZE];
  const guint index = joined && self->interface == 0 ? tl_interface_find_route (self->inet) : 0;
  const char *chosen = index != 0 ? if_indextoname (index, name) : NULL;

  if (tl_set_string (&self->chosen, chosen))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOSEN]);
}

/* Joins or leaves, with a line in the log. 0, or the errno. */
static int
change_membership (TlMulticastGroup *self,
                   TlSession        *session,
                   GSocket          *socket,
                   gboolean          join)
{
  const int fd = g_socket_get_fd (socket);
  const gboolean ipv4 = g_inet_address_get_family (self->inet) == G_SOCKET_FAMILY_IPV4;
  const guint8 *bytes = g_inet_address_to_bytes (self->inet);
  const char *option;
  int result;
  int errsv;

  if (ipv4)
    {
      struct ip_mreqn request = { .imr_ifindex = self->interface };

      memcpy (&request.imr_multiaddr, bytes, sizeof request.imr_multiaddr);
      option = join ? "IPPROTO_IP, IP_ADD_MEMBERSHIP" : "IPPROTO_IP, IP_DROP_MEMBERSHIP";
      result = setsockopt (fd, IPPROTO_IP, join ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP, &request, sizeof request);
    }
  else
    {
      struct ipv6_mreq request = { .ipv6mr_interface = self->interface };

      memcpy (&request.ipv6mr_multiaddr, bytes, sizeof request.ipv6mr_multiaddr);
      option = join ? "IPPROTO_IPV6, IPV6_JOIN_GROUP" : "IPPROTO_IPV6, IPV6_LEAVE_GROUP";
      result = setsockopt (fd, IPPROTO_IPV6, join ? IPV6_JOIN_GROUP : IPV6_LEAVE_GROUP, &request, sizeof request);
    }
  errsv = result != 0 ? errno : 0;
  tl_session_trace (session, NULL, result, errsv, "setsockopt(%d, %s, {%s, ifindex=%u})", fd, option, self->address, self->interface);
  return errsv;
}

static void
tl_multicast_group_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  TlMulticastGroup *self = TL_MULTICAST_GROUP (object);

  switch (id)
    {
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    case PROP_INTERFACE:
      g_value_set_uint (value, self->interface);
      break;
    case PROP_CHOSEN:
      g_value_set_string (value, self->chosen);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_JOINED:
      g_value_set_boolean (value, self->joined);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_multicast_group_finalize (GObject *object)
{
  TlMulticastGroup *self = TL_MULTICAST_GROUP (object);

  g_clear_object (&self->inet);
  g_free (self->address);
  g_free (self->chosen);
  g_free (self->label);
  g_free (self->error);
  G_OBJECT_CLASS (tl_multicast_group_parent_class)->finalize (object);
}

static void
tl_multicast_group_class_init (TlMulticastGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_multicast_group_get_property;
  object_class->finalize = tl_multicast_group_finalize;

  props[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  props[PROP_INTERFACE] = g_param_spec_uint ("interface", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_CHOSEN] = g_param_spec_string ("chosen-interface", NULL, NULL, NULL, flags);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  props[PROP_JOINED] = g_param_spec_boolean ("joined", NULL, NULL, FALSE, flags);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_multicast_group_init (TlMulticastGroup *self)
{
}

TlMulticastGroup *
tl_multicast_group_new (const char *address,
                        guint       interface,
                        GError    **error)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);
  char name[IF_NAMESIZE];
  TlMulticastGroup *self;

  if (inet == NULL || !g_inet_address_get_is_multicast (inet))
    {
      g_set_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS,
                   _("“%s” is not a multicast address. Those of IPv4 are 224.0.0.0 to 239.255.255.255, those of IPv6 begin with ff."), address);
      return NULL;
    }
  self = g_object_new (TL_TYPE_MULTICAST_GROUP, NULL);
  self->inet = g_steal_pointer (&inet);
  self->address = g_inet_address_to_string (self->inet);
  self->interface = interface;
  if (interface && if_indextoname (interface, name))
    self->label = g_strdup_printf ("%s · %s", self->address, name);
  else
    self->label = g_strdup (self->address);
  return self;
}

gboolean
tl_multicast_group_equal (TlMulticastGroup *self,
                          TlMulticastGroup *other)
{
  return self->interface == other->interface && g_inet_address_equal (self->inet, other->inet);
}

char *
tl_multicast_group_dup_link (TlMulticastGroup *self)
{
  char name[IF_NAMESIZE];

  g_return_val_if_fail (TL_IS_MULTICAST_GROUP (self), NULL);
  if (self->interface == 0)
    return g_strdup (self->address);
  /* The number of an interface is another one after the next start of the machine. */
  if (if_indextoname (self->interface, name))
    return g_strdup_printf ("%s%%%s", self->address, name);
  return g_strdup_printf ("%s%%%u", self->address, self->interface);
}

gboolean
tl_multicast_group_is_joined (TlMulticastGroup *self)
{
  return self->joined;
}

gboolean
tl_multicast_group_join (TlMulticastGroup *self,
                         TlSession        *session,
                         GSocket          *socket,
                         GError          **error)
{
  g_autofree char *sentence = NULL;
  int errsv;

  if (g_inet_address_get_family (self->inet) == G_SOCKET_FAMILY_IPV6 && g_socket_get_family (socket) == G_SOCKET_FAMILY_IPV4)
    {
      sentence = g_strdup_printf (_("%s is an IPv6 group, and this session is open at an IPv4 address. Open it at :: for both."), self->address);
    }
  else if ((errsv = change_membership (self, session, socket, TRUE)) != 0)
    {
      g_autofree char *reason = tl_socket_error_sentence ("setsockopt", errsv, NULL);

      sentence = g_strdup_printf (_("The group %s could not be joined. %s"), self->label, reason);
    }
  set_chosen (self, sentence == NULL);
  set_result (self, sentence == NULL, sentence);
  if (sentence == NULL)
    {
      if (self->chosen != NULL)
        tl_message_log_append_printf (tl_session_get_log (session), TL_MESSAGE_EVENT, 0,
                                      /* Translators: an address, and the name of a network interface */
                                      _("Joined the group %s. The system chose the interface %s."), self->label, self->chosen);
      else
        tl_message_log_append_printf (tl_session_get_log (session), TL_MESSAGE_EVENT, 0, _("Joined the group %s."), self->label);
      return TRUE;
    }
  tl_message_log_append_text (tl_session_get_log (session), TL_MESSAGE_WARNING, 0, sentence);
  g_set_error_literal (error, TL_SESSION_ERROR, TL_SESSION_ERROR_FAILED, sentence);
  return FALSE;
}

void
tl_multicast_group_leave (TlMulticastGroup *self,
                          TlSession        *session,
                          GSocket          *socket)
{
  if (!self->joined)
    return;
  change_membership (self, session, socket, FALSE);
  tl_message_log_append_printf (tl_session_get_log (session), TL_MESSAGE_EVENT, 0, _("Left the group %s."), self->label);
  set_chosen (self, FALSE);
  set_result (self, FALSE, NULL);
}

void
tl_multicast_group_ended (TlMulticastGroup *self)
{
  set_chosen (self, FALSE);
  set_result (self, FALSE, self->error);
}
