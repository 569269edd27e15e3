/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The text of an address as it was typed, made plain: input methods for Chinese write full-width twins of digits and dots. */

#include "tl-address-private.h"

#include <string.h>

#define EXCERPT_CHARS 24

static gunichar
ascii_twin (gunichar c)
{
  switch (c)
    {
    case 0x3000: /* ideographic space */
    case 0x00a0: /* no-break space */
      return ' ';
    case 0x3002: /* 。 */
    case 0xff61: /* ｡ */
      return '.';
    case 0x3010: /* 【, which is what the key [ gives */
      return '[';
    case 0x3011:
      return ']';
    default:
      return c >= 0xff01 && c <= 0xff5e ? c - 0xff01 + '!' : c;
    }
}

/* What copying from a web page leaves around a text besides blanks. */
static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x200b || c == 0x200e || c == 0x200f || c == 0x2060 || c == 0xfeff;
}

void
tl_address_text_init (TlAddressText *self,
                      const char    *text)
{
  GString *plain = g_string_sized_new (strlen (text));
  gsize kept = 0;

  self->lead = 0;
  while (*text != '\0' && is_blank (g_utf8_get_char (text)))
    {
      text = g_utf8_next_char (text);
      self->lead++;
    }

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      g_string_append_unichar (plain, ascii_twin (c));
      if (!is_blank (c))
        kept = plain->len;
    }
  g_string_truncate (plain, kept);

  self->text = g_string_free (plain, FALSE);
}

void
tl_address_text_clear (TlAddressText *self)
{
  g_clear_pointer (&self->text, g_free);
}

char *
tl_address_normalize (const char *text)
{
  g_autofree char *valid = NULL;
  TlAddressText plain;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  tl_address_text_init (&plain, valid);
  return plain.text;
}

gboolean
tl_address_fail (TlAddressCheck      *check,
                 const TlAddressText *text,
                 const char          *start,
                 const char          *end,
                 char                *message)
{
  g_clear_pointer (&check->host, g_free);
  g_free (check->message);
  check->kind = TL_HOST_INVALID;
  check->scope = TL_SCOPE_UNKNOWN;
  check->message = message;
  check->error_start = text->lead + g_utf8_pointer_to_offset (text->text, start);
  check->error_end = check->error_start + g_utf8_pointer_to_offset (start, end);
  return FALSE;
}

char *
tl_address_excerpt (const char *start,
                    const char *end)
{
  GString *excerpt = g_string_new (NULL);
  guint n = 0;

  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (n++ == EXCERPT_CHARS)
        {
          g_string_append (excerpt, "…");
          break;
        }
      if (g_unichar_isprint (c) && !g_unichar_iszerowidth (c))
        g_string_append_unichar (excerpt, c);
      else
        g_string_append_printf (excerpt, "U+%04X", c);
    }
  return g_string_free (excerpt, FALSE);
}
