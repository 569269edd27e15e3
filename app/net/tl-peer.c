/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other end of a session, as a row: what counts, what changed, and telling of it no more often than the session ticks. */

#include "tl-session-private.h"
#include "tl-set-string.h"

#include <glib/gi18n-lib.h>

enum {
  PROP_NAME = 1,
  PROP_STATE,
  PROP_SINCE,
  PROP_RX_BYTES,
  PROP_TX_BYTES,
  PROP_RX_MESSAGES,
  PROP_TX_MESSAGES,
  PROP_QUEUED,
  PROP_NOTE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

typedef struct {
  TlPeerState state;
  gint64      since;
  guint64     rx_bytes;
  guint64     tx_bytes;
  guint64     rx_messages;
  guint64     tx_messages;
  guint64     queued;
  guint       note_serial;
  guint       endpoint_serial;
} Facts;

typedef struct {
  TlEndpoint     *endpoint;
  char           *note;
  Facts           facts;
  Facts           told;
  TlMessageLog   *log;          /* in which the number is held */
  guint32         log_id;
  guint64         queued_taken;
  gboolean        changed;
  TlPeerWatchFunc watch;
  gpointer        watch_data;
} TlPeerPrivate;

G_DEFINE_ENUM_TYPE (TlPeerState, tl_peer_state,
                    G_DEFINE_ENUM_VALUE (TL_PEER_KNOWN, "known"),
                    G_DEFINE_ENUM_VALUE (TL_PEER_ACTIVE, "active"),
                    G_DEFINE_ENUM_VALUE (TL_PEER_UNREACHABLE, "unreachable"),
                    G_DEFINE_ENUM_VALUE (TL_PEER_HALF_CLOSED_REMOTE, "half-closed-remote"),
                    G_DEFINE_ENUM_VALUE (TL_PEER_HALF_CLOSED_LOCAL, "half-closed-local"),
                    G_DEFINE_ENUM_VALUE (TL_PEER_CLOSING, "closing"),
                    G_DEFINE_ENUM_VALUE (TL_PEER_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (TL_PEER_RESET, "reset"))

G_DEFINE_TYPE_WITH_PRIVATE (TlPeer, tl_peer, G_TYPE_OBJECT)

static TlPeerPrivate *
priv_of (TlPeer *self)
{
  return tl_peer_get_instance_private (self);
}

static void
changed (TlPeer *self)
{
  TlPeerPrivate *priv = priv_of (self);

  if (priv->watch == NULL)
    {
      tl_peer_tick (self);
      return;
    }
  if (priv->changed)
    return;
  priv->changed = TRUE;
  priv->watch (self, priv->watch_data);
}

static void
tl_peer_get_property (GObject    *object,
                      guint       id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  TlPeer *self = TL_PEER (object);
  const Facts *facts = &priv_of (self)->facts;

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, tl_peer_get_name (self));
      break;
    case PROP_STATE:
      g_value_set_enum (value, facts->state);
      break;
    case PROP_SINCE:
      g_value_set_int64 (value, facts->since);
      break;
    case PROP_RX_BYTES:
      g_value_set_uint64 (value, facts->rx_bytes);
      break;
    case PROP_TX_BYTES:
      g_value_set_uint64 (value, facts->tx_bytes);
      break;
    case PROP_RX_MESSAGES:
      g_value_set_uint64 (value, facts->rx_messages);
      break;
    case PROP_TX_MESSAGES:
      g_value_set_uint64 (value, facts->tx_messages);
      break;
    case PROP_QUEUED:
      g_value_set_uint64 (value, facts->queued);
      break;
    case PROP_NOTE:
      g_value_set_string (value, tl_peer_get_note (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_peer_finalize (GObject *object)
{
  TlPeerPrivate *priv = priv_of (TL_PEER (object));

  if (priv->log != NULL)
    tl_message_log_release_peer (priv->log, priv->log_id);
  g_clear_object (&priv->log);
  g_clear_pointer (&priv->endpoint, tl_endpoint_unref);
  g_clear_pointer (&priv->note, g_free);
  G_OBJECT_CLASS (tl_peer_parent_class)->finalize (object);
}

static void
tl_peer_class_init (TlPeerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_peer_get_property;
  object_class->finalize = tl_peer_finalize;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TL_TYPE_PEER_STATE, TL_PEER_KNOWN, flags);
  props[PROP_SINCE] = g_param_spec_int64 ("since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_RX_BYTES] = g_param_spec_uint64 ("rx-bytes", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_TX_BYTES] = g_param_spec_uint64 ("tx-bytes", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_RX_MESSAGES] = g_param_spec_uint64 ("rx-messages", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_TX_MESSAGES] = g_param_spec_uint64 ("tx-messages", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_QUEUED] = g_param_spec_uint64 ("queued", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_peer_init (TlPeer *self)
{
  TlPeerPrivate *priv = priv_of (self);

  priv->facts.since = g_get_real_time ();
  priv->told = priv->facts;
}

/**
 * tl_peer_state_get_label:
 *
 * What the state is called, translated.
 */
const char *
tl_peer_state_get_label (TlPeerState state)
{
  switch (state)
    {
    case TL_PEER_KNOWN:
      return _("not heard yet");
    case TL_PEER_ACTIVE:
      return _("connected");
    case TL_PEER_UNREACHABLE:
      return _("unreachable");
    case TL_PEER_HALF_CLOSED_REMOTE:
      return _("half-closed by the peer");
    case TL_PEER_HALF_CLOSED_LOCAL:
      return _("half-closed by us");
    case TL_PEER_CLOSING:
      return _("disconnecting…");
    case TL_PEER_CLOSED:
      return _("disconnected");
    case TL_PEER_RESET:
      return _("reset");
    default:
      g_return_val_if_reached ("");
    }
}

TlEndpoint *
tl_peer_get_endpoint (TlPeer *self)
{
  g_return_val_if_fail (TL_IS_PEER (self), NULL);
  return priv_of (self)->endpoint;
}

const char *
tl_peer_get_name (TlPeer *self)
{
  TlPeerPrivate *priv;

  g_return_val_if_fail (TL_IS_PEER (self), NULL);
  priv = priv_of (self);
  return priv->endpoint ? tl_endpoint_get_text (priv->endpoint) : NULL;
}

TlPeerState
tl_peer_get_state (TlPeer *self)
{
  g_return_val_if_fail (TL_IS_PEER (self), TL_PEER_KNOWN);
  return priv_of (self)->facts.state;
}

gint64
tl_peer_get_since (TlPeer *self)
{
  g_return_val_if_fail (TL_IS_PEER (self), 0);
  return priv_of (self)->facts.since;
}

guint64
tl_peer_get_rx_bytes (TlPeer *self)
{
  g_return_val_if_fail (TL_IS_PEER (self), 0);
  return priv_of (self)->facts.rx_bytes;
}

guint64
tl_peer_get_tx_bytes (TlPeer *self)
{
  g_return_val_if_fail (TL_IS_PEER (self), 0);
  return priv_of (self)->facts.tx_bytes;
}

guint64
tl_peer_get_rx_messages (TlPeer *self)
{
  g_return_val_if_fail (TL_IS_PEER (self), 0);
  return priv_of (self)->facts.rx_messages;
}

guint64
tl_peer_get_tx_messages (TlPeer *self)
{
  g_return_val_if_fail (TL_IS_PEER (self), 0);
  return priv_of (self)->facts.tx_messages;
}

guint64
tl_peer_get_queued (TlPeer *self)
{
  g_return_val_if_fail (TL_IS_PEER (self), 0);
  return priv_of (self)->facts.queued;
}

const char *
tl_peer_get_note (TlPeer *self)
{
  g_return_val_if_fail (TL_IS_PEER (self), NULL);
  return priv_of (self)->note;
}

guint32
tl_peer_get_log_id (TlPeer *self)
{
  g_return_val_if_fail (TL_IS_PEER (self), 0);
  return priv_of (self)->log_id;
}

void
tl_peer_init_log (TlPeer       *self,
                  TlMessageLog *log)
{
  g_return_if_fail (TL_IS_PEER (self));
  g_return_if_fail (tl_peer_get_name (self) != NULL);
  g_return_if_fail (priv_of (self)->log == NULL);
  priv_of (self)->log = g_object_ref (log);
  priv_of (self)->log_id = tl_message_log_add_peer (log, tl_peer_get_name (self));
}

void
tl_peer_set_watch (TlPeer         *self,
                   TlPeerWatchFunc watch,
                   gpointer        data)
{
  TlPeerPrivate *priv = priv_of (self);

  priv->watch = watch;
  priv->watch_data = data;
  if (watch == NULL)
    tl_peer_tick (self);
}

void
tl_peer_set_endpoint (TlPeer     *self,
                      TlEndpoint *endpoint)
{
  TlPeerPrivate *priv;

  g_return_if_fail (TL_IS_PEER (self));
  priv = priv_of (self);
  if (endpoint)
    tl_endpoint_ref (endpoint);
  g_clear_pointer (&priv->endpoint, tl_endpoint_unref);
  priv->endpoint = endpoint;
  ++priv->facts.endpoint_serial;
  changed (self);
}

/**
 * tl_peer_set_state:
 * @note: (nullable): what went wrong last, translated; %NULL leaves nothing to note
 */
void
tl_peer_set_state (TlPeer     *self,
                   TlPeerState state,
                   const char *note)
{
  TlPeerPrivate *priv;

  g_return_if_fail (TL_IS_PEER (self));
  priv = priv_of (self);
  if (priv->facts.state == state && g_strcmp0 (priv->note, note) == 0)
    return;
  if (tl_set_string (&priv->note, note))
    ++priv->facts.note_serial;
  if (priv->facts.state != state)
    priv->facts.since = g_get_real_time ();
  priv->facts.state = state;
  changed (self);
}

void
tl_peer_count (TlPeer   *self,
               gboolean  received,
               guint     messages,
               gsize     bytes)
{
  Facts *facts = &priv_of (self)->facts;

  if (received)
    {
      facts->rx_messages += messages;
      facts->rx_bytes += bytes;
    }
  else
    {
      facts->tx_messages += messages;
      facts->tx_bytes += bytes;
    }
  changed (self);
}

void
tl_peer_set_queued (TlPeer *self,
                    guint64 queued)
{
  Facts *facts = &priv_of (self)->facts;

  if (facts->queued == queued)
    return;
  facts->queued = queued;
  changed (self);
}

gint64
tl_peer_take_queued_change (TlPeer *self)
{
  TlPeerPrivate *priv = priv_of (self);
  gint64 change = (gint64) (priv->facts.queued - priv->queued_taken);

  priv->queued_taken = priv->facts.queued;
  return change;
}

void
tl_peer_tick (TlPeer *self)
{
  TlPeerPrivate *priv = priv_of (self);
  GObject *object = G_OBJECT (self);
  const Facts was = priv->told;
  const Facts is = priv->facts;

  priv->changed = FALSE;
  priv->told = is;
  g_object_freeze_notify (object);
  if (is.endpoint_serial != was.endpoint_serial)
    g_object_notify_by_pspec (object, props[PROP_NAME]);
  if (is.state != was.state)
    g_object_notify_by_pspec (object, props[PROP_STATE]);
  if (is.since != was.since)
    g_object_notify_by_pspec (object, props[PROP_SINCE]);
  if (is.rx_bytes != was.rx_bytes)
    g_object_notify_by_pspec (object, props[PROP_RX_BYTES]);
  if (is.tx_bytes != was.tx_bytes)
    g_object_notify_by_pspec (object, props[PROP_TX_BYTES]);
  if (is.rx_messages != was.rx_messages)
    g_object_notify_by_pspec (object, props[PROP_RX_MESSAGES]);
  if (is.tx_messages != was.tx_messages)
    g_object_notify_by_pspec (object, props[PROP_TX_MESSAGES]);
  if (is.queued != was.queued)
    g_object_notify_by_pspec (object, props[PROP_QUEUED]);
  if (is.note_serial != was.note_serial)
    g_object_notify_by_pspec (object, props[PROP_NOTE]);
  g_object_thaw_notify (object);
}
