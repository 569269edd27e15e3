/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session that listens and talks to all that come, and goes on whatever one of them does. */

#include "tl-tcp-server.h"
#include "tl-session-private.h"
#include "tl-tcp-calls.h"
#include "tl-tcp-closing.h"
#include "tl-tcp-error.h"
#include "tl-tcp-listener.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_BACKLOG 1024

struct _TlTcpServer
{
  TlTcpSession   parent_instance;

  gboolean       dual_stack;
  guint          backlog;
  guint          max_clients;
  gboolean       keep_ended;

  TlTcpListener *listener;
  GCancellable  *lookup;        /* while the local host is looked up */
  GHashTable    *clients;       /* set of TlTcpChannel that are connected */
  TlTcpClosing  *closing;       /* while the clients are being let go */
  GQueue         ended;         /* of TlTcpChannel whose rows stay, oldest first */
  guint          turned_away;   /* since the log told of it */
  guint          turned_away_id;
};

enum {
  PROP_0,
  PROP_DUAL_STACK,
  PROP_BACKLOG,
  PROP_MAX_CLIENTS,
  PROP_KEEP_ENDED,
  PROP_N_CLIENTS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlTcpServer, tl_tcp_server, TL_TYPE_TCP_SESSION)

static void
stop_listening (TlTcpServer *self)
{
  if (self->lookup != NULL)
    g_cancellable_cancel (self->lookup);
  g_clear_object (&self->lookup);
  g_clear_pointer (&self->listener, tl_tcp_listener_free);
}

static void
forget_ended (TlTcpServer *self,
              guint        keep)
{
  while (self->ended.length > keep)
    {
      g_autoptr (TlTcpChannel) oldest = g_queue_pop_head (&self->ended);

      tl_session_remove_peer (TL_SESSION (self), TL_PEER (oldest));
    }
}

static void
ended_cb (TlTcpChannel *channel,
          TlPeerState   state,
          const char   *sentence,
          TlTcpServer  *self)
{
  if (!g_hash_table_steal (self->clients, channel))
    return;
  if (self->keep_ended)
    {
      g_queue_push_tail (&self->ended, channel);
      forget_ended (self, TL_TCP_SERVER_KEPT_ENDED);
    }
  else
    {
      tl_session_remove_peer (TL_SESSION (self), TL_PEER (channel));
      g_object_unref (channel);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_CLIENTS]);
  if (tl_session_get_state (TL_SESSION (self)) == TL_SESSION_CLOSING && g_hash_table_size (self->clients) == 0)
    {
      g_clear_pointer (&self->closing, tl_tcp_closing_free);
      tl_session_set_state (TL_SESSION (self), TL_SESSION_CLOSED, NULL);
    }
}

static gboolean
turned_away_cb (gpointer user_data)
{
  TlTcpServer *self = user_data;
  g_autofree char *text = NULL;

  if (self->turned_away == 0)
    {
      self->turned_away_id = 0;
      return G_SOURCE_REMOVE;
    }
  text = g_strdup_printf (ngettext ("%u client was turned away: no more than %u are taken at a time.",
                                    "%u clients were turned away: no more than %u are taken at a time.", self->turned_away),
                          self->turned_away, self->max_clients);
  tl_message_log_append_text (tl_session_get_log (TL_SESSION (self)), TL_MESSAGE_WARNING, 0, text);
  self->turned_away = 0;
  return G_SOURCE_CONTINUE;
}

/* The first is told at once, what follows once a second. */
static void
turn_away (TlTcpServer *self,
           GSocket     *socket)
{
  tl_tcp_call_close (TL_SESSION (self), NULL, socket, FALSE);
  self->turned_away++;
  if (self->turned_away_id != 0)
    return;
  self->turned_away_id = g_timeout_add_seconds (1, turned_away_cb, self);
  turned_away_cb (self);
}

static void
accepted (gpointer    owner,
          GSocket    *socket,
          TlEndpoint *remote)
{
  TlTcpServer *self = owner;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (TlTcpChannel) channel = NULL;

  if (g_hash_table_size (self->clients) >= self->max_clients)
    {
      turn_away (self, socket);
      return;
    }
  connection = g_socket_connection_factory_create_connection (socket);
  channel = tl_tcp_session_new_channel (TL_TCP_SESSION (self), G_IO_STREAM (connection), socket, remote);
  g_signal_connect_object (channel, "ended", G_CALLBACK (ended_cb), self, 0);
  g_hash_table_add (self->clients, g_object_ref (channel));
  tl_message_log_append_text (tl_session_get_log (TL_SESSION (self)), TL_MESSAGE_EVENT, tl_peer_get_log_id (TL_PEER (channel)),
                              _("The client has connected."));
  tl_session_add_peer (TL_SESSION (self), TL_PEER (channel));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_CLIENTS]);
  if (!tl_tcp_channel_has_ended (channel))
    tl_tcp_channel_start (channel);
}

