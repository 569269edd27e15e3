/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sequence that is run. */
#include "tl-sequence-run.h"

#include "tl-clock-source.h"
#include "tl-run-acts.h"
#include "tl-run-entry.h"
#include "tl-run-inbox.h"
#include "tl-run-lines.h"
#include "tl-run-words.h"

#include <glib/gi18n-lib.h>

#define LARGE_INBOX (64 * 1024)
#define LARGE_DELAY_US 20000
/* What came before the end of a step or a session is looked at that long behind it. */
#define GRACE_US 200000
/* In one turn of the main loop, when the session has ended. */
#define REST_US 8000
#define MIN_ROUND_US 1000       /* one that waits for nothing must not eat the main loop */

typedef enum {
  PHASE_BEGIN,      /* a step begins */
  PHASE_EXPECTING,
  PHASE_WAITING,
} Phase;

struct _TlSequenceRun
{
  GObject      parent_instance;

  TlSequence  *sequence;
  TlSession   *session;
  GPtrArray   *targets;
  GPtrArray   *acts;          /* TlRunAct of each step */
  TlRunInbox  *inbox;

  Phase        phase;
  guint        step;          /* from 0 */
  guint64      round;         /* from 1 */
  guint64      n_failed;
  gint64       round_began;   /* µs, monotonic, as are the next two */
  gint64       step_began;
  gint64       deadline;
  GSource     *source;
  gboolean     told_undecided;  /* in this step */
  gboolean     more;            /* of what came has not been looked at */
  char        *why_closed;      /* the session, while what came before is looked at */
  gint64       rest_until;      /* µs, monotonic: no longer */
  char        *ending;          /* what ended it before its own end */

  TlRunLines  *log;
};

enum {
  PROP_0,
  PROP_RUNNING,
  PROP_ROUND,
  PROP_STEP,
  PROP_N_FAILED,
  PROP_LOG,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSequenceRun, tl_sequence_run, G_TYPE_OBJECT)

static gboolean
flushed_cb (gpointer user_data)
{
  GObject *object = user_data;

  g_object_freeze_notify (object);
  g_object_notify_by_pspec (object, props[PROP_ROUND]);
  g_object_notify_by_pspec (object, props[PROP_STEP]);
  g_object_notify_by_pspec (object, props[PROP_N_FAILED]);
  g_object_thaw_notify (object);

  return G_SOURCE_CONTINUE;
}

/* (transfer full) @text. */
static void
note (TlSequenceRun *self,
      guint          step,
      gboolean       failed,
      char          *text)
{
  self->n_failed += failed && step > 0;
  tl_run_lines_add (self->log, tl_run_entry_new (self->round, step, failed, text));
}

static void
schedule (TlSequenceRun *self,
          gint64         when)
{
  if (self->source)
    g_source_set_ready_time (self->source, when);
}

