/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders, down and up: what is in them, what must not get out of them. */

#include "tl-transfer-test.h"

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
  g_auto (GStrv) named = NULL;
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
      /* "3 of 5 could not be transferred: ", and as many names. */
      named = g_strsplit (tl_transfer_get_error (transfer), ", ", 0);
      g_assert_cmpuint (g_strv_length (named), ==, g_ascii_strtoull (named[0], NULL, 10));
      g_assert_cmpuint (g_strv_length (named), >, 1);
      g_assert_nonnull (strstr (named[0], "could not be transferred: "));
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
      g_assert_cmpstr (tl_transfer_get_error (transfer), ==, "1 of 1 could not be transferred: sub");
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

/* "d/d/d/…/file", a file in each, no two of them alike: folders that are alike three times over are taken for one that contains itself. */
static void
put_deep (const char *folder,
          guint       depth)
{
  g_autoptr (GString) path = g_string_new ("deep");

  for (guint i = 0; i < depth; i++)
    {
      g_autofree char *file = g_strconcat (path->str, "/file", NULL);

      test_put_much (folder, file, i + 1, i);
      g_string_append (path, "/d");
    }
}

/* Deeper than anybody needs: so far, and it says that there is more. */
static void
test_deep (gconstpointer data)
{
  const gboolean upload = GPOINTER_TO_INT (data);
  TlTransfer *transfer;
  guint n_too_deep = 0;
  Fixture f;

  if (test_start (&f, ""))
    {
      put_deep (upload ? f.local : f.remote, 130);
      transfer = upload ? test_upload (&f, "deep", "/deep") : test_download (&f, "/deep", TRUE, "deep");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_FAILED);
      g_assert_cmpuint (test_count (upload ? f.remote : f.local, "file"), ==, 101);
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f.queue)); i++)
        {
          g_autoptr (TlTransfer) child = g_list_model_get_item (G_LIST_MODEL (f.queue), i);

          n_too_deep += child != transfer && tl_transfer_get_error (child) != NULL && strstr (tl_transfer_get_error (child), "too deeply") != NULL;
        }
      g_assert_cmpuint (n_too_deep, ==, 1);
    }
  test_stop (&f);
}

/* Links here are not followed, wherever they lead: also one to the folder that holds it. */
static void
test_local_loop (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autofree char *loop = test_path (f.local, "tree/again");
      g_autofree char *file = test_path (f.local, "tree/file-link");
      g_autofree char *pipe = test_path (f.local, "tree/pipe");

      test_put (f.local, "tree/file", "data", 4);
      g_assert_cmpint (symlink (".", loop), ==, 0);
      g_assert_cmpint (symlink ("file", file), ==, 0);
      g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
      transfer = test_upload (&f, "tree", "/tree");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      g_assert_cmpuint (test_count (f.remote, ""), ==, 2);
      g_assert_nonnull (strstr (tl_transfer_get_note (transfer), "3 links or devices left out"));
    }
  test_stop (&f);
}

/* A link in the local target, in the place of a file; one in the place of its unfinished file. */
static void
test_link_for_file (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autofree char *folder = test_path (f.local, "tree");
      g_autofree char *link = test_path (f.local, "tree/file");
      g_autofree char *part = test_path (f.local, "tree/other.part");
      g_autofree char *outside = test_path (f.base, "outside");

      test_put (f.base, "outside", "precious", 8);
      test_put (f.remote, "tree/file", "evil", 4);
      test_put (f.remote, "tree/other", "evil", 4);
      g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
      g_assert_cmpint (symlink (outside, link), ==, 0);
      g_assert_cmpint (symlink (outside, part), ==, 0);
      f.answer = TL_OVERWRITE_REPLACE;
      f.for_all = TRUE;
      transfer = test_download (&f, "/tree", TRUE, "tree");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_text (f.base, "outside", "precious");
      test_assert_text (f.local, "tree/file", "evil");
      test_assert_text (f.local, "tree/other", "evil");
      g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
      g_assert_true (g_file_test (part, G_FILE_TEST_IS_SYMLINK));
    }
  test_stop (&f);
}

