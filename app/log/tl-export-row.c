/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message as a line of text, a record of CSV (RFC 4180) or an object of JSON (RFC 8259). */

#include "tl-export-row.h"

#include "tl-escape.h"
#include "tl-hex.h"
#include "tl-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const kind_words[] = {
  NC_ ("message", "received"),
  NC_ ("message", "sent"),
  NC_ ("message", "event"),
  NC_ ("message", "warning"),
  NC_ ("message", "error"),
  NC_ ("message", "call"),
};

G_STATIC_ASSERT (G_N_ELEMENTS (kind_words) == TL_N_MESSAGE_KINDS);

/* A second in the zone of the user, as text. */
typedef struct {
  gint64   second;
  gboolean known;
  char     date[32];
  char     clock[16];
  char     zone[16];
} Second;

/* Making the text of a time takes longer than all else of a short row, and in a flood thousands have the same second. */
static const Second *
get_second (gint64 second)
{
  static _Thread_local Second last;
  g_autoptr (GDateTime) date_time = NULL;
  g_autofree char *date = NULL, *clock = NULL, *zone = NULL;

  if (last.known && last.second == second)
    return &last;
  date_time = g_date_time_new_from_unix_local (second);
  /* Past the year 9999. */
  if (date_time == NULL)
    return NULL;
  date = g_date_time_format (date_time, "%Y-%m-%d");
  clock = g_date_time_format (date_time, "%H:%M:%S");
  zone = g_date_time_format (date_time, "%:z");
  last = (Second) { .second = second, .known = TRUE };
  g_strlcpy (last.date, date, sizeof last.date);
  g_strlcpy (last.clock, clock, sizeof last.clock);
  g_strlcpy (last.zone, zone, sizeof last.zone);
  return &last;
}

/* @separator stands between date and time. */
static void
append_time (GString    *out,
             gint64      time,
             const char *separator,
             gboolean    with_zone)
{
  const gint64 second = time / G_USEC_PER_SEC - (time % G_USEC_PER_SEC < 0 ? 1 : 0);
  const Second *text = get_second (second);
  char micro[] = ".000000";

  if (text == NULL)
    {
      g_string_append_printf (out, "%" G_GINT64_FORMAT, time);
      return;
    }
  for (gint64 i = 0, rest = time - second * G_USEC_PER_SEC; i < 6; i++, rest /= 10)
    micro[6 - i] = (char) ('0' + rest % 10);
  g_string_append (out, text->date);
  g_string_append (out, separator);
  g_string_append (out, text->clock);
  g_string_append (out, micro);
  if (with_zone)
    g_string_append (out, text->zone);
}

static void
append_text_row (GString             *out,
                 const TlMessageInfo *info,
                 const char          *peer,
                 const char          *text)
{
  g_autofree char *visible = tl_escape_visible (text, FALSE);
  g_autofree char *visible_peer = tl_escape_visible (peer != NULL ? peer : "-", FALSE);

  append_time (out, info->time, " ", FALSE);
  g_string_append (out, "  ");
  g_string_append (out, g_dpgettext2 (GETTEXT_PACKAGE, "message", kind_words[info->kind]));
  g_string_append (out, "  ");
  g_string_append (out, visible_peer);
  g_string_append (out, "  ");
  g_string_append (out, visible);
  g_string_append_c (out, '\n');
}

static void
append_csv_field (GString    *out,
                  const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (out, text);
      return;
    }

  g_string_append_c (out, '"');
  for (const char *quote; (quote = strchr (text, '"')) != NULL; text = quote + 1)
    {
      g_string_append_len (out, text, quote - text);
      g_string_append (out, "\"\"");
    }
  g_string_append (out, text);
  g_string_append_c (out, '"');
}

/* A spreadsheet runs a cell that begins like this as a formula, whoever has sent it. Blanks before it do not stop all of them, and those of
 * East Asia take the full-width signs as well. A number with its sign is only a number. */
