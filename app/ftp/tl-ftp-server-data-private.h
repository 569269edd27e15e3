/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the two files of TlFtpServerData share; for them alone. */

#include "tl-ftp-server-data.h"
#include "tl-socket-watch.h"

G_BEGIN_DECLS

struct _TlFtpServerData
{
  GInetSocketAddress          *local;         /* of the control connection */
  GInetSocketAddress          *peer;
  GSocket                     *listener;      /* passive */
  TlSocketWatch               *accept_watch;
  TlFtpServerStream            stream;
  TlSocketWatch               *watch;
  TlFtpCertificate            *certificate;   /* NULL: in clear */
  TlFtpTickets                *tickets;       /* not owned: the control connection owns us too */
  const TlFtpServerDataEvents *events;        /* NULL: not started */
  gpointer                     owner;
  TlBlockReader               *reader;        /* one of the two */
  TlBlockWriter               *writer;
  TlBlock                     *block;         /* being filled */
  gint64                       last_moved;
  gboolean                     moving;
  gboolean                     ending;        /* all is written but the end of TLS */
  gboolean                     paused;        /* it is our own disk that is awaited */
  gboolean                     over;
  gboolean                     ended_well;
};

void tl_ftp_server_data_finish (TlFtpServerData *self,
                                TlFtpDataEnd     end,
                                const char      *why);
void tl_ftp_server_data_take   (TlFtpServerData *self,
                                TlBlockReader   *reader,
                                TlBlockWriter   *writer);
void tl_ftp_server_data_move   (TlFtpServerData *self);
void tl_ftp_server_data_drop   (TlFtpServerData *self);
/* The stream goes on without us, until the other end has closed it. */
void tl_ftp_server_data_linger (TlFtpServerData *self);

G_END_DECLS
