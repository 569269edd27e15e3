/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a replay. Pure. */

#include "tl-replay-words.h"

#include <glib/gi18n-lib.h>

static void
add_origin (GArray         *choices,
            TlReplayList   *list,
            TlReplayOrigin  origin)
{
  /* Two programs between which it was captured are never one peer. */
  if (origin != TL_REPLAY_CAPTURED && tl_replay_list_count_origin (list, origin) > 1)
    {
      const TlReplayChoice all = { G_MAXUINT, origin };

      g_array_append_val (choices, all);
    }
  for (guint i = 0; i < tl_replay_list_get_n_flows (list); i++)
    {
      const TlReplayChoice one = { i, origin };

      if (tl_replay_list_get_flow (list, i)->origin == origin && tl_replay_list_get_flow (list, i)->n_items > 0)
        g_array_append_val (choices, one);
    }
}

GArray *
tl_replay_choices (TlReplayList *list)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (TlReplayChoice));

  add_origin (choices, list, TL_REPLAY_SENT);
  add_origin (choices, list, TL_REPLAY_RECEIVED);
  add_origin (choices, list, TL_REPLAY_CAPTURED);
  return choices;
}

/* (transfer full) */
static char *
flow_name (const TlReplayFlow *flow)
{
  switch (flow->origin)
    {
    case TL_REPLAY_SENT:
      return *flow->to != '\0' ? g_strdup_printf (_("Sent to %s"), flow->to) : g_strdup (_("What was sent"));
    case TL_REPLAY_RECEIVED:
      return *flow->to != '\0' ? g_strdup_printf (_("Received from %s"), flow->to) : g_strdup (_("What was received"));
    case TL_REPLAY_CAPTURED:
    default:
      return g_strdup_printf ("%s %s → %s", flow->is_tcp ? "TCP" : "UDP", flow->from, flow->to);
    }
}

char *
tl_replay_choice_label (TlReplayList         *list,
                        const TlReplayChoice *choice)
{
  guint64 n_bytes = 0;
  gulong n_items = 0;
  g_autofree char *name = NULL;
  g_autofree char *size = NULL;

  for (guint i = 0; i < tl_replay_list_get_n_flows (list); i++)
    if (choice->flow != G_MAXUINT ? i == choice->flow : tl_replay_list_get_flow (list, i)->origin == choice->origin)
      {
        n_items += tl_replay_list_get_flow (list, i)->n_items;
        n_bytes += tl_replay_list_get_flow (list, i)->n_bytes;
      }
  if (choice->flow != G_MAXUINT)
    name = flow_name (tl_replay_list_get_flow (list, choice->flow));
  else
    name = g_strdup (choice->origin == TL_REPLAY_SENT ? _("Everything that was sent") : _("Everything that was received"));
  size = g_format_size (n_bytes);
  /* Translators: who to whom, a count and a size: “Sent to 1.2.3.4:80 · 12 messages · 3.4 kB” */
  return g_strdup_printf (ngettext ("%s · %lu message · %s", "%s · %lu messages · %s", n_items), name, n_items, size);
}

char *
tl_replay_duration (gint64 time)
{
  const gint64 seconds = time / G_USEC_PER_SEC;

  if (seconds < 60)
    return g_strdup_printf (_("%.1f s"), (double) time / G_USEC_PER_SEC);
  if (seconds < 3600)
    return g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
  return g_strdup_printf ("%d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60));
}

char *
tl_replay_large_text (guint n,
                      guint n_items,
                      guint limit,
                      guint number,
                      guint length)
{
  if (n == n_items)
    return g_strdup_printf (_("No message fits into one datagram, which has %u bytes at most"), limit);
  /* Translators: how many; the limit in bytes; number and bytes of the first of them */
  return g_strdup_printf (ngettext ("%u message does not fit into one datagram, which has %u bytes at most: number %u with %u bytes",
                                    "%u messages do not fit into one datagram, which has %u bytes at most; the first is number %u with %u bytes", n),
                          n, limit, number, length);
}

static const char *
state_word (TlReplayState state)
{
  switch (state)
    {
    case TL_REPLAY_PAUSED:
      return _("Paused");
    case TL_REPLAY_FAILED:
    case TL_REPLAY_READY:
      return _("Stopped");
    case TL_REPLAY_DONE:
      return _("All was played");
    case TL_REPLAY_RUNNING:
    default:
      return NULL;
    }
}

char *
tl_replay_progress_text (TlReplayState           state,
                         const TlReplayProgress *progress,
                         gboolean                is_timed)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const gulong n = (gulong) progress->n_done;

  if (state_word (state) != NULL)
    g_ptr_array_add (parts, g_strdup (state_word (state)));
  if (progress->n_items > 0)
    /* Translators: “3 of 10 messages” */
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%lu of %lu message", "%lu of %lu messages", (gulong) progress->n_items), n, (gulong) progress->n_items));
  else
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%lu message, round %u", "%lu messages, round %u", n), n, progress->round));
  g_ptr_array_add (parts, g_format_size (progress->n_bytes));
  if (progress->n_skipped > 0)
    /* Translators: so many messages */
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%lu left out", "%lu left out", (gulong) progress->n_skipped), (gulong) progress->n_skipped));
  if (state != TL_REPLAY_DONE && progress->time_left >= 0)
    {
      g_autofree char *left = tl_replay_duration (progress->time_left);

      g_ptr_array_add (parts, g_strdup_printf (_("%s left"), left));
    }
  if (is_timed && n > 0)
    g_ptr_array_add (parts, g_strdup_printf (_("late by %.1f ms, at most %.1f ms"), progress->mean_drift / 1000.0, progress->max_drift / 1000.0));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}
