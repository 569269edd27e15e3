/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a session is recorded, and as what. */

#include "tl-session-history.h"

#include "tl-history-recorder.h"
#include "tl-tcp-client.h"
#include "tl-tcp-server.h"

struct _TlSessionHistory
{
  GObject            parent_instance;

  TlSession         *session;    /* weak */
  TlHistoryRecorder *recorder;
  gboolean           enabled;
};

enum {
  PROP_0,
  PROP_ENABLED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSessionHistory, tl_session_history, G_TYPE_OBJECT)

static const char *
get_kind (TlSession *session)
{
  if (TL_IS_TCP_SERVER (session))
    return "tcp-server";
  return TL_IS_TCP_CLIENT (session) ? "tcp-client" : "udp";
}

static TlHistoryAbout *
new_about (TlSession *session)
{
  TlHistoryAbout *about = g_new0 (TlHistoryAbout, 1);

  about->kind = g_strdup (get_kind (session));
  about->title = tl_session_dup_title (session);
  about->link = tl_session_dup_link (session);
  about->local = g_strdup (tl_session_get_local_endpoint (session));
  about->is_datagram = TL_SESSION_GET_CLASS (session)->is_datagram;
  return about;
}

static void
update (TlSessionHistory *self)
{
  const gboolean recording = tl_history_recorder_is_recording (self->recorder);
  const gboolean wanted = self->enabled && !tl_session_get_private (self->session);
  g_autoptr (TlHistoryAbout) about = NULL;

  if (recording && (!wanted || !tl_session_is_active (self->session)))
    {
      tl_history_recorder_end (self->recorder);
      return;
    }
  if (recording || !wanted || tl_session_get_state (self->session) != TL_SESSION_OPEN)
    return;
  about = new_about (self->session);
  tl_history_recorder_begin (self->recorder, about);
}

static void
about_cb (TlSessionHistory *self)
{
  g_autoptr (TlHistoryAbout) about = NULL;

  /* While it closes it loses its address, which is what it will be known by. */
  if (!tl_history_recorder_is_recording (self->recorder) || tl_session_get_local_endpoint (self->session) == NULL)
    return;
  about = new_about (self->session);
  tl_history_recorder_set_about (self->recorder, about);
}

static void
gone_cb (gpointer  user_data,
         GObject  *session)
{
  TlSessionHistory *self = user_data;

  self->session = NULL;
  tl_history_recorder_end (self->recorder);
}

static void
tl_session_history_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_ENABLED:
      g_value_set_boolean (value, TL_SESSION_HISTORY (object)->enabled);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_session_history_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_ENABLED:
      tl_session_history_set_enabled (TL_SESSION_HISTORY (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_session_history_dispose (GObject *object)
{
  TlSessionHistory *self = TL_SESSION_HISTORY (object);

  if (self->session != NULL)
    {
      g_object_weak_unref (G_OBJECT (self->session), gone_cb, self);
      tl_history_recorder_end (self->recorder);
    }
  self->session = NULL;
  g_clear_object (&self->recorder);

  G_OBJECT_CLASS (tl_session_history_parent_class)->dispose (object);
}

static void
tl_session_history_class_init (TlSessionHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_session_history_get_property;
  object_class->set_property = tl_session_history_set_property;
  object_class->dispose = tl_session_history_dispose;

  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_session_history_init (TlSessionHistory *self)
{
  self->enabled = TRUE;
}

TlSessionHistory *
tl_session_history_new (TlSession *session,
                        TlHistory *history)
{
  TlSessionHistory *self;

  g_return_val_if_fail (TL_IS_SESSION (session), NULL);
  g_return_val_if_fail (TL_IS_HISTORY (history), NULL);

  self = g_object_new (TL_TYPE_SESSION_HISTORY, NULL);
  self->session = session;
  self->recorder = tl_history_recorder_new (history, tl_session_get_log (session));
  g_object_weak_ref (G_OBJECT (session), gone_cb, self);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::private", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::title", G_CALLBACK (about_cb), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

gboolean
tl_session_history_get_enabled (TlSessionHistory *self)
{
  g_return_val_if_fail (TL_IS_SESSION_HISTORY (self), FALSE);
  return self->enabled;
}

void
tl_session_history_set_enabled (TlSessionHistory *self,
                                gboolean          enabled)
{
  g_return_if_fail (TL_IS_SESSION_HISTORY (self));

  enabled = enabled != FALSE;
  if (self->enabled == enabled)
    return;
  self->enabled = enabled;
  if (self->session != NULL)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

gboolean
tl_session_history_is_recording (TlSessionHistory *self)
{
  g_return_val_if_fail (TL_IS_SESSION_HISTORY (self), FALSE);
  return tl_history_recorder_is_recording (self->recorder);
}
