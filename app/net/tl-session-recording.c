/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a session is recorded to a file, and what its headers are told. */

#include "tl-session-recording.h"

#include "tl-session-capture.h"

struct _TlSessionRecording
{
  GObject       parent_instance;

  TlSession    *session;     /* weak */
  TlRecording  *recording;   /* NULL: none runs */
  gboolean      was_active;  /* since it began */
  gboolean      stopping;
};

enum {
  PROP_0,
  PROP_RECORDING,
  PROP_CAN_START,
  PROP_CAN_STOP,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSessionRecording, tl_session_recording, G_TYPE_OBJECT)

static void
notify_all (TlSessionRecording *self)
{
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
running_cb (TlSessionRecording *self)
{
  g_autoptr (TlRecording) ended = NULL;

  if (self->recording == NULL || tl_recording_get_running (self->recording))
    return;
  g_signal_handlers_disconnect_by_data (self->recording, self);
  ended = g_steal_pointer (&self->recording);
  self->stopping = FALSE;
  notify_all (self);
}

static void
peers_changed_cb (TlSessionRecording *self,
                  guint               position,
                  guint               removed,
                  guint               added,
                  GListModel         *peers)
{
  if (self->recording == NULL)
    return;
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (TlPeer) peer = g_list_model_get_item (peers, position + i);
      g_autofree char *local = tl_session_dup_local_towards (self->session, peer);

      if (local != NULL)
        tl_recording_set_local (self->recording, tl_peer_get_name (peer), local);
    }
}

static void
local_cb (TlSessionRecording *self)
{
  const char *local = tl_session_get_last_local_endpoint (self->session);

  if (self->recording != NULL && local != NULL)
    tl_recording_set_local (self->recording, NULL, local);
}

static void
state_cb (TlSessionRecording *self)
{
  GListModel *peers = tl_session_get_peers (self->session);

  if (self->recording == NULL)
    return;
  if (!tl_session_is_active (self->session))
    {
      if (self->was_active)
        tl_session_recording_stop (self);
      return;
    }
  self->was_active = TRUE;
  /* Connected anew, it has another port; its peer may have been there before. */
  if (tl_session_get_state (self->session) == TL_SESSION_OPEN)
    peers_changed_cb (self, 0, 0, g_list_model_get_n_items (peers), peers);
}

static void
gone_cb (gpointer  user_data,
         GObject  *session)
{
  TlSessionRecording *self = user_data;

  self->session = NULL;
  tl_session_recording_stop (self);
}

static void
tl_session_recording_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  TlSessionRecording *self = TL_SESSION_RECORDING (object);

  switch (property_id)
    {
    case PROP_RECORDING:
      g_value_set_object (value, self->recording);
      break;
    case PROP_CAN_START:
      g_value_set_boolean (value, self->recording == NULL && self->session != NULL);
      break;
    case PROP_CAN_STOP:
      g_value_set_boolean (value, self->recording != NULL && !self->stopping);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_session_recording_dispose (GObject *object)
{
  TlSessionRecording *self = TL_SESSION_RECORDING (object);

  if (self->session != NULL)
    g_object_weak_unref (G_OBJECT (self->session), gone_cb, self);
  self->session = NULL;
  if (self->recording != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->recording, self);
      tl_recording_stop (self->recording);
    }
  g_clear_object (&self->recording);

  G_OBJECT_CLASS (tl_session_recording_parent_class)->dispose (object);
}

static void
tl_session_recording_class_init (TlSessionRecordingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_session_recording_get_property;
  object_class->dispose = tl_session_recording_dispose;

  properties[PROP_RECORDING] = g_param_spec_object ("recording", NULL, NULL, TL_TYPE_RECORDING, flags);
  properties[PROP_CAN_START] = g_param_spec_boolean ("can-start", NULL, NULL, TRUE, flags);
  properties[PROP_CAN_STOP] = g_param_spec_boolean ("can-stop", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_session_recording_init (TlSessionRecording *self)
{
}

TlSessionRecording *
tl_session_recording_new (TlSession *session)
{
  TlSessionRecording *self;

  g_return_val_if_fail (TL_IS_SESSION (session), NULL);

  self = g_object_new (TL_TYPE_SESSION_RECORDING, NULL);
  self->session = session;
  g_object_weak_ref (G_OBJECT (session), gone_cb, self);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::local-endpoint", G_CALLBACK (local_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tl_session_get_peers (session), "items-changed", G_CALLBACK (peers_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
tl_session_recording_start (TlSessionRecording       *self,
                            const char               *path,
                            const TlRecordingOptions *options)
{
  TlRecordingOptions own = *options;
  TlCaptureAbout about;
  g_autoptr (GHashTable) locals = NULL;

  g_return_if_fail (TL_IS_SESSION_RECORDING (self));
  g_return_if_fail (path != NULL);

  if (self->recording != NULL || self->session == NULL)
    return;
  tl_session_describe_capture (self->session, &about);
  locals = about.locals;
  own.is_datagram = !about.is_tcp;
  self->was_active = tl_session_is_active (self->session);
  self->recording = tl_recording_new (tl_session_get_log (self->session), path, &own, &about);
  g_signal_connect_swapped (self->recording, "notify::running", G_CALLBACK (running_cb), self);
  notify_all (self);
}

void
tl_session_recording_stop (TlSessionRecording *self)
{
  g_return_if_fail (TL_IS_SESSION_RECORDING (self));

  if (self->recording == NULL || self->stopping)
    return;
  self->stopping = TRUE;
  tl_recording_stop (self->recording);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_STOP]);
}

TlRecording *
tl_session_recording_get_recording (TlSessionRecording *self)
{
  g_return_val_if_fail (TL_IS_SESSION_RECORDING (self), NULL);
  return self->recording;
}
