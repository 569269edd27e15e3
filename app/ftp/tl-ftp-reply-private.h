/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For TlFtpReply's and its parser's own files. */
#pragma once

#include "tl-ftp-reply.h"

G_BEGIN_DECLS

struct _TlFtpReply
{
  int         code;
  GByteArray *bytes;
  GArray     *ends;   /* guint32: where each line ends in bytes */
};

/* Without a line, to be filled before anybody else has it. */
TlFtpReply *tl_ftp_reply_new_empty (int           code);
void        tl_ftp_reply_add_line  (TlFtpReply   *self,
                                    const guint8 *data,
                                    gsize         length);

G_END_DECLS
