/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text, a regular expression, or bytes with wildcards: found in raw bytes. */

#include "tl-pattern-private.h"

#include "tl-decoder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* An expression can be written that tries for years. With this bound one piece of data costs milliseconds at worst. */
#define MATCH_LIMIT "(*LIMIT_MATCH=100000)(*LIMIT_DEPTH=100000)"
#define MAX_BYTES 4096

G_DEFINE_ENUM_TYPE (TlPatternKind, tl_pattern_kind,
                    G_DEFINE_ENUM_VALUE (TL_PATTERN_TEXT, "text"),
                    G_DEFINE_ENUM_VALUE (TL_PATTERN_REGEX, "regex"),
                    G_DEFINE_ENUM_VALUE (TL_PATTERN_HEX, "hex"))

/* Where a byte that is part of a longer character can look like a letter. */
gboolean
tl_pattern_has_letters_inside (TlCharset charset)
{
  return charset != TL_CHARSET_UTF_8 && charset != TL_CHARSET_ISO_8859_1;
}

static gboolean
is_utf16 (TlCharset charset)
{
  return charset == TL_CHARSET_UTF_16LE || charset == TL_CHARSET_UTF_16BE;
}

static inline guint8
lower (guint8 byte)
{
  return byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
}

/* Horspool's table: how far the end may be moved for each last byte. */
static void
prepare_skip (TlPattern *self)
{
  const gsize length = self->bytes->len;

  for (guint i = 0; i < 256; i++)
    self->skip[i] = length;
  for (gsize i = 0; i + 1 < length; i++)
    {
      self->skip[self->bytes->data[i]] = length - 1 - i;
      if (self->bytes->data[i] >= 'a' && self->bytes->data[i] <= 'z')
        self->skip[self->bytes->data[i] - ('a' - 'A')] = length - 1 - i;
    }
}

const guint8 *
tl_pattern_find_folded (TlPattern    *self,
             const guint8 *data,
             gsize         length)
{
  const guint8 *needle = self->bytes->data;
  const gsize n = self->bytes->len;

  for (gsize at = 0; at + n <= length; at += self->skip[data[at + n - 1]])
    {
      gsize i = n;

      while (i > 0 && lower (data[at + i - 1]) == needle[i - 1])
        i--;
      if (i == 0)
        return data + at;
    }
  return NULL;
}

/* The place of the byte to look for first: one that is wholly known. G_MAXSIZE: there is none. */
static gsize
find_anchor (TlPattern *self)
{
  for (gsize i = 0; i < self->mask->len; i++)
    if (self->mask->data[i] == 0xff)
      return i;
  return G_MAXSIZE;
}

gboolean
tl_pattern_is_masked_match (TlPattern    *self,
                 const guint8 *data)
{
  for (gsize i = 0; i < self->bytes->len; i++)
    if ((data[i] & self->mask->data[i]) != self->bytes->data[i])
      return FALSE;
  return TRUE;
}

static gboolean
matches_masked (TlPattern    *self,
                const guint8 *data,
                gsize         length)
{
  const gsize n = self->bytes->len, anchor = find_anchor (self);

  for (gsize at = 0; at + n <= length; at++)
    {
      if (anchor != G_MAXSIZE)
        {
          const guint8 *found = memchr (data + at + anchor, self->bytes->data[anchor], length - n + 1 - at);

          if (found == NULL)
            return FALSE;
          at = (gsize) (found - data) - anchor;
        }
      if (tl_pattern_is_masked_match (self, data + at))
        return TRUE;
    }
  return FALSE;
}

/* The word of the characters themselves. */
static gboolean
matches_decoded (TlPattern    *self,
                 const guint8 *data,
                 gsize         length)
{
  g_autofree char *text = tl_decode (self->charset, data, length);
  g_autofree char *folded = self->folded != NULL ? g_utf8_casefold (text, -1) : NULL;

  return strstr (folded != NULL ? folded : text, self->folded != NULL ? self->folded : self->text) != NULL;
}

