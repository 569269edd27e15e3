/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_TRANSCRIPT (tl_ftp_transcript_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpTranscript, tl_ftp_transcript, TL, FTP_TRANSCRIPT, GtkWidget)

/**
 * TlFtpTranscript:
 *
 * Every line of a control connection, explained; and an entry for commands of one's own.
 */
void     tl_ftp_transcript_set_client (TlFtpTranscript *self,
                                       TlFtpClient     *client);

G_END_DECLS
