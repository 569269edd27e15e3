/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of tl_ftp_client_open_async() share; for them alone. */

#include "tl-ftp-client-private.h"

G_BEGIN_DECLS

/* In the order in which they are passed. */
typedef enum {
  DIAL,
  DIALLED,
  GREETED,
  AUTH_ANSWERED,
  SECURED,
  CHECKED,
  TRUSTED,
  PBSZ_ANSWERED,
  PROT_ANSWERED,
  LOGIN,
  FEAT_EARLY_ANSWERED,
  PASSWORD_KNOWN,
  USER_ANSWERED,
  PASS_ANSWERED,
  ACCOUNT_KNOWN,
  ACCT_ANSWERED,
  LOGGED_IN,
  FEAT_ANSWERED,
  CLNT_ANSWERED,
  UTF8_ANSWERED,
  MLST_ANSWERED,
  SYST_ANSWERED,
  PWD_ANSWERED,
  CWD_ANSWERED,
  PWD_AGAIN_ANSWERED,
} Step;

typedef struct {
  TlFtpClient          *client;
  GTask                *task;         /* it owns us */
  TlFtpControl         *control;
  GSocketConnectable   *identity;
  Step                  at;
  Step                  next;
  TlFtpReply           *reply;
  TlFtpQuestion        *question;
  GTlsCertificateFlags  flags;
  TlFtpSecurity         security;
  TlFtpAccountKind      kind;
  guint                 n_logins;
  gulong                cancelled_id;
  gulong                ended_id;
  gboolean              known;        /* the greeting was 230: logged in already */
  gboolean              password_sent;
  gboolean              returned;
} Opening;

/* The one end. @error: (transfer full) (nullable) */
void tl_ftp_opening_finish        (Opening      *self,
                                   GError       *error);
void tl_ftp_opening_fail          (Opening      *self,
                                   TlFtpError    code,
                                   const char   *sentence);
void tl_ftp_opening_fail_reply    (Opening      *self);
void tl_ftp_opening_go            (Opening      *self,
                                   Step          next);
int  tl_ftp_opening_class         (Opening      *self);
int  tl_ftp_opening_code          (Opening      *self);
/* True: it was the final reply, and is in the opening; else there is more to come, or it ended with @error. */
gboolean tl_ftp_opening_take_reply (Opening     *self,
                                   TlFtpReply   *reply,
                                   const GError *error);
/* The same, and the step @next is taken. */
void tl_ftp_opening_reply_cb      (TlFtpReply   *reply,
                                   const GError *error,
                                   gpointer      user_data);
void tl_ftp_opening_command       (Opening      *self,
                                   Step          next,
                                   const char   *verb,
                                   const char   *argument);
void tl_ftp_opening_command_bytes (Opening      *self,
                                   Step          next,
                                   const char   *verb,
                                   GBytes       *argument);
/* Puts @question to the asker; the step @next finds the answer in it. */
void tl_ftp_opening_ask           (Opening      *self,
                                   Step          next);
void tl_ftp_opening_new_question  (Opening      *self,
                                   TlFtpAskKind  kind);
void tl_ftp_opening_add_welcome   (Opening      *self);
void tl_ftp_opening_start_tls     (Opening      *self);
/* FEAT's answer, where it is one: what is known already stays otherwise. */
void tl_ftp_opening_take_features (Opening      *self);

void tl_ftp_opening_step_security (Opening      *self);
void tl_ftp_opening_step_login    (Opening      *self);
void tl_ftp_opening_step_features (Opening      *self);

G_END_DECLS
