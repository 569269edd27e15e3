/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a session answers by itself: what came is cut into messages, each message gets its answer, at once or after a delay, at a bounded rate. */

#include "tl-session-reply.h"
#include "tl-frame-cutter.h"
#include "tl-session-private.h"

#include <glib/gi18n-lib.h>

typedef struct {
  TlSessionReplies *owner;      /* NULL once the peer was forgotten */
  TlPeer           *peer;
  TlFrameCutter    *cutter;     /* NULL once the peer was forgotten */
  TlLoopGuard       guard;
  guint64           count;
  guint             n_waiting;
  gboolean          refusal_told;
} Correspondent;

typedef struct {
  gint64         due;           /* µs, monotonic */
  Correspondent *to;
  GBytes        *bytes;
} Waiting;

struct _TlSessionReplies
{
  TlSession  *session;
  GHashTable *correspondents;   /* TlPeer → Correspondent */
  GQueue      waiting;          /* by the time when they are due */
  gsize       waiting_bytes;
  TlFrameRoom room;
  guint       source;
  gboolean    flood_told;
};

static void
correspondent_clear (Correspondent *self)
{
  g_clear_object (&self->peer);
}

static void
correspondent_unref (Correspondent *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) correspondent_clear);
}

/* Nobody hears of it from the session any more; who still holds it sees that it has no owner. */
static void
correspondent_drop (gpointer data)
{
  Correspondent *self = data;

  g_clear_pointer (&self->cutter, tl_frame_cutter_stop);
  self->owner = NULL;
  correspondent_unref (self);
}

static void
waiting_free (Waiting *self)
{
  correspondent_unref (self->to);
  g_bytes_unref (self->bytes);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Correspondent, correspondent_unref)

static void
send_reply (Correspondent *to,
            GBytes        *bytes)
{
  TlSession *session = to->owner->session;
  g_autoptr (GError) error = NULL;

  if (tl_session_send (session, to->peer, bytes, &error))
    {
      to->refusal_told = FALSE;
      return;
    }
  tl_session_add_held_reply (session);
  if (to->refusal_told)
    return;
  to->refusal_told = TRUE;
  tl_message_log_append_printf (tl_session_get_log (session), TL_MESSAGE_WARNING, tl_peer_get_log_id (to->peer),
                                _("An automatic answer could not be sent. %s"), error->message);
}

static gboolean
waiting_due_cb (gpointer data);

static void
arm (TlSessionReplies *self)
{
  Waiting *head = g_queue_peek_head (&self->waiting);
  gint64 left;

  g_clear_handle_id (&self->source, g_source_remove);
  if (head == NULL)
    return;
  left = MAX (head->due - g_get_monotonic_time (), 0);
  self->source = g_timeout_add_full (TL_PRIORITY_SOCKET, (left + 999) / 1000, waiting_due_cb, self, NULL);
}

static gboolean
waiting_due_cb (gpointer data)
{
  TlSessionReplies *self = data;
  g_autoptr (TlSession) session = g_object_ref (self->session);
  const gint64 end = g_get_monotonic_time () + TL_BUDGET_US;
  gint64 now;

  self->source = 0;
  while ((now = g_get_monotonic_time ()) < end && !g_queue_is_empty (&self->waiting))
    {
      Waiting *head = g_queue_peek_head (&self->waiting);

      if (head->due > now)
        break;
      g_queue_pop_head (&self->waiting);
      self->waiting_bytes -= g_bytes_get_size (head->bytes);
      --head->to->n_waiting;
      if (head->to->owner)
        send_reply (head->to, head->bytes);
      waiting_free (head);
    }
  arm (self);
  return G_SOURCE_REMOVE;
}

static void
wait_with (TlSessionReplies *self,
           Correspondent    *to,
           GBytes           *bytes,
           guint             delay_ms)
{
  const gint64 due = g_get_monotonic_time () + delay_ms * G_GINT64_CONSTANT (1000);
  GList *after = self->waiting.tail;
  Waiting *waiting;

  if (self->waiting.length >= TL_REPLY_MAX_WAITING || self->waiting_bytes + g_bytes_get_size (bytes) > TL_REPLY_MAX_WAITING_BYTES)
    {
      tl_session_add_held_reply (self->session);
      if (!self->flood_told)
        tl_message_log_append_text (tl_session_get_log (self->session), TL_MESSAGE_WARNING, 0,
                                    _("Too many automatic answers wait for their delay: further ones are held back."));
      self->flood_told = TRUE;
      return;
    }
  self->flood_told = FALSE;
  waiting = g_new0 (Waiting, 1);
  waiting->due = due;
  waiting->to = g_rc_box_acquire (to);
  ++to->n_waiting;
  waiting->bytes = g_bytes_ref (bytes);
  while (after && ((Waiting *) after->data)->due > due)
    after = after->prev;
  g_queue_insert_after (&self->waiting, after, waiting);
  self->waiting_bytes += g_bytes_get_size (bytes);
  if (g_queue_peek_head (&self->waiting) == waiting)
    arm (self);
}

/* Whether the loop guard lets an answer go out. */
static gboolean
guard_allows (Correspondent *to)
{
  TlSession *session = to->owner->session;
  gboolean just_tripped = FALSE;

  if (tl_loop_guard_take (&to->guard, g_get_monotonic_time (), &just_tripped))
    return TRUE;
  tl_session_add_held_reply (session);
  if (just_tripped)
    tl_message_log_append_printf (tl_session_get_log (session), TL_MESSAGE_WARNING, tl_peer_get_log_id (to->peer),
                                  _("Automatic answers to %s are held back to %d a second: two programs seem to answer each other."),
                                  tl_peer_get_name (to->peer), TL_LOOP_GUARD_RATE);
  return FALSE;
}

