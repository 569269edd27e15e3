/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all sessions share: the state, the log, the counters and rates, the list of peers, and telling views of them at a bounded rate. */

#include "tl-session-internal.h"

#define FAST_TICK_MS 100
#define SLOW_TICK_MS 1000

enum {
  PROP_STATE = 1,
  PROP_LOG,
  PROP_PEERS,
  PROP_TITLE,
  PROP_ERROR,
  PROP_LOCAL_ENDPOINT,
  PROP_N_QUEUED,
  PROP_AUTO_REPLY,
  PROP_OPTIONS,
  PROP_FRAMING,
  PROP_PRIVATE,
  N_PROPS,
};

enum {
  TICK,
  DRAINED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_QUARK (tl-session-error-quark, tl_session_error)

G_DEFINE_ENUM_TYPE (TlSessionState, tl_session_state,
                    G_DEFINE_ENUM_VALUE (TL_SESSION_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (TL_SESSION_OPENING, "opening"),
                    G_DEFINE_ENUM_VALUE (TL_SESSION_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (TL_SESSION_CLOSING, "closing"),
                    G_DEFINE_ENUM_VALUE (TL_SESSION_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (TL_SESSION_RECONNECTING, "reconnecting"))

G_DEFINE_ENUM_TYPE (TlDisconnectKind, tl_disconnect_kind,
                    G_DEFINE_ENUM_VALUE (TL_DISCONNECT_GRACEFUL, "graceful"),
                    G_DEFINE_ENUM_VALUE (TL_DISCONNECT_HALF_CLOSE, "half-close"),
                    G_DEFINE_ENUM_VALUE (TL_DISCONNECT_RESET, "reset"))

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TlSession, tl_session, G_TYPE_OBJECT)

TlSessionPrivate *
tl_session_priv (TlSession *self)
{
  return tl_session_get_instance_private (self);
}

void
tl_session_count_queued (TlSession *self,
                         TlPeer    *peer)
{
  const gint64 change = tl_peer_take_queued_change (peer);

  if (change == 0)
    return;
  tl_session_priv (self)->queued += change;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_QUEUED]);
}

static void
tick_changed_peers (TlSession *self)
{
  TlSessionPrivate *priv = tl_session_priv (self);
  g_autoptr (GPtrArray) changed = g_steal_pointer (&priv->changed_peers);

  priv->changed_peers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < changed->len; ++i)
    {
      tl_session_count_queued (self, changed->pdata[i]);
      tl_peer_tick (changed->pdata[i]);
    }
}

static void
arm_tick (TlSession *self,
          gboolean   slow);

static gboolean
tick_cb (gpointer data)
{
  g_autoptr (TlSession) self = g_object_ref (data);
  TlSessionPrivate *priv = tl_session_priv (self);
  const gint64 now = g_get_monotonic_time ();
  const gboolean touched = priv->touched;

  priv->tick = 0;
  priv->touched = FALSE;
  tick_changed_peers (self);
  tl_session_rates_advance (&priv->rates, now);
  g_signal_emit (self, signals[TICK], 0);

  /* The rate has to be seen falling to nought, and the graph to run out; then there is no timer. */
  if (priv->tick == 0 && (touched || !tl_session_rates_quiet (&priv->rates, now)))
    arm_tick (self, FALSE);
  else if (priv->tick == 0 && !tl_session_rates_flat (&priv->rates))
    arm_tick (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
arm_tick (TlSession *self,
          gboolean   slow)
{
  TlSessionPrivate *priv = tl_session_priv (self);

  if (priv->tick && (slow || !priv->tick_is_slow))
    return;
  g_clear_handle_id (&priv->tick, g_source_remove);
  priv->tick_is_slow = slow;
  priv->tick = g_timeout_add (slow ? SLOW_TICK_MS : FAST_TICK_MS, tick_cb, self);
}

void
tl_session_peer_changed_cb (TlPeer  *peer,
                            gpointer data)
{
  TlSession *self = data;

  g_ptr_array_add (tl_session_priv (self)->changed_peers, g_object_ref (peer));
  tl_session_touch (self);
}

/* An option that is changed while the session is open takes effect at once. */
static void
option_changed_cb (TlSocketOptions *options,
                   GParamSpec      *pspec,
                   TlSession       *self)
{
  TlSessionPrivate *priv = tl_session_priv (self);
  g_autoptr (GPtrArray) peers = NULL;

  if (priv->state != TL_SESSION_OPEN)
    return;
  tl_session_apply_option (self, NULL, pspec->name);
  if (TL_SESSION_GET_CLASS (self)->is_datagram)
    return;
  peers = tl_session_snapshot_peers (self);
  for (guint i = 0; i < peers->len; ++i)
    tl_session_apply_option (self, peers->pdata[i], pspec->name);
}

static void
set_options (TlSession       *self,
             TlSocketOptions *options)
{
  TlSessionPrivate *priv = tl_session_priv (self);

  if (options == NULL || options == priv->options)
    return;
  if (priv->options)
    g_signal_handlers_disconnect_by_func (priv->options, option_changed_cb, self);
  g_set_object (&priv->options, options);
  g_signal_connect_object (options, "notify", G_CALLBACK (option_changed_cb), self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OPTIONS]);
}

static void
set_auto_reply (TlSession   *self,
                TlAutoReply *auto_reply)
{
  TlSessionPrivate *priv = tl_session_priv (self);

  if (auto_reply == NULL || !g_set_object (&priv->auto_reply, auto_reply))
    return;
  tl_session_replies_reset (priv->replies);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AUTO_REPLY]);
}

