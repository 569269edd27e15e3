/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row objects that are looked at, found again by the row's id. */

#include "tl-live-messages.h"

struct _TlLiveMessages
{
  GHashTable *messages;  /* id inside the object → TlMessage, not owned */
};

static void
message_gone_cb (gpointer  user_data,
                 GObject  *where_the_object_was)
{
  TlLiveMessages *self = user_data;
  TlMessage *message = (TlMessage *) where_the_object_was;

  g_hash_table_remove (self->messages, &tl_message_get_info (message)->id);
}

TlLiveMessages *
tl_live_messages_new (void)
{
  TlLiveMessages *self = g_new0 (TlLiveMessages, 1);

  self->messages = g_hash_table_new (g_int64_hash, g_int64_equal);

  return self;
}

void
tl_live_messages_free (TlLiveMessages *self)
{
  GHashTableIter iter;
  gpointer message;

  if (self == NULL)
    return;

  g_hash_table_iter_init (&iter, self->messages);
  while (g_hash_table_iter_next (&iter, NULL, &message))
    g_object_weak_unref (message, message_gone_cb, self);
  g_hash_table_unref (self->messages);
  g_free (self);
}

TlMessage *
tl_live_messages_get (TlLiveMessages  *self,
                      TlMessageSource *source,
                      guint            position)
{
  g_autoptr (GBytes) bytes = NULL;
  TlMessageInfo info;
  TlMessage *message;

  if (!tl_message_source_peek (source, position, &info))
    return NULL;

  message = g_hash_table_lookup (self->messages, &info.id);
  if (message != NULL)
    return g_object_ref (message);

  bytes = tl_message_source_dup_bytes (source, position);
  message = tl_message_new (&info, tl_message_source_peer_name (source, info.peer), bytes);
  g_hash_table_insert (self->messages, (gpointer) &tl_message_get_info (message)->id, message);
  g_object_weak_ref (G_OBJECT (message), message_gone_cb, self);

  return message;
}

void
tl_live_messages_continue (TlLiveMessages  *self,
                           TlMessageSource *source,
                           guint            position)
{
  g_autoptr (GPtrArray) continued = NULL;
  guint previous;

  if (g_hash_table_size (self->messages) == 0)
    return;

  /* What comes later than that continues nothing before @position. */
  continued = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = position; i < position + TL_MESSAGE_SOURCE_LOOKBACK_ROWS; i++)
    {
      TlMessageInfo info;
      TlMessage *message;

      if (!tl_message_source_peek (source, i, &info))
        break;
      if (!tl_message_source_previous (source, i, &previous) || previous >= position)
        continue;
      if (!tl_message_source_peek (source, previous, &info))
        continue;
      message = g_hash_table_lookup (self->messages, &info.id);
      if (message != NULL)
        g_ptr_array_add (continued, g_object_ref (message));
    }

  for (guint i = 0; i < continued->len; i++)
    tl_message_set_continued (continued->pdata[i]);
}
