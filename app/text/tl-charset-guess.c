/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which character set bytes are most likely in. uchardet is good at texts and bad at names of two or three characters, for which it mostly says nothing or
 * Latin-1; so little text is judged here: by how likely its characters are in each set. */
#include "tl-charset.h"

#include <string.h>
#include <uchardet.h>

/* From so many bytes that are not ASCII on, uchardet is asked first. */
#define MUCH 48
#define MAX_LOOKED_AT (64 * 1024)

/* Costs: -100 ln P of one character, rounded. Of a text in a multi-byte set 60 % are not ASCII, of one in Latin-1 5 %; the rest is the share of the
 * characters' group, divided by its size. */
#define COST_INVALID 2500
#define COST_ASCII_LATIN 374
#define COST_ASCII 460

typedef struct {
  TlCharset charset;
  int       handicap;
  /* What one character at @p costs; *@used bytes. */
  int     (*cost) (const guint8 *p,
                   gsize         left,
                   gsize        *used);
} Model;

static gboolean
is_between (guint8 byte,
            guint8 low,
            guint8 high)
{
  return byte >= low && byte <= high;
}

static int
cost_gb18030 (const guint8 *p,
              gsize         left,
              gsize        *used)
{
  if (left >= 4 && is_between (p[0], 0x81, 0xfe) && is_between (p[1], '0', '9') && is_between (p[2], 0x81, 0xfe) && is_between (p[3], '0', '9'))
    {
      *used = 4;
      return 1800;
    }
  if (left < 2 || !is_between (p[0], 0x81, 0xfe) || !is_between (p[1], 0x40, 0xfe) || p[1] == 0x7f)
    return COST_INVALID;

  *used = 2;
  if (p[1] < 0xa1 || is_between (p[0], 0x81, 0xa0) || is_between (p[0], 0xaa, 0xaf) || p[0] > 0xf7)
    return 1460; /* what GBK added */
  if (p[0] == 0xa1 || p[0] == 0xa3)
    return 810;  /* punctuation, full-width */
  if (p[0] <= 0xa9)
    return 1160;
  if (p[0] <= 0xc8)
    return 914;  /* the frequent ones, by pinyin: a to r */
  return p[0] <= 0xd7 ? 862 : 1150;
}

static int
cost_big5 (const guint8 *p,
           gsize         left,
           gsize        *used)
{
  if (left < 2 || !is_between (p[0], 0xa1, 0xf9) || !(is_between (p[1], 0x40, 0x7e) || is_between (p[1], 0xa1, 0xfe)))
    return COST_INVALID;

  *used = 2;
  if (p[0] <= 0xa3)
    return 930;
  return p[0] <= 0xc6 ? 921 : 1290;
}

static int
cost_euc_kr (const guint8 *p,
             gsize         left,
             gsize        *used)
{
  if (left < 2 || !is_between (p[0], 0x81, 0xfd) || !is_between (p[1], 0x41, 0xfe) || is_between (p[1], 0x5b, 0x60) || is_between (p[1], 0x7b, 0x80))
    return COST_INVALID;

  *used = 2;
  if (p[1] < 0xa1 || p[0] < 0xa1)
    return p[0] <= 0xc6 ? 1420 : COST_INVALID;
  if (is_between (p[0], 0xb0, 0xc8))
    return 834; /* Hangul */
  return p[0] <= 0xac ? 1070 : 1290;
}

static int
cost_shift_jis (const guint8 *p,
                gsize         left,
                gsize        *used)
{
  if (is_between (p[0], 0xa1, 0xdf))
    return 856; /* half-width kana */
  if (left < 2 || !(is_between (p[0], 0x81, 0x9f) || is_between (p[0], 0xe0, 0xfc)) || !is_between (p[1], 0x40, 0xfc) || p[1] == 0x7f)
    return COST_INVALID;

  *used = 2;
  if ((p[0] == 0x82 && p[1] >= 0x9f) || (p[0] == 0x83 && p[1] <= 0x96))
    return 630; /* kana */
  if (p[0] <= 0x82)
    return 810;
  if (is_between (p[0], 0x88, 0x98))
    return 954;
  return p[0] >= 0xf0 || is_between (p[0], 0x83, 0x87) ? 1250 : 1290;
}