static gboolean
matches_text (TlPattern    *self,
              const guint8 *data,
              gsize         length)
{
  const gboolean found = self->bytes == NULL ? TRUE
                         : self->fold        ? tl_pattern_find_folded (self, data, length) != NULL
                                             : memmem (data, length, self->bytes->data, self->bytes->len) != NULL;

  return found && (self->bytes != NULL && !tl_pattern_has_letters_inside (self->charset) ? TRUE : matches_decoded (self, data, length));
}

TlPatternVerdict
tl_pattern_judge_regex (GRegex      *regex,
                        const char  *text,
                        gssize       length,
                        GMatchInfo **info)
{
  g_autoptr (GError) error = NULL;

  if (g_regex_match_full (regex, text, length, 0, 0, info, &error))
    return TL_PATTERN_PRESENT;
  /* Of valid text nothing else is told than that a limit was reached. */
  return error != NULL ? TL_PATTERN_GAVE_UP : TL_PATTERN_ABSENT;
}

static TlPatternVerdict
judge_regex (TlPattern    *self,
             const guint8 *data,
             gsize         length)
{
  g_autofree char *text = NULL;

  /* Mostly it is text already, and goes without a copy; NUL is invalid here. */
  if (self->charset == TL_CHARSET_UTF_8 && g_utf8_validate_len ((const char *) data, length, NULL))
    return tl_pattern_judge_regex (self->regex, length > 0 ? (const char *) data : "", (gssize) length, NULL);
  text = tl_decode (self->charset, data, length);
  return tl_pattern_judge_regex (self->regex, text, -1, NULL);
}

/* One digit's value, -1 for a wildcard, -2 for what is neither. */
static int
digit_value (gunichar c)
{
  if (c == '?' || c == 0xff1f)
    return -1;
  if (c < 0x80 && g_ascii_isxdigit ((char) c))
    return g_ascii_xdigit_value ((char) c);
  return -2;
}

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || c == ',' || c == ';' || c == 0xff0c || c == 0xff1b;
}

static gboolean
parse_hex (TlPattern  *self,
           GError    **error)
{
  int high = -3; /* none yet */
  guint position = 0;

  self->bytes = g_byte_array_new ();
  self->mask = g_byte_array_new ();
  for (const char *p = self->text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);
      const int value = digit_value (c);
      guint8 byte, bits;

      position++;
      if (is_separator (c) && high == -3)
        continue;
      if (value == -2)
        {
          g_autofree char *what = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));

          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       high == -3 ? _("“%s” at position %u is no hex digit and no “?”.") : _("Before “%s” at position %u a second digit is missing."), what, position);
          return FALSE;
        }
      if (high == -3)
        {
          high = value;
          continue;
        }
      byte = (guint8) ((MAX (high, 0) << 4) | MAX (value, 0));
      bits = (guint8) ((high < 0 ? 0 : 0xf0) | (value < 0 ? 0 : 0x0f));
      g_byte_array_append (self->bytes, &byte, 1);
      g_byte_array_append (self->mask, &bits, 1);
      high = -3;
    }
  if (high == -3)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("The last byte has only one digit."));
  return FALSE;
}

static gboolean
parse_text (TlPattern  *self,
            GError    **error)
{
  g_autoptr (GBytes) bytes = tl_charset_encode (self->charset, self->text, -1, error);
  gsize length;
  const guint8 *data;

  if (bytes == NULL)
    return FALSE;
  /* Letters beyond ASCII have other small ones than a table of bytes knows. */
  if (self->fold && (!g_str_is_ascii (self->text) || is_utf16 (self->charset)))
    {
      self->folded = g_utf8_casefold (self->text, -1);
      return TRUE;
    }
  data = g_bytes_get_data (bytes, &length);
  self->bytes = g_byte_array_sized_new ((guint) length);
  g_byte_array_append (self->bytes, data, (guint) length);
  if (self->fold)
    {
      for (gsize i = 0; i < length; i++)
        self->bytes->data[i] = lower (self->bytes->data[i]);
      self->folded = tl_pattern_has_letters_inside (self->charset) ? g_utf8_casefold (self->text, -1) : NULL;
      prepare_skip (self);
    }
  return TRUE;
}

