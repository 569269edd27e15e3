/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stream that ends before the one behind it does. */

#include "tl-ftp-part.h"

struct _TlFtpPart
{
  GFilterInputStream  parent_instance;

  gint64              left;
};

G_DEFINE_FINAL_TYPE (TlFtpPart, tl_ftp_part, G_TYPE_FILTER_INPUT_STREAM)

static gssize
tl_ftp_part_read (GInputStream  *stream,
                  void          *buffer,
                  gsize          count,
                  GCancellable  *cancellable,
                  GError       **error)
{
  TlFtpPart *self = TL_FTP_PART (stream);
  gssize n;

  if (self->left == 0)
    return 0;
  n = g_input_stream_read (g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream)), buffer, (gsize) MIN ((gint64) count, self->left),
                           cancellable, error);
  if (n > 0)
    self->left -= n;
  return n;
}

static void
tl_ftp_part_class_init (TlFtpPartClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = tl_ftp_part_read;
}

static void
tl_ftp_part_init (TlFtpPart *self)
{
}

GInputStream *
tl_ftp_part_new (GInputStream *stream,
                 gint64        length)
{
  TlFtpPart *self = g_object_new (TL_TYPE_FTP_PART, "base-stream", stream, NULL);

  self->left = length;
  return G_INPUT_STREAM (self);
}
