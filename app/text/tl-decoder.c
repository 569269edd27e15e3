/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlDecoder: bytes of a stream, piece by piece, to text that can be shown. */
#include "tl-decoder.h"

#include <errno.h>
#include <string.h>

struct _TlDecoder
{
  TlCharset charset;
  guint8    pending[TL_DECODER_MAX_PENDING];
  guint8    n_pending;
};

static void
append_escaped (GString      *out,
                const guint8 *data,
                gsize         length)
{
  static const char digits[] = "0123456789ABCDEF";

  for (gsize i = 0; i < length; i++)
    {
      char escape[4] = { '\\', 'x', digits[data[i] >> 4], digits[data[i] & 0xf] };

      g_string_append_len (out, escape, sizeof escape);
    }
}

/* NUL would end the text for everyone who reads it as a C string. */
static void
append_text (GString    *out,
             const char *text,
             gsize       length)
{
  const char *nul;

  while ((nul = memchr (text, '\0', length)) != NULL)
    {
      g_string_append_len (out, text, nul - text);
      g_string_append_unichar (out, 0x2400);
      length -= (gsize) (nul + 1 - text);
      text = nul + 1;
    }

  g_string_append_len (out, text, (gssize) length);
}

/* The bytes of the character that begins at @p: its length, 0 when it goes on after @n, or -1. RFC 3629, section 4. */
static int
utf8_step (const guint8 *p,
           gsize         n)
{
  guint8 low = 0x80, high = 0xbf;
  int length;

  if (p[0] < 0x80)
    return 1;
  else if (p[0] >= 0xc2 && p[0] <= 0xdf)
    length = 2;
  else if (p[0] >= 0xe0 && p[0] <= 0xef)
    length = 3;
  else if (p[0] >= 0xf0 && p[0] <= 0xf4)
    length = 4;
  else
    return -1;

  if (p[0] == 0xe0)
    low = 0xa0;
  else if (p[0] == 0xed)
    high = 0x9f;
  else if (p[0] == 0xf0)
    low = 0x90;
  else if (p[0] == 0xf4)
    high = 0x8f;

  for (int i = 1; i < length; i++)
    {
      if ((gsize) i == n)
        return 0;
      if (p[i] < low || p[i] > high)
        return -1;
      low = 0x80;
      high = 0xbf;
    }

  return length;
}

static gsize
run_utf8 (const guint8 *data,
          gsize         length,
          GString      *out)
{
  gsize done = 0;

  while (done < length)
    {
      const char *start = (const char *) data + done;
      const char *end;
      int step;

      g_utf8_validate_len (start, length - done, &end);
      g_string_append_len (out, start, end - start);
      done += (gsize) (end - start);
      if (done == length)
        break;

      step = utf8_step (data + done, length - done);
      if (step == 0)
        break;

      if (step < 0)
        append_escaped (out, data + done, 1);
      else
        append_text (out, (const char *) data + done, (gsize) step);
      done += (gsize) ABS (step);
    }

  return done;
}

static gsize
run_latin1 (const guint8 *data,
            gsize         length,
            GString      *out)
{
  gsize done = 0;

  while (done < length)
    {
      gsize start = done;

      while (done < length && data[done] != 0 && data[done] < 0x80)
        done++;
      g_string_append_len (out, (const char *) data + start, (gssize) (done - start));

      if (done < length)
        {
          g_string_append_unichar (out, data[done] == 0 ? 0x2400 : data[done]);
          done++;
        }
    }

  return done;
}

/* Not through iconv: after half a surrogate pair it would go on at an odd byte. */
static gsize
run_utf16 (const guint8 *data,
           gsize         length,
           gboolean      big_endian,
           GString      *out)
{
  guint first = big_endian ? 0 : 1;
  gsize done = 0;

  while (length - done >= 2)
    {
      const guint8 *p = data + done;
      gunichar unit = (gunichar) p[first] << 8 | p[1 - first];
      gunichar next;

      if (unit < 0xd800 || unit > 0xdfff)
        {
          g_string_append_unichar (out, unit == 0 ? 0x2400 : unit);
          done += 2;
          continue;
        }

      /* The high byte of the second half comes last in little endian. */
      if (unit < 0xdc00 && length - done < 4)
        break;

      next = unit < 0xdc00 ? (gunichar) p[2 + first] << 8 | p[3 - first] : 0;
      if (next >= 0xdc00 && next <= 0xdfff)
        {
          g_string_append_unichar (out, 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00));
          done += 4;
        }
      else
        {
          append_escaped (out, p, 2);
          done += 2;
        }
    }

  return done;
}