static void
listen_at (TlTcpServer    *self,
           GSocketAddress *address)
{
  self->listener = tl_tcp_listener_open (TL_SESSION (self), address,
                                         &(TlTcpListenerOptions) { .dual_stack = self->dual_stack,
                                                                   .backlog = (int) self->backlog },
                                         accepted);
  if (self->listener == NULL)
    return;
  tl_tcp_session_set_bound (TL_TCP_SESSION (self), tl_tcp_listener_get_socket (self->listener));
  tl_session_set_state (TL_SESSION (self), TL_SESSION_OPEN, NULL);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TlTcpServer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (TlEndpoint) endpoint = tl_tcp_session_dup_local (TL_TCP_SESSION (self));
  GList *found = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->lookup);
  if (found == NULL)
    {
      g_autofree char *sentence = tl_tcp_connect_sentence (error, endpoint);

      tl_session_set_state (TL_SESSION (self), TL_SESSION_FAILED, sentence);
      return;
    }
  address = g_inet_socket_address_new (found->data, tl_tcp_session_get_local_port (TL_TCP_SESSION (self)));
  g_resolver_free_addresses (found);
  listen_at (self, address);
}

static void
tl_tcp_server_open (TlSession *session)
{
  TlTcpServer *self = TL_TCP_SERVER (session);
  g_autoptr (TlEndpoint) endpoint = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GResolver) resolver = NULL;
  const char *host = tl_tcp_session_get_local_host (TL_TCP_SESSION (self));

  forget_ended (self, 0);
  if (*host == '\0')
    host = self->dual_stack ? "::" : "0.0.0.0";
  endpoint = tl_endpoint_new (host, tl_tcp_session_get_local_port (TL_TCP_SESSION (self)));
  address = tl_endpoint_to_address (endpoint);
  tl_session_set_state (session, TL_SESSION_OPENING, NULL);
  if (address != NULL)
    {
      listen_at (self, address);
      return;
    }
  resolver = g_resolver_get_default ();
  self->lookup = g_cancellable_new ();
  g_resolver_lookup_by_name_async (resolver, host, self->lookup, looked_up_cb, g_object_ref (self));
}

/* In order the first time; the second time without waiting for anybody. */
static void
tl_tcp_server_close (TlSession *session)
{
  TlTcpServer *self = TL_TCP_SERVER (session);
  gboolean again = tl_session_get_state (session) == TL_SESSION_CLOSING;

  stop_listening (self);
  if (!again)
    tl_session_set_state (session, TL_SESSION_CLOSING, NULL);
  if (g_hash_table_size (self->clients) == 0)
    tl_session_set_state (session, TL_SESSION_CLOSED, NULL);
  else if (self->closing == NULL)
    {
      self->closing = tl_tcp_closing_new (self->clients);
      tl_tcp_closing_begin (self->closing);
    }
  else if (again)
    tl_tcp_closing_hurry (self->closing);
}

static GSocket *
tl_tcp_server_get_socket (TlSession *session,
                          TlPeer    *peer)
{
  TlTcpServer *self = TL_TCP_SERVER (session);

  if (peer != NULL)
    return tl_tcp_channel_get_socket (TL_TCP_CHANNEL (peer));
  return self->listener != NULL ? tl_tcp_listener_get_socket (self->listener) : NULL;
}

static char *
tl_tcp_server_dup_link (TlSession *session)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autoptr (TlEndpoint) endpoint = tl_tcp_session_dup_local (TL_TCP_SESSION (session));

  tl_session_append_link_query (session, query);
  return g_strconcat ("tcp-listen://", tl_endpoint_get_text (endpoint), query->len > 0 ? "?" : "", query->str, NULL);
}

static char *
tl_tcp_server_dup_title (TlSession *session)
{
  const char *bound = tl_session_get_local_endpoint (session);
  g_autoptr (TlEndpoint) endpoint = tl_tcp_session_dup_local (TL_TCP_SESSION (session));

  return g_strdup_printf (_("TCP server %s"), bound != NULL ? bound : tl_endpoint_get_text (endpoint));
}

