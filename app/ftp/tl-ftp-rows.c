/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From entries of a listing to the objects that are there for some of them. */

#include "tl-ftp-rows.h"

#include <string.h>

struct _TlFtpRows
{
  GHashTable *links;    /* index in the listing → Link */
};

typedef struct {
  TlFtpRows *rows;
  TlFtpEntry *entry;    /* weak */
  guint index;
} Link;

TlFtpRows *
tl_ftp_rows_new (void)
{
  TlFtpRows *self = g_new (TlFtpRows, 1);

  self->links = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
tl_ftp_rows_free (TlFtpRows *self)
{
  tl_ftp_rows_forget (self);
  g_hash_table_unref (self->links);
  g_free (self);
}

static void
entry_gone_cb (gpointer  user_data,
               GObject  *where_the_object_was)
{
  Link *link = user_data;

  g_hash_table_remove (link->rows->links, GUINT_TO_POINTER (link->index));
}

TlFtpEntry *
tl_ftp_rows_get (TlFtpRows    *self,
                 TlFtpListing *listing,
                 guint         index,
                 TlFtpCharset  charset,
                 TlCharset     guess)
{
  Link *link = g_hash_table_lookup (self->links, GUINT_TO_POINTER (index));

  if (link != NULL)
    return g_object_ref (link->entry);

  link = g_new (Link, 1);
  link->rows = self;
  link->index = index;
  link->entry = tl_ftp_entry_new_guessed (listing, index, charset, guess);
  g_object_weak_ref (G_OBJECT (link->entry), entry_gone_cb, link);
  g_hash_table_insert (self->links, GUINT_TO_POINTER (index), link);
  return link->entry;
}

void
tl_ftp_rows_forget (TlFtpRows *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->links);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Link *link = value;

      g_object_weak_unref (G_OBJECT (link->entry), entry_gone_cb, link);
      g_hash_table_iter_remove (&iter);
    }
}

void
tl_ftp_rows_set_charset (TlFtpRows    *self,
                         TlFtpCharset  charset,
                         TlCharset     guess)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  /* Held, as who hears of one may drop another. */
  g_hash_table_iter_init (&iter, self->links);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (entries, g_object_ref (((Link *) value)->entry));
  for (guint i = 0; i < entries->len; i++)
    tl_ftp_entry_set_charset (entries->pdata[i], charset, guess);
}

guint
tl_ftp_rows_find (TlFtpListing  *listing,
                  const guint32 *rows,
                  guint          n_rows,
                  GBytes        *raw_name)
{
  gsize wanted_length;
  const guint8 *wanted = g_bytes_get_data (raw_name, &wanted_length);

  for (guint i = 0; i < n_rows; i++)
    {
      gsize length;
      const guint8 *name = tl_ftp_listing_get_name (listing, rows[i], &length);

      if (length == wanted_length && length > 0 && memcmp (name, wanted, length) == 0)
        return i;
    }

  return G_MAXUINT;
}