static gboolean
is_formula (const char *text)
{
  const gunichar signs[] = { '=', '+', '-', '@', 0xff1d, 0xff0b, 0xff0d, 0xff20, 0 };
  gunichar first;

  while (g_unichar_isspace (first = g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  for (const gunichar *sign = signs; *sign != first; sign++)
    if (*sign == 0)
      return FALSE;
  if (first == '+' || first == '-')
    {
      gsize digits = strspn (text + 1, "0123456789.");

      return digits == 0 || text[1 + digits + strspn (text + 1 + digits, " \r\n")] != '\0';
    }

  return first != 0;
}

/* What a peer has sent: an apostrophe before it makes every spreadsheet take it as text. */
static void
append_csv_foreign (GString    *out,
                    const char *text)
{
  g_autofree char *harmless = is_formula (text) ? g_strconcat ("'", text, NULL) : NULL;

  append_csv_field (out, harmless != NULL ? harmless : text);
}

static const char *
get_kind_nick (TlMessageKind kind)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (TL_TYPE_MESSAGE_KIND);

  return g_enum_get_value (klass, kind)->value_nick;
}

static void
append_csv_row (GString             *out,
                const TlMessageInfo *info,
                const char          *peer,
                const char          *text,
                GBytes              *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree char *hex = tl_hex_format (data, length, " ");

  append_time (out, info->time, "T", TRUE);
  g_string_append_printf (out, ",%s,", get_kind_nick (info->kind));
  append_csv_foreign (out, peer != NULL ? peer : "");
  g_string_append_printf (out, ",%" G_GSIZE_FORMAT ",", length);
  append_csv_foreign (out, text);
  g_string_append_c (out, ',');
  g_string_append (out, hex);
  g_string_append (out, "\r\n");
}

static void
append_json_row (GString             *out,
                 const TlMessageInfo *info,
                 const char          *peer,
                 const char          *text,
                 GBytes              *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree char *base64 = g_base64_encode (data, length);

  g_string_append (out, "{\"time\":\"");
  append_time (out, info->time, "T", TRUE);
  g_string_append_printf (out, "\",\"kind\":\"%s\",\"peer\":", get_kind_nick (info->kind));
  if (peer != NULL)
    tl_json_append_string (out, peer);
  else
    g_string_append (out, "null");
  g_string_append_printf (out, ",\"length\":%" G_GSIZE_FORMAT ",\"text\":", length);
  tl_json_append_string (out, text);
  g_string_append (out, ",\"base64\":\"");
  g_string_append (out, base64);
  g_string_append (out, "\"}\n");
}

/* The rows of an initializer: sixteen bytes a line. */
static void
append_c_row (GString             *out,
              const TlMessageInfo *info,
              const char          *peer,
              GBytes              *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree char *visible = tl_escape_visible (peer != NULL ? peer : "-", FALSE);
  g_auto (GStrv) parts = g_strsplit (visible, "*/", -1);
  g_autofree char *harmless = g_strjoinv ("* /", parts);

  g_string_append (out, "/* ");
  append_time (out, info->time, " ", FALSE);
  g_string_append_printf (out, " %s %s, %" G_GSIZE_FORMAT " */\n", get_kind_nick (info->kind), harmless, length);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (out, "0x%02x,%s", data[i], i % 16 == 15 || i + 1 == length ? "\n" : " ");
}

gboolean
tl_export_format_has_events (TlExportFormat format)
{
  return format <= TL_EXPORT_JSON_LINES;
}

void
tl_export_row_append (GString             *out,
                      TlExportFormat       format,
                      const TlMessageInfo *info,
                      const char          *peer,
                      const char          *text,
                      GBytes              *bytes)
{
  g_autofree char *valid_peer = peer != NULL ? g_utf8_make_valid (peer, -1) : NULL;

  if (!TL_MESSAGE_KIND_IS_DATA (info->kind) && !tl_export_format_has_events (format))
    return;
  switch (format)
    {
    case TL_EXPORT_TEXT:
      append_text_row (out, info, valid_peer, text);
      break;
    case TL_EXPORT_CSV:
      append_csv_row (out, info, valid_peer, text, bytes);
      break;
    case TL_EXPORT_JSON_LINES:
      append_json_row (out, info, valid_peer, text, bytes);
      break;
    case TL_EXPORT_RECEIVED_BYTES:
    case TL_EXPORT_SENT_BYTES:
      if ((info->kind == TL_MESSAGE_SENT) == (format == TL_EXPORT_SENT_BYTES))
        g_string_append_len (out, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
      break;
    case TL_EXPORT_C_ARRAY:
      append_c_row (out, info, valid_peer, bytes);
      break;
    case TL_EXPORT_CAPTURE:
    default:
      g_assert_not_reached ();
    }
}
