/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_SECURITY_BUTTON (tl_ftp_security_button_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSecurityButton, tl_ftp_security_button, TL, FTP_SECURITY_BUTTON, GtkWidget)

/* What a connection's encryption looks like. Nothing of it is the caller's. */
typedef struct {
  const char *label;      /* on the button */
  const char *icon;
  const char *css_class;  /* (nullable) */
  const char *headline;
  const char *details;    /* (nullable): a sentence; NULL: those of the certificate, or none */
} TlFtpSecurityLook;

/* Before it is decided: what the next connection shall do, @choice. From then on: what is. Pure. */
void tl_ftp_security_look               (TlFtpState           state,
                                         gboolean             encrypted,
                                         TlFtpSecurity        choice,
                                         TlFtpSecurityLook   *look);

/**
 * TlFtpSecurityButton:
 *
 * Says whether the connection is encrypted; its popover, how, with which certificate, and what the next connection shall do.
 * Property: "security" (TlFtpSecurity, writable: for the next connection).
 */
void tl_ftp_security_button_set_client (TlFtpSecurityButton *self,
                                        TlFtpClient         *client);

G_END_DECLS
