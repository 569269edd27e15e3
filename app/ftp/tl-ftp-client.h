/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-block-reader.h"
#include "tl-block-writer.h"
#include "tl-ftp-answer.h"
#include "tl-ftp-asker.h"
#include "tl-ftp-listing.h"
#include "tl-ftp-rate.h"
#include "tl-message-log.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_STATE (tl_ftp_state_get_type ())

typedef enum {
  TL_FTP_CLOSED,        /* 未连接 */
  TL_FTP_RESOLVING,     /* 解析中 */
  TL_FTP_CONNECTING,    /* 连接中 */
  TL_FTP_SECURING,      /* 加密中 */
  TL_FTP_LOGGING_IN,    /* 登录中 */
  TL_FTP_READY,         /* 已连接 */
  TL_FTP_TRANSFERRING,  /* 传输中: a data connection is open */
  TL_FTP_FAILED,        /* 出错 */
} TlFtpState;

GType       tl_ftp_state_get_type  (void);
/* Translated. */
const char *tl_ftp_state_get_label (TlFtpState state);

#define TL_TYPE_FTP_CLIENT (tl_ftp_client_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpClient, tl_ftp_client, TL, FTP_CLIENT, GObject)

/**
 * TlFtpClient:
 *
 * One control connection with what a user asks of it. Operations are queued: each begins when the one before it has ended. Each can be cancelled at any moment; the
 * connection is then as it was (the transfer was aborted and all its replies were read), or it is closed and the next operation opens it anew.
 * A connection that the server dropped while nothing was asked is opened anew by the next operation, back in the same directory; an operation that
 * met the end before its command can have been carried out is tried once more, when doing it twice does no harm.
 *
 * Read-only properties: "state" (TlFtpState), "error" (string, nullable: the sentence of FAILED), "encrypted" (boolean), "security-text" (string,
 * nullable: "TLS 1.3, …"), "certificate" (GTlsCertificate, nullable), "directory" (GBytes, boxed: absolute, raw; nullable before the first PWD), "log" (TlMessageLog: the
 * transcript), "site", "features" (boxed, nullable), "syst" (string, nullable), "welcome" (string, nullable: the greeting's and the login's text).
 * Writable: "asker" (TlFtpAsker), "charset" (int, TlFtpCharset: of names that are typed), "password" (write-only), "idle-interval" (uint, seconds between NOOPs while
 * nothing happens; 0 never; default 60), "timeout" (uint, seconds that the server may be silent when it owes something; default 30).
 */
TlFtpClient *tl_ftp_client_new           (TlFtpSite           *site);
/* The same site, asker, trust, password and character set, for a transfer of its own; shares the transcript. */
TlFtpClient *tl_ftp_client_new_sibling   (TlFtpClient         *self);
TlFtpState   tl_ftp_client_get_state     (TlFtpClient         *self);
TlFtpSite   *tl_ftp_client_get_site      (TlFtpClient         *self);
TlMessageLog *tl_ftp_client_get_log      (TlFtpClient         *self);
GBytes      *tl_ftp_client_get_directory (TlFtpClient         *self);
gboolean     tl_ftp_client_is_encrypted  (TlFtpClient         *self);
TlFtpFeatures *tl_ftp_client_get_features (TlFtpClient        *self);

/* Errors of all: TL_FTP_ERROR, G_IO_ERROR_CANCELLED. Paths are raw bytes, absolute or relative to "directory". */

