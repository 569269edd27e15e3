/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a list are made while the server works, and are used for what it sends. */

#include "tl-ftp-spare-rows.h"

#define SPARE_KEY "tl-ftp-spare"

/* As many as a list view of GTK 4.8 has rows. */
#define N_ROWS 206
/* Made at a time: a few milliseconds. */
#define SLICE 8
/* Servers that answer faster are not waited for long enough. */
#define DELAY_MS 40

/* The items: @head that go, those of the model, and @tail that are spare or go. */
struct _TlFtpSpareRows
{
  GObject parent_instance;

  GtkSelectionModel *model;
  GtkAdjustment     *place;
  TlFtpListing      *listing;    /* of the spare items */
  GPtrArray         *spare;      /* of TlFtpEntry, made when they are asked for */
  guint              head;
  guint              n_items;    /* of the model, as told */
  guint              tail;
  gboolean           expecting;
  guint              make_id;
  guint              drop_id;
};

static TlFtpEntry *
get_spare (TlFtpSpareRows *self,
           guint           i)
{
  while (self->spare->len <= i)
    {
      TlFtpEntry *entry = tl_ftp_entry_new (self->listing, 0, TL_FTP_CHARSET_AUTO);

      g_object_set_data (G_OBJECT (entry), SPARE_KEY, self);
      g_ptr_array_add (self->spare, entry);
    }
  return g_object_ref (g_ptr_array_index (self->spare, i));
}

static GType
tl_ftp_spare_rows_get_item_type (GListModel *list)
{
  return TL_TYPE_FTP_ENTRY;
}

static guint
tl_ftp_spare_rows_get_n_items (GListModel *list)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (list);

  return self->head + self->n_items + self->tail;
}

static gpointer
tl_ftp_spare_rows_get_item (GListModel *list,
                            guint       position)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (list);

  if (position >= self->head + self->n_items + self->tail)
    return NULL;
  if (position < self->head)
    return get_spare (self, self->tail + position);
  if (position < self->head + self->n_items)
    return g_list_model_get_item (G_LIST_MODEL (self->model), position - self->head);
  return get_spare (self, position - self->head - self->n_items);
}

static void
tl_ftp_spare_rows_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_ftp_spare_rows_get_item_type;
  iface->get_n_items = tl_ftp_spare_rows_get_n_items;
  iface->get_item = tl_ftp_spare_rows_get_item;
}

static gboolean
tl_ftp_spare_rows_is_selected (GtkSelectionModel *model,
                               guint              position)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (model);

  return position >= self->head && position < self->head + self->n_items && gtk_selection_model_is_selected (self->model, position - self->head);
}

static GtkBitset *
tl_ftp_spare_rows_get_selection_in_range (GtkSelectionModel *model,
                                          guint              position,
                                          guint              n_items)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (model);

  /* Of what goes nothing is selected; nobody asks between two steps but a list that is told of the first. */
  return self->head > 0 ? gtk_bitset_new_empty () : gtk_selection_model_get_selection_in_range (self->model, position, n_items);
}

static gboolean
tl_ftp_spare_rows_set_selection (GtkSelectionModel *model,
                                 GtkBitset         *selected,
                                 GtkBitset         *mask)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (model);

  return self->head == 0 && gtk_selection_model_set_selection (self->model, selected, mask);
}

static void
tl_ftp_spare_rows_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = tl_ftp_spare_rows_is_selected;
  iface->get_selection_in_range = tl_ftp_spare_rows_get_selection_in_range;
  iface->set_selection = tl_ftp_spare_rows_set_selection;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFtpSpareRows, tl_ftp_spare_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_ftp_spare_rows_list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, tl_ftp_spare_rows_selection_model_init))

/* The first row stays until the end: the view is at it, and what comes after it is seen. So the rows of all others are free for the new items. */
static void
replace (TlFtpSpareRows *self,
         guint           n_added)
{
  GListModel *list = G_LIST_MODEL (self);
  guint n_old;

  g_clear_handle_id (&self->make_id, g_source_remove);
  self->head = 1;
  self->tail += self->n_items - 1;
  self->n_items = n_added;
  g_list_model_items_changed (list, 1, 0, n_added);

  n_old = self->tail;
  self->tail = 0;
  if (n_old > 0)
    g_list_model_items_changed (list, 1 + n_added, n_old, 0);
  self->head = 0;
  g_list_model_items_changed (list, 0, 1, 0);
}

