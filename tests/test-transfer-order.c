/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which transfer comes first, how fast it may be, and what a failure says before it is tried again. */

#include "tl-transfer-queue-private.h"
#include "tl-transfer-test.h"

static void
finished_cb (TlTransferQueue *queue,
             TlTransfer      *transfer,
             GString         *order)
{
  g_string_append (order, tl_transfer_get_name (transfer));
}

static void
let_go (Fixture *f)
{
  f->queue->held = TRUE;
  tl_transfer_queue_swept (f->queue);
}

static TlTransfer *
hold (Fixture    *f,
      const char *name)
{
  g_autofree char *path = g_strconcat ("/", name, NULL);

  test_put (f->remote, name, name, -1);
  return test_download (f, path, FALSE, name);
}

static void
test_order (void)
{
  g_autoptr (GString) order = g_string_new (NULL);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  TlTransfer *b, *d, *last;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_object_set (f.queue, "parallel", 1, NULL);
      g_signal_connect (f.queue, "finished", G_CALLBACK (finished_cb), order);
      f.queue->held = TRUE;
      hold (&f, "a");
      b = hold (&f, "b");
      hold (&f, "c");
      d = hold (&f, "d");
      hold (&f, "e");
      /* d goes before all, b after all; e is less wanted than they are. */
      g_ptr_array_add (chosen, d);
      tl_transfer_queue_move (f.queue, chosen, TRUE);
      g_ptr_array_index (chosen, 0) = b;
      tl_transfer_queue_move (f.queue, chosen, FALSE);
      last = g_list_model_get_item (G_LIST_MODEL (f.queue), 4);
      g_assert_true (last == b);
      g_object_unref (last);
      last = g_list_model_get_item (G_LIST_MODEL (f.queue), 3);
      g_ptr_array_index (chosen, 0) = last;
      tl_transfer_queue_set_priority (f.queue, chosen, -1);
      g_object_unref (last);
      let_go (&f);
      test_wait_all (&f);
      g_assert_cmpstr (order->str, ==, "dacbe");
    }
  test_stop (&f);
}

static double
download_at (Fixture *f,
             guint    own,
             guint    shared)
{
  gint64 began = g_get_monotonic_time ();
  TlTransfer *transfer = test_download (f, "/a.bin", FALSE, "a.bin");

  tl_ftp_rate_set_limit (tl_ftp_rate_get_shared (FALSE), shared);
  if (own > 0)
    tl_transfer_queue_set_limit (f->queue, transfer, own);
  test_wait_all (f);
  tl_ftp_rate_set_limit (tl_ftp_rate_get_shared (FALSE), 0);
  test_assert_state (transfer, TL_TRANSFER_DONE);
  test_assert_equal (f->remote, "a.bin", f->local, "a.bin");
  return (g_get_monotonic_time () - began) / (double) G_USEC_PER_SEC;
}

/* 1.5 MiB. */
static void
test_limit (void)
{
  double own, shared;
  Fixture f;

  if (test_start (&f, ""))
    {
      f.answer = TL_OVERWRITE_REPLACE;
      test_put_much (f.remote, "a.bin", 1536 * 1024, 1);
      own = download_at (&f, 1024, 0);
      shared = download_at (&f, 0, 1024);
      g_test_message ("%.2f s and %.2f s", own, shared);
      g_assert_cmpfloat (own, >, 1.2);
      g_assert_cmpfloat (shared, >, 1.2);
    }
  test_stop (&f);
}

/* It tells which try comes when, and why. */
static void
test_retry (void)
{
  guint number = 0, seconds = 0;
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"breaks\": 100, \"break_after\": 1"))
    {
      g_object_set (f.queue, "retry-delay", 60000, NULL);
      test_put_much (f.remote, "a.bin", 300000, 1);
      transfer = test_download (&f, "/a.bin", FALSE, "a.bin");
      test_wait_for (tl_transfer_get_retry (transfer, &number, &seconds), "another try to be told of");
      g_assert_cmpuint (number, ==, 1);
      g_assert_cmpuint (seconds, <=, 60);
      g_assert_cmpuint (seconds, >=, 10);
      g_assert_nonnull (tl_transfer_get_note (transfer));
      tl_transfer_queue_cancel_all (f.queue);
    }
  test_stop (&f);
}

