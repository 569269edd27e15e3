/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON of strangers (RFC 8259). json-glib 1.6, which Debian 12 has, has no bound for the depth (a million brackets end the program), cuts a string at \u0000,
 * and does not tell the line of a value. */

#include "tl-json.h"

#include "tl-json-scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _TlJson
{
  TlJsonKind  kind;
  guint       line;
  char       *text;       /* of a string or a number */
  gboolean    truth;
  GPtrArray  *elements;
  GHashTable *members;
};

typedef struct {
  TlJsonScan  scan;
  guint       depth;
  guint       n_values;
  GError    **error;
} Reader;

void
tl_json_free (TlJson *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_clear_pointer (&self->elements, g_ptr_array_unref);
  g_clear_pointer (&self->members, g_hash_table_unref);
  g_free (self);
}

static gpointer
fail (Reader     *reader,
      const char *reason)
{
  /* Translators: %s is the reason, without a full stop */
  g_set_error (reader->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("Line %u is not the JSON that was expected: %s."), reader->scan.line, reason);

  return NULL;
}

/* (transfer full) (nullable): behind the opening quote. */
static char *
read_string (Reader *reader)
{
  TlJsonStringFlaw flaw;
  g_autoptr (GString) out = tl_json_scan_take_string (&reader->scan, &flaw);

  if (out != NULL && memchr (out->str, '\0', out->len) == NULL)
    return g_string_free (g_steal_pointer (&out), FALSE);

  switch (flaw)
    {
    case TL_JSON_STRING_CONTROL:
      return fail (reader, _("a text has a control character, or does not end in this line"));
    case TL_JSON_STRING_ENDLESS:
      return fail (reader, _("a text does not end"));
    case TL_JSON_STRING_GOOD: /* It has \u0000. */
    case TL_JSON_STRING_ESCAPE:
    default:
      return fail (reader, _("an escape in a text is wrong"));
    }
}

static TlJson *read_value (Reader *reader);

static gboolean
read_members (Reader *reader,
              TlJson *self)
{
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tl_json_free);
  if (tl_json_scan_take (&reader->scan, '}'))
    return TRUE;

  do
    {
      g_autofree char *name = NULL;
      TlJson *value;

      if (!tl_json_scan_take (&reader->scan, '"'))
        return fail (reader, _("a name in quotes is missing")) != NULL;
      name = read_string (reader);
      if (name == NULL)
        return FALSE;
      if (g_hash_table_contains (self->members, name))
        return fail (reader, _("a name stands twice")) != NULL;
      if (!tl_json_scan_take (&reader->scan, ':'))
        return fail (reader, _("“:” is missing")) != NULL;
      value = read_value (reader);
      if (value == NULL)
        return FALSE;
      g_hash_table_insert (self->members, g_steal_pointer (&name), value);
    }
  while (tl_json_scan_take (&reader->scan, ','));

  return tl_json_scan_take (&reader->scan, '}') || fail (reader, _("“,” or “}” is missing")) != NULL;
}

static gboolean
read_elements (Reader *reader,
               TlJson *self)
{
  self->elements = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_json_free);
  if (tl_json_scan_take (&reader->scan, ']'))
    return TRUE;

  do
    {
      TlJson *value = read_value (reader);

      if (value == NULL)
        return FALSE;
      g_ptr_array_add (self->elements, value);
    }
  while (tl_json_scan_take (&reader->scan, ','));

  return tl_json_scan_take (&reader->scan, ']') || fail (reader, _("“,” or “]” is missing")) != NULL;
}

static gboolean
skip_digits (const char **p,
             const char  *end)
{
  const char *start = *p;

  while (*p < end && g_ascii_isdigit (**p))
    ++*p;
  return *p > start;
}

static gboolean
read_number (Reader *reader,
             TlJson *self)
{
  const char *start = reader->scan.next;
  const char *p = start + (*start == '-');
  const gboolean zero = p < reader->scan.end && *p == '0';
  const char *digits = p;
  gboolean good = skip_digits (&p, reader->scan.end) && !(zero && p - digits > 1);

  if (good && p < reader->scan.end && *p == '.')
    {
      p++;
      good = skip_digits (&p, reader->scan.end);
    }
  if (good && p < reader->scan.end && (*p == 'e' || *p == 'E'))
    {
      p++;
      p += p < reader->scan.end && (*p == '+' || *p == '-');
      good = skip_digits (&p, reader->scan.end);
    }
  if (!good)
    return fail (reader, _("a number is wrong")) != NULL;

  self->text = g_strndup (start, (gsize) (p - start));
  reader->scan.next = p;
  return TRUE;
}

