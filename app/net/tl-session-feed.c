/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What subclasses tell a session: its state, its peers, what came and went, what was called. */

#include "tl-session-internal.h"
#include "tl-set-string.h"
#include "tl-socket-owner.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

/* A word such as “Connecting…” in the middle of a sentence. */
static char *
dup_word (TlSession *self)
{
  const char *label = tl_session_get_state_label (self);
  const gsize length = strlen (label);

  return g_strndup (label, g_str_has_suffix (label, "…") ? length - strlen ("…") : length);
}

/* One line for each change. */
static void
log_state (TlSession     *self,
           TlSessionState was,
           const char    *from)
{
  TlSessionPrivate *priv = tl_session_priv (self);
  g_autofree char *to = dup_word (self);
  g_autofree char *line = NULL;

  if (priv->state == TL_SESSION_OPEN && was != TL_SESSION_OPEN && priv->local_endpoint)
    line = g_strdup_printf (_("State: %s → %s. Local address: %s"), from, to, priv->local_endpoint);
  else if (priv->error)
    line = g_strdup_printf (_("State: %s → %s. %s"), from, to, priv->error);
  else
    line = g_strdup_printf (_("State: %s → %s"), from, to);
  tl_message_log_append_text (priv->log, priv->state == TL_SESSION_FAILED ? TL_MESSAGE_ERROR : TL_MESSAGE_EVENT, 0, line);
}

void
tl_session_set_outcome (TlSession *self,
                        TlOutcome  outcome)
{
  g_return_if_fail (TL_IS_SESSION (self));
  tl_session_priv (self)->next_outcome = outcome;
}

TlOutcome
tl_session_get_outcome (TlSession *self)
{
  g_return_val_if_fail (TL_IS_SESSION (self), TL_OUTCOME_NONE);
  return tl_session_priv (self)->outcome;
}

const char *
tl_session_get_state_label (TlSession *self)
{
  TlSessionPrivate *priv;
  const char *outcome;

  g_return_val_if_fail (TL_IS_SESSION (self), "");
  priv = tl_session_priv (self);
  outcome = tl_outcome_get_label (priv->outcome);
  return outcome != NULL ? outcome : TL_SESSION_GET_CLASS (self)->state_label (priv->state);
}

void
tl_session_set_state (TlSession     *self,
                      TlSessionState state,
                      const char    *error)
{
  TlSessionPrivate *priv;
  g_autofree char *from = NULL;
  TlSessionState was;
  TlOutcome outcome;
  gboolean other_error, other_state;

  g_return_if_fail (TL_IS_SESSION (self));
  priv = tl_session_priv (self);
  was = priv->state;
  outcome = priv->next_outcome;
  priv->next_outcome = TL_OUTCOME_NONE;
  other_error = g_strcmp0 (priv->error, error) != 0;
  other_state = was != state || priv->outcome != outcome;
  if (!other_state && !other_error)
    return;

  if (other_error)
    {
      g_free (priv->error);
      priv->error = g_strdup (error);
    }
  from = dup_word (self);
  priv->state = state;
  priv->outcome = outcome;
  g_debug ("%s %p [%d] → [%d]", G_OBJECT_TYPE_NAME (self), self, was, state);
  log_state (self, was, from);
  if (!tl_session_is_active (self))
    tl_session_replies_reset (priv->replies);

  g_object_freeze_notify (G_OBJECT (self));
  if (other_state)
    tl_session_notify_state (self);
  if (other_error)
    tl_session_notify_error (self);
  tl_session_touch (self);
  g_object_thaw_notify (G_OBJECT (self));
}

typedef struct {
  GWeakRef session;
  guint16  port;
} OwnerQuery;

static void
owner_query_free (OwnerQuery *self)
{
  g_weak_ref_clear (&self->session);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OwnerQuery, owner_query_free)

