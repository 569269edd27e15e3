/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the copies of edited files are, and which of them stay. */

#include "tl-ftp-edit-private.h"

#include "tl-local-file.h"
#include "tl-private-folder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* "edit-…" is a place, "gone-…" one that is being deleted. They are met under the lock of all, so that nobody meets one that is just being made. */
#define EDIT "edit-"
#define GONE "gone-"
#define COPY "copy"
#define ABOUT "about"
/* What an editor has put beside a copy that is not changed (what was typed and not saved yet) is waited for so long. */
#define BESIDE_S (7 * 24 * 60 * 60)

struct _TlFtpEditPlace
{
  gatomicrefcount  ref_count;
  char            *name;      /* below the root */
  char            *path;
  int              lock;
  int              discarded;
};

typedef enum {
  OVER,
  UNSENT,
  STAYS,    /* and is no file that could be sent */
} Verdict;

static GMutex mutex;
static GCond cond;
static guint n_ending;

static char *
dup_root_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "tonglu", "edits", NULL);
}

static int
open_root (gboolean make)
{
  g_autofree char *path = dup_root_path ();

  return tl_private_folder_open (path, make);
}

/* Takes @lock. */
static TlFtpEditPlace *
place_new (const char *name,
           int         lock)
{
  g_autofree char *root = dup_root_path ();
  TlFtpEditPlace *self = g_new0 (TlFtpEditPlace, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (name);
  self->path = g_build_filename (root, name, NULL);
  self->lock = lock;
  return self;
}

static void
place_free (gpointer data)
{
  TlFtpEditPlace *self = data;

  close (self->lock);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

/* -1 with errno. @root is locked. */
static int
make_locked (const char *path)
{
  g_autofree char *copy = g_build_filename (path, COPY, NULL);
  int folder = tl_private_folder_open (path, FALSE);
  int lock = folder >= 0 ? tl_private_folder_lock (folder, LOCK_EX | LOCK_NB) : -1;

  tl_private_folder_close (folder);
  if (lock < 0 || g_mkdir (copy, 0700) == 0)
    return lock;
  tl_private_folder_close (lock);
  return -1;
}

TlFtpEditPlace *
tl_ftp_edit_place_make (GError **error)
{
  g_autofree char *root_path = dup_root_path ();
  g_autofree char *template = g_build_filename (root_path, EDIT "XXXXXX", NULL);
  int root = open_root (TRUE);
  int all = root >= 0 ? tl_private_folder_lock (root, LOCK_EX) : -1;
  int lock = all >= 0 && g_mkdtemp_full (template, 0700) != NULL ? make_locked (template) : -1;
  int code = errno;

  tl_private_folder_close (all);
  tl_private_folder_close (root);
  if (lock < 0)
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), _("There is no place for a file that is edited (%s)."), g_strerror (code));
      return NULL;
    }
  return place_new (template + strlen (root_path) + 1, lock);
}

TlFtpEditPlace *
tl_ftp_edit_place_ref (TlFtpEditPlace *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tl_ftp_edit_place_discard (TlFtpEditPlace *self)
{
  g_atomic_int_set (&self->discarded, TRUE);
}

GFile *
tl_ftp_edit_place_dup_folder (TlFtpEditPlace *self)
{
  return g_file_new_build_filename (self->path, COPY, NULL);
}

gboolean
tl_ftp_edit_place_note (TlFtpEditPlace        *self,
                        const TlFtpEditAbout  *about,
                        GError               **error)
{
  g_autofree char *path = g_build_filename (self->path, ABOUT, NULL);
  g_autoptr (GBytes) bytes = tl_ftp_edit_about_to_bytes (about);

  if (g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    return TRUE;
  tl_local_set_error (error, errno, TL_LOCAL_WRITE, about->name);
  return FALSE;
}

/* *@n: files beside the copy; *@newest: when one of them was changed last. */
static void
look_beside (const char *folder,
             const char *name,
             guint      *n,
             gint64     *newest)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *other;

  *n = 0;
  *newest = 0;
  while (dir != NULL && (other = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, other, NULL);
      struct stat info;

      if (strcmp (other, name) == 0)
        continue;
      (*n)++;
      if (lstat (path, &info) == 0)
        *newest = MAX (*newest, (gint64) info.st_mtime);
    }
}

/* (transfer full) (nullable). *@there: it may be unreadable. */
static TlFtpEditAbout *
read_about (const char *path,
            gboolean   *there)
{
  g_autofree char *file = g_build_filename (path, ABOUT, NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *text;
  gsize length;

  *there = g_file_test (file, G_FILE_TEST_EXISTS);
  if (!g_file_get_contents (file, &text, &length, NULL))
    return NULL;
  bytes = g_bytes_new_take (text, length);
  return tl_ftp_edit_about_from_bytes (bytes);
}

/* @left: filled as far as it is known. */
static Verdict
judge (const char    *path,
       TlFtpEditLeft *left,
       GCancellable  *cancellable)
{
  g_autofree char *folder = g_build_filename (path, COPY, NULL);
  g_autofree char *copy = NULL;
  gboolean there;
  struct stat info;
  gint64 newest;
  guint n_beside;

  left->about = read_about (path, &there);
  if (left->about == NULL)
    return there ? STAYS : OVER;
  copy = g_build_filename (folder, left->about->name, NULL);
  look_beside (folder, left->about->name, &n_beside, &newest);
  if (lstat (copy, &info) != 0)
    return errno != ENOENT || n_beside > 0 ? STAYS : OVER;
  left->saved = info.st_mtime;
  left->hash = tl_ftp_edit_hash (copy, cancellable);
  if (left->hash == NULL)
    return STAYS;
  tl_ftp_edit_about_settle (left->about, left->hash);
  if (!tl_ftp_edit_about_is_sent (left->about, left->hash))
    return UNSENT;
  return n_beside > 0 && newest + BESIDE_S > g_get_real_time () / G_USEC_PER_SEC ? STAYS : OVER;
}

/* Its lock is ours. */
static void
delete (const char *name)
{
  g_autofree char *gone = g_strconcat (GONE, name + strlen (EDIT), NULL);
  int root = open_root (FALSE);

  if (root < 0)
    return;
  if (renameat (root, name, root, gone) == 0)
    tl_private_folder_delete (root, gone);
  close (root);
}

static void
end_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  TlFtpEditPlace *self = data;
  TlFtpEditLeft left = { 0 };

  if (g_atomic_int_get (&self->discarded) || judge (self->path, &left, NULL) == OVER)
    delete (self->name);
  g_clear_pointer (&left.about, tl_ftp_edit_about_free);
  g_free (left.hash);
  place_free (self);
  g_mutex_lock (&mutex);
  n_ending--;
  g_cond_broadcast (&cond);
  g_mutex_unlock (&mutex);
  g_task_return_boolean (task, TRUE);
}

void
tl_ftp_edit_place_unref (TlFtpEditPlace *self)
{
  g_autoptr (GTask) task = NULL;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_lock (&mutex);
  n_ending++;
  g_mutex_unlock (&mutex);
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, tl_ftp_edit_place_unref);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, end_thread);
}

