/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlFtpClient share; for them alone. */

#include "tl-ftp-client.h"

G_BEGIN_DECLS

struct _TlFtpClient
{
  GObject        parent_instance;

  TlFtpSite     *site;
  TlFtpAsker    *asker;
  TlMessageLog  *log;
  TlFtpState     state;
  char          *error;
  char          *password;
  TlFtpCharset   charset;
  guint          idle_interval;
  guint          timeout;

  GBytes        *directory;
  TlFtpFeatures *features;
  char          *syst;
  char          *welcome;
  gboolean       encrypted;
  char          *security_text;
  GTlsCertificate *certificate;
};

GType tl_ftp_client_features_get_type (void);

G_END_DECLS
