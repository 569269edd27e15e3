/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ends very many channels without holding up the main loop: in slices, and with one time limit for all. */

#include "tl-tcp-closing.h"
#include "tl-session-private.h"

struct _TlTcpClosing
{
  GPtrArray *channels;
  guint      next;
  gboolean   hurried;
  gboolean   freed;
  guint      source;   /* the next slice, or the limit */
};

static void
closing_clear (TlTcpClosing *self)
{
  g_ptr_array_unref (self->channels);
}

static void
unref (TlTcpClosing *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) closing_clear);
}

static void serve (TlTcpClosing *self);

static gboolean
next_slice_cb (gpointer data)
{
  TlTcpClosing *self = data;

  self->source = 0;
  serve (self);
  return G_SOURCE_REMOVE;
}

static gboolean
limit_cb (gpointer data)
{
  TlTcpClosing *self = data;

  self->source = 0;
  tl_tcp_closing_hurry (self);
  return G_SOURCE_REMOVE;
}

static void
end (TlTcpClosing *self,
     TlTcpChannel *channel)
{
  if (tl_tcp_channel_has_ended (channel))
    return;
  if (self->hurried)
    tl_tcp_channel_close_now (channel);
  else
    tl_tcp_channel_disconnect (channel, TL_DISCONNECT_HALF_CLOSE, NULL);
}

static void
serve (TlTcpClosing *self)
{
  gint64 deadline = g_get_monotonic_time () + TL_BUDGET_US;

  g_rc_box_acquire (self);
  while (!self->freed && self->next < self->channels->len && g_get_monotonic_time () < deadline)
    end (self, g_ptr_array_index (self->channels, self->next++));
  if (!self->freed && self->next < self->channels->len)
    self->source = g_idle_add_full (TL_PRIORITY_SOCKET, next_slice_cb, self, NULL);
  else if (!self->freed && !self->hurried)
    self->source = g_timeout_add_seconds (TL_TCP_CLOSE_LIMIT, limit_cb, self);
  unref (self);
}

TlTcpClosing *
tl_tcp_closing_new (GHashTable *channels)
{
  TlTcpClosing *self = g_rc_box_new0 (TlTcpClosing);
  GHashTableIter iter;
  gpointer channel;

  self->channels = g_ptr_array_new_full (g_hash_table_size (channels), g_object_unref);
  g_hash_table_iter_init (&iter, channels);
  while (g_hash_table_iter_next (&iter, &channel, NULL))
    g_ptr_array_add (self->channels, g_object_ref (channel));
  return self;
}

void
tl_tcp_closing_begin (TlTcpClosing *self)
{
  serve (self);
}

void
tl_tcp_closing_hurry (TlTcpClosing *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->hurried = TRUE;
  self->next = 0;
  serve (self);
}

void
tl_tcp_closing_free (TlTcpClosing *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->freed = TRUE;
  unref (self);
}
