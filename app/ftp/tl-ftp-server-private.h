/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the server and its visitors share; for them alone. */

#include "tl-ftp-server.h"
#include "tl-ftp-server-guard.h"
#include "tl-ftp-server-tls.h"
#include "tl-ftp-share.h"
#include "tl-socket-watch.h"
#include "tl-tcp-limits.h"

G_BEGIN_DECLS

struct _TlFtpServer
{
  GObject             parent_instance;

  TlFtpServerState    state;
  guint               serial;           /* of the start, raised by each start and each stop */
  char               *folder;
  char               *address;
  char               *certificate_file;
  TlFtpServerTlsMode  tls_mode;
  guint               port;
  guint               passive_min;
  guint               passive_max;
  guint               max_connections;
  guint               max_per_address;
  guint               idle_seconds;
  guint               login_seconds;
  guint               stall_seconds;
  guint               max_entries;
  guint               max_failures;
  gboolean            writable;
  gboolean            anonymous;
  gboolean            anonymous_writable;

  TlFtpShare         *share;            /* of the run */
  TlFtpCertificate   *certificate;
  GSocket            *listener;
  TlSocketWatch      *watch;
  TlTcpReserve        reserve;
  guint               pause_id;
  guint               tick_id;
  guint               local_port;
  gboolean            told_full;        /* that there is nothing left to take visitors with */
  guint               n_ticks;
  gboolean            looking;          /* whether the folder is still there */
  GStrv               urls;
  char               *problem;

  TlMessageLog       *log;
  TlFtpServerGuard   *guard;
  GListStore         *visitors;
  GListStore         *accounts;
  TlFtpAccount       *anybody;          /* of those who are anonymous */
  guint               n_served;
  guint               n_refused;
  guint               n_refused_told;
  guint64             received;
  guint64             sent;
};

/* tl-ftp-server-run.c: who has gone. */
void          tl_ftp_server_forget          (TlFtpServer  *self,
                                             TlFtpVisitor *visitor);
void          tl_ftp_server_count           (TlFtpServer  *self,
                                             gsize         received,
                                             gsize         sent);
/* (transfer none) (nullable): the account with this name. */
TlFtpAccount *tl_ftp_server_find_account    (TlFtpServer  *self,
                                             const char   *name);
void          tl_ftp_server_set_state       (TlFtpServer      *self,
                                             TlFtpServerState  state);
/* Whether @account may still be used by those who are in with it. */
gboolean      tl_ftp_server_has_account     (TlFtpServer  *self,
                                             TlFtpAccount *account);
/* tl-ftp-server-watch.c: while it is open. */
void          tl_ftp_server_watch           (TlFtpServer  *self);
/* @problem: (transfer full) (nullable) */
void          tl_ftp_server_set_problem     (TlFtpServer  *self,
                                             char         *problem);
/* tl-ftp-server-listen.c. G_IO_ERROR with a whole sentence; G_IO_ERROR_ADDRESS_IN_USE with the reason alone. */
gboolean      tl_ftp_server_listen          (TlFtpServer  *self,
                                             GError      **error);
void          tl_ftp_server_stop_listening  (TlFtpServer  *self);

G_END_DECLS
