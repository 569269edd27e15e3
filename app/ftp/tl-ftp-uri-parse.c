/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type or paste as an FTP address, taken apart. */

#include "tl-ftp-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-address-check.h"
#include "tl-ftp-uri-private.h"

#define MAX_SCHEME 16 /* characters shown of one that is unknown */

static const struct {
  const char    *scheme;
  TlFtpSecurity  security;
} schemes[] = {
  { "ftp", TL_FTP_SECURITY_AUTO },
  { "ftpes", TL_FTP_SECURITY_EXPLICIT },
  { "ftps", TL_FTP_SECURITY_IMPLICIT },
};

/* What is looked at: the text as it was typed, and its twin in which full-width signs are ASCII, character for character. */
typedef struct {
  char        *typed;   /* without blanks at both ends */
  char        *plain;
  int          lead;    /* characters before @typed in what was given */
  int         *start;
  int         *end;
  GError     **error;
} Text;

static gboolean
fail (Text       *text,
      const char *start,
      const char *end,
      const char *sentence)
{
  if (text->start != NULL)
    *text->start = text->lead + (int) g_utf8_pointer_to_offset (text->plain, start);
  if (text->end != NULL)
    *text->end = text->lead + (int) g_utf8_pointer_to_offset (text->plain, end);
  g_set_error_literal (text->error, TL_FTP_ERROR, TL_FTP_ERROR_NAME, sentence);
  return FALSE;
}

/* Where @plain, a place in the twin, is in what was typed. */
static const char *
typed_at (const Text *text,
          const char *plain)
{
  return g_utf8_offset_to_pointer (text->typed, g_utf8_pointer_to_offset (text->plain, plain));
}

/* Whether percent-encoding stands at @text; *@byte: what it is. */
static gboolean
is_encoded (const char *text,
            gsize       length,
            guint8     *byte)
{
  if (length < 3 || *text != '%' || !g_ascii_isxdigit (text[1]) || !g_ascii_isxdigit (text[2]))
    return FALSE;
  *byte = (guint8) (g_ascii_xdigit_value (text[1]) << 4 | g_ascii_xdigit_value (text[2]));
  return TRUE;
}

/* Percent-encoding undone. Only what is followed by two hex digits is one: people type names as they are. NULL: CR, LF or NUL. */
static GByteArray *
decode (const char *text,
        gsize       length)
{
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new ((guint) length);

  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = (guint8) text[i];

      if (is_encoded (text + i, length - i, &byte))
        i += 2;
      if (byte == '\0' || byte == '\r' || byte == '\n')
        return NULL;
      g_byte_array_append (bytes, &byte, 1);
    }
  return g_steal_pointer (&bytes);
}

/* As text; NULL also for what is not UTF-8. */
static char *
decode_text (const char *text,
             gsize       length)
{
  g_autoptr (GByteArray) bytes = decode (text, length);

  if (bytes == NULL || (bytes->len > 0 && !g_utf8_validate_len ((const char *) bytes->data, bytes->len, NULL)))
    return NULL;
  return bytes->len > 0 ? g_strndup ((const char *) bytes->data, bytes->len) : g_strdup ("");
}

/* Takes the scheme off; *@rest is what follows it. */
static gboolean
parse_scheme (TlFtpUri    *self,
              Text        *text,
              const char **rest)
{
  const char *colon = strstr (text->plain, "://");
  g_autofree char *scheme = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *sentence = NULL;

  *rest = text->plain;
  /* "user:a://b@host" has no scheme. */
  if (colon == NULL || strcspn (text->plain, "/@[") < (gsize) (colon - text->plain))
    return TRUE;

  scheme = g_strndup (text->plain, (gsize) (colon - text->plain));
  shown = g_utf8_substring (scheme, 0, MIN (g_utf8_strlen (scheme, -1), MAX_SCHEME));
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strcasecmp (scheme, schemes[i].scheme) == 0)
      {
        self->security = schemes[i].security;
        *rest = colon + 3;
        return TRUE;
      }

  if (g_ascii_strcasecmp (scheme, "sftp") == 0)
    sentence = g_strdup (_("“sftp” is file transfer over SSH, another protocol than FTP. Use an address with ftp://, ftps:// or ftpes://."));
  else
    sentence = g_strdup_printf (_("“%s” is no kind of FTP address. Use ftp://, ftps:// or ftpes://, or the host alone."), shown);
  return fail (text, text->plain, colon, sentence);
}

