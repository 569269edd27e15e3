/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-site.h"

G_BEGIN_DECLS

typedef enum {
  TL_FTP_ASK_PASSWORD,     /* user and password; also after 530, then @text is what the server said */
  TL_FTP_ASK_ACCOUNT,      /* ACCT, after 332 */
  TL_FTP_ASK_CERTIFICATE,  /* not trusted: @certificate, @flags, @changed; the answer: once, always, no */
  TL_FTP_ASK_CLEAR,        /* the server has no TLS: shall the password go in clear text? */
} TlFtpAskKind;

/**
 * TlFtpQuestion:
 *
 * What a connection must be told before it goes on. The answer is written into it; the strings are owned.
 * @text: (nullable): what the server said
 * @certificate: (nullable): of TL_FTP_ASK_CERTIFICATE; @flags: what is wrong; @known_fingerprint: (nullable): the one trusted before, when it has changed
 * @answered: whether to go on
 * @user, @password, @account: in and out
 * @keep: keep the password, or trust always
 */
typedef struct {
  TlFtpAskKind          kind;
  TlFtpSite            *site;
  char                 *text;
  GTlsCertificate      *certificate;
  GTlsCertificateFlags  flags;
  char                 *known_fingerprint;
  gboolean              answered;
  char                 *user;
  char                 *password;
  char                 *account;
  gboolean              keep;
} TlFtpQuestion;

TlFtpQuestion *tl_ftp_question_new  (TlFtpAskKind   kind,
                                     TlFtpSite     *site);
void           tl_ftp_question_free (TlFtpQuestion *self);

#define TL_TYPE_FTP_ASKER (tl_ftp_asker_get_type ())
G_DECLARE_INTERFACE (TlFtpAsker, tl_ftp_asker, TL, FTP_ASKER, GObject)

/**
 * TlFtpAsker:
 *
 * Who answers a connection's questions: a window, the secret service before it, a script in a test. The question belongs to the caller and lives until
 * ask_finish.
 */
struct _TlFtpAskerInterface
{
  GTypeInterface parent;

  void     (*ask_async)  (TlFtpAsker          *self,
                          TlFtpQuestion       *question,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data);
  gboolean (*ask_finish) (TlFtpAsker          *self,
                          GAsyncResult        *result,
                          GError             **error);
  /* May be missing. */
  char    *(*dup_trusted) (TlFtpAsker         *self,
                           TlFtpSite          *site);
};

void     tl_ftp_asker_ask_async  (TlFtpAsker          *self,
                                  TlFtpQuestion       *question,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
/* False with G_IO_ERROR_CANCELLED; true also when the user declined (question->answered is false then). */
gboolean tl_ftp_asker_ask_finish (TlFtpAsker          *self,
                                  GAsyncResult        *result,
                                  GError             **error);
/* The fingerprint of the certificate that was once trusted always at this server, as tl_tls_fingerprint() writes it: what shows it need not be looked up in the system's list.
 * (transfer full) (nullable) */
char    *tl_ftp_asker_dup_trusted (TlFtpAsker         *self,
                                   TlFtpSite          *site);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpQuestion, tl_ftp_question_free)

G_END_DECLS
