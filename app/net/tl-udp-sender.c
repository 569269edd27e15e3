/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sends datagrams: checks what can be known before, switches broadcast on where it is needed, lets wait what the system does not take at once. */

#include "tl-udp-sender.h"

#include "tl-udp-session.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#define MAX_EARLIER_ERRORS 16

typedef struct {
  TlUdpPeer *peer;
  GBytes    *bytes;
} Waiting;

struct _TlUdpSender
{
  TlSession     *session;
  GSocket       *socket;
  GSocketFamily  family;
  gboolean       dual_stack;
  gboolean       broadcasts;
  TlUdpErrorFunc earlier_error;
  gpointer       earlier_error_data;
  GQueue         waiting;
  gsize          waiting_bytes;
  GHashTable    *to_tell;     /* peers that hear of it when there is room again */
  GSource       *source;
  gboolean       closed;      /* freed, while one of its functions is still at work */
};

static void
waiting_free (Waiting *self)
{
  g_object_unref (self->peer);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static gboolean
check (TlUdpSender *self,
       TlUdpPeer   *peer,
       gsize        size,
       GError     **error)
{
  const TlUdpAddress *address = tl_udp_peer_get_address (peer);
  const gboolean ipv4 = tl_udp_address_is_ipv4 (address);
  const guint limit = ipv4 ? TL_UDP_MAX_PAYLOAD_IPV4 : TL_UDP_MAX_PAYLOAD_IPV6;
  const char *name = tl_peer_get_name (TL_PEER (peer));

  if (size > limit)
    {
      g_set_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_TOO_LARGE,
                   _("%zu bytes do not fit into one datagram: the limit is %u bytes for IPv4 and %u bytes for IPv6. Send less at a time, or send it as a file."),
                   size, TL_UDP_MAX_PAYLOAD_IPV4, TL_UDP_MAX_PAYLOAD_IPV6);
      return FALSE;
    }
  if (address->port == 0)
    {
      g_set_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS, _("Nothing can be sent to port 0 (%s). Type the port of the peer."), name);
      return FALSE;
    }
  if (!ipv4 && self->family == G_SOCKET_FAMILY_IPV4)
    {
      g_set_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS,
                   _("%s is an IPv6 address, and this session is open at an IPv4 one. Open it at :: for both."), name);
      return FALSE;
    }
  if (ipv4 && self->family == G_SOCKET_FAMILY_IPV6 && !self->dual_stack)
    {
      g_set_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS,
                   _("%s is an IPv4 address, and this session is open at an IPv6 one. Open it at :: for both."), name);
      return FALSE;
    }
  return TRUE;
}