static gboolean
parse_user (TlFtpUri   *self,
            Text       *text,
            const char *start,
            const char *end)
{
  /* Of what was typed: a password may hold full-width signs. */
  const char *typed = typed_at (text, start);
  gsize length = (gsize) (typed_at (text, end) - typed);
  const char *colon = memchr (typed, ':', length);
  gsize user_length = colon != NULL ? (gsize) (colon - typed) : length;

  self->user = decode_text (typed, user_length);
  if (colon != NULL)
    self->password = decode_text (colon + 1, length - user_length - 1);
  if (self->user == NULL || (colon != NULL && self->password == NULL))
    return fail (text, start, end, _("User or password hold something that cannot be sent: a line break, a zero byte, or no valid text."));
  if (*self->user == '\0')
    g_clear_pointer (&self->user, g_free);
  return TRUE;
}

/* Whether percent signs before a zone mean themselves: "fe80::1%12", "[fe80::1%eth0]:21", as people type it. In brackets "%25" stands for one (RFC 6874). */
static gboolean
has_plain_zone (const char *host)
{
  const char *percent = strchr (host, '%');
  const char *colon = strchr (host, ':');

  if (strchr (host, '[') != NULL)
    return !g_str_has_prefix (percent, "%25") || percent[3] == ']' || percent[3] == '\0';
  return colon != NULL && strchr (colon + 1, ':') != NULL;
}

/* The host as the check wants it: percent-encoded signs decoded. */
static char *
dup_host_text (const char *start,
               const char *end,
               gboolean   *decoded)
{
  g_autofree char *raw = g_strndup (start, (gsize) (end - start));
  g_autofree char *text = NULL;

  if (strchr (raw, '%') != NULL && !has_plain_zone (raw))
    text = decode_text (raw, strlen (raw));
  *decoded = text != NULL;
  return text != NULL ? g_steal_pointer (&text) : g_steal_pointer (&raw);
}

/* Where the character @offset of the host stands in the text. */
static const char *
host_place (const char *start,
            const char *end,
            gboolean    decoded,
            int         offset)
{
  const char *p = start;
  guint8 byte;

  for (; offset > 0 && p < end; offset--)
    if (!decoded || !is_encoded (p, (gsize) (end - p), &byte))
      p = g_utf8_next_char (p);
    else
      /* With what continues it in UTF-8. */
      do
        p += 3;
      while (is_encoded (p, (gsize) (end - p), &byte) && (byte & 0xc0) == 0x80);
  return p;
}

/* A host, with or without a port, that stands from @start to @end in the twin. */
static gboolean
parse_host (TlFtpUri   *self,
            Text       *text,
            const char *start,
            const char *end)
{
  gboolean decoded;
  g_autofree char *host = dup_host_text (start, end, &decoded);
  g_autoptr (TlAddressCheck) check = tl_address_check_new (host);

  switch (check->kind)
    {
    case TL_HOST_EMPTY:
      return fail (text, start, end, _("The host is missing. Type its name or address, such as ftp.example.org."));
    case TL_HOST_INVALID:
      return fail (text, host_place (start, end, decoded, check->error_start), host_place (start, end, decoded, check->error_end), check->message);
    case TL_HOST_IPV4:
    case TL_HOST_IPV6:
    case TL_HOST_NAME:
    default:
      break;
    }
  if (check->other_host != NULL && strpbrk (host, "/@") != NULL)
    return fail (text, start, end, _("Only a host, with or without a port, can stand here."));
  if (check->other_port == 0)
    return fail (text, start, end, _("Port 0 cannot be connected to. Type a port from 1 to 65535, or none."));

  g_free (self->host);
  self->host = g_strdup (check->host);
  self->port = check->other_port > 0 ? (guint16) check->other_port : 0;
  return TRUE;
}

static gboolean
parse_authority (TlFtpUri   *self,
                 Text       *text,
                 const char *start,
                 const char *end)
{
  const char *at = memrchr (start, '@', (gsize) (end - start));

  /* The last one: a password that nobody has encoded may hold others. */
  if (at != NULL && !parse_user (self, text, start, at))
    return FALSE;
  return parse_host (self, text, at != NULL ? at + 1 : start, end);
}