static void
tell_undecided (Correspondent *to,
                TlAutoReply   *auto_reply)
{
  guint rule;

  while ((rule = tl_auto_reply_take_undecided (auto_reply)) > 0)
    tl_message_log_append_printf (tl_session_get_log (to->owner->session), TL_MESSAGE_WARNING, tl_peer_get_log_id (to->peer),
                                  _("The expression of auto-reply rule %u has too much to try in what came, and gave up: that rule does not answer such a message. "
                                    "Write the expression more simply."), rule);
}

static void
answer (Correspondent *to,
        gint64         time,
        const guint8  *data,
        gsize          length)
{
  TlSession *session = to->owner->session;
  TlAutoReply *auto_reply = tl_session_get_auto_reply (session);
  const TlEndpoint *endpoint = tl_peer_get_endpoint (to->peer);
  const guint delay = tl_auto_reply_get_delay (auto_reply);
  const TlReplyContext context = {
    .peer = tl_peer_get_name (to->peer),
    .host = tl_endpoint_get_host (endpoint),
    .port = tl_endpoint_get_port (endpoint),
    .time = time,
    .count = ++to->count,
  };
  g_autoptr (GBytes) bytes = tl_auto_reply_make (auto_reply, data, length, &context);

  tell_undecided (to, auto_reply);
  if (bytes == NULL || (g_bytes_get_size (bytes) == 0 && !TL_SESSION_GET_CLASS (session)->is_datagram))
    return;
  if (!guard_allows (to))
    return;
  if (delay > 0)
    wait_with (to->owner, to, bytes, delay);
  else
    send_reply (to, bytes);
}

static void
frame_cb (gpointer      owner,
          gint64        time,
          const guint8 *data,
          gsize         length)
{
  /* An answer that cannot be sent may end the peer, and with it what is known of it. */
  g_autoptr (Correspondent) to = g_rc_box_acquire ((Correspondent *) owner);
  g_autoptr (TlSession) session = g_object_ref (to->owner->session);

  answer (to, time, data, length);
}

static void
given_up_cb (gpointer owner)
{
  const Correspondent *to = owner;

  tl_message_log_append_printf (tl_session_get_log (to->owner->session), TL_MESSAGE_WARNING, tl_peer_get_log_id (to->peer),
                                _("The message that %s began is not answered: the messages that have begun and not ended take too much memory."),
                                tl_peer_get_name (to->peer));
}

static const TlFrameCutterEvents cutter_events = { frame_cb, given_up_cb };

static Correspondent *
correspondent_of (TlSessionReplies *self,
                  TlPeer           *peer)
{
  Correspondent *to = g_hash_table_lookup (self->correspondents, peer);

  if (to)
    return to;
  to = g_rc_box_new0 (Correspondent);
  to->owner = self;
  to->peer = g_object_ref (peer);
  to->cutter = tl_frame_cutter_new (tl_session_get_framing (self->session), &cutter_events, to, &self->room);
  tl_loop_guard_init (&to->guard);
  g_hash_table_insert (self->correspondents, peer, to);
  return to;
}

TlSessionReplies *
tl_session_replies_new (TlSession *session)
{
  TlSessionReplies *self = g_new0 (TlSessionReplies, 1);

  self->session = session;
  self->room.max = TL_REPLY_MAX_PARTIAL_BYTES;
  self->correspondents = g_hash_table_new_full (NULL, NULL, NULL, correspondent_drop);
  g_queue_init (&self->waiting);
  return self;
}

void
tl_session_replies_free (TlSessionReplies *self)
{
  tl_session_replies_reset (self);
  g_hash_table_unref (self->correspondents);
  g_free (self);
}

void
tl_session_replies_received (TlSessionReplies *self,
                             TlPeer           *peer,
                             gint64            time,
                             const guint8     *data,
                             gsize             length)
{
  g_autoptr (Correspondent) to = NULL;

  if (tl_auto_reply_get_mode (tl_session_get_auto_reply (self->session)) == TL_REPLY_OFF)
    return;
  to = g_rc_box_acquire (correspondent_of (self, peer));
  if (TL_SESSION_GET_CLASS (self->session)->is_datagram || tl_session_get_framing (self->session)->kind == TL_FRAMING_NONE)
    answer (to, time, data, length);
  else
    tl_frame_cutter_feed (to->cutter, time, data, length);
}

void
tl_session_replies_stream_ended (TlSessionReplies *self,
                                 TlPeer           *peer)
{
  Correspondent *found = g_hash_table_lookup (self->correspondents, peer);
  g_autoptr (Correspondent) to = found ? g_rc_box_acquire (found) : NULL;

  if (to)
    tl_frame_cutter_end (to->cutter);
}

gboolean
tl_session_replies_has_waiting (TlSessionReplies *self,
                                TlPeer           *peer)
{
  const Correspondent *to = g_hash_table_lookup (self->correspondents, peer);

  return to && to->n_waiting > 0;
}

void
tl_session_replies_forget (TlSessionReplies *self,
                           TlPeer           *peer)
{
  g_hash_table_remove (self->correspondents, peer);
}

void
tl_session_replies_reset (TlSessionReplies *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) waiting_free);
  self->waiting_bytes = 0;
  g_hash_table_remove_all (self->correspondents);
}
