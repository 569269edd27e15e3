/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages sent again, each in its turn. */

#include "tl-replay.h"

#include "tl-clock-source.h"
#include "tl-piece-sender.h"
#include "tl-replay-limit.h"
#include "tl-session-private.h"

#include <glib/gi18n-lib.h>

#define PROGRESS_US (100 * 1000)
/* What one turn of the main loop is given. */
#define TURN_US 4000
#define TURN_BYTES (1024 * 1024)
/* A full queue says when it has drained; this is for a peer that leaves instead. */
#define RETRY_US (250 * 1000)

struct _TlReplay
{
  GObject          parent_instance;

  TlSession       *session;
  GPtrArray       *peers;       /* NULL: all */
  TlReplayPlace   *place;
  guint            limit;       /* bytes of a message; 0: none */
  gboolean         skips;
  TlReplayState    state;
  char            *error;
  TlPieceSender   *sender;      /* while it runs */
  gboolean         offered;     /* the next item is in the sender, and not everybody has taken it */
  gboolean         offering;    /* the sender is at work, and must stay */
  GSource         *source;
  gint64         (*clock) (gpointer user_data);
  gpointer         clock_data;

  gint64           paused;      /* when it left the running state */
  gint64           told;
};

enum {
  PROP_0,
  PROP_STATE,
  PROP_ERROR,
  N_PROPS,
};