gboolean
tl_ftp_edit_place_wait (gint64 most_us)
{
  const gint64 until = g_get_monotonic_time () + most_us;
  gboolean done;

  g_mutex_lock (&mutex);
  while (n_ending > 0 && g_cond_wait_until (&cond, &mutex, until))
    ;
  done = n_ending == 0;
  g_mutex_unlock (&mutex);
  return done;
}

void
tl_ftp_edit_left_free (TlFtpEditLeft *self)
{
  g_clear_pointer (&self->about, tl_ftp_edit_about_free);
  g_clear_pointer (&self->place, tl_ftp_edit_place_unref);
  g_free (self->hash);
  g_free (self);
}

/* That nobody holds it is seen under the lock of all. Several may look at once. -1: it is somebody's. */
static int
lock_to_look (int         root,
              const char *name)
{
  int all = tl_private_folder_lock (root, LOCK_EX);
  int folder = all >= 0 ? tl_private_folder_enter (root, name) : -1;
  int lock = folder >= 0 ? tl_private_folder_lock (folder, LOCK_SH | LOCK_NB) : -1;

  tl_private_folder_close (folder);
  tl_private_folder_close (all);
  return lock;
}

static gboolean
take (int lock)
{
  return flock (lock, LOCK_EX | LOCK_NB) == 0;
}

/* (transfer full) (nullable): when its server has not what is in it. */
static TlFtpEditLeft *
look_at (int           root,
         const char   *name,
         gboolean    (*wanted) (const TlFtpEditAbout *about, gpointer data),
         gpointer      data,
         GCancellable *cancellable)
{
  g_autofree char *root_path = dup_root_path ();
  g_autofree char *path = g_build_filename (root_path, name, NULL);
  TlFtpEditLeft *left = g_new0 (TlFtpEditLeft, 1);
  int lock = lock_to_look (root, name);
  Verdict verdict = lock >= 0 ? judge (path, left, cancellable) : STAYS;

  if (verdict == OVER && take (lock))
    delete (name);
  else if (verdict == UNSENT && wanted != NULL && wanted (left->about, data) && take (lock))
    left->place = place_new (name, g_steal_fd (&lock));
  if (lock >= 0)
    close (lock);
  if (verdict == UNSENT)
    return left;
  tl_ftp_edit_left_free (left);
  return NULL;
}

GPtrArray *
tl_ftp_edit_place_list_left (gboolean    (*wanted) (const TlFtpEditAbout *about, gpointer data),
                             gpointer      data,
                             GCancellable *cancellable)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_ftp_edit_left_free);
  int root = open_root (FALSE);
  g_autoptr (GPtrArray) names = root >= 0 ? tl_private_folder_list (root, EDIT) : NULL;
  g_autoptr (GPtrArray) gone = root >= 0 ? tl_private_folder_list (root, GONE) : NULL;

  for (guint i = 0; names != NULL && i < names->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      TlFtpEditLeft *left = look_at (root, g_ptr_array_index (names, i), wanted, data, cancellable);

      if (left != NULL)
        g_ptr_array_add (all, left);
    }
  for (guint i = 0; gone != NULL && i < gone->len; i++)
    tl_private_folder_delete (root, g_ptr_array_index (gone, i));
  if (root >= 0)
    close (root);
  return all;
}
