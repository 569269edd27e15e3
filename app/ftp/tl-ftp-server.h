/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-account.h"
#include "tl-ftp-visitor.h"
#include "tl-message-log.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_SERVER_STATE (tl_ftp_server_state_get_type ())
#define TL_TYPE_FTP_SERVER_TLS_MODE (tl_ftp_server_tls_mode_get_type ())
#define TL_TYPE_FTP_SERVER (tl_ftp_server_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpServer, tl_ftp_server, TL, FTP_SERVER, GObject)

#define TL_FTP_SERVER_PORT 2121

typedef enum {
  TL_FTP_SERVER_STOPPED,
  TL_FTP_SERVER_STARTING,
  TL_FTP_SERVER_OPEN,
} TlFtpServerState;

typedef enum {
  TL_FTP_SERVER_TLS_OFF,
  TL_FTP_SERVER_TLS_OFFERED,
  TL_FTP_SERVER_TLS_REQUIRED,
} TlFtpServerTlsMode;

GType tl_ftp_server_state_get_type (void);
GType tl_ftp_server_tls_mode_get_type (void);

/**
 * TlFtpServer:
 *
 * Shares one folder of this computer over FTP (RFC 959, 2228, 2389, 2428, 3659, 4217). No path leads out of the folder, no file is touched on the main loop, and
 * everything that a visitor can make grow is bounded.
 *
 * Properties that count from the next start on: "folder" (filename), "address" (string: an IP address of this computer), "port" (uint, 0: any), "certificate-file"
 * (filename), "tls" (TlFtpServerTlsMode). At any time: "writable", "anonymous", "anonymous-writable" (boolean), "passive-min", "passive-max" (uint; 0: any port),
 * "max-connections", "max-per-address", "idle-seconds", "login-seconds", "stall-seconds", "max-entries" (uint), "max-failures" (uint: wrong passwords over one
 * connection). Who is in with an account that is taken away, or anonymously when that is switched off, is sent away.
 * Read-only: "state", "local-port" (uint), "fingerprint" (string, of the certificate), "n-connected", "n-served", "n-refused" (uint), "received", "sent" (uint64: bytes
 * of files and listings), "urls" (GStrv: what others type, while it is open), "problem" (string: why nobody reaches it, or why it was stopped; NULL: nothing is wrong).
 */
TlFtpServer  *tl_ftp_server_new           (void);
/* Opens the folder, makes the certificate if need be, listens. G_IO_ERROR with a whole sentence. */
void          tl_ftp_server_start_async   (TlFtpServer          *self,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean      tl_ftp_server_start_finish  (TlFtpServer          *self,
                                           GAsyncResult         *result,
                                           GError              **error);
/* Everybody is sent away, what moves is broken off. */
void          tl_ftp_server_stop          (TlFtpServer          *self);
TlFtpServerState tl_ftp_server_get_state  (TlFtpServer          *self);
guint         tl_ftp_server_get_local_port (TlFtpServer         *self);
/* (transfer none): of TlFtpVisitor, who is connected. */
GListModel   *tl_ftp_server_get_visitors  (TlFtpServer          *self);
/* (transfer none): of TlFtpAccount, guests and registered ones; to be changed at any time. */
GListStore   *tl_ftp_server_get_accounts  (TlFtpServer          *self);
TlMessageLog *tl_ftp_server_get_log       (TlFtpServer          *self);

/* The addresses of this computer that others can type. @names: (out) (optional) (transfer full): of the network card of each. (transfer full) */
GStrv         tl_ftp_server_list_own      (GStrv                *names);
/* What others type who are to reach @address, port @port; @own: as above, for "0.0.0.0" and "::". Never empty. (transfer full) */
GStrv         tl_ftp_server_make_urls     (const char           *address,
                                           guint                 port,
                                           const char * const   *own);
/* Why nobody can come in at @address, translated; NULL: others can. @all: the addresses of this computer, of any kind. (transfer full) (nullable) */
char         *tl_ftp_server_judge_address (const char           *address,
                                           const char * const   *own,
                                           const char * const   *all);
/* What is wrong with @min and @max as ports for data beside @port, translated, or NULL. (transfer full) (nullable) */
char         *tl_ftp_server_check_ports   (guint                 min,
                                           guint                 max,
                                           guint                 port);

G_END_DECLS
