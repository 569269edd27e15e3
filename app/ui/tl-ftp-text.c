/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes, times, states and icons of an FTP server, for people. */

#include "tl-ftp-text.h"

#include "tl-tls.h"

#include <glib/gi18n-lib.h>

/* Extensions come from the server: what is kept of them is bounded. */
#define MAX_ICONS 256
#define MAX_EXTENSION 16

/* "AB:CD:…" of 32 bytes: the colon between its two halves. */
#define FINGERPRINT_HALF (16 * 3 - 1)

char *
tl_ftp_text_size (gint64 size)
{
  return size < 0 ? g_strdup ("") : g_format_size (size);
}

char *
tl_ftp_text_time (gint64             time,
                  TlFtpTimePrecision precision)
{
  g_autoptr (GDateTime) date = NULL;
  const char *format = "%Y-%m-%d %H:%M";
  char *text;

  if (precision == TL_FTP_TIME_NONE)
    return g_strdup ("");

  /* A date without a time has no zone: it is the same everywhere. */
  if (precision == TL_FTP_TIME_DAY)
    {
      date = g_date_time_new_from_unix_utc (time);
      format = "%Y-%m-%d";
    }
  else
    date = g_date_time_new_from_unix_local (time);
  text = date ? g_date_time_format (date, format) : NULL;

  return text ? text : g_strdup ("");
}

const char *
tl_ftp_text_precision (TlFtpTimePrecision precision)
{
  switch (precision)
    {
    case TL_FTP_TIME_DAY:
      return _("The server told only the date.");
    case TL_FTP_TIME_MINUTE:
      return _("The server told the time to the minute.");
    case TL_FTP_TIME_GUESSED_YEAR:
      return _("The server did not tell the year: the last in which this day was is shown.");
    case TL_FTP_TIME_SECOND:
    case TL_FTP_TIME_NONE:
    default:
      return NULL;
    }
}

/* The letters of RFC 3659 §7.5.5, and those of pyftpdlib (M: permissions, T: time). */
char *
tl_ftp_text_facts (const char *permissions)
{
  static const struct {
    const char *letters;
    const char *word;
  } facts[] = {
    { "rle", NC_("permission", "read") },
    { "wacm", NC_("permission", "write") },
    { "f", NC_("permission", "rename") },
    { "dp", NC_("permission", "delete") },
  };
  GString *text;

  if (!permissions || !*permissions || permissions[strspn (permissions, "acdeflmprwMT")])
    return NULL;

  text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (strpbrk (permissions, facts[i].letters))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", g_dpgettext2 (NULL, "permission", facts[i].word));

  return g_string_free (text, FALSE);
}

char *
tl_ftp_text_path (GBytes       *path,
                  TlFtpCharset  charset,
                  TlCharset     guess)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (path, &length);

  return tl_ftp_name_display (bytes, length, charset, guess, NULL);
}

const char *
tl_ftp_state_css_class (TlFtpState state)
{
  switch (state)
    {
    case TL_FTP_READY:
      return "success";
    case TL_FTP_TRANSFERRING:
      return "accent";
    case TL_FTP_FAILED:
      return "error";
    case TL_FTP_RESOLVING:
    case TL_FTP_CONNECTING:
    case TL_FTP_SECURING:
    case TL_FTP_LOGGING_IN:
      return "warning";
    case TL_FTP_CLOSED:
    default:
      return "dim-label";
    }
}

const char *
tl_ftp_state_icon_name (TlFtpState state)
{
  switch (state)
    {
    case TL_FTP_FAILED:
      return "dialog-error-symbolic";
    case TL_FTP_CLOSED:
      return "network-offline-symbolic";
    default:
      return "folder-remote-symbolic";
    }
}

gboolean
tl_ftp_state_is_busy (TlFtpState state)
{
  return state == TL_FTP_RESOLVING || state == TL_FTP_CONNECTING || state == TL_FTP_SECURING || state == TL_FTP_LOGGING_IN
         || state == TL_FTP_TRANSFERRING;
}

gboolean
tl_ftp_state_is_active (TlFtpState state)
{
  return state != TL_FTP_CLOSED && state != TL_FTP_FAILED;
}

const char *
tl_ftp_charset_get_label (TlFtpCharset charset)
{
  return charset == TL_FTP_CHARSET_AUTO ? C_("character set", "Automatic") : tl_charset_get_name (charset);
}

char *
tl_ftp_text_fingerprint (const char *fingerprint)
{
  GString *text = g_string_new (fingerprint);

  if (text->len > FINGERPRINT_HALF)
    text->str[FINGERPRINT_HALF] = '\n';

  return g_string_free (text, FALSE);
}

static char *
format_day (GDateTime *date)
{
  g_autoptr (GDateTime) local = date ? g_date_time_to_local (date) : NULL;

  return local ? g_date_time_format (local, "%Y-%m-%d") : g_strdup ("?");
}

char *
tl_ftp_text_certificate (GTlsCertificate *certificate)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);
  g_autoptr (GDateTime) before = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) after = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *from = format_day (before);
  g_autofree char *to = format_day (after);
  g_autofree char *fingerprint = tl_tls_fingerprint (certificate);
  g_autofree char *lines = tl_ftp_text_fingerprint (fingerprint ? fingerprint : "");

  return g_strdup_printf (_("Certificate of: %s\nIssued by: %s\nValid: %s to %s\nFingerprint (SHA-256):\n%s"), subject ? subject : "?",
                          issuer ? issuer : "?", from, to, lines);
}

char *
tl_ftp_charset_dup_face (TlFtpCharset charset,
                         TlCharset    guess)
{
  if (charset == TL_FTP_CHARSET_AUTO && guess != TL_CHARSET_UTF_8)
    /* Translators: the character set of file names, which was guessed */
    return g_strdup_printf (_("Names: %s (automatic)"), tl_charset_get_name (guess));
  /* Translators: the character set of file names */
  return g_strdup_printf (_("Names: %s"), tl_ftp_charset_get_label (charset));
}

static GIcon *
make_icon (TlFtpEntryKind  kind,
           const char     *name)
{
  g_autofree char *type = NULL;

  if (kind == TL_FTP_ENTRY_DIRECTORY)
    return g_themed_icon_new ("folder");
  if (kind == TL_FTP_ENTRY_LINK)
    return g_themed_icon_new_with_default_fallbacks ("emblem-symbolic-link");
  if (kind == TL_FTP_ENTRY_OTHER)
    return g_themed_icon_new ("application-x-executable");

  type = g_content_type_guess (name, NULL, 0, NULL);
  return g_content_type_get_icon (type);
}

GIcon *
tl_ftp_icon_for (TlFtpEntryKind  kind,
                 const char     *name)
{
  static GHashTable *icons;
  const char *dot = kind == TL_FTP_ENTRY_FILE ? strrchr (name, '.') : NULL;
  g_autofree char *extension = dot && strlen (dot) <= MAX_EXTENSION ? g_ascii_strdown (dot, -1) : g_strdup ("");
  g_autofree char *key = g_strdup_printf ("%d%s", kind, extension);
  g_autofree char *example = g_strconcat ("a", extension, NULL);
  GIcon *icon;

  if (!icons)
    icons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  icon = g_hash_table_lookup (icons, key);
  if (!icon)
    {
      if (g_hash_table_size (icons) >= MAX_ICONS)
        g_hash_table_remove_all (icons);
      icon = make_icon (kind, example);
      g_hash_table_insert (icons, g_steal_pointer (&key), icon);
    }

  return icon;
}
