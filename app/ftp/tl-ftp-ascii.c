/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ends of lines, as TYPE A has them. */

#include "tl-ftp-ascii.h"

struct _TlFtpAscii
{
  GObject   parent_instance;

  gboolean  out;
  gboolean  behind_cr;    /* out: the byte before was one; in: it is still to be given out */
};

static void tl_ftp_ascii_converter_init (GConverterIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFtpAscii, tl_ftp_ascii, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER, tl_ftp_ascii_converter_init))

/* What becomes of one byte: 0 to 2 bytes in @made. */
static gsize
take_byte (TlFtpAscii *self,
           guint8      byte,
           guint8      made[2])
{
  const gboolean behind_cr = self->behind_cr;
  gsize n = 0;

  self->behind_cr = byte == '\r';
  if (self->out && byte == '\n' && !behind_cr)
    made[n++] = '\r';
  if (!self->out && behind_cr && byte != '\n')
    made[n++] = '\r';
  if (self->out || byte != '\r')
    made[n++] = byte;
  return n;
}

static GConverterResult
tl_ftp_ascii_convert (GConverter       *converter,
                      const void       *inbuf,
                      gsize             inbuf_size,
                      void             *outbuf,
                      gsize             outbuf_size,
                      GConverterFlags   flags,
                      gsize            *bytes_read,
                      gsize            *bytes_written,
                      GError          **error)
{
  TlFtpAscii *self = TL_FTP_ASCII (converter);
  const guint8 *from = inbuf;
  guint8 *to = outbuf;

  *bytes_read = *bytes_written = 0;
  while (*bytes_read < inbuf_size && outbuf_size - *bytes_written >= 2)
    *bytes_written += take_byte (self, from[(*bytes_read)++], to + *bytes_written);
  if (*bytes_read == inbuf_size && (flags & G_CONVERTER_INPUT_AT_END) != 0 && outbuf_size - *bytes_written >= 1)
    {
      if (!self->out && self->behind_cr)
        to[(*bytes_written)++] = '\r';
      self->behind_cr = FALSE;
      return G_CONVERTER_FINISHED;
    }
  if (*bytes_read == inbuf_size && (flags & G_CONVERTER_FLUSH) != 0)
    return G_CONVERTER_FLUSHED;
  if (*bytes_read > 0)
    return G_CONVERTER_CONVERTED;
  if (inbuf_size > 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no room");
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "nothing to convert");
  return G_CONVERTER_ERROR;
}

static void
tl_ftp_ascii_reset (GConverter *converter)
{
  TL_FTP_ASCII (converter)->behind_cr = FALSE;
}

static void
tl_ftp_ascii_converter_init (GConverterIface *iface)
{
  iface->convert = tl_ftp_ascii_convert;
  iface->reset = tl_ftp_ascii_reset;
}

static void
tl_ftp_ascii_class_init (TlFtpAsciiClass *klass)
{
}

static void
tl_ftp_ascii_init (TlFtpAscii *self)
{
}

GConverter *
tl_ftp_ascii_new (gboolean out)
{
  TlFtpAscii *self = g_object_new (TL_TYPE_FTP_ASCII, NULL);

  self->out = out;
  return G_CONVERTER (self);
}
