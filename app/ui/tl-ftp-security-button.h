/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_SECURITY_BUTTON (tl_ftp_security_button_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSecurityButton, tl_ftp_security_button, TL, FTP_SECURITY_BUTTON, GtkWidget)

/**
 * TlFtpSecurityButton:
 *
 * Says whether the connection is encrypted; its popover, how, with which certificate, and what the next connection shall do.
 * Property: "security" (TlFtpSecurity, writable: for the next connection).
 */
void tl_ftp_security_button_set_client (TlFtpSecurityButton *self,
                                        TlFtpClient         *client);

G_END_DECLS
