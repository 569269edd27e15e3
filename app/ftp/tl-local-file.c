/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of this machine that a server names: nothing leads out of the folder that the user chose. */

#include "tl-local-file.h"

#include "tl-ftp-types.h"
#include "tl-local-name.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_PARTS 100
#define MAX_NUMBERED 9999
#define COPY_AT_ONCE (16 * 1024 * 1024)

static char *
describe (TlLocalAct  act,
          const char *name,
          const char *reason)
{
  switch (act)
    {
    case TL_LOCAL_OPEN_FOLDER:
      return g_strdup_printf (_("The folder “%s” cannot be opened (%s)"), name, reason);
    case TL_LOCAL_MAKE_FOLDER:
      return g_strdup_printf (_("The folder “%s” cannot be made (%s)"), name, reason);
    case TL_LOCAL_READ_FOLDER:
      return g_strdup_printf (_("The folder “%s” cannot be read (%s)"), name, reason);
    case TL_LOCAL_LOOK:
      return g_strdup_printf (_("The file “%s” cannot be looked at (%s)"), name, reason);
    case TL_LOCAL_MAKE:
      return g_strdup_printf (_("The file “%s” cannot be made (%s)"), name, reason);
    case TL_LOCAL_READ:
      return g_strdup_printf (_("The file “%s” cannot be read (%s)"), name, reason);
    case TL_LOCAL_WRITE:
      return g_strdup_printf (_("The file “%s” cannot be written (%s)"), name, reason);
    case TL_LOCAL_COPY:
      return g_strdup_printf (_("The file “%s” cannot be copied (%s)"), name, reason);
    case TL_LOCAL_RENAME:
      return g_strdup_printf (_("The file “%s” cannot be given its name (%s)"), name, reason);
    default:
      g_return_val_if_reached (NULL);
    }
}

void
tl_local_set_error (GError     **error,
                    int          errsv,
                    TlLocalAct   act,
                    const char  *name)
{
  g_autofree char *shown = tl_local_name_display (name);
  g_autofree char *text = describe (act, shown, g_strerror (errsv));

  g_set_error_literal (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, text);
}

/* ELOOP and ENOTDIR are what O_NOFOLLOW and O_DIRECTORY say of a link. */
static void
set_folder_error (GError     **error,
                  int          folder,
                  const char  *name,
                  int          errsv)
{
  struct stat info;

  if ((errsv == ELOOP || errsv == ENOTDIR) && fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0)
    {
      g_autofree char *shown = tl_local_name_display (name);

      if (S_ISLNK (info.st_mode))
        g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("“%s” is a link in the place of a folder, and links are not followed"), shown);
      else
        g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("“%s” is a file in the place of a folder"), shown);
      return;
    }
  tl_local_set_error (error, errsv, TL_LOCAL_OPEN_FOLDER, name);
}

