/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where what is looked for stands in the text that a row shows. */

#include "tl-message-marks.h"

#include "tl-escape.h"

#include <string.h>

/* A line of tl_hex_dump(). */
#define DUMP_WIDTH 16
#define DUMP_OFFSET 10 /* before the first byte */
#define DUMP_CHARS 61  /* before the first character */
/* A line half as wide, see tl_message_text_preview(). */
#define NARROW_DUMP_WIDTH 8
#define NARROW_DUMP_OFFSET 6
#define NARROW_DUMP_CHARS 31

/* Where a cut of the text comes to stand when each piece of it is made readable. */
static gsize
shown_length (const char *text,
              gsize       start,
              gsize       end,
              gboolean    keep_newlines,
              gboolean    spelled)
{
  g_autofree char *piece = g_strndup (text + start, end - start);
  g_autofree char *visible = tl_escape_visible (piece, keep_newlines);
  g_autofree char *named = spelled ? tl_message_text_spell_controls (visible) : NULL;
  const gsize length = strlen (named != NULL ? named : visible);

  /* The break of CR LF comes behind both. */
  return keep_newlines && end > start && text[end - 1] == '\r' && text[end] == '\n' ? length - 1 : length;
}

/* In @ranges bytes of the payload become bytes of the text that is shown. */
static void
marks_in_text (TlMessageSource *source,
               guint            position,
               TlCharset        charset,
               gboolean         is_datagram,
               gboolean         keep_newlines,
               gboolean         spelled,
               const guint8    *data,
               gsize            length,
               GArray          *ranges)
{
  g_autoptr (TlRowDecoder) decoder = tl_message_source_begin_decode (source, position, charset, is_datagram);
  g_autoptr (GString) text = g_string_new (NULL);
  guint32 *cuts = (guint32 *) (void *) ranges->data;
  gsize fed = 0, seen = 0, shown = 0;

  if (decoder == NULL)
    {
      g_array_set_size (ranges, 0);
      return;
    }
  /* The starts and ends are in order. First all of it as text, then as it is shown, so that a piece knows what follows it. */
  for (guint i = 0; i < ranges->len * 2; i++)
    {
      const gsize cut = MAX (cuts[i], fed);

      tl_row_decoder_feed (decoder, data + fed, cut - fed, text);
      fed = cut;
      cuts[i] = (guint32) text->len;
    }
  tl_row_decoder_feed (decoder, data + fed, length - fed, text);
  for (guint i = 0; i < ranges->len * 2; i++)
    {
      shown += shown_length (text->str, seen, cuts[i], keep_newlines, spelled);
      seen = cuts[i];
      cuts[i] = (guint32) shown;
    }
}

static void
marks_in_hex (GArray *ranges)
{
  for (guint i = 0; i < ranges->len; i++)
    {
      TlPatternRange *range = &g_array_index (ranges, TlPatternRange, i);

      *range = (TlPatternRange) { range->start * 3, range->end * 3 - 1 };
    }
}

/* One range in each line that it touches, for its bytes and for its characters. */
static GArray *
marks_in_dump (GArray   *ranges,
               gsize     length,
               gboolean  narrow)
{
  const guint width = narrow ? NARROW_DUMP_WIDTH : DUMP_WIDTH;
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (TlPatternRange));

  for (guint i = 0; i < ranges->len; i++)
    {
      const TlPatternRange range = g_array_index (ranges, TlPatternRange, i);

      for (guint32 at = range.start; at < range.end;)
        {
          const guint32 line = at / width, first = at % width, n = MIN (width - first, range.end - at), last = first + n - 1;
          /* All lines before it are full: offset, bytes, characters, the bars of the wide form, the line end. */
          const guint32 base = line * (narrow ? NARROW_DUMP_CHARS + width + 1 : DUMP_CHARS + width + 2);
          const guint32 offset = base + (narrow ? NARROW_DUMP_OFFSET : DUMP_OFFSET), chars = base + (narrow ? NARROW_DUMP_CHARS : DUMP_CHARS);
          const guint32 gap = narrow ? 0 : first >= 8, last_gap = narrow ? 0 : last >= 8;
          const TlPatternRange both[] = { { offset + first * 3 + gap, offset + last * 3 + last_gap + 2 }, { chars + first, chars + last + 1 } };

          g_array_append_vals (marks, both, 2);
          at += n;
        }
    }
  return marks;
}

GArray *
tl_message_marks_find (TlMessageSource *source,
                       guint            position,
                       TlLogMode        mode,
                       TlCharset        charset,
                       gboolean         is_datagram,
                       TlMessageShape   shape,
                       gboolean         spelled,
                       TlPattern       *pattern)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (TlPatternRange));
  g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (source, position);
  TlMessageInfo info;
  const guint8 *data;
  gsize length;

  if (bytes == NULL || !tl_message_source_peek (source, position, &info))
    return g_steal_pointer (&ranges);
  if (!TL_MESSAGE_KIND_IS_DATA (info.kind))
    mode = TL_LOG_MODE_TEXT;
  data = g_bytes_get_data (bytes, &length);
  length = MIN (length, tl_message_text_preview_bytes (mode, shape));

  g_array_set_size (ranges, TL_MESSAGE_MAX_MARKS);
  g_array_set_size (ranges, tl_pattern_find (pattern, data, length, (TlPatternRange *) (void *) ranges->data, TL_MESSAGE_MAX_MARKS));
  if (mode == TL_LOG_MODE_HEX_DUMP)
    return marks_in_dump (ranges, length, shape == TL_MESSAGE_SHAPE_BUBBLE);
  if (mode == TL_LOG_MODE_HEX)
    marks_in_hex (ranges);
  else
    marks_in_text (source, position, charset, is_datagram, shape != TL_MESSAGE_SHAPE_LINE, spelled, data, length, ranges);
  return g_steal_pointer (&ranges);
}

void
tl_message_marks_draw (GArray        *marks,
                       gsize          length,
                       PangoAttrList *list)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const TlPatternRange range = g_array_index (marks, TlPatternRange, i);
      /* Yellow under black reads in the light and in the dark style. */
      PangoAttribute *attributes[] = {
        pango_attr_background_new (0xf9f9, 0xf0f0, 0x6b6b),
        pango_attr_foreground_new (0, 0, 0),
      };

      for (gsize k = 0; k < G_N_ELEMENTS (attributes); k++)
        {
          attributes[k]->start_index = range.start;
          attributes[k]->end_index = MIN (range.end, (guint32) length);
          if (range.start < MIN (range.end, (guint32) length))
            pango_attr_list_insert (list, attributes[k]);
          else
            pango_attribute_destroy (attributes[k]);
        }
    }
}