/* FALSE when that brings nothing new. */
static gboolean
allow_broadcast (TlUdpSender *self,
                 TlUdpPeer   *peer)
{
  const int fd = g_socket_get_fd (self->socket);
  const int on = 1;
  int result;

  if (self->broadcasts)
    return FALSE;
  result = setsockopt (fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
  tl_session_trace (self->session, TL_PEER (peer), result, result != 0 ? errno : 0, "setsockopt(%d, SOL_SOCKET, SO_BROADCAST, 1)", fd);
  self->broadcasts = result == 0;
  return self->broadcasts;
}

/* 0, or the errno. */
static int
send_now (TlUdpSender *self,
          TlUdpPeer   *peer,
          GBytes      *bytes)
{
  struct sockaddr_storage native;
  const socklen_t length = tl_udp_address_to_native (tl_udp_peer_get_address (peer), self->family, &native);
  const int fd = g_socket_get_fd (self->socket);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  int errsv = 0;

  if (tl_udp_peer_is_broadcast (peer))
    allow_broadcast (self, peer);
  for (guint i = 0; i < MAX_EARLIER_ERRORS; ++i)
    {
      if (sendto (fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL, (struct sockaddr *) &native, length) >= 0)
        {
          tl_session_sent (self->session, TL_PEER (peer), g_get_real_time (), data, size);
          return 0;
        }
      errsv = errno;
      if (errsv == EINTR)
        continue;
      /* The system's routes know broadcast addresses that no interface names, such as 127.255.255.255. */
      if (errsv == EACCES && allow_broadcast (self, peer))
        continue;
      if (errsv != ECONNREFUSED && errsv != EHOSTUNREACH && errsv != ENETUNREACH)
        break;
      /* It may be about a datagram that went before, to whomever: then the error queue tells, and the next attempt succeeds. */
      self->earlier_error (self->earlier_error_data);
      /* Who hears of it may close the session. */
      if (self->closed)
        return ECANCELED;
    }
  return errsv;
}

static gboolean
set_send_error (TlUdpSender *self,
                TlUdpPeer   *peer,
                gsize        size,
                int          errsv,
                GError     **error)
{
  g_autofree char *sentence = tl_socket_error_sentence ("sendto", errsv, tl_peer_get_endpoint (TL_PEER (peer)));

  tl_session_trace (self->session, TL_PEER (peer), -1, errsv, "sendto(%d, %" G_GSIZE_FORMAT " bytes, %s)",
                    g_socket_get_fd (self->socket), size, tl_peer_get_name (TL_PEER (peer)));
  g_set_error_literal (error, TL_SESSION_ERROR, errsv == EMSGSIZE ? TL_SESSION_ERROR_TOO_LARGE : TL_SESSION_ERROR_FAILED, sentence);
  return FALSE;
}

static void
count_waiting (TlUdpSender *self,
               TlUdpPeer   *peer,
               gssize       change)
{
  self->waiting_bytes += change;
  tl_peer_set_queued (TL_PEER (peer), tl_peer_get_queued (TL_PEER (peer)) + change);
}

static void
tell_of_room (TlUdpSender *self)
{
  TlSession *session = self->session;
  g_autoptr (GHashTable) to_tell = NULL;
  GHashTableIter iter;
  gpointer peer;

  if (self->waiting.length > TL_UDP_QUEUE_DATAGRAMS / 4 || self->waiting_bytes > TL_UDP_QUEUE_BYTES / 4)
    return;
  to_tell = g_steal_pointer (&self->to_tell);
  self->to_tell = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  g_hash_table_iter_init (&iter, to_tell);
  while (g_hash_table_iter_next (&iter, &peer, NULL) && tl_session_get_state (session) == TL_SESSION_OPEN)
    tl_session_peer_drained (session, peer);
}

/* FALSE when the system takes no more now, or the session was closed meanwhile. */
static gboolean
send_head (TlUdpSender *self)
{
  Waiting *head = g_queue_pop_head (&self->waiting);
  const int errsv = send_now (self, head->peer, head->bytes);

  if (!self->closed && (errsv == EAGAIN || errsv == EWOULDBLOCK))
    {
      g_queue_push_head (&self->waiting, head);
      return FALSE;
    }
  if (!self->closed && errsv != 0)
    {
      g_autoptr (GError) error = NULL;

      set_send_error (self, head->peer, g_bytes_get_size (head->bytes), errsv, &error);
      tl_message_log_append_text (tl_session_get_log (self->session), TL_MESSAGE_WARNING,
                                  tl_peer_get_log_id (TL_PEER (head->peer)), error->message);
    }
  if (self->closed)
    tl_peer_set_queued (TL_PEER (head->peer), 0);
  else
    count_waiting (self, head->peer, - (gssize) g_bytes_get_size (head->bytes));
  waiting_free (head);
  return !self->closed;
}

static void
drop_source (TlUdpSender *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static void
sender_finalize (TlUdpSender *self)
{
  g_hash_table_unref (self->to_tell);
  g_object_unref (self->socket);
}

static gboolean
writable_cb (GSocket     *socket,
             GIOCondition condition,
             gpointer     data)
{
  /* Who hears of a datagram or of an error may close the session, or take a peer away. */
  TlUdpSender *self = g_rc_box_acquire (data);
  g_autoptr (TlSession) session = g_object_ref (self->session);
  const gint64 end = g_get_monotonic_time () + TL_BUDGET_US;
  gboolean moved = FALSE;

  while (!g_queue_is_empty (&self->waiting) && g_get_monotonic_time () < end && send_head (self))
    moved = TRUE;
  if (g_queue_is_empty (&self->waiting))
    drop_source (self);
  if (moved && !self->closed)
    tell_of_room (self);
  g_rc_box_release_full (self, (GDestroyNotify) sender_finalize);
  return G_SOURCE_CONTINUE;
}

static gboolean
enqueue (TlUdpSender *self,
         TlUdpPeer   *peer,
         GBytes      *bytes,
         GError     **error)
{
  const gsize size = g_bytes_get_size (bytes);
  Waiting *waiting;

  g_hash_table_add (self->to_tell, g_object_ref (peer));
  if (self->waiting.length >= TL_UDP_QUEUE_DATAGRAMS || self->waiting_bytes + size > TL_UDP_QUEUE_BYTES)
    {
      g_set_error_literal (error, TL_SESSION_ERROR, TL_SESSION_ERROR_QUEUE_FULL,
                           _("The system takes no more datagrams at the moment, and too many wait already. Send more slowly."));
      return FALSE;
    }
  waiting = g_new0 (Waiting, 1);
  waiting->peer = g_object_ref (peer);
  waiting->bytes = g_bytes_ref (bytes);
  g_queue_push_tail (&self->waiting, waiting);
  count_waiting (self, peer, size);
  if (self->source == NULL)
    {
      self->source = g_socket_create_source (self->socket, G_IO_OUT, NULL);
      g_source_set_priority (self->source, TL_PRIORITY_SOCKET);
      g_source_set_callback (self->source, G_SOURCE_FUNC (writable_cb), self, NULL);
      g_source_attach (self->source, g_main_context_get_thread_default ());
    }
  return TRUE;
}

TlUdpSender *
tl_udp_sender_new (TlSession     *session,
                   GSocket       *socket,
                   gboolean       dual_stack,
                   TlUdpErrorFunc earlier_error,
                   gpointer       data)
{
  TlUdpSender *self = g_rc_box_new0 (TlUdpSender);

  self->session = session;
  self->socket = g_object_ref (socket);
  self->family = g_socket_get_family (socket);
  self->dual_stack = dual_stack;
  self->earlier_error = earlier_error;
  self->earlier_error_data = data;
  g_queue_init (&self->waiting);
  self->to_tell = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  return self;
}

void
tl_udp_sender_free (TlUdpSender *self)
{
  self->closed = TRUE;
  drop_source (self);
  for (GList *i = self->waiting.head; i; i = i->next)
    tl_peer_set_queued (TL_PEER (((Waiting *) i->data)->peer), 0);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) waiting_free);
  g_hash_table_remove_all (self->to_tell);
  g_rc_box_release_full (self, (GDestroyNotify) sender_finalize);
}

