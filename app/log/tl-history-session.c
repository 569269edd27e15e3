/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recorded session, as the list of the history shows it. */

#include "tl-history-session.h"

#include "tl-history-private.h"

struct _TlHistorySession
{
  GObject         parent_instance;

  gint64          id;
  TlHistoryAbout *about;
  char           *peers;
  gint64          started;
  gint64          ended;
  guint64         n_messages;
  guint64         n_bytes;
  guint64         n_gone;
  guint64         n_lost;
  gint64          uid;
  gint64          last;
};

enum {
  PROP_0,
  PROP_TITLE,
  PROP_KIND,
  PROP_PEERS,
  PROP_STARTED,
  PROP_ENDED,
  PROP_N_MESSAGES,
  PROP_N_BYTES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlHistorySession, tl_history_session, G_TYPE_OBJECT)

TlHistoryAbout *
tl_history_about_copy (const TlHistoryAbout *self)
{
  TlHistoryAbout *copy = g_new (TlHistoryAbout, 1);

  copy->kind = g_strdup (self->kind);
  copy->title = g_strdup (self->title);
  copy->link = g_strdup (self->link);
  copy->local = g_strdup (self->local);
  copy->is_datagram = self->is_datagram;
  return copy;
}

void
tl_history_about_free (TlHistoryAbout *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->title);
  g_free (self->link);
  g_free (self->local);
  g_free (self);
}

static void
tl_history_session_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  TlHistorySession *self = TL_HISTORY_SESSION (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->about->title);
      break;
    case PROP_KIND:
      g_value_set_string (value, self->about->kind);
      break;
    case PROP_PEERS:
      g_value_set_string (value, self->peers);
      break;
    case PROP_STARTED:
      g_value_set_int64 (value, self->started);
      break;
    case PROP_ENDED:
      g_value_set_int64 (value, self->ended);
      break;
    case PROP_N_MESSAGES:
      g_value_set_uint64 (value, self->n_messages);
      break;
    case PROP_N_BYTES:
      g_value_set_uint64 (value, self->n_bytes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_history_session_finalize (GObject *object)
{
  TlHistorySession *self = TL_HISTORY_SESSION (object);

  tl_history_about_free (self->about);
  g_free (self->peers);

  G_OBJECT_CLASS (tl_history_session_parent_class)->finalize (object);
}

static void
tl_history_session_class_init (TlHistorySessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_history_session_get_property;
  object_class->finalize = tl_history_session_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  properties[PROP_PEERS] = g_param_spec_string ("peers", NULL, NULL, NULL, flags);
  properties[PROP_STARTED] = g_param_spec_int64 ("started", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_ENDED] = g_param_spec_int64 ("ended", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_N_MESSAGES] = g_param_spec_uint64 ("n-messages", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_N_BYTES] = g_param_spec_uint64 ("n-bytes", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_history_session_init (TlHistorySession *self)
{
}

static char *
dup_text (sqlite3_stmt *statement,
          int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

TlHistorySession *
tl_history_session_new_from_row (sqlite3_stmt *statement)
{
  TlHistorySession *self = g_object_new (TL_TYPE_HISTORY_SESSION, NULL);

  self->id = sqlite3_column_int64 (statement, 0);
  self->about = g_new0 (TlHistoryAbout, 1);
  self->about->kind = dup_text (statement, 1);
  self->about->title = dup_text (statement, 2);
  self->about->link = dup_text (statement, 3);
  self->about->local = dup_text (statement, 4);
  self->about->is_datagram = sqlite3_column_int (statement, 5) != 0;
  self->started = sqlite3_column_int64 (statement, 6);
  self->ended = sqlite3_column_int64 (statement, 7);
  self->n_messages = (guint64) sqlite3_column_int64 (statement, 8);
  self->n_bytes = (guint64) sqlite3_column_int64 (statement, 9);
  self->n_gone = (guint64) sqlite3_column_int64 (statement, 10);
  self->n_lost = (guint64) sqlite3_column_int64 (statement, 11);
  self->peers = dup_text (statement, 12);
  self->uid = sqlite3_column_int64 (statement, 13);
  self->last = sqlite3_column_int64 (statement, 14);
  return self;
}

gint64
tl_history_session_get_id (TlHistorySession *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SESSION (self), 0);
  return self->id;
}

const TlHistoryAbout *
tl_history_session_get_about (TlHistorySession *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SESSION (self), NULL);
  return self->about;
}

const char *
tl_history_session_get_peers (TlHistorySession *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SESSION (self), NULL);
  return self->peers;
}

gint64
tl_history_session_get_started (TlHistorySession *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SESSION (self), 0);
  return self->started;
}

gint64
tl_history_session_get_ended (TlHistorySession *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SESSION (self), 0);
  return self->ended;
}

gint64
tl_history_session_get_last (TlHistorySession *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SESSION (self), 0);
  return self->ended != 0 ? self->ended : MAX (self->last, self->started);
}

gint64
tl_history_session_get_uid (TlHistorySession *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SESSION (self), 0);
  return self->uid;
}

guint64
tl_history_session_get_n_messages (TlHistorySession *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SESSION (self), 0);
  return self->n_messages;
}

guint64
tl_history_session_get_n_bytes (TlHistorySession *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SESSION (self), 0);
  return self->n_bytes;
}

guint64
tl_history_session_get_n_gone (TlHistorySession *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SESSION (self), 0);
  return self->n_gone;
}

guint64
tl_history_session_get_n_lost (TlHistorySession *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SESSION (self), 0);
  return self->n_lost;
}