static void
tl_session_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TlSession *self = TL_SESSION (object);
  TlSessionPrivate *priv = tl_session_priv (self);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, priv->state);
      break;
    case PROP_LOG:
      g_value_set_object (value, priv->log);
      break;
    case PROP_PEERS:
      g_value_set_object (value, priv->peers);
      break;
    case PROP_TITLE:
      g_value_take_string (value, tl_session_dup_title (self));
      break;
    case PROP_ERROR:
      g_value_set_string (value, priv->error);
      break;
    case PROP_LOCAL_ENDPOINT:
      g_value_set_string (value, priv->local_endpoint);
      break;
    case PROP_N_QUEUED:
      g_value_set_uint64 (value, MAX (priv->queued, 0));
      break;
    case PROP_AUTO_REPLY:
      g_value_set_object (value, priv->auto_reply);
      break;
    case PROP_OPTIONS:
      g_value_set_object (value, priv->options);
      break;
    case PROP_FRAMING:
      g_value_set_boxed (value, priv->framing);
      break;
    case PROP_PRIVATE:
      g_value_set_boolean (value, priv->is_private);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_session_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  TlSession *self = TL_SESSION (object);

  switch (id)
    {
    case PROP_AUTO_REPLY:
      set_auto_reply (self, g_value_get_object (value));
      break;
    case PROP_OPTIONS:
      set_options (self, g_value_get_object (value));
      break;
    case PROP_FRAMING:
      if (g_value_get_boxed (value))
        tl_session_set_framing (self, g_value_get_boxed (value));
      break;
    case PROP_PRIVATE:
      tl_session_set_private (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_session_dispose (GObject *object)
{
  TlSession *self = TL_SESSION (object);
  TlSessionPrivate *priv = tl_session_priv (self);
  g_autoptr (GPtrArray) peers = tl_session_snapshot_peers (self);

  tl_session_replies_reset (priv->replies);
  /* A view may keep a peer for longer than the session lives. */
  for (guint i = 0; i < peers->len; ++i)
    tl_peer_set_watch (peers->pdata[i], NULL, NULL);
  g_ptr_array_set_size (priv->changed_peers, 0);
  g_clear_handle_id (&priv->tick, g_source_remove);
  G_OBJECT_CLASS (tl_session_parent_class)->dispose (object);
}

static void
tl_session_finalize (GObject *object)
{
  TlSessionPrivate *priv = tl_session_priv (TL_SESSION (object));

  g_clear_handle_id (&priv->tick, g_source_remove);
  g_clear_pointer (&priv->replies, tl_session_replies_free);
  g_clear_pointer (&priv->changed_peers, g_ptr_array_unref);
  g_clear_object (&priv->peers);
  g_clear_object (&priv->log);
  g_clear_object (&priv->auto_reply);
  g_clear_object (&priv->options);
  g_clear_pointer (&priv->framing, tl_framing_free);
  g_clear_pointer (&priv->error, g_free);
  g_clear_pointer (&priv->local_endpoint, g_free);
  g_clear_pointer (&priv->last_local_endpoint, g_free);
  G_OBJECT_CLASS (tl_session_parent_class)->finalize (object);
}

static void
tl_session_class_init (TlSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags reads = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writes = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_session_get_property;
  object_class->set_property = tl_session_set_property;
  object_class->dispose = tl_session_dispose;
  object_class->finalize = tl_session_finalize;
  klass->state_label = tl_udp_state_label;

  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TL_TYPE_SESSION_STATE, TL_SESSION_CLOSED, reads);
  props[PROP_LOG] = g_param_spec_object ("log", NULL, NULL, TL_TYPE_MESSAGE_LOG, reads);
  props[PROP_PEERS] = g_param_spec_object ("peers", NULL, NULL, G_TYPE_LIST_MODEL, reads);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, reads);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, reads);
  props[PROP_LOCAL_ENDPOINT] = g_param_spec_string ("local-endpoint", NULL, NULL, NULL, reads);
  props[PROP_N_QUEUED] = g_param_spec_uint64 ("n-queued", NULL, NULL, 0, G_MAXUINT64, 0, reads);
  props[PROP_AUTO_REPLY] = g_param_spec_object ("auto-reply", NULL, NULL, TL_TYPE_AUTO_REPLY, writes);
  props[PROP_OPTIONS] = g_param_spec_object ("options", NULL, NULL, TL_TYPE_SOCKET_OPTIONS, writes);
  props[PROP_FRAMING] = g_param_spec_boxed ("framing", NULL, NULL, TL_TYPE_FRAMING, writes);
  props[PROP_PRIVATE] = g_param_spec_boolean ("private", NULL, NULL, FALSE, writes);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[TICK] = g_signal_new ("tick", TL_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DRAINED] = g_signal_new ("drained", TL_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, TL_TYPE_PEER);
}

