/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlFtpUri: a remote file or folder, as an FTP URL or as host, directory and file. */

#include "tl-ftp-uri.h"

#include <string.h>

#include "tl-ftp-uri-private.h"

G_DEFINE_BOXED_TYPE (TlFtpUri, tl_ftp_uri, tl_ftp_uri_copy, tl_ftp_uri_free)

TlFtpUri *
tl_ftp_uri_new (void)
{
  TlFtpUri *self = g_new0 (TlFtpUri, 1);

  self->host = g_strdup ("");
  self->dir = g_bytes_new (NULL, 0);
  self->file = g_bytes_new (NULL, 0);
  return self;
}

TlFtpUri *
tl_ftp_uri_copy (const TlFtpUri *self)
{
  TlFtpUri *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (TlFtpUri, 1);
  *copy = *self;
  copy->host = g_strdup (self->host);
  copy->user = g_strdup (self->user);
  copy->password = g_strdup (self->password);
  copy->dir = g_bytes_ref (self->dir);
  copy->file = g_bytes_ref (self->file);
  return copy;
}

void
tl_ftp_uri_free (TlFtpUri *self)
{
  if (self == NULL)
    return;
  g_free (self->host);
  g_free (self->user);
  g_free (self->password);
  g_bytes_unref (self->dir);
  g_bytes_unref (self->file);
  g_free (self);
}

void
tl_ftp_uri_set_path (TlFtpUri     *self,
                     const guint8 *path,
                     gsize         length)
{
  g_autoptr (GByteArray) plain = g_byte_array_sized_new ((guint) length);
  gsize cut;

  for (gsize i = 0; i < length; i++)
    if (path[i] != '/' || plain->len == 0 || plain->data[plain->len - 1] != '/')
      g_byte_array_append (plain, path + i, 1);

  for (cut = plain->len; cut > 0 && plain->data[cut - 1] != '/';)
    cut--;

  g_bytes_unref (self->dir);
  g_bytes_unref (self->file);
  self->dir = g_bytes_new (plain->data, cut > 1 ? cut - 1 : cut);
  self->file = g_bytes_new (cut < plain->len ? plain->data + cut : NULL, plain->len - cut);
}

guint16
tl_ftp_uri_get_port (const TlFtpUri *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->port != 0)
    return self->port;
  return self->security == TL_FTP_SECURITY_IMPLICIT ? TL_FTPS_PORT : TL_FTP_PORT;
}

/* In brackets a percent sign before a zone is encoded (RFC 6874). */
static void
append_host (GString    *out,
             const char *host)
{
  gboolean brackets = strchr (host, ':') != NULL;

  if (brackets)
    g_string_append_c (out, '[');
  for (; *host != '\0'; host++)
    if (*host == '%')
      g_string_append (out, "%25");
    else
      g_string_append_c (out, *host);
  if (brackets)
    g_string_append_c (out, ']');
}

static void
append_port (GString        *out,
             const TlFtpUri *self)
{
  if (self->port != 0)
    g_string_append_printf (out, ":%u", self->port);
}

char *
tl_ftp_uri_dup_host_text (const TlFtpUri *self)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_new (NULL);
  if (self->port != 0)
    append_host (out, self->host);
  else
    g_string_append (out, self->host);
  append_port (out, self);
  return g_string_free (out, FALSE);
}

/* Unreserved characters of RFC 3986, 2.3, and those of @also. */
static void
append_encoded (GString      *out,
                const guint8 *bytes,
                gsize         length,
                const char   *also)
{
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = bytes[i];

      if (g_ascii_isalnum (byte) || (byte != '\0' && (strchr ("-._~", byte) != NULL || strchr (also, byte) != NULL)))
        g_string_append_c (out, (char) byte);
      else
        g_string_append_printf (out, "%%%02X", byte);
    }
}

static void
append_user (GString        *out,
             const TlFtpUri *self,
             gboolean        with_password)
{
  const char *password = with_password ? self->password : NULL;

  if (self->user == NULL && password == NULL)
    return;
  if (self->user != NULL)
    append_encoded (out, (const guint8 *) self->user, strlen (self->user), "!$&'()*+,=");
  if (password != NULL)
    {
      g_string_append_c (out, ':');
      append_encoded (out, (const guint8 *) password, strlen (password), "!$&'()*+,=");
    }
  g_string_append_c (out, '@');
}

static void
append_path (GString        *out,
             const TlFtpUri *self)
{
  gsize dir_length, file_length;
  const guint8 *dir = g_bytes_get_data (self->dir, &dir_length);
  const guint8 *file = g_bytes_get_data (self->file, &file_length);
  gboolean absolute = dir_length > 0 && dir[0] == '/';

  g_string_append_c (out, '/');
  if (absolute)
    {
      g_string_append (out, "%2F");
      dir++;
      dir_length--;
    }
  append_encoded (out, dir, dir_length, "/!$&'()*+,=:@");
  if (dir_length > 0)
    g_string_append_c (out, '/');
  append_encoded (out, file, file_length, "!$&'()*+,=:@");
}

char *
tl_ftp_uri_to_string (const TlFtpUri *self,
                      gboolean        with_password)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  switch (self->security)
    {
    case TL_FTP_SECURITY_EXPLICIT:
      out = g_string_new ("ftpes://");
      break;
    case TL_FTP_SECURITY_IMPLICIT:
      out = g_string_new ("ftps://");
      break;
    case TL_FTP_SECURITY_AUTO:
    case TL_FTP_SECURITY_NONE:
    default:
      out = g_string_new ("ftp://");
      break;
    }
  append_user (out, self, with_password);
  append_host (out, self->host);
  append_port (out, self);
  append_path (out, self);
  if (self->type != 0)
    g_string_append_printf (out, ";type=%c", self->type);
  return g_string_free (out, FALSE);
}
