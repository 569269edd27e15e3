/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session that connects to one host and port, and comes back by itself where that is wished. */

#include "tl-tcp-client.h"
#include "tl-session-private.h"
#include "tl-set-string.h"
#include "tl-tcp-calls.h"
#include "tl-tcp-client-link.h"
#include "tl-tcp-opening.h"

#include <glib/gi18n-lib.h>

#define MAX_DELAY 30
/* A connection that ended sooner than this was none: the delay goes on growing. */
#define STABLE_TIME (5 * G_TIME_SPAN_SECOND)

struct _TlTcpClient
{
  TlTcpSession  parent_instance;

  char         *remote_host;
  guint         remote_port;
  guint         timeout;
  gboolean      reconnect;
  TlTlsMode     tls;

  GCancellable *opening;          /* while it opens */
  TlTcpChannel *channel;          /* the last one too, until the next */
  gint64        connected_at;     /* monotonic */
  gboolean      leaving;          /* the end is ours: no coming back */
  guint         delay;            /* of the last wait, in seconds */
  guint         retry_id;
  gint64        retry_at;
  char         *tls_fingerprint;
  char         *tls_description;
};

enum {
  PROP_0,
  PROP_REMOTE_HOST,
  PROP_REMOTE_PORT,
  PROP_TIMEOUT,
  PROP_RECONNECT,
  PROP_TLS,
  PROP_TLS_FINGERPRINT,
  PROP_TLS_DESCRIPTION,
  PROP_RETRY_AT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlTcpClient, tl_tcp_client, TL_TYPE_TCP_SESSION)

static void
set_fact (TlTcpClient *self,
          char       **fact,
          const char  *value,
          guint        prop)
{
  if (tl_set_string (fact, value))
    g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_retry_at (TlTcpClient *self,
              gint64       retry_at)
{
  if (self->retry_at == retry_at)
    return;
  self->retry_at = retry_at;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RETRY_AT]);
}

static void
stop_opening (TlTcpClient *self)
{
  g_autoptr (GCancellable) opening = g_steal_pointer (&self->opening);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  set_retry_at (self, 0);
  if (opening != NULL)
    g_cancellable_cancel (opening);
}

static void
forget_channel (TlTcpClient *self)
{
  g_autoptr (TlTcpChannel) channel = g_steal_pointer (&self->channel);

  if (channel == NULL)
    return;
  g_signal_handlers_disconnect_by_data (channel, self);
  tl_session_remove_peer (TL_SESSION (self), TL_PEER (channel));
}

/* (nullable): NULL is the system's choice. */
static TlEndpoint *
dup_local (TlTcpClient *self)
{
  TlTcpSession *session = TL_TCP_SESSION (self);

  if (*tl_tcp_session_get_local_host (session) == '\0' && tl_tcp_session_get_local_port (session) == 0)
    return NULL;
  return tl_tcp_session_dup_local (session);
}

static void connect_now (TlTcpClient *self);

static gboolean
retry_cb (gpointer user_data)
{
  TlTcpClient *self = user_data;

  self->retry_id = 0;
  set_retry_at (self, 0);
  connect_now (self);
  return G_SOURCE_REMOVE;
}