/* One character, or one byte that begins none. Returns the number of bytes it took, or 0 when it goes on after @length. */
static gsize
step_iconv (GIConv        cd,
            const guint8 *data,
            gsize         length,
            GString      *out)
{
  for (gsize n = 1; n < TL_DECODER_MAX_PENDING; n++)
    {
      char buffer[32];
      char *in = (char *) data;
      char *p = buffer;
      gsize left = n;
      gsize room = sizeof buffer;

      if (n > length)
        return 0;
      if (cd == NULL)
        break;

      if (g_iconv (cd, &in, &left, &p, &room) != (gsize) -1)
        {
          append_text (out, buffer, (gsize) (p - buffer));
          return n;
        }
      if (errno != EINVAL)
        break;
    }

  if (cd == NULL && data[0] < 0x80)
    append_text (out, (const char *) data, 1);
  else
    append_escaped (out, data, 1);
  return 1;
}

static gsize
run_iconv (TlCharset     charset,
           const guint8 *data,
           gsize         length,
           GString      *out)
{
  GIConv cd = tl_charset_get_converter (charset);
  gsize done = 0;

  while (done < length)
    {
      char buffer[4096];
      char *in = (char *) data + done;
      char *p = buffer;
      gsize left = length - done;
      gsize room = sizeof buffer;
      gsize stop;

      if (cd != NULL && (g_iconv (cd, &in, &left, &p, &room) != (gsize) -1 || errno == E2BIG))
        {
          append_text (out, buffer, (gsize) (p - buffer));
          done = length - left;
          continue;
        }

      /* Where it stopped is not to be trusted: glibc's CP949 is already behind A2 E8 when it says that this is nothing. So this piece is done
       * again by the character, as far as the buffer would have reached at most. */
      for (stop = MIN (length, done + sizeof buffer); done < stop;)
        {
          gsize n = step_iconv (cd, data + done, length - done, out);

          if (n == 0)
            return done;
          done += n;
        }
    }

  return done;
}

/* Appends what is complete in @data and returns how many bytes that took; the rest begins a character. */
static gsize
run (TlDecoder    *self,
     const guint8 *data,
     gsize         length,
     GString      *out)
{
  switch (self->charset)
    {
    case TL_CHARSET_UTF_8:
      return run_utf8 (data, length, out);

    case TL_CHARSET_ISO_8859_1:
      return run_latin1 (data, length, out);

    case TL_CHARSET_UTF_16LE:
    case TL_CHARSET_UTF_16BE:
      return run_utf16 (data, length, self->charset == TL_CHARSET_UTF_16BE, out);

    case TL_CHARSET_GB18030:
    case TL_CHARSET_GBK:
    case TL_CHARSET_BIG5:
    case TL_CHARSET_SHIFT_JIS:
    case TL_CHARSET_EUC_KR:
    default:
      return run_iconv (self->charset, data, length, out);
    }
}

TlDecoder *
tl_decoder_new (TlCharset charset)
{
  TlDecoder *self;

  g_return_val_if_fail ((guint) charset < TL_N_CHARSETS, NULL);

  self = g_new0 (TlDecoder, 1);
  self->charset = charset;

  return self;
}

void
tl_decoder_free (TlDecoder *self)
{
  g_free (self);
}

void
tl_decoder_feed (TlDecoder    *self,
                 const guint8 *data,
                 gsize         length,
                 GString      *out)
{
  gsize done;

  g_return_if_fail (self != NULL && out != NULL);
  g_return_if_fail (data != NULL || length == 0);

  if (length == 0)
    return;

  if (self->n_pending > 0)
    {
      /* Enough to finish every character that the pending bytes begin, even when each of them turns out to be none. */
      guint8 seam[2 * TL_DECODER_MAX_PENDING];
      gsize borrowed = MIN (length, TL_DECODER_MAX_PENDING);
      gsize n_seam = self->n_pending + borrowed;

      memcpy (seam, self->pending, self->n_pending);
      memcpy (seam + self->n_pending, data, borrowed);
      done = run (self, seam, n_seam, out);

      if (borrowed == length)
        {
          self->n_pending = (guint8) (n_seam - done);
          memcpy (self->pending, seam + done, self->n_pending);
          return;
        }

      g_assert (done >= self->n_pending);
      data += done - self->n_pending;
      length -= done - self->n_pending;
    }

  done = run (self, data, length, out);
  self->n_pending = (guint8) (length - done);
  memcpy (self->pending, data + done, self->n_pending);
}

void
tl_decoder_flush (TlDecoder *self,
                  GString   *out)
{
  g_return_if_fail (self != NULL && out != NULL);

  append_escaped (out, self->pending, self->n_pending);
  self->n_pending = 0;
}

gsize
tl_decoder_get_pending (TlDecoder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_pending;
}

char *
tl_decode (TlCharset     charset,
           const guint8 *data,
           gsize         length)
{
  g_autoptr (TlDecoder) self = tl_decoder_new (charset);
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_sized_new (length + 16);
  tl_decoder_feed (self, data, length, out);
  tl_decoder_flush (self, out);

  return g_string_free (out, FALSE);
}
