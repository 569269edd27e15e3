/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session whose peers are TCP channels. */

#include "tl-tcp-session.h"

#include "tl-session-private.h"
#include "tl-set-string.h"
#include "tl-tcp-calls.h"

typedef struct {
  char    *local_host;
  guint    local_port;
  gboolean close_on_eof;
} TlTcpSessionPrivate;

enum {
  PROP_0,
  PROP_LOCAL_HOST,
  PROP_LOCAL_PORT,
  PROP_CLOSE_ON_EOF,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TlTcpSession, tl_tcp_session, TL_TYPE_SESSION)

static TlTcpSessionPrivate *
get_priv (TlTcpSession *self)
{
  return tl_tcp_session_get_instance_private (self);
}

static gboolean
tl_tcp_session_send (TlSession *session,
                     TlPeer    *peer,
                     GBytes    *bytes,
                     GError   **error)
{
  return tl_tcp_channel_send (TL_TCP_CHANNEL (peer), bytes, error);
}

static gboolean
tl_tcp_session_disconnect (TlSession        *session,
                           TlPeer           *peer,
                           TlDisconnectKind  kind,
                           GError          **error)
{
  return tl_tcp_channel_disconnect (TL_TCP_CHANNEL (peer), kind, error);
}

static void
set_close_on_eof (TlTcpSession *self,
                  gboolean      close_on_eof)
{
  g_autoptr (GPtrArray) channels = tl_session_snapshot_peers (TL_SESSION (self));

  get_priv (self)->close_on_eof = close_on_eof;
  for (guint i = 0; i < channels->len; i++)
    tl_tcp_channel_set_close_on_eof (channels->pdata[i], close_on_eof);
}

static void
tl_tcp_session_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlTcpSessionPrivate *priv = get_priv (TL_TCP_SESSION (object));

  switch (id)
    {
    case PROP_LOCAL_HOST:
      g_value_set_string (value, priv->local_host);
      break;
    case PROP_LOCAL_PORT:
      g_value_set_uint (value, priv->local_port);
      break;
    case PROP_CLOSE_ON_EOF:
      g_value_set_boolean (value, priv->close_on_eof);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_tcp_session_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TlTcpSession *self = TL_TCP_SESSION (object);

  if (tl_tcp_session_has_value (self, pspec, value))
    return;
  switch (id)
    {
    case PROP_LOCAL_HOST:
      tl_set_string (&get_priv (self)->local_host, g_value_get_string (value) != NULL ? g_value_get_string (value) : "");
      break;
    case PROP_LOCAL_PORT:
      get_priv (self)->local_port = g_value_get_uint (value);
      break;
    case PROP_CLOSE_ON_EOF:
      set_close_on_eof (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  g_object_notify_by_pspec (object, pspec);
  /* That of a server has them. */
  if (id != PROP_CLOSE_ON_EOF)
    tl_session_notify_title (TL_SESSION (self));
}

static void
tl_tcp_session_finalize (GObject *object)
{
  g_free (get_priv (TL_TCP_SESSION (object))->local_host);
  G_OBJECT_CLASS (tl_tcp_session_parent_class)->finalize (object);
}

static void
tl_tcp_session_class_init (TlTcpSessionClass *klass)
{
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  TlSessionClass *session_class = TL_SESSION_CLASS (klass);

  object_class->get_property = tl_tcp_session_get_property;
  object_class->set_property = tl_tcp_session_set_property;
  object_class->finalize = tl_tcp_session_finalize;

  session_class->send = tl_tcp_session_send;
  session_class->disconnect = tl_tcp_session_disconnect;

  props[PROP_LOCAL_HOST] = g_param_spec_string ("local-host", NULL, NULL, "", rw);
  props[PROP_LOCAL_PORT] = g_param_spec_uint ("local-port", NULL, NULL, 0, G_MAXUINT16, 0, rw);
  props[PROP_CLOSE_ON_EOF] = g_param_spec_boolean ("close-on-eof", NULL, NULL, TRUE, rw);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_tcp_session_init (TlTcpSession *self)
{
  TlTcpSessionPrivate *priv = get_priv (self);

  priv->local_host = g_strdup ("");
  priv->close_on_eof = TRUE;
}

const char *
tl_tcp_session_get_local_host (TlTcpSession *self)
{
  return get_priv (self)->local_host;
}

guint16
tl_tcp_session_get_local_port (TlTcpSession *self)
{
  return (guint16) get_priv (self)->local_port;
}

TlEndpoint *
tl_tcp_session_dup_local (TlTcpSession *self)
{
  const TlTcpSessionPrivate *priv = get_priv (self);

  return tl_endpoint_new (*priv->local_host != '\0' ? priv->local_host : "0.0.0.0", (guint16) priv->local_port);
}

void
tl_tcp_session_set_bound (TlTcpSession *self,
                          GSocket      *socket)
{
  g_autoptr (TlEndpoint) local = tl_tcp_call_local (socket);

  tl_session_set_local_endpoint (TL_SESSION (self), local != NULL ? tl_endpoint_get_text (local) : NULL);
}

TlTcpChannel *
tl_tcp_session_new_channel (TlTcpSession *self,
                            GIOStream    *stream,
                            GSocket      *socket,
                            TlEndpoint   *remote)
{
  TlTcpChannel *channel = tl_tcp_channel_new (TL_SESSION (self), stream, socket, remote);

  tl_tcp_channel_set_close_on_eof (channel, get_priv (self)->close_on_eof);
  return channel;
}

gboolean
tl_tcp_session_has_value (TlTcpSession *self,
                          GParamSpec   *pspec,
                          const GValue *value)
{
  g_auto (GValue) before = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (self), pspec->name, &before);
  return g_param_values_cmp (pspec, value, &before) == 0;
}
