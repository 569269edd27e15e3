/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences of the composer. */
#include "tl-composer-text.h"

#include "tl-decoder.h"
#include "tl-escape.h"
#include "tl-hex.h"

#include <glib/gi18n-lib.h>

#define LABEL_CHARS 60
#define PREVIEW_BYTES 160

char *
tl_composer_describe_length (const TlPayload *payload,
                             gsize            length)
{
  gboolean has_ending = payload->mode != TL_PAYLOAD_HEX && payload->line_ending != TL_LINE_ENDING_NONE;
  gboolean has_checksum = payload->checksum != TL_CHECKSUM_NONE;
  g_autofree char *count = g_strdup_printf ("%'" G_GSIZE_FORMAT, length);

  if (length == 0)
    return g_strdup ("");
  if (has_ending && has_checksum)
    return g_strdup_printf (ngettext ("%s byte with checksum and line ending", "%s bytes with checksum and line ending", length), count);
  if (has_checksum)
    return g_strdup_printf (ngettext ("%s byte with checksum", "%s bytes with checksum", length), count);
  if (has_ending)
    return g_strdup_printf (ngettext ("%s byte with line ending", "%s bytes with line ending", length), count);

  return g_strdup_printf (ngettext ("%s byte", "%s bytes", length), count);
}

char *
tl_composer_describe_preview (const TlPayload *payload,
                              GBytes          *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const gsize length = MIN (size, PREVIEW_BYTES);
  g_autofree char *decoded = NULL;
  g_autofree char *shown = NULL;

  if (payload->mode == TL_PAYLOAD_HEX)
    {
      shown = tl_hex_format (data, length, " ");
    }
  else
    {
      decoded = tl_decode (payload->charset, data, length);
      shown = tl_escape_visible (decoded, FALSE);
    }

  /* Translators: %s is a message as it will be sent, %s behind it an ellipsis where it is longer */
  return g_strdup_printf (_("Sends: %s%s"), shown, size > length ? "…" : "");
}

char *
tl_composer_describe_refusal (guint         n_sent,
                              const GError *error)
{
  if (n_sent == 0)
    return g_strdup (error->message);

  /* Translators: %s is a whole sentence */
  return g_strdup_printf (ngettext ("%u peer has it, not all of them: %s", "%u peers have it, not all of them: %s", n_sent),
                          n_sent, error->message);
}

char *
tl_composer_shorten (const char *text)
{
  g_autofree char *start = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), LABEL_CHARS));
  gboolean is_cut = g_utf8_strlen (text, -1) > LABEL_CHARS;

  g_strdelimit (start, "\r\n\t", ' ');

  return g_strconcat (g_strstrip (start), is_cut ? "…" : "", NULL);
}
