/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of where a log view is share: many messages with numbers, and waiting for one to be seen. */
#pragma once

#include "tl-log-view-test.h"

#define N_MESSAGES 3000

static inline void
append_numbers (Fixture *self,
                guint    from,
                guint    to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *text = g_strdup_printf ("number %u.", i);

      append (self, i % 2 == 0 ? TL_MESSAGE_RECEIVED : TL_MESSAGE_SENT, "10.0.0.1:1", text, -1);
    }
}

static inline void
begin (Fixture *self,
       gboolean bubbles)
{
  fixture_init (self, 900, 500);
  g_object_set (self->view, "bubbles", bubbles, NULL);
  append_numbers (self, 0, N_MESSAGES);
  wait_rows (self, N_MESSAGES);
  wait_text (self, "number 2999.");
  test_wait (tl_log_list_get_n_bound (TL_LOG_LIST (list (self))) > 200);
}

static inline void
show (Fixture  *self,
      TlLogShow what,
      guint     n)
{
  g_object_set (self->view, "show", what, NULL);
  wait_rows (self, n);
}

static inline TlLogFollow *
get_follow (Fixture *self)
{
  return tl_log_list_get_follow (TL_LOG_LIST (list (self)));
}

/* Whether a row on the page has the message that is number self->number. */
static inline gboolean
is_seen (gpointer data)
{
  Fixture *self = data;
  GtkWidget *shown = list (self);

  for (int y = 0; shown && y < gtk_widget_get_height (shown); y += 8)
    {
      const guint position = tl_log_list_row_at (TL_LOG_LIST (shown), 100, y);
      g_autoptr (TlMessage) message = g_list_model_get_item (G_LIST_MODEL (tl_log_view_get_rows (self->view)), position);
      g_autofree char *text = message ? g_strndup (g_bytes_get_data (tl_message_get_bytes (message), NULL), tl_message_get_length (message)) : NULL;
      g_autofree char *wanted = g_strdup_printf ("number %u.", self->number);

      if (g_strcmp0 (text, wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

/* And is still when all has settled. */
static inline void
wait_seen (Fixture *self,
           guint    number)
{
  g_autofree char *awaited = g_strdup_printf ("number %u to be seen", number);

  self->number = number;
  tl_ui_test_wait (is_seen, self, awaited);
  tl_ui_test_frames (self->window, 8);
  tl_ui_test_wait (is_seen, self, awaited);
}

static inline void
go_to (Fixture *self,
       guint    number)
{
  tl_log_follow_scroll_to (get_follow (self), number);
  wait_seen (self, number);
}

/* The number of the row that is to stay. */
static inline guint
get_place (Fixture *self)
{
  const guint position = tl_log_list_get_place (TL_LOG_LIST (list (self)));
  g_autoptr (TlMessage) message = g_list_model_get_item (G_LIST_MODEL (tl_log_view_get_rows (self->view)), position);

  g_assert_nonnull (message);
  return (guint) g_ascii_strtoull ((const char *) g_bytes_get_data (tl_message_get_bytes (message), NULL) + strlen ("number "), NULL, 10);
}
