/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of the list of bookmarks: sites, sorted by their titles. */

#include "tl-ftp-site-rows.h"

#include <string.h>

/* One line of the list. Items are never changed, only replaced: what it is sorted by stays. */
typedef struct {
  TlFtpSite *site;
  gint64     id;
  char      *key;
} Row;

static Row *
row_new (TlFtpSite *site)
{
  Row *row = g_new0 (Row, 1);
  g_autofree char *title = tl_ftp_site_dup_title (site);

  row->site = g_object_ref (site);
  row->id = tl_ftp_site_get_id (site);
  row->key = g_utf8_collate_key (title, -1);

  return row;
}

static void
row_free (Row *row)
{
  g_object_unref (row->site);
  g_free (row->key);
  g_free (row);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *row_a = *(Row **) a;
  const Row *row_b = *(Row **) b;
  int order = strcmp (row_a->key, row_b->key);

  return order ? order : (row_a->id > row_b->id) - (row_a->id < row_b->id);
}

GPtrArray *
tl_ftp_site_rows_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
}

TlFtpSite *
tl_ftp_site_rows_at (GPtrArray *rows,
                     guint      i)
{
  return ((Row *) g_ptr_array_index (rows, i))->site;
}

GPtrArray *
tl_ftp_site_rows_changed (GPtrArray  *rows,
                          GHashTable *changes)
{
  GPtrArray *changed = tl_ftp_site_rows_new ();
  GHashTableIter iter;
  gpointer site;

  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = g_ptr_array_index (rows, i);

      if (!g_hash_table_contains (changes, &row->id))
        g_ptr_array_add (changed, row_new (row->site));
    }
  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, NULL, &site))
    if (site)
      g_ptr_array_add (changed, row_new (site));
  g_ptr_array_sort (changed, compare_rows);

  return changed;
}

gboolean
tl_ftp_site_rows_compare (GPtrArray *before,
                          GPtrArray *after,
                          guint     *position,
                          guint     *removed,
                          guint     *added)
{
  guint least = MIN (before->len, after->len);
  guint first = 0, last = 0;

  while (first < least && tl_ftp_site_rows_at (before, first) == tl_ftp_site_rows_at (after, first))
    first++;
  while (last < least - first &&
         tl_ftp_site_rows_at (before, before->len - 1 - last) == tl_ftp_site_rows_at (after, after->len - 1 - last))
    last++;

  *position = first;
  *removed = before->len - first - last;
  *added = after->len - first - last;
  return *removed > 0 || *added > 0;
}
