/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlFramer: where the messages of one byte stream end. */
#include "tl-framing.h"

#include <string.h>

#define MAX_PREFIX 4

struct _TlFramer
{
  TlFraming *framing;
  gsize      length;                     /* of the frame so far */
  gint64     last_time;
  guint      matched;                    /* bytes of the delimiter that the frame ends with */
  guint8     fallback[TL_FRAMING_MAX_DELIMITER];    /* how many still match when the next byte does not */
  gsize      expected;                   /* of a frame whose prefix is complete, else 0 */
  guint64    prefix;
};

/* The failure function of Knuth, Morris and Pratt: a delimiter may begin inside another's failed beginning. */
static void
prepare_delimiter (TlFramer *self)
{
  gsize length;
  const guint8 *delimiter = g_bytes_get_data (self->framing->delimiter, &length);
  guint matched = 0;

  for (gsize i = 1; i < length; i++)
    {
      while (matched > 0 && delimiter[i] != delimiter[matched])
        matched = self->fallback[matched - 1];
      if (delimiter[i] == delimiter[matched])
        matched++;
      self->fallback[i] = (guint8) matched;
    }
}

TlFramer *
tl_framer_new (const TlFraming *framing)
{
  TlFramer *self;

  g_return_val_if_fail (framing != NULL, NULL);
  g_return_val_if_fail (framing->kind != TL_FRAMING_DELIMITER ||
                        (framing->delimiter != NULL && g_bytes_get_size (framing->delimiter) >= 1 &&
                         g_bytes_get_size (framing->delimiter) <= TL_FRAMING_MAX_DELIMITER), NULL);
  g_return_val_if_fail (framing->kind != TL_FRAMING_LENGTH_PREFIX ||
                        (framing->prefix_size >= 1 && framing->prefix_size <= MAX_PREFIX), NULL);

  self = g_new0 (TlFramer, 1);
  self->framing = tl_framing_copy (framing);
  if (framing->kind == TL_FRAMING_DELIMITER)
    prepare_delimiter (self);

  return self;
}

void
tl_framer_free (TlFramer *self)
{
  if (self == NULL)
    return;

  tl_framing_free (self->framing);
  g_free (self);
}

static gsize
find_line_end (const guint8 *data,
               gsize         length,
               gboolean     *complete)
{
  const guint8 *end = memchr (data, '\n', length);

  *complete = end != NULL;
  return end != NULL ? (gsize) (end - data) + 1 : length;
}

static gsize
find_delimiter (TlFramer     *self,
                const guint8 *data,
                gsize         length,
                gboolean     *complete)
{
  gsize n_delimiter;
  const guint8 *delimiter = g_bytes_get_data (self->framing->delimiter, &n_delimiter);

  for (gsize i = 0; i < length; i++)
    {
      if (self->matched == 0)
        {
          const guint8 *first = memchr (data + i, delimiter[0], length - i);

          if (first == NULL)
            break;
          i = (gsize) (first - data);
        }

      while (self->matched > 0 && data[i] != delimiter[self->matched])
        self->matched = self->fallback[self->matched - 1];
      if (data[i] == delimiter[self->matched])
        self->matched++;

      if (self->matched == n_delimiter)
        {
          *complete = TRUE;
          return i + 1;
        }
    }

  return length;
}

static gsize
find_counted_end (TlFramer *self,
                  gsize     expected,
                  gsize     length,
                  gboolean *complete)
{
  gsize missing = expected > self->length ? expected - self->length : 0;

  *complete = length >= missing;
  return MIN (length, missing);
}

static gsize
find_prefixed_end (TlFramer     *self,
                   const guint8 *data,
                   gsize         length,
                   gboolean     *complete)
{
  const TlFraming *framing = self->framing;

  for (gsize i = 0; self->expected == 0; i++)
    {
      gsize place = self->length + i;
      guint64 total;

      if (place < framing->prefix_size)
        {
          if (i == length)
            return length;
          if (framing->little_endian)
            self->prefix |= (guint64) data[i] << (8 * place);
          else
            self->prefix = self->prefix << 8 | data[i];
          continue;
        }

      total = self->prefix + (framing->prefix_counts_itself ? 0 : framing->prefix_size);
      self->expected = (gsize) CLAMP (total, framing->prefix_size, TL_FRAME_MAX);
    }

  return find_counted_end (self, self->expected, length, complete);
}

gsize
tl_framer_feed (TlFramer     *self,
                const guint8 *data,
                gsize         length,
                gint64        time,
                gboolean     *complete)
{
  gsize used = length;
  gboolean at_max;

  g_return_val_if_fail (self != NULL && complete != NULL, length);
  g_return_val_if_fail (data != NULL || length == 0, length);

  *complete = self->framing->kind == TL_FRAMING_NONE;
  if (length == 0 || *complete)
    return length;

  self->last_time = time;
  at_max = length >= TL_FRAME_MAX - self->length;
  used = MIN (length, TL_FRAME_MAX - self->length);

  switch (self->framing->kind)
    {
    case TL_FRAMING_LINES:
      used = find_line_end (data, used, complete);
      break;

    case TL_FRAMING_DELIMITER:
      used = find_delimiter (self, data, used, complete);
      break;

    case TL_FRAMING_FIXED:
      used = find_counted_end (self, MAX (self->framing->fixed_length, 1), used, complete);
      break;

    case TL_FRAMING_LENGTH_PREFIX:
      used = find_prefixed_end (self, data, used, complete);
      break;

    case TL_FRAMING_NONE:
    case TL_FRAMING_IDLE_GAP:
    default:
      break;
    }

  if (!*complete && at_max)
    *complete = TRUE;

  if (*complete)
    tl_framer_reset (self);
  else
    self->length += used;

  return used;
}

gint64
tl_framer_get_gap_end (TlFramer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->framing->kind != TL_FRAMING_IDLE_GAP || self->length == 0)
    return 0;
  return MAX (1, self->last_time + (gint64) self->framing->gap_ms * 1000);
}

gboolean
tl_framer_gap_passed (TlFramer *self,
                      gint64    time)
{
  gint64 end = tl_framer_get_gap_end (self);

  return end != 0 && time >= end;
}

void
tl_framer_reset (TlFramer *self)
{
  g_return_if_fail (self != NULL);

  self->length = 0;
  self->matched = 0;
  self->expected = 0;
  self->prefix = 0;
}
