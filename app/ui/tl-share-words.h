/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-server.h"

G_BEGIN_DECLS

/* What is said of the shared folder. Translated, (transfer full). */

/* The addresses that others can type, a line each: that of @address, or for all addresses of the computer each in @own. */
char *tl_share_words_urls    (const char         *address,
                              guint               port,
                              const char * const *own);
/* "Sends “a.txt” · since 14:05 · 3 kB sent, 0 bytes received · TLS" */
char *tl_share_words_visitor (TlFtpVisitor       *visitor);
/* "guest-7 · only “photos” · may write · until 14:05" without the name. */
char *tl_share_words_account (TlFtpAccount       *account);
/* "2 connected, 5 in all · 3 kB sent, 0 bytes received" */
char *tl_share_words_counts  (TlFtpServer        *server);

G_END_DECLS
