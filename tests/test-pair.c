/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Try it here": both ends of one connection beside each other, or one at a time where there is no room for both. */

#include "tl-pair.h"
#include "tl-session-private.h"
#include "tl-try-it.h"
#include "tl-udp-session.h"

#include "tl-ui-test.h"

#include <string.h>

typedef struct {
  TlSession *sessions[2];
  GtkWidget *pages[2];
  GtkWidget *pair;
  GtkWidget *window;
  GtkWidget *toggles[2];
} Fixture;

/* The buttons that choose which of the two is shown: the pair's own, not those of its pages. */
static void
find_toggles (Fixture *self)
{
  GtkWidget *switcher = gtk_widget_get_first_child (self->pair);

  self->toggles[0] = gtk_widget_get_first_child (switcher);
  self->toggles[1] = gtk_widget_get_next_sibling (self->toggles[0]);
  g_assert_true (GTK_IS_TOGGLE_BUTTON (self->toggles[0]));
  g_assert_true (GTK_IS_TOGGLE_BUTTON (self->toggles[1]));
}

static void
set_up (Fixture *self,
        int      width)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->pages); i++)
    self->pages[i] = tl_session_page_new (self->sessions[i], NULL);
  self->pair = tl_pair_new ("Both", TL_SESSION_PAGE (self->pages[0]), TL_SESSION_PAGE (self->pages[1]));
  self->window = tl_ui_test_window (self->pair, width, 640);
  find_toggles (self);
}

static void
set_up_closed (Fixture *self,
             int      width)
{
  self->sessions[0] = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  self->sessions[1] = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  set_up (self, width);
}

static void
tear_down (Fixture *self)
{
  GtkWidget *alive[] = { self->pages[0], self->pages[1] };

  g_object_add_weak_pointer (G_OBJECT (self->pages[0]), (gpointer *) &alive[0]);
  g_object_add_weak_pointer (G_OBJECT (self->pages[1]), (gpointer *) &alive[1]);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_null (alive[0]);
  g_assert_null (alive[1]);
  for (guint i = 0; i < G_N_ELEMENTS (self->sessions); i++)
    {
      tl_session_close (self->sessions[i]);
      test_wait (!tl_session_is_active (self->sessions[i]));
      g_assert_finalize_object (self->sessions[i]);
    }
}

static void
assert_shown (Fixture *self,
              gboolean first,
              gboolean second)
{
  g_assert_true (gtk_widget_get_mapped (self->pages[0]) == first);
  g_assert_true (gtk_widget_get_mapped (self->pages[1]) == second);
  g_assert_true (gtk_widget_get_mapped (self->toggles[0]) == !(first && second));
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
click (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static void
test_beside (void)
{
  Fixture self;
  graphene_rect_t first, second;

  set_up_closed (&self, 1200);
  assert_shown (&self, TRUE, TRUE);
  g_assert_true (gtk_widget_compute_bounds (self.pages[0], self.pair, &first));
  g_assert_true (gtk_widget_compute_bounds (self.pages[1], self.pair, &second));
  g_assert_cmpfloat (ABS (first.size.width - second.size.width), <=, 2);
  g_assert_cmpfloat (second.origin.x, >=, first.origin.x + first.size.width);

  /* Keys are for the one that has the focus; before, for the one that writes first. */
  g_assert_true (gtk_widget_grab_focus (self.pair));
  g_assert_true ((GtkWidget *) tl_pair_get_current (TL_PAIR (self.pair)) == self.pages[1]);
  g_assert_true (gtk_widget_grab_focus (self.pages[0]));
  g_assert_true ((GtkWidget *) tl_pair_get_current (TL_PAIR (self.pair)) == self.pages[0]);
  tear_down (&self);
}

static void
test_folded (void)
{
  Fixture self;
  int minimum;

  set_up_closed (&self, 500);
  gtk_widget_measure (self.pair, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  assert_shown (&self, FALSE, TRUE);
  g_assert_true ((GtkWidget *) tl_pair_get_current (TL_PAIR (self.pair)) == self.pages[1]);

  click (self.toggles[0]);
  tl_ui_test_frames (self.window, 3);
  assert_shown (&self, TRUE, FALSE);
  g_assert_true ((GtkWidget *) tl_pair_get_current (TL_PAIR (self.pair)) == self.pages[0]);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (self.window)), self.pages[0]));
  click (self.toggles[1]);
  tl_ui_test_frames (self.window, 3);
  assert_shown (&self, FALSE, TRUE);
  tear_down (&self);
}

