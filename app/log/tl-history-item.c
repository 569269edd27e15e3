/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session of the history in a list, which stays the same while the session grows. */

#include "tl-history-item.h"

struct _TlHistoryItem
{
  GObject           parent_instance;

  TlHistorySession *session;
  gboolean          running;
};

enum {
  PROP_0,
  PROP_SESSION,
  PROP_RUNNING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlHistoryItem, tl_history_item, G_TYPE_OBJECT)

static void
tl_history_item_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, TL_HISTORY_ITEM (object)->session);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, TL_HISTORY_ITEM (object)->running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_history_item_finalize (GObject *object)
{
  g_clear_object (&TL_HISTORY_ITEM (object)->session);
  G_OBJECT_CLASS (tl_history_item_parent_class)->finalize (object);
}

static void
tl_history_item_class_init (TlHistoryItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_history_item_get_property;
  object_class->finalize = tl_history_item_finalize;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TL_TYPE_HISTORY_SESSION, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_history_item_init (TlHistoryItem *self)
{
}

TlHistorySession *
tl_history_item_get_session (TlHistoryItem *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_ITEM (self), NULL);
  return self->session;
}

gboolean
tl_history_item_get_running (TlHistoryItem *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_ITEM (self), FALSE);
  return self->running;
}

static gboolean
is_same (TlHistorySession *a,
         TlHistorySession *b)
{
  return tl_history_session_get_n_messages (a) == tl_history_session_get_n_messages (b) &&
         tl_history_session_get_n_gone (a) == tl_history_session_get_n_gone (b) &&
         tl_history_session_get_n_lost (a) == tl_history_session_get_n_lost (b) &&
         tl_history_session_get_last (a) == tl_history_session_get_last (b) &&
         g_strcmp0 (tl_history_session_get_about (a)->title, tl_history_session_get_about (b)->title) == 0 &&
         g_strcmp0 (tl_history_session_get_peers (a), tl_history_session_get_peers (b)) == 0;
}

TlHistoryItem *
tl_history_item_new (TlHistory        *history,
                     TlHistorySession *session)
{
  TlHistoryItem *self = g_object_new (TL_TYPE_HISTORY_ITEM, NULL);

  self->session = g_object_ref (session);
  self->running = tl_history_is_running (history, session);
  return self;
}

void
tl_history_item_update (TlHistoryItem    *self,
                        TlHistory        *history,
                        TlHistorySession *session)
{
  const gboolean running = tl_history_is_running (history, session);

  if (self->running != running)
    {
      self->running = running;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
    }
  if (is_same (self->session, session))
    return;
  g_set_object (&self->session, session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
