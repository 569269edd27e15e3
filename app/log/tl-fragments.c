/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of datagrams, until they are whole. */

#include "tl-fragments.h"

#include <string.h>

#define MAX_DATAGRAMS 256
#define MAX_LENGTH 65535

/* One that lacks something. In units of 8 bytes, but for the last, fragments begin and end. */
typedef struct {
  TlPacketEnd  from;
  TlPacketEnd  to;
  guint32      id;
  guint8       protocol;
  GByteArray  *bytes;
  guint8       there[8192];   /* each unit */
  gsize        length;        /* 0: the last piece has not come */
} Datagram;

struct _TlFragments
{
  GQueue  datagrams;          /* the oldest first */
  guint64 n_given_up;
};

static void
datagram_free (gpointer data)
{
  Datagram *datagram = data;

  g_clear_pointer (&datagram->bytes, g_byte_array_unref);
  g_free (datagram);
}

TlFragments *
tl_fragments_new (void)
{
  TlFragments *self = g_new0 (TlFragments, 1);

  g_queue_init (&self->datagrams);
  return self;
}

void
tl_fragments_free (TlFragments *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->datagrams, datagram_free);
  g_free (self);
}

static gboolean
is_of (const Datagram     *datagram,
       const TlPacketRead *fragment)
{
  return datagram->id == fragment->id && datagram->protocol == fragment->protocol && datagram->from.is_ipv6 == fragment->from.is_ipv6 &&
         memcmp (datagram->from.ip, fragment->from.ip, sizeof datagram->from.ip) == 0 &&
         memcmp (datagram->to.ip, fragment->to.ip, sizeof datagram->to.ip) == 0;
}

static GList *
find (TlFragments        *self,
      const TlPacketRead *fragment)
{
  Datagram *datagram;

  for (GList *link = self->datagrams.tail; link != NULL; link = link->prev)
    if (is_of (link->data, fragment))
      return link;
  if (self->datagrams.length >= MAX_DATAGRAMS)
    {
      datagram_free (g_queue_pop_head (&self->datagrams));
      self->n_given_up++;
    }
  datagram = g_new0 (Datagram, 1);
  datagram->from = fragment->from;
  datagram->to = fragment->to;
  datagram->id = fragment->id;
  datagram->protocol = fragment->protocol;
  datagram->bytes = g_byte_array_new ();
  g_queue_push_tail (&self->datagrams, datagram);
  return self->datagrams.tail;
}

static gboolean
is_whole (const Datagram *datagram)
{
  return datagram->length > 0 && memchr (datagram->there, 0, (datagram->length + 7) / 8) == NULL;
}

GByteArray *
tl_fragments_add (TlFragments        *self,
                  const TlPacketRead *fragment)
{
  const gsize end = (gsize) fragment->offset + fragment->length;
  GByteArray *whole;
  Datagram *datagram;
  GList *link;

  /* One that is not the last is a whole number of units. */
  if (fragment->length == 0 || end > MAX_LENGTH || (fragment->more && fragment->length % 8 != 0))
    return NULL;
  link = find (self, fragment);
  datagram = link->data;
  if (datagram->bytes->len < end)
    {
      const guint old = datagram->bytes->len;

      g_byte_array_set_size (datagram->bytes, (guint) end);
      memset (datagram->bytes->data + old, 0, end - old);
    }
  memcpy (datagram->bytes->data + fragment->offset, fragment->data, fragment->length);
  memset (datagram->there + fragment->offset / 8, 1, (fragment->length + 7) / 8);
  if (!fragment->more)
    datagram->length = end;
  if (!is_whole (datagram))
    return NULL;
  whole = g_steal_pointer (&datagram->bytes);
  g_byte_array_set_size (whole, (guint) MIN (whole->len, datagram->length));
  datagram_free (datagram);
  g_queue_delete_link (&self->datagrams, link);
  return whole;
}

guint64
tl_fragments_get_n_incomplete (TlFragments *self)
{
  return self->n_given_up + self->datagrams.length;
}
