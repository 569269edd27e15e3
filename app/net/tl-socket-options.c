/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Socket options: what is asked for, setting it, and reading back what the system made of it. */

#include "tl-socket-options.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

enum {
  PROP_NO_DELAY = 1,
  PROP_KEEP_ALIVE,
  PROP_KEEP_ALIVE_IDLE,
  PROP_KEEP_ALIVE_INTERVAL,
  PROP_KEEP_ALIVE_COUNT,
  PROP_RECEIVE_BUFFER,
  PROP_SEND_BUFFER,
  PROP_TTL,
  PROP_LINGER,
  PROP_REUSE_ADDRESS,
  PROP_BROADCAST,
  PROP_MULTICAST_TTL,
  PROP_MULTICAST_LOOPBACK,
  PROP_MULTICAST_INTERFACE,
  N_PROPS,
};

typedef enum {
  STREAM = 1 << 0,
  DATAGRAM = 1 << 1,
  IPV4 = 1 << 2,
  IPV6 = 1 << 3,
} Applies;

typedef struct {
  guint       prop;
  Applies     applies;
  int         level;
  int         option;
  const char *text;
} Option;

static const Option options[] = {
  { PROP_REUSE_ADDRESS, STREAM | DATAGRAM | IPV4 | IPV6, SOL_SOCKET, SO_REUSEADDR, "SOL_SOCKET, SO_REUSEADDR" },
  { PROP_NO_DELAY, STREAM | IPV4 | IPV6, IPPROTO_TCP, TCP_NODELAY, "IPPROTO_TCP, TCP_NODELAY" },
  { PROP_KEEP_ALIVE, STREAM | IPV4 | IPV6, SOL_SOCKET, SO_KEEPALIVE, "SOL_SOCKET, SO_KEEPALIVE" },
  { PROP_KEEP_ALIVE_IDLE, STREAM | IPV4 | IPV6, IPPROTO_TCP, TCP_KEEPIDLE, "IPPROTO_TCP, TCP_KEEPIDLE" },
  { PROP_KEEP_ALIVE_INTERVAL, STREAM | IPV4 | IPV6, IPPROTO_TCP, TCP_KEEPINTVL, "IPPROTO_TCP, TCP_KEEPINTVL" },
  { PROP_KEEP_ALIVE_COUNT, STREAM | IPV4 | IPV6, IPPROTO_TCP, TCP_KEEPCNT, "IPPROTO_TCP, TCP_KEEPCNT" },
  { PROP_RECEIVE_BUFFER, STREAM | DATAGRAM | IPV4 | IPV6, SOL_SOCKET, SO_RCVBUF, "SOL_SOCKET, SO_RCVBUF" },
  { PROP_SEND_BUFFER, STREAM | DATAGRAM | IPV4 | IPV6, SOL_SOCKET, SO_SNDBUF, "SOL_SOCKET, SO_SNDBUF" },
  { PROP_LINGER, STREAM | IPV4 | IPV6, SOL_SOCKET, SO_LINGER, "SOL_SOCKET, SO_LINGER" },
  { PROP_BROADCAST, DATAGRAM | IPV4 | IPV6, SOL_SOCKET, SO_BROADCAST, "SOL_SOCKET, SO_BROADCAST" },
  { PROP_TTL, STREAM | DATAGRAM | IPV4, IPPROTO_IP, IP_TTL, "IPPROTO_IP, IP_TTL" },
  { PROP_TTL, STREAM | DATAGRAM | IPV6, IPPROTO_IPV6, IPV6_UNICAST_HOPS, "IPPROTO_IPV6, IPV6_UNICAST_HOPS" },
  { PROP_MULTICAST_TTL, DATAGRAM | IPV4, IPPROTO_IP, IP_MULTICAST_TTL, "IPPROTO_IP, IP_MULTICAST_TTL" },
  { PROP_MULTICAST_TTL, DATAGRAM | IPV6, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, "IPPROTO_IPV6, IPV6_MULTICAST_HOPS" },
  { PROP_MULTICAST_LOOPBACK, DATAGRAM | IPV4, IPPROTO_IP, IP_MULTICAST_LOOP, "IPPROTO_IP, IP_MULTICAST_LOOP" },
  { PROP_MULTICAST_LOOPBACK, DATAGRAM | IPV6, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, "IPPROTO_IPV6, IPV6_MULTICAST_LOOP" },
  { PROP_MULTICAST_INTERFACE, DATAGRAM | IPV4, IPPROTO_IP, IP_MULTICAST_IF, "IPPROTO_IP, IP_MULTICAST_IF" },
  { PROP_MULTICAST_INTERFACE, DATAGRAM | IPV6, IPPROTO_IPV6, IPV6_MULTICAST_IF, "IPPROTO_IPV6, IPV6_MULTICAST_IF" },
};

static GParamSpec *props[N_PROPS];

struct _TlSocketOptions
{
  GObject parent_instance;

