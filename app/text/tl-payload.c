/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How what a person typed becomes the bytes of a message: mode, character set, line ending, checksum. */
#include "tl-payload.h"

#include "tl-escape.h"
#include "tl-hex.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_ENUM_TYPE (TlPayloadMode, tl_payload_mode,
                    G_DEFINE_ENUM_VALUE (TL_PAYLOAD_TEXT, "text"),
                    G_DEFINE_ENUM_VALUE (TL_PAYLOAD_HEX, "hex"),
                    G_DEFINE_ENUM_VALUE (TL_PAYLOAD_ESCAPES, "escapes"))

G_DEFINE_ENUM_TYPE (TlLineEnding, tl_line_ending,
                    G_DEFINE_ENUM_VALUE (TL_LINE_ENDING_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TL_LINE_ENDING_LF, "lf"),
                    G_DEFINE_ENUM_VALUE (TL_LINE_ENDING_CRLF, "crlf"),
                    G_DEFINE_ENUM_VALUE (TL_LINE_ENDING_CR, "cr"))

G_DEFINE_BOXED_TYPE (TlPayload, tl_payload, tl_payload_copy, tl_payload_free)

static const char * const endings[TL_N_LINE_ENDINGS] = { "", "\n", "\r\n", "\r" };

static GBytes *
encode (const TlPayload  *self,
        const char       *text,
        gsize            *position,
        GError          **error)
{
  if (self->mode == TL_PAYLOAD_ESCAPES)
    return tl_escape_parse (text, self->charset, position, error);

  return tl_charset_encode (self->charset, text, -1, error);
}

/* The first character of @text that the character set does not have, from 1. */
static gsize
find_unencodable (TlCharset   charset,
                  const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize bad = 0;

  tl_charset_append (charset, text, strlen (text), bytes, &bad);

  return g_utf8_pointer_to_offset (text, text + bad) + 1;
}

static char *
break_lines (const char   *text,
             TlLineEnding  line_ending)
{
  GString *out = g_string_sized_new (strlen (text) + 16);

  for (const char *p = text; *p; p++)
    {
      if (*p == '\n')
        g_string_append (out, endings[line_ending]);
      else
        g_string_append_c (out, *p);
    }

  return g_string_free (out, FALSE);
}

static GBytes *
build_text (const TlPayload  *self,
            const char       *text,
            gsize            *position,
            GError          **error)
{
  g_autofree char *broken = NULL;
  g_autoptr (GBytes) bytes = NULL;

  /* As it was typed first: the positions in the errors are those that the person sees. */
  bytes = encode (self, text, position, error);
  if (!bytes)
    {
      if (self->mode == TL_PAYLOAD_TEXT)
        *position = find_unencodable (self->charset, text);
      return NULL;
    }

  if (self->line_ending <= TL_LINE_ENDING_LF || !strchr (text, '\n'))
    return g_steal_pointer (&bytes);

  broken = break_lines (text, self->line_ending);

  return encode (self, broken, position, error);
}

static GBytes *
append (GBytes *bytes,
        GBytes *tail)
{
  gsize length = g_bytes_get_size (bytes);
  gsize tail_length = g_bytes_get_size (tail);
  guint8 *out;

  if (tail_length == 0)
    return g_bytes_ref (bytes);

  out = g_malloc (length + tail_length);
  if (length > 0)
    memcpy (out, g_bytes_get_data (bytes, NULL), length);
  memcpy (out + length, g_bytes_get_data (tail, NULL), tail_length);

  return g_bytes_new_take (out, length + tail_length);
}

static const char *
enum_nick (GType type,
           int   value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value (class, value);

  return found ? found->value_nick : "";
}

static gboolean
enum_from_nick (GType       type,
                const char *nick,
                int        *value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value_by_nick (class, nick);

  if (found)
    *value = found->value;

  return found != NULL;
}

/* Words of our own: what is stored outlives a change of the names that are shown. */
static const char * const checksum_words[TL_N_CHECKSUMS] = {
  "none", "sum8", "xor", "lrc", "crc16-modbus", "crc16-ccitt", "crc32",
};

static gboolean
checksum_from_word (const char *word,
                    TlChecksum *checksum)
{
  for (guint i = 0; i < TL_N_CHECKSUMS; i++)
    {
      if (g_str_equal (checksum_words[i], word))
        {
          *checksum = i;
          return TRUE;
        }
    }

  return FALSE;
}

