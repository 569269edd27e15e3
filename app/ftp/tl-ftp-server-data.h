/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-block-reader.h"
#include "tl-block-writer.h"
#include "tl-ftp-server-stream.h"

G_BEGIN_DECLS

/**
 * TlFtpDataEnd:
 * @TL_FTP_DATA_DONE: all was written, or read to an end in order
 * @TL_FTP_DATA_ABSENT: nobody came, or could be reached
 * @TL_FTP_DATA_FOREIGN: TLS without the session of the control connection
 * @TL_FTP_DATA_TLS: TLS failed
 * @TL_FTP_DATA_BROKEN: in the middle
 * @TL_FTP_DATA_STALLED: nothing moved for too long
 * @TL_FTP_DATA_LOCAL: the file could not be read or written
 * @TL_FTP_DATA_FORBIDDEN: writing was switched off meanwhile
 */
typedef enum {
  TL_FTP_DATA_DONE,
  TL_FTP_DATA_ABSENT,
  TL_FTP_DATA_FOREIGN,
  TL_FTP_DATA_TLS,
  TL_FTP_DATA_BROKEN,
  TL_FTP_DATA_STALLED,
  TL_FTP_DATA_LOCAL,
  TL_FTP_DATA_FORBIDDEN,
} TlFtpDataEnd;

typedef struct {
  void (*moved) (gpointer      owner,
                 gsize         length);
  /* Once; the data connection is freed by the owner, from here or later. @why: (nullable) */
  void (*over)  (gpointer      owner,
                 TlFtpDataEnd  end,
                 const char   *why);
} TlFtpServerDataEvents;

/*
 * TlFtpServerData:
 *
 * One data connection of the FTP server, passive or active. Only the other end of the control connection may come in, or is gone to.
 */
typedef struct _TlFtpServerData TlFtpServerData;

/* Listens where @control is connected, on a port from @min to @max; 0: any. (transfer full) (nullable) */
TlFtpServerData *tl_ftp_server_data_listen   (GSocket                     *control,
                                              guint16                      min,
                                              guint16                      max,
                                              GError                     **error);
/* Will connect to @port of the other end of @control. */
TlFtpServerData *tl_ftp_server_data_reach    (GSocket                     *control,
                                              guint16                      port);
guint16          tl_ftp_server_data_get_port (TlFtpServerData             *self);
/* TLS, with the sessions of @tickets alone. Before it is started. */
void             tl_ftp_server_data_protect  (TlFtpServerData             *self,
                                              TlFtpCertificate            *certificate,
                                              TlFtpTickets                *tickets);
/* Sends what @reader has, to its end; or takes what comes into @writer, which the owner finishes afterwards. One of the two. */
void             tl_ftp_server_data_start    (TlFtpServerData             *self,
                                              TlBlockReader               *reader,
                                              TlBlockWriter               *writer,
                                              const TlFtpServerDataEvents *events,
                                              gpointer                     owner);
/* To be called now and then: notices who is too slow. @limit: µs. */
void             tl_ftp_server_data_tick     (TlFtpServerData             *self,
                                              gint64                       limit);
/* What is not over is broken off. After an end in order the socket is closed when the other end has closed its own, or in a few seconds. */
void             tl_ftp_server_data_free     (TlFtpServerData             *self);

G_END_DECLS
