/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of this machine that a server names: names beside names, nothing outside, loops. */

#include "tl-ftp-types.h"
#include "tl-ftp-walk.h"
#include "tl-local-file.h"
#include "tl-local-name.h"
#include "tl-local-walk.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
test_names (void)
{
  const struct { const char *name; guint n; const char *part; const char *numbered; } cases[] = {
    { "a.txt", 2, "a.txt.2.part", "a (2).txt" },
    { ".bashrc", 3, ".bashrc.3.part", ".bashrc (3)" },
    { "a.tar.gz", 2, "a.tar.gz.2.part", "a (2).tar.gz" },
    { "文件", 2, "文件.2.part", "文件 (2)" },
    { "Hello. This is no extension", 2, "Hello. This is no extension.2.part", "Hello. This is no extension (2)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *first = tl_local_name_part (cases[i].name, 0);
      g_autofree char *part = tl_local_name_part (cases[i].name, cases[i].n);
      g_autofree char *numbered = tl_local_name_numbered (cases[i].name, cases[i].n);

      g_assert_true (g_str_has_prefix (first, cases[i].name));
      g_assert_true (g_str_has_suffix (first, ".part"));
      g_assert_cmpstr (part, ==, cases[i].part);
      g_assert_cmpstr (numbered, ==, cases[i].numbered);
    }
}

static void
test_long_names (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *part = NULL;
  g_autofree char *numbered = NULL;

  for (guint i = 0; i < 83; i++)
    g_string_append (name, "中");
  g_string_append (name, ".c");
  part = tl_local_name_part (name->str, 12);
  numbered = tl_local_name_numbered (name->str, 9999);
  g_assert_cmpuint (strlen (part), <=, TL_LOCAL_MAX_NAME);
  g_assert_cmpuint (strlen (numbered), <=, TL_LOCAL_MAX_NAME);
  g_assert_true (g_utf8_validate (part, -1, NULL));
  g_assert_true (g_utf8_validate (numbered, -1, NULL));
  g_assert_true (g_str_has_suffix (part, ".12.part"));
  g_assert_true (g_str_has_suffix (numbered, " (9999).c"));
}

static void
test_paths_that_lead_out (void)
{
  const char *const bad[] = { "../x", "a/../../x", "/etc/x", "a//x", ".", "..", "", "a/./x" };
  g_autofree char *root = g_dir_make_tmp ("tl-local-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      int fd = tl_local_open_parent (root, bad[i], TRUE, &error);

      g_assert_cmpint (fd, ==, -1);
      g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL);
    }
  g_rmdir (root);
}

static void
test_commit_replaces_nothing (void)
{
  g_autofree char *root = g_dir_make_tmp ("tl-local-XXXXXX", NULL);
  g_autofree char *there = g_build_filename (root, "a", NULL);
  g_autofree char *text = NULL;
  g_autofree char *part = NULL;
  g_autoptr (GError) error = NULL;
  int folder = tl_local_open_parent (root, "a", FALSE, NULL);
  int fd = tl_local_create_part (folder, "a", &part, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, "new", 3), ==, 3);
  g_assert_true (g_file_set_contents (there, "old", 3, NULL));
  g_assert_false (tl_local_commit (folder, part, "a", FALSE, TRUE, &error));
  g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_EXISTS);
  g_assert_true (g_file_get_contents (there, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  g_assert_true (tl_local_commit (folder, part, "a", TRUE, TRUE, NULL));
  g_free (g_steal_pointer (&text));
  g_assert_true (g_file_get_contents (there, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "new");
  close (fd);
  close (folder);
  g_remove (there);
  g_rmdir (root);
}

/* A part is only gone on with, or removed, while it is the file that we made. */
static void
test_part_of_another (void)
{
  g_autofree char *root = g_dir_make_tmp ("tl-local-XXXXXX", NULL);
  g_autofree char *part = NULL;
  g_autofree char *path = NULL;
  g_autofree char *kept = NULL;
  struct stat info;
  int folder = tl_local_open_parent (root, "a", FALSE, NULL);
  int fd = tl_local_create_part (folder, "a", &part, NULL);
  int again;

  g_assert_cmpint (fstat (fd, &info), ==, 0);
  again = tl_local_open_part (folder, part, info.st_dev, info.st_ino);
  g_assert_cmpint (again, >=, 0);
  close (again);
  path = g_build_filename (root, part, NULL);
  kept = g_build_filename (root, "kept", NULL);
  g_assert_cmpint (g_rename (path, kept), ==, 0);
  g_assert_true (g_file_set_contents (path, "somebody else's", -1, NULL));
  g_assert_cmpint (tl_local_open_part (folder, part, info.st_dev, info.st_ino), ==, -1);
  tl_local_discard_part (root, "a", part, info.st_dev, info.st_ino);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  close (fd);
  close (folder);
  g_remove (path);
  g_remove (kept);
  g_rmdir (root);
}

static void
test_walk (void)
{
  g_autofree char *root = g_dir_make_tmp ("tl-local-XXXXXX", NULL);
  g_autofree char *sub = g_build_filename (root, "sub", NULL);
  g_autofree char *file = g_build_filename (sub, "file", NULL);
  g_autofree char *link = g_build_filename (sub, "link", NULL);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  const TlLocalEntry *entry;

  g_assert_cmpint (g_mkdir (sub, 0755), ==, 0);
  g_assert_true (g_file_set_contents (file, "12345", 5, NULL));
  g_assert_cmpint (symlink ("/etc", link), ==, 0);
  entries = tl_local_walk_list (root, "sub", FALSE, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  entry = entries->pdata[0];
  g_assert_true (entry->is_file);
  g_assert_cmpint (entry->size, ==, 5);
  entry = entries->pdata[1];
  g_assert_false (entry->is_file || entry->is_folder);
  g_assert_null (tl_local_walk_list (root, "sub", FALSE, 1, NULL, &error));
  g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL);
  g_clear_error (&error);
  /* The link itself is no folder to be walked. */
  g_assert_null (tl_local_walk_list (root, "sub/link", FALSE, 10, NULL, &error));
  g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL);
  g_remove (link);
  g_remove (file);
  g_rmdir (sub);
  g_rmdir (root);
}

static void
test_loops (void)
{
  const guint64 deep[] = { 5, 4, 3, 2, 1 };
  const guint64 twice[] = { 7, 7, 1 };
  const guint64 thrice[] = { 7, 7, 7, 1 };
  const guint64 by_two[] = { 7, 8, 7, 8, 7 };
  const guint64 empty[] = { 0, 0, 0, 0 };

  g_assert_false (tl_ftp_walk_is_loop (deep, G_N_ELEMENTS (deep)));
  g_assert_false (tl_ftp_walk_is_loop (twice, G_N_ELEMENTS (twice)));
  g_assert_true (tl_ftp_walk_is_loop (thrice, G_N_ELEMENTS (thrice)));
  g_assert_true (tl_ftp_walk_is_loop (by_two, G_N_ELEMENTS (by_two)));
  g_assert_false (tl_ftp_walk_is_loop (empty, G_N_ELEMENTS (empty)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/local-file/names", test_names);
  g_test_add_func ("/local-file/long-names", test_long_names);
  g_test_add_func ("/local-file/paths-that-lead-out", test_paths_that_lead_out);
  g_test_add_func ("/local-file/commit-replaces-nothing", test_commit_replaces_nothing);
  g_test_add_func ("/local-file/part-of-another", test_part_of_another);
  g_test_add_func ("/local-file/walk", test_walk);
  g_test_add_func ("/local-file/loops", test_loops);
  return g_test_run ();
}
