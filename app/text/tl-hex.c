/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hexadecimal text and bytes. */
#include "tl-hex.h"

#include <string.h>
#include <glib/gi18n-lib.h>

static const char hex_digits[] = "0123456789ABCDEF";

typedef struct {
  GByteArray *bytes;
  gsize       position;   /* of the character that is looked at, from 1 */
  gsize       start;      /* of the group, with its prefix */
  gsize       n_digits;   /* of the group, without its prefix */
  guint8      high;       /* the digit that waits for its second */
  gboolean    in_group;
} HexParser;

/* Full-width forms are what a Chinese input method types. */
static gunichar
to_ascii (gunichar c)
{
  if (c >= 0xff01 && c <= 0xff5e)
    return c - 0xff01 + '!';
  if (c == 0x3001)
    return ',';

  return c;
}

static gboolean
is_separator (gunichar c)
{
  return c == ',' || c == ';' || c == 0xfeff || c == 0x200b || g_unichar_isspace (c);
}

static gboolean
end_group (HexParser *self,
           gsize     *position,
           GError   **error)
{
  if (!self->in_group)
    return TRUE;

  if (self->n_digits == 0)
    {
      *position = self->start;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("The prefix at position %zu has no hexadecimal digits after it; add two digits or remove it."),
                   self->start);
      return FALSE;
    }

  if (self->n_digits % 2 == 1)
    {
      *position = self->start;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   ngettext ("The group at position %zu has %zu hexadecimal digit, an odd number; write two digits for each byte.",
                             "The group at position %zu has %zu hexadecimal digits, an odd number; write two digits for each byte.",
                             self->n_digits),
                   self->start, self->n_digits);
      return FALSE;
    }

  self->in_group = FALSE;
  return TRUE;
}

static void
begin_group (HexParser *self,
             gsize      start)
{
  self->in_group = TRUE;
  self->start = start;
  self->n_digits = 0;
}

static void
add_digit (HexParser *self,
           guint8     digit)
{
  if (!self->in_group)
    begin_group (self, self->position);

  if (self->n_digits++ % 2 == 0)
    {
      self->high = digit;
    }
  else
    {
      guint8 byte = (guint8) (self->high << 4 | digit);

      g_byte_array_append (self->bytes, &byte, 1);
    }
}

/* `0x` may stand in the middle: the 0 before the x was taken for a digit, and is given back. */
static gboolean
begin_prefixed_group (HexParser *self,
                      gsize     *position,
                      GError   **error)
{
  if (self->n_digits > 1)
    {
      self->n_digits--;
      if (!end_group (self, position, error))
        return FALSE;
    }

  begin_group (self, self->position - 1);
  return TRUE;
}

static gboolean
parse_character (HexParser *self,
                 gunichar   c,
                 gunichar   previous,
                 gunichar   next,
                 gsize     *position,
                 GError   **error)
{
  char shown[7] = "";

  if (g_unichar_isxdigit (c) && c < 0x80)
    {
      add_digit (self, (guint8) g_unichar_xdigit_value (c));
      return TRUE;
    }

  if (is_separator (c))
    return end_group (self, position, error);

  if (c == '\\' && (next == 'x' || next == 'X'))
    return end_group (self, position, error);

  if (c == 'x' || c == 'X')
    {
      if (previous == '\\')
        {
          begin_group (self, self->position - 1);
          return TRUE;
        }
      if (previous == '0' && self->in_group && self->n_digits % 2 == 1)
        return begin_prefixed_group (self, position, error);
    }

  *position = self->position;
  shown[g_unichar_to_utf8 (c, shown)] = '\0';
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("“%s” at position %zu is not a hexadecimal digit; use 0–9 and A–F."),
               g_unichar_isprint (c) ? shown : "\357\277\275", self->position);
  return FALSE;
}

GBytes *
tl_hex_parse (const char  *text,
              gsize       *position,
              GError     **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  HexParser parser = { .bytes = bytes };
  gunichar previous = 0;
  const char *end;
  gsize unused;

  g_return_val_if_fail (text != NULL, NULL);

  if (position == NULL)
    position = &unused;
  *position = 0;

  if (!g_utf8_validate (text, -1, &end))
    {
      *position = (gsize) g_utf8_strlen (text, end - text) + 1;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("The text is not valid UTF-8 at position %zu; type or paste it again."),
                   *position);
      return NULL;
    }

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = to_ascii (g_utf8_get_char (p));
      gunichar next = to_ascii (g_utf8_get_char (g_utf8_next_char (p)));

      parser.position++;
      if (!parse_character (&parser, c, previous, next, position, error))
        return NULL;
      previous = c;
    }

  if (!end_group (&parser, position, error))
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

char *
tl_hex_format (const guint8 *data,
               gsize         length,
               const char   *separator)
{
  gsize n_separator;
  char *text, *p;

  g_return_val_if_fail (data != NULL || length == 0, NULL);
  g_return_val_if_fail (separator != NULL, NULL);

  n_separator = strlen (separator);
  text = p = g_malloc (length * (2 + n_separator) + 1);
  for (gsize i = 0; i < length; i++)
    {
      for (gsize j = 0; i > 0 && j < n_separator; j++)
        *p++ = separator[j];
      *p++ = hex_digits[data[i] >> 4];
      *p++ = hex_digits[data[i] & 0xf];
    }
  *p = '\0';

  return text;
}

static void
append_dump_line (GString      *out,
                  gsize         offset,
                  const guint8 *data,
                  gsize         length)
{
  g_string_append_printf (out, "%08" G_GINT64_MODIFIER "X ", (guint64) offset);

  for (gsize i = 0; i < 16; i++)
    {
      char cell[4] = "   ";

      if (i < length)
        {
          cell[1] = hex_digits[data[i] >> 4];
          cell[2] = hex_digits[data[i] & 0xf];
        }
      if (i == 8)
        g_string_append_c (out, ' ');
      g_string_append_len (out, cell, 3);
    }

  g_string_append (out, "  |");
  for (gsize i = 0; i < length; i++)
    g_string_append_c (out, g_ascii_isprint (data[i]) ? (char) data[i] : '.');
  g_string_append_c (out, '|');
}

char *
tl_hex_dump (const guint8 *data,
             gsize         length)
{
  GString *out;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  out = g_string_sized_new ((length + 15) / 16 * 79 + 1);
  for (gsize offset = 0; offset < length; offset += 16)
    {
      if (offset > 0)
        g_string_append_c (out, '\n');
      append_dump_line (out, offset, data + offset, MIN (length - offset, 16));
    }

  return g_string_free (out, FALSE);
}
