/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A shared folder, from its descriptor: nothing outside of it is ever opened. */

#include "tl-ftp-share.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#define HASH_BLOCK (256 * 1024)

struct _TlFtpShare
{
  gatomicrefcount ref_count;
  int             fd;
  gboolean        plain;
};

/* -errno; -ENOSYS: this kernel has none, or a filter of system calls (seccomp) hides it. */
static int
open_beneath (int         root,
              const char *path,
              int         flags,
              mode_t      mode)
{
  struct open_how how = {
    .flags = (guint64) (flags | O_CLOEXEC),
    .mode = (flags & O_CREAT) != 0 ? mode : 0,
    .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
  };
  long fd;

  /* The kernel may ask to try again when something was renamed at the same time. */
  for (guint i = 0; i < 32; i++)
    {
      fd = syscall (SYS_openat2, root, path, &how, sizeof how);
      if (fd >= 0 || (errno != EAGAIN && errno != EINTR))
        break;
    }
  return fd >= 0 ? (int) fd : -errno;
}

/* Part by part, no link on the way. @path has no "..": tl_ftp_request_resolve_path() has seen to it, and it is seen to again. */
static int
open_step_by_step (int         root,
                   const char *path,
                   int         flags,
                   mode_t      mode)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  int dir = fcntl (root, F_DUPFD_CLOEXEC, 3);
  int fd = -1;

  for (guint i = 0; dir >= 0 && parts[i] != NULL; i++)
    {
      const gboolean last = parts[i + 1] == NULL;

      if (g_str_equal (parts[i], ".."))
        {
          fd = -1;
          errno = EXDEV;
        }
      else
        fd = openat (dir, parts[i], last ? flags | O_NOFOLLOW | O_CLOEXEC : O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, mode);
      if (fd < 0 || last)
        break;
      close (dir);
      dir = fd;
    }
  if (fd < 0)
    fd = -errno;
  if (dir >= 0)
    close (dir);
  return fd;
}

int
tl_ftp_share_open_path (TlFtpShare *self,
                        const char *path,
                        int         flags,
                        mode_t      mode)
{
  static gint missing;
  int fd;

  if (*path == '\0')
    path = ".";
  if (!self->plain && !g_atomic_int_get (&missing))
    {
      fd = open_beneath (self->fd, path, flags, mode);
      if (fd != -ENOSYS && fd != -EPERM)
        return fd;
      if (fd == -ENOSYS)
        g_atomic_int_set (&missing, TRUE);
    }
  return open_step_by_step (self->fd, path, flags, mode);
}

/* The folder that holds @path, and its last part; EBUSY for the shared folder itself. */
static int
open_parent (TlFtpShare  *self,
             const char  *path,
             const char **name)
{
  const char *slash = strrchr (path, '/');
  g_autofree char *parent = slash != NULL ? g_strndup (path, (gsize) (slash - path)) : g_strdup ("");

  *name = slash != NULL ? slash + 1 : path;
  if (**name == '\0')
    return -EBUSY;
  return tl_ftp_share_open_path (self, parent, O_PATH | O_DIRECTORY, 0);
}

static TlFtpShare *
new_with_fd (int fd)
{
  TlFtpShare *self = g_new0 (TlFtpShare, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->fd = fd;
  return self;
}

TlFtpShareRisk
tl_ftp_share_judge (const char *folder,
                    const char *home)
{
  g_autofree char *path = NULL;
  g_autofree char *own = NULL;
  gsize length;

  g_return_val_if_fail (folder != NULL && home != NULL, TL_FTP_SHARE_NO_RISK);

  path = g_canonicalize_filename (folder, "/");
  own = g_canonicalize_filename (home, "/");
  if (path[strspn (path, "/")] == '\0')
    return TL_FTP_SHARE_ROOT;
  if (g_str_equal (path, own))
    return TL_FTP_SHARE_HOME;
  length = strlen (path);
  return strncmp (own, path, length) == 0 && own[length] == '/' ? TL_FTP_SHARE_HOMES : TL_FTP_SHARE_NO_RISK;
}

TlFtpShare *
tl_ftp_share_new (const char  *folder,
                  GError     **error)
{
  int fd, readable;

  g_return_val_if_fail (folder != NULL, NULL);

  fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  /* Nobody would see anything in one that is not readable. */
  readable = fd >= 0 ? openat (fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  if (readable < 0)
    {
      const int errsv = errno;
      g_autofree char *shown = g_filename_display_name (folder);

      if (fd >= 0)
        close (fd);
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errsv), _("The folder “%s” cannot be opened. Choose another one. (%s)"), shown,
                   g_strerror (errsv));
      return NULL;
    }
  close (readable);
  return new_with_fd (fd);
}