enum {
  PROGRESS,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlReplay, tl_replay, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (TlReplayState, tl_replay_state,
                    G_DEFINE_ENUM_VALUE (TL_REPLAY_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (TL_REPLAY_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (TL_REPLAY_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (TL_REPLAY_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (TL_REPLAY_DONE, "done"))

static gint64
get_time (TlReplay *self)
{
  return self->clock != NULL ? self->clock (self->clock_data) : g_get_monotonic_time ();
}

static void
tell_progress (TlReplay *self,
               gboolean  now)
{
  const gint64 time = get_time (self);

  if (!now && time - self->told < PROGRESS_US)
    return;
  self->told = time;
  g_signal_emit (self, signals[PROGRESS], 0);
}

static void
drop_sender (TlReplay *self)
{
  g_clear_pointer (&self->sender, tl_piece_sender_free);
  self->offered = FALSE;
}

/* Leaves the running state. @error: (nullable) (transfer full). */
static void
halt (TlReplay      *self,
      TlReplayState  state,
      char          *error)
{
  if (self->source != NULL)
    g_source_set_ready_time (self->source, -1);
  /* After a pause it goes on with those who have not taken the message yet. */
  if (state != TL_REPLAY_PAUSED && !self->offering)
    drop_sender (self);
  self->paused = get_time (self);
  self->state = state;
  g_free (self->error);
  self->error = error;
  tell_progress (self, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* (transfer full): why a session that is not open does not take anything. */
static char *
dup_closed_sentence (TlSession *session)
{
  const char *error = tl_session_get_error (session);

  if (error != NULL)
    return g_strdup_printf (_("The replay stopped because the session failed. Open it again to go on. %s"), error);
  return g_strdup (_("The replay stopped because the session is not open. Open it to go on."));
}

static void
state_cb (TlReplay *self)
{
  if (self->state == TL_REPLAY_RUNNING && tl_session_get_state (self->session) != TL_SESSION_OPEN)
    halt (self, TL_REPLAY_FAILED, dup_closed_sentence (self->session));
}

static void
arm (TlReplay *self,
     gint64    time)
{
  if (self->clock == NULL && self->source != NULL)
    g_source_set_ready_time (self->source, time);
}

static void
drained_cb (TlReplay *self)
{
  /* The session is in the middle of writing: its turn ends first. */
  if (self->state == TL_REPLAY_RUNNING && self->offered)
    arm (self, 0);
}

/* On a stream nothing is nothing. */
static gboolean
is_nothing (TlReplay           *self,
            const TlReplayItem *item)
{
  return item->length == 0 && !TL_SESSION_GET_CLASS (self->session)->is_datagram;
}

static gboolean
is_too_large (TlReplay *self)
{
  return self->limit > 0 && tl_replay_place_get_item (self->place)->length > self->limit;
}

typedef enum {
  TAKEN,
  SKIPPED,
  FULL,
  REFUSED,    /* it has failed */
} Offer;

/* Stops before a message that is no datagram. */
static Offer
refuse_large (TlReplay *self)
{
  g_autofree char *size = g_format_size_full (tl_replay_place_get_item (self->place)->length, G_FORMAT_SIZE_LONG_FORMAT);

  /* Translators: which message, of how many, its size, and the limit in bytes */
  halt (self, TL_REPLAY_FAILED, g_strdup_printf (_("The replay stopped before message %u of %u, which is too large for a datagram: %s, and the limit is %u bytes. Leave it out to go on."),
                                                 tl_replay_place_get_number (self->place), tl_replay_place_get_n_items (self->place), size, self->limit));
  return REFUSED;
}

static Offer
offer_next (TlReplay *self)
{
  const TlReplayItem *item = tl_replay_place_get_item (self->place);
  g_autoptr (GError) refusal = NULL;
  gboolean taken;

  if (is_nothing (self, item))
    return TAKEN;
  if (is_too_large (self))
    return self->skips ? SKIPPED : refuse_large (self);
  if (!self->offered)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (tl_replay_place_get_data (self->place), item->length);

      tl_piece_sender_set_piece (self->sender, bytes);
      self->offered = TRUE;
    }
  self->offering = TRUE;
  taken = tl_piece_sender_try (self->sender);
  self->offering = FALSE;
  /* The session may have closed over it, or somebody who was told of something has stopped this. */
  if (self->state != TL_REPLAY_RUNNING)
    {
      if (self->state != TL_REPLAY_PAUSED)
        drop_sender (self);
      return REFUSED;
    }
  if (!taken)
    return FULL;
  self->offered = FALSE;
  if (tl_piece_sender_get_n_peers (self->sender) > 0)
    return TAKEN;
  refusal = tl_piece_sender_steal_refusal (self->sender);
  halt (self, TL_REPLAY_FAILED, refusal != NULL ? g_strdup_printf (_("The replay stopped. %s"), refusal->message)
                                                : g_strdup (_("The replay stopped: there is nobody left to send to.")));
  return REFUSED;
}

/* All was played. */
static void
finish (TlReplay *self)
{
  /* Who left on the way is told of at the end; the others have all of it. */
  g_autoptr (GError) refusal = self->sender != NULL ? tl_piece_sender_steal_refusal (self->sender) : NULL;

  halt (self, TL_REPLAY_DONE, refusal != NULL ? g_strdup (refusal->message) : NULL);
}

void
tl_replay_turn (TlReplay *self)
{
  const gint64 end = g_get_monotonic_time () + TURN_US;
  guint64 stop;

  g_return_if_fail (TL_IS_REPLAY (self));

  stop = tl_replay_place_get_n_bytes (self->place) + TURN_BYTES;
  while (self->state == TL_REPLAY_RUNNING)
    {
      const gint64 now = get_time (self);

      if (tl_replay_place_get_due (self->place) > now)
        {
          arm (self, tl_replay_place_get_due (self->place));
          break;
        }
      switch (offer_next (self))
        {
        case FULL:
          arm (self, now + RETRY_US);
          tell_progress (self, FALSE);
          return;
        case REFUSED:
          return;
        case SKIPPED:
          if (!tl_replay_place_skip (self->place))
            finish (self);
          break;
        case TAKEN:
        default:
          if (!tl_replay_place_advance (self->place, now))
            finish (self);
        }
      if (self->state == TL_REPLAY_RUNNING && (tl_replay_place_get_n_bytes (self->place) >= stop || g_get_monotonic_time () >= end))
        {
          arm (self, 0);
          break;
        }
    }
  if (self->state == TL_REPLAY_RUNNING)
    tell_progress (self, FALSE);
}

static gboolean
turn_cb (gpointer user_data)
{
  g_autoptr (TlReplay) self = g_object_ref (user_data);

  tl_replay_turn (self);
  return G_SOURCE_CONTINUE;
}

static void
tl_replay_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  TlReplay *self = TL_REPLAY (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_replay_dispose (GObject *object)
{
  TlReplay *self = TL_REPLAY (object);

  tl_clock_source_clear (&self->source);
  g_clear_pointer (&self->sender, tl_piece_sender_free);
  g_clear_object (&self->session);
  g_clear_pointer (&self->peers, g_ptr_array_unref);

  G_OBJECT_CLASS (tl_replay_parent_class)->dispose (object);
}

static void
tl_replay_finalize (GObject *object)
{
  TlReplay *self = TL_REPLAY (object);

  tl_replay_place_free (self->place);
  g_free (self->error);

  G_OBJECT_CLASS (tl_replay_parent_class)->finalize (object);
}

static void
tl_replay_class_init (TlReplayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_replay_get_property;
  object_class->dispose = tl_replay_dispose;
  object_class->finalize = tl_replay_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TL_TYPE_REPLAY_STATE, TL_REPLAY_READY, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[PROGRESS] = g_signal_new ("progress", TL_TYPE_REPLAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_replay_init (TlReplay *self)
{
}

TlReplay *
tl_replay_new (TlSession             *session,
               GPtrArray             *peers,
               TlReplayList          *list,
               GArray                *picked,
               const TlReplayOptions *options)
{
  TlReplay *self;

  g_return_val_if_fail (TL_IS_SESSION (session), NULL);
  g_return_val_if_fail (picked->len > 0, NULL);

  self = g_object_new (TL_TYPE_REPLAY, NULL);
  self->session = g_object_ref (session);
  for (guint i = 0; peers != NULL && i < peers->len; i++)
    {
      if (self->peers == NULL)
        self->peers = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (self->peers, g_object_ref (peers->pdata[i]));
    }
  self->place = tl_replay_place_new (list, picked, options);
  self->skips = options->skips;
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "drained", G_CALLBACK (drained_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
tl_replay_start (TlReplay *self)
{
  const gboolean goes_on = self->state == TL_REPLAY_PAUSED || self->state == TL_REPLAY_FAILED;
  gint64 now;

  g_return_if_fail (TL_IS_REPLAY (self));

  if (self->state == TL_REPLAY_RUNNING)
    return;
  now = get_time (self);
  if (goes_on)
    tl_replay_place_shift (self->place, now - self->paused);
  else
    tl_replay_place_rewind (self->place, now);
  if (tl_session_get_state (self->session) != TL_SESSION_OPEN)
    {
      halt (self, TL_REPLAY_FAILED, dup_closed_sentence (self->session));
      return;
    }
  self->limit = tl_replay_limit_get (self->session, self->peers);
  if (self->sender == NULL)
    self->sender = tl_piece_sender_new (self->session, self->peers);
  if (self->source == NULL && self->clock == NULL)
    self->source = tl_clock_source_new ("tl-replay", turn_cb, self);
  self->state = TL_REPLAY_RUNNING;
  g_clear_pointer (&self->error, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (self->state == TL_REPLAY_RUNNING && tl_piece_sender_get_n_peers (self->sender) == 0)
    halt (self, TL_REPLAY_FAILED, g_strdup (_("There is nobody to play to; add or choose a peer first.")));
  else
    arm (self, tl_replay_place_get_due (self->place));
}

void
tl_replay_pause (TlReplay *self)
{
  g_return_if_fail (TL_IS_REPLAY (self));

  if (self->state == TL_REPLAY_RUNNING)
    halt (self, TL_REPLAY_PAUSED, NULL);
}

gboolean
tl_replay_can_skip (TlReplay *self)
{
  g_return_val_if_fail (TL_IS_REPLAY (self), FALSE);
  return self->state == TL_REPLAY_FAILED && is_too_large (self);
}

void
tl_replay_skip (TlReplay *self)
{
  g_return_if_fail (TL_IS_REPLAY (self));

  if (!tl_replay_can_skip (self))
    return;
  if (tl_replay_place_skip (self->place))
    tl_replay_start (self);
  else
    finish (self);
}

void
tl_replay_stop (TlReplay *self)
{
  g_return_if_fail (TL_IS_REPLAY (self));

  if (self->state != TL_REPLAY_READY && self->state != TL_REPLAY_DONE)
    halt (self, TL_REPLAY_READY, NULL);
}

TlReplayState
tl_replay_get_state (TlReplay *self)
{
  g_return_val_if_fail (TL_IS_REPLAY (self), TL_REPLAY_READY);
  return self->state;
}

const char *
tl_replay_get_error (TlReplay *self)
{
  g_return_val_if_fail (TL_IS_REPLAY (self), NULL);
  return self->error;
}

void
tl_replay_get_progress (TlReplay         *self,
                        TlReplayProgress *progress)
{
  g_return_if_fail (TL_IS_REPLAY (self));

  tl_replay_place_get_progress (self->place, self->state == TL_REPLAY_RUNNING ? get_time (self) : self->paused, self->state == TL_REPLAY_DONE, progress);
}

void
tl_replay_set_clock (TlReplay *self,
                     gint64  (*clock) (gpointer user_data),
                     gpointer  user_data)
{
  g_return_if_fail (TL_IS_REPLAY (self));
  g_return_if_fail (self->source == NULL);

  self->clock = clock;
  self->clock_data = user_data;
}
