/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files below a folder, by folder and name: made, compared, dated, counted, removed. */
#pragma once

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

static inline char *
test_path (const char *folder,
           const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* @name may be a path below @folder: the folders on the way are made. */
static inline void
test_put (const char *folder,
          const char *name,
          const void *bytes,
          gssize      length)
{
  g_autofree char *path = test_path (folder, name);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  g_file_set_contents_full (path, bytes, length, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
}

/* @length bytes that repeat nowhere near. */
static inline void
test_put_much (const char *folder,
               const char *name,
               gsize       length,
               guint32     seed)
{
  g_autofree guint32 *words = g_malloc (length + 4);
  guint32 word = seed * 2654435761u + 1;

  for (gsize i = 0; i < length / 4 + 1; i++)
    {
      word = word * 1664525u + 1013904223u;
      words[i] = word;
    }
  test_put (folder, name, words, (gssize) length);
}

static inline void
test_assert_equal (const char *folder_a,
                   const char *name_a,
                   const char *folder_b,
                   const char *name_b)
{
  g_autofree char *path_a = test_path (folder_a, name_a);
  g_autofree char *path_b = test_path (folder_b, name_b);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  gsize length_a, length_b;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path_a, &a, &length_a, &error);
  g_assert_no_error (error);
  g_file_get_contents (path_b, &b, &length_b, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (a, length_a, b, length_b);
}

/* @text: (nullable): NULL: there is no such file. */
static inline void
test_assert_text (const char *folder,
                  const char *name,
                  const char *text)
{
  g_autofree char *path = test_path (folder, name);
  g_autofree char *there = NULL;

  g_file_get_contents (path, &there, NULL, NULL);
  g_assert_cmpstr (there, ==, text);
}

/* A link is there, whatever it points to. */
static inline gboolean
test_exists (const char *folder,
             const char *name)
{
  g_autofree char *path = test_path (folder, name);
  struct stat info;

  return lstat (path, &info) == 0;
}

/* @time: seconds since 1970. */
static inline void
test_set_time (const char *folder,
               const char *name,
               gint64      time)
{
  g_autofree char *path = test_path (folder, name);
  struct timespec times[2] = { { .tv_sec = time }, { .tv_sec = time } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static inline gint64
test_get_time (const char *folder,
               const char *name)
{
  g_autofree char *path = test_path (folder, name);
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  return info.st_mtime;
}

/* How many files there are at and below @folder whose name ends so. */
static inline guint
test_count (const char *folder,
            const char *ending)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = test_path (folder, name);

      n += g_str_has_suffix (name, ending);
      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        n += test_count (path, ending);
    }
  return n;
}

static inline void
test_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = test_path (path, name);

      test_remove_tree (child);
    }
  g_remove (path);
}
