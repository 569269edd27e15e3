/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-data.h"

G_BEGIN_DECLS

/**
 * TlFtpMover:
 * @room, @got, @peek, @put: of TlFtpDataEvents; those of the direction that is meant
 * @may_be_empty: when the server says that all is done without a byte and without an end of the data connection, there was nothing (some do so for an
 *   empty folder); else that is an error
 *
 * Where the bytes of a transfer go to, or come from.
 */
typedef struct {
  guint8       *(*room) (gpointer owner, gsize *size);
  gboolean      (*got)  (gpointer owner, gsize length);
  const guint8 *(*peek) (gpointer owner, gsize *length, GError **error);
  void          (*put)  (gpointer owner, gsize length);
  gboolean        may_be_empty;
} TlFtpMover;

/**
 * TlFtpMove:
 *
 * One command with its data connection: agreed on, encrypted, read or written to its end, and the server's last word awaited. Owned by a GTask.
 */
typedef struct _TlFtpMove TlFtpMove;

/* @rest: (for REST, right before the command): 0 for none. Errors: TL_FTP_ERROR; when got() said no, TL_FTP_ERROR_LOCAL. The owner must live until the callback. */
TlFtpMove *tl_ftp_move_async  (TlFtpClient         *client,
                               const char          *verb,
                               GBytes              *argument,
                               guint64              rest,
                               const TlFtpMover    *mover,
                               gpointer             owner,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
/* *@expected: (out): the size in the preliminary reply, or -1. *@cut: (out): TLS was cut, although the server said that all was sent: the error is set. */
gboolean   tl_ftp_move_finish (GAsyncResult        *result,
                               gint64              *expected,
                               gboolean            *cut,
                               GError             **error);
/* (transfer none) (nullable): the server's last word, where there was one. */
TlFtpReply *tl_ftp_move_get_reply (GAsyncResult *result);
/* Whether the server said no to the name, or to the act: it did not even begin. */
gboolean   tl_ftp_move_was_refused (GAsyncResult *result);
/* Whether the server said that it begins, or that all was done: some say that alone. */
gboolean   tl_ftp_move_has_begun (GAsyncResult *result);
/* There is room again, or something to write. */
void       tl_ftp_move_go_on  (TlFtpMove           *self);

G_END_DECLS
