/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of TlMessageFilter share. */
#pragma once

#include "tl-message-filter.h"
#include "tl-message-log.h"
#include "tl-log-test.h"

#include <string.h>

#define KIND(kind) (1u << TL_MESSAGE_##kind)

typedef struct {
  TlMessageLog *log;
  TlMessageFilter *filter;
  TlMessageSource *source;
  guint32 a;
  guint32 b;
  guint next;
  TlMirror mirror;
} Fixture;

static inline void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  fixture->log = tl_message_log_new ();
  fixture->filter = tl_message_filter_new (TL_MESSAGE_SOURCE (fixture->log));
  fixture->source = TL_MESSAGE_SOURCE (fixture->filter);
  fixture->a = tl_message_log_add_peer (fixture->log, "a");
  fixture->b = tl_message_log_add_peer (fixture->log, "b");
  tl_mirror_init (&fixture->mirror, G_LIST_MODEL (fixture->filter));
}

static inline void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  tl_mirror_clear (&fixture->mirror);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->log);
}

static inline void
set_kinds_and_peer (Fixture    *fixture,
                    guint       kinds,
                    const char *peer)
{
  TlMessageCriteria criteria = TL_MESSAGE_CRITERIA_INIT;

  criteria.kinds = kinds;
  criteria.peer = (char *) peer;
  tl_message_filter_set_criteria (fixture->filter, &criteria);
}

/* Kinds and peers in turn, so that every combination is there. */
static inline void
append (Fixture *fixture,
        guint    n)
{
  for (guint i = 0; i < n; i++, fixture->next++)
    tl_message_log_append (fixture->log, fixture->next % TL_N_MESSAGE_KINDS, 1,
                           fixture->next / TL_N_MESSAGE_KINDS % 2 == 0 ? fixture->a : fixture->b, &fixture->next, 4);
  tl_message_log_flush (fixture->log);
}

static inline gboolean
should_pass (Fixture       *fixture,
             TlMessageInfo *info)
{
  const TlMessageCriteria *criteria = tl_message_filter_get_criteria (fixture->filter);

  return (criteria->kinds & (1u << info->kind)) != 0 &&
         (criteria->peer == NULL || info->peer == (strcmp (criteria->peer, "a") == 0 ? fixture->a : fixture->b));
}

/* Compares the filter with what it should be, row by row. */
static inline void
assert_filtered (Fixture *fixture)
{
  TlMessageInfo info, filtered;
  guint n = 0;

  test_wait (!tl_message_filter_get_pending (fixture->filter));
  for (guint i = 0; tl_message_source_peek (TL_MESSAGE_SOURCE (fixture->log), i, &info); i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      guint position;

      if (!should_pass (fixture, &info))
        continue;
      g_assert_true (tl_message_source_peek (fixture->source, n, &filtered));
      g_assert_cmpuint (filtered.id, ==, info.id);
      bytes = tl_message_source_dup_bytes (fixture->source, n);
      g_assert_cmpuint (*(guint *) g_bytes_get_data (bytes, NULL), ==, info.id - 1);
      g_assert_true (tl_message_source_find_id (fixture->source, info.id, &position));
      g_assert_cmpuint (position, ==, n);
      n++;
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->filter)), ==, n);
  g_assert_cmpuint (fixture->mirror.n_items, ==, n);
  g_assert_false (tl_message_source_peek (fixture->source, n, &filtered));
  g_assert_null (tl_message_source_dup_bytes (fixture->source, n));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->filter), n));
}

#define ADD(path, func) g_test_add ("/message-filter/" path, Fixture, NULL, set_up, func, tear_down)
