/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlFtpVisitor share; for them and the server alone. */

#include "tl-ftp-server-command.h"
#include "tl-ftp-server-data.h"
#include "tl-ftp-server-line.h"
#include "tl-ftp-server-private.h"
#include "tl-ftp-server-stream.h"
#include "tl-ftp-visitor.h"

G_BEGIN_DECLS

/* A record of TLS, so that none is left over in it. */
#define TL_FTP_VISITOR_INPUT (16 * 1024)

/**
 * TlFtpMove:
 * @verb: of what is under way; TL_FTP_VERB_UNKNOWN: nothing is
 * @made: the file of an upload was not there before
 * @expected: bytes that are to be sent; -1: not known
 *
 * A file or a listing on its way.
 */
typedef struct {
  TlFtpVerb      verb;
  char          *path;
  TlBlockReader *reader;
  TlBlockWriter *writer;
  gboolean       made;
  gint64         expected;
  gint64         moved;
  guint          left_out;
  gboolean       finishing;
  gboolean       aborted;       /* by the client */
  TlFtpDataEnd   end;
} TlFtpMove;

struct _TlFtpVisitor
{
  GObject            parent_instance;

  TlFtpServer       *server;        /* not owned: it outlives us, or has let go of us; NULL: over */
  TlFtpServerStream  stream;
  TlFtpTickets      *tickets;
  GInetAddress      *address;
  char              *address_text;
  char              *endpoint;
  guint32            log_peer;
  GCancellable      *cancellable;

  TlFtpServerLine   *lines;
  guint8             input[TL_FTP_VISITOR_INPUT];
  gsize              input_start;
  gsize              input_end;
  GByteArray        *output;
  gsize              written;
  TlSocketWatch     *in_watch;
  TlSocketWatch     *out_watch;
  TlSocketWatch     *tls_watch;     /* during the handshake */
  guint              resume_id;
  gboolean           held;          /* a command waits for the end of a move */
  gboolean           busy;          /* a thread is at work for us */
  gboolean           closing;       /* once the output is written */
  guint              delay_id;

  char              *user;          /* as it was typed */
  guint              n_failures;
  TlFtpAccount      *account;       /* NULL: not logged in */
  TlFtpShare        *share;
  char              *cwd;
  char              *rename_from;
  gint64             restart;       /* where the next transfer begins */
  gint64             range_last;    /* and with which byte it ends; -1: with the last one */
  gboolean           ascii;         /* TYPE A */
  TlFtpFacts         facts;
  gboolean           handshaking;
  gboolean           protect;       /* PROT P */
  gboolean           extended_only; /* EPSV ALL */
  TlFtpServerData   *data;
  TlFtpMove          move;

  gint64             since;         /* µs since 1970 */
  gint64             last_active;   /* µs, monotonic */
  gint64             begun;
  char              *act;
  guint64            received;
  guint64            sent;
  gboolean           moved;         /* the two have changed */
};

/* What a thread does for a visitor, and what came of it. Paths raw. */
typedef struct {
  TlFtpShare          *share;
  TlFtpVerb            verb;
  char                *path;
  char                *other;         /* the second path, or the password */
  char                *shown;
  char                *hash;
  TlFtpListingOptions  options;
  gint64               number;        /* an offset, a time */
  gint64               last;          /* the last byte that is meant; -1: that of the file */
  gint64               size;
  int                  errsv;
  int                  fd;
  struct stat          info;
  gboolean             good;
  GBytes              *bytes;
  char                *text;
  guint                left_out;
  TlFtpShare          *inner;
} TlFtpJob;

typedef void (*TlFtpJobFunc) (TlFtpJob     *job,
                              GCancellable *cancellable);
typedef void (*TlFtpJobDone) (TlFtpVisitor *self,
                              TlFtpJob     *job);
typedef void (*TlFtpVerbFunc) (TlFtpVisitor       *self,
                               const TlFtpRequest *request);

/* tl-ftp-visitor.c. @socket: (transfer full) */
TlFtpVisitor *tl_ftp_visitor_new          (TlFtpServer        *server,
                                           GSocket            *socket,
                                           GInetSocketAddress *remote);
void          tl_ftp_visitor_start        (TlFtpVisitor       *self);
/* At once: the server forgets it. @why: (nullable): for the log. */
void          tl_ftp_visitor_close        (TlFtpVisitor       *self,
                                           const char         *why);
/* Once a second. */
void          tl_ftp_visitor_tick         (TlFtpVisitor       *self);
void          tl_ftp_visitor_set_act      (TlFtpVisitor       *self,
                                           char               *act);
void          tl_ftp_visitor_note         (TlFtpVisitor       *self,
                                           TlMessageKind       kind,
                                           const char         *text);
