/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers of files over a real server: down, up, several at once, what must not be followed. */

#include "tl-transfer-test.h"

static void
test_one_down (void)
{
  Fixture f;
  TlTransfer *transfer;

  if (test_start (&f, ""))
    {
      test_put_much (f.remote, "数据.bin", MUCH, 1);
      test_set_time (f.remote, "数据.bin", 1234567890);
      transfer = test_download (&f, "/数据.bin", FALSE, "数据.bin");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "数据.bin", f.local, "数据.bin");
      g_assert_cmpint (test_get_time (f.local, "数据.bin"), ==, 1234567890);
      g_assert_cmpint (tl_transfer_get_size (transfer), ==, MUCH);
      g_assert_cmpuint (tl_transfer_get_moved (transfer), ==, MUCH);
      g_assert_nonnull (strstr (tl_transfer_get_note (transfer), "size matches"));
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 0);
    }
  test_stop (&f);
}

static void
test_one_up (void)
{
  Fixture f;
  TlTransfer *transfer;

  if (test_start (&f, ""))
    {
      test_put_much (f.local, "a.bin", MUCH, 2);
      test_set_time (f.local, "a.bin", 1234567890);
      transfer = test_upload (&f, "a.bin", "/b.bin");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.local, "a.bin", f.remote, "b.bin");
      g_assert_cmpint (test_get_time (f.remote, "b.bin"), ==, 1234567890);
    }
  test_stop (&f);
}

static void
test_empty_file (void)
{
  Fixture f;
  TlTransfer *down, *up;

  if (test_start (&f, ""))
    {
      test_put (f.remote, "empty", "", 0);
      test_put (f.local, "nothing", "", 0);
      down = test_download (&f, "/empty", FALSE, "empty");
      up = test_upload (&f, "nothing", "/nothing");
      test_wait_all (&f);
      test_assert_state (down, TL_TRANSFER_DONE);
      test_assert_state (up, TL_TRANSFER_DONE);
      test_assert_text (f.local, "empty", "");
      test_assert_text (f.remote, "nothing", "");
    }
  test_stop (&f);
}

/* A SIZE of 0 says nothing: what comes is taken, and what was sent is not said to match. */
static void
test_zero_size (void)
{
  Fixture f;
  TlTransfer *down, *up;

  if (test_start (&f, "\"zero_size\": true"))
    {
      test_put (f.remote, "made", "made up", 7);
      test_put (f.local, "sent", "sent", 4);
      down = test_download (&f, "/made", FALSE, "made");
      up = test_upload (&f, "sent", "/sent");
      test_wait_all (&f);
      test_assert_state (down, TL_TRANSFER_DONE);
      test_assert_state (up, TL_TRANSFER_DONE);
      test_assert_text (f.local, "made", "made up");
      test_assert_text (f.remote, "sent", "sent");
      g_assert_cmpstr (tl_transfer_get_note (down), ==, "226 received");
      g_assert_cmpstr (tl_transfer_get_note (up), ==, "226 received");
    }
  test_stop (&f);
}

static void
test_missing (void)
{
  Fixture f;
  TlTransfer *missing, *local, *good;

  if (test_start (&f, ""))
    {
      test_put (f.remote, "good", "good", 4);
      missing = test_download (&f, "/missing", FALSE, "missing");
      local = test_upload (&f, "not here", "/not here");
      good = test_download (&f, "/good", FALSE, "good");
      test_wait_all (&f);
      /* What fails for good does not hold up the others. */
      test_assert_state (missing, TL_TRANSFER_FAILED);
      g_assert_nonnull (tl_transfer_get_error (missing));
      test_assert_state (local, TL_TRANSFER_FAILED);
      test_assert_state (good, TL_TRANSFER_DONE);
      g_assert_false (test_exists (f.local, "missing"));
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 0);
      g_assert_cmpuint (test_uint (&f, "n-failed"), ==, 2);
      tl_transfer_queue_clear (f.queue, FALSE);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f.queue)), ==, 2);
      tl_transfer_queue_clear (f.queue, TRUE);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f.queue)), ==, 0);
    }
  test_stop (&f);
}

static void
test_few_connections (void)
{
  Fixture f;

  if (test_start (&f, "\"max\": 1"))
    {
      g_object_set (f.queue, "parallel", 4, NULL);
      for (guint i = 0; i < 12; i++)
        {
          g_autofree char *name = g_strdup_printf ("f%u", i);
          g_autofree char *path = g_strdup_printf ("/f%u", i);

          test_put_much (f.remote, name, 100000, i);
          test_download (&f, path, FALSE, name);
        }
      test_wait_all (&f);
      g_assert_cmpuint (test_uint (&f, "n-failed"), ==, 0);
      for (guint i = 0; i < 12; i++)
        {
          g_autofree char *name = g_strdup_printf ("f%u", i);

          test_assert_equal (f.remote, name, f.local, name);
        }
    }
  test_stop (&f);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  *(gboolean *) user_data = tl_ftp_client_connect_finish (TL_FTP_CLIENT (source), result, NULL);
}

