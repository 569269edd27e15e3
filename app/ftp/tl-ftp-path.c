/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths of raw bytes: joined and taken apart at their slashes. */

#include "tl-ftp-name.h"

#include <string.h>

/* The length without slashes at the end; the root keeps its one. */
static gsize
measure (const guint8 *path,
         gsize         length)
{
  while (length > 1 && path[length - 1] == '/')
    length--;
  return length;
}

/* Where the last part begins. */
static gsize
find_last (const guint8 *path,
           gsize         length)
{
  while (length > 0 && path[length - 1] != '/')
    length--;
  return length;
}

GBytes *
tl_ftp_path_join (GBytes *dir,
                  GBytes *name)
{
  const guint8 *d, *n;
  gsize d_length, n_length;
  GByteArray *path;

  g_return_val_if_fail (dir != NULL && name != NULL, NULL);

  d = g_bytes_get_data (dir, &d_length);
  n = g_bytes_get_data (name, &n_length);
  if (d_length == 0 || (n_length > 0 && n[0] == '/'))
    return g_bytes_ref (name);
  if (n_length == 0)
    return g_bytes_ref (dir);

  path = g_byte_array_sized_new ((guint) (d_length + 1 + n_length));
  g_byte_array_append (path, d, (guint) d_length);
  if (d[d_length - 1] != '/')
    g_byte_array_append (path, (const guint8 *) "/", 1);
  g_byte_array_append (path, n, (guint) n_length);
  return g_byte_array_free_to_bytes (path);
}

GBytes *
tl_ftp_path_parent (GBytes *path)
{
  const guint8 *p;
  gsize length, start;

  g_return_val_if_fail (path != NULL, NULL);

  p = g_bytes_get_data (path, &length);
  start = find_last (p, measure (p, length));
  return g_bytes_new_from_bytes (path, 0, measure (p, start));
}

GBytes *
tl_ftp_path_basename (GBytes *path)
{
  const guint8 *p;
  gsize length, start;

  g_return_val_if_fail (path != NULL, NULL);

  p = g_bytes_get_data (path, &length);
  length = measure (p, length);
  start = find_last (p, length);
  return g_bytes_new_from_bytes (path, start, length - start);
}
