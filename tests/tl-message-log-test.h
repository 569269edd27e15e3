/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the message log share: rows that are numbers. */
#pragma once

#include "tl-message-log.h"

#include "tl-log-test.h"

#include <string.h>

static inline void
append_number (TlMessageLog *log,
               guint32       peer,
               guint         number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1000 + number, peer, text, strlen (text));
}

static inline void
assert_row (TlMessageLog *log,
            guint         position,
            gconstpointer data,
            gsize         length)
{
  g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (TL_MESSAGE_SOURCE (log), position);
  g_autoptr (TlMessage) message = g_list_model_get_item (G_LIST_MODEL (log), position);

  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, length);
  g_assert_true (g_bytes_equal (bytes, tl_message_get_bytes (message)));
  g_assert_cmpuint (tl_message_get_length (message), ==, length);
}

static inline void
assert_number (TlMessageLog *log,
               guint         position,
               guint         number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  assert_row (log, position, text, strlen (text));
}
