/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The copy that is edited: what it holds. */

#include "tl-ftp-edit-private.h"

#include "tl-local-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK 65536

/* -1 with errno. A pipe that somebody put there shall not hold us. */
static int
open_regular (const char *path)
{
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat info;

  if (fd < 0 || (fstat (fd, &info) == 0 && S_ISREG (info.st_mode)))
    return fd;
  close (fd);
  errno = EINVAL;
  return -1;
}

static gboolean
write_all (int           fd,
           const guint8 *bytes,
           gsize         length)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      bytes += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* Reads all of @from, into @to unless that is -1. (transfer full) (nullable): the sum; NULL with errno. */
static char *
read_through (int           from,
              int           to,
              gint64       *size,
              GCancellable *cancellable)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (BLOCK);

  *size = 0;
  for (;;)
    {
      gssize n = read (from, block, BLOCK);

      if (n < 0 && errno == EINTR)
        continue;
      if (g_cancellable_is_cancelled (cancellable))
        errno = ECANCELED;
      if (n < 0 || g_cancellable_is_cancelled (cancellable) || (to >= 0 && !write_all (to, block, (gsize) n)))
        return NULL;
      if (n == 0)
        return g_strdup (g_checksum_get_string (sum));
      g_checksum_update (sum, block, n);
      *size += n;
    }
}

char *
tl_ftp_edit_hash (const char   *path,
                  GCancellable *cancellable)
{
  int fd = open_regular (path);
  char *hash;
  gint64 size;

  if (fd < 0)
    return NULL;
  hash = read_through (fd, -1, &size, cancellable);
  close (fd);
  return hash;
}

/* A file without a name, beside @path. -1 with errno. */
static int
open_nameless (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *template = g_build_filename (folder, ".sent-XXXXXX", NULL);
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    return fd;
  fd = g_mkstemp_full (template, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    unlink (template);
  return fd;
}

int
tl_ftp_edit_snapshot (const char    *path,
                      char         **hash,
                      gint64        *size,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autofree char *name = g_path_get_basename (path);
  int from = open_regular (path);
  int to = from >= 0 ? open_nameless (path) : -1;
  int code;

  *hash = to >= 0 ? read_through (from, to, size, cancellable) : NULL;
  code = errno;
  if (from >= 0)
    close (from);
  if (*hash != NULL && lseek (to, 0, SEEK_SET) == 0)
    return to;
  if (to >= 0)
    close (to);
  g_clear_pointer (hash, g_free);
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    tl_local_set_error (error, code, from >= 0 ? TL_LOCAL_COPY : TL_LOCAL_READ, name);
  return -1;
}
