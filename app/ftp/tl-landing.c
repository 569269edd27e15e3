/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small files that have come, on their way to the disk. */

#include "tl-landing.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* A thread that is woken for each file costs more than the file: it waits this long for more, or until there are so many. */
#define GATHER_US 5000
#define ENOUGH 32
/* Of at most 64 KiB each. */
#define MOST 256

typedef struct {
  TlTransfer    *transfer;
  GBytes        *bytes;
  TlLandingFunc  func;
  gpointer       data;
  TlDownload     job;
  char          *folder;   /* of the path */
  GError        *error;
} Landing;

/* A folder that is open for a batch. */
typedef struct {
  const char *root;
  const char *path;
  int         fd;
  gboolean    changed;
} Folder;

static GMutex mutex;
static GCond wake;
static GPtrArray *waiting;    /* of Landing; with @mutex */
static GPtrArray *landed;     /* of Landing; with @mutex: to be told */
static guint n_pending;       /* main loop only */

static void
landing_free (gpointer data)
{
  Landing *self = data;

  if (self->job.fd >= 0)
    close (self->job.fd);
  g_free (self->job.name);
  g_free (self->job.new_name);
  g_free (self->job.part);
  g_free (self->folder);
  g_clear_error (&self->error);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_object_unref (self->transfer);
  g_free (self);
}

static Folder *
open_folder (GArray  *folders,
             Landing *self)
{
  TlTransfer *transfer = self->transfer;
  Folder folder = { .root = transfer->root, .path = self->folder };

  for (guint i = folders->len; i > 0; i--)
    {
      Folder *at = &g_array_index (folders, Folder, i - 1);

      if (g_str_equal (at->path, self->folder) && g_str_equal (at->root, transfer->root))
        return at;
    }
  folder.fd = tl_local_open_parent (transfer->root, transfer->path, TRUE, &self->error);
  if (folder.fd < 0)
    return NULL;
  g_array_append_val (folders, folder);
  return &g_array_index (folders, Folder, folders->len - 1);
}

static void
set_write_error (Landing *self,
                 int      errsv)
{
  tl_local_set_error (&self->error, errsv, TL_LOCAL_WRITE, self->job.name);
}

static void
write_bytes (Landing *self)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (self->bytes, &length);

  for (gsize done = 0; done < length;)
    {
      const gssize n = pwrite (self->job.fd, bytes + done, length - done, (off_t) done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          set_write_error (self, n < 0 ? errno : EIO);
          return;
        }
      done += (gsize) n;
    }
}

static gboolean
is_open (Landing *self)
{
  return self->error == NULL && self->job.fd >= 0;
}

/* What was begun goes again. */
static void
tidy (Landing *self)
{
  if (self->error != NULL && self->job.part != NULL)
    unlinkat (self->job.folder, self->job.part, 0);
}

static void
land (GPtrArray *batch)
{
  g_autoptr (GArray) folders = g_array_new (FALSE, FALSE, sizeof (Folder));

  for (guint i = 0; i < batch->len; i++)
    {
      Landing *self = batch->pdata[i];
      Folder *folder = open_folder (folders, self);

      if (folder == NULL)
        continue;
      self->job.folder = folder->fd;
      if (tl_download_prepare (self->transfer, &self->job, &self->error) && is_open (self))
        write_bytes (self);
    }
  for (guint i = 0; i < batch->len; i++)
    {
      Landing *self = batch->pdata[i];

      if (is_open (self) && !tl_local_sync (self->job.fd, NULL))
        set_write_error (self, errno);
    }
  for (guint i = 0; i < batch->len; i++)
    {
      Landing *self = batch->pdata[i];

      if (is_open (self) && tl_download_commit (self->transfer, &self->job, FALSE, &self->error))
        open_folder (folders, self)->changed = TRUE;
      tidy (self);
    }
  for (guint i = 0; i < folders->len; i++)
    {
      const Folder *folder = &g_array_index (folders, Folder, i);

      /* The names are to be there after a power cut, too; some file systems have nothing to sync. */
      if (folder->changed)
        fsync (folder->fd);
      close (folder->fd);
    }
}

static gboolean
told_cb (gpointer user_data)
{
  g_autoptr (GPtrArray) batch = NULL;

  g_mutex_lock (&mutex);
  batch = g_steal_pointer (&landed);
  g_mutex_unlock (&mutex);
  for (guint i = 0; batch != NULL && i < batch->len; i++)
    {
      Landing *self = batch->pdata[i];

      n_pending--;
      self->func (self->transfer, &self->job, self->error, self->data);
    }
  return G_SOURCE_REMOVE;
}

static void
tell (GPtrArray *batch)
{
  gboolean first;

  g_mutex_lock (&mutex);
  first = landed == NULL;
  if (first)
    landed = batch;
  else
    g_ptr_array_extend_and_steal (landed, batch);
  g_mutex_unlock (&mutex);
  if (first)
    g_idle_add_full (G_PRIORITY_DEFAULT, told_cb, NULL, NULL);
}

static gpointer
landing_thread (gpointer data)
{
  for (;;)
    {
      GPtrArray *batch;
      gint64 until;

      g_mutex_lock (&mutex);
      while (waiting->len == 0)
        g_cond_wait (&wake, &mutex);
      until = g_get_monotonic_time () + GATHER_US;
      while (waiting->len < ENOUGH && g_cond_wait_until (&wake, &mutex, until))
        ;
      batch = g_steal_pointer (&waiting);
      waiting = g_ptr_array_new_with_free_func (landing_free);
      g_mutex_unlock (&mutex);
      land (batch);
      tell (batch);
    }
  return NULL;
}

gboolean
tl_landing_has_room (void)
{
  return n_pending < MOST;
}

void
tl_landing_push (TlTransfer    *transfer,
                 GBytes        *bytes,
                 TlLandingFunc  func,
                 gpointer       data)
{
  Landing *self = g_new0 (Landing, 1);

  self->transfer = g_object_ref (transfer);
  self->bytes = g_bytes_ref (bytes);
  self->func = func;
  self->data = data;
  self->folder = g_path_get_dirname (transfer->path);
  self->job.fd = self->job.folder = -1;
  self->job.name = g_path_get_basename (transfer->path);
  n_pending++;
  g_mutex_lock (&mutex);
  if (waiting == NULL)
    {
      waiting = g_ptr_array_new_with_free_func (landing_free);
      g_thread_unref (g_thread_new ("landing", landing_thread, NULL));
    }
  g_ptr_array_add (waiting, self);
  if (waiting->len == 1 || waiting->len == ENOUGH)
    g_cond_signal (&wake);
  g_mutex_unlock (&mutex);
}
