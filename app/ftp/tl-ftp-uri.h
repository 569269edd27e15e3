/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-types.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_URI (tl_ftp_uri_get_type ())

/**
 * TlFtpUri:
 * @security: AUTO for ftp://, EXPLICIT for ftpes://, IMPLICIT for ftps://
 * @host: for the socket calls: no brackets
 * @port: 0 when not given
 * @user: (nullable): decoded; @password: (nullable): decoded, never printed unless asked for
 * @dir: raw bytes of the directory, decoded, without a slash at the end: "/" for the root, starts with "/" when absolute (`//`, `%2F`), else
 *   relative to where the login leads; empty when there is none
 * @file: raw bytes of the last part; empty when the URL ends with a slash or has no path
 * @type: 'a', 'i', 'd', or 0
 *
 * A remote file named by HOST, DIR and FILE, as FTP URLs do it (RFC 1738, 3.2; RFC 3986). Not a GObject; plain fields, owned.
 */
typedef struct {
  TlFtpSecurity  security;
  char          *host;
  guint16        port;
  char          *user;
  char          *password;
  GBytes        *dir;
  GBytes        *file;
  char           type;
} TlFtpUri;

GType     tl_ftp_uri_get_type   (void);
/* Takes `ftp.example.org`, `host:port`, `host/dir/file`, `[v6]:port`, or any URL of the three schemes. TL_FTP_ERROR_NAME with the sentence: what is
 * wrong and where. %00, %0D and %0A are refused. */
TlFtpUri *tl_ftp_uri_parse      (const char     *text,
                                 GError        **error);
/* The same; *@start and *@end: (out) (optional): the characters of @text that are wrong, from 0 on, -1 when it is right. Blanks around and full-width signs up to the
 * path are forgiven. What follows a '?' or '#' is part of the name: FTP knows no queries. */
TlFtpUri *tl_ftp_uri_parse_at   (const char     *text,
                                 int            *start,
                                 int            *end,
                                 GError        **error);
/* The three parts that people name a remote file by. @host may carry a port; @dir and
 * @file are what they are, without percent-encoding. The way back: tl_ftp_uri_dup_host_text(), "dir", "file". */
TlFtpUri *tl_ftp_uri_new_from_parts (const char *host,
                                 const char     *dir,
                                 const char     *file,
                                 GError        **error);
TlFtpUri *tl_ftp_uri_copy       (const TlFtpUri *self);
void      tl_ftp_uri_free       (TlFtpUri       *self);
guint16   tl_ftp_uri_get_port   (const TlFtpUri *self);
/* "ftp.example.org", "[::1]:2121": HOST, with the port that was given. (transfer full) */
char     *tl_ftp_uri_dup_host_text (const TlFtpUri *self);
/* Percent-encoded, an absolute path as "/%2F…" (RFC 1738, 3.2.2); without the password unless @with_password. (transfer full) */
char     *tl_ftp_uri_to_string  (const TlFtpUri *self,
                                 gboolean        with_password);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpUri, tl_ftp_uri_free)

G_END_DECLS
