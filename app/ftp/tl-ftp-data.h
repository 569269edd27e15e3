/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client-private.h"

G_BEGIN_DECLS

/**
 * TlFtpDataEvents:
 * @opened: ready for the command that uses it, or what stood in the way
 * @room: (reading) where to put up to *@size bytes; NULL: nowhere at the moment, tl_ftp_data_go_on() tells when again
 * @got: (reading) so many bytes are there; false ends it, without @over
 * @peek: (writing) as tl_block_reader_peek()
 * @put: (writing) so many of them were taken by the kernel
 * @over: once: NULL when the stream has ended in order, TL_FTP_ERROR otherwise
 */
typedef struct {
  void          (*opened) (gpointer owner, GError *error);
  guint8       *(*room)   (gpointer owner, gsize *size);
  gboolean      (*got)    (gpointer owner, gsize length);
  const guint8 *(*peek)   (gpointer owner, gsize *length, GError **error);
  void          (*put)    (gpointer owner, gsize length);
  void          (*over)   (gpointer owner, const GError *error);
} TlFtpDataEvents;

#define TL_TYPE_FTP_DATA (tl_ftp_data_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpData, tl_ftp_data, TL, FTP_DATA, GObject)

/**
 * TlFtpData:
 *
 * One data connection: agreed on (EPSV, PASV, EPRT, PORT), encrypted as the control connection is, read from or written to within a budget.
 * It reads unless @upload.
 */
TlFtpData *tl_ftp_data_new       (TlFtpClient           *client,
                                  const TlFtpDataEvents *events,
                                  gpointer               owner,
                                  gboolean               upload);
/* The same for a command that is sent without waiting for @opened. Passive, by the way that works; when that fails @opened tells. @held: it does not connect before
 * tl_ftp_data_let_connect(). */
TlFtpData *tl_ftp_data_new_ahead (TlFtpClient           *client,
                                  const TlFtpDataEvents *events,
                                  gpointer               owner,
                                  gboolean               held);
void       tl_ftp_data_let_connect (TlFtpData           *self);
/* Whether the server has named one. */
gboolean   tl_ftp_data_has_port  (TlFtpData             *self);
/* Whether nobody has said yes or no at the port that it named. */
gboolean   tl_ftp_data_is_connecting (TlFtpData         *self);
/* Sends the commands; @opened follows. */
void       tl_ftp_data_open      (TlFtpData             *self);
/* The command has been sent: encrypt, then move. */
void       tl_ftp_data_run       (TlFtpData             *self);
/* There is room again, or something to write. */
void       tl_ftp_data_go_on     (TlFtpData             *self);
/* Whether the server has come (active), or we have reached it (passive). */
gboolean   tl_ftp_data_is_connected (TlFtpData          *self);
/* TLS ended without close_notify: what came is all that came, and nobody knows whether it is all. */
gboolean   tl_ftp_data_was_cut   (TlFtpData             *self);
/* Somebody else than the server may have answered. */
gboolean   tl_ftp_data_is_foreign (TlFtpData            *self);
/* At once, with a reset; nothing is told any more. Replies to its commands must have been diverted. */
void       tl_ftp_data_abort     (TlFtpData             *self);

G_END_DECLS
