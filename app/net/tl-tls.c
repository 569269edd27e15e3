/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Certificates and TLS errors as people read them. */

#include "tl-tls.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (TlTlsMode, tl_tls_mode,
                    G_DEFINE_ENUM_VALUE (TL_TLS_OFF, "off"),
                    G_DEFINE_ENUM_VALUE (TL_TLS_VERIFY, "verify"),
                    G_DEFINE_ENUM_VALUE (TL_TLS_ACCEPT, "accept"))

char *
tl_tls_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  g_autoptr (GString) text = NULL;
  g_autofree char *hex = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  if (der == NULL)
    return NULL;
  hex = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  text = g_string_sized_new (96);
  for (guint i = 0; hex[i] != '\0'; i++)
    {
      if (i > 0 && i % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, g_ascii_toupper (hex[i]));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
format_day (GDateTime *day)
{
  return day != NULL ? g_date_time_format (day, "%Y-%m-%d") : g_strdup ("?");
}

char *
tl_tls_describe_certificate (GTlsCertificate *certificate)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);
  g_autoptr (GDateTime) from = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) until = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *from_text = format_day (from);
  g_autofree char *until_text = format_day (until);

  return g_strdup_printf (_("%s, issued by %s, valid from %s to %s"), subject != NULL ? subject : "?", issuer != NULL ? issuer : "?",
                          from_text, until_text);
}

static const char *
protocol_name (GTlsProtocolVersion version)
{
  switch (version)
    {
    case G_TLS_PROTOCOL_VERSION_TLS_1_0:
      return "TLS 1.0";
    case G_TLS_PROTOCOL_VERSION_TLS_1_1:
      return "TLS 1.1";
    case G_TLS_PROTOCOL_VERSION_TLS_1_2:
      return "TLS 1.2";
    case G_TLS_PROTOCOL_VERSION_TLS_1_3:
      return "TLS 1.3";
    case G_TLS_PROTOCOL_VERSION_SSL_3_0:
      return "SSL 3.0";
    default:
      return "TLS";
    }
}

char *
tl_tls_describe_connection (GTlsConnection *connection)
{
  g_autofree char *suite = g_tls_connection_get_ciphersuite_name (connection);
  const char *protocol = protocol_name (g_tls_connection_get_protocol_version (connection));

  return suite != NULL ? g_strdup_printf ("%s, %s", protocol, suite) : g_strdup (protocol);
}

char *
tl_tls_flags_sentence (GTlsCertificateFlags flags)
{
  static const struct {
    GTlsCertificateFlags flag;
    const char          *sentence;
  } table[] = {
    { G_TLS_CERTIFICATE_UNKNOWN_CA, N_("It is not signed by an authority that this computer trusts.") },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, N_("It was made for another host name.") },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, N_("It is not valid yet; check the clock of this computer.") },
    { G_TLS_CERTIFICATE_EXPIRED, N_("It has expired.") },
    { G_TLS_CERTIFICATE_REVOKED, N_("It was revoked by its authority.") },
    { G_TLS_CERTIFICATE_INSECURE, N_("It uses a method that is no longer safe.") },
    { G_TLS_CERTIFICATE_GENERIC_ERROR, N_("It could not be checked.") },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (flags & table[i].flag)
      {
        if (text->len > 0)
          g_string_append_c (text, ' ');
        g_string_append (text, _(table[i].sentence));
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
tl_tls_error_sentence (const GError *error)
{
  switch ((GTlsError) error->code)
    {
    case G_TLS_ERROR_UNAVAILABLE:
      return g_strdup_printf (_("This system has no TLS for programs like this one. Install the package glib-networking. (%s)"),
                              error->message);
    case G_TLS_ERROR_NOT_TLS:
      return g_strdup_printf (_("The other side does not speak TLS on this port. Turn TLS off, or check the port. (%s)"), error->message);
    case G_TLS_ERROR_BAD_CERTIFICATE:
      return g_strdup_printf (_("The certificate of the other side was refused. (%s)"), error->message);
    case G_TLS_ERROR_CERTIFICATE_REQUIRED:
      return g_strdup_printf (_("The other side asks for a certificate of ours, and there is none. (%s)"), error->message);
    case G_TLS_ERROR_HANDSHAKE:
      return g_strdup_printf (_("The two sides could not agree on TLS. (%s)"), error->message);
    case G_TLS_ERROR_EOF:
      return g_strdup_printf (_("The other side ended the connection without ending TLS first: the last bytes may be missing. (%s)"),
                              error->message);
    default:
      return g_strdup_printf (_("TLS failed. (%s)"), error->message);
    }
}