/* The browsing connection is the only one that the server lets in. */
static void
test_one_connection (void)
{
  gboolean connected = FALSE;
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"max\": 1"))
    {
      tl_ftp_client_connect_async (f.client, NULL, connected_cb, &connected);
      test_wait (connected);
      test_put_much (f.remote, "a", 100000, 1);
      transfer = test_download (&f, "/a", FALSE, "a");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "a", f.local, "a");
    }
  test_stop (&f);
}

static void
test_no_server (void)
{
  TlTransfer *one, *two;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_subprocess_force_exit (f.server);
      g_subprocess_wait (f.server, NULL, NULL);
      one = test_download (&f, "/a", FALSE, "a");
      two = test_download (&f, "/b", FALSE, "b");
      test_wait_all (&f);
      test_assert_state (one, TL_TRANSFER_FAILED);
      test_assert_state (two, TL_TRANSFER_FAILED);
      g_assert_nonnull (tl_transfer_get_error (two));
    }
  test_stop (&f);
}

static void
test_target_is_link (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autofree char *link = test_path (f.local, "a");
      g_autofree char *outside = test_path (f.base, "outside");

      test_put (f.base, "outside", "precious", 8);
      test_put (f.remote, "a", "evil", 4);
      g_assert_cmpint (symlink (outside, link), ==, 0);
      f.answer = TL_OVERWRITE_REPLACE;
      transfer = test_download (&f, "/a", FALSE, "a");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      g_assert_cmpuint (f.n_asked, ==, 1);
      test_assert_text (f.base, "outside", "precious");
      test_assert_text (f.local, "a", "evil");
      g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
    }
  test_stop (&f);
}

/* A link where the unfinished file would be. */
static void
test_part_is_link (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autofree char *link = test_path (f.local, "a.part");
      g_autofree char *outside = test_path (f.base, "outside");

      g_assert_cmpint (symlink (outside, link), ==, 0);
      test_put (f.remote, "a", "data", 4);
      transfer = test_download (&f, "/a", FALSE, "a");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_text (f.local, "a", "data");
      g_assert_false (test_exists (f.base, "outside"));
      g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
    }
  test_stop (&f);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* Not more often than ten times a second, and the totals follow. */
static void
test_progress (void)
{
  TlTransfer *transfer;
  guint n = 0;
  gint64 begun = g_get_monotonic_time ();
  double speed = 0, fraction = -1;
  Fixture f;

  if (test_start (&f, "\"speed\": 400000"))
    {
      test_put_much (f.remote, "a", MUCH, 1);
      transfer = test_download (&f, "/a", FALSE, "a");
      g_signal_connect_swapped (transfer, "notify::moved", G_CALLBACK (count_cb), &n);
      test_wait_for (tl_transfer_get_speed (transfer) > 0 && tl_transfer_get_fraction (transfer) > 0.1 && tl_transfer_get_remaining (transfer) > 0,
                     "speed and time left");
      g_object_get (f.queue, "speed", &speed, "fraction", &fraction, NULL);
      g_assert_cmpfloat (speed, >, 0);
      g_assert_cmpfloat (fraction, >, 0.05);
      tl_transfer_queue_cancel_all (f.queue);
      test_wait_all (&f);
      g_assert_cmpuint (n, >=, 3);
      g_assert_cmpuint (n, <=, 8 + (g_get_monotonic_time () - begun) / (100 * G_TIME_SPAN_MILLISECOND));
      test_wait_for ((g_object_get (f.queue, "fraction", &fraction, NULL), fraction < 0), "no fraction when nothing is active");
    }
  test_stop (&f);
}

static TlFtpListing *
make_listing (guint n)
{
  g_autoptr (GString) text = g_string_new ("crw-r--r-- 1 root root 1, 3 Jan  1  2020 device\r\n");
  g_autoptr (GBytes) bytes = NULL;
  TlFtpListing *listing;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "-rw-r--r-- 1 ann staff 7 Jan  1  2020 f%05u\r\n", i);
  bytes = g_bytes_new (text->str, text->len);
  listing = tl_ftp_listing_parse (bytes, &(TlFtpListingHints) { .now = 1700000000 }, NULL);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, n + 1);
  return listing;
}