  int values[N_PROPS];
};

G_DEFINE_FINAL_TYPE (TlSocketOptions, tl_socket_options, G_TYPE_OBJECT)

static int
default_of (guint prop)
{
  const GValue *value = g_param_spec_get_default_value (props[prop]);

  if (G_VALUE_HOLDS_BOOLEAN (value))
    return g_value_get_boolean (value);
  if (G_VALUE_HOLDS_UINT (value))
    return g_value_get_uint (value);
  return g_value_get_int (value);
}

/* Whose default means "the system's": nought on a socket would be a wish of its own. */
static gboolean
has_no_way_back (guint prop)
{
  return G_IS_PARAM_SPEC_UINT (props[prop]) && prop != PROP_MULTICAST_TTL && prop != PROP_MULTICAST_INTERFACE;
}

static Applies
kind_of (GSocket *socket)
{
  Applies kind = g_socket_get_socket_type (socket) == G_SOCKET_TYPE_DATAGRAM ? DATAGRAM : STREAM;
  int v6_only = 1;

  if (g_socket_get_family (socket) == G_SOCKET_FAMILY_IPV4)
    return kind | IPV4;
  kind |= IPV6;
  if (g_socket_get_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, &v6_only, NULL) && !v6_only)
    kind |= IPV4;
  return kind;
}

static gboolean
option_applies (const Option *option,
                Applies       kind)
{
  const Applies families = IPV4 | IPV6;
  const Applies types = STREAM | DATAGRAM;

  return (option->applies & kind & families) && (option->applies & kind & types);
}

static int
set_option (int           fd,
            const Option *option,
            int           value,
            char        **call)
{
  const struct linger linger = { .l_onoff = value >= 0, .l_linger = MAX (value, 0) };
  const struct ip_mreqn membership = { .imr_ifindex = value };

  if (option->level == SOL_SOCKET && option->option == SO_LINGER)
    {
      *call = g_strdup_printf ("setsockopt(%d, %s, {l_onoff=%d, l_linger=%d})", fd, option->text, linger.l_onoff, linger.l_linger);
      return setsockopt (fd, option->level, option->option, &linger, sizeof linger);
    }
  if (option->level == IPPROTO_IP && option->option == IP_MULTICAST_IF)
    {
      *call = g_strdup_printf ("setsockopt(%d, %s, {imr_ifindex=%d})", fd, option->text, value);
      return setsockopt (fd, option->level, option->option, &membership, sizeof membership);
    }
  *call = g_strdup_printf ("setsockopt(%d, %s, %d)", fd, option->text, value);
  return setsockopt (fd, option->level, option->option, &value, sizeof value);
}

static gboolean
get_option (int           fd,
            const Option *option,
            int          *value)
{
  struct linger linger = { 0, };
  struct ip_mreqn membership = { 0, };
  socklen_t size = sizeof linger;

  *value = 0;
  if (option->level == SOL_SOCKET && option->option == SO_LINGER)
    {
      if (getsockopt (fd, option->level, option->option, &linger, &size) != 0)
        return FALSE;
      *value = linger.l_onoff ? linger.l_linger : -1;
      return TRUE;
    }
  if (option->level == IPPROTO_IP && option->option == IP_MULTICAST_IF)
    {
      /* The kernel gives the interface back only to who asks with the whole structure. */
      size = sizeof membership;
      if (getsockopt (fd, option->level, option->option, &membership, &size) != 0 || size < sizeof membership)
        return FALSE;
      *value = membership.imr_ifindex;
      return TRUE;
    }
  size = sizeof *value;
  return getsockopt (fd, option->level, option->option, value, &size) == 0;
}

static void
tl_socket_options_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TlSocketOptions *self = TL_SOCKET_OPTIONS (object);

  if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, self->values[id]);
  else if (G_VALUE_HOLDS_UINT (value))
    g_value_set_uint (value, self->values[id]);
  else
    g_value_set_int (value, self->values[id]);
}

static void
tl_socket_options_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  TlSocketOptions *self = TL_SOCKET_OPTIONS (object);
  int number;

  if (G_VALUE_HOLDS_BOOLEAN (value))
    number = g_value_get_boolean (value);
  else if (G_VALUE_HOLDS_UINT (value))
    number = g_value_get_uint (value);
  else
    number = g_value_get_int (value);
  if (self->values[id] == number)
    return;
  self->values[id] = number;
  g_object_notify_by_pspec (object, pspec);
}

