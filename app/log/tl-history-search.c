/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks for a pattern in everything that the history has. */

#include "tl-history-hit.h"
#include "tl-history-private.h"
#include "tl-history-slice.h"
#include "tl-pointer-list.h"
#include "tl-set-string.h"

/* So long is looked before it is told how far it is: an expression may take milliseconds for each of a hundred thousand messages. */
#define LOOK_US 200000

struct _TlHistorySearch
{
  GObject       parent_instance;

  TlHistory    *history;
  GPtrArray    *hits;
  GCancellable *cancellable;   /* of the run; NULL: nothing is being looked for */
  guint64       n_searched;
  guint64       n_messages;
  guint         n_damaged;
  guint64       n_undecided;
  gboolean      truncated;
  gboolean      stopped;
  char         *error;
};

enum {
  PROP_0,
  PROP_BUSY,
  PROP_N_ITEMS,
  PROP_N_SEARCHED,
  PROP_N_MESSAGES,
  PROP_TRUNCATED,
  PROP_N_DAMAGED,
  PROP_N_UNDECIDED,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

TL_DEFINE_POINTER_LIST (TlHistorySearch, tl_history_search, hits, TL_TYPE_HISTORY_HIT)

/* One run, from start to its end. */
typedef struct {
  GPtrArray *sessions;     /* of TlHistorySession */
  guint      at;           /* in them */
  gint64     next;         /* row of that */
  TlHistorySlice     *slice;        /* being looked through */
  guint      place;        /* the chunk of it that comes next */
  guint      row;          /* in that */
  TlPattern *pattern;
  TlCharset  charset;
  guint      room;         /* for so many results more */
  gboolean   is_full;
  guint      n_looked;     /* rows of this turn */
  guint      n_undecided;
} Run;

static void
run_free (Run *self)
{
  g_ptr_array_unref (self->sessions);
  g_clear_pointer (&self->slice, tl_history_slice_free);
  tl_pattern_unref (self->pattern);
  g_free (self);
}

static void
look_at (Run            *run,
         TlHistoryChunk *chunk,
         GPtrArray      *found)
{
  TlPatternVerdict verdict = TL_PATTERN_ABSENT;
  TlMessageInfo info;

  tl_history_chunk_peek (chunk, run->row, &info);
  if (info.length >= tl_pattern_get_min_length (run->pattern))
    verdict = tl_pattern_judge (run->pattern, tl_history_chunk_get_data (chunk, run->row), info.length);
  run->n_undecided += verdict == TL_PATTERN_GAVE_UP;
  run->is_full = verdict == TL_PATTERN_PRESENT && found->len == run->room;
  if (verdict == TL_PATTERN_PRESENT && !run->is_full)
    g_ptr_array_add (found, tl_history_hit_new (run->sessions->pdata[run->at], chunk, g_array_index (run->slice->firsts, guint64, run->place), run->row,
                                                run->pattern, run->charset));
}

/* One chunk, from where it was left. FALSE: not to its end. */
static gboolean
look_through (Run          *run,
              gint64        end,
              GCancellable *cancellable,
              GPtrArray    *found)
{
  TlHistoryChunk *chunk = run->slice->chunks->pdata[run->place];

  for (; run->row < tl_history_chunk_get_n_rows (chunk); run->row++, run->n_looked++)
    {
      if (run->is_full || (run->n_looked % 32 == 31 && (g_cancellable_is_cancelled (cancellable) || g_get_monotonic_time () > end)))
        return FALSE;
      look_at (run, chunk, found);
    }
  return TRUE;
}

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Run *run = data;
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  const gint64 end = g_get_monotonic_time () + LOOK_US;

