/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-server.h"
#include "tl-ftp-share.h"

G_BEGIN_DECLS

/* What is said of the shared folder. Translated, (transfer full). */

/* "Sends “a.txt” · since 14:05 · 3 kB sent, 0 bytes received · TLS" */
char *tl_share_words_visitor (TlFtpVisitor       *visitor);
/* "guest-7 · only “photos” · may write · until 14:05" without the name. */
char *tl_share_words_account (TlFtpAccount       *account);
/* What to think of before it is shared; NULL: nothing. (transfer none) */
const char *tl_share_words_risk (TlFtpShareRisk  risk);
/* What is wrong with the ports for data, or how many they are. */
char *tl_share_words_ports   (TlFtpServer        *server);
/* "2 connected, 5 in all · 3 kB sent, 0 bytes received" */
char *tl_share_words_counts  (TlFtpServer        *server);

G_END_DECLS
