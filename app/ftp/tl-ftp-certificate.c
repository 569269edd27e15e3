/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The certificate of the FTP server: made on first use, kept in a file. */

#include "tl-ftp-server-tls-private.h"

#include "tl-tls.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEN_YEARS (3652 * 24 * 3600LL)
#define FILE_MAX (64 * 1024)

struct _TlFtpCertificate
{
  gatomicrefcount                   ref_count;
  gnutls_certificate_credentials_t  credentials;
  char                             *fingerprint;
};

/* PEM: the key first. */
static int
make (gnutls_datum_t *key_pem,
      gnutls_datum_t *certificate_pem)
{
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t certificate;
  const time_t now = time (NULL);
  guint8 serial[16];
  int result;

  gnutls_x509_privkey_init (&key);
  gnutls_x509_crt_init (&certificate);
  gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial);
  /* Positive, and not 0. */
  serial[0] = (guint8) ((serial[0] & 0x7f) | 0x40);
  result = gnutls_x509_privkey_generate2 (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0, NULL, 0);
  if (result >= 0)
    result = gnutls_x509_crt_set_dn (certificate, "CN=Tonglu shared folder", NULL);
  if (result >= 0)
    result = gnutls_x509_crt_set_version (certificate, 3);
  if (result >= 0)
    result = gnutls_x509_crt_set_serial (certificate, serial, sizeof serial);
  if (result >= 0)
    result = gnutls_x509_crt_set_activation_time (certificate, now - 24 * 3600);
  if (result >= 0)
    result = gnutls_x509_crt_set_expiration_time (certificate, (time_t) (now + TEN_YEARS));
  if (result >= 0)
    result = gnutls_x509_crt_set_basic_constraints (certificate, 0, -1);
  if (result >= 0)
    result = gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_DIGITAL_SIGNATURE);
  if (result >= 0)
    result = gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_SERVER, 0);
  if (result >= 0)
    result = gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, "localhost", strlen ("localhost"), GNUTLS_FSAN_SET);
  if (result >= 0)
    result = gnutls_x509_crt_set_key (certificate, key);
  if (result >= 0)
    result = gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0);
  if (result >= 0)
    result = gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, key_pem);
  if (result >= 0)
    result = gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, certificate_pem);
  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_privkey_deinit (key);
  return result;
}

static gboolean
set_io_error (GError     **error,
              const char  *file,
              int          errsv)
{
  g_autofree char *shown = g_filename_display_name (file);

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errsv),
               _("The certificate of the shared folder cannot be kept in “%s”. (%s)"), shown, g_strerror (errsv));
  return FALSE;
}

static gboolean
write_file (const char  *file,
            const char  *pem,
            gsize        length,
            GError     **error)
{
  g_autofree char *dir = g_path_get_dirname (file);
  g_autoptr (GError) reason = NULL;

  if (g_mkdir_with_parents (dir, 0700) < 0)
    return set_io_error (error, file, errno);
  /* For its owner from the first byte on: the key is in it. */
  if (!g_file_set_contents_full (file, pem, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &reason))
    {
      g_autofree char *shown = g_filename_display_name (file);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The certificate of the shared folder cannot be kept in “%s”. (%s)"), shown,
                   reason->message);
      return FALSE;
    }
  return TRUE;
}

static char *
make_pem (gsize   *length,
          GError **error)
{
  gnutls_datum_t key = { 0 }, certificate = { 0 };
  const int result = make (&key, &certificate);
  char *pem = NULL;

  if (result < 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("No certificate could be made. (%s)"), gnutls_strerror (result));
  else
    {
      *length = key.size + certificate.size;
      pem = g_malloc (*length + 1);
      memcpy (pem, key.data, key.size);
      memcpy (pem + key.size, certificate.data, certificate.size);
      pem[*length] = '\0';
    }
  if (key.data != NULL)
    gnutls_memset (key.data, 0, key.size);
  gnutls_free (key.data);
  gnutls_free (certificate.data);
  return pem;
}

/* NULL without an error: it is not there, or is none that can be used: then another one is made. */
static TlFtpCertificate *
new_from_pem (const char *pem,
              gsize       length)
{
  g_autoptr (TlFtpCertificate) self = g_new0 (TlFtpCertificate, 1);
  g_autoptr (GTlsCertificate) certificate = NULL;
  const gnutls_datum_t datum = { (guint8 *) pem, (guint) length };

  g_atomic_ref_count_init (&self->ref_count);
  gnutls_certificate_allocate_credentials (&self->credentials);
  if (gnutls_certificate_set_x509_key_mem (self->credentials, &datum, &datum, GNUTLS_X509_FMT_PEM) < 0)
    return NULL;
  certificate = g_tls_certificate_new_from_pem (pem, (gssize) length, NULL);
  self->fingerprint = certificate != NULL ? tl_tls_fingerprint (certificate) : NULL;
  return self->fingerprint != NULL ? g_steal_pointer (&self) : NULL;
}

TlFtpCertificate *
tl_ftp_certificate_load (const char  *file,
                         GError     **error)
{
  TlFtpCertificate *self;
  char *pem = NULL;
  gsize length = 0;

  g_return_val_if_fail (file != NULL, NULL);

  self = g_file_get_contents (file, &pem, &length, NULL) && length < FILE_MAX ? new_from_pem (pem, length) : NULL;
  if (self == NULL)
    {
      g_free (pem);
      pem = make_pem (&length, error);
      if (pem != NULL && write_file (file, pem, length, error))
        self = new_from_pem (pem, length);
      if (pem != NULL && self == NULL && error != NULL && *error == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("This system cannot use the certificate that was made for the shared folder."));
    }
  if (pem != NULL)
    explicit_bzero (pem, length);
  g_free (pem);
  return self;
}

TlFtpCertificate *
tl_ftp_certificate_ref (TlFtpCertificate *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tl_ftp_certificate_unref (TlFtpCertificate *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  gnutls_certificate_free_credentials (self->credentials);
  g_free (self->fingerprint);
  g_free (self);
}

const char *
tl_ftp_certificate_get_fingerprint (TlFtpCertificate *self)
{
  return self->fingerprint;
}

gnutls_certificate_credentials_t
tl_ftp_certificate_get_credentials (TlFtpCertificate *self)
{
  return self->credentials;
}
