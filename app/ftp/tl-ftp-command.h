/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_FTP_COMMAND_MAX (64 * 1024)
/* What stands for a secret, whatever its length. */
#define TL_FTP_COMMAND_MASK "********"

/* Command lines of the control connection: the only place where they are made. Pure. */

/* "VERB argument" as the bytes to send, CR LF at the end, IAC doubled (RFC 854). @argument: (nullable): raw bytes.
 * *@shown: (out) (optional) (transfer full): the line for the transcript: no line end, IAC once, secrets masked.
 * TL_FTP_ERROR_NAME: CR, LF or NUL in it, no verb, over TL_FTP_COMMAND_MAX. (transfer full) */
GBytes  *tl_ftp_command_build     (const char    *verb,
                                   GBytes        *argument,
                                   GBytes       **shown,
                                   GError       **error);
/* The same of a line that a user typed; blanks around it are taken off its left side. */
GBytes  *tl_ftp_command_build_raw (GBytes        *line,
                                   GBytes       **shown,
                                   GError       **error);
/* @line, without a line end, as a transcript and a history may have it: what follows PASS, ACCT, ADAT and the SITE commands that set passwords is masked, in
 * whatever case and with whatever blanks they are written. (transfer full) */
GBytes  *tl_ftp_command_mask      (GBytes        *line);
/* What of "VERB argument" tl_ftp_command_mask() masks, without blanks around it; NULL: nothing. tl_secrets_free() it. (transfer full) (nullable) */
char    *tl_ftp_command_dup_secret (const char   *verb,
                                    GBytes       *argument);
/* @line, which a server sent, with each @secret in it masked: there are servers that repeat a PASS that they do not understand. (transfer full) */
GBytes  *tl_ftp_command_hide      (GBytes        *line,
                                   const char    *secret);

G_END_DECLS
