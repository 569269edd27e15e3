/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a log to the history: each message as it is appended. */

#include "tl-history-private.h"
#include "tl-overrun.h"

#include <glib/gi18n-lib.h>

struct _TlHistoryRecorder
{
  GObject         parent_instance;

  TlHistory      *history;
  TlMessageLog   *log;
  guint           sink;
  TlHistoryPart  *current;    /* NULL: nothing is being recorded */
  gboolean        changed;    /* what is known of it is not on disk yet */
  GQueue          ended;      /* of TlHistoryPart, that have not been asked for */
  gboolean        waiting;    /* the history knows that there is something */
  TlOverrun       overrun;
};

G_DEFINE_FINAL_TYPE (TlHistoryRecorder, tl_history_recorder, G_TYPE_OBJECT)

static void
wake (TlHistoryRecorder *self)
{
  if (self->waiting)
    return;
  self->waiting = TRUE;
  tl_history_wake (self->history, self);
}

static void
batch_free (gpointer batch)
{
  tl_history_batch_free (batch);
}

/* The batch that the next row goes to. */
static TlHistoryBatch *
get_batch (TlHistoryRecorder *self)
{
  GPtrArray *batches = self->current->batches;
  TlHistoryBatch *batch = batches->len > 0 ? batches->pdata[batches->len - 1] : NULL;

  if (batch == NULL || tl_history_batch_is_full (batch))
    {
      batch = tl_history_batch_new ();
      g_ptr_array_add (batches, batch);
    }
  return batch;
}

static void
count_lost (TlHistoryRecorder *self)
{
  self->current->n_lost++;
  self->changed = TRUE;
  tl_overrun_add (&self->overrun, _("The history cannot keep up: the disk is too slow, or does not take anything. From here on messages are not saved; the session goes on."));
}

static void
tell_lost (TlHistoryRecorder *self)
{
  const gulong n = (gulong) tl_overrun_end (&self->overrun);
  g_autofree char *sentence = NULL;

  if (n == 0)
    return;
  sentence = g_strdup_printf (ngettext ("The history keeps up again. %lu message was not saved.",
                                        "The history keeps up again. %lu messages were not saved.", n), n);
  tl_overrun_tell (&self->overrun, TL_MESSAGE_WARNING, sentence);
}

static void
sink (const TlMessageInfo *info,
      const char          *peer,
      const guint8        *data,
      gpointer             user_data)
{
  TlHistoryRecorder *self = user_data;

  if (!tl_history_admit (self->history, (gsize) info->length + TL_HISTORY_ROW_SIZE))
    {
      count_lost (self);
      return;
    }
  tell_lost (self);
  tl_history_batch_add (get_batch (self), info, peer, data);
  wake (self);
  tl_history_hurry (self->history);
}

TlHistoryPart *
tl_history_recorder_take (TlHistoryRecorder *self)
{
  TlHistoryPart *part = g_queue_pop_head (&self->ended);

  if (part != NULL)
    return part;
  if (self->current == NULL || (self->current->batches->len == 0 && !self->changed))
    {
      self->waiting = FALSE;
      return NULL;
    }
  self->changed = FALSE;
  part = g_memdup2 (self->current, sizeof *part);
  part->about = tl_history_about_copy (self->current->about);
  self->current->batches = g_ptr_array_new_with_free_func (batch_free);
  return part;
}

static void
error_cb (TlHistoryRecorder *self)
{
  const char *error = tl_history_get_error (self->history);
  g_autofree char *sentence = NULL;

  if (self->current == NULL)
    return;
  if (error == NULL)
    {
      tl_overrun_tell (&self->overrun, TL_MESSAGE_EVENT, _("The history is being saved again."));
      return;
    }
  sentence = g_strdup_printf (_("The history is not being saved; the session goes on. %s"), error);
  tl_overrun_tell (&self->overrun, TL_MESSAGE_WARNING, sentence);
}

