/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlReplyTemplate: an answer with fields that the message fills in. */
#include "tl-reply-template.h"

#include "tl-escape.h"
#include "tl-hex.h"

#include <string.h>
#include <glib/gi18n-lib.h>

typedef enum {
  FIELD_LITERAL,
  FIELD_TEXT,
  FIELD_HEX,
  FIELD_PEER,
  FIELD_HOST,
  FIELD_PORT,
  FIELD_TIME,
  FIELD_COUNT,
  FIELD_LENGTH,
  N_FIELDS,
} Field;

static const char * const field_names[N_FIELDS] = {
  NULL, "text", "hex", "peer", "host", "port", "time", "count", "length",
};

typedef struct {
  Field   field;
  GBytes *literal;
} Segment;

struct _TlReplyTemplate
{
  TlCharset charset;
  GArray   *segments;
};

static void
segment_clear (gpointer data)
{
  Segment *segment = data;

  g_clear_pointer (&segment->literal, g_bytes_unref);
}

static Field
find_field (const char *name,
            gsize       length)
{
  for (guint i = FIELD_LITERAL + 1; i < N_FIELDS; i++)
    if (strlen (field_names[i]) == length && memcmp (field_names[i], name, length) == 0)
      return i;

  return FIELD_LITERAL;
}

/* Only after the whole text was found to be well formed. */
static void
end_literal (TlReplyTemplate *self,
             GString         *literal)
{
  Segment segment = { FIELD_LITERAL, NULL };

  if (literal->len == 0)
    return;

  segment.literal = tl_escape_parse (literal->str, self->charset, NULL, NULL);
  g_string_truncate (literal, 0);
  if (segment.literal != NULL)
    g_array_append_val (self->segments, segment);
}

static void
set_brace_error (const char *text,
                 const char *brace,
                 GError    **error)
{
  gsize position = (gsize) g_utf8_pointer_to_offset (text, brace) + 1;
  const char *end = *brace == '{' ? strchr (brace, '}') : NULL;

  if (*brace == '}')
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _("The “}” at position %zu closes nothing; write }} for a brace."), position);
  else if (end == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _("The “{” at position %zu is not closed; write {{ for a brace."), position);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _("“%.*s” at position %zu is not a field; use {text}, {hex}, {peer}, {host}, {port}, {time}, {count} or {length}, and write {{ for a brace."),
                 (int) (end + 1 - brace), brace, position);
}

/* An escape as it stands, for tl_escape_parse(): the braces of \u{…} are not ours. Returns its length. */
static gsize
escape_length (const char *p)
{
  const char *end = p[1] == 'u' ? strchr (p, '}') : NULL;

  return end != NULL ? (gsize) (end - p) + 1 : 2;
}

static gboolean
take_apart (TlReplyTemplate *self,
            const char      *text,
            GError         **error)
{
  g_autoptr (GString) literal = g_string_new (NULL);
  const char *p = text;

  while (*p != '\0')
    {
      gsize length = strcspn (p, "\\{}");

      g_string_append_len (literal, p, (gssize) length);
      p += length;

      if (*p == '\\')
        {
          length = escape_length (p);
          g_string_append_len (literal, p, (gssize) length);
          p += length;
        }
      else if (*p != '\0' && p[1] == p[0])
        {
          g_string_append_c (literal, *p);
          p += 2;
        }
      else if (*p != '\0')
        {
          Segment segment = { FIELD_LITERAL, NULL };

          length = *p == '{' ? strcspn (p + 1, "{}") : 0;
          if (length > 0 && p[1 + length] == '}')
            segment.field = find_field (p + 1, length);
          if (segment.field == FIELD_LITERAL)
            {
              set_brace_error (text, p, error);
              return FALSE;
            }
          end_literal (self, literal);
          g_array_append_val (self->segments, segment);
          p += length + 2;
        }
    }

  end_literal (self, literal);
  return TRUE;
}

TlReplyTemplate *
tl_reply_template_new (const char *text,
                       TlCharset   charset,
                       GError    **error)
{
  g_autoptr (TlReplyTemplate) self = NULL;
  g_autoptr (GBytes) checked = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  /* As a whole first, so that positions are those of the text. */
  checked = tl_escape_parse (text, charset, NULL, error);
  if (checked == NULL)
    return NULL;

  self = g_new0 (TlReplyTemplate, 1);
  self->charset = charset;
  self->segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  g_array_set_clear_func (self->segments, segment_clear);

  return take_apart (self, text, error) ? g_steal_pointer (&self) : NULL;
}

void
tl_reply_template_free (TlReplyTemplate *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->segments);
  g_free (self);
}

/* What we say about a message is ours, and written in the set of the conversation. */
static void
append_words (TlReplyTemplate *self,
              GByteArray      *out,
              const char      *words)
{
  guint start = out->len;
  gsize bad;

  if (tl_charset_append (self->charset, words, strlen (words), out, &bad))
    return;

  g_byte_array_set_size (out, start);
  g_byte_array_append (out, (const guint8 *) words, (guint) strlen (words));
}

static char *
format_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *seconds = local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : NULL;

  return g_strdup_printf ("%s.%03d", seconds != NULL ? seconds : "", (int) (time % G_USEC_PER_SEC / 1000));
}

static char *
format_field (Field                 field,
              const guint8         *message,
              gsize                 length,
              const TlReplyContext *context)
{
  switch (field)
    {
    case FIELD_HEX:
      return tl_hex_format (message, length, " ");
    case FIELD_PEER:
      return g_strdup (context->peer != NULL ? context->peer : "");
    case FIELD_HOST:
      return g_strdup (context->host != NULL ? context->host : "");
    case FIELD_PORT:
      return g_strdup_printf ("%u", context->port);
    case FIELD_TIME:
      return format_time (context->time);
    case FIELD_COUNT:
      return g_strdup_printf ("%" G_GUINT64_FORMAT, context->count);
    case FIELD_LENGTH:
      return g_strdup_printf ("%" G_GSIZE_FORMAT, length);
    case FIELD_LITERAL:
    case FIELD_TEXT:
    case N_FIELDS:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

GBytes *
tl_reply_template_make (TlReplyTemplate      *self,
                        const guint8         *message,
                        gsize                 length,
                        const TlReplyContext *context)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  g_return_val_if_fail (self != NULL && context != NULL, NULL);
  g_return_val_if_fail (message != NULL || length == 0, NULL);

  for (guint i = 0; i < self->segments->len; i++)
    {
      const Segment *segment = &g_array_index (self->segments, Segment, i);
      gsize growth = segment->field == FIELD_HEX ? length * 3 : segment->field == FIELD_TEXT ? length : 0;

      if (growth > TL_AUTO_REPLY_MAX - out->len)
        return NULL;

      if (segment->field == FIELD_LITERAL)
        {
          g_byte_array_append (out, g_bytes_get_data (segment->literal, NULL), (guint) g_bytes_get_size (segment->literal));
        }
      else if (segment->field == FIELD_TEXT)
        {
          if (length > 0)
            g_byte_array_append (out, message, (guint) length);
        }
      else
        {
          g_autofree char *words = format_field (segment->field, message, length, context);

          append_words (self, out, words);
        }

      if (out->len > TL_AUTO_REPLY_MAX)
        return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

gboolean
tl_reply_text_replace (char       **text,
                       const char  *value)
{
  g_autofree char *valid = g_utf8_make_valid (value != NULL ? value : "", -1);

  if (g_strcmp0 (*text, valid) == 0)
    return FALSE;

  g_free (*text);
  *text = g_steal_pointer (&valid);
  return TRUE;
}
