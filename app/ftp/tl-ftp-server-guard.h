/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * TlFtpServerGuard:
 *
 * What the FTP server remembers of the computers that come: how many connections each has, how often each had a wrong password. Bounded. IPv6 addresses of one network
 * of 64 bits count as one: whoever has one has all of them.
 */
typedef struct _TlFtpServerGuard TlFtpServerGuard;

TlFtpServerGuard *tl_ftp_server_guard_new     (void);
void              tl_ftp_server_guard_free    (TlFtpServerGuard *self);
/* A connection more; FALSE, and not counted, when there are @max already. */
gboolean          tl_ftp_server_guard_enter   (TlFtpServerGuard *self,
                                               GInetAddress     *address,
                                               guint             max);
void              tl_ftp_server_guard_leave   (TlFtpServerGuard *self,
                                               GInetAddress     *address);
/* A wrong password, and how long its answer is to wait, in ms: half a second, and twice as long each time, up to 16. */
guint             tl_ftp_server_guard_fail    (TlFtpServerGuard *self,
                                               GInetAddress     *address);
void              tl_ftp_server_guard_succeed (TlFtpServerGuard *self,
                                               GInetAddress     *address);

G_END_DECLS
