/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which entries of a folder are selected: kept twice, by where they are in the list and by where they are in the listing. */

#include "tl-ftp-selection.h"

struct _TlFtpSelection
{
  TlLazySelection parent_instance;

  TlFtpDirectory *directory;
  TlFtpListing   *listing;     /* (nullable): whose entries @indices are */
  GtkBitset      *indices;
};

G_DEFINE_FINAL_TYPE (TlFtpSelection, tl_ftp_selection, TL_TYPE_LAZY_SELECTION)

static GtkBitset *
get_positions (TlFtpSelection *self)
{
  return tl_lazy_selection_get_selected (TL_LAZY_SELECTION (self));
}

static void
tl_ftp_selection_changed (TlLazySelection *selection,
                          GtkBitset       *changed)
{
  TlFtpSelection *self = TL_FTP_SELECTION (selection);
  GtkBitset *positions = get_positions (self);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, changed, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      guint index = tl_ftp_directory_get_index (self->directory, position);

      if (gtk_bitset_contains (positions, position))
        gtk_bitset_add (self->indices, index);
      else
        gtk_bitset_remove (self->indices, index);
    }
}

/* Where the selected ones are now. Those that are nowhere any more are forgotten. */
static void
find_positions (TlFtpSelection *self)
{
  g_autoptr (GtkBitset) was = g_steal_pointer (&self->indices);
  GtkBitset *positions = get_positions (self);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self));

  gtk_bitset_remove_all (positions);
  self->indices = gtk_bitset_new_empty ();
  for (guint i = 0; i < n_items && !gtk_bitset_is_empty (was); i++)
    {
      guint index = tl_ftp_directory_get_index (self->directory, i);

      if (!gtk_bitset_contains (was, index))
        continue;
      gtk_bitset_add (positions, i);
      gtk_bitset_add (self->indices, index);
    }
}

static void
tl_ftp_selection_items_changed (TlLazySelection *selection,
                                guint            position,
                                guint            removed,
                                guint            added)
{
  TlFtpSelection *self = TL_FTP_SELECTION (selection);
  TlFtpListing *listing = tl_ftp_directory_get_listing (self->directory);

  if (listing != self->listing)
    {
      gtk_bitset_remove_all (self->indices);
      g_clear_pointer (&self->listing, tl_ftp_listing_unref);
      self->listing = listing ? tl_ftp_listing_ref (listing) : NULL;
    }
  find_positions (self);
}

static void
tl_ftp_selection_finalize (GObject *object)
{
  TlFtpSelection *self = TL_FTP_SELECTION (object);

  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  g_clear_object (&self->directory);
  gtk_bitset_unref (self->indices);
  G_OBJECT_CLASS (tl_ftp_selection_parent_class)->finalize (object);
}

static void
tl_ftp_selection_class_init (TlFtpSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_ftp_selection_finalize;
  TL_LAZY_SELECTION_CLASS (klass)->items_changed = tl_ftp_selection_items_changed;
  TL_LAZY_SELECTION_CLASS (klass)->changed = tl_ftp_selection_changed;
}

static void
tl_ftp_selection_init (TlFtpSelection *self)
{
  self->indices = gtk_bitset_new_empty ();
}

GtkSelectionModel *
tl_ftp_selection_new (TlFtpDirectory *directory)
{
  TlFtpSelection *self = g_object_new (TL_TYPE_FTP_SELECTION, "model", directory, NULL);
  TlFtpListing *listing = tl_ftp_directory_get_listing (directory);

  self->directory = g_object_ref (directory);
  self->listing = listing ? tl_ftp_listing_ref (listing) : NULL;
  return GTK_SELECTION_MODEL (self);
}

GArray *
tl_ftp_selection_dup_indices (TlFtpSelection *self)
{
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint32));
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (TL_IS_FTP_SELECTION (self), indices);

  for (gboolean more = gtk_bitset_iter_init_first (&iter, get_positions (self), &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      guint32 index = tl_ftp_directory_get_index (self->directory, position);

      g_array_append_val (indices, index);
    }

  return indices;
}