static int
open_folder_at (int          folder,
                const char  *name,
                gboolean     make,
                GError     **error)
{
  int fd;

  if (make && mkdirat (folder, name, 0777) != 0 && errno != EEXIST)
    {
      tl_local_set_error (error, errno, TL_LOCAL_MAKE_FOLDER, name);
      return -1;
    }
  fd = openat (folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    set_folder_error (error, folder, name, errno);
  return fd;
}

static int
open_root (const char  *root,
           gboolean     make,
           GError     **error)
{
  int fd;

  if (*root == '\0')
    {
      g_set_error_literal (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("Only files of this machine can be transferred"));
      return -1;
    }
  fd = open (root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT && make && g_mkdir_with_parents (root, 0777) == 0)
    fd = open (root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    tl_local_set_error (error, errno, TL_LOCAL_OPEN_FOLDER, root);
  return fd;
}

int
tl_local_open_parent (const char  *root,
                      const char  *path,
                      gboolean     make,
                      GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  int fd = open_root (root, make, error);

  for (guint i = 0; fd >= 0; i++)
    {
      int next;

      /* An empty path has no parts at all. */
      if (parts[i] == NULL || !tl_local_name_is_safe (parts[i]))
        {
          g_autofree char *shown = tl_local_name_display (path);

          g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("“%s” is no name for a file"), shown);
          close (fd);
          return -1;
        }
      if (parts[i + 1] == NULL)
        break;
      next = open_folder_at (fd, parts[i], make, error);
      close (fd);
      fd = next;
    }
  return fd;
}

gboolean
tl_local_make_folder (const char  *root,
                      const char  *path,
                      GError     **error)
{
  g_autofree char *name = g_path_get_basename (path);
  int parent = tl_local_open_parent (root, path, TRUE, error);
  int fd;

  if (parent < 0)
    return FALSE;
  fd = open_folder_at (parent, name, TRUE, error);
  close (parent);
  if (fd < 0)
    return FALSE;
  close (fd);
  return TRUE;
}

gboolean
tl_local_look (int             folder,
               const char     *name,
               TlLocalTarget  *target,
               GError        **error)
{
  struct stat info;

  *target = (TlLocalTarget) { .size = -1, .time = -1 };
  if (fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    {
      if (errno == ENOENT)
        return TRUE;
      tl_local_set_error (error, errno, TL_LOCAL_LOOK, name);
      return FALSE;
    }
  target->exists = TRUE;
  target->is_folder = S_ISDIR (info.st_mode);
  target->is_file = S_ISREG (info.st_mode);
  target->size = info.st_size;
  target->time = info.st_mtim.tv_sec;
  target->mode = info.st_mode & 07777;
  target->device = info.st_dev;
  target->inode = info.st_ino;
  return TRUE;
}

int
tl_local_create_part (int          folder,
                      const char  *name,
                      char       **part,
                      GError     **error)
{
  for (guint i = 0; i < MAX_PARTS; i++)
    {
      g_autofree char *candidate = tl_local_name_part (name, i);
      int fd = openat (folder, candidate, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);

      if (fd >= 0)
        {
          *part = g_steal_pointer (&candidate);
          return fd;
        }
      if (errno != EEXIST)
        break;
    }
  tl_local_set_error (error, errno, TL_LOCAL_MAKE, name);
  return -1;
}

static gboolean
is_that_file (int     fd,
              guint64 device,
              guint64 inode)
{
  struct stat info;

  return fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_nlink == 1 && info.st_dev == device && info.st_ino == inode;
}

int
tl_local_open_part (int         folder,
                    const char *part,
                    guint64     device,
                    guint64     inode)
{
  int fd = openat (folder, part, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

  if (fd >= 0 && !is_that_file (fd, device, inode))
    {
      close (fd);
      fd = -1;
    }
  return fd;
}

int
tl_local_adopt_part (int          folder,
                     const char  *name,
                     guint64      most,
                     char       **part)
{
  g_autofree char *candidate = tl_local_name_part (name, 0);
  int fd = openat (folder, candidate, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  struct stat info;

  if (fd < 0)
    return -1;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_nlink == 1 && info.st_uid == geteuid () && (guint64) info.st_size <= most)
    {
      *part = g_steal_pointer (&candidate);
      return fd;
    }
  close (fd);
  return -1;
}

void
tl_local_discard_part (const char *root,
                       const char *path,
                       const char *part,
                       guint64     device,
                       guint64     inode)
{
  int folder = tl_local_open_parent (root, path, FALSE, NULL);
  int fd;

  if (folder < 0)
    return;
  fd = tl_local_open_part (folder, part, device, inode);
  if (fd >= 0)
    {
      unlinkat (folder, part, 0);
      close (fd);
    }
  close (folder);
}

gboolean
tl_local_copy (int            folder,
               const char    *name,
               int            fd,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autofree guint8 *buffer = NULL;
  gboolean by_kernel = TRUE;
  gssize n;
  int from = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

  if (from < 0)
    {
      tl_local_set_error (error, errno, TL_LOCAL_READ, name);
      return FALSE;
    }
  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          close (from);
          return FALSE;
        }
      n = by_kernel ? copy_file_range (from, NULL, fd, NULL, COPY_AT_ONCE, 0) : -1;
      if (n >= 0)
        continue;
      /* Between some file systems the kernel does not copy. */
      by_kernel = FALSE;
      if (buffer == NULL)
        buffer = g_malloc (COPY_AT_ONCE / 16);
      n = read (from, buffer, COPY_AT_ONCE / 16);
      for (gssize done = 0, m; n > 0 && done < n; done += m)
        {
          m = write (fd, buffer + done, (gsize) (n - done));
          if (m < 0)
            {
              n = -1;
              break;
            }
        }
    }
  while (n > 0);
  if (n < 0)
    tl_local_set_error (error, errno, TL_LOCAL_COPY, name);
  close (from);
  return n == 0;
}

char *
tl_local_free_name (int          folder,
                    const char  *name,
                    GError     **error)
{
  struct stat info;

  for (guint i = 1; i <= MAX_NUMBERED; i++)
    {
      g_autofree char *candidate = i == 1 ? g_strdup (name) : tl_local_name_numbered (name, i);

      if (fstatat (folder, candidate, &info, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT)
        return g_steal_pointer (&candidate);
    }
  tl_local_set_error (error, EEXIST, TL_LOCAL_MAKE, name);
  return NULL;
}

gboolean
tl_local_sync (int      fd,
               GError **error)
{
  int result;

  do
    result = fsync (fd);
  while (result < 0 && errno == EINTR);
  /* Pipes and some file systems have nothing to sync. */
  if (result < 0 && errno != EINVAL && errno != EROFS && errno != ENOTSUP)
    {
      const int errsv = errno;

      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errsv), g_strerror (errsv));
      errno = errsv;
      return FALSE;
    }
  return TRUE;
}

