/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some rows of a source, remembered by their ids. */

#include "tl-row-ids.h"

/* Now and then those are forgotten that have left the source. */
#define CHECKED 256

void
tl_row_ids_init (TlRowIds *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->older = g_array_new (FALSE, FALSE, sizeof (guint64));
}

void
tl_row_ids_clear (TlRowIds *self)
{
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->older, g_array_unref);
}

void
tl_row_ids_empty (TlRowIds *self)
{
  g_array_set_size (self->ids, 0);
  g_array_set_size (self->older, 0);
}

static void
forget_old (TlRowIds        *self,
            TlMessageSource *source)
{
  const guint n = source != NULL ? g_list_model_get_n_items (G_LIST_MODEL (source)) : 0;
  const guint64 first = n > 0 ? tl_message_source_get_id (source, 0) : G_MAXUINT64;
  guint n_old = 0;

  while (self->older->len > 0 && g_array_index (self->older, guint64, self->older->len - 1) < first)
    g_array_set_size (self->older, self->older->len - 1);
  while (n_old < self->ids->len && g_array_index (self->ids, guint64, n_old) < first)
    n_old++;
  if (n_old > 0)
    g_array_remove_range (self->ids, 0, n_old);
}

/* Which of the two @id belongs to. */
static GArray *
choose (TlRowIds *self,
        guint64   id)
{
  if (self->ids->len > 0)
    return id < g_array_index (self->ids, guint64, 0) ? self->older : self->ids;
  return self->older->len > 0 && id <= g_array_index (self->older, guint64, 0) ? self->older : self->ids;
}

static gboolean
is_before (TlRowIds *self,
           GArray   *ids,
           guint     n,
           guint64   id)
{
  return ids == self->older ? g_array_index (ids, guint64, n) > id : g_array_index (ids, guint64, n) < id;
}

/* The place of @id, or where it belongs. Mostly that is the end. */
static gboolean
find (TlRowIds *self,
      GArray   *ids,
      guint64   id,
      guint    *place)
{
  guint low = 0, high = ids->len;

  if (high > 0 && is_before (self, ids, high - 1, id))
    low = high;
  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (is_before (self, ids, middle, id))
        low = middle + 1;
      else
        high = middle;
    }
  *place = low;
  return low < ids->len && g_array_index (ids, guint64, low) == id;
}

gboolean
tl_row_ids_add (TlRowIds        *self,
                TlMessageSource *source,
                guint64          id)
{
  GArray *ids = choose (self, id);
  guint place;

  if (find (self, ids, id, &place))
    return FALSE;
  g_array_insert_val (ids, place, id);
  if ((self->ids->len + self->older->len) % CHECKED == 0)
    forget_old (self, source);
  return TRUE;
}

gboolean
tl_row_ids_remove (TlRowIds *self,
                   guint64   id)
{
  GArray *ids = choose (self, id);
  guint place;

  if (!find (self, ids, id, &place))
    return FALSE;
  g_array_remove_index (ids, place);
  return TRUE;
}

static guint
find_place (TlRowIds *self,
            GArray   *ids,
            guint64   id)
{
  guint place;

  find (self, ids, id, &place);
  return place;
}

/* Of those from @from to before @to, the ones that are not in the source any more. */
static gboolean
remove_gone (GArray          *ids,
             guint            from,
             guint            to,
             TlMessageSource *source)
{
  guint n_left = from, position;

  for (guint i = from; i < to; i++)
    {
      const guint64 id = g_array_index (ids, guint64, i);

      if (tl_message_source_find_id (source, id, &position) && tl_message_source_get_id (source, position) == id)
        g_array_index (ids, guint64, n_left++) = id;
    }
  if (n_left >= to)
    return FALSE;
  g_array_remove_range (ids, n_left, to - n_left);
  return TRUE;
}

gboolean
tl_row_ids_forget (TlRowIds        *self,
                   TlMessageSource *source,
                   guint            position,
                   guint            n)
{
  const guint end = position + n;
  const guint64 from = position > 0 ? tl_message_source_get_id (source, position - 1) + 1 : 0;
  const guint64 to = end < g_list_model_get_n_items (G_LIST_MODEL (source)) ? tl_message_source_get_id (source, end) : G_MAXUINT64;
  gboolean any;

  if (from >= to || tl_row_ids_is_empty (self))
    return FALSE;
  any = remove_gone (self->ids, find_place (self, self->ids, from), find_place (self, self->ids, to), source);
  return remove_gone (self->older, find_place (self, self->older, to - 1), from > 0 ? find_place (self, self->older, from - 1) : self->older->len, source) || any;
}

gboolean
tl_row_ids_is_empty (TlRowIds *self)
{
  return self->ids->len == 0 && self->older->len == 0;
}

guint
tl_row_ids_count (TlRowIds        *self,
                  TlMessageSource *source)
{
  forget_old (self, source);
  return self->ids->len + self->older->len;
}
