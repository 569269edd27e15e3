/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Timed sending and files over real sockets of this machine. */

#include "tl-link.h"
#include "tl-timed-send.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tl-tcp-test.h"

#define FILE_SIZE (20 * 1024 * 1024 + 3)

typedef struct {
  TlSession *near_end;
  TlSession *far_end;
} Fixture;

/* @listener is a link, @caller the beginning of one, to which the address of the listener is added. */
static void
set_up (Fixture    *f,
        const char *listener,
        const char *caller)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *link = NULL;

  f->far_end = tl_link_open (listener, &error);
  g_assert_no_error (error);
  tl_session_open (f->far_end);
  test_wait (tl_session_get_state (f->far_end) == TL_SESSION_OPEN);

  link = g_strconcat (caller, tl_session_get_local_endpoint (f->far_end), NULL);
  f->near_end = tl_link_open (link, &error);
  g_assert_no_error (error);
  tl_session_open (f->near_end);
  test_wait (tl_session_get_state (f->near_end) == TL_SESSION_OPEN);
}

static void
tear_down (Fixture *f)
{
  tl_session_close (f->near_end);
  tl_session_close (f->far_end);
  test_wait (!tl_session_is_active (f->near_end) && !tl_session_is_active (f->far_end));
  g_assert_finalize_object (f->near_end);
  g_assert_finalize_object (f->far_end);
}

static GByteArray *
dup_received (TlSession *session)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (tl_session_get_log (session));
  GByteArray *received = g_byte_array_new ();
  TlMessageInfo info;

  tl_message_log_flush (tl_session_get_log (session));
  for (guint i = 0; tl_message_source_peek (source, i, &info); i++)
    if (info.kind == TL_MESSAGE_RECEIVED)
      {
        g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (source, i);

        g_byte_array_append (received, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      }
  return received;
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tl_file_send_run_finish (TL_FILE_SEND (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
send_file (Fixture *f,
           gsize    size,
           guint    piece)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *content = g_malloc (size);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GByteArray) received = NULL;
  TlFileSend *send;
  gboolean done = FALSE;

  for (gsize i = 0; i < size; i++)
    content[i] = (char) (i * 31 + i / 4093);
  g_close (g_file_open_tmp ("tonglu-XXXXXX", &path, &error), NULL);
  g_file_set_contents (path, content, size, &error);
  g_assert_no_error (error);

  file = g_file_new_for_path (path);
  send = tl_file_send_new (f->near_end, NULL, file, piece, 0);
  tl_file_send_run_async (send, NULL, sent_cb, &done);
  test_wait (done);
  test_wait (tl_session_get_counters (f->far_end)->rx_bytes >= size);
  g_remove (path);

  received = dup_received (f->far_end);
  g_assert_cmpmem (received->data, received->len, content, size);
  g_assert_finalize_object (send);
}

static void
test_tcp_file (void)
{
  Fixture f;

  set_up (&f, "tcp-listen://127.0.0.1:0", "tcp://");
  send_file (&f, FILE_SIZE, 1024 * 1024);
  tear_down (&f);
}

static void
test_udp_file (void)
{
  Fixture f;

  set_up (&f, "udp://?local=127.0.0.1:0", "udp://");
  send_file (&f, 100000, 1000);
  g_assert_cmpuint (tl_session_get_counters (f.far_end)->rx_messages, ==, 100);
  tear_down (&f);
}

static void
send_timed (Fixture *f)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("你\0好", 7);
  g_autoptr (TlPayloadMaker) maker = tl_payload_maker_new_for_bytes (bytes);
  TlTimedSend *timer = tl_timed_send_new (f->near_end, NULL, maker, "你好", 1, 20);
  g_autoptr (GByteArray) received = NULL;
  gboolean running = TRUE;

  tl_timed_send_start (timer);
  test_wait (tl_session_get_counters (f->far_end)->rx_bytes >= 20 * 7);
  g_object_get (timer, "running", &running, NULL);
  g_assert_false (running);

  received = dup_received (f->far_end);
  g_assert_cmpuint (received->len, ==, 20 * 7);
  g_assert_cmpmem (received->data + 19 * 7, 7, "你\0好", 7);
  g_assert_finalize_object (timer);
}

static void
test_timed (void)
{
  Fixture f;

  set_up (&f, "tcp-listen://127.0.0.1:0", "tcp://");
  send_timed (&f);
  tear_down (&f);

  set_up (&f, "udp://?local=127.0.0.1:0", "udp://");
  send_timed (&f);
  tear_down (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/send-loopback/tcp-file", test_tcp_file);
  g_test_add_func ("/send-loopback/udp-file", test_udp_file);
  g_test_add_func ("/send-loopback/timed", test_timed);
  return g_test_run ();
}