/* ";type=i" at the end. The length without it. */
static gsize
take_type (TlFtpUri   *self,
           const char *path,
           gsize       length)
{
  const gsize n = strlen (";type=X");
  char type;

  if (length < n || g_ascii_strncasecmp (path + length - n, ";type=", n - 1) != 0)
    return length;
  type = g_ascii_tolower (path[length - 1]);
  if (type != 'a' && type != 'i' && type != 'd')
    return length;
  self->type = type;
  return length - n;
}

static gboolean
parse_path (TlFtpUri   *self,
            Text       *text,
            const char *start)
{
  const char *typed = typed_at (text, start);
  gsize length = take_type (self, typed, strlen (typed));
  g_autoptr (GByteArray) path = decode (typed, length);

  if (path == NULL)
    return fail (text, start, start + strlen (start), _("The path holds a line break or a zero byte, which cannot be sent. Take it out."));
  tl_ftp_uri_set_path (self, path->data, path->len);
  return TRUE;
}

static gboolean
parse (TlFtpUri *self,
       Text     *text)
{
  const char *rest, *slash;

  if (!parse_scheme (self, text, &rest))
    return FALSE;
  slash = rest + strcspn (rest, "/");
  if (!parse_authority (self, text, rest, slash))
    return FALSE;
  /* The slash after the host is no part of the path (RFC 1738, 3.2.2). */
  return *slash == '\0' || parse_path (self, text, slash + 1);
}

/* What tl_address_normalize() takes away at both ends. */
static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x200b || c == 0x200e || c == 0x200f || c == 0x2060 || c == 0xfeff;
}

static void
text_init (Text       *text,
           const char *valid)
{
  const char *start = valid;

  for (; *start != '\0' && is_blank (g_utf8_get_char (start)); start = g_utf8_next_char (start))
    text->lead++;
  text->plain = tl_address_normalize (valid);
  text->typed = g_strndup (start, (gsize) (g_utf8_offset_to_pointer (start, g_utf8_strlen (text->plain, -1)) - start));
}

static void
text_clear (Text *text)
{
  g_free (text->plain);
  g_free (text->typed);
}

TlFtpUri *
tl_ftp_uri_parse_at (const char  *text,
                     int         *start,
                     int         *end,
                     GError     **error)
{
  g_autoptr (TlFtpUri) self = tl_ftp_uri_new ();
  g_autofree char *valid = NULL;
  Text parts = { .start = start, .end = end, .error = error };
  gboolean right;

  g_return_val_if_fail (text != NULL, NULL);

  if (start != NULL)
    *start = -1;
  if (end != NULL)
    *end = -1;

  valid = g_utf8_make_valid (text, -1);
  text_init (&parts, valid);
  right = parse (self, &parts);
  text_clear (&parts);
  return right ? g_steal_pointer (&self) : NULL;
}

TlFtpUri *
tl_ftp_uri_parse (const char  *text,
                  GError     **error)
{
  return tl_ftp_uri_parse_at (text, NULL, NULL, error);
}

static gboolean
check_part (const char  *part,
            GError     **error)
{
  if (strpbrk (part, "\r\n") == NULL)
    return TRUE;
  g_set_error_literal (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME,
                       _("The path holds a line break or a zero byte, which cannot be sent. Take it out."));
  return FALSE;
}

TlFtpUri *
tl_ftp_uri_new_from_parts (const char  *host,
                           const char  *dir,
                           const char  *file,
                           GError     **error)
{
  g_autoptr (TlFtpUri) self = tl_ftp_uri_new ();
  g_autofree char *path = NULL;
  Text text = { .error = error };
  gboolean right;

  g_return_val_if_fail (host != NULL && dir != NULL && file != NULL, NULL);

  if (!check_part (dir, error) || !check_part (file, error))
    return NULL;
  if (strchr (file, '/') != NULL)
    {
      g_set_error_literal (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME, _("The file name holds “/”. Folders belong into the directory."));
      return NULL;
    }

  text_init (&text, host);
  right = parse_host (self, &text, text.plain, text.plain + strlen (text.plain));
  text_clear (&text);
  if (!right)
    return NULL;

  /* As they are: "%41" is a name of three characters here. */
  path = *dir != '\0' ? g_strconcat (dir, "/", file, NULL) : g_strdup (file);
  tl_ftp_uri_set_path (self, (const guint8 *) path, strlen (path));
  return g_steal_pointer (&self);
}
