/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of sessions share: waiting for a condition, looking into a log. */
#pragma once

#include "tl-session.h"
#include "tl-test-wait.h"

#include <string.h>

/* How many lines of that kind in the session's log contain @text. */
static inline guint
tl_net_test_count_lines (TlSession    *session,
                         TlMessageKind kind,
                         const char   *text)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (tl_session_get_log (session));
  guint count = 0;
  TlMessageInfo info;

  tl_message_log_flush (tl_session_get_log (session));
  for (guint i = 0; tl_message_source_peek (source, i, &info); ++i)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (info.kind != kind)
        continue;
      bytes = tl_message_source_dup_bytes (source, i);
      if (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text)))
        ++count;
    }
  return count;
}

/* (transfer full) (nullable): the payload of the @nth row of that kind, from 0. */
static inline GBytes *
tl_net_test_dup_payload (TlSession    *session,
                         TlMessageKind kind,
                         guint         nth)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (tl_session_get_log (session));
  TlMessageInfo info;

  tl_message_log_flush (tl_session_get_log (session));
  for (guint i = 0; tl_message_source_peek (source, i, &info); ++i)
    {
      if (info.kind == kind && nth-- == 0)
        return tl_message_source_dup_bytes (source, i);
    }
  return NULL;
}

/* The port after the last colon of what a session is bound to. */
static inline guint16
tl_net_test_port (TlSession *session)
{
  const char *local = tl_session_get_local_endpoint (session);

  g_assert_nonnull (local);
  return g_ascii_strtoull (strrchr (local, ':') + 1, NULL, 10);
}