/* (transfer full) @reason: (nullable): what went wrong. */
static void
end (TlSequenceRun *self,
     char          *reason)
{
  if (self->source == NULL)
    {
      g_free (reason);
      return;
    }

  tl_clock_source_clear (&self->source);
  g_clear_pointer (&self->inbox, tl_run_inbox_free);
  g_clear_pointer (&self->why_closed, g_free);
  self->ending = g_strdup (reason);
  note (self, 0, reason != NULL, reason ? reason : g_strdup (_("Ended.")));
  tl_run_lines_flush (self->log);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

static TlSequenceStep *
get_step (TlSequenceRun *self,
          guint          index)
{
  g_autoptr (TlSequenceStep) step = g_list_model_get_item (G_LIST_MODEL (tl_sequence_get_steps (self->sequence)), index);

  return step;
}

static void
next (TlSequenceRun *self)
{
  const guint repeat = tl_sequence_get_repeat (self->sequence);
  const gint64 now = g_get_monotonic_time ();

  self->phase = PHASE_BEGIN;
  if (++self->step < self->acts->len)
    {
      schedule (self, now);
      return;
    }

  if (repeat > 0 && self->round >= repeat)
    {
      self->step--;
      end (self, NULL);
      return;
    }
  self->step = 0;
  self->round++;
  schedule (self, MAX (now, self->round_began + MIN_ROUND_US));
  self->round_began = MAX (now, self->round_began + MIN_ROUND_US);
}

static void
went_wrong (TlSequenceRun *self,
            char          *text)
{
  note (self, self->step + 1, TRUE, text);
  if (tl_sequence_get_goes_on (self->sequence) && tl_session_is_active (self->session))
    next (self);
  else
    end (self, g_strdup_printf (_("Ended at step %u, which failed."), self->step + 1));
}

static void
do_send (TlSequenceRun  *self,
         TlSequenceStep *step)
{
  TlPayloadMaker *maker = ((TlRunAct *) self->acts->pdata[self->step])->maker;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = tl_payload_maker_make (maker, &error);
  guint n_sent = 0;

  /* What came before it is no answer to it. */
  if (self->step == 0 || tl_sequence_step_get_kind (get_step (self, self->step - 1)) != TL_STEP_SEND)
    tl_run_inbox_clear (self->inbox);

  if (bytes)
    n_sent = tl_session_send_to (self->session, self->targets, bytes, &error);
  if (n_sent > 0)
    tl_payload_maker_advance (maker);
  if (error)
    {
      went_wrong (self, g_strdup_printf (_("Could not be sent. %s"), error->message));
      return;
    }

  note (self, self->step + 1, FALSE, tl_run_words_sent (step, bytes));
  next (self);
}

static void
look (TlSequenceRun  *self,
      TlSequenceStep *step)
{
  TlRunAct *act = self->acts->pdata[self->step];
  GPtrArray *peers = tl_sequence_step_get_from_targets (step) ? self->targets : NULL;
  g_autoptr (GBytes) found = NULL;
  const gint64 now = g_get_monotonic_time ();
  guint32 peer;

  found = tl_run_inbox_find (self->inbox, act->pattern, peers, &peer, &self->more);
  if (tl_run_inbox_take_overflow (self->inbox))
    note (self, 0, TRUE, g_strdup (_("So much came in that not all of it was looked at.")));
  if (tl_run_inbox_take_gave_up (self->inbox) && !self->told_undecided)
    {
      self->told_undecided = TRUE;
      note (self, 0, TRUE, tl_run_words_gave_up (step));
    }
  if (found)
    {
      note (self, self->step + 1, FALSE, tl_run_words_came (step, found, now - self->step_began));
      next (self);
    }
  else if (self->more && now < self->deadline + GRACE_US)
    schedule (self, now);
  else if (now >= self->deadline)
    went_wrong (self, tl_run_words_not_come (step));
  else
    schedule (self, self->deadline);
}

/* All that a run does, in its order. */
static void
step (TlSequenceRun *self)
{
  TlSequenceStep *current = get_step (self, self->step);

  switch (self->phase)
    {
    case PHASE_BEGIN:
      self->told_undecided = FALSE;
      self->step_began = g_get_monotonic_time ();
      self->deadline = self->step_began + tl_sequence_step_get_milliseconds (current) * G_GINT64_CONSTANT (1000);
      switch (tl_sequence_step_get_kind (current))
        {
        case TL_STEP_SEND:
          do_send (self, current);
          break;
        case TL_STEP_EXPECT:
          self->phase = PHASE_EXPECTING;
          look (self, current);
          break;
        case TL_STEP_WAIT:
        default:
          self->phase = PHASE_WAITING;
          schedule (self, self->deadline);
        }
      break;
    case PHASE_EXPECTING:
      look (self, current);
      break;
    case PHASE_WAITING:
    default:
      if (g_get_monotonic_time () < self->deadline)
        {
          schedule (self, self->deadline);
          break;
        }
      note (self, self->step + 1, FALSE, g_strdup_printf (_("Waited %'u ms."), tl_sequence_step_get_milliseconds (current)));
      next (self);
    }
}

/* Called while something is being received: what is done about it is done in its own turn. */
static gboolean
came_cb (gpointer user_data)
{
  TlSequenceRun *self = user_data;
  const gint64 now = g_get_monotonic_time ();

  /* All of a large stream is not looked through at each of its pieces. */
  if (self->phase == PHASE_EXPECTING)
    {
      const gint64 planned = g_source_get_ready_time (self->source);
      const gint64 wanted = tl_run_inbox_get_size (self->inbox) > LARGE_INBOX ? now + LARGE_DELAY_US : now;

      schedule (self, planned < 0 ? wanted : MIN (wanted, planned));
    }

  return G_SOURCE_CONTINUE;
}

/* What came in before the end of the session counts: many a peer answers and closes in one go. */
static void
look_at_the_rest (TlSequenceRun *self)
{
  const gint64 begin = g_get_monotonic_time ();
  gint64 now = begin;

  while (self->source && self->phase != PHASE_WAITING && tl_sequence_step_get_kind (get_step (self, self->step)) == TL_STEP_EXPECT)
    {
      if (now - begin > REST_US)
        {
          schedule (self, now);
          return;
        }
      step (self);
      now = g_get_monotonic_time ();
      /* Each turn is looked at to its end: the program may have had no processor meanwhile. */
      if (self->phase == PHASE_EXPECTING && (!self->more || begin > self->rest_until))
        break;
    }
  if (self->source && self->phase == PHASE_EXPECTING)
    note (self, self->step + 1, TRUE, tl_run_words_not_before_end (get_step (self, self->step)));
  end (self, g_steal_pointer (&self->why_closed));
}

static void
state_cb (TlSequenceRun *self)
{
  if (!self->source || self->why_closed || tl_session_is_active (self->session))
    return;

  self->why_closed = tl_run_words_why_closed (self->session);
  self->rest_until = g_get_monotonic_time () + GRACE_US;
  look_at_the_rest (self);
}

static gboolean
due_cb (gpointer user_data)
{
  g_autoptr (TlSequenceRun) self = g_object_ref (user_data);

  if (self->why_closed)
    look_at_the_rest (self);
  else
    step (self);

  return G_SOURCE_CONTINUE;
}

static void
tl_sequence_run_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TlSequenceRun *self = TL_SEQUENCE_RUN (object);

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->source != NULL);
      break;
    case PROP_ROUND:
      g_value_set_uint64 (value, self->round);
      break;
    case PROP_STEP:
      g_value_set_uint (value, self->step + 1);
      break;
    case PROP_N_FAILED:
      g_value_set_uint64 (value, self->n_failed);
      break;
    case PROP_LOG:
      g_value_set_object (value, tl_run_lines_get_list (self->log));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_sequence_run_dispose (GObject *object)
{
  TlSequenceRun *self = TL_SEQUENCE_RUN (object);

  tl_clock_source_clear (&self->source);
  g_clear_pointer (&self->inbox, tl_run_inbox_free);
  g_clear_object (&self->session);
  g_clear_pointer (&self->targets, g_ptr_array_unref);

  G_OBJECT_CLASS (tl_sequence_run_parent_class)->dispose (object);
}

