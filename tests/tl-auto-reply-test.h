/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of automatic answers share. */
#pragma once

#include "tl-auto-reply.h"

#include <string.h>

#define BYTES(s) (s), sizeof (s) - 1

static const TlReplyContext context = {
  .peer = "1.2.3.4:80",
  .host = "1.2.3.4",
  .port = 80,
  .time = G_GINT64_CONSTANT (1767225599987654),
  .count = 7,
};

static inline void
assert_reply (TlAutoReply *reply,
              const char  *message,
              gsize        length,
              const char  *expected,
              gsize        n_expected)
{
  g_autoptr (GBytes) answer = tl_auto_reply_make (reply, (const guint8 *) message, length, &context);

  if (expected == NULL)
    {
      g_assert_null (answer);
      return;
    }

  g_assert_nonnull (answer);
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), expected, n_expected);
}

static inline void
add_rule (TlAutoReply *reply,
          TlMatchKind  match,
          const char  *pattern,
          const char  *answer)
{
  g_autoptr (TlReplyRule) rule = tl_reply_rule_new (match, pattern, answer);

  g_list_store_append (tl_auto_reply_get_rules (reply), rule);
}
