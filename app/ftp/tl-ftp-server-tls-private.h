/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-server-tls.h"

#include <gnutls/gnutls.h>

G_BEGIN_DECLS

/* For tl-ftp-server-tls.c alone: lives as long as the certificate. */
gnutls_certificate_credentials_t tl_ftp_certificate_get_credentials (TlFtpCertificate *self);

G_END_DECLS