static void
count_changes_cb (GListModel *queue,
                  guint       position,
                  guint       removed,
                  guint       added,
                  guint      *n_changes)
{
  ++*n_changes;
}

/* A server that is not there: what counts is how they come into the list. */
static void
test_many (gconstpointer data)
{
  const guint n = 30000;
  const gboolean cancel = GPOINTER_TO_INT (data);
  g_autoptr (TlFtpSite) site = tl_ftp_site_new ();
  g_autoptr (TlFtpListing) listing = make_listing (n);
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GBytes) dir = g_bytes_new_static ("/", 1);
  g_autoptr (GFile) folder = g_file_new_for_path ("/nonexistent");
  g_autoptr (TlTransferQueue) queue = tl_transfer_queue_new ();
  g_autoptr (TlFtpClient) client = NULL;
  guint n_changes = 0, at_once, n_items = 0;

  g_object_set (site, "host", "127.0.0.1", "port", 1, NULL);
  client = tl_ftp_client_new (site);
  for (guint32 i = 0; i <= n; i++)
    g_array_append_val (indices, i);
  g_signal_connect (queue, "items-changed", G_CALLBACK (count_changes_cb), &n_changes);
  tl_transfer_queue_download_entries (queue, client, dir, listing, indices, TL_FTP_CHARSET_AUTO, TL_CHARSET_UTF_8, folder);
  at_once = g_list_model_get_n_items (G_LIST_MODEL (queue));
  g_assert_cmpuint (at_once, >, 0);
  g_assert_cmpuint (at_once, <, n);
  g_assert_cmpuint (n_changes, ==, 1);
  if (cancel)
    {
      tl_transfer_queue_cancel_all (queue);
      test_wait (!g_main_context_pending (NULL));
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, at_once);
    }
  else
    {
      test_wait ((n_items = g_list_model_get_n_items (G_LIST_MODEL (queue))) >= n);
      /* The device is left out. */
      g_assert_cmpuint (n_items, ==, n);
      g_assert_cmpuint (n_changes, <, n / 10);
    }
  tl_transfer_queue_cancel_all (queue);
}

static void
test_adding (void)
{
  g_autoptr (TlFtpSite) site = tl_ftp_site_new ();
  g_autoptr (GBytes) remote = g_bytes_new_static ("/a", 2);
  g_autoptr (GFile) local = g_file_new_for_path ("/nonexistent/a");
  g_autoptr (TlTransferQueue) queue = tl_transfer_queue_new ();
  g_autoptr (TlFtpClient) client = NULL;
  guint n_changes = 0;

  g_object_set (site, "host", "127.0.0.1", "port", 1, NULL);
  client = tl_ftp_client_new (site);
  g_signal_connect (queue, "items-changed", G_CALLBACK (count_changes_cb), &n_changes);
  tl_transfer_queue_begin_adding (queue);
  for (guint i = 0; i < 100; i++)
    g_assert_nonnull (i % 2 == 0 ? tl_transfer_queue_download (queue, client, remote, FALSE, 1, local)
                                 : tl_transfer_queue_upload (queue, client, local, remote));
  g_assert_cmpuint (n_changes, ==, 0);
  tl_transfer_queue_end_adding (queue);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 100);
  tl_transfer_queue_begin_adding (queue);
  tl_transfer_queue_end_adding (queue);
  g_assert_cmpuint (n_changes, ==, 1);
  tl_transfer_queue_cancel_all (queue);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transfer-queue/one-down", test_one_down);
  g_test_add_func ("/transfer-queue/one-up", test_one_up);
  g_test_add_func ("/transfer-queue/empty-file", test_empty_file);
  g_test_add_func ("/transfer-queue/zero-size", test_zero_size);
  g_test_add_func ("/transfer-queue/missing", test_missing);
  g_test_add_func ("/transfer-queue/few-connections", test_few_connections);
  g_test_add_func ("/transfer-queue/one-connection", test_one_connection);
  g_test_add_func ("/transfer-queue/no-server", test_no_server);
  g_test_add_func ("/transfer-queue/target-is-link", test_target_is_link);
  g_test_add_func ("/transfer-queue/part-is-link", test_part_is_link);
  g_test_add_func ("/transfer-queue/progress", test_progress);
  g_test_add_data_func ("/transfer-queue/many", GINT_TO_POINTER (FALSE), test_many);
  g_test_add_data_func ("/transfer-queue/many-cancelled", GINT_TO_POINTER (TRUE), test_many);
  g_test_add_func ("/transfer-queue/adding", test_adding);
  return g_test_run ();
}
