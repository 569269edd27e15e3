/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading bytes that are no C string: words and numbers, between two pointers. For the listing's parsers. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

static inline gboolean
tl_scan_is_blank (guint8 byte)
{
  return byte == ' ' || byte == '\t';
}

static inline gboolean
tl_scan_is_digit (guint8 byte)
{
  return byte >= '0' && byte <= '9';
}

static inline const guint8 *
tl_scan_blanks (const guint8 *p,
                const guint8 *end)
{
  while (p < end && tl_scan_is_blank (*p))
    p++;
  return p;
}

static inline const guint8 *
tl_scan_word (const guint8 *p,
              const guint8 *end)
{
  while (p < end && !tl_scan_is_blank (*p))
    p++;
  return p;
}

/* At most @max digits. Returns: what follows them, or NULL when there is none, or one too many. */
static inline const guint8 *
tl_scan_int (const guint8 *p,
             const guint8 *end,
             int           max,
             int          *value)
{
  const guint8 *begin = p;

  *value = 0;
  while (p < end && tl_scan_is_digit (*p))
    {
      if (p - begin == max)
        return NULL;
      *value = *value * 10 + (*p++ - '0');
    }
  return p > begin ? p : NULL;
}

static inline char
tl_scan_lower (guint8 byte)
{
  return (char) (byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
}

/* Whether @word, of small letters, stands at @p, in any case. */
static inline gboolean
tl_scan_has (const guint8 *p,
             const guint8 *end,
             const char   *word)
{
  for (; *word != '\0'; p++, word++)
    if (p >= end || tl_scan_lower (*p) != *word)
      return FALSE;
  return TRUE;
}

/* Whether the bytes are @word, of small letters, in any case. */
static inline gboolean
tl_scan_is (const guint8 *p,
            const guint8 *end,
            const char   *word)
{
  for (; *word != '\0'; p++, word++)
    if (p >= end || tl_scan_lower (*p) != *word)
      return FALSE;
  return p == end;
}

G_END_DECLS
