/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_FTP_REPLY_MAX_LINE (64 * 1024)
#define TL_FTP_REPLY_MAX_LINES 10000
#define TL_FTP_REPLY_MAX_SIZE (8 * 1024 * 1024)
#define TL_FTP_REPLY_MAX_WAITING 1000 /* whole replies that nobody has popped */

#define TL_TYPE_FTP_REPLY (tl_ftp_reply_get_type ())

/**
 * TlFtpReply:
 *
 * One reply of a server (RFC 959, 4.2), whole: its code, and its lines as raw bytes without code, separator and line end. Immutable, reference counted.
 */
typedef struct _TlFtpReply TlFtpReply;

GType         tl_ftp_reply_get_type    (void);
/* @lines: of GBytes, at least one. */
TlFtpReply   *tl_ftp_reply_new         (int               code,
                                        GPtrArray        *lines);
TlFtpReply   *tl_ftp_reply_ref         (TlFtpReply       *self);
void          tl_ftp_reply_unref       (TlFtpReply       *self);
/* 100 to 599. */
int           tl_ftp_reply_get_code    (const TlFtpReply *self);
/* The first digit: 1 preliminary, 2 done, 3 more is wanted, 4 failed for now, 5 failed. */
int           tl_ftp_reply_get_class   (const TlFtpReply *self);
/* At least 1. */
guint         tl_ftp_reply_get_n_lines (const TlFtpReply *self);
/* (transfer none): not NUL-terminated bytes of line @index. */
const guint8 *tl_ftp_reply_get_line    (const TlFtpReply *self,
                                        guint             index,
                                        gsize            *length);
/* All lines with "\n" between them, for display: read as UTF-8 where they are that, else in the set that is guessed for the whole reply, with escapes for
 * what is no text; control characters made visible. (transfer full) */
char         *tl_ftp_reply_dup_text    (const TlFtpReply *self);

/**
 * TlFtpReplyParser:
 *
 * Takes bytes as they come, gives replies when they are whole. Lines end with CR LF or LF; Telnet commands (IAC …) are taken out, `IAC IAC` is one
 * byte 255 (so is one that no Telnet command follows), CR NUL is CR. Empty lines between replies are skipped.
 * Errors (TL_FTP_ERROR_PROTOCOL, final): NUL in a line, a line over TL_FTP_REPLY_MAX_LINE, a reply over TL_FTP_REPLY_MAX_LINES or
 * TL_FTP_REPLY_MAX_SIZE, more than TL_FTP_REPLY_MAX_WAITING replies that nobody pops, a first line without a code.
 */
typedef struct _TlFtpReplyParser TlFtpReplyParser;

TlFtpReplyParser *tl_ftp_reply_parser_new     (void);
void              tl_ftp_reply_parser_free    (TlFtpReplyParser *self);
/* False once an error has occurred; replies that were whole before it can still be popped. */
gboolean          tl_ftp_reply_parser_feed    (TlFtpReplyParser *self,
                                               const guint8     *data,
                                               gsize             length,
                                               GError          **error);
/* The connection has ended: what came without a line end is the last line. False as above. */
gboolean          tl_ftp_reply_parser_finish  (TlFtpReplyParser *self,
                                               GError          **error);
/* (transfer full) (nullable): the oldest whole reply. */
TlFtpReply       *tl_ftp_reply_parser_pop     (TlFtpReplyParser *self);
/* Bytes or whole replies that nobody has popped: there must be none when TLS begins (RFC 4217; response injection). */
gboolean          tl_ftp_reply_parser_is_empty (TlFtpReplyParser *self);
/* For the transcript: the next line that came, without its line end and without Telnet, the unfinished one of an error too. To be called after each
 * feed until there are no more: the oldest are dropped when twice TL_FTP_REPLY_MAX_LINES wait. (transfer full) (nullable) */
GBytes           *tl_ftp_reply_parser_pop_line (TlFtpReplyParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpReply, tl_ftp_reply_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpReplyParser, tl_ftp_reply_parser_free)

G_END_DECLS
