/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client-private.h"

G_BEGIN_DECLS

/* An act upon a path: a command or two. For the files of TlFtpClient alone. */
typedef struct {
  TlFtpAct  act;
  GBytes   *path;
  GBytes   *to;
  guint     mode;
  gint64    time;
  gint64    size;
  GError   *error;
} TlFtpPathAct;

/* Of the type of @step; the path is kept. */
TlFtpPathAct *tl_ftp_path_act_new             (TlFtpClient         *client,
                                               gpointer             tag,
                                               GBytes              *path,
                                               void               (*step) (TlFtpAct *act),
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
/* Sends VERB PATH, the path made absolute. */
void          tl_ftp_path_act_command         (TlFtpPathAct        *self,
                                               int                  next,
                                               const char          *verb,
                                               GBytes              *path);
/* VERB TEXT PATH. */
void          tl_ftp_path_act_command_text    (TlFtpPathAct        *self,
                                               int                  next,
                                               const char          *verb,
                                               const char          *text);
void          tl_ftp_path_act_return_by_reply (TlFtpAct            *act);

G_END_DECLS