/* Connects, agrees on TLS, logs in, asks FEAT, SYST and PWD, enters the site's start folder. */
void     tl_ftp_client_connect_async    (TlFtpClient         *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean tl_ftp_client_connect_finish   (TlFtpClient         *self,
                                         GAsyncResult        *result,
                                         GError             **error);
/* Why the last connecting ended in another folder than the one to begin in; NULL when it did not, and once it was taken. (transfer full) */
GError  *tl_ftp_client_take_start_error (TlFtpClient         *self);
/* QUIT, and closes; what runs is cancelled. */
void     tl_ftp_client_close            (TlFtpClient         *self);

/* MLSD, or LIST -a where it tells more, or LIST. @path NULL: the directory. */
void          tl_ftp_client_list_async  (TlFtpClient         *self,
                                         GBytes              *path,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
/* LIST, also where there is MLSD: some servers (pyftpdlib) tell by it alone what is a link, and show with MLSD what that leads to. */
void          tl_ftp_client_list_plain_async (TlFtpClient     *self,
                                         GBytes              *path,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
/* Of both. (transfer full) */
TlFtpListing *tl_ftp_client_list_finish (TlFtpClient         *self,
                                         GAsyncResult        *result,
                                         GError             **error);

/* The acts that answer yes or no. All finish with tl_ftp_client_act_finish(). */
void     tl_ftp_client_change_directory_async (TlFtpClient         *self,
                                               GBytes              *path,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
void     tl_ftp_client_make_directory_async   (TlFtpClient         *self,
                                               GBytes              *path,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
void     tl_ftp_client_remove_file_async      (TlFtpClient         *self,
                                               GBytes              *path,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
void     tl_ftp_client_remove_directory_async (TlFtpClient         *self,
                                               GBytes              *path,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
void     tl_ftp_client_rename_async           (TlFtpClient         *self,
                                               GBytes              *from,
                                               GBytes              *to,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
/* SITE CHMOD; @mode: 0 to 07777. */
void     tl_ftp_client_chmod_async            (TlFtpClient         *self,
                                               GBytes              *path,
                                               guint                mode,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
/* MFMT, else MDTM with two arguments, else SITE UTIME. @time: seconds since 1970, UTC. */
void     tl_ftp_client_set_time_async         (TlFtpClient         *self,
                                               GBytes              *path,
                                               gint64               time,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean tl_ftp_client_act_finish             (TlFtpClient         *self,
                                               GAsyncResult        *result,
                                               GError             **error);

/* Seconds that the server's times are ahead of UTC although MDTM and LIST agree: it tells the time of its clock (vsftpd with use_localtime). What is listed, told and set
 * from now on is corrected, also for siblings. Not of MLSD. */
void     tl_ftp_client_set_clock_offset (TlFtpClient        *self,
                                     int                  seconds);
int      tl_ftp_client_get_clock_offset (TlFtpClient        *self);

/* SIZE and MDTM in one: each -1 when the server does not tell; fails when there is no such file. */
void     tl_ftp_client_stat_async   (TlFtpClient         *self,
                                     GBytes              *path,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean tl_ftp_client_stat_finish  (TlFtpClient         *self,
                                     GAsyncResult        *result,
                                     gint64              *size,
                                     gint64              *time,
                                     GError             **error);

/* What a server can tell of the content of a file. */
typedef enum {
  TL_FTP_HASH_NONE,
  TL_FTP_HASH_CRC32,
  TL_FTP_HASH_MD5,
  TL_FTP_HASH_SHA1,
  TL_FTP_HASH_SHA256,
  TL_FTP_HASH_SHA512,
} TlFtpHash;

/* "SHA-256" */
const char *tl_ftp_hash_get_name    (TlFtpHash            hash);
/* Whether FEAT lists HASH, XSHA256, XSHA1, XMD5 or XCRC. */
gboolean    tl_ftp_client_can_hash  (TlFtpClient         *self);
/* The server reads the whole file for it: that may take long. TL_FTP_ERROR_UNSUPPORTED. */
void        tl_ftp_client_hash_async (TlFtpClient        *self,
                                     GBytes              *path,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
/* In hexadecimal, lower case. (transfer full) */
char       *tl_ftp_client_hash_finish (TlFtpClient       *self,
                                     GAsyncResult        *result,
                                     TlFtpHash           *hash,
                                     GError             **error);

/* @moved: bytes so far, not counting @offset; called at most once a turn of the main loop. */
typedef void (*TlFtpProgressFunc)   (guint64              moved,
                                     gpointer             user_data);

/* What the next fetch or store may not be faster than: each (nullable). */
void     tl_ftp_client_set_rates    (TlFtpClient         *self,
                                     TlFtpRate           *shared,
                                     TlFtpRate           *own);

/* RETR from @offset on, to the writer, which the caller finishes (tl_block_writer_finish_async()), also after a failure: what came is in it. It fails unless the
 * server said that all was sent, and, under TLS, ended the stream properly. TL_FTP_ERROR_LOCAL: the writer could not write, and tells why. TL_FTP_ERROR_UNSUPPORTED:
 * no REST. Not tried again once a byte has come. */
void     tl_ftp_client_fetch_async  (TlFtpClient         *self,
                                     GBytes              *path,
                                     guint64              offset,
                                     TlBlockWriter       *writer,
                                     TlFtpProgressFunc    progress,
                                     gpointer             progress_data,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
/* STOR, from the reader, which stands at @offset; with an offset REST + STOR, or APPE where the server has no REST. After it the size is compared:
 * TL_FTP_ERROR_DATA. TL_FTP_ERROR_CHANGED: APPE, and the file there is not of the length @offset. */
void     tl_ftp_client_store_async  (TlFtpClient         *self,
                                     GBytes              *path,
                                     guint64              offset,
                                     TlBlockReader       *reader,
                                     TlFtpProgressFunc    progress,
                                     gpointer             progress_data,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
/* *@moved: (out) (optional): bytes, also when it failed. */
gboolean tl_ftp_client_move_finish  (TlFtpClient         *self,
                                     GAsyncResult        *result,
                                     guint64             *moved,
                                     GError             **error);
/* Of a store: whether the server's SIZE afterwards was that of all that was sent. */
gboolean tl_ftp_client_size_matches (GAsyncResult        *result);

/* Of one that has failed: the server said no to the name, or to the act, before it began; nothing there has become another. */
gboolean tl_ftp_client_was_refused  (GAsyncResult        *result);
/* Of one that has failed: the server had said that it begins. If not, what went out need not have come to the file. */
gboolean tl_ftp_client_has_begun    (GAsyncResult        *result);
/* Of a fetch that has failed: TLS was cut off, although the server said that all was sent. */
gboolean tl_ftp_client_was_cut      (GAsyncResult        *result);

/* Any command that needs no data connection, for the curious. TL_FTP_ERROR_NAME when it holds CR, LF or NUL. A reply 4yz or 5yz is no error. */
void        tl_ftp_client_raw_async  (TlFtpClient         *self,
                                      GBytes              *command,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
/* (transfer full) */
TlFtpReply *tl_ftp_client_raw_finish (TlFtpClient         *self,
                                      GAsyncResult        *result,
                                      GError             **error);

G_END_DECLS
