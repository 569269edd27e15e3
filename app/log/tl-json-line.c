/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An object of JSON on one line, with the members that an export has. Pure. */

#include "tl-json-line.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of what stands in members that are not ours. */
#define MAX_DEPTH 32

typedef struct {
  const char *next;
  const char *end;
} Scanner;

void
tl_json_line_clear (TlJsonLine *self)
{
  g_clear_pointer (&self->peer, g_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

static void
skip_blanks (Scanner *scanner)
{
  while (scanner->next < scanner->end && strchr (" \t\r\n", *scanner->next) != NULL && *scanner->next != '\0')
    scanner->next++;
}

static gboolean
take (Scanner *scanner,
      char     letter)
{
  skip_blanks (scanner);
  if (scanner->next >= scanner->end || *scanner->next != letter)
    return FALSE;
  scanner->next++;
  return TRUE;
}

/* Four hexadecimal digits. */
static gboolean
take_unit (Scanner  *scanner,
           gunichar *unit)
{
  *unit = 0;
  if (scanner->end - scanner->next < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++, scanner->next++)
    {
      if (!g_ascii_isxdigit (*scanner->next))
        return FALSE;
      *unit = *unit << 4 | (gunichar) g_ascii_xdigit_value (*scanner->next);
    }
  return TRUE;
}

/* What follows a backslash. */
static gboolean
take_escape (Scanner *scanner,
             GString *out)
{
  static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  const char letter = scanner->next < scanner->end ? *scanner->next++ : '\0';
  const char *place = letter != '\0' ? strchr (letters, letter) : NULL;
  gunichar unit, low;

  if (place != NULL)
    {
      g_string_append_c (out, meant[place - letters]);
      return TRUE;
    }
  if (letter != 'u' || !take_unit (scanner, &unit))
    return FALSE;
  if (unit >= 0xd800 && unit < 0xdc00)
    {
      if (scanner->end - scanner->next < 6 || scanner->next[0] != '\\' || scanner->next[1] != 'u')
        return FALSE;
      scanner->next += 2;
      if (!take_unit (scanner, &low) || low < 0xdc00 || low >= 0xe000)
        return FALSE;
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
  else if (unit >= 0xdc00 && unit < 0xe000)
    return FALSE;
  g_string_append_unichar (out, unit);
  return TRUE;
}

/* (transfer full) (nullable): UTF-8; NULL: it is no string. */
static GString *
take_string (Scanner *scanner)
{
  GString *out;

  if (!take (scanner, '"'))
    return NULL;
  out = g_string_new (NULL);
  while (scanner->next < scanner->end)
    {
      const char *from = scanner->next;

      while (scanner->next < scanner->end && (guchar) *scanner->next >= 0x20 && *scanner->next != '"' && *scanner->next != '\\')
        scanner->next++;
      g_string_append_len (out, from, scanner->next - from);
      if (scanner->next >= scanner->end || (guchar) *scanner->next < 0x20)
        break;
      if (*scanner->next++ == '"')
        {
          if (g_utf8_validate_len (out->str, out->len, NULL) || memchr (out->str, '\0', out->len) != NULL)
            return out;
          break;
        }
      if (!take_escape (scanner, out))
        break;
    }
  g_string_free (out, TRUE);
  return NULL;
}

static gboolean skip_value (Scanner *scanner,
                            guint    depth);

/* Members or elements up to the bracket that closes them. */
static gboolean
skip_inside (Scanner *scanner,
             char     close,
             guint    depth)
{
  if (take (scanner, close))
    return TRUE;
  do
    {
      if (close == '}')
        {
          GString *name = take_string (scanner);

          if (name == NULL)
            return FALSE;
          g_string_free (name, TRUE);
          if (!take (scanner, ':'))
            return FALSE;
        }
      if (!skip_value (scanner, depth))
        return FALSE;
    }
  while (take (scanner, ','));
  return take (scanner, close);
}

static gboolean
skip_value (Scanner *scanner,
            guint    depth)
{
  const char *from;

  skip_blanks (scanner);
  if (scanner->next >= scanner->end || depth >= MAX_DEPTH)
    return FALSE;
  if (*scanner->next == '"')
    {
      GString *text = take_string (scanner);

      if (text != NULL)
        g_string_free (text, TRUE);
      return text != NULL;
    }
  if (*scanner->next == '{' || *scanner->next == '[')
    return skip_inside (scanner, *scanner->next++ == '{' ? '}' : ']', depth + 1);
  /* A number, true, false, null: whatever it is, it is not for us. */
  from = scanner->next;
  while (scanner->next < scanner->end && (g_ascii_isalnum (*scanner->next) || strchr ("+-.", *scanner->next) != NULL) && *scanner->next != '\0')
    scanner->next++;
  return scanner->next > from;
}

/* ISO 8601 with a zone; to the microsecond. 0: it is no such time. */
static gint64
parse_time (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);
  const char *point = strchr (text, '.');
  gint64 fraction = 0;

  if (time == NULL)
    return 0;
  /* GLib reads the seconds as a double, which loses some. */
  for (guint i = 1, digit = 100000; point != NULL && digit > 0 && g_ascii_isdigit (point[i]); i++, digit /= 10)
    fraction += (point[i] - '0') * (gint64) digit;
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + fraction;
}

/* (transfer full) (nullable): GLib's own decoder passes over what is no Base64. */
static GBytes *
decode_base64 (const GString *text)
{
  const gsize padding = text->len >= 2 && text->str[text->len - 1] == '=' ? (text->str[text->len - 2] == '=' ? 2 : 1) : 0;
  guint8 *data;
  gsize length;

  if (text->len % 4 != 0)
    return NULL;
  for (gsize i = 0; i + padding < text->len; i++)
    if (!g_ascii_isalnum (text->str[i]) && text->str[i] != '+' && text->str[i] != '/')
      return NULL;
  data = g_base64_decode (text->str, &length);
  return g_bytes_new_take (data, length);
}

static gboolean
parse_kind (const char    *nick,
            TlMessageKind *kind)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (TL_TYPE_MESSAGE_KIND);
  const GEnumValue *value = g_enum_get_value_by_nick (klass, nick);

  if (value != NULL)
    *kind = (TlMessageKind) value->value;
  return value != NULL;
}

/* What is known after some members. */
typedef struct {
  gboolean has_kind;
  gboolean has_base64;
} Known;

/* FALSE: the value is not what this member has. */
static gboolean
take_member (Scanner    *scanner,
             const char *name,
             TlJsonLine *self,
             Known      *known)
{
  static const char *const ours[] = { "time", "kind", "peer", "text", "base64", NULL };
  g_autoptr (GString) value = NULL;
  GBytes *bytes;

  skip_blanks (scanner);
  if (!g_strv_contains (ours, name) || scanner->next >= scanner->end || *scanner->next != '"')
    return skip_value (scanner, 0);
  value = take_string (scanner);
  if (value == NULL)
    return FALSE;
  if (g_str_equal (name, "time"))
    self->time = parse_time (value->str);
  else if (g_str_equal (name, "kind"))
    return known->has_kind = parse_kind (value->str, &self->kind);
  else if (g_str_equal (name, "peer"))
    {
      g_free (self->peer);
      self->peer = g_strdup (value->str);
    }
  else if (g_str_equal (name, "base64") || !known->has_base64)
    {
      known->has_base64 = known->has_base64 || g_str_equal (name, "base64");
      bytes = g_str_equal (name, "base64") ? decode_base64 (value) : g_bytes_new (value->str, value->len);
      g_clear_pointer (&self->bytes, g_bytes_unref);
      self->bytes = bytes;
      return bytes != NULL;
    }
  return TRUE;
}

static gboolean
parse_members (Scanner    *scanner,
               TlJsonLine *self,
               Known      *known)
{
  if (!take (scanner, '{'))
    return FALSE;
  do
    {
      g_autoptr (GString) name = take_string (scanner);

      if (name == NULL || !take (scanner, ':') || !take_member (scanner, name->str, self, known))
        return FALSE;
    }
  while (take (scanner, ','));
  if (!take (scanner, '}'))
    return FALSE;
  skip_blanks (scanner);
  return scanner->next == scanner->end;
}

gboolean
tl_json_line_parse (const char  *line,
                    gsize        length,
                    TlJsonLine  *self,
                    GError     **error)
{
  Scanner scanner = { line, line + length };
  Known known = { FALSE, FALSE };

  *self = (TlJsonLine) { 0 };
  if (!parse_members (&scanner, self, &known))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("This is no line of a JSON Lines export: it cannot be read from its byte %lu on."),
                 (gulong) (scanner.next - line) + 1);
  else if (!known.has_kind || self->bytes == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("This is no line of a JSON Lines export: it has no kind or no bytes."));
  else
    return TRUE;
  tl_json_line_clear (self);
  return FALSE;
}
