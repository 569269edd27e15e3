/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of JSON (RFC 8259). Pure. */

#include "tl-json-scan.h"

#include <string.h>

void
tl_json_scan_skip_blanks (TlJsonScan *self)
{
  for (; self->next < self->end && memchr (" \t\r\n", *self->next, 4) != NULL; self->next++)
    self->line += *self->next == '\n';
}

gboolean
tl_json_scan_take (TlJsonScan *self,
                   char        letter)
{
  tl_json_scan_skip_blanks (self);
  if (self->next >= self->end || *self->next != letter)
    return FALSE;
  self->next++;
  return TRUE;
}

/* Four hexadecimal digits. */
static gboolean
take_unit (TlJsonScan *self,
           gunichar   *unit)
{
  *unit = 0;
  if (self->end - self->next < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++, self->next++)
    {
      if (!g_ascii_isxdigit (*self->next))
        return FALSE;
      *unit = *unit << 4 | (gunichar) g_ascii_xdigit_value (*self->next);
    }
  return TRUE;
}

/* Behind \u. */
static gboolean
take_code_point (TlJsonScan *self,
                 GString    *out)
{
  gunichar unit, low;

  if (!take_unit (self, &unit))
    return FALSE;
  if (unit >= 0xd800 && unit < 0xdc00)
    {
      if (self->end - self->next < 2 || self->next[0] != '\\' || self->next[1] != 'u')
        return FALSE;
      self->next += 2;
      if (!take_unit (self, &low) || low < 0xdc00 || low > 0xdfff)
        return FALSE;
      unit = 0x10000 + ((unit & 0x3ff) << 10 | (low & 0x3ff));
    }
  if (!g_unichar_validate (unit))
    return FALSE;
  g_string_append_unichar (out, unit);
  return TRUE;
}

/* Behind a backslash. */
static gboolean
take_escape (TlJsonScan *self,
             GString    *out)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (self->next >= self->end)
    return FALSE;
  if (*self->next == 'u')
    {
      self->next++;
      return take_code_point (self, out);
    }
  found = memchr (letters, *self->next, sizeof letters - 1);
  if (found == NULL)
    return FALSE;
  self->next++;
  g_string_append_c (out, meant[found - letters]);
  return TRUE;
}

GString *
tl_json_scan_take_string (TlJsonScan       *self,
                          TlJsonStringFlaw *flaw)
{
  g_autoptr (GString) out = g_string_new (NULL);

  *flaw = TL_JSON_STRING_GOOD;
  while (*flaw == TL_JSON_STRING_GOOD)
    {
      const char *from = self->next;

      while (self->next < self->end && (guchar) *self->next >= 0x20 && *self->next != '"' && *self->next != '\\')
        self->next++;
      g_string_append_len (out, from, self->next - from);
      if (self->next >= self->end)
        *flaw = TL_JSON_STRING_ENDLESS;
      else if ((guchar) *self->next < 0x20)
        *flaw = TL_JSON_STRING_CONTROL;
      else if (*self->next++ == '"')
        return g_steal_pointer (&out);
      else if (!take_escape (self, out))
        *flaw = TL_JSON_STRING_ESCAPE;
    }
  return NULL;
}
