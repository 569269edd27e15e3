/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that is full, a folder that takes nothing, files that change or go while they are sent, names that no server takes. */

#include "tl-transfer-test.h"

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>

/* A disk of its own, in a mount namespace of the test's own; NULL: it could not be made. */
static char *small_disk;

#define SMALL_DISK (2 * 1024 * 1024)

static void
make_small_disk (void)
{
  g_autofree char *path = NULL;
  g_autofree char *options = g_strdup_printf ("size=%d", SMALL_DISK);

  if (geteuid () != 0 || unshare (CLONE_NEWNS) != 0 || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    return;
  path = g_dir_make_tmp ("tl-disk-XXXXXX", NULL);
  if (path != NULL && mount ("tonglu-test", path, "tmpfs", 0, options) == 0)
    small_disk = g_steal_pointer (&path);
  else if (path != NULL)
    g_rmdir (path);
}

static void
remove_small_disk (void)
{
  if (small_disk == NULL)
    return;
  umount (small_disk);
  g_rmdir (small_disk);
  g_clear_pointer (&small_disk, g_free);
}

static TlTransfer *
download_to (Fixture    *f,
             const char *remote,
             const char *folder,
             const char *name)
{
  g_autofree char *path = test_path (folder, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) raw = g_bytes_new (remote, strlen (remote));

  return tl_transfer_queue_download (f->queue, f->client, raw, FALSE, -1, file);
}

/* No room for the large one: it says so and keeps what it has; the small ones come. With room again it goes on. */
static void
test_full (void)
{
  TlTransfer *large, *small;
  Fixture f;

  if (small_disk == NULL)
    {
      g_test_skip ("no disk of its own can be made here");
      return;
    }
  if (test_start (&f, ""))
    {
      g_autofree char *ballast = test_path (small_disk, "ballast");

      test_put_much (f.remote, "large", MUCH / 2, 1);
      test_put (f.remote, "small", "small", 5);
      test_put_much (small_disk, "ballast", SMALL_DISK / 2, 2);
      large = download_to (&f, "/large", small_disk, "large");
      test_wait_for (!tl_transfer_is_active (large), "the disk to be full");
      test_assert_state (large, TL_TRANSFER_FAILED);
      g_assert_nonnull (strstr (tl_transfer_get_error (large), g_strerror (ENOSPC)));
      g_assert_nonnull (strstr (tl_transfer_get_error (large), "large"));
      g_assert_true (test_exists (small_disk, "large.part"));
      g_assert_false (test_exists (small_disk, "large"));

      g_remove (ballast);
      small = download_to (&f, "/small", small_disk, "small");
      tl_transfer_queue_retry (f.queue, large);
      test_wait_all (&f);
      test_assert_state (small, TL_TRANSFER_DONE);
      test_assert_state (large, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "large", small_disk, "large");
      g_assert_cmpuint (test_count_commands (f.base, "REST"), ==, 1);
      g_assert_cmpuint (test_count (small_disk, ".part"), ==, 0);
    }
  test_stop (&f);
}

/* A file that may not become so large: likewise, and what is small goes on beside it. */
static void
test_too_large (void)
{
  const struct rlimit low = { 1024 * 1024, RLIM_INFINITY };
  struct rlimit before;
  TlTransfer *large, *small[10];
  Fixture f;

  if (test_start (&f, ""))
    {
      test_put_much (f.remote, "large", MUCH, 1);
      g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
      signal (SIGXFSZ, SIG_IGN);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &low), ==, 0);
      large = test_download (&f, "/large", FALSE, "large");
      for (guint i = 0; i < G_N_ELEMENTS (small); i++)
        {
          g_autofree char *name = g_strdup_printf ("small %u", i);
          g_autofree char *path = g_strconcat ("/", name, NULL);

          test_put (f.remote, name, name, -1);
          small[i] = test_download (&f, path, FALSE, name);
        }
      test_wait_all (&f);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
      test_assert_state (large, TL_TRANSFER_FAILED);
      g_assert_nonnull (strstr (tl_transfer_get_error (large), g_strerror (EFBIG)));
      for (guint i = 0; i < G_N_ELEMENTS (small); i++)
        test_assert_state (small[i], TL_TRANSFER_DONE);
      g_assert_true (test_exists (f.local, "large.part"));
      tl_transfer_queue_retry (f.queue, large);
      test_wait_all (&f);
      test_assert_state (large, TL_TRANSFER_DONE);
      test_assert_equal (f.remote, "large", f.local, "large");
      g_assert_cmpuint (test_count (f.local, ".part"), ==, 0);
    }
  test_stop (&f);
}

