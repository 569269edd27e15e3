/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place for copies of remote files, and its end. */

#include "tl-ftp-temporary.h"

#include "tl-private-folder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* A folder "run-…" belongs to whoever holds its lock; without one it is over, and becomes "old-…" under the lock of all, so that nobody meets a run that is just beginning.
 * What is "old-…" is deleted without a lock. */
#define RUN "run-"
#define OLD "old-"

static GMutex mutex;
static char *run_name;    /* of this run, below the root */
static int run_lock = -1;

static char *
dup_root_path (void)
{
  return g_build_filename (g_get_user_cache_dir (), "tonglu", "files", NULL);
}

static int
open_root (gboolean make)
{
  g_autofree char *path = dup_root_path ();

  return tl_private_folder_open (path, make);
}

static gboolean
fail (GError **error)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), _("There is no place for a temporary file (%s)."), g_strerror (code));
  return FALSE;
}

static gboolean
is_over (int         root,
         const char *name)
{
  int folder = tl_private_folder_enter (root, name);
  int lock;

  if (folder < 0)
    return FALSE;
  lock = tl_private_folder_lock (folder, LOCK_EX | LOCK_NB);
  close (folder);
  if (lock >= 0)
    close (lock);
  return lock >= 0;
}

/* The name that @name has from now on: that of what is over. */
static gboolean
retire (int         root,
        const char *name)
{
  g_autofree char *old = g_strconcat (OLD, name + strlen (RUN), NULL);

  return renameat (root, name, root, old) == 0;
}

static void
clean_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  int root = open_root (FALSE);
  int lock = root >= 0 ? tl_private_folder_lock (root, LOCK_EX) : -1;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GPtrArray) over = NULL;
  GError *error = NULL;

  if (lock < 0 && errno != ENOENT)
    fail (&error);
  if (lock < 0)
    {
      if (root >= 0)
        close (root);
      if (error != NULL)
        g_task_return_error (task, error);
      else
        g_task_return_int (task, 0);
      return;
    }
  runs = tl_private_folder_list (root, RUN);
  for (guint i = 0; i < runs->len; i++)
    if (is_over (root, g_ptr_array_index (runs, i)))
      retire (root, g_ptr_array_index (runs, i));
  close (lock);

  over = tl_private_folder_list (root, OLD);
  for (guint i = 0; i < over->len && !g_cancellable_is_cancelled (cancellable); i++)
    tl_private_folder_delete (root, g_ptr_array_index (over, i));
  close (root);
  g_task_return_int (task, over->len);
}

void
tl_ftp_temporary_clean_async (GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tl_ftp_temporary_clean_async);
  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_run_in_thread (task, clean_thread);
}

gboolean
tl_ftp_temporary_clean_finish (GAsyncResult  *result,
                               guint         *n_runs,
                               GError       **error)
{
  gssize n = g_task_propagate_int (G_TASK (result), error);

  if (n_runs != NULL)
    *n_runs = (guint) MAX (n, 0);
  return n >= 0;
}

/* The folder of this run, with its lock, under the lock of all. The caller holds the mutex. */
static gboolean
make_run (int root)
{
  g_autofree char *path = dup_root_path ();
  g_autofree char *template = g_build_filename (path, RUN "XXXXXX", NULL);
  int lock = tl_private_folder_lock (root, LOCK_EX);
  int folder = -1;

  if (lock < 0)
    return FALSE;
  if (g_mkdtemp_full (template, 0700) != NULL)
    {
      g_autofree char *name = g_path_get_basename (template);

      folder = tl_private_folder_enter (root, name);
      run_lock = folder >= 0 ? tl_private_folder_lock (folder, LOCK_EX | LOCK_NB) : -1;
      run_name = run_lock >= 0 ? g_steal_pointer (&name) : NULL;
    }
  if (folder >= 0)
    close (folder);
  close (lock);
  return run_name != NULL;
}

GFile *
tl_ftp_temporary_make (GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  g_autofree char *root_path = dup_root_path ();
  g_autofree char *template = NULL;
  int root = open_root (TRUE);
  gboolean good = root >= 0 && (run_name != NULL || make_run (root));

  tl_private_folder_close (root);
  if (!good)
    {
      fail (error);
      return NULL;
    }
  template = g_build_filename (root_path, run_name, "XXXXXX", NULL);
  if (g_mkdtemp_full (template, 0700) == NULL)
    {
      fail (error);
      return NULL;
    }
  return g_file_new_for_path (template);
}

void
tl_ftp_temporary_end (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  int root = run_name != NULL ? open_root (FALSE) : -1;

  if (root >= 0)
    {
      tl_private_folder_delete (root, run_name);
      close (root);
    }
  g_clear_pointer (&run_name, g_free);
  if (run_lock >= 0)
    close (run_lock);
  run_lock = -1;
}

gboolean
tl_ftp_temporary_holds (const char *path)
{
  g_autofree char *root = dup_root_path ();
  gsize length = strlen (root);

  return strncmp (path, root, length) == 0 && (path[length] == '/' || path[length] == '\0');
}