static int
cost_latin1 (const guint8 *p,
             gsize         left,
             gsize        *used)
{
  if (p[0] >= 0xc0)
    return 720;
  return p[0] >= 0xa0 ? 880 : 1200;
}

/* In the order of preference, by which those that cost the same are chosen. */
static const Model models[] = {
  { TL_CHARSET_GB18030, 0, cost_gb18030 },
  { TL_CHARSET_BIG5, 150, cost_big5 },
  { TL_CHARSET_SHIFT_JIS, 200, cost_shift_jis },
  { TL_CHARSET_EUC_KR, 250, cost_euc_kr },
  { TL_CHARSET_ISO_8859_1, 100, cost_latin1 },
};

static gint64
measure (const Model  *model,
         const guint8 *data,
         gsize         length,
         gint64        limit)
{
  gint64 cost = model->handicap;

  for (gsize i = 0; i < length && cost < limit;)
    {
      gsize used = 1;

      if (data[i] < 0x80)
        cost += model->charset == TL_CHARSET_ISO_8859_1 ? COST_ASCII_LATIN : COST_ASCII;
      else
        cost += model->cost (data + i, length - i, &used);
      i += used;
    }
  return cost;
}

static TlCharset
guess_by_characters (const guint8 *data,
                     gsize         length)
{
  TlCharset charset = TL_CHARSET_GB18030;
  gint64 best = G_MAXINT64;

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      gint64 cost = measure (&models[i], data, length, best);

      if (cost < best)
        {
          best = cost;
          charset = models[i].charset;
        }
    }
  return charset;
}

static const struct {
  const char *name; /* what uchardet calls it */
  TlCharset   charset;
} names[] = {
  { "GB18030", TL_CHARSET_GB18030 },
  { "BIG5", TL_CHARSET_BIG5 },
  { "SHIFT_JIS", TL_CHARSET_SHIFT_JIS },
  { "EUC-KR", TL_CHARSET_EUC_KR },
  { "UHC", TL_CHARSET_EUC_KR },
};

/* False unless it is one of the multi-byte sets: it takes many a thing for Latin. */
static gboolean
guess_by_uchardet (const guint8 *data,
                   gsize         length,
                   TlCharset    *charset)
{
  uchardet_t detector = uchardet_new ();
  gboolean found = FALSE;

  if (uchardet_handle_data (detector, (const char *) data, length) == 0)
    {
      const char *name;

      uchardet_data_end (detector);
      name = uchardet_get_charset (detector);
      for (gsize i = 0; i < G_N_ELEMENTS (names) && !found; i++)
        {
          if (g_ascii_strcasecmp (name, names[i].name) == 0)
            {
              *charset = names[i].charset;
              found = TRUE;
            }
        }
    }
  uchardet_delete (detector);
  return found;
}

gboolean
tl_charset_guess (const guint8 *data,
                  gsize         length,
                  TlCharset    *charset)
{
  gsize n_high = 0;

  g_return_val_if_fail (data != NULL || length == 0, FALSE);
  g_return_val_if_fail (charset != NULL, FALSE);

  length = MIN (length, MAX_LOOKED_AT);
  for (gsize i = 0; i < length; i++)
    n_high += data[i] >= 0x80;
  if (n_high == 0)
    return FALSE;

  if (g_utf8_validate_len ((const char *) data, length, NULL))
    *charset = TL_CHARSET_UTF_8;
  else if (n_high < MUCH || !guess_by_uchardet (data, length, charset))
    *charset = guess_by_characters (data, length);
  return TRUE;
}
