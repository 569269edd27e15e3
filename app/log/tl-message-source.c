/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that can be read without making objects, and the text of a row as it reads in its stream. */

#include "tl-message-source.h"

#include "tl-decoder.h"

struct _TlRowDecoder
{
  TlDecoder *decoder;
  gsize alone;      /* bytes at the beginning that stand for themselves */
  gboolean is_last; /* nothing will complete what is left at the end */
};

static guint ready_signal;

G_DEFINE_INTERFACE (TlMessageSource, tl_message_source, G_TYPE_LIST_MODEL)

/* In all the double-byte sets, and in GB18030, no byte below this is a part of a longer character. */
#define FIRST_TRAIL_BYTE 0x30
/* The longest unfinished character of UTF-8, and of UTF-16 (a surrogate and a half). */
#define MAX_UNFINISHED 3

static gboolean
is_utf_16 (TlCharset charset)
{
  return charset == TL_CHARSET_UTF_16LE || charset == TL_CHARSET_UTF_16BE;
}

/* From where in @data, which begins at @offset in its stream, a decoder can start without being in the middle of a character,
 * or -1 when what comes before it has to be looked at too. */
static gssize
find_start (TlCharset     charset,
            const guint8 *data,
            gsize         length,
            guint64       offset)
{
  if (charset == TL_CHARSET_ISO_8859_1)
    return length;

  if (charset == TL_CHARSET_UTF_8 || is_utf_16 (charset))
    {
      gsize start;

      if (length < MAX_UNFINISHED)
        return -1;
      start = length - MAX_UNFINISHED;
      /* In UTF-16 only even offsets begin a unit: take one byte more, or one less. */
      if (is_utf_16 (charset) && (offset + start) % 2 != 0)
        start += start == 0 ? 1 : -1;
      return start;
    }

  for (gsize i = length; i > 0; i--)
    if (data[i - 1] < FIRST_TRAIL_BYTE)
      return i;
  return -1;
}

/* The bytes of the stream that stand before a row, as far back as is needed to know where characters begin.
 * @offset: where the row begins in its stream; gets where the bytes returned begin. */
static GByteArray *
collect_context (TlMessageSource *self,
                 guint            position,
                 TlCharset        charset,
                 guint64         *offset)
{
  GByteArray *context = g_byte_array_new ();
  guint earliest = position - MIN (position, TL_MESSAGE_SOURCE_LOOKBACK_ROWS);

  while (context->len < TL_MESSAGE_SOURCE_LOOKBACK_BYTES &&
         tl_message_source_previous (self, position, &position) && position >= earliest)
    {
      g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (self, position);
      gsize length = 0;
      const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
      gsize skip = length - MIN (length, TL_MESSAGE_SOURCE_LOOKBACK_BYTES);
      gssize start;

      if (length == 0)
        continue;
      g_byte_array_prepend (context, data + skip, length - skip);
      *offset -= length - skip;
      start = find_start (charset, context->data, context->len, *offset);
      if (start >= 0)
        {
          g_byte_array_remove_range (context, 0, start);
          *offset += start;
          break;
        }
      if (skip > 0)
        break;
    }

  return context;
}

/* Brings a decoder to where it is when the row begins. Returns how many bytes of the row stand for themselves because the first half of
 * their UTF-16 unit is not to be had. */
static gsize
prepare_decoder (TlDecoder       *decoder,
                 TlMessageSource *self,
                 guint            position,
                 TlCharset        charset,
                 guint64          offset)
{
  g_autoptr (GByteArray) context = collect_context (self, position, charset, &offset);
  g_autoptr (GString) unused = g_string_new (NULL);
  gsize skip = is_utf_16 (charset) ? offset % 2 : 0;

  if (context->len < skip)
    return skip;
  if (context->len > skip)
    tl_decoder_feed (decoder, context->data + skip, context->len - skip, unused);
  return 0;
}

static char *
decode_alone (TlCharset     charset,
              const guint8 *data,
              gsize         length,
              gboolean      is_cut)
{
  g_autoptr (TlDecoder) decoder = tl_decoder_new (charset);
  GString *text = g_string_sized_new (length + 16);

  tl_decoder_feed (decoder, data, length, text);
  if (!is_cut)
    tl_decoder_flush (decoder, text);

  return g_string_free (text, FALSE);
}

static char *
decode_in_stream (TlMessageSource *self,
                  guint            position,
                  TlCharset        charset,
                  guint64          offset,
                  const guint8    *data,
                  gsize            length,
                  gboolean         is_cut)
{
  g_autoptr (TlDecoder) decoder = tl_decoder_new (charset);
  GString *text = g_string_sized_new (length + 16);
  gsize alone = prepare_decoder (decoder, self, position, charset, offset);
  guint next;

  alone = MIN (alone, length);
  for (gsize i = 0; i < alone; i++)
    g_string_append_printf (text, "\\x%02X", data[i]);
  if (length > alone)
    tl_decoder_feed (decoder, data + alone, length - alone, text);
  if (!is_cut && tl_decoder_get_pending (decoder) > 0 && !tl_message_source_next (self, position, &next))
    tl_decoder_flush (decoder, text);

  return g_string_free (text, FALSE);
}

