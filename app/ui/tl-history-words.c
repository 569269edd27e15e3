/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words about sessions of the history. */

#include "tl-history-words.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *kind;
  const char *icon;
  const char *word;
} kinds[] = {
  { "udp", "tl-chat-symbolic", N_("UDP") },
  { "tcp-server", "network-server-symbolic", N_("TCP server") },
  { "tcp-client", "network-wired-symbolic", N_("TCP client") },
};

const char *
tl_history_kind_icon (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return kinds[i].icon;
  return "text-x-generic-symbolic";
}

const char *
tl_history_kind_word (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return _(kinds[i].word);
  return kind;
}

/* (nullable): a time that is no time, from a damaged file. */
static GDateTime *
to_local (gint64 time)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

  return g_steal_pointer (&seconds);
}

static int
count_days (GDateTime *time)
{
  GDate date;
  int year, month, day;

  g_date_time_get_ymd (time, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return (int) g_date_get_julian (&date);
}

gboolean
tl_history_is_same_day (gint64 time,
                        gint64 other)
{
  g_autoptr (GDateTime) a = to_local (time);
  g_autoptr (GDateTime) b = to_local (other);

  return a != NULL && b != NULL && count_days (a) == count_days (b);
}

static char *
format (GDateTime  *time,
        const char *how)
{
  char *text = time != NULL ? g_date_time_format (time, how) : NULL;

  return text != NULL ? text : g_strdup ("?");
}

char *
tl_history_day (gint64 time,
                gint64 now)
{
  g_autoptr (GDateTime) day = to_local (time);
  g_autoptr (GDateTime) today = to_local (now);
  const int ago = day != NULL && today != NULL ? count_days (today) - count_days (day) : -1;

  if (ago == 0)
    return g_strdup (_("Today"));
  if (ago == 1)
    return g_strdup (_("Yesterday"));
  /* Translators: a date, as strftime() writes it: “November 25, 2026” */
  return format (day, _("%B %-d, %Y"));
}

char *
tl_history_span (TlHistorySession *session,
                 gboolean          running)
{
  const gint64 started = tl_history_session_get_started (session), last = tl_history_session_get_last (session);
  g_autoptr (GDateTime) begin = to_local (started);
  g_autoptr (GDateTime) end = to_local (last);
  g_autofree char *from = format (begin, "%H:%M:%S");
  g_autofree char *to = NULL;

  if (running)
    /* Translators: a time of day: “since 14:03:59” */
    return g_strdup_printf (_("since %s"), from);
  /* Translators: month, day and time, as strftime() writes them */
  to = format (end, tl_history_is_same_day (started, last) ? "%H:%M:%S" : _("%b %-d, %H:%M:%S"));
  /* Translators: two times */
  return g_strdup_printf (_("%s – %s"), from, to);
}

char *
tl_history_counts (TlHistorySession *session)
{
  const guint64 n = tl_history_session_get_n_messages (session);
  g_autofree char *size = g_format_size (tl_history_session_get_n_bytes (session));

  /* Translators: a count and a size: “12 messages · 3.4 kB” */
  return g_strdup_printf (ngettext ("%'lu message · %s", "%'lu messages · %s", n), (gulong) n, size);
}

char *
tl_history_notes (TlHistorySession *session)
{
  const gulong gone = (gulong) tl_history_session_get_n_gone (session), lost = (gulong) tl_history_session_get_n_lost (session);
  GString *notes;

  if (gone == 0 && lost == 0)
    return NULL;
  notes = g_string_new (NULL);
  if (gone > 0)
    g_string_append_printf (notes, ngettext ("The oldest %'lu message was deleted for the limit on the size.",
                                             "The oldest %'lu messages were deleted for the limit on the size.", gone), gone);
  if (gone > 0 && lost > 0)
    g_string_append_c (notes, ' ');
  if (lost > 0)
    g_string_append_printf (notes, ngettext ("%'lu message could not be saved.", "%'lu messages could not be saved.", lost), lost);
  return g_string_free (notes, FALSE);
}

char *
tl_history_row_label (TlHistorySession *session,
                      gboolean          running)
{
  const TlHistoryAbout *about = tl_history_session_get_about (session);
  g_autofree char *day = tl_history_day (tl_history_session_get_started (session), g_get_real_time ());
  g_autofree char *span = tl_history_span (session, running);
  g_autofree char *counts = tl_history_counts (session);
  const char *peers = tl_history_session_get_peers (session);

  return g_strjoin (", ", tl_history_kind_word (about->kind), about->title, running ? _("Running") : day, span, counts, peers, NULL);
}