static int
rename_new (int         folder,
            const char *part,
            const char *name)
{
  struct stat info;

  if (renameat2 (folder, part, folder, name, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return -1;
  /* Some network and FUSE file systems cannot do that; a hard link does not replace either, and FAT has none. */
  if (linkat (folder, part, folder, name, 0) == 0)
    return unlinkat (folder, part, 0);
  if (errno == EEXIST)
    return -1;
  if (fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0)
    {
      errno = EEXIST;
      return -1;
    }
  return renameat (folder, part, folder, name);
}

gboolean
tl_local_commit (int          folder,
                 const char  *part,
                 const char  *name,
                 gboolean     replace,
                 gboolean     sync,
                 GError     **error)
{
  g_autofree char *shown = NULL;

  if ((replace ? renameat (folder, part, folder, name) : rename_new (folder, part, name)) == 0)
    {
      /* The name is to be there after a power cut, too; some file systems have nothing to sync. */
      if (sync)
        fsync (folder);
      return TRUE;
    }
  if (!replace && errno == EEXIST)
    {
      shown = tl_local_name_display (name);
      g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_EXISTS, _("“%s” is there already"), shown);
    }
  else
    tl_local_set_error (error, errno, TL_LOCAL_RENAME, name);
  return FALSE;
}

static void
forget (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

int
tl_local_open_source (const char  *root,
                      const char  *path,
                      gboolean     follow,
                      gboolean    *is_folder,
                      GError     **error)
{
  g_autofree char *name = g_path_get_basename (path);
  int parent = tl_local_open_parent (root, path, FALSE, error);
  struct stat info;
  int fd;

  if (parent < 0)
    return -1;
  /* Without O_NONBLOCK the opening of a pipe would wait for somebody who writes. */
  fd = openat (parent, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (follow ? 0 : O_NOFOLLOW));
  if (fd < 0 || fstat (fd, &info) != 0)
    {
      tl_local_set_error (error, errno, TL_LOCAL_READ, name);
      forget (&fd);
    }
  else if (!S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode))
    {
      g_autofree char *shown = tl_local_name_display (name);

      g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("“%s” is neither a file nor a folder"), shown);
      forget (&fd);
    }
  else
    *is_folder = S_ISDIR (info.st_mode);
  close (parent);
  return fd;
}
