/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlFtpClient share; for them alone. */

#include "tl-ftp-client.h"
#include "tl-ftp-control.h"

G_BEGIN_DECLS

/* Ways to a data connection, in the order of trying; those that failed are bits of TlFtpShared.failed_ways. */
typedef enum {
  TL_FTP_WAY_EPSV,
  TL_FTP_WAY_PASV,
  TL_FTP_WAY_EPRT,
  TL_FTP_WAY_PORT,
  TL_FTP_N_WAYS,
} TlFtpWay;

/* Which of the two LIST commands tells more. */
typedef enum {
  TL_FTP_LIST_UNKNOWN,
  TL_FTP_LIST_ALL,      /* LIST -a */
  TL_FTP_LIST_PLAIN,
} TlFtpListStyle;

/* What a client and its siblings have found out about the server, and what the user has allowed. */
typedef struct {
  gatomicrefcount ref_count;
  guint           n_clients;
  char           *trusted;         /* fingerprint (nullable) */
  gboolean        clear_allowed;   /* the password may go in clear text */
  guint           failed_ways;
  gboolean        passive_works;   /* the server named a port, and was there; until one day it is not */
  TlFtpListStyle  list_style;
  gboolean        list_shows_itself;  /* LIST -a has shown "." */
  gboolean        offset_known;
  int             utc_offset;      /* of LIST's times, seconds */
  int             clock_offset;    /* of all its times, those of MDTM too */
} TlFtpShared;

typedef struct _TlFtpAct TlFtpAct;

struct _TlFtpClient
{
  GObject          parent_instance;

  TlFtpSite       *site;
  TlFtpAsker      *asker;
  TlMessageLog    *log;
  TlFtpShared     *shared;
  char            *name;            /* what the log calls the control connection */
  TlFtpState       state;
  char            *error;
  char            *password;
  char            *user;            /* as it was answered, else the site's */
  TlFtpCharset     charset;
  guint            idle_interval;
  guint            timeout;

  TlFtpControl    *control;         /* NULL when not connected */
  gulong           ended_id;
  GQueue           acts;            /* of TlFtpAct: waiting */
  TlFtpAct        *act;             /* the running one */
  guint            idle_id;
  gboolean         settling;        /* replies of what was cancelled are still owed */
  gboolean         aborting;
  gboolean         fenced;
  guint            settle_id;
  guint            n_settle_ticks;

  char             type;            /* 'A', 'I', 0: unknown */
  TlFtpRate       *rates[2];        /* of the next transfer (nullable) */
  gboolean         rest_set;        /* a REST was sent that no transfer has used up: the next one would begin there */
  GBytes          *server_directory; /* where the server stands; NULL: unknown */
  GBytes          *directory;
  GError          *start_error;     /* why the folder to begin in was not entered */
  TlFtpFeatures   *features;
  char            *syst;
  char            *welcome;
  gboolean         encrypted;
  char            *security_text;
  GTlsCertificate *certificate;
};

GType        tl_ftp_client_features_get_type (void);
void         tl_ftp_client_set_state         (TlFtpClient         *self,
                                              TlFtpState           state,
                                              const char          *error);
void         tl_ftp_client_set_directory     (TlFtpClient         *self,
                                              GBytes              *directory);
void         tl_ftp_client_set_features      (TlFtpClient         *self,
                                              TlFtpFeatures       *features);
void         tl_ftp_client_set_syst          (TlFtpClient         *self,
                                              const char          *syst);
void         tl_ftp_client_set_welcome       (TlFtpClient         *self,
                                              const char          *welcome);
void         tl_ftp_client_set_secret        (TlFtpClient         *self,
                                              const char          *password);
/* @tls: (nullable) */
void         tl_ftp_client_set_security      (TlFtpClient         *self,
                                              GTlsConnection      *tls);
gboolean     tl_ftp_client_has_feature       (TlFtpClient         *self,
                                              const char          *name);
/* The control connection, when it has been made; the client lets go of it when it ends. (nullable) */
void         tl_ftp_client_set_control       (TlFtpClient         *self,
                                              TlFtpControl        *control);

/* From nothing to READY. Ends with FAILED or CLOSED otherwise. */
void         tl_ftp_client_open_async        (TlFtpClient         *self,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean     tl_ftp_client_open_finish       (TlFtpClient         *self,
                                              GAsyncResult        *result,
                                              GError             **error);

/**
 * TlFtpAct:
 * @step: does what is next, by @at; called first with @at 0, then each time a reply has come
 * @clear: (nullable): frees what the derived struct holds
 * @reply: the final reply to the last command
 * @safe: to do it twice does no harm
 *
 * One operation: the first member of a struct of its own. It is freed when it has returned.
 */
struct _TlFtpAct
{
  TlFtpClient  *client;      /* the task holds it */
  GTask        *task;
  void        (*step)  (TlFtpAct *self);
  void        (*clear) (TlFtpAct *self);
  int           at;
  int           next;
  TlFtpReply   *reply;
  gboolean      safe;
  gboolean      tried;
  gboolean      connects;    /* it is the connecting itself */
  gboolean      inner;       /* a task of its own runs for it, with @cancellable: it returns when that has */
  gulong        cancelled_id;
  GCancellable *cancellable; /* of the inner task: the caller's, or a closing */
};

/* Of @size bytes, zeroed but for the base. */
gpointer     tl_ftp_act_new                  (gsize                size,
                                              TlFtpClient         *client,
                                              gpointer             tag,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
/* Returns it with G_IO_ERROR_CANCELLED, now or when the task inside has. */
void         tl_ftp_act_cancel               (TlFtpAct            *self);
/* Into the queue. */
void         tl_ftp_act_start                (TlFtpAct            *self);
/* Sends a command; when its final reply is there, step is called with @next. */
void         tl_ftp_act_command              (TlFtpAct            *self,
                                              int                  next,
                                              const char          *verb,
                                              GBytes              *argument);
void         tl_ftp_act_command_text         (TlFtpAct            *self,
                                              int                  next,
                                              const char          *verb,
                                              const char          *argument);
/* Goes on with step @next at once. */
void         tl_ftp_act_go                   (TlFtpAct            *self,
                                              int                  next);
int          tl_ftp_act_code                 (TlFtpAct            *self);
/* 2 for 2yz and so on. */
int          tl_ftp_act_class                (TlFtpAct            *self);
/* The ends. Each frees @self. */
void         tl_ftp_act_return_true          (TlFtpAct            *self);
void         tl_ftp_act_return_pointer       (TlFtpAct            *self,
                                              gpointer             result,
                                              GDestroyNotify       free_result);
/* Takes @error. When the connection is gone and it does no harm, the act begins anew instead. */
void         tl_ftp_act_return_error         (TlFtpAct            *self,
                                              GError              *error);
void         tl_ftp_act_return_reply         (TlFtpAct            *self);
/* Runs the next one, when none is running. */
void         tl_ftp_client_pump              (TlFtpClient         *self);
/* What was cancelled has left replies behind: reads them, after an ABOR if a file was moving. Nothing else runs meanwhile. */
void         tl_ftp_client_settle            (TlFtpClient         *self,
                                              gboolean             aborting);
/* Absolute, where the server's paths are such that can be joined. (transfer full) */
GBytes      *tl_ftp_client_resolve           (TlFtpClient         *self,
                                              GBytes              *path);

G_END_DECLS
