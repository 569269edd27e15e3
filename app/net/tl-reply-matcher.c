/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlReplyMatcher: whether a message is one that a rule speaks of. */
#include "tl-reply-matcher.h"

#include "tl-escape.h"
#include "tl-hex.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* The peer chooses the subject: a pattern that backtracks must give up before the window notices. */
#define MATCH_LIMIT "(*LIMIT_MATCH=500000)"

struct _TlReplyMatcher
{
  TlMatchKind kind;
  TlCharset   charset;
  GBytes     *bytes;
  GRegex     *regex;
};

static GRegex *
compile (const char *pattern,
         GError    **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GRegex) checked = g_regex_new (pattern, 0, 0, &local_error);
  g_autofree char *limited = NULL;
  GRegex *regex;

  if (checked == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("The pattern is not a regular expression; correct it, or write \\ before signs that stand for themselves (%s)."),
                   local_error->message);
      return NULL;
    }

  limited = g_strconcat (MATCH_LIMIT, pattern, NULL);
  regex = g_regex_new (limited, G_REGEX_OPTIMIZE, 0, NULL);

  return regex != NULL ? regex : g_steal_pointer (&checked);
}

static gboolean
prepare (TlReplyMatcher *self,
         const char     *pattern,
         GError        **error)
{
  if (self->kind == TL_MATCH_ANY)
    return TRUE;

  if (self->kind == TL_MATCH_REGEX)
    self->regex = compile (pattern, error);
  else if (self->kind == TL_MATCH_HEX_PREFIX)
    self->bytes = tl_hex_parse (pattern, NULL, error);
  else
    self->bytes = tl_escape_parse (pattern, self->charset, NULL, error);

  if (self->regex == NULL && self->bytes == NULL)
    return FALSE;

  if (self->kind == TL_MATCH_EQUALS || (self->bytes != NULL ? g_bytes_get_size (self->bytes) > 0 : *pattern != '\0'))
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _("The pattern is empty; type what to look for, or choose any message."));
  return FALSE;
}

TlReplyMatcher *
tl_reply_matcher_new (TlMatchKind  kind,
                      const char  *pattern,
                      TlCharset    charset,
                      GError     **error)
{
  g_autoptr (TlReplyMatcher) self = g_new0 (TlReplyMatcher, 1);

  g_return_val_if_fail (pattern != NULL, NULL);

  self->kind = kind;
  self->charset = charset;

  return prepare (self, pattern, error) ? g_steal_pointer (&self) : NULL;
}

void
tl_reply_matcher_free (TlReplyMatcher *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->regex, g_regex_unref);
  g_free (self);
}

/* NULL unless all of @message is text in the set. NUL is a character. */
static char *
convert_strictly (TlCharset     charset,
                  const guint8 *message,
                  gsize         length,
                  gsize        *written)
{
  const char *p = (const char *) message;
  const char *end = p + length;
  const char *stop;
  GIConv converter;

  if (charset != TL_CHARSET_UTF_8)
    {
      converter = tl_charset_get_converter (charset);
      return converter != NULL ? g_convert_with_iconv (p, (gssize) length, converter, NULL, written, NULL) : NULL;
    }

  for (; !g_utf8_validate_len (p, (gsize) (end - p), &stop); p = stop + 1)
    if (*stop != '\0')
      return NULL;

  *written = length;
  return g_memdup2 (message, length);
}

static void
free_capture (gpointer data)
{
  if (data != NULL)
    g_bytes_unref (data);
}

/* Back to the bytes that it was. */
static GBytes *
encode_capture (TlReplyMatcher *self,
                const char     *text,
                gsize           length,
                gboolean        is_latin)
{
  const TlCharset charset = is_latin ? TL_CHARSET_ISO_8859_1 : self->charset;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize bad;

  tl_charset_append (charset, text, length, out, &bad);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static GPtrArray *
collect_captures (TlReplyMatcher *self,
                  GMatchInfo     *info,
                  const char     *text,
                  gboolean        is_latin)
{
  GPtrArray *captures = g_ptr_array_new_with_free_func (free_capture);

  for (int i = 0; i <= g_regex_get_capture_count (self->regex); i++)
    {
      int start, end;
      const gboolean took_part = g_match_info_fetch_pos (info, i, &start, &end) && start >= 0;

      g_ptr_array_add (captures, took_part ? encode_capture (self, text + start, (gsize) (end - start), is_latin) : NULL);
    }

  return captures;
}

static TlPatternVerdict
judge_regex (TlReplyMatcher *self,
             const guint8   *message,
             gsize           length,
             GPtrArray     **captures)
{
  g_autoptr (GMatchInfo) info = NULL;
  g_autofree char *text = NULL;
  TlPatternVerdict verdict = TL_PATTERN_ABSENT;
  gboolean is_latin = FALSE;
  gsize written = 0;

  if (length > 0)
    text = convert_strictly (self->charset, message, length, &written);
  if (text == NULL)
    {
      text = g_convert ((const char *) message, (gssize) length, "UTF-8", "ISO-8859-1", NULL, &written, NULL);
      is_latin = TRUE;
    }

  if (text != NULL)
    verdict = tl_pattern_judge_regex (self->regex, text, (gssize) written, &info);
  if (verdict == TL_PATTERN_PRESENT && captures != NULL)
    *captures = collect_captures (self, info, text, is_latin);

  return verdict;
}

static gboolean
matches_bytes (TlReplyMatcher *self,
               const guint8   *message,
               gsize           length)
{
  gsize n_bytes;
  const void *bytes = g_bytes_get_data (self->bytes, &n_bytes);

  if (n_bytes > length)
    return FALSE;

  switch (self->kind)
    {
    case TL_MATCH_CONTAINS:
      return memmem (message, length, bytes, n_bytes) != NULL;
    case TL_MATCH_EQUALS:
      return length == n_bytes && (length == 0 || memcmp (message, bytes, length) == 0);
    case TL_MATCH_STARTS_WITH:
    case TL_MATCH_HEX_PREFIX:
      return memcmp (message, bytes, n_bytes) == 0;
    case TL_MATCH_REGEX:
    case TL_MATCH_ANY:
    default:
      g_return_val_if_reached (FALSE);
    }
}

TlPatternVerdict
tl_reply_matcher_judge (TlReplyMatcher *self,
                        const guint8   *message,
                        gsize           length,
                        GPtrArray     **captures)
{
  g_return_val_if_fail (self != NULL, TL_PATTERN_ABSENT);
  g_return_val_if_fail (message != NULL || length == 0, TL_PATTERN_ABSENT);

  if (captures != NULL)
    *captures = NULL;
  /* So that nobody below has to ask. */
  if (message == NULL)
    message = (const guint8 *) "";

  if (self->kind == TL_MATCH_REGEX)
    return judge_regex (self, message, length, captures);

  return self->kind == TL_MATCH_ANY || matches_bytes (self, message, length) ? TL_PATTERN_PRESENT : TL_PATTERN_ABSENT;
}

GRegex *
tl_reply_matcher_get_regex (TlReplyMatcher *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->regex;
}