/* Names that turn what is read around, or that cannot be seen, are made visible; they stay below their folder. */
static void
test_strange_names (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, ""))
    {
      test_put (f.remote, "strange/\xe2\x80\xaegnp.exe", "1", 1);
      test_put (f.remote, "strange/zero\xe2\x80\x8bwidth", "2", 1);
      test_put (f.remote, "strange/com1.txt", "3", 1);
      test_put (f.remote, "strange/..\\..\\up", "4", 1);
      test_put (f.remote, "strange/C:\\x", "5", 1);
      test_put (f.remote, "strange/esc\x1b[2J", "6", 1);
      transfer = test_download (&f, "/strange", TRUE, "strange");
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_text (f.local, "strange/%E2%80%AEgnp.exe", "1");
      test_assert_text (f.local, "strange/zero%E2%80%8Bwidth", "2");
      test_assert_text (f.local, "strange/%63om1.txt", "3");
      test_assert_text (f.local, "strange/..%5C..%5Cup", "4");
      test_assert_text (f.local, "strange/C:%5Cx", "5");
      test_assert_text (f.local, "strange/esc%1B[2J", "6");
      g_assert_cmpuint (test_count (f.local, ""), ==, 7);
      g_assert_cmpuint (test_count (f.base, "up"), ==, 2);
    }
  test_stop (&f);
}

/* As soon as a folder has been listed it tells how much there is, though most of it is not in the queue yet. */
static void
test_totals (gconstpointer data)
{
  const gboolean upload = GPOINTER_TO_INT (data);
  const guint n = 700;
  TlTransfer *transfer;
  double fraction, total, before = 0;
  guint n_files = 0;
  Fixture f;

  if (test_start (&f, ""))
    {
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *name = g_strdup_printf ("many/f%u", i);

          test_put_much (upload ? f.local : f.remote, name, 1000, i);
        }
      transfer = upload ? test_upload (&f, "many", "/many") : test_download (&f, "/many", TRUE, "many");
      g_assert_cmpfloat (tl_transfer_get_fraction (transfer), ==, -1);
      test_wait_for ((g_object_get (transfer, "n-files", &n_files, NULL), n_files > 0), "the listing");
      test_wait_for ((g_object_get (f.queue, "fraction", &total, NULL), total >= 0), "a fraction of all");
      while (tl_transfer_is_active (transfer) && tl_transfer_get_moved (transfer) < n * 1000)
        {
          g_object_get (transfer, "n-files", &n_files, "fraction", &fraction, NULL);
          g_assert_cmpuint (n_files, ==, n);
          g_assert_cmpint (tl_transfer_get_size (transfer), ==, n * 1000);
          g_assert_cmpfloat (fraction, >=, before);
          g_assert_cmpfloat_with_epsilon (fraction, tl_transfer_get_moved (transfer) / (n * 1000.0), 0.001);
          before = fraction;
          g_main_context_iteration (NULL, TRUE);
        }
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      g_object_get (transfer, "n-files", &n_files, NULL);
      g_assert_cmpuint (n_files, ==, n);
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
  g_test_add_data_func ("/transfer-folder/deep/down", GINT_TO_POINTER (FALSE), test_deep);
  g_test_add_data_func ("/transfer-folder/deep/up", GINT_TO_POINTER (TRUE), test_deep);
  g_test_add_func ("/transfer-folder/local-loop", test_local_loop);
  g_test_add_func ("/transfer-folder/link-for-file", test_link_for_file);
  g_test_add_func ("/transfer-folder/strange-names", test_strange_names);
  g_test_add_data_func ("/transfer-folder/totals/down", GINT_TO_POINTER (FALSE), test_totals);
  g_test_add_data_func ("/transfer-folder/totals/up", GINT_TO_POINTER (TRUE), test_totals);
  return g_test_run ();
}