static void
owner_found_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (OwnerQuery) query = data;
  g_autoptr (TlSession) self = g_weak_ref_get (&query->session);
  g_autofree char *owner = tl_socket_find_owner_finish (result, NULL);
  g_autofree char *sentence = NULL;
  g_autofree char *both = NULL;
  TlSessionPrivate *priv;

  if (self == NULL || owner == NULL)
    return;
  priv = tl_session_priv (self);
  /* %s: “nginx” (process 812) */
  sentence = g_strdup_printf (_("Port %u is taken by %s."), query->port, owner);
  tl_message_log_append_text (priv->log, TL_MESSAGE_WARNING, 0, sentence);
  if (priv->state != TL_SESSION_FAILED || priv->error == NULL)
    return;
  both = g_strdup_printf ("%s %s", sentence, priv->error);
  g_free (priv->error);
  priv->error = g_steal_pointer (&both);
  tl_session_notify_error (self);
}

void
tl_session_fail_call (TlSession        *self,
                      const char       *call,
                      int               errsv,
                      const TlEndpoint *endpoint,
                      gboolean          is_udp)
{
  g_autofree char *sentence = tl_socket_error_sentence (call, errsv, endpoint);
  OwnerQuery *query;

  tl_session_set_state (self, TL_SESSION_FAILED, sentence);
  if (errsv != EADDRINUSE || endpoint == NULL || tl_endpoint_get_port (endpoint) == 0)
    return;
  query = g_new0 (OwnerQuery, 1);
  g_weak_ref_init (&query->session, self);
  query->port = tl_endpoint_get_port (endpoint);
  tl_socket_find_owner_async (query->port, is_udp, NULL, owner_found_cb, query);
}

void
tl_session_set_local_endpoint (TlSession  *self,
                               const char *text)
{
  TlSessionPrivate *priv;

  g_return_if_fail (TL_IS_SESSION (self));
  priv = tl_session_priv (self);
  if (!tl_set_string (&priv->local_endpoint, text))
    return;
  if (text != NULL)
    {
      g_free (priv->last_local_endpoint);
      priv->last_local_endpoint = g_strdup (text);
    }
  tl_session_notify_local_endpoint (self);
}

void
tl_session_received_many (TlSession          *self,
                          TlPeer             *peer,
                          gint64              time,
                          const struct iovec *payloads,
                          guint               n)
{
  TlSessionPrivate *priv = tl_session_priv (self);
  gsize bytes = 0;

  tl_message_log_append_many (priv->log, TL_MESSAGE_RECEIVED, time, tl_peer_get_log_id (peer), payloads, n);
  for (guint i = 0; i < n; ++i)
    bytes += payloads[i].iov_len;
  priv->counters.rx_messages += n;
  priv->counters.rx_bytes += bytes;
  tl_session_rates_count (&priv->rates, g_get_monotonic_time (), TRUE, n, bytes);
  tl_peer_count (peer, TRUE, n, bytes);
  tl_session_touch (self);
  for (guint i = 0; i < n; ++i)
    tl_session_replies_received (priv->replies, peer, time, payloads[i].iov_base, payloads[i].iov_len);
}

void
tl_session_received (TlSession    *self,
                     TlPeer       *peer,
                     gint64        time,
                     const guint8 *data,
                     gsize         length)
{
  const struct iovec payload = { (void *) data, length };

  tl_session_received_many (self, peer, time, &payload, 1);
}

gboolean
tl_session_is_answering (TlSession *self)
{
  return tl_auto_reply_get_mode (tl_session_priv (self)->auto_reply) != TL_REPLY_OFF;
}

void
tl_session_stream_ended (TlSession *self,
                         TlPeer    *peer)
{
  tl_session_replies_stream_ended (tl_session_priv (self)->replies, peer);
}

gboolean
tl_session_has_waiting_reply (TlSession *self,
                              TlPeer    *peer)
{
  return tl_session_replies_has_waiting (tl_session_priv (self)->replies, peer);
}

void
tl_session_sent (TlSession    *self,
                 TlPeer       *peer,
                 gint64        time,
                 const guint8 *data,
                 gsize         length)
{
  TlSessionPrivate *priv = tl_session_priv (self);

  tl_message_log_append (priv->log, TL_MESSAGE_SENT, time, tl_peer_get_log_id (peer), data, length);
  ++priv->counters.tx_messages;
  priv->counters.tx_bytes += length;
  tl_session_rates_count (&priv->rates, g_get_monotonic_time (), FALSE, 1, length);
  tl_peer_count (peer, FALSE, 1, length);
  tl_session_touch (self);
}