  run->n_looked = run->n_undecided = 0;
  while (run->place < run->slice->chunks->len && look_through (run, end, cancellable, found))
    {
      run->place++;
      run->row = 0;
    }
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

static void
notify (TlHistorySearch *self,
        guint            property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_error (TlHistorySearch *self,
           const char      *error)
{
  if (tl_set_string (&self->error, error))
    notify (self, PROP_ERROR);
}

/* The run has ended; a stopped one did before. */
static void
end (GTask *task)
{
  TlHistorySearch *self = g_task_get_source_object (task);

  if (self->cancellable != NULL && self->cancellable == g_task_get_cancellable (task))
    {
      g_clear_object (&self->cancellable);
      notify (self, PROP_BUSY);
    }
  g_task_return_boolean (task, TRUE);
}

static void
add_hits (TlHistorySearch *self,
          GPtrArray       *found)
{
  const guint n = self->hits->len, added = found->len;

  if (added == 0)
    return;
  g_ptr_array_extend_and_steal (self->hits, g_ptr_array_ref (found));
  g_list_model_items_changed (G_LIST_MODEL (self), n, 0, added);
  notify (self, PROP_N_ITEMS);
}

/* What a turn has found. */
static void
take (TlHistorySearch *self,
      Run             *run,
      GPtrArray       *found)
{
  run->room -= found->len;
  self->n_searched += run->n_looked;
  self->n_undecided += run->n_undecided;
  self->truncated = run->is_full;
  add_hits (self, found);
  notify (self, PROP_N_SEARCHED);
  if (run->n_undecided > 0)
    notify (self, PROP_N_UNDECIDED);
  if (run->is_full)
    notify (self, PROP_TRUNCATED);
}

/* On to the next slice, or the next session. */
static void
leave_slice (TlHistorySearch *self,
             Run             *run)
{
  const guint n_damaged = run->slice->n_damaged;

  run->next = run->slice->is_last ? 0 : run->slice->next;
  run->at += run->slice->is_last;
  run->place = run->row = 0;
  g_clear_pointer (&run->slice, tl_history_slice_free);
  self->n_damaged += n_damaged;
  if (n_damaged > 0)
    notify (self, PROP_N_DAMAGED);
}

static void step (GTask *task);

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TlHistorySearch *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) found = g_task_propagate_pointer (G_TASK (result), NULL);

  if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      take (self, run, found);
      if (run->place == run->slice->chunks->len)
        leave_slice (self, run);
    }
  step (g_steal_pointer (&task));
}

/* Without a source: whoever drops the last reference to this, it is not the thread that ends the search. */
static void
look (GTask *task)
{
  g_autoptr (GTask) turn = g_task_new (NULL, g_task_get_cancellable (task), looked_cb, g_object_ref (task));

  g_task_set_source_tag (turn, look);
  g_task_set_check_cancellable (turn, FALSE);
  g_task_set_task_data (turn, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (turn, look_thread);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TlHistorySearch *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  run->slice = tl_database_run_finish (TL_DATABASE (source), result, &error);
  if (run->slice == NULL)
    {
      if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)))
        set_error (self, error->message);
      end (task);
      return;
    }
  look (task);
}

/* (transfer full) */
static void
step (GTask *task)
{
  g_autoptr (GTask) owned = task;
  TlHistorySearch *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (run->at == run->sessions->len || run->is_full || g_cancellable_is_cancelled (cancellable))
    {
      end (task);
      return;
    }
  if (run->slice != NULL)
    {
      look (task);
      return;
    }
  tl_database_run_async (tl_history_get_database (self->history), tl_history_slice_read,
                         tl_history_slice_new (tl_history_session_get_id (run->sessions->pdata[run->at]), run->next), (GDestroyNotify) tl_history_slice_free,
                         (GDestroyNotify) tl_history_slice_free, cancellable, read_cb, g_steal_pointer (&owned));
}

static void
tl_history_search_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TlHistorySearch *self = TL_HISTORY_SEARCH (object);

  switch (property_id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->hits->len);
      break;
    case PROP_N_SEARCHED:
      g_value_set_uint64 (value, self->n_searched);
      break;
    case PROP_N_MESSAGES:
      g_value_set_uint64 (value, self->n_messages);
      break;
    case PROP_TRUNCATED:
      g_value_set_boolean (value, self->truncated);
      break;
    case PROP_N_DAMAGED:
      g_value_set_uint (value, self->n_damaged);
      break;
    case PROP_N_UNDECIDED:
      g_value_set_uint64 (value, self->n_undecided);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_history_search_finalize (GObject *object)
{
  TlHistorySearch *self = TL_HISTORY_SEARCH (object);

  g_ptr_array_unref (self->hits);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->history);
  g_free (self->error);

  G_OBJECT_CLASS (tl_history_search_parent_class)->finalize (object);
}

