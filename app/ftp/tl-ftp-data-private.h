/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlFtpData share; for them alone. */

#include "tl-ftp-data.h"
#include "tl-socket-watch.h"

G_BEGIN_DECLS

struct _TlFtpData
{
  GObject                parent_instance;

  TlFtpClient           *client;        /* not owned: its act owns us */
  TlFtpControl          *control;
  const TlFtpDataEvents *events;
  gpointer               owner;
  TlFtpWay               way;
  TlFtpReply            *refusal;       /* the last reply that said no to a way */
  GSocket               *listener;      /* active */
  GSocket               *socket;        /* passive, until it is connected */
  TlSocketWatch         *connect_watch;
  guint                  connect_id;    /* it takes too long */
  guint16                held_port;     /* where it may connect to later */
  TlSocketWatch         *accept_watch;
  GSocketConnection     *connection;
  GTlsConnection        *tls;
  GCancellable          *cancellable;   /* of connecting and of the handshake */
  TlSocketWatch         *watch;
  guint                  stall_id;
  guint                  close_id;
  gint64                 last_moved;
  gboolean               upload;
  gboolean               ahead;         /* its command is out already: there is no other way */
  gboolean               held;
  gboolean               paused;        /* it is our own side that has no room, or nothing to write */
  gboolean               running;       /* the command was sent */
  gboolean               established;   /* TLS, where wanted, too */
  gboolean               ending;        /* all is written; the other end's end is awaited */
  gboolean               in_handshake;
  gboolean               cut;           /* TLS without close_notify */
  gboolean               foreign;       /* another certificate than the control connection's */
  gboolean               over;
};

/* By TlFtpWay. */
extern const char * const tl_ftp_way_verbs[];

/* Goes to @port of the server: then it has opened, or the way has failed. */
void tl_ftp_data_connect_to  (TlFtpData *self,
                              guint16    port);
void tl_ftp_data_forget_socket (TlFtpData *self);
/* (transfer full) (nullable) */
GSocketAddress *tl_ftp_data_get_remote_address (TlFtpData *self);
GSocketAddress *tl_ftp_data_with_port (GSocketAddress *address,
                                       guint16         port);
/* Tells the owner. Takes @error. */
void tl_ftp_data_opened      (TlFtpData *self,
                              GError    *error);
/* Another one is tried, if there is one. */
void tl_ftp_data_way_failed  (TlFtpData *self);
/* Says it once. Takes @error. */
void tl_ftp_data_finish      (TlFtpData *self,
                              GError    *error);
/* Connected: goes on to TLS or to moving. */
void tl_ftp_data_connected   (TlFtpData *self);
void tl_ftp_data_start_tls   (TlFtpData *self);
void tl_ftp_data_start_moving (TlFtpData *self);
void tl_ftp_data_close       (TlFtpData *self);
/* Takes the session of the control connection over to @tls. */
void tl_ftp_data_copy_session (TlFtpData      *self,
                               GTlsConnection *tls);
void tl_ftp_data_drain_sessions (GTlsConnection *control,
                                 guint           n);

G_END_DECLS
