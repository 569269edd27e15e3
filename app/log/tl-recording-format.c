/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message after the other into packets, lines or bytes. */

#include "tl-recording-format.h"

#include "tl-decoder.h"
#include "tl-export-row.h"

/* Peers whose unfinished characters are remembered. */
#define MAX_STREAMS 65536

struct _TlRecordingFormat
{
  TlExportFormat  format;
  TlCharset       charset;
  gboolean        is_datagram;
  GString        *header;
  GString        *out;
  TlCapture      *capture;
  GHashTable     *streams;   /* peer → Stream */
};

/* [0]: what was received, [1]: what was sent */
typedef struct {
  TlDecoder *decoders[2];
  guint64    next[2];        /* the offset that goes on with it */
} Stream;

static void
stream_free (gpointer data)
{
  Stream *stream = data;

  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&stream->decoders[i], tl_decoder_free);
  g_free (stream);
}

TlRecordingFormat *
tl_recording_format_new (TlExportFormat        format,
                         TlCharset             charset,
                         gboolean              is_datagram,
                         const TlCaptureAbout *about)
{
  TlRecordingFormat *self = g_new0 (TlRecordingFormat, 1);
  g_autofree char *header = tl_message_export_header (format);

  self->format = format;
  self->charset = charset;
  self->is_datagram = is_datagram;
  self->out = g_string_new (header);
  self->streams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stream_free);
  if (format == TL_EXPORT_CAPTURE)
    {
      self->capture = tl_capture_new (self->out, about);
      tl_capture_flush (self->capture);
    }
  self->header = g_string_new_len (self->out->str, (gssize) self->out->len);
  g_string_truncate (self->out, 0);
  return self;
}

void
tl_recording_format_free (TlRecordingFormat *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->capture, tl_capture_free);
  g_hash_table_unref (self->streams);
  g_string_free (self->header, TRUE);
  g_string_free (self->out, TRUE);
  g_free (self);
}

const GString *
tl_recording_format_get_header (TlRecordingFormat *self)
{
  return self->header;
}

/* (transfer full): a character whose first bytes came with the message before comes out whole. */
static char *
decode (TlRecordingFormat   *self,
        const TlMessageInfo *info,
        const char          *peer,
        GBytes              *bytes)
{
  const guint side = info->kind == TL_MESSAGE_SENT ? 1 : 0;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  GString *text;
  Stream *stream;

  if (!TL_MESSAGE_KIND_IS_DATA (info->kind))
    return tl_decode (TL_CHARSET_UTF_8, data, length);
  if (self->is_datagram || peer == NULL)
    return tl_decode (self->charset, data, length);
  stream = g_hash_table_lookup (self->streams, peer);
  if (stream == NULL)
    {
      if (g_hash_table_size (self->streams) >= MAX_STREAMS)
        g_hash_table_remove_all (self->streams);
      stream = g_new0 (Stream, 1);
      g_hash_table_insert (self->streams, g_strdup (peer), stream);
    }
  if (stream->decoders[side] == NULL || stream->next[side] != info->offset)
    {
      g_clear_pointer (&stream->decoders[side], tl_decoder_free);
      stream->decoders[side] = tl_decoder_new (self->charset);
    }
  stream->next[side] = info->offset + length;
  text = g_string_sized_new (length + 16);
  tl_decoder_feed (stream->decoders[side], data, length, text);
  return g_string_free (text, FALSE);
}

void
tl_recording_format_add (TlRecordingFormat   *self,
                         const TlMessageInfo *info,
                         const char          *peer,
                         GBytes              *bytes)
{
  g_autofree char *text = NULL;

  if (self->capture != NULL)
    {
      tl_capture_add (self->capture, info, peer, g_bytes_get_data (bytes, NULL));
      tl_capture_flush (self->capture);
      return;
    }
  if (!TL_MESSAGE_KIND_IS_DATA (info->kind) && !tl_export_format_has_events (self->format))
    return;
  if (tl_export_format_has_events (self->format))
    text = decode (self, info, peer, bytes);
  tl_export_row_append (self->out, self->format, info, peer, text, bytes);
}

void
tl_recording_format_set_local (TlRecordingFormat *self,
                               const char        *peer,
                               const char        *local)
{
  if (self->capture == NULL)
    return;
  tl_capture_set_local (self->capture, peer, local);
  tl_capture_flush (self->capture);
}

void
tl_recording_format_begin_file (TlRecordingFormat *self)
{
  if (self->capture != NULL)
    tl_capture_begin_file (self->capture);
}

void
tl_recording_format_end (TlRecordingFormat *self)
{
  if (self->capture != NULL)
    tl_capture_end (self->capture);
}

GString *
tl_recording_format_get_out (TlRecordingFormat *self)
{
  return self->out;
}
