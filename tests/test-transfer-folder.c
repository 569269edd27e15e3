/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders, down and up: what is in them, what must not get out of them. */

#include "tl-transfer-test.h"

#include <fcntl.h>

static void
put_tree (const char *folder)
{
  g_autofree char *empty = test_path (folder, "tree/empty");

  test_put (folder, "tree/a", "a", 1);
  test_put_much (folder, "tree/中文/b.bin", 300000, 1);
  test_put (folder, "tree/中文/deep/er/ c ", "c", 1);
  test_put (folder, "tree/-x", "-", 1);
  g_assert_cmpint (g_mkdir (empty, 0755), ==, 0);
}

static void
assert_tree (const char *from,
             const char *to)
{
  g_autofree char *empty = test_path (to, "tree/empty");

  test_assert_equal (from, "tree/a", to, "tree/a");
  test_assert_equal (from, "tree/中文/b.bin", to, "tree/中文/b.bin");
  test_assert_equal (from, "tree/中文/deep/er/ c ", to, "tree/中文/deep/er/ c ");
  test_assert_equal (from, "tree/-x", to, "tree/-x");
  g_assert_true (g_file_test (empty, G_FILE_TEST_IS_DIR));
  g_assert_cmpuint (test_count (to, ".part"), ==, 0);
}

static void
test_down (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      put_tree (f.remote);
      transfer = test_download (&f, "/tree", TRUE, "tree");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      g_assert_true (tl_transfer_is_folder (transfer));
      assert_tree (f.remote, f.local);
    }
  test_stop (&f);
}

static void
test_up (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autofree char *link = test_path (f.local, "tree/link");

      put_tree (f.local);
      g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
      transfer = test_upload (&f, "tree", "/tree");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      g_assert_true (tl_transfer_is_folder (transfer));
      assert_tree (f.local, f.remote);
      /* Links are not followed, and that is told. */
      g_assert_false (test_exists (f.remote, "tree/link"));
      g_assert_nonnull (strstr (tl_transfer_get_note (transfer), "1 link"));
      /* Nothing of it was asked about: all of it was new. */
      g_assert_cmpuint (f.n_asked, ==, 0);

      /* The second time each file is there. */
      f.answer = TL_OVERWRITE_SKIP;
      f.for_all = TRUE;
      transfer = test_upload (&f, "tree", "/tree");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      g_assert_cmpuint (f.n_asked, >=, 1);
      assert_tree (f.local, f.remote);
    }
  test_stop (&f);
}

static void
test_hostile_names (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"inject\": true"))
    {
      test_put (f.remote, "hostile/CON", "1", 1);
      test_put (f.remote, "hostile/nul.txt", "2", 1);
      test_put (f.remote, "hostile/back\\slash", "3", 1);
      test_put (f.remote, "hostile/tab\there", "4", 1);
      test_put (f.remote, "hostile/good", "5", 1);
      test_put (f.remote, "outside", "evil", 4);
      transfer = test_download (&f, "/hostile", TRUE, "hostile");
      test_wait_all (&f);
      /* What could not be asked for is told; all else is there. */
      test_assert_state (transfer, TL_TRANSFER_FAILED);
      test_assert_text (f.local, "hostile/good", "5");
      g_assert_false (test_exists (f.local, "outside"));
      g_assert_false (test_exists (f.base, "outside"));
      g_assert_false (test_exists (f.local, "hostile/CON"));
      g_assert_false (test_exists (f.local, "hostile/nul.txt"));
      g_assert_false (test_exists (f.local, "hostile/back\\slash"));
      g_assert_cmpuint (test_count (f.local, ""), ==, 6);
    }
  test_stop (&f);
}

/* A link in the local target, in the place of a folder. */
static void
test_link_for_folder (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autofree char *target = test_path (f.base, "precious");
      g_autofree char *folder = test_path (f.local, "tree");
      g_autofree char *link = test_path (f.local, "tree/sub");

      test_put (f.remote, "tree/sub/file", "evil", 4);
      test_put (f.remote, "tree/good", "good", 4);
      g_assert_cmpint (g_mkdir (target, 0755), ==, 0);
      g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
      g_assert_cmpint (symlink (target, link), ==, 0);
      transfer = test_download (&f, "/tree", TRUE, "tree");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_FAILED);
      g_assert_false (test_exists (f.base, "precious/file"));
      test_assert_text (f.local, "tree/good", "good");
    }
  test_stop (&f);
}

/* pyftpdlib shows a link as the folder that it leads to: this one contains itself. */
static void
test_loop (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autofree char *link = test_path (f.remote, "tree/again");

      test_put (f.remote, "tree/file", "data", 4);
      g_assert_cmpint (symlink (".", link), ==, 0);
      transfer = test_download (&f, "/tree", TRUE, "tree");
      test_wait_all (&f);
      g_assert_false (tl_transfer_is_active (transfer));
      test_assert_text (f.local, "tree/file", "data");
      g_assert_cmpuint (test_count (f.local, "file"), <=, 3);
    }
  test_stop (&f);
}

static void
test_many_files (void)
{
  gint64 begun;
  Fixture f;

  if (test_start (&f, ""))
    {
      TlTransfer *transfer;

      for (guint i = 0; i < 1000; i++)
        {
          g_autofree char *name = g_strdup_printf ("many/%u/f%u", i % 10, i);

          test_put_much (f.remote, name, 4096, i);
        }
      begun = g_get_monotonic_time ();
      transfer = test_download (&f, "/many", TRUE, "many");
      test_wait_all (&f);
      g_test_message ("1,000 files down: %.2f s", (g_get_monotonic_time () - begun) / (double) G_TIME_SPAN_SECOND);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      for (guint i = 0; i < 1000; i++)
        {
          g_autofree char *name = g_strdup_printf ("many/%u/f%u", i % 10, i);

          test_assert_equal (f.remote, name, f.local, name);
        }
      begun = g_get_monotonic_time ();
      transfer = test_upload (&f, "many", "/again");
      test_wait_all (&f);
      g_test_message ("1,000 files up: %.2f s", (g_get_monotonic_time () - begun) / (double) G_TIME_SPAN_SECOND);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      g_assert_cmpuint (test_count (f.remote, ""), ==, 2 * 1011);
    }
  test_stop (&f);
}

static void
test_cancel_and_retry (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      for (guint i = 0; i < 600; i++)
        {
          g_autofree char *name = g_strdup_printf ("many/f%u", i);

          test_put_much (f.remote, name, 1000, i);
        }
      transfer = test_download (&f, "/many", TRUE, "many");
      test_wait_for (test_count (f.local, "") > 50, "some files");
      tl_transfer_queue_cancel (f.queue, transfer);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_CANCELLED);
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 0);
      g_assert_cmpuint (test_count (f.local, ""), <, 600);

      tl_transfer_queue_retry (f.queue, transfer);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      g_assert_cmpuint (f.n_asked, ==, 0);
      g_assert_cmpuint (test_count (f.local, ""), ==, 601);
    }
  test_stop (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transfer-folder/down", test_down);
  g_test_add_func ("/transfer-folder/up", test_up);
  g_test_add_func ("/transfer-folder/hostile-names", test_hostile_names);
  g_test_add_func ("/transfer-folder/link-for-folder", test_link_for_folder);
  g_test_add_func ("/transfer-folder/loop", test_loop);
  g_test_add_func ("/transfer-folder/many-files", test_many_files);
  g_test_add_func ("/transfer-folder/cancel-and-retry", test_cancel_and_retry);
  return g_test_run ();
}
