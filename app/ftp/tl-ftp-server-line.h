/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest command line, and what may come without an end of line before the connection is no longer worth listening to. */
#define TL_FTP_SERVER_LINE_MAX (8 * 1024)
#define TL_FTP_SERVER_LINE_FLOOD (64 * 1024)

/**
 * TlFtpLineVerdict:
 * @TL_FTP_LINE_NONE: no line has ended yet
 * @TL_FTP_LINE_GOOD: a command
 * @TL_FTP_LINE_BAD: NUL, a CR alone, or a Telnet command that is none, in the line: whatever it says, it is not to be done
 * @TL_FTP_LINE_LONG: over TL_FTP_SERVER_LINE_MAX; what was kept of it is its beginning
 * @TL_FTP_LINE_FLOOD: over TL_FTP_SERVER_LINE_FLOOD, and still no end
 */
typedef enum {
  TL_FTP_LINE_NONE,
  TL_FTP_LINE_GOOD,
  TL_FTP_LINE_BAD,
  TL_FTP_LINE_LONG,
  TL_FTP_LINE_FLOOD,
} TlFtpLineVerdict;

/**
 * TlFtpServerLine:
 *
 * What clients send on a control connection → command lines, the Telnet commands taken out (RFC 854, RFC 959 4.1.3). Bounded, pure.
 */
typedef struct _TlFtpServerLine TlFtpServerLine;

TlFtpServerLine  *tl_ftp_server_line_new  (void);
void              tl_ftp_server_line_free (TlFtpServerLine *self);
/* Takes of @data what belongs to one line at most: *@used bytes. */
TlFtpLineVerdict  tl_ftp_server_line_take (TlFtpServerLine *self,
                                           const guint8    *data,
                                           gsize            length,
                                           gsize           *used);
/* The line that has just ended, without its end; until the next call of take. (transfer none) */
const guint8     *tl_ftp_server_line_get  (TlFtpServerLine *self,
                                           gsize           *length);
/* Forgets what has been taken of a line that has not ended. */
void              tl_ftp_server_line_reset (TlFtpServerLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpServerLine, tl_ftp_server_line_free)

G_END_DECLS