/* What was in the file is of every session that is recorded into it. */
static void
set_aside_cb (TlHistoryRecorder *self)
{
  const char *sentence = tl_history_get_set_aside (self->history);

  if (self->current != NULL && sentence != NULL)
    tl_overrun_tell (&self->overrun, TL_MESSAGE_WARNING, sentence);
}

static void
tl_history_recorder_dispose (GObject *object)
{
  TlHistoryRecorder *self = TL_HISTORY_RECORDER (object);

  if (self->current != NULL)
    tl_history_set_running (self->history, self->current->uid, FALSE);
  g_clear_pointer (&self->current, tl_history_part_free);
  if (self->sink != 0)
    tl_log_sinks_remove (tl_message_log_get_sinks (self->log), self->sink);
  self->sink = 0;
  g_queue_clear_full (&self->ended, (GDestroyNotify) tl_history_part_free);
  g_clear_object (&self->log);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (tl_history_recorder_parent_class)->dispose (object);
}

static void
tl_history_recorder_class_init (TlHistoryRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_history_recorder_dispose;
}

static void
tl_history_recorder_init (TlHistoryRecorder *self)
{
  g_queue_init (&self->ended);
}

TlHistoryRecorder *
tl_history_recorder_new (TlHistory    *history,
                         TlMessageLog *log)
{
  TlHistoryRecorder *self;

  g_return_val_if_fail (TL_IS_HISTORY (history), NULL);
  g_return_val_if_fail (TL_IS_MESSAGE_LOG (log), NULL);

  self = g_object_new (TL_TYPE_HISTORY_RECORDER, NULL);
  self->history = g_object_ref (history);
  self->log = g_object_ref (log);
  self->overrun.log = log;
  g_signal_connect_object (history, "notify::error", G_CALLBACK (error_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::set-aside", G_CALLBACK (set_aside_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
tl_history_recorder_begin (TlHistoryRecorder    *self,
                           const TlHistoryAbout *about)
{
  const char *sentence;

  g_return_if_fail (TL_IS_HISTORY_RECORDER (self));

  tl_history_recorder_end (self);
  self->current = g_new0 (TlHistoryPart, 1);
  self->current->uid = (gint64) (((guint64) g_random_int () << 32) | g_random_int ());
  self->current->about = tl_history_about_copy (about);
  self->current->started = g_get_real_time ();
  self->current->batches = g_ptr_array_new_with_free_func (batch_free);
  self->overrun.n_untold = 0;
  tl_history_set_running (self->history, self->current->uid, TRUE);
  self->sink = tl_log_sinks_add (tl_message_log_get_sinks (self->log), sink, self);
  /* It was found before anything was recorded, by whoever cleans up: nobody has said so yet. */
  sentence = tl_history_take_set_aside (self->history);
  if (sentence != NULL)
    tl_overrun_tell (&self->overrun, TL_MESSAGE_WARNING, sentence);
}

void
tl_history_recorder_set_about (TlHistoryRecorder    *self,
                               const TlHistoryAbout *about)
{
  g_return_if_fail (TL_IS_HISTORY_RECORDER (self));
  g_return_if_fail (self->current != NULL);

  tl_history_about_free (self->current->about);
  self->current->about = tl_history_about_copy (about);
  self->changed = TRUE;
  wake (self);
}

void
tl_history_recorder_end (TlHistoryRecorder *self)
{
  g_return_if_fail (TL_IS_HISTORY_RECORDER (self));

  if (self->current == NULL)
    return;
  tl_log_sinks_remove (tl_message_log_get_sinks (self->log), self->sink);
  self->sink = 0;
  tl_history_set_running (self->history, self->current->uid, FALSE);
  self->changed = FALSE;
  self->current->ended = g_get_real_time ();
  g_queue_push_tail (&self->ended, g_steal_pointer (&self->current));
  wake (self);
}

gboolean
tl_history_recorder_is_recording (TlHistoryRecorder *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_RECORDER (self), FALSE);
  return self->current != NULL;
}

guint64
tl_history_recorder_get_n_lost (TlHistoryRecorder *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_RECORDER (self), 0);
  return self->current != NULL ? self->current->n_lost : 0;
}
