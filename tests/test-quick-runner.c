/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quick sends in a session: once, again and again, and why not. */
#include "tl-quick-runner.h"

#include "tl-fake-session.h"

#include <locale.h>
#include <string.h>

typedef struct {
  TlFakeSession *session;
  TlQuickRunner *runner;
  TlQuickSend   *send;
} Fixture;

static void
set_up (Fixture *f)
{
  f->session = fake_session_new (2);
  f->runner = tl_quick_runner_new ();
  f->send = g_object_new (TL_TYPE_QUICK_SEND, "name", "n", "text", "n={counter}", "period", 1, NULL);
  tl_quick_runner_set_session (f->runner, TL_SESSION (f->session));
}

static void
tear_down (Fixture *f)
{
  g_assert_finalize_object (f->runner);
  g_assert_finalize_object (f->send);
  g_assert_finalize_object (f->session);
}

static void
assert_sent (Fixture    *f,
             guint       index,
             const char *expected)
{
  GBytes *bytes;

  g_assert_cmpuint (f->session->sent->len, >, index);
  bytes = f->session->sent->pdata[index];
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, strlen (expected));
}

static guint
send_once (Fixture  *f,
           GError  **error)
{
  return tl_quick_runner_send (f->runner, tl_quick_send_get_maker (f->send), error);
}

static void
test_send (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (g_object_unref);

  set_up (&f);
  g_assert_cmpuint (send_once (&f, &error), ==, 2);
  g_assert_no_error (error);
  g_ptr_array_add (targets, g_list_model_get_item (tl_session_get_peers (TL_SESSION (f.session)), 1));
  tl_quick_runner_set_targets (f.runner, targets);
  g_assert_cmpuint (send_once (&f, &error), ==, 1);
  g_assert_cmpuint (f.session->sent->len, ==, 3);
  assert_sent (&f, 1, "n=1");
  assert_sent (&f, 2, "n=2");

  /* What nobody took does not count. */
  f.session->refusals = 1;
  g_assert_cmpuint (send_once (&f, &error), ==, 0);
  g_assert_nonnull (error);
  g_clear_error (&error);
  send_once (&f, &error);
  assert_sent (&f, 3, "n=3");

  tl_session_close (TL_SESSION (f.session));
  g_assert_cmpuint (send_once (&f, &error), ==, 0);
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NOT_OPEN);
  g_assert_nonnull (strstr (error->message, "Nothing is open yet"));
  g_clear_pointer (&targets, g_ptr_array_unref);
  tl_quick_runner_set_targets (f.runner, NULL);
  tear_down (&f);
}

static void
timer_cb (TlQuickRunner *runner,
          TlQuickSend   *send,
          guint         *count)
{
  ++*count;
}

static void
test_timers (void)
{
  Fixture f;
  g_autoptr (TlQuickSend) other = g_object_new (TL_TYPE_QUICK_SEND, "text", "other", "period", 1, NULL);
  guint n_told = 0;
  guint64 sent = 0;

  set_up (&f);
  g_signal_connect (f.runner, "timer", G_CALLBACK (timer_cb), &n_told);
  g_assert_true (tl_quick_runner_start (f.runner, f.send, NULL));
  g_assert_true (tl_quick_runner_start (f.runner, other, NULL));
  g_assert_cmpuint (n_told, ==, 2);
  g_assert_cmpuint (tl_quick_runner_get_n_running (f.runner), ==, 2);
  test_wait (f.session->sent->len > 12);
  tl_quick_runner_stop (f.runner, f.send);
  g_assert_cmpuint (n_told, ==, 3);
  g_assert_false (tl_quick_runner_is_running (f.runner, f.send));
  g_assert_true (tl_quick_runner_is_running (f.runner, other));
  g_object_get (tl_quick_runner_get_timer (f.runner, f.send), "sent", &sent, NULL);
  g_assert_cmpuint (sent, >, 1);
  g_assert_cmpuint (tl_payload_maker_get_counter (tl_quick_send_get_maker (f.send)), ==, sent + 1);
  tl_quick_runner_stop_all (f.runner);
  g_assert_cmpuint (tl_quick_runner_get_n_running (f.runner), ==, 0);

  /* They end with the session. */
  g_assert_true (tl_quick_runner_start (f.runner, f.send, NULL));
  tl_session_close (TL_SESSION (f.session));
  g_assert_cmpuint (tl_quick_runner_get_n_running (f.runner), ==, 0);
  tear_down (&f);
}

static void
test_refused (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;

  set_up (&f);
  g_object_set (f.send, "text", "{conter}", NULL);
  g_assert_false (tl_quick_runner_start (f.runner, f.send, &error));
  g_assert_nonnull (strstr (error->message, "position 1"));
  g_clear_error (&error);
  g_assert_cmpuint (send_once (&f, &error), ==, 0);
  g_assert_nonnull (error);
  g_clear_error (&error);
  tl_session_close (TL_SESSION (f.session));
  g_assert_false (tl_quick_runner_start (f.runner, f.send, &error));
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NOT_OPEN);
  g_assert_cmpuint (f.session->sent->len, ==, 0);
  tear_down (&f);
}

static void
test_too_many (void)
{
  Fixture f;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  set_up (&f);
  for (guint i = 0; i < TL_QUICK_RUNNER_MAX_TIMERS; i++)
    {
      g_ptr_array_add (all, g_object_new (TL_TYPE_QUICK_SEND, "text", "x", "period", 60000, NULL));
      g_assert_true (tl_quick_runner_start (f.runner, all->pdata[i], NULL));
    }
  g_assert_false (tl_quick_runner_start (f.runner, f.send, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  tear_down (&f);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quick-runner/send", test_send);
  g_test_add_func ("/quick-runner/timers", test_timers);
  g_test_add_func ("/quick-runner/refused", test_refused);
  g_test_add_func ("/quick-runner/too-many", test_too_many);
  return g_test_run ();
}
