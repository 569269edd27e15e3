/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers that stand for peers in a message log, bounded: a number that neither a row nor a holder uses is given again. */

#include "tl-log-peers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _TlLogPeers
{
  GArray *peers;        /* of TlLogPeer; [0] is "no peer" and the head of the list of unused numbers */
  GHashTable *numbers;  /* name, owned by the peer → number */
  gsize name_bytes;
};

#define PEER(self, number) (&g_array_index ((self)->peers, TlLogPeer, (number)))

static gboolean
is_unused (TlLogPeer *peer)
{
  return peer->rows == 0 && peer->holds == 0;
}

static void
unlink_unused (TlLogPeers *self,
               guint32     number)
{
  TlLogPeer *peer = PEER (self, number);

  PEER (self, peer->older)->newer = peer->newer;
  PEER (self, peer->newer)->older = peer->older;
}

static void
link_unused (TlLogPeers *self,
             guint32     number)
{
  TlLogPeer *peer = PEER (self, number);
  TlLogPeer *head = PEER (self, 0);

  peer->older = head->older;
  peer->newer = 0;
  PEER (self, head->older)->newer = number;
  head->older = number;
}

/* The number that has been unused for the longest, without its name; 0 if there is none. */
static guint32
take_unused (TlLogPeers *self)
{
  guint32 number = PEER (self, 0)->newer;
  TlLogPeer *peer;

  if (number == 0)
    return 0;

  unlink_unused (self, number);
  peer = PEER (self, number);
  g_hash_table_remove (self->numbers, peer->name);
  self->name_bytes -= strlen (peer->name) + 1;
  g_free (peer->name);
  memset (peer, 0, sizeof *peer);

  return number;
}

static void
set_name (TlLogPeers *self,
          guint32     number,
          const char *name)
{
  TlLogPeer *peer = PEER (self, number);

  peer->name = g_strdup (name);
  self->name_bytes += strlen (name) + 1;
  g_hash_table_insert (self->numbers, peer->name, GUINT_TO_POINTER (number));
}

static guint32
append_peer (TlLogPeers *self,
             const char *name)
{
  guint32 number = self->peers->len;

  g_array_set_size (self->peers, number + 1);
  set_name (self, number, name);

  return number;
}

TlLogPeers *
tl_log_peers_new (void)
{
  TlLogPeers *self = g_new0 (TlLogPeers, 1);

  self->peers = g_array_new (FALSE, TRUE, sizeof (TlLogPeer));
  g_array_set_size (self->peers, 1);
  PEER (self, 0)->holds = 1;
  self->numbers = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
tl_log_peers_free (TlLogPeers *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->peers->len; i++)
    g_free (PEER (self, i)->name);
  g_array_unref (self->peers);
  g_hash_table_unref (self->numbers);
  g_free (self);
}

guint32
tl_log_peers_add (TlLogPeers *self,
                  const char *name)
{
  guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, name));

  if (number != 0)
    {
      if (is_unused (PEER (self, number)))
        unlink_unused (self, number);
      if (PEER (self, number)->holds == 0)
        tl_log_peers_begin_stream (self, number);
    }
  else if (self->peers->len < TL_LOG_PEERS_MAX)
    number = append_peer (self, name);
  else if ((number = take_unused (self)) != 0)
    set_name (self, number, name);
  else if (self->peers->len == TL_LOG_PEERS_MAX)
    number = append_peer (self, _("other peers"));
  else
    number = TL_LOG_PEERS_MAX;

  PEER (self, number)->holds++;
  return number;
}

void
tl_log_peers_release (TlLogPeers *self,
                      guint32     number)
{
  TlLogPeer *peer = tl_log_peers_get (self, number);

  g_return_if_fail (number != 0 && peer != NULL && peer->holds > 0);

  /* The shared number is never given to somebody else. */
  if (number == TL_LOG_PEERS_MAX)
    return;
  peer->holds--;
  if (is_unused (peer))
    link_unused (self, number);
}

TlLogPeer *
tl_log_peers_get (TlLogPeers *self,
                  guint32     number)
{
  return number < self->peers->len ? PEER (self, number) : NULL;
}

void
tl_log_peers_add_rows (TlLogPeers *self,
                       guint32     number,
                       guint       n)
{
  TlLogPeer *peer = PEER (self, number);

  if (is_unused (peer))
    unlink_unused (self, number);
  peer->rows += n;
}

void
tl_log_peers_remove_row (TlLogPeers *self,
                         guint32     number)
{
  TlLogPeer *peer = PEER (self, number);

  peer->rows--;
  if (is_unused (peer))
    link_unused (self, number);
}

void
tl_log_peers_begin_stream (TlLogPeers *self,
                           guint32     number)
{
  TlLogPeer *peer = PEER (self, number);

  memset (peer->offset, 0, sizeof peer->offset);
  memset (peer->last_id, 0, sizeof peer->last_id);
}

gsize
tl_log_peers_get_memory (TlLogPeers *self)
{
  /* A slot of the hash table: key, value, hash. */
  gsize slot = 2 * sizeof (gpointer) + sizeof (guint);

  return sizeof *self + self->peers->len * (sizeof (TlLogPeer) + slot) + self->name_bytes;
}
