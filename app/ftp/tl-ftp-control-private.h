/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the two files of TlFtpControl share; for them alone. */

#include "tl-ftp-control.h"
#include "tl-ftp-error.h"
#include "tl-ftp-sent-secrets.h"
#include "tl-socket-watch.h"

G_BEGIN_DECLS

/* A command whose final reply has not come. */
typedef struct {
  TlFtpCommandKind  kind;
  gboolean          secret;         /* it held one */
  TlFtpReplyFunc    func;           /* NULL: dropped */
  gpointer          user_data;
  guint             n_preliminary;
} Waiting;

struct _TlFtpControl
{
  GObject            parent_instance;

  GSocketConnection *connection;
  GTlsConnection    *tls;           /* NULL in clear */
  GIOStream         *stream;        /* one of the two */
  TlMessageLog      *log;
  guint32            peer;
  guint              timeout;
  TlFtpReplyParser  *parser;
  TlFtpSentSecrets  *secrets;
  GCancellable      *cancellable;   /* of the handshake */
  TlSocketWatch     *in_watch;
  TlSocketWatch     *out_watch;
  GQueue             output;        /* of GBytes */
  gsize              written;       /* of the first of them */
  gsize              queued;        /* in all */
  GQueue             waiting;       /* of Waiting */
  TlFtpReply        *held;
  guint              hold_id;
  guint              silence_id;
  guint              quit_id;
  gint64             last_heard;
  guint              n_unsolicited;
  gboolean           may_repeat;    /* the last command was a transfer: its reply may come once more */
  gboolean           patient;
  gboolean           gathering;
  gboolean           in_handshake;
  guint              handshake_id;
  gboolean           handshake_timed_out;
  gboolean           over;
};

/* Tells all who wait, then everybody. The caller holds @self. */
void tl_ftp_control_end           (TlFtpControl *self,
                                   const GError *error);
void tl_ftp_control_end_with      (TlFtpControl *self,
                                   TlFtpError    code,
                                   const char   *sentence);
void tl_ftp_control_stop_reading  (TlFtpControl *self);
void tl_ftp_control_start_reading (TlFtpControl *self);

G_END_DECLS
