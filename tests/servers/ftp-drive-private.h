/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drive-script.h"
#include "tl-ftp-directory.h"
#include "tl-ftp-error.h"

/* What runs. One command at a time. */
typedef struct {
  DriveScript       script;
  TlFtpClient      *client;
  TestAnswerer     *answerer;
  GCancellable     *cancellable;
  guint64           cancel_at;
  char             *file;
  TlBlockWriter    *writer;
  TlFtpDirectory   *directory;
  gint64            began;
  gsize             memory;
  GError           *error;
  guint64           moved;
  int               fd;
} Drive;

/* Ends the command. */
void      drive_answer        (Drive      *self,
                               const char *format,
                               ...) G_GNUC_PRINTF (2, 3);
/* Takes @error. */
void      drive_answer_error  (Drive      *self,
                               GError     *error);
/* The files of the driver: each takes the commands that are its own, and says whether it did. */
gboolean  drive_list          (Drive      *self,
                               char      **words,
                               GBytes     *path);
gboolean  drive_move          (Drive      *self,
                               char      **words,
                               GBytes     *path);
gboolean  drive_parallel      (Drive      *self,
                               char      **words,
                               GBytes     *path);