/* What the tab shows is what either of them has. */
static void
test_properties (void)
{
  Fixture self;
  guint busy_changes = 0;
  gboolean busy = TRUE, attention = TRUE;
  g_autofree char *title = NULL;
  g_autoptr (GIcon) icon = NULL;
  g_autoptr (GIcon) expected = NULL;

  set_up_closed (&self, 1200);
  g_signal_connect_swapped (self.pair, "notify::busy", G_CALLBACK (count_cb), &busy_changes);
  g_object_get (self.pair, "title", &title, "busy", &busy, "needs-attention", &attention, "icon", &icon, NULL);
  g_object_get (self.pages[0], "icon", &expected, NULL);
  g_assert_cmpstr (title, ==, "Both");
  g_assert_false (busy);
  g_assert_false (attention);
  g_assert_true (g_icon_equal (icon, expected));

  tl_session_set_state (self.sessions[1], TL_SESSION_OPENING, NULL);
  g_object_get (self.pair, "busy", &busy, NULL);
  g_assert_true (busy);
  g_assert_cmpuint (busy_changes, ==, 1);
  tl_session_set_state (self.sessions[1], TL_SESSION_CLOSED, NULL);
  g_object_get (self.pair, "busy", &busy, NULL);
  g_assert_false (busy);
  tear_down (&self);
}

static gboolean
has_received (gpointer session)
{
  return tl_session_get_counters (session)->rx_messages > 0;
}

static gboolean
are_open (gpointer data)
{
  TlSession **sessions = data;

  return tl_session_get_state (sessions[0]) == TL_SESSION_OPEN && tl_session_get_state (sessions[1]) == TL_SESSION_OPEN &&
         g_list_model_get_n_items (tl_session_get_peers (sessions[1])) > 0;
}

/* The whole of it: opening the first connects the second, what is written at the second is answered by the first. */
static void
test_try (gconstpointer udp)
{
  Fixture self;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("你好", strlen ("你好"));
  g_autoptr (GError) error = NULL;
  const char *expected = "Received msg: 你好 from 127.0.0.1:";
  g_autoptr (GBytes) answer = NULL;
  TlMessageSource *source;
  TlMessageInfo info;

  tl_try_it_new (GPOINTER_TO_INT (udp), &self.sessions[0], &self.sessions[1]);
  set_up (&self, 1200);
  g_assert_cmpint (tl_session_get_state (self.sessions[1]), ==, TL_SESSION_CLOSED);
  tl_session_open (self.sessions[0]);
  tl_ui_test_wait (are_open, self.sessions, "both to be open, and the second to have its peer");
  tl_session_send_to (self.sessions[1], NULL, bytes, &error);
  g_assert_no_error (error);
  tl_ui_test_wait (has_received, self.sessions[1], "the answer");

  source = TL_MESSAGE_SOURCE (tl_session_get_log (self.sessions[1]));
  tl_message_log_flush (tl_session_get_log (self.sessions[1]));
  for (guint i = 0; answer == NULL && tl_message_source_peek (source, i, &info); i++)
    if (info.kind == TL_MESSAGE_RECEIVED)
      answer = tl_message_source_dup_bytes (source, i);
  g_assert_nonnull (answer);
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), MIN (g_bytes_get_size (answer), strlen (expected)), expected, strlen (expected));
  tl_ui_test_screenshot (self.window, udp ? "pair-udp" : "pair-tcp");
  tear_down (&self);
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);

  g_test_add_func ("/pair/beside", test_beside);
  g_test_add_func ("/pair/folded", test_folded);
  g_test_add_func ("/pair/properties", test_properties);
  g_test_add_data_func ("/pair/try/tcp", GINT_TO_POINTER (FALSE), test_try);
  g_test_add_data_func ("/pair/try/udp", GINT_TO_POINTER (TRUE), test_try);

  return g_test_run ();
}
