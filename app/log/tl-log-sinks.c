/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The few who are told of each message of a log. */

#include "tl-log-sinks.h"

typedef struct {
  TlLogSink sink;
  gpointer  user_data;
  guint     number;
} Entry;

struct _TlLogSinks
{
  GArray *entries;
  guint   last_number;
};

TlLogSinks *
tl_log_sinks_new (void)
{
  TlLogSinks *self = g_new0 (TlLogSinks, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  return self;
}

void
tl_log_sinks_free (TlLogSinks *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->entries);
  g_free (self);
}

guint
tl_log_sinks_add (TlLogSinks *self,
                  TlLogSink   sink,
                  gpointer    user_data)
{
  Entry entry = { sink, user_data, ++self->last_number };

  g_array_append_val (self->entries, entry);
  return entry.number;
}

void
tl_log_sinks_remove (TlLogSinks *self,
                     guint       number)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (g_array_index (self->entries, Entry, i).number == number)
      {
        g_array_remove_index (self->entries, i);
        return;
      }
}

gboolean
tl_log_sinks_is_empty (TlLogSinks *self)
{
  return self->entries->len == 0;
}

static void
tell (TlLogSinks          *self,
      const TlMessageInfo *info,
      const char          *peer,
      const guint8        *data)
{
  /* From the back: one that takes itself out moves none that is still to come. */
  for (guint i = self->entries->len; i-- > 0;)
    {
      const Entry entry = g_array_index (self->entries, Entry, i);

      entry.sink (info, peer, data, entry.user_data);
      i = MIN (i, self->entries->len);
    }
}

void
tl_log_sinks_tell_many (TlLogSinks         *self,
                        TlLogPeers         *peers,
                        TlMessageInfo      *info,
                        const struct iovec *payloads,
                        guint               n)
{
  for (guint i = 0; i < n; i++)
    {
      info->length = payloads[i].iov_len;
      /* Asked for anew: a sink may have added a peer. */
      tell (self, info, tl_log_peers_get (peers, info->peer)->name, payloads[i].iov_base);
      info->id++;
      if (TL_MESSAGE_KIND_IS_DATA (info->kind))
        info->offset += info->length;
    }
}
