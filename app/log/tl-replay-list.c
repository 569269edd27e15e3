/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages to be sent again: an index over one block of bytes, within bounds. */

#include "tl-replay-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _TlReplayList
{
  gatomicrefcount  n_refs;
  GArray          *items;      /* of TlReplayItem */
  GByteArray      *bytes;
  GArray          *flows;      /* of TlReplayFlow */
  GHashTable      *numbers;    /* name of a flow → its number */
  TlReplayCounts   counts;
};

static void
clear_flow (gpointer data)
{
  TlReplayFlow *flow = data;

  g_free (flow->from);
  g_free (flow->to);
}

TlReplayList *
tl_replay_list_new (void)
{
  TlReplayList *self = g_new0 (TlReplayList, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->items = g_array_new (FALSE, FALSE, sizeof (TlReplayItem));
  self->bytes = g_byte_array_new ();
  self->flows = g_array_new (FALSE, FALSE, sizeof (TlReplayFlow));
  g_array_set_clear_func (self->flows, clear_flow);
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

TlReplayList *
tl_replay_list_ref (TlReplayList *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

void
tl_replay_list_unref (TlReplayList *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  g_array_unref (self->items);
  g_byte_array_unref (self->bytes);
  g_array_unref (self->flows);
  g_hash_table_unref (self->numbers);
  g_free (self);
}

guint
tl_replay_list_add_flow (TlReplayList   *self,
                         TlReplayOrigin  origin,
                         gboolean        is_tcp,
                         const char     *from,
                         const char     *to)
{
  g_autofree char *name = g_strdup_printf ("%d %d %s %s", origin, is_tcp, from != NULL ? from : "", to);
  gpointer number;
  TlReplayFlow flow;

  if (g_hash_table_lookup_extended (self->numbers, name, NULL, &number))
    return GPOINTER_TO_UINT (number);
  if (self->flows->len >= TL_REPLAY_MAX_FLOWS)
    return G_MAXUINT;
  flow = (TlReplayFlow) { .origin = origin, .is_tcp = is_tcp, .from = g_strdup (from), .to = g_strdup (to) };
  g_array_append_val (self->flows, flow);
  g_hash_table_insert (self->numbers, g_steal_pointer (&name), GUINT_TO_POINTER (self->flows->len - 1));
  return self->flows->len - 1;
}

static gboolean
has_room (TlReplayList *self,
          gsize         length)
{
  return length <= TL_REPLAY_MAX_BYTES && self->bytes->len <= TL_REPLAY_MAX_BYTES - length;
}

gboolean
tl_replay_list_add (TlReplayList *self,
                    guint         flow,
                    gint64        time,
                    const guint8 *data,
                    gsize         length)
{
  TlReplayItem item = { .time = time, .start = self->bytes->len, .length = (guint32) length, .flow = flow };
  TlReplayFlow *of;

  if (flow >= self->flows->len || self->items->len >= TL_REPLAY_MAX_ITEMS || !has_room (self, length))
    {
      self->counts.n_cut++;
      self->counts.n_cut_bytes += length;
      return FALSE;
    }
  of = &g_array_index (self->flows, TlReplayFlow, flow);
  of->n_items++;
  of->n_bytes += length;
  g_byte_array_append (self->bytes, data, (guint) length);
  g_array_append_val (self->items, item);
  return TRUE;
}

gboolean
tl_replay_list_extend (TlReplayList *self,
                       guint         flow,
                       const guint8 *data,
                       gsize         length)
{
  TlReplayItem *last = self->items->len > 0 ? &g_array_index (self->items, TlReplayItem, self->items->len - 1) : NULL;

  if (last == NULL || last->flow != flow || !has_room (self, length))
    return FALSE;
  last->length += (guint32) length;
  g_array_index (self->flows, TlReplayFlow, flow).n_bytes += length;
  g_byte_array_append (self->bytes, data, (guint) length);
  return TRUE;
}

TlReplayCounts *
tl_replay_list_get_counts (TlReplayList *self)
{
  return &self->counts;
}

guint
tl_replay_list_get_n_items (TlReplayList *self)
{
  return self->items->len;
}

const TlReplayItem *
tl_replay_list_get_item (TlReplayList *self,
                         guint         position)
{
  g_return_val_if_fail (position < self->items->len, NULL);
  return &g_array_index (self->items, TlReplayItem, position);
}

const guint8 *
tl_replay_list_get_data (TlReplayList       *self,
                         const TlReplayItem *item)
{
  return self->bytes->data + item->start;
}

guint
tl_replay_list_get_n_flows (TlReplayList *self)
{
  return self->flows->len;
}

const TlReplayFlow *
tl_replay_list_get_flow (TlReplayList *self,
                         guint         flow)
{
  g_return_val_if_fail (flow < self->flows->len, NULL);
  return &g_array_index (self->flows, TlReplayFlow, flow);
}

guint
tl_replay_list_count_origin (TlReplayList   *self,
                             TlReplayOrigin  origin)
{
  guint n = 0;

  for (guint i = 0; i < self->flows->len; i++)
    n += g_array_index (self->flows, TlReplayFlow, i).origin == origin ? 1 : 0;
  return n;
}

static int
compare_times (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  TlReplayList *self = user_data;
  const guint x = *(const guint *) a, y = *(const guint *) b;
  const gint64 s = tl_replay_list_get_item (self, x)->time, t = tl_replay_list_get_item (self, y)->time;

  if (s != t)
    return s < t ? -1 : 1;
  return x < y ? -1 : x > y;
}

GArray *
tl_replay_list_pick (TlReplayList   *self,
                     guint           flow,
                     TlReplayOrigin  origin)
{
  GArray *picked = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean is_sorted = TRUE;
  gint64 last = G_MININT64;

  for (guint i = 0; i < self->items->len; i++)
    {
      const TlReplayItem *item = &g_array_index (self->items, TlReplayItem, i);

      if (flow != G_MAXUINT ? item->flow != flow : g_array_index (self->flows, TlReplayFlow, item->flow).origin != origin)
        continue;
      is_sorted = is_sorted && item->time >= last;
      last = item->time;
      g_array_append_val (picked, i);
    }
  /* A stream is in order; several that were put in order each by itself may not be. */
  if (!is_sorted && flow == G_MAXUINT)
    g_array_sort_with_data (picked, compare_times, self);
  return picked;
}

/* One line. @format: with one %lu. */
static void
tell (GPtrArray  *lines,
      guint64     n,
      const char *format)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  if (n > 0)
    g_ptr_array_add (lines, g_strdup_printf (format, (gulong) n));
#pragma GCC diagnostic pop
}

char *
tl_replay_list_describe (TlReplayList *self)
{
  const TlReplayCounts *counts = &self->counts;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  if (counts->n_cut > 0)
    {
      g_autofree char *size = g_format_size (counts->n_cut_bytes);

      g_ptr_array_add (lines, g_strdup_printf (ngettext ("There was no room for %lu message (%s): only those before it are taken.",
                                                         "There was no room for %lu messages (%s): only those before them are taken.", counts->n_cut),
                                               (gulong) counts->n_cut, size));
    }
  if (counts->read > 0)
    {
      g_autofree char *read = g_format_size (counts->read);
      g_autofree char *size = g_format_size (counts->size);

      g_ptr_array_add (lines, g_strdup_printf (_("The file ends in the middle of something: %s of %s could be read."), read, size));
    }
  tell (lines, counts->n_bad, ngettext ("%lu packet or line cannot be read.", "%lu packets or lines cannot be read.", (gulong) counts->n_bad));
  tell (lines, counts->n_other, ngettext ("%lu packet is neither UDP nor TCP.", "%lu packets are neither UDP nor TCP.", (gulong) counts->n_other));
  tell (lines, counts->n_snapped, ngettext ("Of %lu packet the capture has only the beginning; it is left out.", "Of %lu packets the capture has only the beginning; they are left out.", (gulong) counts->n_snapped));
  tell (lines, counts->n_incomplete, ngettext ("Of %lu datagram not all fragments are there.", "Of %lu datagrams not all fragments are there.", (gulong) counts->n_incomplete));
  tell (lines, counts->n_repeated, ngettext ("%lu TCP segment came more than once and is taken once.", "%lu TCP segments came more than once and are taken once.", (gulong) counts->n_repeated));
  tell (lines, counts->n_reordered, ngettext ("%lu TCP segment came out of order and is put in order.", "%lu TCP segments came out of order and are put in order.", (gulong) counts->n_reordered));
  tell (lines, counts->n_missing_bytes, ngettext ("%lu byte of TCP streams was not captured.", "%lu bytes of TCP streams were not captured.", (gulong) counts->n_missing_bytes));
  tell (lines, counts->n_damaged, ngettext ("%lu part of the history is damaged and was left out.", "%lu parts of the history are damaged and were left out.", (gulong) counts->n_damaged));
  if (lines->len == 0)
    return NULL;
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}
