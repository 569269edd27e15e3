/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What moves between this machine and servers, in order: the list and its totals. Who runs it is the lane. */

#include "tl-transfer-queue.h"

#include "tl-pointer-list.h"
#include "tl-transfer-discard.h"
#include "tl-transfer-feed.h"
#include "tl-transfer-lane.h"
#include "tl-transfer-queue-private.h"

#define TICK_MS 100
/* How far what runs has come is written so often. */
#define NOTE_TICKS 20

/* As many bytes as a file itself is worth. */
#define FILE_BYTES (64 * 1024)

/* So many leave the list at once when it is full. */
#define TRIM (TL_TRANSFER_QUEUE_MAX_ITEMS / 10)

G_DEFINE_ENUM_TYPE (TlOverwrite, tl_overwrite,
                    G_DEFINE_ENUM_VALUE (TL_OVERWRITE_ASK, "ask"),
                    G_DEFINE_ENUM_VALUE (TL_OVERWRITE_SKIP, "skip"),
                    G_DEFINE_ENUM_VALUE (TL_OVERWRITE_REPLACE, "replace"),
                    G_DEFINE_ENUM_VALUE (TL_OVERWRITE_RESUME, "resume"),
                    G_DEFINE_ENUM_VALUE (TL_OVERWRITE_RENAME, "rename"),
                    G_DEFINE_ENUM_VALUE (TL_OVERWRITE_NEWER, "newer"),
                    G_DEFINE_ENUM_VALUE (TL_OVERWRITE_OTHER_SIZE, "other-size"))

enum {
  PROP_PARALLEL = 1,
  PROP_PARALLEL_MOST,
  PROP_RETRY_DELAY,
  PROP_HASHES,
  PROP_N_ITEMS,
  PROP_N_ACTIVE,
  PROP_N_FAILED,
  PROP_N_PAUSED,
  PROP_FRACTION,
  PROP_SPEED,
  PROP_REMAINING,
  N_PROPS,
};

enum {
  SIGNAL_ASK,
  SIGNAL_FINISHED,
  SIGNAL_RESTORED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

TL_DEFINE_POINTER_LIST (TlTransferQueue, tl_transfer_queue, items, TL_TYPE_TRANSFER)

static gboolean
state_is_well (TlTransferState state)
{
  return state == TL_TRANSFER_DONE || state == TL_TRANSFER_SKIPPED || state == TL_TRANSFER_CANCELLED;
}

static void
tell_number (TlTransferQueue *self,
             guint           *told,
             guint            number,
             guint            prop)
{
  if (*told == number)
    return;

  *told = number;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
tl_transfer_queue_tell (TlTransferQueue *self)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  tell_number (self, &self->told_items, self->items->len, PROP_N_ITEMS);
  tell_number (self, &self->told_active, self->n_active, PROP_N_ACTIVE);
  tell_number (self, &self->told_failed, self->n_failed, PROP_N_FAILED);
  tell_number (self, &self->told_paused, self->n_paused, PROP_N_PAUSED);
  g_object_notify_by_pspec (object, props[PROP_FRACTION]);
  g_object_notify_by_pspec (object, props[PROP_SPEED]);
  g_object_notify_by_pspec (object, props[PROP_REMAINING]);
  g_object_thaw_notify (object);
}

static gboolean
may_go (TlTransfer *transfer,
        gboolean    failed,
        GHashTable *chosen)
{
  if (!state_is_well (transfer->state) && !(failed && transfer->state == TL_TRANSFER_FAILED))
    return FALSE;
  for (TlTransfer *at = transfer; chosen != NULL && at != NULL; at = at->parent)
    if (g_hash_table_contains (chosen, at))
      return TRUE;
  return chosen == NULL;
}

/* Takes the first @most of those that may go out of the list; of @chosen, if that is given. */
static void
take_out (TlTransferQueue *self,
          guint            most,
          gboolean         failed,
          GHashTable      *chosen)
{
  guint n = 0, begin = 0, end = 0, kept = 0;
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->items->len; i++)
    {
      TlTransfer *transfer = self->items->pdata[i];

      if (n >= most || !may_go (transfer, failed, chosen))
        {
          g_ptr_array_add (items, g_object_ref (transfer));
          continue;
        }
      if (n++ == 0)
        begin = i;
      end = i + 1;
      kept = items->len;
      if (transfer->state == TL_TRANSFER_FAILED && chosen != NULL)
        tl_transfer_queue_disown (self, transfer);
      else if (transfer->state == TL_TRANSFER_FAILED)
        self->n_failed--;
      else
        self->n_ended_well--;
      tl_transfer_discard_part (transfer);
      transfer->lane = NULL;
      transfer->forgotten = TRUE;
      if (transfer->stored || transfer->dirty)
        tl_transfer_touch (transfer);
    }
  g_ptr_array_unref (self->items);
  self->items = items;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), begin, end - begin, kept - begin);
}

