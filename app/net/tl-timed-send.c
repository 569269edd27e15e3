/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sends the same message again and again, on a schedule that does not drift. */

#include "tl-timed-send.h"
#include "tl-clock-source.h"
#include "tl-session-private.h"
#include "tl-set-string.h"

#define N_TIMES 65              /* the ends of the last 64 intervals */
#define NOTIFY_INTERVAL (100 * 1000)

struct _TlTimedSend
{
  GObject    parent_instance;

  TlSession *session;
  GPtrArray *peers;
  TlPayloadMaker *maker;
  char      *label;
  guint      interval;
  gint64     remaining;
  guint64    sent;
  char      *note;

  GSource   *source;
  gint64     started;           /* µs, monotonic, as all times here */
  gint64     times[N_TIMES];    /* of the last sends, a ring */
  guint64    n_times;
  gint64     notified;
};

enum {
  PROP_LABEL = 1,
  PROP_INTERVAL,
  PROP_REMAINING,
  PROP_SENT,
  PROP_MEASURED,
  PROP_RUNNING,
  PROP_NOTE,
  N_PROPS,
};

enum {
  STOPPED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlTimedSend, tl_timed_send, G_TYPE_OBJECT)

static void
notify_progress (TlTimedSend *self,
                 gboolean     now)
{
  gint64 time = g_get_monotonic_time ();

  if (!now && time - self->notified < NOTIFY_INTERVAL)
    return;
  self->notified = time;

  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SENT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REMAINING]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MEASURED]);
  g_object_thaw_notify (G_OBJECT (self));
}

static double
measure (TlTimedSend *self)
{
  guint64 n = MIN (self->n_times, N_TIMES);
  gint64 last, first;

  if (n < 2)
    return 0;
  last = self->times[(self->n_times - 1) % N_TIMES];
  first = self->times[(self->n_times - n) % N_TIMES];
  return (last - first) / 1000.0 / (n - 1);
}

static void
set_note (TlTimedSend *self,
          const char  *note)
{
  if (tl_set_string (&self->note, note))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NOTE]);
}

/* Whether there is more to do. */
static gboolean
send_once (TlTimedSend *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = tl_payload_maker_make (self->maker, &error);
  guint taken = bytes ? tl_session_send_to (self->session, self->peers, bytes, &error) : 0;

  if (taken > 0)
    {
      tl_payload_maker_advance (self->maker);
      self->times[self->n_times++ % N_TIMES] = g_get_monotonic_time ();
      self->sent++;
      if (self->remaining > 0)
        self->remaining--;
      notify_progress (self, FALSE);
    }
  if (error != NULL)
    set_note (self, error->message);

  if (!tl_session_is_active (self->session))
    return FALSE;
  /* Those who were chosen do not come back. */
  if (taken == 0 && self->peers != NULL && g_error_matches (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NO_PEER))
    return FALSE;
  return self->remaining != 0;
}

static void
arm (TlTimedSend *self)
{
  gint64 interval = self->interval * G_GINT64_CONSTANT (1000);
  gint64 passed = g_get_monotonic_time () - self->started;

  g_source_set_ready_time (self->source, self->started + (passed / interval + 1) * interval);
}

static gboolean
due_cb (gpointer user_data)
{
  g_autoptr (TlTimedSend) self = g_object_ref (user_data);

  if (!send_once (self))
    tl_timed_send_stop (self);
  else if (self->source != NULL)
    arm (self);
  return G_SOURCE_CONTINUE;
}

static void
state_cb (TlTimedSend *self)
{
  if (!tl_session_is_active (self->session))
    tl_timed_send_stop (self);
}

static void
tl_timed_send_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlTimedSend *self = TL_TIMED_SEND (object);

  switch (prop_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_INTERVAL:
      g_value_set_uint (value, self->interval);
      break;
    case PROP_REMAINING:
      g_value_set_int64 (value, self->remaining);
      break;
    case PROP_SENT:
      g_value_set_uint64 (value, self->sent);
      break;
    case PROP_MEASURED:
      g_value_set_double (value, measure (self));
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->source != NULL);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_timed_send_dispose (GObject *object)
{
  TlTimedSend *self = TL_TIMED_SEND (object);

  tl_clock_source_clear (&self->source);
  g_clear_object (&self->session);
  g_clear_pointer (&self->peers, g_ptr_array_unref);
  G_OBJECT_CLASS (tl_timed_send_parent_class)->dispose (object);
}

static void
tl_timed_send_finalize (GObject *object)
{
  TlTimedSend *self = TL_TIMED_SEND (object);

  g_object_unref (self->maker);
  g_free (self->label);
  g_free (self->note);
  G_OBJECT_CLASS (tl_timed_send_parent_class)->finalize (object);
}

static void
tl_timed_send_class_init (TlTimedSendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_timed_send_get_property;
  object_class->dispose = tl_timed_send_dispose;
  object_class->finalize = tl_timed_send_finalize;

  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  props[PROP_INTERVAL] = g_param_spec_uint ("interval", NULL, NULL, 1, TL_TIMED_SEND_MAX_INTERVAL, 1, flags);
  props[PROP_REMAINING] = g_param_spec_int64 ("remaining", NULL, NULL, -1, G_MAXINT64, -1, flags);
  props[PROP_SENT] = g_param_spec_uint64 ("sent", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_MEASURED] = g_param_spec_double ("measured", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  props[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[STOPPED] = g_signal_new ("stopped", TL_TYPE_TIMED_SEND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_timed_send_init (TlTimedSend *self)
{
}

TlTimedSend *
tl_timed_send_new (TlSession  *session,
                   GPtrArray  *peers,
                   TlPayloadMaker *maker,
                   const char *label,
                   guint       interval_ms,
                   gint64      count)
{
  TlTimedSend *self;

  g_return_val_if_fail (TL_IS_SESSION (session), NULL);
  g_return_val_if_fail (TL_IS_PAYLOAD_MAKER (maker), NULL);
  g_return_val_if_fail (count == -1 || count > 0, NULL);

  self = g_object_new (TL_TYPE_TIMED_SEND, NULL);
  self->session = g_object_ref (session);
  if (peers != NULL)
    {
      self->peers = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < peers->len; i++)
        g_ptr_array_add (self->peers, g_object_ref (peers->pdata[i]));
    }
  self->maker = g_object_ref (maker);
  self->label = g_strdup (label);
  self->interval = CLAMP (interval_ms, 1, TL_TIMED_SEND_MAX_INTERVAL);
  self->remaining = count;
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
tl_timed_send_start (TlTimedSend *self)
{
  g_return_if_fail (TL_IS_TIMED_SEND (self));

  if (self->source != NULL || self->remaining == 0)
    return;
  self->started = g_get_monotonic_time ();
  self->n_times = 0;
  self->source = tl_clock_source_new ("tl-timed-send", due_cb, self);
  g_source_set_ready_time (self->source, self->started);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

void
tl_timed_send_stop (TlTimedSend *self)
{
  g_autoptr (TlTimedSend) kept = NULL;

  g_return_if_fail (TL_IS_TIMED_SEND (self));

  if (self->source == NULL)
    return;
  kept = g_object_ref (self);
  tl_clock_source_clear (&self->source);
  notify_progress (self, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
  g_signal_emit (self, signals[STOPPED], 0);
}