/* In or out, TLS or not. */
void          tl_ftp_visitor_tell_changed (TlFtpVisitor       *self);
void          tl_ftp_visitor_count        (TlFtpVisitor       *self,
                                           gsize               received,
                                           gsize               sent);

/* tl-ftp-visitor-wire.c */
void          tl_ftp_visitor_reply        (TlFtpVisitor       *self,
                                           int                 code,
                                           const char         *text);
void          tl_ftp_visitor_replyf       (TlFtpVisitor       *self,
                                           int                 code,
                                           const char         *format,
                                           ...) G_GNUC_PRINTF (3, 4);
/* Lines with CR LF, whole. */
void          tl_ftp_visitor_reply_raw    (TlFtpVisitor       *self,
                                           const char         *lines,
                                           gsize               length);
/* The last reply, and the end of the connection behind it. */
void          tl_ftp_visitor_reply_last   (TlFtpVisitor       *self,
                                           int                 code,
                                           const char         *text);
/* Takes up what has come, if it may: after something that it had to wait for is over. */
void          tl_ftp_visitor_go_on        (TlFtpVisitor       *self);
void          tl_ftp_visitor_start_tls    (TlFtpVisitor       *self);
void          tl_ftp_visitor_stop_wire    (TlFtpVisitor       *self);

/* tl-ftp-visitor-job.c: @job: (transfer full). @done is not called when the visitor has gone meanwhile. */
TlFtpJob     *tl_ftp_job_new              (TlFtpVisitor       *self,
                                           TlFtpVerb           verb,
                                           char               *path);
void          tl_ftp_visitor_run          (TlFtpVisitor       *self,
                                           TlFtpJob           *job,
                                           TlFtpJobFunc        func,
                                           TlFtpJobDone        done);
/* What an errno of the files is called in FTP. */
void          tl_ftp_visitor_reply_errno  (TlFtpVisitor       *self,
                                           int                 errsv);

/* tl-ftp-visitor-verbs.c */
void          tl_ftp_visitor_dispatch     (TlFtpVisitor       *self,
                                           const guint8       *line,
                                           gsize               length);
/* (transfer full) (nullable): NULL, and a reply, for what is no path. */
char         *tl_ftp_visitor_dup_path     (TlFtpVisitor       *self,
                                           const TlFtpRequest *request);
gboolean      tl_ftp_visitor_may_write    (TlFtpVisitor       *self);

/* tl-ftp-visitor-login.c */
void          tl_ftp_visitor_user         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_pass         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_auth         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_pbsz         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_prot         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_log_out      (TlFtpVisitor *self);

/* tl-ftp-visitor-type.c: how files are sent, and which part of them. */
void          tl_ftp_visitor_type         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_rest         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_rang         (TlFtpVisitor *self, const TlFtpRequest *request);
/* Both count once. */
/* What REST or RANG said, which counts once. @last: -1 for the end of the file. */
void          tl_ftp_visitor_take_range   (TlFtpVisitor *self, gint64 *first, gint64 *last);

/* tl-ftp-visitor-info.c */
void          tl_ftp_visitor_feat         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_help         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_opts         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_stat         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_pwd          (TlFtpVisitor *self, const TlFtpRequest *request);

/* tl-ftp-visitor-files.c: all that is done to files by their names. */
void          tl_ftp_visitor_file_verb    (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_rename_from  (TlFtpVisitor *self, const TlFtpRequest *request);

/* tl-ftp-visitor-data.c */
void          tl_ftp_visitor_pasv         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_epsv         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_port         (TlFtpVisitor *self, const TlFtpRequest *request);

/* tl-ftp-visitor-transfer.c */
void          tl_ftp_visitor_list         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_retr         (TlFtpVisitor *self, const TlFtpRequest *request);
void          tl_ftp_visitor_stor         (TlFtpVisitor *self, const TlFtpRequest *request);

/* tl-ftp-visitor-move.c. What the move has been given to read or to write goes over the data connection. @format: what the visitor does, with the name for "%s". */
void          tl_ftp_visitor_move         (TlFtpVisitor *self,
                                           TlFtpJob     *job,
                                           const char   *format);
void          tl_ftp_visitor_abor         (TlFtpVisitor *self, const TlFtpRequest *request);
gboolean      tl_ftp_visitor_is_moving    (TlFtpVisitor *self);
/* Breaks an upload off whose visitor may not write any more. */
void          tl_ftp_visitor_check_move   (TlFtpVisitor *self);
/* Lets go of everything, without a reply. */
void          tl_ftp_visitor_drop_move    (TlFtpVisitor *self);

G_END_DECLS
