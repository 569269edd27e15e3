/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came and was not looked for yet: datagrams one by one, of a stream all bytes of a peer together. */
#include "tl-run-inbox.h"

typedef struct {
  guint32     peer;
  GByteArray *bytes;
} Received;

struct _TlRunInbox
{
  TlSession   *session;
  gsize        max_bytes;
  GSourceFunc  func;
  gpointer     user_data;
  guint        sink;
  GQueue       queue;
  gsize        n_bytes;
  gboolean     overflow;
};

static void
received_free (gpointer data)
{
  Received *received = data;

  g_byte_array_unref (received->bytes);
  g_free (received);
}

static Received *
find_stream (TlRunInbox *self,
             guint32     peer)
{
  for (GList *l = self->queue.head; l; l = l->next)
    if (((Received *) l->data)->peer == peer)
      return l->data;

  return NULL;
}

static void
drop_oldest (TlRunInbox *self)
{
  Received *oldest = g_queue_peek_head (&self->queue);

  self->overflow = TRUE;
  /* Of a stream that is alone its beginning: what it ends with has just come. */
  if (self->queue.length == 1 && oldest->bytes->len > 1)
    {
      const guint half = oldest->bytes->len / 2;

      g_byte_array_remove_range (oldest->bytes, 0, half);
      self->n_bytes -= half;
      return;
    }

  g_queue_pop_head (&self->queue);
  self->n_bytes -= oldest->bytes->len;
  received_free (oldest);
}

static void
sink_cb (const TlMessageInfo *info,
         const char          *peer,
         const guint8        *data,
         gpointer             user_data)
{
  TlRunInbox *self = user_data;
  const gboolean is_datagram = TL_SESSION_GET_CLASS (self->session)->is_datagram;
  Received *received;

  if (info->kind != TL_MESSAGE_RECEIVED)
    return;

  received = is_datagram ? NULL : find_stream (self, info->peer);
  if (received == NULL)
    {
      received = g_new0 (Received, 1);
      received->peer = info->peer;
      received->bytes = g_byte_array_new ();
      g_queue_push_tail (&self->queue, received);
    }
  if (info->length > 0)
    g_byte_array_append (received->bytes, data, info->length);
  self->n_bytes += info->length;
  while (!g_queue_is_empty (&self->queue) && (self->n_bytes > self->max_bytes || self->queue.length > self->max_bytes / 64))
    drop_oldest (self);
  self->func (self->user_data);
}

TlRunInbox *
tl_run_inbox_new (TlSession   *session,
                  gsize        max_bytes,
                  GSourceFunc  func,
                  gpointer     user_data)
{
  TlRunInbox *self = g_new0 (TlRunInbox, 1);

  self->session = g_object_ref (session);
  self->max_bytes = max_bytes;
  self->func = func;
  self->user_data = user_data;
  g_queue_init (&self->queue);
  self->sink = tl_log_sinks_add (tl_message_log_get_sinks (tl_session_get_log (session)), sink_cb, self);

  return self;
}

void
tl_run_inbox_free (TlRunInbox *self)
{
  tl_log_sinks_remove (tl_message_log_get_sinks (tl_session_get_log (self->session)), self->sink);
  tl_run_inbox_clear (self);
  g_object_unref (self->session);
  g_free (self);
}

void
tl_run_inbox_clear (TlRunInbox *self)
{
  g_queue_clear_full (&self->queue, received_free);
  self->n_bytes = 0;
}

gsize
tl_run_inbox_get_size (TlRunInbox *self)
{
  return self->n_bytes;
}

gboolean
tl_run_inbox_take_overflow (TlRunInbox *self)
{
  const gboolean overflow = self->overflow;

  self->overflow = FALSE;

  return overflow;
}

static gboolean
is_of (GPtrArray *peers,
       guint32    peer)
{
  for (guint i = 0; peers && i < peers->len; i++)
    if (tl_peer_get_log_id (peers->pdata[i]) == peer)
      return TRUE;

  return peers == NULL;
}

/* What stands behind it may be the beginning of the next answer. */
static gsize
find_end (TlPattern  *pattern,
          GByteArray *bytes)
{
  gsize none = 0, good = bytes->len;

  while (good - none > 1)
    {
      const gsize middle = none + (good - none) / 2;

      if (tl_pattern_matches (pattern, bytes->data, middle))
        good = middle;
      else
        none = middle;
    }

  return good;
}

GBytes *
tl_run_inbox_find (TlRunInbox *self,
                   TlPattern  *pattern,
                   GPtrArray  *peers,
                   guint32    *peer)
{
  const gboolean is_datagram = TL_SESSION_GET_CLASS (self->session)->is_datagram;

  for (GList *l = self->queue.head; l; l = l->next)
    {
      Received *received = l->data;
      GBytes *found;
      gsize length;

      if (!is_of (peers, received->peer) || !tl_pattern_matches (pattern, received->bytes->data, received->bytes->len))
        continue;

      length = is_datagram ? received->bytes->len : find_end (pattern, received->bytes);
      found = g_bytes_new (received->bytes->data, length);
      *peer = received->peer;
      self->n_bytes -= length;
      if (length < received->bytes->len)
        g_byte_array_remove_range (received->bytes, 0, (guint) length);
      else
        {
          g_queue_delete_link (&self->queue, l);
          received_free (received);
        }
      return found;
    }

  return NULL;
}
