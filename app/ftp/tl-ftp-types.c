/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all of the FTP room speaks of: kinds of security and of accounts. */

#include "tl-ftp-types.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (TlFtpSecurity, tl_ftp_security,
                    G_DEFINE_ENUM_VALUE (TL_FTP_SECURITY_AUTO, "auto"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SECURITY_EXPLICIT, "explicit"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SECURITY_IMPLICIT, "implicit"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SECURITY_NONE, "none"))

G_DEFINE_ENUM_TYPE (TlFtpAccountKind, tl_ftp_account_kind,
                    G_DEFINE_ENUM_VALUE (TL_FTP_ACCOUNT_ANONYMOUS, "anonymous"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_ACCOUNT_GUEST, "guest"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_ACCOUNT_REGISTERED, "registered"))

const char *
tl_ftp_security_get_label (TlFtpSecurity security)
{
  switch (security)
    {
    case TL_FTP_SECURITY_AUTO:
      return _("TLS if the server has it");
    case TL_FTP_SECURITY_EXPLICIT:
      return _("TLS required (explicit)");
    case TL_FTP_SECURITY_IMPLICIT:
      return _("TLS from the start (implicit)");
    case TL_FTP_SECURITY_NONE:
      return _("Not encrypted");
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
tl_ftp_account_kind_get_label (TlFtpAccountKind kind)
{
  switch (kind)
    {
    case TL_FTP_ACCOUNT_ANONYMOUS:
      return _("Anonymous");
    case TL_FTP_ACCOUNT_GUEST:
      return _("Guest");
    case TL_FTP_ACCOUNT_REGISTERED:
      return _("Registered account");
    default:
      g_return_val_if_reached (NULL);
    }
}