/* After a try or a connection that came to nothing. @sentence: (nullable): what was wrong. */
static void
come_back_or_end (TlTcpClient *self,
                  TlOutcome    outcome,
                  const char  *sentence)
{
  TlSession *session = TL_SESSION (self);

  tl_session_set_outcome (session, outcome);
  if (self->leaving)
    tl_session_set_state (session, TL_SESSION_CLOSED, NULL);
  else if (self->reconnect)
    {
      self->delay = self->delay == 0 ? 1 : MIN (self->delay * 2, MAX_DELAY);
      self->retry_id = g_timeout_add_seconds (self->delay, retry_cb, self);
      set_retry_at (self, g_get_monotonic_time () + self->delay * G_TIME_SPAN_SECOND);
      /* Nothing changes then, and still each try has its outcome in the log. */
      if (tl_session_get_state (session) == TL_SESSION_RECONNECTING && sentence != NULL &&
          g_strcmp0 (sentence, tl_session_get_error (session)) == 0)
        tl_message_log_append_text (tl_session_get_log (session), TL_MESSAGE_WARNING, 0, sentence);
      tl_session_set_outcome (session, TL_OUTCOME_NONE);
      tl_session_set_state (session, TL_SESSION_RECONNECTING, sentence);
      /* Unless a listener of the state has closed us. */
      if (self->retry_id != 0)
        tl_message_log_append_printf (tl_session_get_log (session), TL_MESSAGE_EVENT, 0,
                                      ngettext ("Connecting again in %u second.", "Connecting again in %u seconds.", self->delay),
                                      self->delay);
    }
  else
    tl_session_set_state (session, sentence != NULL ? TL_SESSION_FAILED : TL_SESSION_CLOSED, sentence);
}

static void
ended_cb (TlTcpChannel *channel,
          TlPeerState   state,
          const char   *sentence,
          TlTcpClient  *self)
{
  TlOutcome outcome = TL_OUTCOME_NONE;

  if (g_get_monotonic_time () - self->connected_at >= STABLE_TIME)
    self->delay = 0;
  if (self->leaving)
    outcome = TL_OUTCOME_DISCONNECTED;
  else if (state == TL_PEER_RESET)
    outcome = TL_OUTCOME_RESET;
  else if (sentence == NULL)
    outcome = TL_OUTCOME_CLOSED_BY_PEER;
  come_back_or_end (self, outcome, sentence);
}

static void
peer_state_cb (TlTcpClient *self,
               GParamSpec  *pspec,
               TlPeer      *peer)
{
  if (peer != (TlPeer *) self->channel || tl_peer_get_state (peer) != TL_PEER_HALF_CLOSED_REMOTE ||
      tl_session_get_state (TL_SESSION (self)) != TL_SESSION_OPEN)
    return;
  tl_session_set_outcome (TL_SESSION (self), TL_OUTCOME_HALF_CLOSED_BY_PEER);
  tl_session_set_state (TL_SESSION (self), TL_SESSION_OPEN, NULL);
}

static void
take_connection (TlTcpClient *self,
                 TlTcpOpened *opened)
{
  TlSession *session = TL_SESSION (self);
  g_autoptr (TlTcpChannel) hold = NULL;

  forget_channel (self);
  self->channel = tl_tcp_session_new_channel (TL_TCP_SESSION (self), opened->stream, opened->socket, opened->address);
  hold = g_object_ref (self->channel);
  self->connected_at = g_get_monotonic_time ();
  g_signal_connect_object (hold, "ended", G_CALLBACK (ended_cb), self, 0);
  g_signal_connect_object (hold, "notify::state", G_CALLBACK (peer_state_cb), self, G_CONNECT_SWAPPED);
  set_fact (self, &self->tls_fingerprint, opened->fingerprint, PROP_TLS_FINGERPRINT);
  set_fact (self, &self->tls_description, opened->description, PROP_TLS_DESCRIPTION);
  tl_tcp_session_set_bound (TL_TCP_SESSION (self), opened->socket);
  tl_session_add_peer (session, TL_PEER (hold));
  tl_session_set_state (session, TL_SESSION_OPEN, NULL);
  if (!tl_tcp_channel_has_ended (hold))
    tl_tcp_channel_start (hold);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  TlTcpClient *self = TL_TCP_CLIENT (source);
  g_autoptr (GCancellable) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TlTcpOpened) opened = tl_tcp_opening_finish (result, &error);

  /* Closed by us meanwhile. */
  if (self->opening != opening && opened != NULL)
    tl_tcp_call_close (TL_SESSION (self), NULL, opened->socket, FALSE);
  if (self->opening != opening)
    return;
  g_clear_object (&self->opening);
  if (opened != NULL)
    take_connection (self, opened);
  else if (g_error_matches (error, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS))
    /* What was asked for is wrong: no try will be better. */
    tl_session_set_state (TL_SESSION (self), TL_SESSION_FAILED, error->message);
  else
    come_back_or_end (self, tl_outcome_of_error (error), error->message);
}

