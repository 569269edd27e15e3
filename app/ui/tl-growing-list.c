/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list that comes into its view little by little. */

#include "tl-growing-list.h"

#include "tl-turn.h"

/* A list view of GTK 4.8 has no more rows. */
#define N_ROWS 206
/* Made in one turn: a few milliseconds. */
#define SLICE 8

struct _TlGrowingList
{
  GObject     parent_instance;

  GType       item_type;
  GListModel *model;     /* (nullable) */
  guint       n_shown;   /* of its items, from the first */
  guint       n_items;   /* of the model, as told */
  guint       turn;
};

static GType
tl_growing_list_get_item_type (GListModel *list)
{
  return TL_GROWING_LIST (list)->item_type;
}

static guint
tl_growing_list_get_n_items (GListModel *list)
{
  return TL_GROWING_LIST (list)->n_shown;
}

static gpointer
tl_growing_list_get_item (GListModel *list,
                          guint       position)
{
  TlGrowingList *self = TL_GROWING_LIST (list);

  return position < self->n_shown ? g_list_model_get_item (self->model, position) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_growing_list_get_item_type;
  iface->get_n_items = tl_growing_list_get_n_items;
  iface->get_item = tl_growing_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlGrowingList, tl_growing_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void go_on (TlGrowingList *self);

/* Some more, or all when the view has its rows. */
static void
more_cb (gpointer data)
{
  g_autoptr (TlGrowingList) self = g_object_ref (data);
  guint before = self->n_shown;

  self->turn = 0;
  self->n_shown = before + SLICE < N_ROWS ? MIN (before + SLICE, self->n_items) : self->n_items;
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->n_shown - before);
  go_on (self);
}

static void
go_on (TlGrowingList *self)
{
  if (self->n_shown < self->n_items && self->turn == 0)
    self->turn = tl_turn_add_last (more_cb, self);
  else if (self->n_shown == self->n_items)
    g_clear_handle_id (&self->turn, g_source_remove);
}

static void
items_changed_cb (TlGrowingList *self,
                  guint          position,
                  guint          removed,
                  guint          added)
{
  guint was = self->n_shown;
  gboolean all = was == self->n_items;

  self->n_items += added - removed;
  if (all && (was >= N_ROWS || added <= SLICE))
    {
      self->n_shown = self->n_items;
      g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
    }
  else if (position < was)
    {
      /* What follows comes again: the rows are not all there yet. */
      self->n_shown = MIN (MAX (was, position + SLICE), self->n_items);
      g_list_model_items_changed (G_LIST_MODEL (self), position, was - position, self->n_shown - position);
    }
  else if (all)
    {
      self->n_shown = MIN (was + SLICE, self->n_items);
      g_list_model_items_changed (G_LIST_MODEL (self), was, 0, self->n_shown - was);
    }
  go_on (self);
}

static void
leave_model (TlGrowingList *self)
{
  g_clear_handle_id (&self->turn, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  self->n_shown = self->n_items = 0;
}

static void
tl_growing_list_dispose (GObject *object)
{
  leave_model (TL_GROWING_LIST (object));
  G_OBJECT_CLASS (tl_growing_list_parent_class)->dispose (object);
}

static void
tl_growing_list_class_init (TlGrowingListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_growing_list_dispose;
}

static void
tl_growing_list_init (TlGrowingList *self)
{
}

TlGrowingList *
tl_growing_list_new (GType item_type)
{
  TlGrowingList *self = g_object_new (TL_TYPE_GROWING_LIST, NULL);

  self->item_type = item_type;
  return self;
}

void
tl_growing_list_set_model (TlGrowingList *self,
                           GListModel    *model)
{
  guint was = self->n_shown;

  g_return_if_fail (TL_IS_GROWING_LIST (self));

  leave_model (self);
  if (was > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, was, 0);
  if (model == NULL)
    return;
  self->model = g_object_ref (model);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (model));
}
