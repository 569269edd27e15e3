/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"
#include "tl-ftp-compare.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_SYNC_MODE (tl_ftp_sync_mode_get_type ())

typedef enum {
  TL_FTP_SYNC_TO_LOCAL,    /* this machine becomes as the server is */
  TL_FTP_SYNC_TO_REMOTE,
  TL_FTP_SYNC_BOTH,        /* the newer one wins, nothing is deleted */
} TlFtpSyncMode;

GType tl_ftp_sync_mode_get_type (void);

#define TL_TYPE_FTP_SYNC_FILTER (tl_ftp_sync_filter_get_type ())

/* What is done, and which of it is seen. */
typedef enum {
  TL_FTP_SYNC_ALL,
  TL_FTP_SYNC_DOWNLOAD,
  TL_FTP_SYNC_UPLOAD,
  TL_FTP_SYNC_DELETE,
  TL_FTP_SYNC_NOTHING,     /* it differs, but nothing can be done */
} TlFtpSyncFilter;

#define TL_N_FTP_SYNC_FILTERS (TL_FTP_SYNC_NOTHING + 1)

GType tl_ftp_sync_filter_get_type (void);

#define TL_FTP_SYNC_NO_ITEM G_MAXUINT32

/* A folder of both sides; where it is on one side only, what it will be called on the other. */
typedef struct {
  GBytes  *remote;         /* absolute, raw */
  char    *local;          /* absolute */
  char    *key;            /* below the first folder, for display, upper and lower case being the same */
  guint32  parent;         /* of itself, for the first one */
  guint32  item;           /* what makes it on the side where it is not, or TL_FTP_SYNC_NO_ITEM */
  guint    depth;
  guint64  fingerprint;
  gboolean has_remote, has_local;
  gboolean is_said;        /* that nothing is in it on the server, which did not show it */
} TlFtpSyncFolder;

/* What differs. Sizes and times -1 where they are not known. */
typedef struct {
  guint32            folder;      /* that it is in */
  gsize              key;         /* where its name is among those that are looked through */
  char              *local_name;
  GBytes            *remote_name; /* NULL: it cannot be written in the server's character set */
  gint64             remote_size, local_size, remote_time, local_time;
  TlFtpTimePrecision precision;   /* of the remote time */
  guint32            n_within;    /* files and folders in it, of one that is on one side only */
  guint8             difference;  /* TlFtpDifference */
  guint8             act;         /* TL_FTP_SYNC_DOWNLOAD to TL_FTP_SYNC_NOTHING; TL_FTP_SYNC_ALL: no act of its own */
  guint8             kind;        /* TlFtpEntryKind of the remote one */
  gboolean           is_folder;
  gboolean           is_pair;     /* files of both sides, which can be compared */
  gboolean           unread;      /* something in it could not be read */
  gboolean           enabled;
  gboolean           shown;       /* it is a row */
} TlFtpSyncItem;

#define TL_TYPE_FTP_SYNC_ROW (tl_ftp_sync_row_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSyncRow, tl_ftp_sync_row, TL, FTP_SYNC_ROW, GObject)

/* A row of the plan: which item it is. */
guint tl_ftp_sync_row_get_index (TlFtpSyncRow *self);

#define TL_TYPE_FTP_SYNC_PLAN (tl_ftp_sync_plan_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSyncPlan, tl_ftp_sync_plan, TL, FTP_SYNC_PLAN, GObject)

/**
 * TlFtpSyncPlan:
 *
 * How two folders, with all that is in them, differ, and what would make them the same: a lazy `GListModel` of TlFtpSyncRow.
 *
 * Writable properties: "mode" (TlFtpSyncMode), "download", "upload" (boolean, TRUE), "delete" (boolean, FALSE): whether that is done at all; "filter" (TlFtpSyncFilter),
 * "text" (string, nullable: part of a path, upper and lower case being the same): which rows there are, whatever is done.
 * Signal "changed": rows or totals are others.
 */
typedef struct {
  guint   n[TL_N_FTP_SYNC_FILTERS];      /* what there is to do; [ALL]: all of it */
  guint   n_on[TL_N_FTP_SYNC_FILTERS];   /* what will be done */
  guint   n_hidden;                      /* what will be done and is not among the rows */
  guint   n_within;                      /* files and folders in those that will be deleted */
  gint64  size[TL_N_FTP_SYNC_FILTERS];   /* bytes of those that will be done */
} TlFtpSyncTotals;

