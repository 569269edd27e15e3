/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a folder of this machine. */

#include "tl-local-walk.h"

#include "tl-ftp-types.h"
#include "tl-local-file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
entry_free (gpointer data)
{
  TlLocalEntry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const TlLocalEntry *one = *(const TlLocalEntry *const *) a;
  const TlLocalEntry *other = *(const TlLocalEntry *const *) b;

  return strcmp (one->name, other->name);
}

static void
add (GPtrArray  *entries,
     int         folder,
     const char *name)
{
  struct stat info = { .st_size = 0 };
  TlLocalEntry *entry;

  /* What has gone meanwhile is not there; of what may not be looked at nothing but the name is known. */
  if (fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT)
    return;

  entry = g_new0 (TlLocalEntry, 1);
  entry->name = g_strdup (name);
  entry->is_folder = S_ISDIR (info.st_mode);
  entry->is_file = S_ISREG (info.st_mode);
  entry->size = entry->is_file ? info.st_size : -1;
  entry->time = info.st_mtim.tv_sec;
  g_ptr_array_add (entries, entry);
}

GPtrArray *
tl_local_walk_list (const char    *root,
                    const char    *path,
                    gboolean       follow,
                    guint          most,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  gboolean is_folder = FALSE;
  struct dirent *item;
  DIR *dir;
  int fd = tl_local_open_source (root, path, follow, &is_folder, error);

  if (fd < 0)
    return NULL;
  dir = fdopendir (fd);
  if (dir == NULL)
    {
      tl_local_set_error (error, errno, TL_LOCAL_OPEN_FOLDER, path);
      close (fd);
      return NULL;
    }
  while ((errno = 0, item = readdir (dir)) != NULL && entries->len < most && !g_cancellable_is_cancelled (cancellable))
    if (strcmp (item->d_name, ".") != 0 && strcmp (item->d_name, "..") != 0)
      add (entries, dirfd (dir), item->d_name);
  if (item == NULL && errno != 0)
    {
      tl_local_set_error (error, errno, TL_LOCAL_READ_FOLDER, path);
      closedir (dir);
      return NULL;
    }
  closedir (dir);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (item != NULL)
    {
      g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("There are more than %u files in one folder"), most);
      return NULL;
    }
  g_ptr_array_sort (entries, compare);
  return g_steal_pointer (&entries);
}
