/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which entries of a folder are selected: kept twice, by where they are in the list and by where they are in the listing. */

#include "tl-ftp-selection.h"

struct _TlFtpSelection
{
  GObject parent_instance;

  TlFtpDirectory *directory;
  TlFtpListing   *listing;     /* (nullable): whose entries @indices are */
  GtkBitset      *positions;
  GtkBitset      *indices;
};

static GType
tl_ftp_selection_get_item_type (GListModel *list)
{
  return TL_TYPE_FTP_ENTRY;
}

static guint
tl_ftp_selection_get_n_items (GListModel *list)
{
  TlFtpSelection *self = TL_FTP_SELECTION (list);

  return self->directory ? g_list_model_get_n_items (G_LIST_MODEL (self->directory)) : 0;
}

static gpointer
tl_ftp_selection_get_item (GListModel *list,
                           guint       position)
{
  TlFtpSelection *self = TL_FTP_SELECTION (list);

  return self->directory ? g_list_model_get_item (G_LIST_MODEL (self->directory), position) : NULL;
}

static void
tl_ftp_selection_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_ftp_selection_get_item_type;
  iface->get_n_items = tl_ftp_selection_get_n_items;
  iface->get_item = tl_ftp_selection_get_item;
}

static gboolean
tl_ftp_selection_is_selected (GtkSelectionModel *model,
                              guint              position)
{
  return gtk_bitset_contains (TL_FTP_SELECTION (model)->positions, position);
}

static GtkBitset *
tl_ftp_selection_get_selection_in_range (GtkSelectionModel *model,
                                         guint              position,
                                         guint              n_items)
{
  GtkBitset *result = gtk_bitset_copy (TL_FTP_SELECTION (model)->positions);

  if (n_items < G_MAXUINT - position)
    {
      g_autoptr (GtkBitset) range = gtk_bitset_new_range (position, n_items);

      gtk_bitset_intersect (result, range);
    }
  return result;
}

static void
read_indices (TlFtpSelection *self,
              GtkBitset      *changed)
{
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, changed, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      guint index = tl_ftp_directory_get_index (self->directory, position);

      if (gtk_bitset_contains (self->positions, position))
        gtk_bitset_add (self->indices, index);
      else
        gtk_bitset_remove (self->indices, index);
    }
}

static gboolean
tl_ftp_selection_set_selection (GtkSelectionModel *model,
                                GtkBitset         *selected,
                                GtkBitset         *mask)
{
  TlFtpSelection *self = TL_FTP_SELECTION (model);
  g_autoptr (GtkBitset) wanted = gtk_bitset_copy (selected);
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (self->positions);
  guint n_items = tl_ftp_selection_get_n_items (G_LIST_MODEL (self));

  gtk_bitset_intersect (wanted, mask);
  if (gtk_bitset_get_maximum (wanted) >= n_items)
    gtk_bitset_remove_range_closed (wanted, n_items, G_MAXUINT);
  gtk_bitset_subtract (self->positions, mask);
  gtk_bitset_union (self->positions, wanted);

  gtk_bitset_difference (changed, self->positions);
  if (!gtk_bitset_is_empty (changed))
    {
      guint first = gtk_bitset_get_minimum (changed);

      read_indices (self, changed);
      gtk_selection_model_selection_changed (model, first, gtk_bitset_get_maximum (changed) - first + 1);
    }
  return TRUE;
}

static void
tl_ftp_selection_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = tl_ftp_selection_is_selected;
  iface->get_selection_in_range = tl_ftp_selection_get_selection_in_range;
  iface->set_selection = tl_ftp_selection_set_selection;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFtpSelection, tl_ftp_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_ftp_selection_list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, tl_ftp_selection_selection_model_init))

/* Where the selected ones are now. Those that are nowhere any more are forgotten. */
static void
find_positions (TlFtpSelection *self)
{
  g_autoptr (GtkBitset) was = g_steal_pointer (&self->indices);
  guint n_items = tl_ftp_selection_get_n_items (G_LIST_MODEL (self));

  gtk_bitset_remove_all (self->positions);
  self->indices = gtk_bitset_new_empty ();
  for (guint i = 0; i < n_items && !gtk_bitset_is_empty (was); i++)
    {
      guint index = tl_ftp_directory_get_index (self->directory, i);

      if (!gtk_bitset_contains (was, index))
        continue;
      gtk_bitset_add (self->positions, i);
      gtk_bitset_add (self->indices, index);
    }
}

static void
items_changed_cb (TlFtpSelection *self,
                  guint           position,
                  guint           removed,
                  guint           added)
{
  TlFtpListing *listing = tl_ftp_directory_get_listing (self->directory);

  if (listing != self->listing)
    {
      gtk_bitset_remove_all (self->indices);
      g_clear_pointer (&self->listing, tl_ftp_listing_unref);
      self->listing = listing ? tl_ftp_listing_ref (listing) : NULL;
    }
  find_positions (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
tl_ftp_selection_dispose (GObject *object)
{
  TlFtpSelection *self = TL_FTP_SELECTION (object);

  g_clear_object (&self->directory);
  G_OBJECT_CLASS (tl_ftp_selection_parent_class)->dispose (object);
}

static void
tl_ftp_selection_finalize (GObject *object)
{
  TlFtpSelection *self = TL_FTP_SELECTION (object);

  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  gtk_bitset_unref (self->positions);
  gtk_bitset_unref (self->indices);
  G_OBJECT_CLASS (tl_ftp_selection_parent_class)->finalize (object);
}

static void
tl_ftp_selection_class_init (TlFtpSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_ftp_selection_dispose;
  G_OBJECT_CLASS (klass)->finalize = tl_ftp_selection_finalize;
}

static void
tl_ftp_selection_init (TlFtpSelection *self)
{
  self->positions = gtk_bitset_new_empty ();
  self->indices = gtk_bitset_new_empty ();
}

GtkSelectionModel *
tl_ftp_selection_new (TlFtpDirectory *directory)
{
  TlFtpSelection *self = g_object_new (TL_TYPE_FTP_SELECTION, NULL);
  TlFtpListing *listing = tl_ftp_directory_get_listing (directory);

  self->directory = g_object_ref (directory);
  self->listing = listing ? tl_ftp_listing_ref (listing) : NULL;
  g_signal_connect_object (directory, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_SELECTION_MODEL (self);
}

GArray *
tl_ftp_selection_dup_indices (TlFtpSelection *self)
{
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint32));
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (TL_IS_FTP_SELECTION (self), indices);

  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->positions, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      guint32 index = tl_ftp_directory_get_index (self->directory, position);

      g_array_append_val (indices, index);
    }

  return indices;
}