static void
connect_now (TlTcpClient *self)
{
  TlSession *session = TL_SESSION (self);
  g_autoptr (TlEndpoint) remote = tl_endpoint_new (self->remote_host, (guint16) self->remote_port);
  g_autoptr (TlEndpoint) local = dup_local (self);

  self->opening = g_cancellable_new ();
  if (tl_session_get_state (session) != TL_SESSION_RECONNECTING)
    tl_session_set_state (session, TL_SESSION_OPENING, NULL);
  tl_tcp_opening_async (session, remote, local, self->tls, self->timeout, self->opening, opened_cb, g_object_ref (self->opening));
}

static void
tl_tcp_client_open (TlSession *session)
{
  TlTcpClient *self = TL_TCP_CLIENT (session);

  self->leaving = FALSE;
  self->delay = 0;
  stop_opening (self);
  forget_channel (self);
  set_fact (self, &self->tls_fingerprint, NULL, PROP_TLS_FINGERPRINT);
  set_fact (self, &self->tls_description, NULL, PROP_TLS_DESCRIPTION);
  connect_now (self);
}

/* The second time without waiting for the other side. */
static void
tl_tcp_client_close (TlSession *session)
{
  TlTcpClient *self = TL_TCP_CLIENT (session);

  self->leaving = TRUE;
  stop_opening (self);
  if (self->channel == NULL || tl_tcp_channel_has_ended (self->channel))
    tl_session_set_state (session, TL_SESSION_CLOSED, NULL);
  else if (tl_session_get_state (session) == TL_SESSION_CLOSING)
    tl_tcp_channel_close_now (self->channel);
  else
    {
      tl_session_set_state (session, TL_SESSION_CLOSING, NULL);
      tl_tcp_channel_disconnect (self->channel, TL_DISCONNECT_GRACEFUL, NULL);
    }
}

static gboolean
tl_tcp_client_disconnect (TlSession        *session,
                          TlPeer           *peer,
                          TlDisconnectKind  kind,
                          GError          **error)
{
  TlTcpClient *self = TL_TCP_CLIENT (session);

  self->leaving = TRUE;
  if (kind == TL_DISCONNECT_GRACEFUL && !tl_tcp_channel_has_ended (TL_TCP_CHANNEL (peer)))
    tl_session_set_state (session, TL_SESSION_CLOSING, NULL);
  return TL_SESSION_CLASS (tl_tcp_client_parent_class)->disconnect (session, peer, kind, error);
}

static GSocket *
tl_tcp_client_get_socket (TlSession *session,
                          TlPeer    *peer)
{
  TlTcpClient *self = TL_TCP_CLIENT (session);

  return self->channel != NULL ? tl_tcp_channel_get_socket (self->channel) : NULL;
}