static void
items_changed_cb (TlFtpSpareRows *self,
                  guint           position,
                  guint           removed,
                  guint           added)
{
  if (self->expecting && gtk_adjustment_get_value (self->place) < 1 && removed == self->n_items && removed + self->tail > 0 && added > 0)
    {
      replace (self, added);
      return;
    }
  self->n_items += added - removed;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static gboolean
make_cb (gpointer data)
{
  TlFtpSpareRows *self = data;
  guint there = self->n_items + self->tail;
  guint n = MIN (SLICE, N_ROWS - MIN (there, N_ROWS));

  if (n == 0)
    {
      self->make_id = 0;
      return G_SOURCE_REMOVE;
    }
  self->tail += n;
  g_list_model_items_changed (G_LIST_MODEL (self), there, 0, n);
  return G_SOURCE_CONTINUE;
}

static gboolean
delay_cb (gpointer data)
{
  TlFtpSpareRows *self = data;

  /* After all that the user waits for. */
  self->make_id = g_idle_add (make_cb, self);
  return G_SOURCE_REMOVE;
}

static void
drop_cb (gpointer data)
{
  TlFtpSpareRows *self = data;
  guint n = self->tail;

  self->drop_id = 0;
  self->expecting = FALSE;
  self->tail = 0;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), self->n_items, n, 0);
  g_ptr_array_set_size (self->spare, 0);
}

static void
tl_ftp_spare_rows_dispose (GObject *object)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (object);

  g_clear_handle_id (&self->make_id, g_source_remove);
  g_clear_handle_id (&self->drop_id, g_source_remove);
  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  self->n_items = 0;
  g_clear_object (&self->model);
  g_clear_object (&self->place);
  G_OBJECT_CLASS (tl_ftp_spare_rows_parent_class)->dispose (object);
}

static void
tl_ftp_spare_rows_finalize (GObject *object)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (object);

  g_ptr_array_unref (self->spare);
  tl_ftp_listing_unref (self->listing);
  G_OBJECT_CLASS (tl_ftp_spare_rows_parent_class)->finalize (object);
}

static void
tl_ftp_spare_rows_class_init (TlFtpSpareRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_ftp_spare_rows_dispose;
  G_OBJECT_CLASS (klass)->finalize = tl_ftp_spare_rows_finalize;
}

static void
tl_ftp_spare_rows_init (TlFtpSpareRows *self)
{
  static const char line[] = "-rw-r--r-- 1 a a 0 Jan 1 2000 a\n";
  const TlFtpListingHints hints = { .now = 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (line, sizeof line - 1);

  self->listing = tl_ftp_listing_parse (bytes, &hints, NULL);
  self->spare = g_ptr_array_new_with_free_func (g_object_unref);
}

TlFtpSpareRows *
tl_ftp_spare_rows_new (GtkSelectionModel *model,
                       GtkAdjustment     *place)
{
  TlFtpSpareRows *self;

  g_return_val_if_fail (GTK_IS_SELECTION_MODEL (model), NULL);

  self = g_object_new (TL_TYPE_FTP_SPARE_ROWS, NULL);
  self->model = g_object_ref (model);
  self->place = g_object_ref (place);
  self->n_items = g_list_model_get_n_items (G_LIST_MODEL (model));
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  g_signal_connect_swapped (model, "selection-changed", G_CALLBACK (gtk_selection_model_selection_changed), self);
  return self;
}

void
tl_ftp_spare_rows_expect (TlFtpSpareRows *self,
                          gboolean        expecting)
{
  g_return_if_fail (TL_IS_FTP_SPARE_ROWS (self));

  if (expecting)
    {
      g_clear_handle_id (&self->drop_id, g_source_remove);
      if (self->make_id == 0 && self->n_items + self->tail < N_ROWS)
        self->make_id = g_timeout_add (DELAY_MS, delay_cb, self);
      self->expecting = TRUE;
    }
  else if (self->expecting && self->drop_id == 0)
    {
      g_clear_handle_id (&self->make_id, g_source_remove);
      /* Not at once: the new items may be about to come. */
      self->drop_id = g_idle_add_once (drop_cb, self);
    }
}

gboolean
tl_ftp_spare_rows_is_spare (TlFtpEntry *entry)
{
  return g_object_get_data (G_OBJECT (entry), SPARE_KEY) != NULL;
}
