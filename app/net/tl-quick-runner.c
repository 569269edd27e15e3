/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quick sends on their way, in one session. */
#include "tl-quick-runner.h"

#include <glib/gi18n-lib.h>

struct _TlQuickRunner
{
  GObject     parent_instance;

  TlSession  *session;
  GPtrArray  *targets;
  GHashTable *timers;      /* TlQuickSend → TlTimedSend, also those that have ended */
  GHashTable *runs;        /* TlSequence → TlSequenceRun, the same */
  guint       n_running;
};

enum {
  PROP_0,
  PROP_N_RUNNING,
  N_PROPS,
};

enum {
  TIMER,
  RUN,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlQuickRunner, tl_quick_runner, G_TYPE_OBJECT)

static gboolean
is_running (TlTimedSend *timer)
{
  gboolean running;

  g_object_get (timer, "running", &running, NULL);

  return running;
}

static void
count (TlQuickRunner *self)
{
  GHashTableIter iter;
  gpointer timer;
  guint n_running = 0;

  g_hash_table_iter_init (&iter, self->timers);
  while (g_hash_table_iter_next (&iter, NULL, &timer))
    n_running += is_running (timer);
  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, &timer))
    n_running += tl_sequence_run_is_running (timer);

  if (self->n_running == n_running)
    return;

  self->n_running = n_running;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_RUNNING]);
}

static void
stopped_cb (TlQuickRunner *self,
            TlTimedSend   *timer)
{
  GHashTableIter iter;
  gpointer send, other;

  count (self);
  g_hash_table_iter_init (&iter, self->timers);
  while (g_hash_table_iter_next (&iter, &send, &other))
    if (other == timer)
      {
        g_signal_emit (self, signals[TIMER], 0, send);
        return;
      }
}

static void
run_cb (TlQuickRunner *self,
        GParamSpec    *pspec,
        TlSequenceRun *run)
{
  GHashTableIter iter;
  gpointer sequence, other;

  count (self);
  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, &sequence, &other))
    if (other == run)
      {
        g_signal_emit (self, signals[RUN], 0, sequence);
        return;
      }
}

static void
timer_free (gpointer data)
{
  TlTimedSend *timer = data;

  tl_timed_send_stop (timer);
  g_object_unref (timer);
}

static void
tl_quick_runner_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_N_RUNNING:
      g_value_set_uint (value, TL_QUICK_RUNNER (object)->n_running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_quick_runner_dispose (GObject *object)
{
  TlQuickRunner *self = TL_QUICK_RUNNER (object);

  tl_quick_runner_stop_all (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->targets, g_ptr_array_unref);

  G_OBJECT_CLASS (tl_quick_runner_parent_class)->dispose (object);
}

static void
tl_quick_runner_finalize (GObject *object)
{
  g_hash_table_unref (TL_QUICK_RUNNER (object)->timers);
  g_hash_table_unref (TL_QUICK_RUNNER (object)->runs);

  G_OBJECT_CLASS (tl_quick_runner_parent_class)->finalize (object);
}

static void
tl_quick_runner_class_init (TlQuickRunnerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = tl_quick_runner_get_property;
  object_class->dispose = tl_quick_runner_dispose;
  object_class->finalize = tl_quick_runner_finalize;

  props[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[TIMER] = g_signal_new ("timer", TL_TYPE_QUICK_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, TL_TYPE_QUICK_SEND);
  signals[RUN] = g_signal_new ("run", TL_TYPE_QUICK_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, TL_TYPE_SEQUENCE);
}

static void
tl_quick_runner_init (TlQuickRunner *self)
{
  self->timers = g_hash_table_new_full (NULL, NULL, g_object_unref, timer_free);
  self->runs = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
}

TlQuickRunner *
tl_quick_runner_new (void)
{
  return g_object_new (TL_TYPE_QUICK_RUNNER, NULL);
}

void
tl_quick_runner_set_session (TlQuickRunner *self,
                             TlSession     *session)
{
  g_return_if_fail (TL_IS_QUICK_RUNNER (self));

  if (self->session == session)
    return;

  tl_quick_runner_stop_all (self);
  g_set_object (&self->session, session);
}

void
tl_quick_runner_set_targets (TlQuickRunner *self,
                             GPtrArray     *targets)
{
  g_return_if_fail (TL_IS_QUICK_RUNNER (self));

  if (targets)
    g_ptr_array_ref (targets);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  self->targets = targets;
}

static gboolean
check_open (TlQuickRunner  *self,
            GError        **error)
{
  if (self->session && tl_session_get_state (self->session) == TL_SESSION_OPEN)
    return TRUE;

  g_set_error_literal (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NOT_OPEN,
                       _("Nothing is open yet: open or connect first, then send."));
  return FALSE;
}

static gboolean
check_room (TlQuickRunner  *self,
            GError        **error)
{
  if (self->n_running < TL_QUICK_RUNNER_MAX_TIMERS)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _("Too many timers run already. Stop one of them first."));
  return FALSE;
}

guint
tl_quick_runner_send (TlQuickRunner   *self,
                      TlPayloadMaker  *maker,
                      GError         **error)
{
  g_autoptr (GBytes) bytes = NULL;
  guint n_sent;

  g_return_val_if_fail (TL_IS_QUICK_RUNNER (self), 0);

  if (!check_open (self, error))
    return 0;
  bytes = tl_payload_maker_make (maker, error);
  if (bytes == NULL)
    return 0;

  n_sent = tl_session_send_to (self->session, self->targets, bytes, error);
  if (n_sent > 0)
    tl_payload_maker_advance (maker);

  return n_sent;
}

gboolean
tl_quick_runner_start (TlQuickRunner  *self,
                       TlQuickSend    *send,
                       GError        **error)
{
  const char *name;
  TlTimedSend *timer;

  g_return_val_if_fail (TL_IS_QUICK_RUNNER (self), FALSE);
  g_return_val_if_fail (TL_IS_QUICK_SEND (send), FALSE);
  g_return_val_if_fail (tl_quick_send_get_period (send) > 0, FALSE);

  if (!check_open (self, error))
    return FALSE;
  if (tl_quick_send_get_error (send) != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, tl_quick_send_get_error (send));
      return FALSE;
    }
  if (!check_room (self, error))
    return FALSE;

  tl_quick_runner_stop (self, send);
  name = tl_quick_send_get_name (send);
  timer = tl_timed_send_new (self->session, self->targets, tl_quick_send_get_maker (send), name, tl_quick_send_get_period (send), -1);
  g_signal_connect_object (timer, "stopped", G_CALLBACK (stopped_cb), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->timers, g_object_ref (send), timer);
  tl_timed_send_start (timer);
  count (self);
  g_signal_emit (self, signals[TIMER], 0, send);

  return TRUE;
}

