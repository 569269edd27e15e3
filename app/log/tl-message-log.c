/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ring of messages that a session writes and a view shows: bounded in memory, told of once a frame. */

#include "tl-message-log.h"

#include "tl-live-messages.h"
#include "tl-message-store.h"

#define FLUSH_INTERVAL_MS 62
#define MAX_FLUSH_INTERVAL_MS 1000
#define FRAME_MS 17
/* What is spent on rows is at most one part of so many of the time. */
#define FLUSH_SHARE 3
#define MIN_SLACK_BYTES (4 * 1024 * 1024)
#define MIN_SLACK_MESSAGES 4096

struct _TlMessageLog
{
  GObject parent_instance;

  TlMessageStore *store;
  TlLogPeers *peers;     /* the store's */
  TlLiveMessages *live;
  TlLogSinks *sinks;
  guint n_visible;       /* rows that list users know of: the oldest ones */
  guint64 trimmed;
  guint64 notified_trimmed;
  guint64 max_bytes;
  guint max_messages;
  guint flush_id;
  gint64 telling_time;   /* µs that the last flush took */
  gint64 drawing_time;   /* and what came of it in the window */
  gboolean flushing;
};

enum {
  PROP_0,
  PROP_MAX_BYTES,
  PROP_MAX_MESSAGES,
  PROP_N_ITEMS,
  PROP_TRIMMED,
  N_PROPS,
};

enum {
  SIGNAL_CLEARED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void flush (TlMessageLog *self, gboolean in_turns);

static gboolean
flush_cb (gpointer user_data)
{
  TlMessageLog *self = user_data;

  self->flush_id = 0;
  flush (self, TRUE);
  return G_SOURCE_REMOVE;
}

/* The timeout exists only while something is pending, so that an idle log wakes nobody up. */
static void
schedule_flush (TlMessageLog *self)
{
  if (self->flush_id == 0)
    self->flush_id = g_timeout_add_full (G_PRIORITY_DEFAULT, tl_message_log_get_interval (self), flush_cb, self, NULL);
}

static gboolean
is_over (TlMessageLog *self,
         guint64       bytes,
         guint         messages)
{
  return tl_message_store_get_bytes (self->store) > bytes || tl_message_store_get_n_rows (self->store) > messages;
}

static gboolean
is_far_over (TlMessageLog *self)
{
  guint64 slack_bytes = MAX (self->max_bytes / 10, MIN_SLACK_BYTES);
  guint slack_messages = MAX (self->max_messages / 10, MIN_SLACK_MESSAGES);

  return is_over (self, self->max_bytes + slack_bytes, self->max_messages + MIN (slack_messages, G_MAXUINT - self->max_messages));
}

/* Brings the ring down to nine tenths of its bounds, so that this happens once in a while and not for each row. Whether rows have gone that were told of. */
static gboolean
trim (TlMessageLog *self)
{
  guint gone = 0, visible_gone;

  if (!is_over (self, self->max_bytes, self->max_messages))
    return FALSE;

  while (tl_message_store_get_n_rows (self->store) > 1 &&
         is_over (self, self->max_bytes - self->max_bytes / 10, self->max_messages - self->max_messages / 10))
    {
      tl_message_store_pop (self->store);
      gone++;
    }

  self->trimmed += gone;
  visible_gone = MIN (gone, self->n_visible);
  self->n_visible -= visible_gone;
  if (visible_gone > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, visible_gone, 0);
  return visible_gone > 0;
}

static void
show_appended (TlMessageLog *self)
{
  guint position = self->n_visible;
  guint added = tl_message_store_get_n_rows (self->store) - position;

  if (added == 0)
    return;
  self->n_visible += added;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, added);
  tl_live_messages_continue (self->live, TL_MESSAGE_SOURCE (self), position);
}

static void
notify_changes (TlMessageLog *self,
                guint         old_n_items)
{
  if (self->n_visible != old_n_items)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  if (self->trimmed != self->notified_trimmed)
    {
      self->notified_trimmed = self->trimmed;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRIMMED]);
    }
}

/* @in_turns: rows that go are told of in one frame and those that come in the next: either is much for a list that shows them. */
static void
flush (TlMessageLog *self,
       gboolean      in_turns)
{
  g_autoptr (TlMessageLog) alive = NULL;
  const gint64 began = g_get_monotonic_time ();
  const guint old_n_items = self->n_visible;

  /* A handler that appends or flushes while rows are being told of gets its turn in the next frame. */
  if (self->flushing)
    {
      schedule_flush (self);
      return;
    }
  g_clear_handle_id (&self->flush_id, g_source_remove);
  alive = g_object_ref (self);
  self->flushing = TRUE;
  if (trim (self) && in_turns && self->flush_id == 0)
    self->flush_id = g_timeout_add_full (G_PRIORITY_DEFAULT, FRAME_MS, flush_cb, self, NULL);
  else
    show_appended (self);
  self->flushing = FALSE;
  notify_changes (self, old_n_items);
  self->telling_time = g_get_monotonic_time () - began;
}

