/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes in goes into the unfinished file; where both overlap they must be equal. */

#include "tl-part-stream.h"

#include "tl-ftp-types.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

struct _TlPartStream
{
  GOutputStream parent_instance;

  int           fd;
  guint64       at;
  guint64       overlap;     /* bytes still to be compared */
};

G_DEFINE_FINAL_TYPE (TlPartStream, tl_part_stream, G_TYPE_OUTPUT_STREAM)

static gssize
fail (GError **error)
{
  const int errsv = errno;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errsv), g_strerror (errsv));
  return -1;
}

static gssize
compare (TlPartStream  *self,
         const guint8  *bytes,
         gsize          count,
         GError       **error)
{
  guint8 there[4096];
  gssize n = pread (self->fd, there, MIN (count, sizeof there), (off_t) self->at);

  if (n < 0)
    return fail (error);
  if (n == 0 || memcmp (there, bytes, (gsize) n) != 0)
    {
      g_set_error_literal (error, TL_FTP_ERROR, TL_FTP_ERROR_CHANGED,
                           _("The file is not the one it was when the transfer began"));
      return -1;
    }
  self->at += n;
  self->overlap -= n;
  return n;
}

static gssize
tl_part_stream_write (GOutputStream  *stream,
                      const void     *bytes,
                      gsize           count,
                      GCancellable   *cancellable,
                      GError        **error)
{
  TlPartStream *self = TL_PART_STREAM (stream);
  gssize n;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  if (self->overlap > 0)
    return compare (self, bytes, MIN (count, self->overlap), error);

  do
    n = pwrite (self->fd, bytes, count, (off_t) self->at);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    return fail (error);
  self->at += n;
  return n;
}

static void
tl_part_stream_finalize (GObject *object)
{
  close (TL_PART_STREAM (object)->fd);
  G_OBJECT_CLASS (tl_part_stream_parent_class)->finalize (object);
}

static void
tl_part_stream_class_init (TlPartStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_part_stream_finalize;
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = tl_part_stream_write;
}

static void
tl_part_stream_init (TlPartStream *self)
{
}

GOutputStream *
tl_part_stream_new (int     fd,
                    guint64 offset,
                    guint64 overlap)
{
  TlPartStream *self = g_object_new (TL_TYPE_PART_STREAM, NULL);

  self->fd = fd;
  self->at = offset - overlap;
  self->overlap = overlap;
  return G_OUTPUT_STREAM (self);
}