static void
tl_socket_options_class_init (TlSocketOptionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_socket_options_get_property;
  object_class->set_property = tl_socket_options_set_property;

  props[PROP_NO_DELAY] = g_param_spec_boolean ("no-delay", NULL, NULL, FALSE, flags);
  props[PROP_KEEP_ALIVE] = g_param_spec_boolean ("keep-alive", NULL, NULL, FALSE, flags);
  props[PROP_KEEP_ALIVE_IDLE] = g_param_spec_uint ("keep-alive-idle", NULL, NULL, 0, 32767, 0, flags);
  props[PROP_KEEP_ALIVE_INTERVAL] = g_param_spec_uint ("keep-alive-interval", NULL, NULL, 0, 32767, 0, flags);
  props[PROP_KEEP_ALIVE_COUNT] = g_param_spec_uint ("keep-alive-count", NULL, NULL, 0, 127, 0, flags);
  props[PROP_RECEIVE_BUFFER] = g_param_spec_uint ("receive-buffer", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_SEND_BUFFER] = g_param_spec_uint ("send-buffer", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_TTL] = g_param_spec_uint ("ttl", NULL, NULL, 0, 255, 0, flags);
  props[PROP_LINGER] = g_param_spec_int ("linger", NULL, NULL, -1, 65535, -1, flags);
  props[PROP_REUSE_ADDRESS] = g_param_spec_boolean ("reuse-address", NULL, NULL, FALSE, flags);
  props[PROP_BROADCAST] = g_param_spec_boolean ("broadcast", NULL, NULL, FALSE, flags);
  props[PROP_MULTICAST_TTL] = g_param_spec_uint ("multicast-ttl", NULL, NULL, 0, 255, 1, flags);
  props[PROP_MULTICAST_LOOPBACK] = g_param_spec_boolean ("multicast-loopback", NULL, NULL, TRUE, flags);
  props[PROP_MULTICAST_INTERFACE] = g_param_spec_uint ("multicast-interface", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_socket_options_init (TlSocketOptions *self)
{
  for (guint i = 1; i < N_PROPS; ++i)
    self->values[i] = default_of (i);
}

TlSocketOptions *
tl_socket_options_new (void)
{
  return g_object_new (TL_TYPE_SOCKET_OPTIONS, NULL);
}

char **
tl_socket_options_apply (TlSocketOptions   *self,
                         GSocket           *socket,
                         const char        *property,
                         TlSocketTraceFunc  trace,
                         gpointer           data)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free);
  const int fd = g_socket_get_fd (socket);
  const Applies kind = kind_of (socket);

  for (guint i = 0; i < G_N_ELEMENTS (options); ++i)
    {
      const Option *option = &options[i];
      const int value = self->values[option->prop];
      const char *name = props[option->prop]->name;
      g_autofree char *call = NULL;
      int result;
      int errsv;

      if (!option_applies (option, kind) || (property && !g_str_equal (property, name)))
        continue;
      if (value == default_of (option->prop) && (property == NULL || has_no_way_back (option->prop)))
        continue;
      result = set_option (fd, option, value, &call);
      errsv = result != 0 ? errno : 0;
      if (trace)
        trace (call, result, errsv, data);
      if (errsv)
        g_ptr_array_add (refused, g_strdup_printf (_("The system did not take the option “%s”. (%s)"), option->text, g_strerror (errsv)));
    }
  if (refused->len == 0)
    return NULL;
  g_ptr_array_add (refused, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&refused), FALSE);
}

TlSocketOptions *
tl_socket_options_read (GSocket *socket)
{
  TlSocketOptions *self = tl_socket_options_new ();
  const Applies kind = kind_of (socket);
  const int fd = g_socket_get_fd (socket);

  for (guint i = 0; i < G_N_ELEMENTS (options); ++i)
    {
      int value;

      /* Of the two families of a dual-stack socket, the one that it was made for comes last and stays. */
      if (option_applies (&options[i], kind) && get_option (fd, &options[i], &value))
        self->values[options[i].prop] = value;
    }
  return self;
}

GVariant *
tl_socket_options_serialize (TlSocketOptions *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  for (guint i = 1; i < N_PROPS; ++i)
    {
      if (self->values[i] != default_of (i))
        g_variant_dict_insert (&dict, props[i]->name, "i", self->values[i]);
    }
  return g_variant_dict_end (&dict);
}

/**
 * tl_socket_options_restore:
 *
 * Takes what it knows and what is in range; the rest keeps its default.
 */
void
tl_socket_options_restore (TlSocketOptions *self,
                           GVariant        *variant)
{
  g_autoptr (GVariantDict) dict = NULL;

  g_return_if_fail (g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT));
  dict = g_variant_dict_new (variant);
  for (guint i = 1; i < N_PROPS; ++i)
    {
      g_auto (GValue) value = G_VALUE_INIT;
      int number = default_of (i);

      g_variant_dict_lookup (dict, props[i]->name, "i", &number);
      g_value_init (&value, props[i]->value_type);
      if (G_VALUE_HOLDS_BOOLEAN (&value))
        g_value_set_boolean (&value, number != 0);
      else if (G_VALUE_HOLDS_UINT (&value))
        g_value_set_uint (&value, MAX (number, 0));
      else
        g_value_set_int (&value, number);
      g_param_value_validate (props[i], &value);
      g_object_set_property (G_OBJECT (self), props[i]->name, &value);
    }
}
