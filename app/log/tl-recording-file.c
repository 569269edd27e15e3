/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a recording: opened, written, given up, numbered, and the oldest removed. */

#include "tl-recording-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_NUMBER 999999

struct _TlRecordingFile
{
  char     *base;         /* the path that was chosen */
  gboolean  rotates;
  guint     max_files;
  GString  *header;
  char     *path;
  int       fd;           /* -1: none is open */
  guint64   size;
  guint     number;
  guint     n_files;
  GQueue    kept;         /* paths of those that were made, the oldest first */
};

TlRecordingFile *
tl_recording_file_new (const char *path,
                       gboolean    rotates,
                       guint       max_files,
                       const char *header,
                       gsize       header_length)
{
  TlRecordingFile *self = g_new0 (TlRecordingFile, 1);

  self->base = g_strdup (path);
  self->rotates = rotates;
  self->max_files = max_files;
  self->header = g_string_new_len (header, (gssize) header_length);
  self->path = g_strdup (path);
  self->fd = -1;
  g_queue_init (&self->kept);
  return self;
}

void
tl_recording_file_free (TlRecordingFile *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_queue_clear_full (&self->kept, g_free);
  g_string_free (self->header, TRUE);
  g_free (self->base);
  g_free (self->path);
  g_free (self);
}

static gboolean
fail (TlRecordingFile  *self,
      int               errsv,
      GError          **error)
{
  g_autofree char *name = g_filename_display_name (self->path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errsv), _("“%s” could not be written. (%s)"), name, g_strerror (errsv));
  return FALSE;
}

/* The path with the number before the suffix of its last part. (transfer full) */
static char *
dup_numbered (const char *base,
              guint       number)
{
  const char *name = strrchr (base, G_DIR_SEPARATOR);
  const char *dot = strrchr (name != NULL ? name : base, '.');
  const int stem = dot != NULL && dot > base && dot[-1] != G_DIR_SEPARATOR ? (int) (dot - base) : (int) strlen (base);

  return g_strdup_printf ("%.*s-%04u%s", stem, base, number, base + stem);
}

/* Returns the descriptor, or -1. */
static int
make_next (TlRecordingFile *self)
{
  /* What was chosen by its name was said to be replaced; what is taken up again must not replace what stands there now. */
  if (!self->rotates)
    return g_open (self->path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | (self->n_files == 0 ? O_TRUNC : O_EXCL), 0600);
  for (guint number = self->number + 1; number <= MAX_NUMBER; number++)
    {
      g_autofree char *path = dup_numbered (self->base, number);
      const int fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | O_EXCL, 0600);

      if (fd < 0 && errno == EEXIST)
        continue;
      if (fd >= 0)
        {
          self->number = number;
          g_free (self->path);
          self->path = g_steal_pointer (&path);
        }
      return fd;
    }
  errno = EEXIST;
  return -1;
}

/* What goes away here was recorded by us; that it cannot be removed, or is not there any more, harms nothing. */
static void
remove_oldest (TlRecordingFile *self)
{
  while (self->max_files > 0 && self->kept.length > self->max_files)
    {
      g_autofree char *path = g_queue_pop_head (&self->kept);

      g_unlink (path);
    }
}

/* Returns 0 or an errno; nothing is written then. */
static int
append (TlRecordingFile *self,
        const char      *data,
        gsize            length)
{
  for (gsize done = 0; done < length;)
    {
      const ssize_t n = pwrite (self->fd, data + done, length - done, (off_t) (self->size + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          const int errsv = n < 0 ? errno : EIO;

          /* Half a packet would make all behind it unreadable. */
          if (ftruncate (self->fd, (off_t) self->size) != 0)
            g_debug ("What was begun could not be taken back: %s", g_strerror (errno));
          return errsv;
        }
      done += (gsize) n;
    }
  self->size += length;
  return 0;
}

/* Closes a file that has just been made and has nothing in it. What is a device or a pipe was not made by us. */
static void
give_back (TlRecordingFile *self)
{
  struct stat status;

  if (fstat (self->fd, &status) == 0 && S_ISREG (status.st_mode))
    g_unlink (self->path);
  close (self->fd);
  self->fd = -1;
}

gboolean
tl_recording_file_open (TlRecordingFile  *self,
                        GError          **error)
{
  int errsv;

  if (self->fd >= 0)
    return TRUE;
  self->fd = make_next (self);
  if (self->fd < 0)
    return fail (self, errno, error);
  self->size = 0;
  errsv = append (self, self->header->str, self->header->len);
  if (errsv != 0)
    {
      give_back (self);
      /* The name is free again. */
      if (self->rotates)
        self->number--;
      return fail (self, errsv, error);
    }
  self->n_files++;
  g_queue_push_tail (&self->kept, g_strdup (self->path));
  remove_oldest (self);
  return TRUE;
}

/* Whether somebody has removed it or put something else in its place: what is written to it would be seen by nobody. */
static gboolean
is_gone (TlRecordingFile *self)
{
  struct stat ours, there;

  if (fstat (self->fd, &ours) != 0 || !S_ISREG (ours.st_mode))
    return FALSE;
  return stat (self->path, &there) != 0 || there.st_ino != ours.st_ino || there.st_dev != ours.st_dev;
}

gboolean
tl_recording_file_write (TlRecordingFile  *self,
                         const char       *data,
                         gsize             length,
                         GError          **error)
{
  int errsv;

  if (!tl_recording_file_open (self, error))
    return FALSE;
  if (is_gone (self))
    {
      g_autofree char *name = g_filename_display_name (self->path);

      close (self->fd);
      self->fd = -1;
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _("“%s” has been removed, moved or replaced while it was written. (%s)"), name,
                   g_strerror (ENOENT));
      return FALSE;
    }
  errsv = append (self, data, length);
  return errsv == 0 || fail (self, errsv, error);
}

gboolean
tl_recording_file_close (TlRecordingFile  *self,
                         GError          **error)
{
  int errsv = 0;

  if (self->fd < 0)
    return TRUE;
  /* What cannot be synchronised, a device or a pipe, is not an error. */
  if (fsync (self->fd) != 0 && errno != EINVAL && errno != EROFS)
    errsv = errno;
  if (close (self->fd) != 0 && errsv == 0)
    errsv = errno;
  self->fd = -1;
  return errsv == 0 || fail (self, errsv, error);
}

const char *
tl_recording_file_get_path (TlRecordingFile *self)
{
  return self->path;
}

guint64
tl_recording_file_get_size (TlRecordingFile *self)
{
  return self->fd >= 0 ? self->size : 0;
}

guint
tl_recording_file_get_n_files (TlRecordingFile *self)
{
  return self->n_files;
}
