/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches of all recorders go to the database's thread, one job at a time; what it does not take comes back and is tried again. */

#include "tl-history-private.h"
#include "tl-set-string.h"

#include <glib/gi18n-lib.h>

/* Killed, the program loses no more than what has come since: this, and the time of one write. */
#define TICK_MS 250
#define RETRY_MS 2000
/* With so much waiting the next tick is not awaited. */
#define HURRY_BYTES (4 * 1024 * 1024)

struct _TlHistory
{
  GObject     parent_instance;

  TlDatabase *database;
  GPtrArray  *waiting;      /* of TlHistoryRecorder: have something to write */
  GPtrArray  *parts;        /* of TlHistoryPart: at the database's, or coming back from it; NULL: none */
  gboolean    busy;         /* at the database's */
  guint64     pending;
  guint64     unasked;      /* of that, what the recorders still have */
  guint       tick_id;
  char       *error;
  char       *set_aside;
  gboolean    set_aside_told;
  gboolean    full;
  gboolean    off;          /* the file is of a newer version */
  GHashTable *running;      /* uids (gint64) of what is being recorded */
  gboolean    begun_anew;   /* it was damaged; a second time in a row is not tried at once */
};

enum {
  PROP_0,
  PROP_ERROR,
  PROP_PENDING,
  PROP_SET_ASIDE,
  N_PROPS,
};

enum {
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlHistory, tl_history, G_TYPE_OBJECT)

static void
set_error (TlHistory  *self,
           const char *error)
{
  if (tl_set_string (&self->error, error))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static guint64
get_size (GPtrArray *parts)
{
  guint64 size = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      TlHistoryPart *part = parts->pdata[i];

      for (guint j = 0; j < part->batches->len; j++)
        size += tl_history_batch_get_n_bytes (part->batches->pdata[j]) +
                (guint64) tl_history_batch_get_n_rows (part->batches->pdata[j]) * TL_HISTORY_ROW_SIZE;
    }
  return size;
}

static void
count_pending (TlHistory *self,
               gint64     change)
{
  self->pending += change;
  if (self->pending < TL_HISTORY_MAX_PENDING / 2)
    self->full = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

static void
forget_parts (TlHistory *self)
{
  const guint64 size = get_size (self->parts);

  g_clear_pointer (&self->parts, g_ptr_array_unref);
  count_pending (self, -(gint64) size);
}

static void schedule (TlHistory *self,
                      guint      milliseconds);

/* What the recorders have, behind what came back. */
static void
collect (TlHistory *self)
{
  if (self->parts == NULL)
    self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_history_part_free);
  for (guint i = 0; i < self->waiting->len; i++)
    {
      TlHistoryPart *part;

      while ((part = tl_history_recorder_take (self->waiting->pdata[i])) != NULL)
        g_ptr_array_add (self->parts, part);
    }
  g_ptr_array_set_size (self->waiting, 0);
  self->unasked = 0;
}

static void
take_error (TlHistory    *self,
            const GError *error)
{
  self->off = g_error_matches (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_NEWER) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  set_error (self, error->message);
  if (self->off)
    {
      collect (self);
      forget_parts (self);
    }
  else if (g_error_matches (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_DAMAGED) && !self->begun_anew)
    {
      self->begun_anew = TRUE;
      schedule (self, 0);
    }
  else
    schedule (self, RETRY_MS);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TlHistory) self = user_data;
  g_autoptr (GError) error = NULL;

  tl_database_run_finish (TL_DATABASE (source), result, &error);
  self->busy = FALSE;
  if (error != NULL)
    {
      take_error (self, error);
      return;
    }
  self->begun_anew = FALSE;
  set_error (self, NULL);
  forget_parts (self);
  if (self->waiting->len > 0)
    schedule (self, self->unasked >= HURRY_BYTES ? 0 : TICK_MS);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
write_now (TlHistory *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  collect (self);
  if (self->off)
    {
      forget_parts (self);
      return;
    }
  self->busy = TRUE;
  tl_database_run_async (self->database, tl_history_write, g_ptr_array_ref (self->parts), (GDestroyNotify) g_ptr_array_unref, NULL, NULL, written_cb,
                         g_object_ref (self));
}

