/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message looks like as text: pure functions for the rows of the log, its details and its copies. */

#include "tl-message-text.h"

#include "tl-decoder.h"
#include "tl-escape.h"
#include "tl-hex.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DUMP_WIDTH 16
#define NARROW_DUMP_WIDTH 8
#define PAGE_LINE_CHARS 2000
/* In UTF-8 and in GB18030. */
#define MAX_CHAR_BYTES 4

G_DEFINE_ENUM_TYPE (TlLogMode, tl_log_mode,
                    G_DEFINE_ENUM_VALUE (TL_LOG_MODE_TEXT, "text"),
                    G_DEFINE_ENUM_VALUE (TL_LOG_MODE_HEX, "hex"),
                    G_DEFINE_ENUM_VALUE (TL_LOG_MODE_HEX_DUMP, "hex-dump"))

const char *
tl_message_text_kind (TlMessageKind kind)
{
  switch (kind)
    {
    case TL_MESSAGE_RECEIVED:
      return C_("direction", "Received");
    case TL_MESSAGE_SENT:
      return C_("direction", "Sent");
    case TL_MESSAGE_WARNING:
      return C_("direction", "Warning");
    case TL_MESSAGE_ERROR:
      return C_("direction", "Error");
    case TL_MESSAGE_CALL:
      return C_("direction", "Call");
    case TL_MESSAGE_EVENT:
    default:
      return C_("direction", "Event");
    }
}

const char *
tl_message_text_css_class (TlMessageKind kind)
{
  static const char *const classes[TL_N_MESSAGE_KINDS] = {
    [TL_MESSAGE_RECEIVED] = "tl-received", [TL_MESSAGE_SENT] = "tl-sent",   [TL_MESSAGE_EVENT] = "tl-event",
    [TL_MESSAGE_WARNING] = "tl-warning",   [TL_MESSAGE_ERROR] = "tl-error", [TL_MESSAGE_CALL] = "tl-call",
  };

  return kind < TL_N_MESSAGE_KINDS ? classes[kind] : classes[TL_MESSAGE_EVENT];
}

static char *
format_time (gint64      time,
             const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;
  g_autofree char *clock = local ? g_date_time_format (local, format) : NULL;

  if (!clock)
    return g_strdup ("");
  return g_strdup_printf ("%s.%06d", clock, (int) (time % G_USEC_PER_SEC));
}

char *
tl_message_text_time (gint64 time)
{
  return format_time (time, "%H:%M:%S");
}

char *
tl_message_text_date_time (gint64 time)
{
  return format_time (time, "%Y-%m-%d %H:%M:%S");
}

char *
tl_message_text_length (guint64 length)
{
  return g_strdup_printf (ngettext ("%lu byte", "%lu bytes", length), (gulong) length);
}