static void
tl_tcp_client_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlTcpClient *self = TL_TCP_CLIENT (object);

  switch (id)
    {
    case PROP_REMOTE_HOST:
      g_value_set_string (value, self->remote_host);
      break;
    case PROP_REMOTE_PORT:
      g_value_set_uint (value, self->remote_port);
      break;
    case PROP_TIMEOUT:
      g_value_set_uint (value, self->timeout);
      break;
    case PROP_RECONNECT:
      g_value_set_boolean (value, self->reconnect);
      break;
    case PROP_TLS:
      g_value_set_enum (value, self->tls);
      break;
    case PROP_TLS_FINGERPRINT:
      g_value_set_string (value, self->tls_fingerprint);
      break;
    case PROP_TLS_DESCRIPTION:
      g_value_set_string (value, self->tls_description);
      break;
    case PROP_RETRY_AT:
      g_value_set_int64 (value, self->retry_at);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_tcp_client_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlTcpClient *self = TL_TCP_CLIENT (object);

  if (tl_tcp_session_has_value (TL_TCP_SESSION (self), pspec, value))
    return;
  switch (id)
    {
    case PROP_REMOTE_HOST:
      tl_set_string (&self->remote_host, g_value_get_string (value) ? g_value_get_string (value) : "");
      break;
    case PROP_REMOTE_PORT:
      self->remote_port = g_value_get_uint (value);
      break;
    case PROP_TIMEOUT:
      self->timeout = g_value_get_uint (value);
      break;
    case PROP_RECONNECT:
      self->reconnect = g_value_get_boolean (value);
      break;
    case PROP_TLS:
      self->tls = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  g_object_notify_by_pspec (object, pspec);
  if (id == PROP_REMOTE_HOST || id == PROP_REMOTE_PORT)
    tl_session_notify_title (TL_SESSION (self));
}

static void
tl_tcp_client_dispose (GObject *object)
{
  TlTcpClient *self = TL_TCP_CLIENT (object);

  stop_opening (self);
  g_clear_object (&self->channel);
  G_OBJECT_CLASS (tl_tcp_client_parent_class)->dispose (object);
}

static void
tl_tcp_client_finalize (GObject *object)
{
  TlTcpClient *self = TL_TCP_CLIENT (object);

  g_free (self->remote_host);
  g_free (self->tls_fingerprint);
  g_free (self->tls_description);
  G_OBJECT_CLASS (tl_tcp_client_parent_class)->finalize (object);
}

static void
tl_tcp_client_class_init (TlTcpClientClass *klass)
{
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  TlSessionClass *session_class = TL_SESSION_CLASS (klass);

  object_class->get_property = tl_tcp_client_get_property;
  object_class->set_property = tl_tcp_client_set_property;
  object_class->dispose = tl_tcp_client_dispose;
  object_class->finalize = tl_tcp_client_finalize;

  session_class->open = tl_tcp_client_open;
  session_class->close = tl_tcp_client_close;
  session_class->disconnect = tl_tcp_client_disconnect;
  session_class->dup_link = tl_tcp_client_make_link;
  session_class->dup_title = tl_tcp_client_make_title;
  session_class->get_socket = tl_tcp_client_get_socket;
  session_class->state_label = tl_client_state_label;

  props[PROP_REMOTE_HOST] = g_param_spec_string ("remote-host", NULL, NULL, "", rw);
  props[PROP_REMOTE_PORT] = g_param_spec_uint ("remote-port", NULL, NULL, 0, G_MAXUINT16, 0, rw);
  props[PROP_TIMEOUT] = g_param_spec_uint ("timeout", NULL, NULL, 1, 600, TL_TCP_CLIENT_TIMEOUT, rw);
  props[PROP_RECONNECT] = g_param_spec_boolean ("reconnect", NULL, NULL, FALSE, rw);
  props[PROP_TLS] = g_param_spec_enum ("tls", NULL, NULL, TL_TYPE_TLS_MODE, TL_TLS_OFF, rw);
  props[PROP_TLS_FINGERPRINT] = g_param_spec_string ("tls-fingerprint", NULL, NULL, NULL, ro);
  props[PROP_TLS_DESCRIPTION] = g_param_spec_string ("tls-description", NULL, NULL, NULL, ro);
  props[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, ro);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_tcp_client_init (TlTcpClient *self)
{
  self->remote_host = g_strdup ("");
  self->timeout = TL_TCP_CLIENT_TIMEOUT;
}

TlTcpClient *
tl_tcp_client_new (const char *remote_host,
                   guint16     remote_port)
{
  return g_object_new (TL_TYPE_TCP_CLIENT, "remote-host", remote_host, "remote-port", (guint) remote_port, NULL);
}