void
tl_transfer_queue_take_out (TlTransferQueue *self,
                            guint            most,
                            gboolean         failed)
{
  take_out (self, most, failed, NULL);
}

void
tl_transfer_queue_take_chosen (TlTransferQueue *self,
                               GHashTable      *chosen)
{
  take_out (self, G_MAXUINT, TRUE, chosen);
}

/* What ended well may go when there is too much of it; what failed stays until it is twice too much. */
static void
trim (TlTransferQueue *self)
{
  gboolean also_failed = self->items->len > 2 * TL_TRANSFER_QUEUE_MAX_ITEMS;

  if (self->items->len > TL_TRANSFER_QUEUE_MAX_ITEMS && (self->n_ended_well >= TRIM || also_failed))
    tl_transfer_queue_take_out (self, TRIM, also_failed);
}

/* What listed folders hold that is not in the queue yet; -1: something of unknown size is active. */
static gint64
get_rest (TlTransferQueue *self)
{
  gint64 rest = 0;

  if (self->n_unknown > 0)
    return -1;
  for (guint i = 0; i < self->running->len; i++)
    {
      TlTransfer *transfer = self->running->pdata[i];

      if (transfer->folder && !tl_transfer_is_known (transfer))
        return -1;
      rest += transfer->rest_size;
    }
  return rest;
}

