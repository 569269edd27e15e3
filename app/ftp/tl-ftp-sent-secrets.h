/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-reply.h"

G_BEGIN_DECLS

/* From this length on a secret is hidden wherever it comes back. A shorter one may be a word by chance (a folder's name, say), and what is masked where a word was expected
 * tells the word: it is hidden only in the answer to the command that held it. */
#define TL_FTP_SENT_SECRETS_MIN_LENGTH 8

/* The secrets that went out on one control connection, so that no answer shows them: there are servers that repeat a command that they do not understand. */
typedef struct _TlFtpSentSecrets TlFtpSentSecrets;

TlFtpSentSecrets *tl_ftp_sent_secrets_new        (void);
/* Overwrites them. */
void              tl_ftp_sent_secrets_free       (TlFtpSentSecrets *self);
/* "VERB argument" is being sent. @argument: (nullable). True when there is a secret in it. */
gboolean          tl_ftp_sent_secrets_note       (TlFtpSentSecrets *self,
                                                  const char       *verb,
                                                  GBytes           *argument);
/* @line, which came, for the transcript. @answers: to a command that held a secret. (transfer full) */
GBytes           *tl_ftp_sent_secrets_hide       (TlFtpSentSecrets *self,
                                                  GBytes           *line,
                                                  gboolean          answers);
/* The same for a whole reply, whose words may become those of an error or a question. (transfer full) */
TlFtpReply       *tl_ftp_sent_secrets_hide_reply (TlFtpSentSecrets *self,
                                                  TlFtpReply       *reply,
                                                  gboolean          answers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpSentSecrets, tl_ftp_sent_secrets_free)

G_END_DECLS
