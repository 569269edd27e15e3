/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a server is asked to do: verbs, paths, addresses. Pure: bytes in, verdicts out. */

typedef enum {
  TL_FTP_VERB_UNKNOWN,
  TL_FTP_VERB_ABOR,
  TL_FTP_VERB_ACCT,
  TL_FTP_VERB_ALLO,
  TL_FTP_VERB_APPE,
  TL_FTP_VERB_AUTH,
  TL_FTP_VERB_CDUP,
  TL_FTP_VERB_CLNT,
  TL_FTP_VERB_CWD,
  TL_FTP_VERB_DELE,
  TL_FTP_VERB_EPRT,
  TL_FTP_VERB_EPSV,
  TL_FTP_VERB_FEAT,
  TL_FTP_VERB_HASH,
  TL_FTP_VERB_HELP,
  TL_FTP_VERB_LIST,
  TL_FTP_VERB_MDTM,
  TL_FTP_VERB_MFMT,
  TL_FTP_VERB_MKD,
  TL_FTP_VERB_MLSD,
  TL_FTP_VERB_MLST,
  TL_FTP_VERB_MODE,
  TL_FTP_VERB_NLST,
  TL_FTP_VERB_NOOP,
  TL_FTP_VERB_OPTS,
  TL_FTP_VERB_PASS,
  TL_FTP_VERB_PASV,
  TL_FTP_VERB_PBSZ,
  TL_FTP_VERB_PORT,
  TL_FTP_VERB_PROT,
  TL_FTP_VERB_PWD,
  TL_FTP_VERB_QUIT,
  TL_FTP_VERB_RANG,
  TL_FTP_VERB_REST,
  TL_FTP_VERB_RETR,
  TL_FTP_VERB_RMD,
  TL_FTP_VERB_RNFR,
  TL_FTP_VERB_RNTO,
  TL_FTP_VERB_SIZE,
  TL_FTP_VERB_STAT,
  TL_FTP_VERB_STOR,
  TL_FTP_VERB_STRU,
  TL_FTP_VERB_SYST,
  TL_FTP_VERB_TYPE,
  TL_FTP_VERB_USER,
} TlFtpVerb;

typedef enum {
  TL_FTP_VERB_NEEDS_LOGIN = 1 << 0,
  TL_FTP_VERB_NEEDS_ARGUMENT = 1 << 1,
  TL_FTP_VERB_WRITES = 1 << 2,
  TL_FTP_VERB_ANY_TIME = 1 << 3,       /* also while a file moves */
} TlFtpVerbFlags;

/**
 * TlFtpRequest:
 * @argument: what follows the verb and one blank; not terminated, in the line; %NULL without one
 *
 * A command line taken apart.
 */
typedef struct {
  TlFtpVerb      verb;
  TlFtpVerbFlags flags;
  const guint8  *argument;
  gsize          length;
} TlFtpRequest;

void      tl_ftp_request_parse        (TlFtpRequest  *self,
                                       const guint8  *line,
                                       gsize          length);
/* "-la folder": what `ls` would make of the first is not asked for, as long as it begins with a hyphen. */
void      tl_ftp_request_skip_options (TlFtpRequest  *self);
/* All verbs that are known, in lines of eight, each after a blank, CR LF behind each line. (transfer full) */
char     *tl_ftp_request_list_verbs   (void);

/* A path that a client named, from @cwd, as one relative to the shared folder: no "." and "..", no "/" at either end, "" for the folder itself. What ".." leads to is
 * found out here, and never goes beyond the top. NULL: NUL, CR or LF in it, a part of over 255 bytes, over 4,095 bytes in all. Raw bytes, but never a NUL.
 * (transfer full) (nullable) */
char     *tl_ftp_request_resolve_path (const char    *cwd,
                                       const guint8  *path,
                                       gsize          length);
/* "h1,h2,h3,h4,p1,p2" (PORT). */
gboolean  tl_ftp_request_parse_port   (const guint8  *argument,
                                       gsize          length,
                                       char         **host,
                                       guint16       *port);
/* "|1|132.235.1.2|6275|", any delimiter (EPRT, RFC 2428); *@family: 1 or 2. */
gboolean  tl_ftp_request_parse_eprt   (const guint8  *argument,
                                       gsize          length,
                                       int           *family,
                                       char         **host,
                                       guint16       *port);
/* "YYYYMMDDHHMMSS", with ".sss" or without, UTC: seconds since 1970. */
gboolean  tl_ftp_request_parse_time   (const guint8  *argument,
                                       gsize          length,
                                       gint64        *seconds);
/* "YYYYMMDDHHMMSS name", as MFMT has it, and MDTM of clients that set a time with it: the seconds since 1970, and where the name begins; 0: it is not that. */
gsize     tl_ftp_request_split_time   (const guint8  *argument,
                                       gsize          length,
                                       gint64        *seconds);
/* "first last": the first byte, and the last one that is meant (RANG). */
gboolean  tl_ftp_request_parse_range  (const guint8  *argument,
                                       gsize          length,
                                       gint64        *first,
                                       gint64        *last);
/* Decimal digits and nothing else, below 2⁶³. */
gboolean  tl_ftp_request_parse_number (const guint8  *argument,
                                       gsize          length,
                                       gint64        *number);

G_END_DECLS
