/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders of the user alone, and their locks. */

#include "tl-private-folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK "lock"
/* More than a transfer makes; what is deeper stays. */
#define MAX_DEPTH 200

void
tl_private_folder_close (int fd)
{
  int code = errno;

  if (fd >= 0)
    close (fd);
  errno = code;
}

int
tl_private_folder_open (const char *path,
                        gboolean    make)
{
  struct stat info;
  int fd;

  if (make && g_mkdir_with_parents (path, 0700) != 0)
    return -1;
  fd = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    return -1;
  if (fstat (fd, &info) == 0 && info.st_uid == geteuid () && fchmod (fd, 0700) == 0)
    return fd;
  close (fd);
  errno = EPERM;
  return -1;
}

int
tl_private_folder_enter (int         parent,
                         const char *name)
{
  return openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

int
tl_private_folder_lock (int folder,
                        int how)
{
  int fd = openat (folder, LOCK, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    return -1;
  while (flock (fd, how) != 0)
    if (errno != EINTR)
      {
        tl_private_folder_close (fd);
        return -1;
      }
  return fd;
}

static void delete_below (int   parent,
                          const char *name,
                          guint depth);

/* Takes @fd. */
static void
empty (int   fd,
       guint depth)
{
  DIR *folder;
  struct dirent *entry;

  /* Also out of one that came as read-only. */
  fchmod (fd, 0700);
  folder = fdopendir (fd);
  if (folder == NULL)
    {
      close (fd);
      return;
    }
  while ((entry = readdir (folder)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      delete_below (dirfd (folder), entry->d_name, depth + 1);
  closedir (folder);
}

static void
delete_below (int         parent,
              const char *name,
              guint       depth)
{
  int fd;

  if (unlinkat (parent, name, 0) == 0 || depth > MAX_DEPTH)
    return;
  fd = tl_private_folder_enter (parent, name);
  if (fd >= 0)
    empty (fd, depth);
  unlinkat (parent, name, AT_REMOVEDIR);
}

void
tl_private_folder_delete (int         parent,
                          const char *name)
{
  delete_below (parent, name, 0);
}

GPtrArray *
tl_private_folder_list (int         folder,
                        const char *start)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  int fd = fcntl (folder, F_DUPFD_CLOEXEC, 3);
  DIR *reader = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *entry;

  if (reader == NULL)
    {
      if (fd >= 0)
        close (fd);
      return names;
    }
  rewinddir (reader);
  while ((entry = readdir (reader)) != NULL)
    if (g_str_has_prefix (entry->d_name, start))
      g_ptr_array_add (names, g_strdup (entry->d_name));
  closedir (reader);
  return names;
}