static void
tl_tcp_server_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlTcpServer *self = TL_TCP_SERVER (object);

  switch (id)
    {
    case PROP_DUAL_STACK:
      g_value_set_boolean (value, self->dual_stack);
      break;
    case PROP_BACKLOG:
      g_value_set_uint (value, self->backlog);
      break;
    case PROP_MAX_CLIENTS:
      g_value_set_uint (value, self->max_clients);
      break;
    case PROP_KEEP_ENDED:
      g_value_set_boolean (value, self->keep_ended);
      break;
    case PROP_N_CLIENTS:
      g_value_set_uint (value, g_hash_table_size (self->clients));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_tcp_server_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlTcpServer *self = TL_TCP_SERVER (object);

  if (tl_tcp_session_has_value (TL_TCP_SESSION (self), pspec, value))
    return;
  switch (id)
    {
    case PROP_DUAL_STACK:
      self->dual_stack = g_value_get_boolean (value);
      break;
    case PROP_BACKLOG:
      self->backlog = g_value_get_uint (value);
      break;
    case PROP_MAX_CLIENTS:
      self->max_clients = g_value_get_uint (value);
      break;
    case PROP_KEEP_ENDED:
      self->keep_ended = g_value_get_boolean (value);
      if (!self->keep_ended)
        forget_ended (self, 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
tl_tcp_server_dispose (GObject *object)
{
  TlTcpServer *self = TL_TCP_SERVER (object);

  stop_listening (self);
  g_clear_handle_id (&self->turned_away_id, g_source_remove);
  g_clear_pointer (&self->closing, tl_tcp_closing_free);
  g_hash_table_remove_all (self->clients);
  g_queue_clear_full (&self->ended, g_object_unref);
  G_OBJECT_CLASS (tl_tcp_server_parent_class)->dispose (object);
}

static void
tl_tcp_server_finalize (GObject *object)
{
  TlTcpServer *self = TL_TCP_SERVER (object);

  g_hash_table_unref (self->clients);
  G_OBJECT_CLASS (tl_tcp_server_parent_class)->finalize (object);
}

static void
tl_tcp_server_class_init (TlTcpServerClass *klass)
{
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  TlSessionClass *session_class = TL_SESSION_CLASS (klass);

  object_class->get_property = tl_tcp_server_get_property;
  object_class->set_property = tl_tcp_server_set_property;
  object_class->dispose = tl_tcp_server_dispose;
  object_class->finalize = tl_tcp_server_finalize;

  session_class->open = tl_tcp_server_open;
  session_class->close = tl_tcp_server_close;
  session_class->dup_link = tl_tcp_server_dup_link;
  session_class->dup_title = tl_tcp_server_dup_title;
  session_class->get_socket = tl_tcp_server_get_socket;
  session_class->state_label = tl_server_state_label;

  props[PROP_DUAL_STACK] = g_param_spec_boolean ("dual-stack", NULL, NULL, TRUE, rw);
  props[PROP_BACKLOG] = g_param_spec_uint ("backlog", NULL, NULL, 0, G_MAXINT, DEFAULT_BACKLOG, rw);
  props[PROP_MAX_CLIENTS] = g_param_spec_uint ("max-clients", NULL, NULL, 1, G_MAXUINT, TL_TCP_SERVER_DEFAULT_MAX_CLIENTS, rw);
  props[PROP_KEEP_ENDED] = g_param_spec_boolean ("keep-ended", NULL, NULL, FALSE, rw);
  props[PROP_N_CLIENTS] = g_param_spec_uint ("n-clients", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_tcp_server_init (TlTcpServer *self)
{
  self->dual_stack = TRUE;
  self->backlog = DEFAULT_BACKLOG;
  self->max_clients = TL_TCP_SERVER_DEFAULT_MAX_CLIENTS;
  self->clients = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  g_queue_init (&self->ended);
  /* A server that is started again must not wait for the connections of its last run. */
  g_object_set (tl_session_get_options (TL_SESSION (self)), "reuse-address", TRUE, NULL);
}

TlTcpServer *
tl_tcp_server_new (const char *local_host,
                   guint16     local_port)
{
  return g_object_new (TL_TYPE_TCP_SERVER, "local-host", local_host, "local-port", (guint) local_port, NULL);
}

guint
tl_tcp_server_get_n_clients (TlTcpServer *self)
{
  return g_hash_table_size (self->clients);
}
