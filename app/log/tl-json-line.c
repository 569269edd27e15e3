/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An object of JSON on one line, with the members that an export has. Pure. */

#include "tl-json-line.h"

#include "tl-json-scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of what stands in members that are not ours. */
#define MAX_DEPTH 32

void
tl_json_line_clear (TlJsonLine *self)
{
  g_clear_pointer (&self->peer, g_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

/* GLib's own check ends at a NUL. */
static gboolean
is_utf8 (const GString *text)
{
  const char *end = text->str + text->len;
  const char *next = text->str;

  while (!g_utf8_validate_len (next, (gsize) (end - next), &next))
    if (*next++ != '\0')
      return FALSE;
  return TRUE;
}

/* (transfer full) (nullable): in UTF-8, NULs among it; NULL: it is no string. */
static GString *
take_string (TlJsonScan *scan)
{
  g_autoptr (GString) out = NULL;
  TlJsonStringFlaw flaw;

  if (!tl_json_scan_take (scan, '"'))
    return NULL;
  out = tl_json_scan_take_string (scan, &flaw);
  return out != NULL && is_utf8 (out) ? g_steal_pointer (&out) : NULL;
}

static gboolean skip_value (TlJsonScan *scan,
                            guint       depth);

/* Members or elements up to the bracket that closes them. */
static gboolean
skip_inside (TlJsonScan *scan,
             char        close,
             guint       depth)
{
  if (tl_json_scan_take (scan, close))
    return TRUE;
  do
    {
      if (close == '}')
        {
          GString *name = take_string (scan);

          if (name == NULL)
            return FALSE;
          g_string_free (name, TRUE);
          if (!tl_json_scan_take (scan, ':'))
            return FALSE;
        }
      if (!skip_value (scan, depth))
        return FALSE;
    }
  while (tl_json_scan_take (scan, ','));
  return tl_json_scan_take (scan, close);
}

static gboolean
skip_value (TlJsonScan *scan,
            guint       depth)
{
  const char *from;

  tl_json_scan_skip_blanks (scan);
  if (scan->next >= scan->end || depth >= MAX_DEPTH)
    return FALSE;
  if (*scan->next == '"')
    {
      GString *text = take_string (scan);

      if (text != NULL)
        g_string_free (text, TRUE);
      return text != NULL;
    }
  if (*scan->next == '{' || *scan->next == '[')
    return skip_inside (scan, *scan->next++ == '{' ? '}' : ']', depth + 1);
  /* A number, true, false, null: whatever it is, it is not for us. */
  from = scan->next;
  while (scan->next < scan->end && (g_ascii_isalnum (*scan->next) || strchr ("+-.", *scan->next) != NULL) && *scan->next != '\0')
    scan->next++;
  return scan->next > from;
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
take_member (TlJsonScan *scan,
             const char *name,
             TlJsonLine *self,
             Known      *known)
{
  static const char *const ours[] = { "time", "kind", "peer", "text", "base64", NULL };
  g_autoptr (GString) value = NULL;
  GBytes *bytes;

  tl_json_scan_skip_blanks (scan);
  if (!g_strv_contains (ours, name) || scan->next >= scan->end || *scan->next != '"')
    return skip_value (scan, 0);
  value = take_string (scan);
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
parse_members (TlJsonScan *scan,
               TlJsonLine *self,
               Known      *known)
{
  if (!tl_json_scan_take (scan, '{'))
    return FALSE;
  do
    {
      g_autoptr (GString) name = take_string (scan);

      if (name == NULL || !tl_json_scan_take (scan, ':') || !take_member (scan, name->str, self, known))
        return FALSE;
    }
  while (tl_json_scan_take (scan, ','));
  if (!tl_json_scan_take (scan, '}'))
    return FALSE;
  tl_json_scan_skip_blanks (scan);
  return scan->next == scan->end;
}

gboolean
tl_json_line_parse (const char  *line,
                    gsize        length,
                    TlJsonLine  *self,
                    GError     **error)
{
  TlJsonScan scan = { .next = line, .end = line + length };
  Known known = { FALSE, FALSE };

  *self = (TlJsonLine) { 0 };
  if (!parse_members (&scan, self, &known))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("This is no line of a JSON Lines export: it cannot be read from its byte %lu on."),
                 (gulong) (scan.next - line) + 1);
  else if (!known.has_kind || self->bytes == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("This is no line of a JSON Lines export: it has no kind or no bytes."));
  else
    return TRUE;
  tl_json_line_clear (self);
  return FALSE;
}
