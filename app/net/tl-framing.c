/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlFraming: how a byte stream is cut into messages. */
#include "tl-framing.h"

#include "tl-hex.h"

#include <glib/gi18n-lib.h>

#define MAX_PREFIX 4
#define MAX_GAP_MS 60000

G_DEFINE_ENUM_TYPE (TlFramingKind, tl_framing_kind,
                    G_DEFINE_ENUM_VALUE (TL_FRAMING_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TL_FRAMING_LINES, "lines"),
                    G_DEFINE_ENUM_VALUE (TL_FRAMING_DELIMITER, "delimiter"),
                    G_DEFINE_ENUM_VALUE (TL_FRAMING_FIXED, "fixed"),
                    G_DEFINE_ENUM_VALUE (TL_FRAMING_LENGTH_PREFIX, "prefix"),
                    G_DEFINE_ENUM_VALUE (TL_FRAMING_IDLE_GAP, "gap"))

G_DEFINE_BOXED_TYPE (TlFraming, tl_framing, tl_framing_copy, tl_framing_free)

TlFraming *
tl_framing_new (TlFramingKind kind)
{
  TlFraming *self = g_new0 (TlFraming, 1);

  self->kind = kind;
  self->delimiter = g_bytes_new_static ("\r\n", 2);
  self->fixed_length = 8;
  self->prefix_size = 2;
  self->gap_ms = 20;

  return self;
}

TlFraming *
tl_framing_copy (const TlFraming *self)
{
  TlFraming *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  if (copy->delimiter != NULL)
    g_bytes_ref (copy->delimiter);

  return copy;
}

void
tl_framing_free (TlFraming *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->delimiter, g_bytes_unref);
  g_free (self);
}

gboolean
tl_framing_equal (const TlFraming *a,
                  const TlFraming *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->kind != b->kind)
    return FALSE;

  switch (a->kind)
    {
    case TL_FRAMING_DELIMITER:
      return g_bytes_equal (a->delimiter, b->delimiter);

    case TL_FRAMING_FIXED:
      return a->fixed_length == b->fixed_length;

    case TL_FRAMING_LENGTH_PREFIX:
      return a->prefix_size == b->prefix_size &&
             !a->little_endian == !b->little_endian &&
             !a->prefix_counts_itself == !b->prefix_counts_itself;

    case TL_FRAMING_IDLE_GAP:
      return a->gap_ms == b->gap_ms;

    case TL_FRAMING_NONE:
    case TL_FRAMING_LINES:
    default:
      return TRUE;
    }
}

char *
tl_framing_to_string (const TlFraming *self)
{
  g_autofree char *hex = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  switch (self->kind)
    {
    case TL_FRAMING_LINES:
      return g_strdup ("lines");

    case TL_FRAMING_DELIMITER:
      hex = tl_hex_format (g_bytes_get_data (self->delimiter, NULL), g_bytes_get_size (self->delimiter), "");
      return g_strconcat ("delimiter:", hex, NULL);

    case TL_FRAMING_FIXED:
      return g_strdup_printf ("fixed:%u", self->fixed_length);

    case TL_FRAMING_LENGTH_PREFIX:
      return g_strdup_printf ("prefix:%u:%s%s", self->prefix_size, self->little_endian ? "le" : "be",
                              self->prefix_counts_itself ? ":self" : "");

    case TL_FRAMING_IDLE_GAP:
      return g_strdup_printf ("gap:%u", self->gap_ms);

    case TL_FRAMING_NONE:
    default:
      return g_strdup ("none");
    }
}

static gboolean
parse_number (const char *text,
              guint       max,
              guint      *value)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 1, max, &number, NULL))
    return FALSE;

  *value = (guint) number;
  return TRUE;
}

static gboolean
parse_delimiter (TlFraming  *self,
                 const char *text,
                 GError    **error)
{
  GBytes *delimiter = tl_hex_parse (text, NULL, error);

  if (delimiter == NULL)
    {
      g_prefix_error (error, "%s ", _("The delimiter is not valid."));
      return FALSE;
    }

  g_bytes_unref (self->delimiter);
  self->delimiter = delimiter;
  if (g_bytes_get_size (delimiter) >= 1 && g_bytes_get_size (delimiter) <= TL_FRAMING_MAX_DELIMITER)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _("A delimiter has 1 to %d bytes, written in hexadecimal, as in “delimiter:0D0A”."), TL_FRAMING_MAX_DELIMITER);
  return FALSE;
}

/* The parts after "prefix". */
static gboolean
parse_prefix (TlFraming  *self,
              char      **parts)
{
  if (parts[0] == NULL || parts[1] == NULL || !parse_number (parts[0], MAX_PREFIX, &self->prefix_size) || self->prefix_size == 3)
    return FALSE;

  if (!g_str_equal (parts[1], "be") && !g_str_equal (parts[1], "le"))
    return FALSE;
  self->little_endian = g_str_equal (parts[1], "le");

  self->prefix_counts_itself = parts[2] != NULL;
  return parts[2] == NULL || (g_str_equal (parts[2], "self") && parts[3] == NULL);
}

/**
 * tl_framing_from_string:
 *
 * The inverse of tl_framing_to_string().
 *
 * Returns: (transfer full): NULL with G_IO_ERROR_INVALID_ARGUMENT or G_IO_ERROR_INVALID_DATA and a translated sentence.
 */
TlFraming *
tl_framing_from_string (const char *text,
                        GError    **error)
{
  g_autoptr (TlFraming) self = tl_framing_new (TL_FRAMING_NONE);
  g_auto (GStrv) parts = NULL;
  guint n_parts;

  g_return_val_if_fail (text != NULL, NULL);

  parts = g_strsplit (text, ":", 6);
  n_parts = g_strv_length (parts);

  if (g_str_equal (text, "none"))
    return g_steal_pointer (&self);

  if (g_str_equal (text, "lines"))
    {
      self->kind = TL_FRAMING_LINES;
      return g_steal_pointer (&self);
    }

  if (n_parts == 2 && g_str_equal (parts[0], "delimiter"))
    {
      self->kind = TL_FRAMING_DELIMITER;
      return parse_delimiter (self, parts[1], error) ? g_steal_pointer (&self) : NULL;
    }

  if (n_parts == 2 && g_str_equal (parts[0], "fixed"))
    {
      self->kind = TL_FRAMING_FIXED;
      if (parse_number (parts[1], TL_FRAME_MAX, &self->fixed_length))
        return g_steal_pointer (&self);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("The length of a frame is a number from 1 to %d, as in “fixed:8”."), TL_FRAME_MAX);
      return NULL;
    }

  if (n_parts >= 1 && g_str_equal (parts[0], "prefix"))
    {
      self->kind = TL_FRAMING_LENGTH_PREFIX;
      if (parse_prefix (self, parts + 1))
        return g_steal_pointer (&self);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("A length prefix has 1, 2 or 4 bytes, “be” or “le”, and may count itself, as in “prefix:2:be” or “prefix:4:le:self”."));
      return NULL;
    }

  if (n_parts == 2 && g_str_equal (parts[0], "gap"))
    {
      self->kind = TL_FRAMING_IDLE_GAP;
      if (parse_number (parts[1], MAX_GAP_MS, &self->gap_ms))
        return g_steal_pointer (&self);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("An idle gap is a number of milliseconds from 1 to %d, as in “gap:20”."), MAX_GAP_MS);
      return NULL;
    }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _("“%s” is not a way of framing; use none, lines, delimiter:0D0A, fixed:8, prefix:2:be or gap:20."), text);
  return NULL;
}
