/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Temporary copies: where they are, that they go, and that nothing else goes with them. */

#include "tl-ftp-temporary.h"

#include "tl-test-folder.h"
#include "tl-test-wait.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
in_root (const char *part)
{
  return g_build_filename (test_folder, "tonglu", "files", part, NULL);
}

static void
write_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "hello", -1, NULL));
}

static mode_t
get_mode (const char *path)
{
  struct stat info;

  g_assert_cmpint (lstat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

typedef struct {
  gboolean  over;
  gboolean  good;
  guint     n;
  GError   *error;
} Clean;

static void
cleaned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Clean *clean = data;

  clean->good = tl_ftp_temporary_clean_finish (result, &clean->n, &clean->error);
  clean->over = TRUE;
}

static void
clean (Clean *state)
{
  *state = (Clean) { 0 };
  tl_ftp_temporary_clean_async (NULL, cleaned_cb, state);
  test_wait_for (state->over, "the cleaning");
}

/* Below one folder that nobody else looks into; each its own; all gone at the end, and a link is only a link. */
static void
test_make (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) one = tl_ftp_temporary_make (&error);
  g_autoptr (GFile) two = tl_ftp_temporary_make (&error);
  g_autofree char *root = in_root (NULL);
  g_autofree char *outside = g_build_filename (test_folder, "outside", "precious.txt", NULL);
  g_autofree char *outside_folder = g_path_get_dirname (outside);
  g_autofree char *run = NULL;
  g_autofree char *inside = NULL;
  g_autofree char *link = NULL;
  Clean state;

  g_assert_no_error (error);
  g_assert_nonnull (one);
  g_assert_false (g_file_equal (one, two));
  g_assert_true (g_str_has_prefix (g_file_peek_path (one), root));
  run = g_path_get_dirname (g_file_peek_path (one));
  g_assert_cmpint (get_mode (root), ==, 0700);
  g_assert_cmpint (get_mode (run), ==, 0700);
  g_assert_cmpint (get_mode (g_file_peek_path (one)), ==, 0700);

  inside = g_build_filename (g_file_peek_path (one), "a", "b", "file", NULL);
  write_file (inside);
  write_file (outside);
  link = g_build_filename (g_file_peek_path (two), "link", NULL);
  g_assert_cmpint (symlink (outside_folder, link), ==, 0);

  /* A run that goes on is not over. */
  clean (&state);
  g_assert_true (state.good);
  g_assert_cmpuint (state.n, ==, 0);
  g_assert_true (g_file_test (inside, G_FILE_TEST_EXISTS));

  tl_ftp_temporary_end ();
  g_assert_false (g_file_test (run, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (outside, G_FILE_TEST_EXISTS));
  tl_ftp_temporary_end ();
}

/* What a run left that did not end well, read-only folders too; not what another one is using. */
static void
test_leftovers (void)
{
  g_autofree char *file = in_root ("run-dead/x/y/file");
  g_autofree char *lock = in_root ("run-dead/lock");
  g_autofree char *read_only = in_root ("run-dead/x/y");
  g_autofree char *dead = in_root ("run-dead");
  g_autofree char *half = in_root ("old-half/file");
  g_autofree char *half_folder = in_root ("old-half");
  g_autofree char *alive = in_root ("run-alive/lock");
  g_autofree char *link = in_root ("run-link");
  g_autofree char *outside = g_build_filename (test_folder, "outside", "precious.txt", NULL);
  g_autofree char *outside_folder = g_path_get_dirname (outside);
  Clean state;
  int fd;

  write_file (file);
  write_file (lock);
  write_file (half);
  write_file (alive);
  write_file (outside);
  g_assert_cmpint (chmod (read_only, 0500), ==, 0);
  g_assert_cmpint (symlink (outside_folder, link), ==, 0);
  fd = open (alive, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);

  clean (&state);
  g_assert_no_error (state.error);
  g_assert_true (state.good);
  g_assert_cmpuint (state.n, ==, 2);
  g_assert_false (g_file_test (dead, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (half_folder, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (alive, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (outside, G_FILE_TEST_EXISTS));

  close (fd);
  clean (&state);
  g_assert_cmpuint (state.n, ==, 1);
  g_assert_false (g_file_test (alive, G_FILE_TEST_EXISTS));
  g_assert_cmpint (unlink (link), ==, 0);
}

/* Somebody put a link where our folder should be: nothing is written there, and nothing deleted. */
static void
test_link (void)
{
  g_autofree char *root = in_root (NULL);
  g_autofree char *kept = g_strconcat (root, ".kept", NULL);
  g_autofree char *other = g_build_filename (test_folder, "other", NULL);
  g_autofree char *leftover = g_build_filename (other, "run-x", "lock", NULL);
  g_autoptr (GError) error = NULL;
  Clean state;

  write_file (leftover);
  g_assert_cmpint (g_rename (root, kept), ==, 0);
  g_assert_cmpint (symlink (other, root), ==, 0);
  g_assert_null (tl_ftp_temporary_make (&error));
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
  clean (&state);
  g_assert_false (state.good);
  g_assert_nonnull (state.error);
  g_clear_error (&state.error);
  g_assert_true (g_file_test (leftover, G_FILE_TEST_EXISTS));
  g_assert_cmpint (unlink (root), ==, 0);
  g_assert_cmpint (g_rename (kept, root), ==, 0);
}

/* Nothing was ever made: nothing to do, and nothing made. */
static void
test_nothing (void)
{
  g_autofree char *root = in_root (NULL);
  Clean state;

  clean (&state);
  g_assert_no_error (state.error);
  g_assert_true (state.good);
  g_assert_false (g_file_test (root, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  int result;

  test_folder_make ();
  g_setenv ("XDG_CACHE_HOME", test_folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ftp-temporary/nothing", test_nothing);
  g_test_add_func ("/ftp-temporary/make", test_make);
  g_test_add_func ("/ftp-temporary/leftovers", test_leftovers);
  g_test_add_func ("/ftp-temporary/link", test_link);
  result = g_test_run ();
  test_folder_remove ();
  return result;
}