TlFtpSyncPlan         *tl_ftp_sync_plan_new         (GBytes                    *remote,
                                                     GFile                     *local,
                                                     const TlFtpCompareOptions *options);
const TlFtpSyncItem   *tl_ftp_sync_plan_get_item    (TlFtpSyncPlan             *self,
                                                     guint                      index);
guint                  tl_ftp_sync_plan_get_n_items (TlFtpSyncPlan             *self);
const TlFtpSyncFolder *tl_ftp_sync_plan_get_folder  (TlFtpSyncPlan             *self,
                                                     guint                      index);
guint                  tl_ftp_sync_plan_get_n_folders (TlFtpSyncPlan           *self);
/* Seconds by which the times of @listing, which came at whatever time, are ahead of those of the items. */
int                    tl_ftp_sync_plan_get_shift   (TlFtpSyncPlan             *self,
                                                     TlFtpListing              *listing);
const TlFtpCompareOptions *tl_ftp_sync_plan_get_options (TlFtpSyncPlan         *self);
const TlFtpSyncTotals *tl_ftp_sync_plan_get_totals  (TlFtpSyncPlan             *self);
/* Whether it is done: its kind is, and nobody switched it off. */
gboolean               tl_ftp_sync_plan_is_on       (TlFtpSyncPlan             *self,
                                                     guint                      index);
/* A folder with all that is in it; what is switched on in a folder switches that on. */
void                   tl_ftp_sync_plan_set_enabled (TlFtpSyncPlan             *self,
                                                     guint                      index,
                                                     gboolean                   enabled);
/* All rows. */
void                   tl_ftp_sync_plan_enable_rows (TlFtpSyncPlan             *self,
                                                     gboolean                   enabled);
/* Whether its kind is done at all. */
gboolean               tl_ftp_sync_plan_allows      (TlFtpSyncPlan             *self,
                                                     TlFtpSyncFilter            act);
/* For display, below the first folder: "a/b.txt". (transfer full) */
char                  *tl_ftp_sync_plan_dup_path    (TlFtpSyncPlan             *self,
                                                     guint                      index);
/* What differs, and what is done about it, in words, with times. Translated. (transfer full) */
char                  *tl_ftp_sync_plan_dup_reason  (TlFtpSyncPlan             *self,
                                                     guint                      index);

/* Walks through both trees, a folder at a time, within the bounds of tl-ftp-walk.h; links are not followed. What cannot be read is noted, left out, and the walk goes on.
 * Errors: the connection ended, the first folder cannot be read, there is too much; G_IO_ERROR_CANCELLED. After an error it can be called again, and goes on where it stopped. */
void                   tl_ftp_sync_plan_scan_async  (TlFtpSyncPlan             *self,
                                                     TlFtpClient               *client,
                                                     GCancellable              *cancellable,
                                                     GAsyncReadyCallback        callback,
                                                     gpointer                   user_data);
gboolean               tl_ftp_sync_plan_scan_finish (TlFtpSyncPlan             *self,
                                                     GAsyncResult              *result,
                                                     GError                   **error);
/* How far the walk is. *@n_equal: files that are the same. */
void                   tl_ftp_sync_plan_get_progress (TlFtpSyncPlan            *self,
                                                     guint                     *n_folders,
                                                     guint                     *n_equal);
/* (element-type TlFtpSyncFailure) (transfer none): what could not be read. */
GPtrArray             *tl_ftp_sync_plan_get_failures (TlFtpSyncPlan            *self);

/* What did not work: where, for display, and a sentence. */
typedef struct {
  char *path;
  char *message;
} TlFtpSyncFailure;

TlFtpSyncFailure      *tl_ftp_sync_failure_new      (const char                *path,
                                                     const char                *message);
void                   tl_ftp_sync_failure_free     (TlFtpSyncFailure          *self);

/* What the mode makes of a difference, and whether it is done unless somebody says otherwise. Pure. */
TlFtpSyncFilter        tl_ftp_sync_decide           (TlFtpDifference            difference,
                                                     TlFtpSyncMode              mode,
                                                     gboolean                  *enabled);

G_END_DECLS
