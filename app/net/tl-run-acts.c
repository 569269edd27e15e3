/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a sequence, ready to be run. */

#include "tl-run-acts.h"

static void
free_act (gpointer data)
{
  TlRunAct *act = data;

  g_clear_object (&act->maker);
  g_clear_pointer (&act->pattern, tl_pattern_unref);
  g_free (act);
}

static TlRunAct *
make_act (TlSequenceStep *step)
{
  const TlPayload *payload = tl_sequence_step_get_payload (step);
  const char *text = tl_sequence_step_get_text (step);
  const TlStepKind kind = tl_sequence_step_get_kind (step);
  TlRunAct *act = g_new0 (TlRunAct, 1);

  if (kind == TL_STEP_SEND)
    {
      g_autoptr (TlPayloadPlan) plan = tl_payload_plan_new (payload, text, NULL, NULL, NULL);

      act->maker = tl_payload_maker_new (plan);
    }
  else if (kind == TL_STEP_EXPECT)
    {
      act->pattern = tl_pattern_new (tl_sequence_step_get_pattern (step), text, payload->charset, tl_sequence_step_get_fold (step), NULL);
    }

  return act;
}

GPtrArray *
tl_run_acts_new (TlSequence *sequence)
{
  GListModel *steps = G_LIST_MODEL (tl_sequence_get_steps (sequence));
  GPtrArray *acts = g_ptr_array_new_with_free_func (free_act);

  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (TlSequenceStep) step = g_list_model_get_item (steps, i);

      g_ptr_array_add (acts, make_act (step));
    }

  return acts;
}