void
tl_quick_runner_stop (TlQuickRunner *self,
                      TlQuickSend   *send)
{
  TlTimedSend *timer;

  g_return_if_fail (TL_IS_QUICK_RUNNER (self));

  timer = g_hash_table_lookup (self->timers, send);
  if (timer)
    tl_timed_send_stop (timer);
}

gboolean
tl_quick_runner_run (TlQuickRunner  *self,
                     TlSequence     *sequence,
                     GError        **error)
{
  g_autofree char *problem = NULL;
  TlSequenceRun *run;

  g_return_val_if_fail (TL_IS_QUICK_RUNNER (self), FALSE);
  g_return_val_if_fail (TL_IS_SEQUENCE (sequence), FALSE);

  problem = tl_sequence_dup_problem (sequence);
  if (problem)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, problem);
      return FALSE;
    }
  if (!check_open (self, error) || !check_room (self, error))
    return FALSE;

  run = g_hash_table_lookup (self->runs, sequence);
  if (run)
    tl_sequence_run_stop (run);
  run = tl_sequence_run_new (sequence, self->session, self->targets);
  g_hash_table_insert (self->runs, g_object_ref (sequence), run);
  g_signal_connect_object (run, "notify::running", G_CALLBACK (run_cb), self, G_CONNECT_SWAPPED);
  tl_sequence_run_start (run);

  return TRUE;
}

TlSequenceRun *
tl_quick_runner_get_run (TlQuickRunner *self,
                         TlSequence    *sequence)
{
  g_return_val_if_fail (TL_IS_QUICK_RUNNER (self), NULL);

  return g_hash_table_lookup (self->runs, sequence);
}

void
tl_quick_runner_stop_all (TlQuickRunner *self)
{
  g_autoptr (GList) timers = NULL;
  g_autoptr (GList) runs = NULL;

  g_return_if_fail (TL_IS_QUICK_RUNNER (self));

  timers = g_hash_table_get_values (self->timers);
  for (GList *l = timers; l; l = l->next)
    tl_timed_send_stop (l->data);
  runs = g_hash_table_get_values (self->runs);
  for (GList *l = runs; l; l = l->next)
    tl_sequence_run_stop (l->data);
}

TlTimedSend *
tl_quick_runner_get_timer (TlQuickRunner *self,
                           TlQuickSend   *send)
{
  g_return_val_if_fail (TL_IS_QUICK_RUNNER (self), NULL);

  return g_hash_table_lookup (self->timers, send);
}

gboolean
tl_quick_runner_is_running (TlQuickRunner *self,
                            TlQuickSend   *send)
{
  TlTimedSend *timer = tl_quick_runner_get_timer (self, send);

  return timer && is_running (timer);
}

guint
tl_quick_runner_get_n_running (TlQuickRunner *self)
{
  g_return_val_if_fail (TL_IS_QUICK_RUNNER (self), 0);

  return self->n_running;
}
