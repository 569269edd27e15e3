/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the log view share: a view over a session without sockets, and waiting for what it shows. */
#pragma once

#include "tl-fake-session.h"
#include "tl-ui-test.h"

#include "tl-log-list.h"
#include "tl-log-text.h"
#include "tl-log-view.h"

typedef struct {
  TlSession    *session;
  TlMessageLog *log;
  TlLogView    *view;
  GtkWidget    *window;
  const char   *text; /* what is waited for */
  guint         number;
} Fixture;

static inline void
fixture_init (Fixture *self,
              int      width,
              int      height)
{
  self->session = g_object_new (TL_TYPE_FAKE_SESSION, NULL);
  self->log = tl_session_get_log (self->session);
  self->view = TL_LOG_VIEW (tl_log_view_new ());
  tl_log_view_set_session (self->view, self->session);
  self->window = tl_ui_test_window (GTK_WIDGET (self->view), width, height);
}

static inline void
fixture_clear (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_finalize_object (self->session);
}

static inline void
append (Fixture      *self,
        TlMessageKind kind,
        const char   *peer,
        const void   *data,
        gssize        length)
{
  guint32 number = peer ? tl_message_log_add_peer (self->log, peer) : 0;

  tl_message_log_append (self->log, kind, 0, number, data, length < 0 ? strlen (data) : (gsize) length);
}

static inline guint
n_rows (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tl_log_view_get_rows (self->view)));
}

static inline GtkStack *
pages (Fixture *self)
{
  GtkWidget *any_list = tl_ui_test_find (GTK_WIDGET (self->view), TL_TYPE_LOG_LIST);

  return GTK_STACK (gtk_widget_get_ancestor (any_list, GTK_TYPE_STACK));
}

static inline GtkWidget *
list (Fixture *self)
{
  GtkWidget *shown = gtk_stack_get_visible_child (pages (self));

  return TL_IS_LOG_LIST (shown) ? shown : NULL;
}

/* What the widgets of the rows say, a line each; spare ones are hidden. */
static inline void
collect_text (GtkWidget *widget,
              GString   *out)
{
  const char *text = GTK_IS_INSCRIPTION (widget) ? gtk_inscription_get_text (GTK_INSCRIPTION (widget))
                     : TL_IS_LOG_TEXT (widget)  ? tl_log_text_get (TL_LOG_TEXT (widget))
                     : GTK_IS_LABEL (widget)     ? gtk_label_get_text (GTK_LABEL (widget))
                                                 : NULL;

  if (!gtk_widget_get_visible (widget))
    return;
  if (text)
    g_string_append_printf (out, "%s\n", text);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect_text (child, out);
}

static inline char *
shown_text (Fixture *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (list (self))
    collect_text (list (self), out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static inline gboolean
shows (gpointer data)
{
  Fixture *self = data;
  g_autofree char *text = shown_text (self);

  return strstr (text, self->text) != NULL;
}

static inline void
wait_text (Fixture    *self,
           const char *text)
{
  self->text = text;
  tl_ui_test_wait (shows, self, text);
}

/* @text with pictures of control characters, or with their names where the font has none. */
static inline gboolean
shows_controls (gpointer data)
{
  Fixture *self = data;
  g_autofree char *shown = shown_text (self);
  g_autofree char *spelled = tl_message_text_spell_controls (self->text);

  return strstr (shown, self->text) || strstr (shown, spelled);
}

static inline void
wait_controls (Fixture    *self,
               const char *text)
{
  self->text = text;
  tl_ui_test_wait (shows_controls, self, text);
}

static inline gboolean
has_rows (gpointer data)
{
  Fixture *self = data;

  return n_rows (self) == self->number;
}

static inline void
wait_rows (Fixture *self,
           guint    number)
{
  self->number = number;
  tl_ui_test_wait (has_rows, self, "the number of rows");
}

static inline void
action (Fixture    *self,
        const char *name)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->view), name, NULL));
}
