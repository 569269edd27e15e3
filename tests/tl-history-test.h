/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the history share: a file, logs that are recorded, and answers that are waited for. */
#pragma once

#include "tl-history-messages.h"
#include "tl-history-recorder.h"

#include "tl-test-folder.h"
#include "tl-test-wait.h"

#include <string.h>

/* One that was let go of closes on its own thread: whoever opens the file again may have to wait for it. */
static inline TlHistory *
test_history_open (const char *name)
{
  g_autoptr (GFile) file = g_file_new_build_filename (test_folder, name, NULL);
  TlHistory *history = tl_history_new (file);

  tl_history_set_patience (history, TEST_DEADLINE / G_TIME_SPAN_MILLISECOND);
  return history;
}

static inline void
test_history_begin (TlHistoryRecorder *recorder,
                    const char        *title)
{
  const TlHistoryAbout about = { (char *) "udp", (char *) title, (char *) "udp://127.0.0.1:1", NULL, TRUE };

  tl_history_recorder_begin (recorder, &about);
}

typedef struct {
  gboolean  done;
  gpointer  result;
  gboolean  answer;
  GError   *error;
} TestHistoryOutcome;

static inline void
test_history_listed_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  TestHistoryOutcome *outcome = user_data;

  outcome->result = tl_history_list_finish (TL_HISTORY (source), result, &outcome->error);
  outcome->done = TRUE;
}

/* (transfer full) */
static inline GListModel *
test_history_list (TlHistory  *history,
                   const char *text)
{
  TestHistoryOutcome outcome = { 0 };

  tl_history_list_async (history, text, NULL, test_history_listed_cb, &outcome);
  test_wait_for (outcome.done, "the list of sessions");
  g_assert_no_error (outcome.error);
  return outcome.result;
}

/* Everything that was recorded is on disk. */
static inline void
test_history_settle (TlHistory *history)
{
  test_wait_for (tl_history_get_pending (history) == 0, "the history to be written");
}

/* (transfer full): the messages of the session with that title, the first found. */
static inline TlHistoryMessages *
test_history_read (TlHistory  *history,
                   const char *title)
{
  g_autoptr (GListModel) sessions = test_history_list (history, title);
  g_autoptr (TlHistorySession) session = g_list_model_get_item (sessions, 0);

  g_assert_nonnull (session);
  return tl_history_messages_new (history, session);
}

/* (transfer full): the payload of a row, once it has been read. */
static inline GBytes *
test_history_bytes (TlHistoryMessages *messages,
                    guint              position,
                    TlMessageInfo     *info)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (messages);

  test_wait_for (tl_message_source_is_ready (source, position), "a row to be read");
  g_assert_true (tl_message_source_peek (source, position, info));
  return tl_message_source_dup_bytes (source, position);
}

/* A history, and a log that can be recorded into it. */
typedef struct {
  TlHistory         *history;
  TlMessageLog      *log;
  TlHistoryRecorder *recorder;
  guint32            peer;
} TestHistory;

static inline TestHistory
test_history_make (const char *name)
{
  TestHistory f = { test_history_open (name), tl_message_log_new (), NULL, 0 };

  f.recorder = tl_history_recorder_new (f.history, f.log);
  f.peer = tl_message_log_add_peer (f.log, "127.0.0.1:2000");
  return f;
}

static inline void
test_history_drop (TestHistory *f)
{
  tl_history_recorder_end (f->recorder);
  tl_history_close (f->history);
  g_clear_object (&f->recorder);
  /* What was with the database's thread comes back to the main loop. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->history);
  g_assert_finalize_object (f->log);
}

static inline void
test_history_append (TestHistory *f,
                     const char  *text)
{
  tl_message_log_append (f->log, TL_MESSAGE_RECEIVED, 0, f->peer, text, strlen (text));
}

static inline void
test_history_append_many (TestHistory *f,
                          guint        from,
                          guint        to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);

      test_history_append (f, text);
    }
}

static inline void
test_history_deleted_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  TestHistoryOutcome *outcome = user_data;

  outcome->answer = tl_history_delete_finish (TL_HISTORY (source), result, &outcome->error);
  outcome->done = TRUE;
}

static inline void
test_history_delete (TlHistory *history,
                     gint64     id)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  TestHistoryOutcome outcome = { 0 };

  g_array_append_val (ids, id);
  tl_history_delete_async (history, ids, NULL, test_history_deleted_cb, &outcome);
  test_wait_for (outcome.done, "the session to be deleted");
  g_assert_no_error (outcome.error);
}

static inline void
test_history_assert_row (TlHistoryMessages *messages,
                         guint              position,
                         const char        *expected)
{
  TlMessageInfo info;
  g_autoptr (GBytes) bytes = test_history_bytes (messages, position, &info);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, strlen (expected));
  g_assert_cmpuint (info.length, ==, strlen (expected));
  g_assert_cmpuint (info.id, ==, position + 1);
}