static void
test_read_only (void)
{
  TlTransfer *refused, *good;
  Fixture f;

  if (test_start (&f, ""))
    {
      /* Who is root may write everywhere but there. */
      g_autofree char *folder = geteuid () == 0 ? g_strdup ("/sys") : test_path (f.local, "locked");

      if (geteuid () != 0)
        g_assert_cmpint (g_mkdir (folder, 0555), ==, 0);
      test_put (f.remote, "a", "a", 1);
      refused = download_to (&f, "/a", folder, "tonglu-test");
      good = test_download (&f, "/a", FALSE, "a");
      test_wait_all (&f);
      test_assert_state (refused, TL_TRANSFER_FAILED);
      g_assert_nonnull (strstr (tl_transfer_get_error (refused), "tonglu-test"));
      g_assert_true (strstr (tl_transfer_get_error (refused), g_strerror (EACCES)) != NULL ||
                     strstr (tl_transfer_get_error (refused), g_strerror (EROFS)) != NULL ||
                     strstr (tl_transfer_get_error (refused), g_strerror (EPERM)) != NULL);
      test_assert_state (good, TL_TRANSFER_DONE);
    }
  test_stop (&f);
}

static TlTransfer *
start_slow_upload (Fixture *f)
{
  TlTransfer *transfer;

  test_put_much (f->local, "a.bin", MUCH, 8);
  transfer = test_upload (f, "a.bin", "/a.bin");
  test_wait_for (tl_transfer_get_moved (transfer) > 100000, "some of it");
  return transfer;
}

/* What is open is sent to its end. */
static void
test_source_goes (void)
{
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"speed\": 2000000"))
    {
      g_autofree char *path = test_path (f.local, "a.bin");

      transfer = start_slow_upload (&f);
      test_put_much (f.local, "copy", MUCH, 8);
      g_remove (path);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      test_assert_equal (f.local, "copy", f.remote, "a.bin");
    }
  test_stop (&f);
}

/* Before its turn: it fails, and the others do not. */
static void
test_source_is_gone (void)
{
  TlTransfer *gone, *good;
  Fixture f;

  if (test_start (&f, ""))
    {
      g_autofree char *path = test_path (f.local, "gone");

      test_put (f.local, "gone", "gone", 4);
      test_put (f.local, "good", "good", 4);
      gone = test_upload (&f, "gone", "/gone");
      good = test_upload (&f, "good", "/good");
      g_remove (path);
      test_wait_all (&f);
      test_assert_state (gone, TL_TRANSFER_FAILED);
      g_assert_nonnull (strstr (tl_transfer_get_error (gone), g_strerror (ENOENT)));
      test_assert_state (good, TL_TRANSFER_DONE);
      g_assert_false (test_exists (f.remote, "gone"));
    }
  test_stop (&f);
}

/* Longer or shorter while it is sent: what came is told to be doubtful. */
static void
test_source_changes (gconstpointer data)
{
  const gboolean shorter = GPOINTER_TO_INT (data);
  TlTransfer *transfer;
  Fixture f;

  if (test_start (&f, "\"speed\": 2000000"))
    {
      g_autofree char *path = test_path (f.local, "a.bin");

      transfer = start_slow_upload (&f);
      g_assert_cmpint (truncate (path, shorter ? 1000 : MUCH + 5000), ==, 0);
      test_wait_all (&f);
      test_assert_state (transfer, TL_TRANSFER_DONE);
      g_assert_nonnull (strstr (tl_transfer_get_note (transfer), "changed while it was sent"));
    }
  test_stop (&f);
}

/* A line's end in a name cannot be sent: such a file is left out, and told. */
static void
test_line_end_in_name (void)
{
  TlTransfer *folder, *file;
  Fixture f;

  if (test_start (&f, ""))
    {
      test_put (f.local, "tree/good", "good", 4);
      test_put (f.local, "tree/bad\nDELE good", "bad", 3);
      test_put (f.local, "tree/worse\r\n/inner", "bad", 3);
      test_put (f.local, "b\nad", "bad", 3);
      folder = test_upload (&f, "tree", "/tree");
      file = test_upload (&f, "b\nad", "/b\nad");
      test_wait_all (&f);
      test_assert_state (file, TL_TRANSFER_FAILED);
      g_assert_nonnull (tl_transfer_get_error (file));
      test_assert_state (folder, TL_TRANSFER_FAILED);
      test_assert_text (f.remote, "tree/good", "good");
      g_assert_cmpuint (test_count (f.remote, ""), ==, 2);
      g_assert_cmpuint (test_count_commands (f.base, "DELE"), ==, 0);
      /* What is shown of a name is one line. */
      g_assert_null (strchr (tl_transfer_get_name (file), '\n'));
      g_assert_null (strchr (tl_transfer_get_error (file), '\n'));
    }
  test_stop (&f);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  /* Before there are threads: they would stay in the other namespace. */
  make_small_disk ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transfer-disk/full", test_full);
  g_test_add_func ("/transfer-disk/too-large", test_too_large);
  g_test_add_func ("/transfer-disk/read-only", test_read_only);
  g_test_add_func ("/transfer-disk/source-goes", test_source_goes);
  g_test_add_func ("/transfer-disk/source-is-gone", test_source_is_gone);
  g_test_add_data_func ("/transfer-disk/source-changes/longer", GINT_TO_POINTER (FALSE), test_source_changes);
  g_test_add_data_func ("/transfer-disk/source-changes/shorter", GINT_TO_POINTER (TRUE), test_source_changes);
  g_test_add_func ("/transfer-disk/line-end-in-name", test_line_end_in_name);
  status = g_test_run ();
  remove_small_disk ();
  return status;
}