TlFtpShare *
tl_ftp_share_new_within (TlFtpShare *self,
                         const char *path,
                         int        *errsv)
{
  int fd = tl_ftp_share_open_path (self, path, O_PATH | O_DIRECTORY, 0);
  TlFtpShare *share;

  *errsv = fd < 0 ? -fd : 0;
  if (fd < 0)
    return NULL;
  share = new_with_fd (fd);
  share->plain = self->plain;
  return share;
}

TlFtpShare *
tl_ftp_share_ref (TlFtpShare *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tl_ftp_share_unref (TlFtpShare *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  close (self->fd);
  g_free (self);
}

void
tl_ftp_share_set_plain (TlFtpShare *self)
{
  self->plain = TRUE;
}

gboolean
tl_ftp_share_is_beneath (TlFtpShare *self)
{
  int fd;

  if (self->plain)
    return FALSE;
  fd = open_beneath (self->fd, ".", O_PATH, 0);
  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

gboolean
tl_ftp_share_is_at (TlFtpShare *self,
                    const char *folder)
{
  struct stat there, held;

  if (stat (folder, &there) < 0)
    return errno != ENOENT && errno != ENOTDIR;
  return fstat (self->fd, &held) < 0 || (there.st_dev == held.st_dev && there.st_ino == held.st_ino);
}

int
tl_ftp_share_stat (TlFtpShare  *self,
                   const char  *path,
                   struct stat *info)
{
  int fd = tl_ftp_share_open_path (self, path, O_PATH, 0);
  int errsv = 0;

  if (fd < 0)
    return -fd;
  if (fstat (fd, info) < 0)
    errsv = errno;
  /* Part by part, the last one may be a link: it is not followed. */
  else if (S_ISLNK (info->st_mode))
    errsv = ELOOP;
  close (fd);
  return errsv;
}

/* A regular file and nothing else: a pipe would wait for ever, a device do whatever it does. */
static int
check_regular (int          fd,
               struct stat *info)
{
  if (fstat (fd, info) < 0)
    return errno;
  if (S_ISDIR (info->st_mode))
    return EISDIR;
  return S_ISREG (info->st_mode) ? 0 : ENXIO;
}

/* Files that are being written are not read, and the other way round. A file system without locks is left to itself. */
static int
lock (int fd,
      int operation)
{
  return flock (fd, operation | LOCK_NB) < 0 && errno == EWOULDBLOCK ? EWOULDBLOCK : 0;
}

int
tl_ftp_share_open_read (TlFtpShare  *self,
                        const char  *path,
                        int         *fd,
                        struct stat *info)
{
  int result = tl_ftp_share_open_path (self, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
  int errsv;

  *fd = -1;
  if (result < 0)
    return -result;
  errsv = check_regular (result, info);
  if (errsv == 0)
    errsv = lock (result, LOCK_SH);
  /* Its size may have been another one before the lock. */
  if (errsv == 0)
    errsv = check_regular (result, info);
  if (errsv == 0)
    *fd = result;
  else
    close (result);
  return errsv;
}

static int
prepare_write (int    fd,
               gint64 offset)
{
  struct stat info;
  int errsv = check_regular (fd, &info);

  if (errsv == 0)
    errsv = lock (fd, LOCK_EX);
  if (errsv == 0)
    errsv = check_regular (fd, &info);
  if (errsv != 0)
    return errsv;
  if (offset > info.st_size)
    return ERANGE;
  if (offset >= 0 && ftruncate (fd, offset) < 0)
    return errno;
  return lseek (fd, 0, SEEK_END) < 0 ? errno : 0;
}

int
tl_ftp_share_open_write (TlFtpShare *self,
                         const char *path,
                         gint64      offset,
                         int        *fd,
                         gboolean   *made)
{
  int result, errsv;

  *fd = -1;
  *made = FALSE;
  result = tl_ftp_share_open_path (self, path, O_WRONLY | O_NONBLOCK | O_NOCTTY, 0);
  if (result == -ENOENT)
    {
      result = tl_ftp_share_open_path (self, path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CREAT | O_EXCL, 0666);
      *made = result >= 0;
    }
  if (result < 0)
    return -result;
  errsv = prepare_write (result, offset);
  if (errsv == 0)
    *fd = result;
  else
    close (result);
  return errsv;
}

int
tl_ftp_share_make_folder (TlFtpShare *self,
                          const char *path)
{
  const char *name;
  int dir = open_parent (self, path, &name);
  int errsv;

  if (dir < 0)
    return dir == -EBUSY ? EEXIST : -dir;
  errsv = mkdirat (dir, name, 0777) < 0 ? errno : 0;
  close (dir);
  return errsv;
}

int
tl_ftp_share_remove (TlFtpShare *self,
                     const char *path,
                     gboolean    folder)
{
  const char *name;
  int dir = open_parent (self, path, &name);
  int errsv;

  if (dir < 0)
    return -dir;
  errsv = unlinkat (dir, name, folder ? AT_REMOVEDIR : 0) < 0 ? errno : 0;
  close (dir);
  return errsv;
}

int
tl_ftp_share_rename (TlFtpShare *self,
                     const char *from,
                     const char *to)
{
  const char *from_name, *to_name;
  int from_dir = open_parent (self, from, &from_name);
  int to_dir = from_dir < 0 ? from_dir : open_parent (self, to, &to_name);
  int errsv;

  if (to_dir < 0)
    errsv = -to_dir;
  else
    errsv = renameat (from_dir, from_name, to_dir, to_name) < 0 ? errno : 0;
  /* Both ends are in the folder: this is about disks, not about links. */
  if (to_dir >= 0 && errsv == EXDEV)
    errsv = EMEDIUMTYPE;
  if (from_dir >= 0)
    close (from_dir);
  if (to_dir >= 0)
    close (to_dir);
  return errsv;
}

int
tl_ftp_share_set_time (TlFtpShare *self,
                       const char *path,
                       gint64      seconds)
{
  const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_sec = (time_t) seconds } };
  int fd = tl_ftp_share_open_path (self, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
  struct stat info;
  int errsv;

  if (fd < 0)
    return -fd;
  errsv = futimens (fd, times) < 0 || fstat (fd, &info) < 0 ? errno : 0;
  /* File systems take the next time that they know; some know even seconds alone. */
  if (errsv == 0 && ABS ((gint64) info.st_mtime - seconds) > 2)
    errsv = EOVERFLOW;
  close (fd);
  return errsv;
}

int
tl_ftp_share_hash (TlFtpShare    *self,
                   const char    *path,
                   gint64         first,
                   gint64         last,
                   GCancellable  *cancellable,
                   char         **hex,
                   gint64        *size)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (HASH_BLOCK);
  const gint64 wanted = last >= 0 ? last - first + 1 : G_MAXINT64;
  struct stat info;
  gssize n = 0;
  int fd;
  int errsv = tl_ftp_share_open_read (self, path, &fd, &info);

  *size = 0;
  if (errsv != 0)
    return errsv;
  if (first > info.st_size)
    errsv = ERANGE;
  else if (lseek (fd, first, SEEK_SET) < 0)
    errsv = errno;
  while (errsv == 0 && !g_cancellable_is_cancelled (cancellable) && (n = read (fd, block, (gsize) MIN (HASH_BLOCK, wanted - *size))) > 0)
    {
      g_checksum_update (checksum, block, n);
      *size += n;
    }
  if (n < 0)
    errsv = errno;
  else if (errsv == 0 && g_cancellable_is_cancelled (cancellable))
    errsv = ECANCELED;
  else if (errsv == 0)
    *hex = g_strdup (g_checksum_get_string (checksum));
  close (fd);
  return errsv;
}
