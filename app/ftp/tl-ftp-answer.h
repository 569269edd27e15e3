/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-reply.h"

G_BEGIN_DECLS

/* What the text of particular replies says. Pure. All fail with TL_FTP_ERROR_PROTOCOL. */

/* 227 (RFC 959; also 229 as an answer to PASV): the port alone; the address is for the log, never for connecting. *@address: (out) (optional). */
gboolean     tl_ftp_answer_pasv     (const TlFtpReply *reply,
                                     guint16          *port,
                                     guint8            address[4],
                                     GError          **error);
/* 229 (RFC 2428), with any delimiter. */
gboolean     tl_ftp_answer_epsv     (const TlFtpReply *reply,
                                     guint16          *port,
                                     GError          **error);
/* 257 (RFC 959, appendix II): the raw bytes of the path. (transfer full) */
GBytes      *tl_ftp_answer_path     (const TlFtpReply *reply,
                                     GError          **error);
/* 213 to SIZE (RFC 3659): -1 and an error for what is no number or negative. */
gint64       tl_ftp_answer_size     (const TlFtpReply *reply,
                                     GError          **error);
/* 213 to MDTM (RFC 3659): µs since 1970, UTC; takes YYYYMMDDHHMMSS[.s…] and the Y2K form 191YYMMDDHHMMSS. */
gboolean     tl_ftp_answer_mdtm     (const TlFtpReply *reply,
                                     gint64           *time,
                                     GError          **error);
/* "(N bytes)" in a 150, or -1. */
gint64       tl_ftp_answer_transfer_size (const TlFtpReply *reply);

typedef enum {
  TL_FTP_LIST_END_WHOLE,
  TL_FTP_LIST_END_CUT,      /* the server has left out what was too much */
  TL_FTP_LIST_END_UNREAD,   /* it could not read the folder; what it sent then, which is nothing, is no content */
} TlFtpListEnd;

/* What a 2yz after a list says beside "done": vsftpd and Pure-FTPd report so of folders that may be entered and not read. */
TlFtpListEnd tl_ftp_answer_list_end (const TlFtpReply *reply);

/**
 * TlFtpFeatures:
 *
 * What FEAT told (RFC 2389). Names in upper case.
 */
typedef struct _TlFtpFeatures TlFtpFeatures;

TlFtpFeatures *tl_ftp_features_new_from_reply (const TlFtpReply *reply);
TlFtpFeatures *tl_ftp_features_ref            (TlFtpFeatures    *self);
void           tl_ftp_features_unref          (TlFtpFeatures    *self);
gboolean       tl_ftp_features_has            (const TlFtpFeatures *self,
                                               const char       *name);
/* (transfer none) (nullable): what stands behind the name: "type*;size*;modify*;" */
const char    *tl_ftp_features_get_parameters (const TlFtpFeatures *self,
                                               const char       *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpFeatures, tl_ftp_features_unref)

G_END_DECLS