static gboolean
tick_cb (gpointer data)
{
  TlTransferQueue *self = data;
  gint64 now = g_get_monotonic_time ();
  g_autoptr (TlTransferQueue) hold = g_object_ref (self);
  gboolean note = self->n_ticks++ % NOTE_TICKS == NOTE_TICKS - 1;
  gint64 rest;

  for (guint i = 0; i < self->running->len; i++)
    {
      TlTransfer *transfer = self->running->pdata[i];

      tl_transfer_queue_account (self, transfer);
      tl_transfer_tick (transfer, now);
      if (note)
        tl_transfer_touch (transfer);
    }
  /* A small file is mostly what it takes to ask for it. */
  for (guint i = 0; i < self->lanes->len; i++)
    tl_transfer_lane_tick (self->lanes->pdata[i], now, self->total_moved + self->n_over * FILE_BYTES);
  trim (self);
  self->total->moved = self->total_moved;
  rest = get_rest (self);
  self->total->size = rest >= 0 ? self->total_size + rest : -1;
  tl_transfer_tick (self->total, now);
  if (self->n_active == 0)
    {
      self->tick = 0;
      self->total->speed = (TlTransferSpeed) { 0 };
      self->total->size = -1;
      self->total_size = 0;
      self->total_moved = 0;
      tl_transfer_queue_tell (self);
      return G_SOURCE_REMOVE;
    }
  tl_transfer_queue_tell (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
last_tick_cb (gpointer data)
{
  TlTransferQueue *self = data;

  self->tick = 0;
  if (tick_cb (self) == G_SOURCE_CONTINUE)
    tl_transfer_queue_need_tick (self);
  return G_SOURCE_REMOVE;
}

void
tl_transfer_queue_need_tick (TlTransferQueue *self)
{
  if (self->disposed || (self->tick != 0 && self->n_active > 0))
    return;
  /* That all is over is told at once. */
  g_clear_handle_id (&self->tick, g_source_remove);
  self->tick = self->n_active > 0 ? g_timeout_add (TICK_MS, tick_cb, self) : g_idle_add_full (G_PRIORITY_DEFAULT, last_tick_cb, self, NULL);
}

void
tl_transfer_queue_emit_ask (TlTransferQueue *self,
                            TlTransfer      *transfer)
{
  g_signal_emit (self, signals[SIGNAL_ASK], 0, &transfer->question);
}

void
tl_transfer_queue_emit_finished (TlTransferQueue *self,
                                 TlTransfer      *transfer)
{
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, transfer);
}

void
tl_transfer_queue_emit_restored (TlTransferQueue *self,
                                 guint            n)
{
  g_signal_emit (self, signals[SIGNAL_RESTORED], 0, n);
}

void
tl_transfer_queue_swept (TlTransferQueue *self)
{
  g_autoptr (GPtrArray) running = g_ptr_array_copy (self->running, (GCopyFunc) (void *) g_object_ref, NULL);

  g_ptr_array_set_free_func (running, g_object_unref);
  for (guint i = 0; i < running->len; i++)
    if (((TlTransfer *) running->pdata[i])->folder)
      tl_transfer_queue_check_top (self, running->pdata[i]);
  if (!self->held)
    return;
  self->held = FALSE;
  for (guint i = 0; i < self->lanes->len; i++)
    tl_transfer_lane_dispatch (self->lanes->pdata[i]);
  tl_transfer_queue_tell (self);
}

guint
tl_transfer_queue_get_parallel (TlTransferQueue *self)
{
  return self->parallel;
}

guint
tl_transfer_queue_get_retry_delay (TlTransferQueue *self)
{
  return self->retry_delay;
}

static double
get_fraction (TlTransferQueue *self)
{
  const gint64 size = self->total->size;

  if (self->n_active == 0 || size < 0)
    return -1;
  return size > 0 ? CLAMP ((double) self->total_moved / (double) size, 0, 1) : 0;
}

static void
tl_transfer_queue_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TlTransferQueue *self = TL_TRANSFER_QUEUE (object);

  switch (id)
    {
    case PROP_PARALLEL:
      g_value_set_uint (value, self->parallel);
      break;
    case PROP_PARALLEL_MOST:
      g_value_set_uint (value, self->parallel_most);
      break;
    case PROP_RETRY_DELAY:
      g_value_set_uint (value, self->retry_delay);
      break;
    case PROP_HASHES:
      g_value_set_boolean (value, self->hashes);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->items->len);
      break;
    case PROP_N_ACTIVE:
      g_value_set_uint (value, self->n_active);
      break;
    case PROP_N_FAILED:
      g_value_set_uint (value, self->n_failed);
      break;
    case PROP_N_PAUSED:
      g_value_set_uint (value, self->n_paused);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, get_fraction (self));
      break;
    case PROP_SPEED:
      g_value_set_double (value, tl_transfer_get_speed (self->total));
      break;
    case PROP_REMAINING:
      g_value_set_int64 (value, tl_transfer_get_remaining (self->total));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_transfer_queue_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  TlTransferQueue *self = TL_TRANSFER_QUEUE (object);
  guint number = G_VALUE_HOLDS_UINT (value) ? g_value_get_uint (value) : g_value_get_boolean (value);

  switch (id)
    {
    case PROP_PARALLEL:
      if (self->parallel == number)
        break;
      self->parallel = number;
      g_object_notify_by_pspec (object, pspec);
      for (guint i = 0; i < self->lanes->len; i++)
        tl_transfer_lane_dispatch (self->lanes->pdata[i]);
      break;
    case PROP_PARALLEL_MOST:
      if (self->parallel_most == number)
        break;
      self->parallel_most = number;
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_RETRY_DELAY:
      if (self->retry_delay == number)
        break;
      self->retry_delay = number;
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_HASHES:
      if (self->hashes == (gboolean) number)
        break;
      self->hashes = (gboolean) number;
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_transfer_queue_dispose (GObject *object)
{
  TlTransferQueue *self = TL_TRANSFER_QUEUE (object);

  self->disposed = TRUE;
  g_ptr_array_set_size (self->feeds, 0);
  g_clear_handle_id (&self->tick, g_source_remove);
  tl_transfer_queue_leave (self);
  g_clear_object (&self->store);
  g_clear_handle_id (&self->tick, g_source_remove);
  G_OBJECT_CLASS (tl_transfer_queue_parent_class)->dispose (object);
}

static void
tl_transfer_queue_finalize (GObject *object)
{
  TlTransferQueue *self = TL_TRANSFER_QUEUE (object);

  g_queue_clear (&self->asking);
  g_ptr_array_unref (self->running);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->lanes);
  g_ptr_array_unref (self->feeds);
  g_clear_pointer (&self->adding, g_ptr_array_unref);
  tl_transfer_sweep_free (self->sweep);
  g_object_unref (self->total);
  G_OBJECT_CLASS (tl_transfer_queue_parent_class)->finalize (object);
}