static gboolean
parse_regex (TlPattern  *self,
             GError    **error)
{
  g_autofree char *bounded = g_strconcat (MATCH_LIMIT, self->text, NULL);
  g_autoptr (GRegex) plain = NULL;
  g_autoptr (GError) wrong = NULL;

  /* Without the bound first: the place that an error names is one in what was typed. */
  plain = g_regex_new (self->text, self->fold ? G_REGEX_CASELESS : 0, 0, &wrong);
  if (plain != NULL)
    self->regex = g_regex_new (bounded, G_REGEX_MULTILINE | (self->fold ? G_REGEX_CASELESS : 0), 0, &wrong);
  if (self->regex != NULL)
    return TRUE;
  g_set_error (error, wrong->domain, wrong->code, _("This is no regular expression. (%s)"), wrong->message);
  return FALSE;
}

TlPattern *
tl_pattern_new (TlPatternKind   kind,
                const char     *text,
                TlCharset       charset,
                gboolean        fold,
                GError        **error)
{
  g_autoptr (TlPattern) self = g_atomic_rc_box_new0 (TlPattern);
  gboolean parsed = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  self->kind = kind;
  self->charset = charset;
  self->fold = fold && kind != TL_PATTERN_HEX;
  self->text = g_strdup (text);
  if (*text == '\0')
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("There is nothing to look for."));
  else if (strlen (text) > MAX_BYTES)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("What is looked for is longer than %d bytes."), MAX_BYTES);
  else if (kind == TL_PATTERN_TEXT)
    parsed = parse_text (self, error);
  else if (kind == TL_PATTERN_REGEX)
    parsed = parse_regex (self, error);
  else
    {
      parsed = parse_hex (self, error);
      if (parsed && self->bytes->len == 0)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("There is nothing to look for."));
          parsed = FALSE;
        }
    }
  return parsed ? g_steal_pointer (&self) : NULL;
}

TlPattern *
tl_pattern_ref (TlPattern *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
pattern_clear (TlPattern *self)
{
  g_free (self->text);
  g_free (self->folded);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_clear_pointer (&self->mask, g_byte_array_unref);
  g_clear_pointer (&self->regex, g_regex_unref);
}

void
tl_pattern_unref (TlPattern *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) pattern_clear);
}

gboolean
tl_pattern_equal (TlPattern *self,
                  TlPattern *other)
{
  g_autofree char *folded = NULL;
  g_autofree char *other_folded = NULL;

  if (self == NULL || other == NULL)
    return self == other;
  if (self->kind != other->kind || self->charset != other->charset || self->fold != other->fold)
    return FALSE;
  if (self->kind != TL_PATTERN_TEXT || !self->fold)
    return g_str_equal (self->text, other->text);
  folded = g_utf8_casefold (self->text, -1);
  other_folded = g_utf8_casefold (other->text, -1);
  return g_str_equal (folded, other_folded);
}

TlPatternKind
tl_pattern_get_kind (TlPattern *self)
{
  return self->kind;
}

const char *
tl_pattern_get_text (TlPattern *self)
{
  return self->text;
}

gboolean
tl_pattern_get_fold (TlPattern *self)
{
  return self->fold;
}

gsize
tl_pattern_get_min_length (TlPattern *self)
{
  return self->bytes != NULL ? self->bytes->len : 0;
}

TlPatternVerdict
tl_pattern_judge (TlPattern    *self,
                  const guint8 *data,
                  gsize         length)
{
  if (length < tl_pattern_get_min_length (self))
    return TL_PATTERN_ABSENT;
  switch (self->kind)
    {
    case TL_PATTERN_TEXT:
      return matches_text (self, data, length) ? TL_PATTERN_PRESENT : TL_PATTERN_ABSENT;
    case TL_PATTERN_REGEX:
      return judge_regex (self, data, length);
    case TL_PATTERN_HEX:
      return matches_masked (self, data, length) ? TL_PATTERN_PRESENT : TL_PATTERN_ABSENT;
    default:
      g_return_val_if_reached (TL_PATTERN_ABSENT);
    }
}

gboolean
tl_pattern_matches (TlPattern    *self,
                    const guint8 *data,
                    gsize         length)
{
  return tl_pattern_judge (self, data, length) == TL_PATTERN_PRESENT;
}