static gboolean
find_previous (TlMessageSource *self,
               guint            position,
               guint           *previous)
{
  TlMessageInfo info, other;
  guint earliest = position - MIN (position, TL_MESSAGE_SOURCE_LOOKBACK_ROWS);

  if (!tl_message_source_peek (self, position, &info) || !TL_MESSAGE_KIND_IS_DATA (info.kind) || info.offset == 0)
    return FALSE;

  for (guint i = position; i > earliest; i--)
    if (tl_message_source_peek (self, i - 1, &other) && other.peer == info.peer && other.kind == info.kind)
      {
        *previous = i - 1;
        return TRUE;
      }
  return FALSE;
}

static guint64
get_id (TlMessageSource *self,
        guint            position)
{
  TlMessageInfo info;

  return tl_message_source_peek (self, position, &info) ? info.id : 0;
}

static void
tl_message_source_default_init (TlMessageSourceInterface *iface)
{
  iface->get_id = get_id;
  iface->previous = find_previous;
  ready_signal = g_signal_new ("ready", TL_TYPE_MESSAGE_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
tl_message_source_tell_ready (TlMessageSource *self)
{
  g_return_if_fail (TL_IS_MESSAGE_SOURCE (self));

  g_signal_emit (self, ready_signal, 0);
}

gboolean
tl_message_source_peek (TlMessageSource *self,
                        guint            position,
                        TlMessageInfo   *info)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (self), FALSE);
  g_return_val_if_fail (info != NULL, FALSE);
  return TL_MESSAGE_SOURCE_GET_IFACE (self)->peek (self, position, info);
}

guint64
tl_message_source_get_id (TlMessageSource *self,
                          guint            position)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (self), 0);
  return TL_MESSAGE_SOURCE_GET_IFACE (self)->get_id (self, position);
}

GBytes *
tl_message_source_dup_bytes (TlMessageSource *self,
                             guint            position)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (self), NULL);
  return TL_MESSAGE_SOURCE_GET_IFACE (self)->dup_bytes (self, position);
}

const char *
tl_message_source_peer_name (TlMessageSource *self,
                             guint32          peer)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (self), NULL);
  return TL_MESSAGE_SOURCE_GET_IFACE (self)->peer_name (self, peer);
}

gboolean
tl_message_source_is_ready (TlMessageSource *self,
                            guint            position)
{
  TlMessageSourceInterface *iface;

  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (self), TRUE);
  iface = TL_MESSAGE_SOURCE_GET_IFACE (self);
  return iface->is_ready == NULL || iface->is_ready (self, position);
}

/* Whether what stands before the row in its stream, as far back as collect_context() goes, is at hand. */
static gboolean
is_context_ready (TlMessageSource     *self,
                  guint                position,
                  const TlMessageInfo *info,
                  TlCharset            charset)
{
  const guint earliest = position - MIN (position, TL_MESSAGE_SOURCE_LOOKBACK_ROWS);
  guint64 offset = info->offset, n_bytes = 0;

  for (guint i = position; i > earliest && offset > 0 && n_bytes < TL_MESSAGE_SOURCE_LOOKBACK_BYTES; i--)
    {
      g_autoptr (GBytes) bytes = NULL;
      TlMessageInfo other;

      if (!tl_message_source_is_ready (self, i - 1))
        return FALSE;
      if (!tl_message_source_peek (self, i - 1, &other) || other.peer != info->peer || other.kind != info->kind || other.length == 0)
        continue;
      bytes = tl_message_source_dup_bytes (self, i - 1);
      if (find_start (charset, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), other.offset) >= 0)
        return TRUE;
      offset = other.offset;
      n_bytes += other.length;
    }
  return TRUE;
}

/* Whether it is at hand which row goes on where this one ends. */
static gboolean
is_next_ready (TlMessageSource     *self,
               guint                position,
               const TlMessageInfo *info)
{
  TlMessageInfo other;

  for (guint i = position + 1; i - position <= TL_MESSAGE_SOURCE_LOOKBACK_ROWS; i++)
    {
      if (!tl_message_source_is_ready (self, i))
        return FALSE;
      if (!tl_message_source_peek (self, i, &other) || (other.peer == info->peer && other.kind == info->kind))
        break;
    }
  return TRUE;
}

TlMessageSource *
tl_message_source_get_origin (TlMessageSource *self,
                              guint           *position)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (self), NULL);

  for (;;)
    {
      TlMessageSource *(*get_origin) (TlMessageSource *, guint *) = TL_MESSAGE_SOURCE_GET_IFACE (self)->origin;
      TlMessageSource *origin = get_origin != NULL ? get_origin (self, position) : NULL;

      if (origin == NULL)
        return self;
      self = origin;
    }
}