static void
tl_history_search_class_init (TlHistorySearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_history_search_get_property;
  object_class->finalize = tl_history_search_finalize;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_SEARCHED] = g_param_spec_uint64 ("n-searched", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_N_MESSAGES] = g_param_spec_uint64 ("n-messages", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_TRUNCATED] = g_param_spec_boolean ("truncated", NULL, NULL, FALSE, flags);
  properties[PROP_N_DAMAGED] = g_param_spec_uint ("n-damaged", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_UNDECIDED] = g_param_spec_uint64 ("n-undecided", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_history_search_init (TlHistorySearch *self)
{
  self->hits = g_ptr_array_new_with_free_func (g_object_unref);
}

TlHistorySearch *
tl_history_search_new (TlHistory *history)
{
  TlHistorySearch *self;

  g_return_val_if_fail (TL_IS_HISTORY (history), NULL);

  self = g_object_new (TL_TYPE_HISTORY_SEARCH, NULL);
  self->history = g_object_ref (history);
  return self;
}

void
tl_history_search_start (TlHistorySearch *self,
                         GListModel      *sessions,
                         TlPattern       *pattern,
                         TlCharset        charset)
{
  GTask *task;
  Run *run;

  g_return_if_fail (TL_IS_HISTORY_SEARCH (self));
  g_return_if_fail (G_IS_LIST_MODEL (sessions));
  g_return_if_fail (pattern != NULL);

  tl_history_search_clear (self);
  run = g_new0 (Run, 1);
  run->pattern = tl_pattern_ref (pattern);
  run->charset = charset;
  run->room = TL_HISTORY_SEARCH_MAX_HITS;
  run->sessions = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      TlHistorySession *session = g_list_model_get_item (sessions, i);

      g_ptr_array_add (run->sessions, session);
      self->n_messages += tl_history_session_get_n_messages (session) - tl_history_session_get_n_gone (session);
    }
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, NULL, NULL);
  g_task_set_source_tag (task, tl_history_search_start);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  notify (self, PROP_N_MESSAGES);
  notify (self, PROP_BUSY);
  step (task);
}

void
tl_history_search_stop (TlHistorySearch *self)
{
  g_autoptr (GCancellable) cancellable = NULL;

  g_return_if_fail (TL_IS_HISTORY_SEARCH (self));

  cancellable = g_steal_pointer (&self->cancellable);
  if (cancellable == NULL)
    return;
  self->stopped = TRUE;
  g_cancellable_cancel (cancellable);
  notify (self, PROP_BUSY);
}

void
tl_history_search_clear (TlHistorySearch *self)
{
  guint n;

  g_return_if_fail (TL_IS_HISTORY_SEARCH (self));

  tl_history_search_stop (self);
  n = self->hits->len;
  g_ptr_array_set_size (self->hits, 0);
  self->n_searched = self->n_messages = 0;
  self->n_damaged = 0;
  self->n_undecided = 0;
  self->truncated = FALSE;
  self->stopped = FALSE;
  set_error (self, NULL);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
  for (guint i = PROP_N_ITEMS; i < PROP_ERROR; i++)
    notify (self, i);
}

gboolean
tl_history_search_get_busy (TlHistorySearch *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SEARCH (self), FALSE);
  return self->cancellable != NULL;
}

gboolean
tl_history_search_get_truncated (TlHistorySearch *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SEARCH (self), FALSE);
  return self->truncated;
}

gboolean
tl_history_search_get_stopped (TlHistorySearch *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SEARCH (self), FALSE);
  return self->stopped;
}

guint
tl_history_search_get_n_damaged (TlHistorySearch *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SEARCH (self), 0);
  return self->n_damaged;
}

guint64
tl_history_search_get_n_undecided (TlHistorySearch *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SEARCH (self), 0);
  return self->n_undecided;
}

guint64
tl_history_search_get_n_searched (TlHistorySearch *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SEARCH (self), 0);
  return self->n_searched;
}

guint64
tl_history_search_get_n_messages (TlHistorySearch *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SEARCH (self), 0);
  return self->n_messages;
}

const char *
tl_history_search_get_error (TlHistorySearch *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_SEARCH (self), NULL);
  return self->error;
}