static gboolean
tl_message_log_peek (TlMessageSource *source,
                     guint            position,
                     TlMessageInfo   *info)
{
  TlMessageLog *self = TL_MESSAGE_LOG (source);

  if (position >= self->n_visible)
    return FALSE;
  tl_message_store_peek (self->store, position, info);
  return TRUE;
}

static GBytes *
tl_message_log_dup_bytes (TlMessageSource *source,
                          guint            position)
{
  TlMessageLog *self = TL_MESSAGE_LOG (source);

  return position < self->n_visible ? tl_message_store_dup_bytes (self->store, position) : NULL;
}

static const char *
tl_message_log_peer_name (TlMessageSource *source,
                          guint32          number)
{
  TlLogPeer *peer = tl_log_peers_get (TL_MESSAGE_LOG (source)->peers, number);

  return peer != NULL ? peer->name : NULL;
}

static gboolean
tl_message_log_find_id (TlMessageSource *source,
                        guint64          id,
                        guint           *position)
{
  TlMessageLog *self = TL_MESSAGE_LOG (source);
  guint64 first_id = tl_message_store_get_first_id (self->store);

  if (id >= first_id + self->n_visible || self->n_visible == 0)
    return FALSE;
  *position = id > first_id ? id - first_id : 0;
  return TRUE;
}

static gboolean
tl_message_log_previous (TlMessageSource *source,
                         guint            position,
                         guint           *previous)
{
  TlMessageLog *self = TL_MESSAGE_LOG (source);

  return position < self->n_visible && tl_message_store_previous (self->store, position, previous);
}

static void
tl_message_log_source_init (TlMessageSourceInterface *iface)
{
  iface->peek = tl_message_log_peek;
  iface->dup_bytes = tl_message_log_dup_bytes;
  iface->peer_name = tl_message_log_peer_name;
  iface->find_id = tl_message_log_find_id;
  iface->previous = tl_message_log_previous;
}

static GType
tl_message_log_get_item_type (GListModel *model)
{
  return TL_TYPE_MESSAGE;
}

static guint
tl_message_log_get_n_items (GListModel *model)
{
  return TL_MESSAGE_LOG (model)->n_visible;
}

static gpointer
tl_message_log_get_item (GListModel *model,
                         guint       position)
{
  return tl_live_messages_get (TL_MESSAGE_LOG (model)->live, TL_MESSAGE_SOURCE (model), position);
}

static void
tl_message_log_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_message_log_get_item_type;
  iface->get_n_items = tl_message_log_get_n_items;
  iface->get_item = tl_message_log_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlMessageLog, tl_message_log, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_message_log_list_model_init)
                               G_IMPLEMENT_INTERFACE (TL_TYPE_MESSAGE_SOURCE, tl_message_log_source_init))