void
tl_session_add_kernel_drops (TlSession *self,
                             guint64    count)
{
  tl_session_priv (self)->counters.kernel_drops += count;
  tl_session_touch (self);
}

void
tl_session_add_held_reply (TlSession *self)
{
  ++tl_session_priv (self)->counters.replies_held;
  tl_session_touch (self);
}

void
tl_session_add_peer (TlSession *self,
                     TlPeer    *peer)
{
  TlSessionPrivate *priv = tl_session_priv (self);

  tl_peer_set_watch (peer, tl_session_peer_changed_cb, self);
  tl_session_count_queued (self, peer);
  tl_peer_list_add (priv->peers, peer);
}

void
tl_session_remove_peer (TlSession *self,
                        TlPeer    *peer)
{
  TlSessionPrivate *priv = tl_session_priv (self);
  g_autoptr (TlPeer) kept = g_object_ref (peer);

  if (!tl_peer_list_remove (priv->peers, peer))
    return;
  tl_session_replies_forget (priv->replies, peer);
  tl_peer_set_queued (peer, 0);
  tl_session_count_queued (self, peer);
  tl_peer_set_watch (peer, NULL, NULL);
}

gboolean
tl_session_has_peer (TlSession *self,
                     TlPeer    *peer)
{
  return tl_peer_list_contains (tl_session_priv (self)->peers, peer);
}

GPtrArray *
tl_session_snapshot_peers (TlSession *self)
{
  return tl_peer_list_snapshot (tl_session_priv (self)->peers);
}

static const char *
errno_name (int errsv)
{
#ifdef __GLIBC__
  const char *name = strerrorname_np (errsv);

  return name ? name : "errno";
#else
  return "errno";
#endif
}

static void
trace_line (TlSession  *self,
            TlPeer     *peer,
            int         result,
            int         errsv,
            const char *call)
{
  TlMessageLog *log = tl_session_priv (self)->log;
  const guint32 id = peer ? tl_peer_get_log_id (peer) : 0;

  if (errsv)
    tl_message_log_append_printf (log, TL_MESSAGE_CALL, id, "%s = -1 %s (%s)", call, errno_name (errsv), g_strerror (errsv));
  else
    tl_message_log_append_printf (log, TL_MESSAGE_CALL, id, "%s = %d", call, result);
}

void
tl_session_trace (TlSession  *self,
                  TlPeer     *peer,
                  int         result,
                  int         errsv,
                  const char *format,
                  ...)
{
  g_autofree char *call = NULL;
  va_list args;

  va_start (args, format);
  call = g_strdup_vprintf (format, args);
  va_end (args);
  trace_line (self, peer, result, errsv, call);
}

typedef struct {
  TlSession *session;
  TlPeer    *peer;
} Traced;

static void
trace_cb (const char *call,
          int         result,
          int         errsv,
          gpointer    data)
{
  const Traced *traced = data;

  trace_line (traced->session, traced->peer, result, errsv, call);
}

static void
apply (TlSession  *self,
       TlPeer     *peer,
       GSocket    *socket,
       const char *property)
{
  TlSessionPrivate *priv = tl_session_priv (self);
  Traced traced = { self, peer };
  g_auto (GStrv) refused = tl_socket_options_apply (priv->options, socket, property, trace_cb, &traced);

  for (guint i = 0; refused && refused[i]; ++i)
    tl_message_log_append_text (priv->log, TL_MESSAGE_WARNING, peer ? tl_peer_get_log_id (peer) : 0, refused[i]);
}

void
tl_session_apply_options (TlSession *self,
                          TlPeer    *peer,
                          GSocket   *socket)
{
  apply (self, peer, socket, NULL);
}

void
tl_session_apply_option (TlSession  *self,
                         TlPeer     *peer,
                         const char *property)
{
  TlSessionClass *klass = TL_SESSION_GET_CLASS (self);
  GSocket *socket = klass->get_socket ? klass->get_socket (self, peer) : NULL;

  if (socket && !g_socket_is_closed (socket))
    apply (self, peer, socket, property);
}