static void
tl_sequence_run_finalize (GObject *object)
{
  TlSequenceRun *self = TL_SEQUENCE_RUN (object);

  g_object_unref (self->sequence);
  tl_run_lines_free (self->log);
  g_free (self->why_closed);
  g_free (self->ending);
  g_ptr_array_unref (self->acts);

  G_OBJECT_CLASS (tl_sequence_run_parent_class)->finalize (object);
}

static void
tl_sequence_run_class_init (TlSequenceRunClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_sequence_run_get_property;
  object_class->dispose = tl_sequence_run_dispose;
  object_class->finalize = tl_sequence_run_finalize;

  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  props[PROP_ROUND] = g_param_spec_uint64 ("round", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_STEP] = g_param_spec_uint ("step", NULL, NULL, 0, G_MAXUINT, 1, flags);
  props[PROP_N_FAILED] = g_param_spec_uint64 ("n-failed", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_LOG] = g_param_spec_object ("log", NULL, NULL, G_TYPE_LIST_STORE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_sequence_run_init (TlSequenceRun *self)
{
  self->log = tl_run_lines_new (flushed_cb, self);
}

TlSequenceRun *
tl_sequence_run_new (TlSequence *sequence,
                     TlSession  *session,
                     GPtrArray  *targets)
{
  TlSequenceRun *self;

  g_return_val_if_fail (TL_IS_SEQUENCE (sequence), NULL);
  g_return_val_if_fail (TL_IS_SESSION (session), NULL);

  self = g_object_new (TL_TYPE_SEQUENCE_RUN, NULL);
  self->sequence = tl_sequence_copy (sequence);
  self->session = g_object_ref (session);
  self->targets = targets ? g_ptr_array_ref (targets) : NULL;
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  self->acts = tl_run_acts_new (self->sequence);

  return self;
}

void
tl_sequence_run_start (TlSequenceRun *self)
{
  g_autofree char *problem = NULL;

  g_return_if_fail (TL_IS_SEQUENCE_RUN (self));

  problem = tl_sequence_dup_problem (self->sequence);
  if (self->source || problem)
    return;

  self->inbox = tl_run_inbox_new (self->session, TL_SEQUENCE_RUN_MAX_INBOX, came_cb, self);
  g_clear_pointer (&self->ending, g_free);
  self->phase = PHASE_BEGIN;
  self->step = 0;
  self->round = 1;
  self->round_began = g_get_monotonic_time ();
  self->source = tl_clock_source_new ("tl-sequence-run", due_cb, self);
  g_source_set_ready_time (self->source, 0);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

void
tl_sequence_run_stop (TlSequenceRun *self)
{
  g_return_if_fail (TL_IS_SEQUENCE_RUN (self));

  end (self, g_strdup (_("Stopped.")));
}

gboolean
tl_sequence_run_is_running (TlSequenceRun *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_RUN (self), FALSE);

  return self->source != NULL;
}

GListStore *
tl_sequence_run_get_log (TlSequenceRun *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_RUN (self), NULL);

  return tl_run_lines_get_list (self->log);
}

char *
tl_sequence_run_describe (TlSequenceRun *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_RUN (self), NULL);

  return tl_run_words_describe (&(TlRunState) {
    .running = self->source != NULL, .ending = self->ending, .round = self->round, .step = self->step + 1, .n_steps = self->acts->len,
    .n_failed = self->n_failed,
  });
}

char *
tl_sequence_run_dup_text (TlSequenceRun *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_RUN (self), NULL);

  return tl_run_lines_dup_text (self->log);
}
