/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of frames share: a log, a model over it, and a list that follows what it tells and finds all of it true. */
#pragma once

#include "tl-frame-model.h"
#include "tl-message-log.h"
#include "tl-test-wait.h"

#include <string.h>

typedef struct {
  TlMessageLog *log;
  TlFrameModel *model;
  GArray       *ids;      /* what a list that follows the changes has */
  guint32       a;
  guint32       b;
} Fixture;

static inline guint64
id_at (TlFrameModel *model,
       guint         position)
{
  TlMessageInfo info;

  g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (model), position, &info));
  return info.id;
}

/* As a list widget would: knows the model by what it is told, and all of it must be true at that moment. */
static inline void
follow_cb (Fixture *f,
           guint    position,
           guint    removed,
           guint    added)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (f->model));

  g_assert_cmpuint (position + removed, <=, f->ids->len);
  g_array_remove_range (f->ids, position, removed);
  for (guint i = 0; i < added; i++)
    {
      guint64 id = id_at (f->model, position + i);

      g_array_insert_val (f->ids, position + i, id);
    }

  g_assert_cmpuint (f->ids->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      guint found;

      g_assert_cmpuint (g_array_index (f->ids, guint64, i), ==, id_at (f->model, i));
      g_assert_true (tl_message_source_find_id (TL_MESSAGE_SOURCE (f->model), id_at (f->model, i), &found));
      g_assert_cmpuint (found, ==, i);
      if (i > 0)
        g_assert_cmpuint (id_at (f->model, i - 1), <, id_at (f->model, i));
    }
}

static inline void
setup (Fixture       *f,
       gconstpointer  data)
{
  f->log = tl_message_log_new ();
  f->model = tl_frame_model_new (TL_MESSAGE_SOURCE (f->log));
  f->ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  f->a = tl_message_log_add_peer (f->log, "a");
  f->b = tl_message_log_add_peer (f->log, "b");
  g_signal_connect_swapped (f->model, "items-changed", G_CALLBACK (follow_cb), f);
}

static inline void
teardown (Fixture       *f,
          gconstpointer  data)
{
  g_signal_handlers_disconnect_by_func (f->model, follow_cb, f);
  g_assert_finalize_object (f->model);
  g_assert_finalize_object (f->log);
  g_array_unref (f->ids);
}

static inline gboolean
is_pending (TlFrameModel *model)
{
  gboolean pending;

  g_object_get (model, "pending", &pending, NULL);
  return pending;
}

/* A machine that is busy with other things may need more than one slice even for a few rows. */
static inline void
flush (Fixture *f)
{
  tl_message_log_flush (f->log);
  test_wait (!is_pending (f->model));
}

static inline void
set_framing (Fixture    *f,
             const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFraming) framing = tl_framing_from_string (text, &error);

  g_assert_no_error (error);
  tl_frame_model_set_framing (f->model, framing);
  test_wait (!is_pending (f->model));
}

static inline void
receive_at (Fixture    *f,
            guint32     peer,
            const char *text,
            gint64      time)
{
  tl_message_log_append (f->log, TL_MESSAGE_RECEIVED, time, peer, text, strlen (text));
}

static inline void
receive (Fixture    *f,
         guint32     peer,
         const char *text)
{
  receive_at (f, peer, text, 1000000);
}

/* The rows as text: the peer's name before what was received, ">" before what was sent, "!" before the rest. */
static inline char *
describe (TlFrameModel *model)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (model);
  GString *out = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (model));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (source, i);
      g_autoptr (TlMessage) message = g_list_model_get_item (G_LIST_MODEL (model), i);
      g_autofree char *text = NULL;
      TlMessageInfo info;

      g_assert_true (tl_message_source_peek (source, i, &info));
      g_assert_cmpuint (info.length, ==, g_bytes_get_size (bytes));
      g_assert_cmpuint (tl_message_get_id (message), ==, info.id);
      g_assert_true (g_bytes_equal (tl_message_get_bytes (message), bytes));

      text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_strdelimit (text, "\n", '/');
      g_string_append_printf (out, "%s%s%s", i > 0 ? " " : "",
                              info.kind == TL_MESSAGE_RECEIVED ? tl_message_source_peer_name (source, info.peer) :
                              info.kind == TL_MESSAGE_SENT ? ">" : "!", text);
    }

  return g_string_free (out, FALSE);
}

#define assert_rows(f, expected) \
  G_STMT_START { \
    g_autofree char *rows_ = describe ((f)->model); \
    g_assert_cmpstr (rows_, ==, expected); \
  } G_STMT_END

#define add(path, func) g_test_add (path, Fixture, NULL, setup, func, teardown)