static void
tl_transfer_queue_class_init (TlTransferQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags flags = readable | G_PARAM_WRITABLE;

  object_class->get_property = tl_transfer_queue_get_property;
  object_class->set_property = tl_transfer_queue_set_property;
  object_class->dispose = tl_transfer_queue_dispose;
  object_class->finalize = tl_transfer_queue_finalize;

  props[PROP_PARALLEL] = g_param_spec_uint ("parallel", NULL, NULL, 1, 10, 4, flags);
  props[PROP_PARALLEL_MOST] = g_param_spec_uint ("parallel-most", NULL, NULL, 0, 10, 0, flags);
  props[PROP_RETRY_DELAY] = g_param_spec_uint ("retry-delay", NULL, NULL, 1, 60000, 1000, flags);
  props[PROP_HASHES] = g_param_spec_boolean ("hashes", NULL, NULL, TRUE, flags);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, readable);
  props[PROP_N_ACTIVE] = g_param_spec_uint ("n-active", NULL, NULL, 0, G_MAXUINT, 0, readable);
  props[PROP_N_FAILED] = g_param_spec_uint ("n-failed", NULL, NULL, 0, G_MAXUINT, 0, readable);
  props[PROP_N_PAUSED] = g_param_spec_uint ("n-paused", NULL, NULL, 0, G_MAXUINT, 0, readable);
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, readable);
  props[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, 0, G_MAXDOUBLE, 0, readable);
  props[PROP_REMAINING] = g_param_spec_int64 ("remaining", NULL, NULL, -1, G_MAXINT64, -1, readable);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_ASK] = g_signal_new ("ask", TL_TYPE_TRANSFER_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", TL_TYPE_TRANSFER_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, TL_TYPE_TRANSFER);
  signals[SIGNAL_RESTORED] = g_signal_new ("restored", TL_TYPE_TRANSFER_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
tl_transfer_queue_init (TlTransferQueue *self)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);

  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->running = g_ptr_array_new_with_free_func (g_object_unref);
  self->lanes = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_transfer_lane_free);
  self->feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_transfer_feed_free);
  self->sweep = tl_transfer_sweep_new (self, tl_transfer_queue_swept);
  self->parallel = 4;
  self->retry_delay = 1000;
  self->hashes = TRUE;
  self->total = tl_transfer_new (NULL, FALSE, FALSE, empty, "", "");
}

TlTransferQueue *
tl_transfer_queue_new (void)
{
  return g_object_new (TL_TYPE_TRANSFER_QUEUE, NULL);
}