gboolean
tl_message_source_is_text_ready (TlMessageSource *self,
                                 guint            position,
                                 TlCharset        charset,
                                 gboolean         is_datagram)
{
  TlMessageInfo info;

  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (self), TRUE);

  if (TL_MESSAGE_SOURCE_GET_IFACE (self)->is_ready == NULL)
    return TRUE;
  self = tl_message_source_get_origin (self, &position);
  if (!tl_message_source_is_ready (self, position))
    return FALSE;
  if (is_datagram || !tl_message_source_peek (self, position, &info) || !TL_MESSAGE_KIND_IS_DATA (info.kind))
    return TRUE;
  return is_context_ready (self, position, &info, charset) && is_next_ready (self, position, &info);
}

gboolean
tl_message_source_find_id (TlMessageSource *self,
                           guint64          id,
                           guint           *position)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (self), FALSE);
  g_return_val_if_fail (position != NULL, FALSE);
  return TL_MESSAGE_SOURCE_GET_IFACE (self)->find_id (self, id, position);
}

gboolean
tl_message_source_previous (TlMessageSource *self,
                            guint            position,
                            guint           *previous)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (self), FALSE);
  g_return_val_if_fail (previous != NULL, FALSE);
  return TL_MESSAGE_SOURCE_GET_IFACE (self)->previous (self, position, previous);
}

gboolean
tl_message_source_next (TlMessageSource *self,
                        guint            position,
                        guint           *next)
{
  TlMessageInfo info, other;

  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (self), FALSE);
  g_return_val_if_fail (next != NULL, FALSE);

  if (!tl_message_source_peek (self, position, &info))
    return FALSE;

  for (guint i = 1; i <= TL_MESSAGE_SOURCE_LOOKBACK_ROWS; i++)
    {
      guint previous;

      if (!tl_message_source_peek (self, position + i, &other))
        return FALSE;
      if (other.peer != info.peer || other.kind != info.kind)
        continue;
      if (!tl_message_source_previous (self, position + i, &previous) || previous != position)
        return FALSE;
      *next = position + i;
      return TRUE;
    }
  return FALSE;
}

char *
tl_message_source_decode (TlMessageSource *self,
                          guint            position,
                          TlCharset        charset,
                          gboolean         is_datagram,
                          gsize            max_bytes)
{
  g_autoptr (GBytes) bytes = NULL;
  TlMessageInfo info;
  const guint8 *data;
  gsize length;
  gboolean is_cut;

  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (self), NULL);

  self = tl_message_source_get_origin (self, &position);
  if (!tl_message_source_peek (self, position, &info) ||
      (bytes = tl_message_source_dup_bytes (self, position)) == NULL)
    return g_strdup ("");

  data = g_bytes_get_data (bytes, &length);
  is_cut = max_bytes > 0 && length > max_bytes;
  if (is_cut)
    length = max_bytes;

  if (!TL_MESSAGE_KIND_IS_DATA (info.kind))
    return decode_alone (TL_CHARSET_UTF_8, data, length, is_cut);
  if (is_datagram)
    return decode_alone (charset, data, length, is_cut);
  return decode_in_stream (self, position, charset, info.offset, data, length, is_cut);
}

TlRowDecoder *
tl_message_source_begin_decode (TlMessageSource *self,
                                guint            position,
                                TlCharset        charset,
                                gboolean         is_datagram)
{
  TlRowDecoder *row;
  TlMessageInfo info;
  guint next;

  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (self), NULL);

  self = tl_message_source_get_origin (self, &position);
  if (!tl_message_source_peek (self, position, &info))
    return NULL;
  row = g_new0 (TlRowDecoder, 1);
  row->is_last = TRUE;
  row->decoder = tl_decoder_new (TL_MESSAGE_KIND_IS_DATA (info.kind) ? charset : TL_CHARSET_UTF_8);
  if (TL_MESSAGE_KIND_IS_DATA (info.kind) && !is_datagram)
    {
      row->alone = prepare_decoder (row->decoder, self, position, charset, info.offset);
      row->is_last = !tl_message_source_next (self, position, &next);
    }
  return row;
}

void
tl_row_decoder_feed (TlRowDecoder *self,
                     const guint8 *data,
                     gsize         length,
                     GString      *text)
{
  const gsize alone = MIN (self->alone, length);

  for (gsize i = 0; i < alone; i++)
    g_string_append_printf (text, "\\x%02X", data[i]);
  self->alone -= alone;
  if (length > alone)
    tl_decoder_feed (self->decoder, data + alone, length - alone, text);
}

char *
tl_row_decoder_run (TlRowDecoder *self,
                    GBytes       *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  GString *text = g_string_sized_new (length + 16);

  tl_row_decoder_feed (self, data, length, text);
  if (self->is_last)
    tl_decoder_flush (self->decoder, text);
  return g_string_free (text, FALSE);
}

void
tl_row_decoder_free (TlRowDecoder *self)
{
  tl_decoder_free (self->decoder);
  g_free (self);
}