/* Half as wide as tl_hex_dump(), for a bubble in a narrow window. */
static char *
narrow_dump (const guint8 *data,
             gsize         length)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (gsize i = 0; i < length; i += NARROW_DUMP_WIDTH)
    {
      gsize n = MIN (NARROW_DUMP_WIDTH, length - i);

      g_string_append_printf (out, "%s%04X  ", i > 0 ? "\n" : "", (guint) i);
      for (gsize j = 0; j < NARROW_DUMP_WIDTH; j++)
        {
          if (j < n)
            g_string_append_printf (out, "%02X ", data[i + j]);
          else
            g_string_append (out, "   ");
        }
      g_string_append_c (out, ' ');
      for (gsize j = 0; j < n; j++)
        g_string_append_c (out, g_ascii_isprint (data[i + j]) ? (char) data[i + j] : '.');
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static guint
max_chars (TlMessageShape shape)
{
  return shape == TL_MESSAGE_SHAPE_LINE ? TL_MESSAGE_LINE_CHARS : TL_MESSAGE_LINES_CHARS;
}

gsize
tl_message_text_preview_bytes (TlLogMode      mode,
                               TlMessageShape shape)
{
  if (mode == TL_LOG_MODE_HEX_DUMP)
    return TL_MESSAGE_DUMP_LINES * (shape == TL_MESSAGE_SHAPE_BUBBLE ? NARROW_DUMP_WIDTH : DUMP_WIDTH);
  if (mode == TL_LOG_MODE_HEX)
    return max_chars (shape) / 3;
  return max_chars (shape) * MAX_CHAR_BYTES;
}

static char *
preview_hex (TlMessageSource *source,
             guint            position,
             TlLogMode        mode,
             TlMessageShape   shape)
{
  g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (source, position);
  const guint8 *data;
  gsize length;

  if (!bytes)
    return g_strdup ("");
  data = g_bytes_get_data (bytes, &length);
  length = MIN (length, tl_message_text_preview_bytes (mode, shape));
  if (mode == TL_LOG_MODE_HEX)
    return tl_hex_format (data, length, " ");
  if (shape == TL_MESSAGE_SHAPE_BUBBLE)
    return narrow_dump (data, length);
  return g_strchomp (tl_hex_dump (data, length));
}

char *
tl_message_text_preview (TlMessageSource *source,
                         guint            position,
                         TlLogMode        mode,
                         TlCharset        charset,
                         gboolean         is_datagram,
                         TlMessageShape   shape)
{
  g_autofree char *text = NULL;
  TlMessageInfo info;

  if (!tl_message_source_peek (source, position, &info))
    return g_strdup ("");

  if (!TL_MESSAGE_KIND_IS_DATA (info.kind))
    mode = TL_LOG_MODE_TEXT;
  if (mode == TL_LOG_MODE_TEXT)
    {
      g_autofree char *decoded = tl_message_source_decode (source, position, charset, is_datagram,
                                                           tl_message_text_preview_bytes (mode, shape));

      text = tl_escape_visible (decoded, shape != TL_MESSAGE_SHAPE_LINE);
      /* The break behind the last picture of one would be an empty line. */
      if (g_str_has_suffix (text, "\n"))
        text[strlen (text) - 1] = '\0';
    }
  else
    {
      text = preview_hex (source, position, mode, shape);
    }

  if (info.length > tl_message_text_preview_bytes (mode, shape))
    return g_strconcat (text, " …", NULL);
  return g_steal_pointer (&text);
}

gboolean
tl_message_text_is_cut (const TlMessageInfo *info,
                        TlLogMode            mode,
                        TlMessageShape       shape)
{
  return info->length > tl_message_text_preview_bytes (TL_MESSAGE_KIND_IS_DATA (info->kind) ? mode : TL_LOG_MODE_TEXT, shape);
}

char *
tl_message_text_limit (char           *text,
                       TlMessageShape  shape,
                       gboolean       *is_cut)
{
  g_autofree char *own = text;
  guint chars = max_chars (shape);
  guint lines = shape == TL_MESSAGE_SHAPE_BUBBLE ? TL_MESSAGE_BUBBLE_LINES : TL_MESSAGE_LINES_LINES;
  char *p = own;

  for (; *p && chars > 0; p = g_utf8_next_char (p), chars--)
    if (*p == '\n' && --lines == 0)
      break;
  /* The ellipsis of a preview is no reason for another one. */
  if (!*p || g_str_equal (p, " …"))
    return g_steal_pointer (&own);
  *is_cut = TRUE;
  *p = '\0';
  return g_strconcat (own, " …", NULL);
}

guint
tl_message_text_n_lines (const TlMessageInfo *info,
                         TlLogMode            mode,
                         TlMessageShape       shape)
{
  guint width = shape == TL_MESSAGE_SHAPE_BUBBLE ? NARROW_DUMP_WIDTH : DUMP_WIDTH;

  if (mode != TL_LOG_MODE_HEX_DUMP || !TL_MESSAGE_KIND_IS_DATA (info->kind))
    return 1;
  return CLAMP (info->length / width + (info->length % width ? 1 : 0), 1, TL_MESSAGE_DUMP_LINES);
}

/* A text view lays out a paragraph as a whole: one of a megabyte would hold up the window. */
static char *
break_long_lines (const char *text)
{
  g_autoptr (GString) out = g_string_sized_new (strlen (text) + 64);
  guint column = 0;

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      if (*p == '\n')
        column = 0;
      else if (column++ == PAGE_LINE_CHARS)
        {
          g_string_append_c (out, '\n');
          column = 1;
        }
      g_string_append_len (out, p, g_utf8_next_char (p) - p);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
page_hex (const guint8 *data,
          gsize         length)
{
  g_autoptr (GString) out = g_string_sized_new (length * 3 + 1);

  for (gsize i = 0; i < length; i += DUMP_WIDTH)
    {
      g_autofree char *line = tl_hex_format (data + i, MIN (DUMP_WIDTH, length - i), " ");

      if (i > 0)
        g_string_append_c (out, '\n');
      g_string_append (out, line);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
tl_message_text_page_of_bytes (GBytes    *bytes,
                               TlLogMode  mode,
                               TlCharset  charset,
                               gsize      max_bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (max_bytes > 0)
    length = MIN (length, max_bytes);
  if (mode == TL_LOG_MODE_TEXT)
    {
      g_autofree char *decoded = tl_decode (charset, data, length);
      g_autofree char *visible = tl_escape_visible (decoded, TRUE);

      return break_long_lines (visible);
    }
  return mode == TL_LOG_MODE_HEX ? page_hex (data, length) : tl_hex_dump (data, length);
}

char *
tl_message_text_page (TlMessageSource *source,
                      guint            position,
                      TlLogMode        mode,
                      TlCharset        charset,
                      gboolean         is_datagram,
                      gsize            max_bytes)
{
  if (mode == TL_LOG_MODE_TEXT)
    {
      g_autofree char *decoded = tl_message_source_decode (source, position, charset, is_datagram, max_bytes);
      g_autofree char *visible = tl_escape_visible (decoded ? decoded : "", TRUE);

      return break_long_lines (visible);
    }
  else
    {
      g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (source, position);

      return bytes ? tl_message_text_page_of_bytes (bytes, mode, charset, max_bytes) : g_strdup ("");
    }
}

char *
tl_message_text_spell_controls (const char *text)
{
  static const char *const names[] = {
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS",  "TAB", "LF",  "VT",  "FF", "CR", "SO", "SI", "DLE",
    "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM",  "SUB", "ESC", "FS",  "GS", "RS", "US", NULL, "DEL",
  };
  g_autoptr (GString) out = g_string_sized_new (strlen (text) + 16);

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *name = c >= 0x2400 && c < 0x2400 + G_N_ELEMENTS (names) ? names[c - 0x2400] : NULL;

      if (name)
        g_string_append_printf (out, "‹%s›", name);
      else
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

gboolean
tl_message_text_must_spell (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "␀␊␍␛");

  return pango_layout_get_unknown_glyphs_count (layout) > 0;
}

char *
tl_message_text_for_widget (GtkWidget  *widget,
                            const char *text)
{
  /* Most texts have none of U+2400 to U+243F: the font is not asked. */
  if (!strstr (text, "\xE2\x90") || !tl_message_text_must_spell (widget))
    return g_strdup (text);

  return tl_message_text_spell_controls (text);
}

char *
tl_message_text_undecided (guint64 n)
{
  g_autofree char *count = g_strdup_printf ("%'" G_GUINT64_FORMAT, n);

  return g_strdup_printf (ngettext ("In %s message the expression had too much to try and gave up: whether it matches is not known. Write it more simply.",
                                    "In %s messages the expression had too much to try and gave up: whether they match is not known. Write it more simply.", n),
                          count);
}

void
tl_message_text_show_undecided (GtkLabel *label,
                                guint64   n)
{
  g_autofree char *text = n > 0 ? tl_message_text_undecided (n) : g_strdup ("");

  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), n > 0);
}
