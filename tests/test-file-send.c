/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sending a file: whole, in order, at the pace of the slowest, and what ends it early. */

#include "tl-file-send.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tl-fake-session.h"

typedef struct {
  TlFakeSession *session;
  TlFileSend    *send;
  GFile         *file;
  char          *path;
  guint8        *content;
  gsize          size;
  gboolean       done;
  gboolean       good;
  GError        *error;
} Fixture;

static void
set_up (Fixture *f,
        guint    n_peers,
        gsize    size,
        guint    piece,
        guint    gap)
{
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("tonglu-XXXXXX", &f->path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  f->size = size;
  f->content = g_malloc (size + 1);
  for (gsize i = 0; i < size; i++)
    f->content[i] = (guint8) (i * 7 + i / 251);
  g_file_set_contents (f->path, (const char *) f->content, size, &error);
  g_assert_no_error (error);

  f->session = fake_session_new (n_peers);
  f->file = g_file_new_for_path (f->path);
  f->send = tl_file_send_new (TL_SESSION (f->session), NULL, f->file, piece, gap);
}

static void
tear_down (Fixture *f)
{
  g_remove (f->path);
  g_assert_finalize_object (f->send);
  g_assert_finalize_object (f->session);
  g_object_unref (f->file);
  g_free (f->path);
  g_free (f->content);
  g_clear_error (&f->error);
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Fixture *f = user_data;

  g_assert_false (f->done);
  f->done = TRUE;
  g_clear_error (&f->error);
  f->good = tl_file_send_run_finish (TL_FILE_SEND (source), result, &f->error);
}

static void
run (Fixture      *f,
     GCancellable *cancellable)
{
  f->done = FALSE;
  tl_file_send_run_async (f->send, cancellable, run_cb, f);
}

static guint64
get_done (Fixture *f)
{
  guint64 done;

  g_object_get (f->send, "done", &done, NULL);
  return done;
}

/* What the first of @n_peers got. */
static void
assert_content (Fixture *f,
                guint    n_peers)
{
  g_autoptr (GByteArray) got = g_byte_array_new ();

  for (guint i = 0; i < f->session->sent->len; i += n_peers)
    g_byte_array_append (got, g_bytes_get_data (f->session->sent->pdata[i], NULL), g_bytes_get_size (f->session->sent->pdata[i]));
  g_assert_cmpmem (got->data, got->len, f->content, f->size);
}

static void
test_whole (void)
{
  static const struct {
    gsize size;
    guint piece;
    guint n_pieces;
  } cases[] = {
    { 0, 100, 0 },
    { 1, 100, 1 },
    { 100, 100, 1 },
    { 101, 100, 2 },
    { 1000, 100, 10 },
    { 100000, 65507, 2 },
    { 5, 1, 5 },
    { 3 * 1024 * 1024 + 1, 1024 * 1024, 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture f = { 0, };
      g_autofree char *problem = NULL;
      g_autofree char *name = NULL;
      g_autofree char *expected_name = NULL;
      guint64 size;
      gboolean running;
      double fraction;

      set_up (&f, 1, cases[i].size, cases[i].piece, 0);
      run (&f, NULL);
      test_wait (f.done);
      g_assert_no_error (f.error);
      g_assert_true (f.good);
      g_assert_cmpuint (f.session->sent->len, ==, cases[i].n_pieces);
      assert_content (&f, 1);

      g_object_get (f.send, "size", &size, "fraction", &fraction, "running", &running, "error", &problem, "name", &name, NULL);
      expected_name = g_path_get_basename (f.path);
      g_assert_cmpuint (size, ==, cases[i].size);
      g_assert_cmpuint (get_done (&f), ==, cases[i].size);
      g_assert_cmpfloat (fraction, ==, cases[i].size > 0 ? 1 : 0);
      g_assert_false (running);
      g_assert_null (problem);
      g_assert_cmpstr (name, ==, expected_name);
      tear_down (&f);
    }
}

static void
test_gap (void)
{
  Fixture f = { 0, };
  gint64 started = g_get_monotonic_time ();

  set_up (&f, 1, 30, 10, 15);
  run (&f, NULL);
  test_wait (f.done);
  g_assert_no_error (f.error);
  g_assert_cmpint (g_get_monotonic_time () - started, >=, 2 * 15 * 1000);
  assert_content (&f, 1);
  tear_down (&f);
}

static void
test_several (void)
{
  Fixture f = { 0, };

  set_up (&f, 3, 1000, 100, 0);
  run (&f, NULL);
  test_wait (f.done);
  g_assert_true (f.good);
  g_assert_cmpuint (f.session->sent->len, ==, 30);
  assert_content (&f, 3);
  tear_down (&f);
}

/* While one queue is full nobody is sent the next piece; when it drains, it goes on where it was. */
static void
test_slow_peer (void)
{
  Fixture f = { 0, };
  g_autoptr (TlPeer) slow = NULL;

  set_up (&f, 2, 1000, 100, 0);
  slow = g_list_model_get_item (tl_session_get_peers (TL_SESSION (f.session)), 0);
  f.session->refuses = slow;
  f.session->refusals = G_MAXUINT;
  f.session->code = TL_SESSION_ERROR_QUEUE_FULL;
  run (&f, NULL);
  test_wait (f.session->n_refused >= 2);
  g_assert_cmpuint (f.session->sent->len, ==, 1);
  g_assert_cmpuint (get_done (&f), ==, 0);

  f.session->refusals = 0;
  tl_session_peer_drained (TL_SESSION (f.session), slow);
  test_wait (f.done);
  g_assert_true (f.good);
  g_assert_cmpuint (f.session->sent->len, ==, 20);
  assert_content (&f, 2);
  tear_down (&f);
}

static void
test_lost_peer (void)
{
  Fixture f = { 0, };
  g_autoptr (TlPeer) lost = NULL;

  set_up (&f, 2, 1000, 100, 0);
  lost = g_list_model_get_item (tl_session_get_peers (TL_SESSION (f.session)), 1);
  f.session->refuses = lost;
  f.session->refusals = 1;
  f.session->code = TL_SESSION_ERROR_FAILED;
  run (&f, NULL);
  test_wait (f.done);
  g_assert_error (f.error, TL_SESSION_ERROR, TL_SESSION_ERROR_FAILED);
  g_assert_cmpuint (f.session->sent->len, ==, 10);
  g_assert_cmpuint (get_done (&f), ==, 1000);
  assert_content (&f, 1);
  tear_down (&f);
}

static void
test_refused (void)
{
  Fixture f = { 0, };
  g_autofree char *problem = NULL;

  set_up (&f, 1, 1000, 100, 0);
  f.session->refusals = 1;
  f.session->code = TL_SESSION_ERROR_TOO_LARGE;
  run (&f, NULL);
  test_wait (f.done);
  g_assert_error (f.error, TL_SESSION_ERROR, TL_SESSION_ERROR_TOO_LARGE);
  g_object_get (f.send, "error", &problem, NULL);
  g_assert_cmpstr (problem, ==, "refused");
  g_assert_cmpuint (get_done (&f), ==, 0);

  /* It can be tried again. */
  run (&f, NULL);
  test_wait (f.done);
  g_assert_true (f.good);
  assert_content (&f, 1);
  tear_down (&f);
}

static void
test_nobody (void)
{
  Fixture f = { 0, };

  set_up (&f, 0, 10, 100, 0);
  run (&f, NULL);
  test_wait (f.done);
  g_assert_error (f.error, TL_SESSION_ERROR, TL_SESSION_ERROR_NO_PEER);
  tear_down (&f);
}

static void
test_session_closes (void)
{
  Fixture f = { 0, };

  set_up (&f, 1, 1000, 100, 60000);
  run (&f, NULL);
  test_wait (f.session->sent->len == 1);
  tl_session_close (TL_SESSION (f.session));
  test_wait (f.done);
  g_assert_error (f.error, TL_SESSION_ERROR, TL_SESSION_ERROR_NOT_OPEN);
  g_assert_cmpuint (get_done (&f), ==, 100);
  tear_down (&f);
}

static void
test_missing (void)
{
  Fixture f = { 0, };
  g_autofree char *name = NULL;

  set_up (&f, 1, 10, 100, 0);
  g_remove (f.path);
  run (&f, NULL);
  test_wait (f.done);
  g_assert_error (f.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  name = g_path_get_basename (f.path);
  g_assert_nonnull (strstr (f.error->message, name));
  tear_down (&f);
}

static void
test_cancel (void)
{
  /* Before it begins, between two pieces, and while a queue is full. */
  for (guint i = 0; i < 3; i++)
    {
      Fixture f = { 0, };
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      set_up (&f, 1, 1000, 100, i == 1 ? 60000 : 0);
      f.session->code = TL_SESSION_ERROR_QUEUE_FULL;
      f.session->refusals = i == 2 ? G_MAXUINT : 0;
      if (i == 0)
        g_cancellable_cancel (cancellable);
      run (&f, cancellable);
      if (i == 1)
        test_wait (get_done (&f) == 100);
      if (i == 2)
        test_wait (f.session->n_refused > 0);
      g_cancellable_cancel (cancellable);
      test_wait (f.done);
      g_assert_error (f.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (f.session->sent->len, ==, i == 1 ? 1 : 0);
      tear_down (&f);
    }
}

static void
test_twice (void)
{
  Fixture f = { 0, };
  Fixture second = { 0, };

  set_up (&f, 1, 1000, 100, 0);
  run (&f, NULL);
  tl_file_send_run_async (f.send, NULL, run_cb, &second);
  test_wait (f.done && second.done);
  g_assert_true (f.good);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&second.error);
  assert_content (&f, 1);
  tear_down (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/file-send/whole", test_whole);
  g_test_add_func ("/file-send/gap", test_gap);
  g_test_add_func ("/file-send/several", test_several);
  g_test_add_func ("/file-send/slow-peer", test_slow_peer);
  g_test_add_func ("/file-send/lost-peer", test_lost_peer);
  g_test_add_func ("/file-send/refused", test_refused);
  g_test_add_func ("/file-send/nobody", test_nobody);
  g_test_add_func ("/file-send/session-closes", test_session_closes);
  g_test_add_func ("/file-send/missing", test_missing);
  g_test_add_func ("/file-send/cancel", test_cancel);
  g_test_add_func ("/file-send/twice", test_twice);
  return g_test_run ();
}
