/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_FAILURE (tl_ftp_failure_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpFailure, tl_ftp_failure, TL, FTP_FAILURE, GObject)

/* A name, and the sentence that says what was wrong with it. Properties, read-only: "name", "message" (string). */
TlFtpFailure *tl_ftp_failure_new   (const char *name,
                                    const char *message);
/* A window with a list of them. @n_more: those that are only counted. (transfer none) */
GtkWidget    *tl_ftp_failures_show (GtkWidget  *parent,
                                    const char *title,
                                    GListModel *failures,
                                    guint       n_more);

G_END_DECLS
