/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_EDIT_STATE (tl_ftp_edit_state_get_type ())

typedef enum {
  TL_FTP_EDIT_FETCHING,
  TL_FTP_EDIT_OPEN,      /* what the copy holds is what the server has */
  TL_FTP_EDIT_CHANGED,   /* the copy was saved, and is not on the server */
  TL_FTP_EDIT_SENDING,
  TL_FTP_EDIT_CONFLICT,  /* the file of the server is another one by now: waits for tl_ftp_edit_resolve() */
  TL_FTP_EDIT_FAILED,    /* there is no copy */
  TL_FTP_EDIT_ENDED,
} TlFtpEditState;

GType tl_ftp_edit_state_get_type (void);

typedef enum {
  TL_FTP_EDIT_CANCEL,     /* nothing is uploaded; the next save asks again */
  TL_FTP_EDIT_OVERWRITE,
  TL_FTP_EDIT_KEEP_BOTH,  /* the copy goes under a name of its own, "a (2).txt", and is that file from now on */
  TL_FTP_EDIT_RELOAD,     /* the server's file takes the place of the copy */
} TlFtpEditAnswer;

/**
 * TlFtpEditConflict:
 *
 * The file of the server as it was when it was fetched or sent last, and as it is now: sizes and times (seconds since 1970, UTC), -1 where they are not known.
 * @missing: it is not there any more. @cut_off: the last upload was cut off after it had begun: what is there may be its beginning.
 */
typedef struct {
  gint64   known_size, known_time;
  gint64   size, time;
  gboolean missing;
  gboolean cut_off;
} TlFtpEditConflict;

#define TL_TYPE_FTP_EDIT (tl_ftp_edit_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpEdit, tl_ftp_edit, TL, FTP_EDIT, GObject)

/**
 * TlFtpEdit:
 *
 * A file of a server that is edited here: fetched into a copy that nobody else reads (0600 in 0700), watched, and sent back when it was saved and the user
 * wants it so. Whether the copy was really changed tells its SHA-256, worked out on a thread. Before anything is sent the server is asked for size and time: a file
 * that is not the one that was fetched is never overwritten unasked. What is sent is a snapshot: an editor that saves meanwhile changes nothing in it, and is noticed.
 * Each fetching or sending has a connection of its own; where the server lets in one only, that of @client.
 *
 * Properties, read-only: "state" (TlFtpEditState), "error" (string, nullable: the sentence of what failed last), "note" (string, nullable: what was proved),
 * "fraction" (double: of what is fetched or sent, -1 unknown), "remote" (GBytes, boxed: another one after KEEP_BOTH). Writable: "always" (boolean: what is saved is sent unasked).
 * Signals: "opened": the copy is there, once; "changed": it was saved with another content, ask whether it shall be sent (once for each content, and again after what
 * failed); "conflict": ask what shall be done, see tl_ftp_edit_get_conflict(); "sent".
 */
/* @remote: absolute and raw; @name: of the copy (tl_ftp_name_to_local()). */
TlFtpEdit      *tl_ftp_edit_new          (TlFtpClient     *client,
                                          GBytes          *remote,
                                          const char      *name);
/* Fetches it; once, and again after FAILED. */
void            tl_ftp_edit_begin        (TlFtpEdit       *self);
/* Sends the copy as it is now; nothing in any other state than OPEN and CHANGED. */
void            tl_ftp_edit_upload       (TlFtpEdit       *self);
void            tl_ftp_edit_resolve      (TlFtpEdit       *self,
                                          TlFtpEditAnswer  answer);
/* Stops all, and removes the copy. */
void            tl_ftp_edit_end          (TlFtpEdit       *self);
/* Stops all; a copy that holds what the server has not stays for another time, or for the next run. Also when it is disposed of. */
void            tl_ftp_edit_leave        (TlFtpEdit       *self);
/* What is sent from now on goes over connections like that one; what runs comes to its end where it is. A client of its own is closed then. */
void            tl_ftp_edit_set_client   (TlFtpEdit       *self,
                                          TlFtpClient     *client);
TlFtpEditState  tl_ftp_edit_get_state    (TlFtpEdit       *self);
/* Whether the copy holds what the server has not. */
gboolean        tl_ftp_edit_is_unsaved   (TlFtpEdit       *self);
TlFtpClient    *tl_ftp_edit_get_client   (TlFtpEdit       *self);
GBytes         *tl_ftp_edit_get_remote   (TlFtpEdit       *self);
/* (nullable): before it is there. */
GFile          *tl_ftp_edit_get_copy     (TlFtpEdit       *self);
const char     *tl_ftp_edit_get_name     (TlFtpEdit       *self);
const TlFtpEditConflict *tl_ftp_edit_get_conflict (TlFtpEdit *self);

/**
 * TlFtpEditWaiting:
 * @saved: seconds since 1970
 *
 * What was saved, and was not sent when its edit was left, or when its run was killed. A run that goes on keeps its own.
 */
typedef struct {
  TlFtpSite *site;
  GBytes    *remote;
  char      *name;
  gint64     saved;
} TlFtpEditWaiting;

/* Also deletes the copies that nobody uses and that hold what their server has. */
void            tl_ftp_edit_list_waiting_async  (GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/* (element-type TlFtpEditWaiting) (transfer full); NULL when it was cancelled. */
GPtrArray      *tl_ftp_edit_list_waiting_finish (GAsyncResult         *result,
                                                 GError              **error);
/* What waits of the account of @site goes on: CHANGED, with clients of their own, which are not connected before they are used. Each goes to one who asks only. */
void            tl_ftp_edit_take_waiting_async  (TlFtpSite            *site,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/* (element-type TlFtpEdit) (transfer full); NULL when it was cancelled. */
GPtrArray      *tl_ftp_edit_take_waiting_finish (GAsyncResult         *result,
                                                 GError              **error);
/* For the end of the program: waits until what was left is decided about, @most_us at most (a disk may not answer). Blocks. FALSE: it is not; the next run decides. */
gboolean        tl_ftp_edit_wait_for_all        (gint64                most_us);

G_END_DECLS
