/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All places of a pattern in raw bytes. */

#include "tl-pattern-private.h"

#include "tl-decoder.h"

#include <string.h>

/* Text that was decoded, and for each of its bytes where the character began and ended in the bytes that it was decoded from. */
typedef struct {
  char    *text;
  gsize    length;
  guint32 *begins;  /* NULL: the text is the bytes */
  guint32 *ends;
} Decoded;

static void
decoded_clear (Decoded *self)
{
  g_free (self->text);
  g_free (self->begins);
  g_free (self->ends);
}

static void
decode (Decoded      *self,
        TlCharset     charset,
        const guint8 *data,
        gsize         length)
{
  g_autoptr (TlDecoder) decoder = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (GArray) begins = NULL;
  g_autoptr (GArray) ends = NULL;
  guint32 begin = 0;

  *self = (Decoded) { .text = tl_decode (charset, data, length) };
  self->length = strlen (self->text);
  if (self->length == length && memcmp (self->text, data, length) == 0)
    return;

  decoder = tl_decoder_new (charset);
  text = g_string_sized_new (self->length + 1);
  begins = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint) self->length);
  ends = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint) self->length);
  for (guint32 i = 0; i <= length; i++)
    {
      const gsize before = text->len;

      if (i < length)
        tl_decoder_feed (decoder, data + i, 1, text);
      else
        tl_decoder_flush (decoder, text);
      for (gsize k = before; k < text->len; k++)
        {
          const guint32 end = MIN (i + 1, (guint32) length) - (guint32) tl_decoder_get_pending (decoder);

          g_array_append_val (begins, begin);
          g_array_append_val (ends, end);
        }
      if (text->len > before)
        begin = MIN (i + 1, (guint32) length) - (guint32) tl_decoder_get_pending (decoder);
    }
  g_free (self->text);
  self->length = text->len;
  self->text = g_string_free (g_steal_pointer (&text), FALSE);
  self->begins = (guint32 *) (void *) g_array_free (g_steal_pointer (&begins), FALSE);
  self->ends = (guint32 *) (void *) g_array_free (g_steal_pointer (&ends), FALSE);
}

/* What of the bytes a part of the text stands for. */
static TlPatternRange
to_bytes (const Decoded *self,
          gsize          start,
          gsize          end)
{
  if (self->begins == NULL)
    return (TlPatternRange) { (guint32) start, (guint32) end };
  return (TlPatternRange) { self->begins[start], self->ends[end - 1] };
}

static guint
find_bytes (TlPattern      *self,
            const guint8   *data,
            gsize           length,
            TlPatternRange *ranges,
            guint           max)
{
  const gsize n = self->bytes->len;
  gsize at = 0;
  guint n_ranges = 0;

  while (n_ranges < max && at + n <= length)
    {
      const guint8 *found;

      if (self->mask != NULL)
        {
          for (found = data + at; found + n <= data + length && !tl_pattern_is_masked_match (self, found); found++)
            ;
          if (found + n > data + length)
            break;
        }
      else
        {
          found = self->fold ? tl_pattern_find_folded (self, data + at, length - at) : memmem (data + at, length - at, self->bytes->data, n);
          if (found == NULL)
            break;
        }
      ranges[n_ranges++] = (TlPatternRange) { (guint32) (found - data), (guint32) (found - data + n) };
      at = (gsize) (found - data) + n;
    }
  return n_ranges;
}

/* Without regard to case, by letters: folded letters may have another length, so that each knows where it comes from. */
static guint
find_letters (TlPattern      *self,
              const guint8   *data,
              const Decoded  *decoded,
              TlPatternRange *ranges,
              guint           max)
{
  g_autoptr (GString) folded = g_string_sized_new (decoded->length + 16);
  g_autoptr (GArray) origins = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint) decoded->length + 16);
  const char *needle = self->folded != NULL ? self->folded : self->text;
  const gsize n = strlen (needle);
  guint n_ranges = 0;

  for (const char *p = decoded->text; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *letter = self->folded != NULL ? g_utf8_casefold (p, g_utf8_next_char (p) - p) : g_strndup (p, (gsize) (g_utf8_next_char (p) - p));
      const guint32 origin = (guint32) (p - decoded->text);

      g_string_append (folded, letter);
      while (origins->len < folded->len)
        g_array_append_val (origins, origin);
    }
  for (const char *at = folded->str; n_ranges < max && (at = strstr (at, needle)) != NULL;)
    {
      const guint32 start = g_array_index (origins, guint32, at - folded->str);
      const guint32 last = g_array_index (origins, guint32, at - folded->str + n - 1);
      const TlPatternRange range = to_bytes (decoded, start, (gsize) (g_utf8_next_char (decoded->text + last) - decoded->text));

      /* Letters of an escape that stands for a byte are none of the message's. */
      if (tl_pattern_matches (self, data + range.start, range.end - range.start))
        {
          ranges[n_ranges++] = range;
          at += n;
        }
      else
        at = g_utf8_next_char (at);
    }
  return n_ranges;
}

static guint
find_regex (TlPattern      *self,
            const Decoded  *decoded,
            TlPatternRange *ranges,
            guint           max)
{
  g_autoptr (GMatchInfo) match = NULL;
  guint n_ranges = 0;

  for (gboolean more = g_regex_match (self->regex, decoded->text, 0, &match); more && n_ranges < max; more = g_match_info_next (match, NULL))
    {
      int start, end;

      /* A match of nothing has no place that could be shown. */
      if (g_match_info_fetch_pos (match, 0, &start, &end) && end > start)
        ranges[n_ranges++] = to_bytes (decoded, (gsize) start, (gsize) end);
    }
  return n_ranges;
}

guint
tl_pattern_find (TlPattern      *self,
                 const guint8   *data,
                 gsize           length,
                 TlPatternRange *ranges,
                 guint           max)
{
  Decoded decoded;
  guint n_ranges;

  if (length < tl_pattern_get_min_length (self) || length > G_MAXINT32)
    return 0;
  if (self->kind == TL_PATTERN_HEX || (self->kind == TL_PATTERN_TEXT && self->bytes != NULL && !tl_pattern_has_letters_inside (self->charset)))
    return find_bytes (self, data, length, ranges, max);
  decode (&decoded, self->charset, data, length);
  n_ranges = self->kind == TL_PATTERN_REGEX ? find_regex (self, &decoded, ranges, max) : find_letters (self, data, &decoded, ranges, max);
  decoded_clear (&decoded);
  return n_ranges;
}