/* A folder says which of its files failed; the others come. */
static void
test_summary (void)
{
  g_autofree char *failures = NULL;
  TlTransfer *folder;
  Fixture f;

  if (test_start (&f, ""))
    {
      test_put (f.remote, "d/good.txt", "good", -1);
      test_put (f.remote, "d/bad.txt", "bad", -1);
      /* In the place of a file there is a folder here. */
      test_put (f.local, "d/bad.txt/x", "x", -1);
      f.answer = TL_OVERWRITE_ASK;
      folder = test_download (&f, "/d", TRUE, "d");
      test_wait_for (f.n_asked == 1 && test_exists (f.local, "d/good.txt"), "the question");
      g_assert_cmpuint (test_uint (&f, "n-failed"), ==, 0);
      tl_transfer_queue_set_state (f.queue, f.first_asked, TL_TRANSFER_FAILED, "it is wrong", NULL);
      test_wait_all (&f);
      test_assert_state (folder, TL_TRANSFER_FAILED);
      g_assert_nonnull (strstr (tl_transfer_get_error (folder), "bad.txt"));
      g_assert_null (strstr (tl_transfer_get_error (folder), "good.txt"));
      failures = tl_transfer_queue_dup_failures (f.queue, folder);
      g_assert_cmpstr (failures, ==, "bad.txt: it is wrong");
    }
  test_stop (&f);
}

/* One answer decides for each. */
static void
test_policies (void)
{
  Fixture f;

  if (test_start (&f, ""))
    {
      static const char *const names[] = { "older", "newer", "same" };

      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_autofree char *name = g_strconcat ("d/", names[i], NULL);

          test_put (f.remote, name, i == 2 ? "four" : "remote", -1);
          test_put (f.local, name, "FOUR", -1);
          test_set_time (f.remote, name, 1700000000);
          test_set_time (f.local, name, i == 0 ? 1600000000 : 1800000000);
        }
      f.answer = TL_OVERWRITE_NEWER;
      f.for_all = TRUE;
      test_download (&f, "/d", TRUE, "d");
      test_wait_all (&f);
      test_assert_text (f.local, "d/older", "remote");
      test_assert_text (f.local, "d/newer", "FOUR");
      test_assert_text (f.local, "d/same", "FOUR");
      g_assert_cmpuint (f.n_asked, <=, 3);

      tl_transfer_queue_clear (f.queue, TRUE);
      f.n_asked = 0;
      f.answer = TL_OVERWRITE_OTHER_SIZE;
      test_download (&f, "/d", TRUE, "d");
      test_wait_all (&f);
      test_assert_text (f.local, "d/newer", "remote");
      test_assert_text (f.local, "d/same", "FOUR");

      /* Up, the server's is the older one. */
      tl_transfer_queue_clear (f.queue, TRUE);
      f.answer = TL_OVERWRITE_NEWER;
      test_put (f.local, "d/newer", "here it is", -1);
      test_set_time (f.local, "d/newer", 1800000000);
      test_set_time (f.local, "d/same", 1600000000);
      test_set_time (f.remote, "d/same", 1700000000);
      test_upload (&f, "d", "/d");
      test_wait_all (&f);
      test_assert_text (f.remote, "d/newer", "here it is");
      test_assert_text (f.remote, "d/same", "four");
    }
  test_stop (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transfer-order/order", test_order);
  g_test_add_func ("/transfer-order/limit", test_limit);
  g_test_add_func ("/transfer-order/retry", test_retry);
  g_test_add_func ("/transfer-order/summary", test_summary);
  g_test_add_func ("/transfer-order/policies", test_policies);
  return g_test_run ();
}