TlPayload *
tl_payload_copy (const TlPayload *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
tl_payload_free (TlPayload *self)
{
  g_free (self);
}

gboolean
tl_payload_equal (const TlPayload *a,
                  const TlPayload *b)
{
  return a->mode == b->mode && a->charset == b->charset && a->line_ending == b->line_ending && a->checksum == b->checksum;
}

const char *
tl_payload_mode_get_label (TlPayloadMode mode)
{
  switch (mode)
    {
    case TL_PAYLOAD_TEXT:
      return C_("payload mode", "Text");
    case TL_PAYLOAD_HEX:
      return C_("payload mode", "Hex");
    case TL_PAYLOAD_ESCAPES:
      return C_("payload mode", "Escapes");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
tl_line_ending_get_label (TlLineEnding line_ending)
{
  switch (line_ending)
    {
    case TL_LINE_ENDING_NONE:
      return C_("line ending", "None");
    case TL_LINE_ENDING_LF:
      return "LF";
    case TL_LINE_ENDING_CRLF:
      return "CRLF";
    case TL_LINE_ENDING_CR:
      return "CR";
    default:
      g_return_val_if_reached ("");
    }
}

GBytes *
tl_payload_build (const TlPayload  *self,
                  const char       *text,
                  gsize            *position,
                  GError          **error)
{
  g_autoptr (GBytes) typed = NULL;
  g_autoptr (GBytes) summed = NULL;
  g_autoptr (GBytes) ending = NULL;
  gsize ignored;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (!position)
    position = &ignored;
  *position = 0;

  typed = self->mode == TL_PAYLOAD_HEX ? tl_hex_parse (text, position, error) : build_text (self, text, position, error);
  if (!typed)
    return NULL;

  summed = tl_checksum_append (self->checksum, typed);
  if (self->mode == TL_PAYLOAD_HEX)
    return g_steal_pointer (&summed);

  ending = tl_charset_encode (self->charset, endings[self->line_ending], -1, error);
  if (!ending)
    return NULL;

  return append (summed, ending);
}

gsize
tl_payload_get_extra (const TlPayload *self)
{
  guint8 sum[TL_CHECKSUM_MAX_SIZE];
  gsize extra = tl_checksum_compute (self->checksum, (const guint8 *) "", 0, sum);

  if (self->mode != TL_PAYLOAD_HEX)
    {
      g_autoptr (GBytes) ending = tl_charset_encode (self->charset, endings[self->line_ending], -1, NULL);

      extra += ending ? g_bytes_get_size (ending) : 0;
    }

  return extra;
}

char *
tl_payload_dup_summary (const TlPayload *self)
{
  GString *out = g_string_new (tl_payload_mode_get_label (self->mode));

  if (self->mode != TL_PAYLOAD_HEX)
    {
      g_string_append_printf (out, " · %s", tl_charset_get_name (self->charset));
      if (self->line_ending != TL_LINE_ENDING_NONE)
        g_string_append_printf (out, " · %s", tl_line_ending_get_label (self->line_ending));
    }
  if (self->checksum != TL_CHECKSUM_NONE)
    g_string_append_printf (out, " · %s", tl_checksum_get_label (self->checksum));

  return g_string_free (out, FALSE);
}

char *
tl_payload_to_string (const TlPayload *self)
{
  return g_strdup_printf ("%s;%s;%s;%s",
                          enum_nick (TL_TYPE_PAYLOAD_MODE, self->mode),
                          tl_charset_get_name (self->charset),
                          enum_nick (TL_TYPE_LINE_ENDING, self->line_ending),
                          self->checksum < TL_N_CHECKSUMS ? checksum_words[self->checksum] : "none");
}

gboolean
tl_payload_from_string (TlPayload  *self,
                        const char *string)
{
  g_auto (GStrv) words = g_strsplit (string, ";", 5);
  gboolean good = g_strv_length (words) == 4;
  int value;

  if (!good)
    return FALSE;

  if (enum_from_nick (TL_TYPE_PAYLOAD_MODE, words[0], &value))
    self->mode = value;
  else
    good = FALSE;

  good = tl_charset_from_name (words[1], &self->charset) && good;

  if (enum_from_nick (TL_TYPE_LINE_ENDING, words[2], &value))
    self->line_ending = value;
  else
    good = FALSE;

  return checksum_from_word (words[3], &self->checksum) && good;
}