static void
tl_message_log_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlMessageLog *self = TL_MESSAGE_LOG (object);

  switch (property_id)
    {
    case PROP_MAX_BYTES:
      g_value_set_uint64 (value, self->max_bytes);
      break;
    case PROP_MAX_MESSAGES:
      g_value_set_uint (value, self->max_messages);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->n_visible);
      break;
    case PROP_TRIMMED:
      g_value_set_uint64 (value, self->trimmed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
set_bounds (TlMessageLog *self,
            guint64       max_bytes,
            guint         max_messages,
            GParamSpec   *pspec)
{
  if (self->max_bytes == max_bytes && self->max_messages == max_messages)
    return;

  self->max_bytes = max_bytes;
  self->max_messages = max_messages;
  tl_message_store_set_max_bytes (self->store, max_bytes);
  if (is_over (self, max_bytes, max_messages))
    schedule_flush (self);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
tl_message_log_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TlMessageLog *self = TL_MESSAGE_LOG (object);

  switch (property_id)
    {
    case PROP_MAX_BYTES:
      set_bounds (self, g_value_get_uint64 (value), self->max_messages, pspec);
      break;
    case PROP_MAX_MESSAGES:
      set_bounds (self, self->max_bytes, g_value_get_uint (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_message_log_finalize (GObject *object)
{
  TlMessageLog *self = TL_MESSAGE_LOG (object);

  g_clear_handle_id (&self->flush_id, g_source_remove);
  tl_live_messages_free (self->live);
  tl_log_sinks_free (self->sinks);
  tl_message_store_free (self->store);

  G_OBJECT_CLASS (tl_message_log_parent_class)->finalize (object);
}

static void
tl_message_log_class_init (TlMessageLogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_message_log_get_property;
  object_class->set_property = tl_message_log_set_property;
  object_class->finalize = tl_message_log_finalize;

  properties[PROP_MAX_BYTES]
    = g_param_spec_uint64 ("max-bytes", NULL, NULL, 1, G_MAXUINT64 / 2, TL_MESSAGE_LOG_DEFAULT_BYTES, flags | G_PARAM_READWRITE);
  properties[PROP_MAX_MESSAGES]
    = g_param_spec_uint ("max-messages", NULL, NULL, 1, G_MAXUINT / 2, TL_MESSAGE_LOG_DEFAULT_MESSAGES, flags | G_PARAM_READWRITE);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags | G_PARAM_READABLE);
  properties[PROP_TRIMMED] = g_param_spec_uint64 ("trimmed", NULL, NULL, 0, G_MAXUINT64, 0, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CLEARED] = g_signal_new ("cleared", TL_TYPE_MESSAGE_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_message_log_init (TlMessageLog *self)
{
  self->store = tl_message_store_new ();
  self->peers = tl_message_store_get_peers (self->store);
  self->live = tl_live_messages_new ();
  self->sinks = tl_log_sinks_new ();
  self->max_bytes = TL_MESSAGE_LOG_DEFAULT_BYTES;
  self->max_messages = TL_MESSAGE_LOG_DEFAULT_MESSAGES;
  tl_message_store_set_max_bytes (self->store, self->max_bytes);
}

TlMessageLog *
tl_message_log_new (void)
{
  return g_object_new (TL_TYPE_MESSAGE_LOG, NULL);
}

guint32
tl_message_log_add_peer (TlMessageLog *self,
                         const char   *name)
{
  g_return_val_if_fail (TL_IS_MESSAGE_LOG (self), 0);
  g_return_val_if_fail (name != NULL, 0);
  return tl_log_peers_add (self->peers, name);
}

void
tl_message_log_release_peer (TlMessageLog *self,
                             guint32       peer)
{
  g_return_if_fail (TL_IS_MESSAGE_LOG (self));
  tl_log_peers_release (self->peers, peer);
}

void
tl_message_log_begin_stream (TlMessageLog *self,
                             guint32       peer)
{
  g_return_if_fail (TL_IS_MESSAGE_LOG (self));
  g_return_if_fail (tl_log_peers_get (self->peers, peer) != NULL);
  tl_log_peers_begin_stream (self->peers, peer);
}

guint64
tl_message_log_append_many (TlMessageLog       *self,
                            TlMessageKind       kind,
                            gint64              time,
                            guint32             peer,
                            const struct iovec *payloads,
                            guint               n)
{
  TlMessageInfo info = { .kind = kind, .peer = peer };
  guint64 first;

  g_return_val_if_fail (TL_IS_MESSAGE_LOG (self), 0);
  g_return_val_if_fail (kind < TL_N_MESSAGE_KINDS, 0);
  g_return_val_if_fail (n > 0, 0);
  g_return_val_if_fail (tl_log_peers_get (self->peers, peer) != NULL, 0);

  info.time = time != 0 ? time : g_get_real_time ();
  first = info.id = tl_message_store_push (self->store, kind, info.time, peer, payloads, n, &info.offset);
  if (!tl_log_sinks_is_empty (self->sinks))
    tl_log_sinks_tell_many (self->sinks, self->peers, &info, payloads, n);
  if (is_far_over (self) && !self->flushing)
    flush (self, FALSE);
  else
    schedule_flush (self);

  return first;
}

void
tl_message_log_flush (TlMessageLog *self)
{
  g_return_if_fail (TL_IS_MESSAGE_LOG (self));
  flush (self, FALSE);
}

void
tl_message_log_set_drawing_time (TlMessageLog *self,
                                 gint64        microseconds)
{
  g_return_if_fail (TL_IS_MESSAGE_LOG (self));
  g_return_if_fail (microseconds >= 0);
  self->drawing_time = microseconds;
}

guint
tl_message_log_get_interval (TlMessageLog *self)
{
  gint64 spent;

  g_return_val_if_fail (TL_IS_MESSAGE_LOG (self), 0);
  spent = MIN (self->telling_time + self->drawing_time, MAX_FLUSH_INTERVAL_MS * 1000);
  return CLAMP (spent * FLUSH_SHARE / 1000, FLUSH_INTERVAL_MS, MAX_FLUSH_INTERVAL_MS);
}

void
tl_message_log_clear (TlMessageLog *self)
{
  guint n_items;

  g_return_if_fail (TL_IS_MESSAGE_LOG (self));

  n_items = self->n_visible;
  while (tl_message_store_get_n_rows (self->store) > 0)
    tl_message_store_pop (self->store);
  tl_message_store_drop_spare (self->store);
  self->n_visible = 0;
  if (!self->flushing)
    g_clear_handle_id (&self->flush_id, g_source_remove);

  if (n_items > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_items, 0);
  notify_changes (self, n_items);
  g_signal_emit (self, signals[SIGNAL_CLEARED], 0);
}

TlLogSinks *
tl_message_log_get_sinks (TlMessageLog *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_LOG (self), NULL);
  return self->sinks;
}

guint64
tl_message_log_get_trimmed (TlMessageLog *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_LOG (self), 0);
  return self->trimmed;
}

gsize
tl_message_log_get_memory (TlMessageLog *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_LOG (self), 0);
  return sizeof *self + tl_message_store_get_memory (self->store);
}