static void
tl_session_init (TlSession *self)
{
  TlSessionPrivate *priv = tl_session_priv (self);
  g_autoptr (TlSocketOptions) session_options = tl_socket_options_new ();

  priv->log = tl_message_log_new ();
  priv->peers = tl_peer_list_new ();
  priv->auto_reply = tl_auto_reply_new ();
  priv->framing = tl_framing_new (TL_FRAMING_NONE);
  priv->replies = tl_session_replies_new (self);
  priv->changed_peers = g_ptr_array_new_with_free_func (g_object_unref);
  set_options (self, session_options);
}

void
tl_session_notify_state (TlSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

void
tl_session_notify_error (TlSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

void
tl_session_notify_local_endpoint (TlSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOCAL_ENDPOINT]);
  tl_session_notify_title (self);
}

void
tl_session_notify_title (TlSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

void
tl_session_set_framing (TlSession       *self,
                        const TlFraming *framing)
{
  TlSessionPrivate *priv;

  g_return_if_fail (TL_IS_SESSION (self));
  g_return_if_fail (framing != NULL);
  priv = tl_session_priv (self);
  if (tl_framing_equal (priv->framing, framing))
    return;
  tl_framing_free (priv->framing);
  priv->framing = tl_framing_copy (framing);
  tl_session_replies_reset (priv->replies);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRAMING]);
}

gboolean
tl_session_get_private (TlSession *self)
{
  g_return_val_if_fail (TL_IS_SESSION (self), FALSE);
  return tl_session_priv (self)->is_private;
}

void
tl_session_set_private (TlSession *self,
                        gboolean   is_private)
{
  TlSessionPrivate *priv;

  g_return_if_fail (TL_IS_SESSION (self));
  priv = tl_session_priv (self);
  is_private = is_private != FALSE;
  if (priv->is_private == is_private)
    return;
  priv->is_private = is_private;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PRIVATE]);
}

void
tl_session_touch (TlSession *self)
{
  g_return_if_fail (TL_IS_SESSION (self));
  tl_session_priv (self)->touched = TRUE;
  arm_tick (self, FALSE);
}