gboolean
tl_udp_sender_send (TlUdpSender *self,
                    TlUdpPeer   *peer,
                    GBytes      *bytes,
                    GError     **error)
{
  const gsize size = g_bytes_get_size (bytes);
  gboolean sent = FALSE;
  int errsv;

  if (!check (self, peer, size, error))
    return FALSE;
  if (!g_queue_is_empty (&self->waiting))
    return enqueue (self, peer, bytes, error);
  g_rc_box_acquire (self);
  errsv = send_now (self, peer, bytes);
  if (errsv == 0)
    sent = TRUE;
  else if (self->closed)
    g_set_error_literal (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NOT_OPEN, _("The session is not open. Open it first, then send."));
  else if (errsv == EAGAIN || errsv == EWOULDBLOCK)
    sent = enqueue (self, peer, bytes, error);
  else
    set_send_error (self, peer, size, errsv, error);
  g_rc_box_release_full (self, (GDestroyNotify) sender_finalize);
  return sent;
}

void
tl_udp_sender_forget (TlUdpSender *self,
                      TlUdpPeer   *peer)
{
  GList *next;

  for (GList *i = self->waiting.head; i; i = next)
    {
      Waiting *waiting = i->data;

      next = i->next;
      if (waiting->peer != peer)
        continue;
      g_queue_delete_link (&self->waiting, i);
      count_waiting (self, peer, - (gssize) g_bytes_get_size (waiting->bytes));
      waiting_free (waiting);
    }
  g_hash_table_remove (self->to_tell, peer);
}

guint
tl_udp_sender_get_n_waiting (TlUdpSender *self)
{
  return self->waiting.length;
}