static gboolean
tick_cb (gpointer user_data)
{
  TlHistory *self = user_data;

  self->tick_id = 0;
  write_now (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (TlHistory *self,
          guint      milliseconds)
{
  if (self->busy)
    return;
  if (milliseconds == 0)
    g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add (milliseconds, tick_cb, self);
}

gboolean
tl_history_admit (TlHistory *self,
                  gsize      size)
{
  if (self->off || self->full)
    return FALSE;
  /* A single large one is taken when nothing else waits. */
  if (self->pending > 0 && self->pending + size > TL_HISTORY_MAX_PENDING)
    {
      self->full = TRUE;
      return FALSE;
    }
  self->pending += size;
  self->unasked += size;
  return TRUE;
}

void
tl_history_wake (TlHistory         *self,
                 TlHistoryRecorder *recorder)
{
  g_ptr_array_add (self->waiting, g_object_ref (recorder));
  if (self->parts == NULL)
    schedule (self, TICK_MS);
}

void
tl_history_hurry (TlHistory *self)
{
  if (self->unasked >= HURRY_BYTES && self->parts == NULL)
    schedule (self, 0);
}

void
tl_history_set_running (TlHistory *self,
                        gint64     uid,
                        gboolean   running)
{
  if (running)
    g_hash_table_add (self->running, g_memdup2 (&uid, sizeof uid));
  else
    g_hash_table_remove (self->running, &uid);
}

gboolean
tl_history_is_running (TlHistory        *self,
                       TlHistorySession *session)
{
  const gint64 uid = tl_history_session_get_uid (session);

  g_return_val_if_fail (TL_IS_HISTORY (self), FALSE);
  return g_hash_table_contains (self->running, &uid);
}

TlDatabase *
tl_history_get_database (TlHistory *self)
{
  return self->database;
}

static void
tl_history_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TlHistory *self = TL_HISTORY (object);

  switch (property_id)
    {
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_SET_ASIDE:
      g_value_set_string (value, self->set_aside);
      break;
    case PROP_PENDING:
      g_value_set_uint64 (value, self->pending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_history_dispose (GObject *object)
{
  TlHistory *self = TL_HISTORY (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (tl_history_parent_class)->dispose (object);
}

static void
tl_history_finalize (GObject *object)
{
  g_free (TL_HISTORY (object)->error);
  g_free (TL_HISTORY (object)->set_aside);
  g_hash_table_unref (TL_HISTORY (object)->running);
  G_OBJECT_CLASS (tl_history_parent_class)->finalize (object);
}

static void
tl_history_class_init (TlHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_history_get_property;
  object_class->dispose = tl_history_dispose;
  object_class->finalize = tl_history_finalize;

  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  properties[PROP_SET_ASIDE] = g_param_spec_string ("set-aside", NULL, NULL, NULL, flags);
  properties[PROP_PENDING] = g_param_spec_uint64 ("pending", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_history_init (TlHistory *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->running = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

TlHistory *
tl_history_new (GFile *file)
{
  TlHistory *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (TL_TYPE_HISTORY, NULL);
  self->database = tl_database_new (file, tl_history_schema);
  return self;
}

TlHistory *
tl_history_new_for_user (void)
{
  g_autoptr (GFile) file = g_file_new_build_filename (g_get_user_data_dir (), "tonglu", "history.db", NULL);

  return tl_history_new (file);
}

const char *
tl_history_get_error (TlHistory *self)
{
  g_return_val_if_fail (TL_IS_HISTORY (self), NULL);
  return self->error;
}

const char *
tl_history_get_set_aside (TlHistory *self)
{
  g_return_val_if_fail (TL_IS_HISTORY (self), NULL);
  return self->set_aside;
}

void
tl_history_note_failure (TlHistory    *self,
                         const GError *error)
{
  if (g_error_matches (error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_DAMAGED) && tl_set_string (&self->set_aside, error->message))
    {
      /* All that are recorded say so; where none is, the next. */
      self->set_aside_told = g_hash_table_size (self->running) > 0;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SET_ASIDE]);
    }
}

const char *
tl_history_take_set_aside (TlHistory *self)
{
  if (self->set_aside_told)
    return NULL;
  self->set_aside_told = TRUE;
  return self->set_aside;
}

guint64
tl_history_get_pending (TlHistory *self)
{
  g_return_val_if_fail (TL_IS_HISTORY (self), 0);
  return self->pending;
}

void
tl_history_set_patience (TlHistory *self,
                         guint      milliseconds)
{
  g_return_if_fail (TL_IS_HISTORY (self));
  tl_database_set_patience (self->database, milliseconds);
}

void
tl_history_close (TlHistory *self)
{
  g_return_if_fail (TL_IS_HISTORY (self));

  /* What is at the database's is written first; should that fail, there is no third try. */
  if (self->busy)
    g_clear_pointer (&self->parts, g_ptr_array_unref);
  if (self->parts != NULL || self->waiting->len > 0)
    write_now (self);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  self->off = TRUE;
  tl_database_close (self->database);
}
