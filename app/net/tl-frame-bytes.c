/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame's row and bytes, from the rows of the source that it is spread over. */
#include "tl-frame-bytes.h"

#include <string.h>

static gboolean
peek_serial (TlFrameIndex    *index,
             TlMessageSource *source,
             guint64          serial,
             TlMessageInfo   *info)
{
  guint64 base = tl_frame_index_get_base (index);

  return serial >= base && tl_message_source_peek (source, (guint) (serial - base), info);
}

/* How many of the frame's bytes the source still has. */
static guint32
count_kept (const TlFrame   *frame,
            TlFrameIndex    *index,
            TlMessageSource *source)
{
  guint64 base = tl_frame_index_get_base (index);
  guint64 serial = frame->serial;
  guint64 kept = frame->stop;
  TlMessageInfo info;

  if (frame->serial < base)
    return 0;
  if (frame->span <= frame->serial - base)
    return frame->length;

  while (kept < frame->length && tl_frame_index_previous_row (index, serial, &serial) &&
         peek_serial (index, source, serial, &info))
    kept += info.length;

  return (guint32) MIN (frame->length, kept);
}

void
tl_frame_peek (const TlFrame   *frame,
               TlFrameIndex    *index,
               TlMessageSource *source,
               TlMessageInfo   *info)
{
  guint32 kept = count_kept (frame, index, source);

  /* A frame that was ended late, by a new connection, can lose its rows before those in front of it. */
  if (!peek_serial (index, source, frame->serial, info))
    *info = (TlMessageInfo) { .kind = TL_MESSAGE_RECEIVED };

  info->id = frame->id;
  info->length = kept;
  info->offset += frame->stop;
  info->offset -= kept;
}

static GBytes *
join (const TlFrame   *frame,
      guint32          kept,
      TlFrameIndex    *index,
      TlMessageSource *source)
{
  g_autofree guint8 *joined = g_malloc (kept);
  guint64 base = tl_frame_index_get_base (index);
  guint64 serial = frame->serial;
  guint32 left = kept;
  gsize stop = frame->stop;

  while (left > 0)
    {
      g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (source, (guint) (serial - base));
      gsize length = 0;
      const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
      gsize n;

      stop = MIN (stop, length);
      n = MIN (stop, left);
      if (n > 0)
        memcpy (joined + left - n, data + stop - n, n);
      left -= (guint32) n;
      stop = G_MAXSIZE;
      if (left > 0 && !tl_frame_index_previous_row (index, serial, &serial))
        break;
    }

  return left == 0 ? g_bytes_new_take (g_steal_pointer (&joined), kept) : g_bytes_new (joined + left, kept - left);
}

GBytes *
tl_frame_dup_bytes (const TlFrame   *frame,
                    TlFrameIndex    *index,
                    TlMessageSource *source)
{
  guint32 kept = count_kept (frame, index, source);
  g_autoptr (GBytes) bytes = NULL;

  if (kept == 0)
    return g_bytes_new (NULL, 0);
  if (kept > frame->stop)
    return join (frame, kept, index, source);

  bytes = tl_message_source_dup_bytes (source, (guint) (frame->serial - tl_frame_index_get_base (index)));
  if (bytes == NULL || g_bytes_get_size (bytes) < frame->stop)
    return g_bytes_new (NULL, 0);
  if (g_bytes_get_size (bytes) == kept)
    return g_steal_pointer (&bytes);
  return g_bytes_new_from_bytes (bytes, frame->stop - kept, kept);
}