static gboolean
read_word (Reader *reader,
           TlJson *self)
{
  static const struct {
    const char *word;
    TlJsonKind  kind;
    gboolean    truth;
  } words[] = { { "null", TL_JSON_NULL, FALSE }, { "true", TL_JSON_BOOLEAN, TRUE }, { "false", TL_JSON_BOOLEAN, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const gsize length = strlen (words[i].word);

      if ((gsize) (reader->scan.end - reader->scan.next) < length || memcmp (reader->scan.next, words[i].word, length) != 0)
        continue;
      self->kind = words[i].kind;
      self->truth = words[i].truth;
      reader->scan.next += length;
      return TRUE;
    }

  return fail (reader, _("a value is missing")) != NULL;
}

static gboolean
read_into (Reader *reader,
           TlJson *self)
{
  if (tl_json_scan_take (&reader->scan, '{'))
    {
      self->kind = TL_JSON_OBJECT;
      return read_members (reader, self);
    }
  if (tl_json_scan_take (&reader->scan, '['))
    {
      self->kind = TL_JSON_ARRAY;
      return read_elements (reader, self);
    }
  if (tl_json_scan_take (&reader->scan, '"'))
    {
      self->kind = TL_JSON_STRING;
      self->text = read_string (reader);
      return self->text != NULL;
    }
  if (reader->scan.next < reader->scan.end && (*reader->scan.next == '-' || g_ascii_isdigit (*reader->scan.next)))
    {
      self->kind = TL_JSON_NUMBER;
      return read_number (reader, self);
    }

  return read_word (reader, self);
}

static TlJson *
read_value (Reader *reader)
{
  g_autoptr (TlJson) self = NULL;
  gboolean good;

  if (reader->depth == TL_JSON_MAX_DEPTH)
    return fail (reader, _("it is nested too deeply"));
  if (reader->n_values++ == TL_JSON_MAX_VALUES)
    return fail (reader, _("there are too many values"));

  tl_json_scan_skip_blanks (&reader->scan);
  self = g_new0 (TlJson, 1);
  self->line = reader->scan.line;
  reader->depth++;
  good = read_into (reader, self);
  reader->depth--;

  return good ? g_steal_pointer (&self) : NULL;
}

TlJson *
tl_json_parse (GBytes  *bytes,
               GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  Reader reader = { .scan = { .next = data, .end = data + length, .line = 1 }, .error = error };
  g_autoptr (TlJson) self = NULL;
  const char *bad = data;

  if (length > 0 && !g_utf8_validate_len (data, length, &bad))
    {
      for (; reader.scan.next < bad; reader.scan.next++)
        reader.scan.line += *reader.scan.next == '\n';
      return fail (&reader, _("it is not text in UTF-8"));
    }
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    reader.scan.next += 3;

  self = read_value (&reader);
  tl_json_scan_skip_blanks (&reader.scan);
  if (self != NULL && reader.scan.next < reader.scan.end)
    return fail (&reader, _("something follows behind the end"));

  return g_steal_pointer (&self);
}

TlJsonKind
tl_json_get_kind (const TlJson *self)
{
  return self->kind;
}

guint
tl_json_get_line (const TlJson *self)
{
  return self->line;
}

gboolean
tl_json_get_boolean (const TlJson *self)
{
  return self->truth;
}

const char *
tl_json_get_string (const TlJson *self)
{
  return self->kind == TL_JSON_STRING ? self->text : NULL;
}

gboolean
tl_json_get_integer (const TlJson *self,
                     gint64        least,
                     gint64        most,
                     gint64       *value)
{
  return self->kind == TL_JSON_NUMBER && g_ascii_string_to_signed (self->text, 10, least, most, value, NULL);
}

guint
tl_json_get_n_elements (const TlJson *self)
{
  return self->elements != NULL ? self->elements->len : 0;
}

const TlJson *
tl_json_get_element (const TlJson *self,
                     guint         position)
{
  g_return_val_if_fail (position < tl_json_get_n_elements (self), NULL);

  return self->elements->pdata[position];
}

const TlJson *
tl_json_get_member (const TlJson *self,
                    const char   *name)
{
  return self->members != NULL ? g_hash_table_lookup (self->members, name) : NULL;
}

const char *
tl_json_find_unknown (const TlJson       *self,
                      const char * const *names)
{
  GHashTableIter iter;
  gpointer name;

  if (self->members == NULL)
    return NULL;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (names, name))
      return name;

  return NULL;
}

void
tl_json_append_string (GString    *out,
                       const char *text)
{
  g_string_append_c (out, '"');
  while (*text != '\0')
    {
      gsize plain = 0;

      while ((guchar) text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\')
        plain++;
      g_string_append_len (out, text, (gssize) plain);
      text += plain;
      if (*text == '\0')
        break;
      /* Bytes that are no text come as escapes: many, and each with a backslash. */
      if (*text == '"' || *text == '\\')
        g_string_append_len (out, *text == '"' ? "\\\"" : "\\\\", 2);
      else if (*text == '\n')
        g_string_append (out, "\\n");
      else
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *text);
      text++;
    }
  g_string_append_c (out, '"');
}
