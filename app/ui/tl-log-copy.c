/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a log as text for the clipboard. */

#include "tl-log-copy.h"

#include "tl-hex.h"
#include "tl-message-export.h"

static char *
copy_row (TlMessageSource *source,
          guint            position,
          TlLogCopyKind    kind,
          TlCharset        charset,
          gboolean         is_datagram,
          gsize            max_bytes)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *line = NULL;
  const guint8 *data;
  gsize length;

  switch (kind)
    {
    case TL_LOG_COPY_HEX:
      bytes = tl_message_source_dup_bytes (source, position);
      if (!bytes)
        return g_strdup ("");
      data = g_bytes_get_data (bytes, &length);
      return tl_hex_format (data, MIN (length, max_bytes), " ");
    case TL_LOG_COPY_ROWS:
      line = tl_message_export_row (source, position, TL_EXPORT_TEXT, charset, is_datagram);
      return line ? g_strdup (g_strchomp (line)) : g_strdup ("");
    case TL_LOG_COPY_TEXT:
    default:
      return tl_message_source_decode (source, position, charset, is_datagram, max_bytes);
    }
}

char *
tl_log_copy (TlMessageSource *source,
             GtkBitset       *rows,
             TlLogCopyKind    kind,
             TlCharset        charset,
             gboolean         is_datagram,
             gsize            max_bytes,
             guint           *n_copied)
{
  g_autoptr (GString) out = g_string_new (NULL);
  GtkBitsetIter iter;
  guint position;

  *n_copied = 0;
  if (gtk_bitset_iter_init_first (&iter, rows, &position))
    do
      {
        g_autofree char *row = copy_row (source, position, kind, charset, is_datagram, max_bytes);

        if (out->len > 0 && out->str[out->len - 1] != '\n')
          g_string_append_c (out, '\n');
        g_string_append (out, row ? row : "");
        ++*n_copied;
      }
    while (out->len < max_bytes && gtk_bitset_iter_next (&iter, &position));
  return g_string_free (g_steal_pointer (&out), FALSE);
}
