/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the run of a sequence goes, and how it ended. */

#include "tl-run-words.h"

#include "tl-run-entry.h"

#include "tl-session-words.h"

#include <glib/gi18n-lib.h>

char *
tl_run_words_describe (const TlRunState *state)
{
  g_autofree char *round = g_strdup_printf ("%'" G_GUINT64_FORMAT, state->round);
  g_autofree char *failed = g_strdup_printf ("%'" G_GUINT64_FORMAT, state->n_failed);

  if (!state->running && state->ending)
    /* Translators: the first %s is a sentence, such as “Ended: closed by the peer.” */
    return g_strdup_printf (_("%s Round %s, step %u of %u · failed: %s"), state->ending, round, state->step, state->n_steps, failed);

  return g_strdup_printf (state->running ? _("Round %s, step %u of %u · failed: %s") : _("Ended in round %s at step %u of %u · failed: %s"),
                          round, state->step, state->n_steps, failed);
}

char *
tl_run_words_why_closed (TlSession *session)
{
  const char *error = tl_session_get_error (session);
  const TlOutcome outcome = tl_session_get_outcome (session);

  if (error)
    return g_strdup_printf (_("Ended: %s. %s"), tl_session_get_state_label (session), error);
  if (outcome != TL_OUTCOME_NONE && outcome != TL_OUTCOME_DISCONNECTED)
    return g_strdup_printf (_("Ended: %s."), tl_session_get_state_label (session));

  return g_strdup (_("Ended: the session was closed."));
}

char *
tl_run_words_sent (TlSequenceStep *step,
                   GBytes         *bytes)
{
  const guint size = g_bytes_get_size (bytes);
  g_autofree char *shown = tl_run_entry_show_bytes (tl_sequence_step_get_payload (step), bytes);

  return g_strdup_printf (ngettext ("Sent %u byte: %s", "Sent %u bytes: %s", size), size, shown);
}

char *
tl_run_words_came (TlSequenceStep *step,
                   GBytes         *bytes,
                   gint64          after)
{
  const TlPayload shown_as = { tl_sequence_step_get_pattern (step) == TL_PATTERN_HEX ? TL_PAYLOAD_HEX : TL_PAYLOAD_TEXT,
                               tl_sequence_step_get_payload (step)->charset };
  g_autofree char *shown = tl_run_entry_show_bytes (&shown_as, bytes);

  return g_strdup_printf (_("Came after %.1f ms: %s"), after / 1000.0, shown);
}

char *
tl_run_words_not_come (TlSequenceStep *step)
{
  return g_strdup_printf (_("“%s” did not come within %'u ms."), tl_sequence_step_get_text (step), tl_sequence_step_get_milliseconds (step));
}

char *
tl_run_words_not_before_end (TlSequenceStep *step)
{
  return g_strdup_printf (_("“%s” had not come when the session ended."), tl_sequence_step_get_text (step));
}

char *
tl_run_words_gave_up (TlSequenceStep *step)
{
  return g_strdup_printf (_("“%s” has too much to try in something that came, and gave up there."), tl_sequence_step_get_text (step));
}
