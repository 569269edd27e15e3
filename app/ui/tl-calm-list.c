/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list that tells of a thousand changes in a few steps, so that what shows it goes on answering. */

#include "tl-calm-list.h"

#include "tl-pointer-list.h"

/* What the telling may take of each interval. */
#define SETTLE_US (20 * G_TIME_SPAN_MILLISECOND)

struct _TlCalmList
{
  GObject     parent_instance;

  GListModel *model;
  GPtrArray  *items;     /* as told */
  guint       at_once;   /* changes passed on in this interval */
  guint       timer;
  guint       changes;   /* of the model, counted */
  gboolean    behind;
  guint       same;      /* items at the start that are the same in the model; while behind */
  gboolean    settling;
};

static void
insert_from_model (TlCalmList *self,
                   guint       position,
                   guint       n)
{
  for (guint i = 0; i < n; i++)
    g_ptr_array_insert (self->items, (int) (position + i), g_list_model_get_item (self->model, position + i));
}

static void
remove_items (TlCalmList *self,
              guint       position,
              guint       n)
{
  if (n > 0)
    g_ptr_array_remove_range (self->items, position, n);
}

/* How many items from @from on are no longer at @place or after it in the model. */
static guint
count_gone (TlCalmList *self,
            guint       from,
            GObject    *item_there)
{
  guint end = from;

  while (end < self->items->len && g_ptr_array_index (self->items, end) != item_there)
    end++;
  return end - from;
}

/* One step after the other until all is told, the time is over, or the model has changed at it. */
static void
settle (TlCalmList *self,
        gint64      deadline)
{
  g_autoptr (TlCalmList) hold = g_object_ref (self);
  guint changes = self->changes;
  guint i = self->same;
  guint old;
  guint n;

  while (i < self->items->len)
    {
      g_autoptr (GObject) there = g_list_model_get_item (self->model, i);
      guint gone = count_gone (self, i, there);

      if (gone == 0)
        {
          i++;
          continue;
        }
      if (g_get_monotonic_time () >= deadline)
        break;
      remove_items (self, i, gone);
      self->same = i;
      g_list_model_items_changed (G_LIST_MODEL (self), i, gone, 0);
      if (changes != self->changes)
        return;
    }
  self->same = i;
  if (i < self->items->len)
    return;
  old = self->items->len;
  n = g_list_model_get_n_items (self->model);
  self->behind = FALSE;
  if (n > old)
    {
      insert_from_model (self, old, n - old);
      g_list_model_items_changed (G_LIST_MODEL (self), old, 0, n - old);
    }
}

static void
settle_guarded (TlCalmList *self,
                gint64      deadline)
{
  if (!self->behind || self->settling)
    return;
  self->settling = TRUE;
  settle (self, deadline);
  self->settling = FALSE;
}

static gboolean
timer_cb (gpointer data)
{
  TlCalmList *self = data;

  if (!self->behind && self->at_once < TL_CALM_LIST_AT_ONCE)
    {
      self->at_once = 0;
      self->timer = 0;
      return G_SOURCE_REMOVE;
    }
  self->at_once = 0;
  settle_guarded (self, g_get_monotonic_time () + SETTLE_US);
  return G_SOURCE_CONTINUE;
}

static void
model_changed_cb (TlCalmList *self,
                  guint       position,
                  guint       removed,
                  guint       added)
{
  self->changes++;
  if (self->timer == 0)
    self->timer = g_timeout_add (TL_CALM_LIST_INTERVAL_MS, timer_cb, self);
  if (!self->behind && !self->settling && self->at_once < TL_CALM_LIST_AT_ONCE)
    {
      self->at_once++;
      remove_items (self, position, removed);
      insert_from_model (self, position, added);
      g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
      return;
    }
  self->same = self->behind ? MIN (self->same, position) : MIN (position, self->items->len);
  self->behind = TRUE;
}

TL_DEFINE_POINTER_LIST (TlCalmList, tl_calm_list, items, self->model != NULL ? g_list_model_get_item_type (self->model) : G_TYPE_OBJECT)

static void
tl_calm_list_dispose (GObject *object)
{
  TlCalmList *self = TL_CALM_LIST (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (tl_calm_list_parent_class)->dispose (object);
}

static void
tl_calm_list_finalize (GObject *object)
{
  g_ptr_array_unref (TL_CALM_LIST (object)->items);

  G_OBJECT_CLASS (tl_calm_list_parent_class)->finalize (object);
}

static void
tl_calm_list_class_init (TlCalmListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tl_calm_list_dispose;
  object_class->finalize = tl_calm_list_finalize;
}

static void
tl_calm_list_init (TlCalmList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

TlCalmList *
tl_calm_list_new (GListModel *model)
{
  TlCalmList *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  self = g_object_new (TL_TYPE_CALM_LIST, NULL);
  self->model = g_object_ref (model);
  insert_from_model (self, 0, g_list_model_get_n_items (model));
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (model_changed_cb), self);
  return self;
}

void
tl_calm_list_settle (TlCalmList *self)
{
  g_return_if_fail (TL_IS_CALM_LIST (self));

  settle_guarded (self, G_MAXINT64);
}
