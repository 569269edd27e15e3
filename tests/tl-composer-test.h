/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the composer share: one over a session without a socket. */
#pragma once

#include "tl-composer.h"
#include "tl-timer-popover.h"

#include "tl-fake-session.h"
#include "tl-ui-test.h"

typedef struct {
  TlFakeSession *session;
  TlComposer    *composer;
  GtkWidget     *window;
} Fixture;

static inline void
set_up (Fixture *f,
        guint    n_peers,
        int      width)
{
  f->session = fake_session_new (n_peers);
  f->composer = TL_COMPOSER (tl_composer_new ());
  tl_composer_set_session (f->composer, TL_SESSION (f->session));
  f->window = tl_ui_test_window (GTK_WIDGET (f->composer), width, 320);
}

static inline void
tear_down (Fixture *f)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_assert_finalize_object (f->session);
}

static inline GtkWidget *
find_label (GtkWidget  *widget,
            const char *part)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), part))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, part);

      if (found)
        return found;
    }
  return NULL;
}

static inline gboolean
shows (Fixture    *f,
       const char *part)
{
  GtkWidget *label = find_label (GTK_WIDGET (f->composer), part);

  return label && gtk_widget_get_mapped (label);
}

static inline void
assert_text (Fixture    *f,
             const char *expected)
{
  g_autofree char *text = tl_composer_dup_text (f->composer);

  g_assert_cmpstr (text, ==, expected);
}

static inline void
assert_sent (Fixture    *f,
             guint       index,
             const void *data,
             gsize       length)
{
  GBytes *bytes;

  g_assert_cmpuint (f->session->sent->len, >, index);
  bytes = g_ptr_array_index (f->session->sent, index);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, length);
}

static inline void
start_timer (Fixture *f,
             guint    interval,
             gint64   count)
{
  GtkWidget *popover = tl_ui_test_find (GTK_WIDGET (f->composer), TL_TYPE_TIMER_POPOVER);

  g_object_set (popover, "interval", interval, "count", count, NULL);
  g_signal_emit_by_name (popover, "start");
}
