/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_TLS_MODE (tl_tls_mode_get_type ())

typedef enum {
  TL_TLS_OFF,
  TL_TLS_VERIFY,        /* the certificate must be good for the host */
  TL_TLS_ACCEPT,        /* any certificate; its fingerprint is told */
} TlTlsMode;

GType tl_tls_mode_get_type (void);

/* "3A:7F:…", SHA-256 over the certificate as it came. (transfer full) (nullable) */
char *tl_tls_fingerprint          (GTlsCertificate     *certificate);
/* "CN=example.org, issued by CN=Some CA, valid from 2024-01-01 to 2025-01-01". Translated. (transfer full) */
char *tl_tls_describe_certificate (GTlsCertificate     *certificate);
/* "TLS 1.3, TLS_AES_256_GCM_SHA384". After the handshake. (transfer full) */
char *tl_tls_describe_connection  (GTlsConnection      *connection);
/* What is wrong with a certificate, one translated sentence for each flag, with a blank between them. (transfer full) */
char *tl_tls_flags_sentence       (GTlsCertificateFlags flags);
/* For an error of the domain G_TLS_ERROR. (transfer full) */
char *tl_tls_error_sentence       (const GError        *error);

G_END_DECLS
