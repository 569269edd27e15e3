/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlFtpSyncRun share; the fields are for them alone. */

#include "tl-ftp-sync-names.h"
#include "tl-ftp-sync-run.h"

G_BEGIN_DECLS

/* Items in one turn of the main loop, where nothing has to be waited for. */
#define TL_FTP_SYNC_RUN_SLICE 2000

/* In a row without an answer to an act; lists do not count. */
#define TL_FTP_SYNC_RUN_MAX_TRIES 5

typedef enum {
  STEP_MAKE,      /* folders, those above first */
  STEP_ADD,       /* files into the queue */
  STEP_WAIT,      /* until they are over */
  STEP_DELETE,    /* what is on this machine; files of the server */
  STEP_FOLDERS,   /* of the server, empty by now: the innermost first */
  STEP_END,
} Step;

/* What becomes of an item that is deleted; 0: it is not. */
typedef enum {
  FATE_DOOMED = 1 << 0,
  FATE_WITHIN = 1 << 1,           /* on this machine, in a folder that is */
  FATE_OVER = 1 << 2,             /* deleted, or kept */
  FATE_GONE = 1 << 3,             /* a folder that somebody else has deleted */
  FATE_CHANGED_WITHIN = 1 << 4,   /* something in it was kept, because it has changed, or has come since */
  FATE_FAILED_WITHIN = 1 << 5,    /* something in it could not be deleted */
} Fate;

/* Why something is kept. */
typedef enum {
  KEPT_CHANGED,
  KEPT_FAILED,
  KEPT_CHANGED_WITHIN,
  KEPT_FAILED_WITHIN,
} Kept;

/* Whether a folder that the server shows is a link to one. */
typedef enum {
  LINK_UNJUDGED,
  LINK_IS_NONE,
  LINK_IS_ONE,
  LINK_UNKNOWN,
} LinkVerdict;

struct _TlFtpSyncRun
{
  GObject parent_instance;

  TlFtpSyncPlan     *plan;
  TlTransferQueue   *queue;
  TlFtpClient       *client;
  GHashTable        *transfers;   /* TlTransfer → index of its item + 1 */
  gboolean          *needed;      /* of each item: a folder that must be made, for what comes into it */
  GPtrArray         *failures;
  TlFtpSyncProgress  progress;
  Step               at;
  guint              next;        /* item */
  GTask             *waiting;     /* until the last transfer is over, or until it is tried again */

  /* What is deleted. */
  guint8            *fates;       /* of each item: Fate */
  guint32           *contents;    /* of each item: the folder that it is, or TL_FTP_SYNC_NO_ITEM */
  guint32           *firsts;      /* of each folder: the first of its items, which are side by side */
  guint32           *n_in;        /* how many these are */
  GHashTable        *whys;        /* index of a folder that is kept → sentence */
  TlFtpListing      *listing;     /* of the folder in which is deleted, as it is now (nullable) */
  guint32            listed;      /* which one that is, or TL_FTP_SYNC_NO_ITEM */
  char              *refusal;     /* (nullable): the server did not show it, or with a listing: not all of it */
  TlFtpSyncNames    *names;       /* of it (nullable) */
  guint              n_new;       /* what is in it and was not compared */
  TlFtpSyncNames    *links;       /* the same folder as LIST shows it, which may tell links apart where MLSD does not (nullable) */
  char              *link_refusal;   /* (nullable): the server did not show that */
  gboolean           is_proving;  /* @links are of @listed, or it has none: what is in it can be judged */
  guint8            *verdicts;    /* of each folder: LinkVerdict */
  GHashTable        *unproved;    /* index of a folder → why not all in it could be judged */
  guint32            looking_at;  /* the folder that is listed now */
  gboolean           is_plain;    /* for @links */
  gint64             list_began, listed_at;   /* monotonic */
  gint64             look_again;  /* microseconds */
  gboolean           is_used;     /* something was deleted by it */
  gboolean           is_gone;     /* @listed: the server does not find it */
  char              *not_found;   /* (nullable): the server says that the folder is not there, in these words; the list that it would be in has the last word */
  guint              n_tries;     /* since an act was answered last */
  guint              again_id;
  gboolean           is_held, has_changed;   /* "changed" is emitted later, once; it will be */
};

/* Of the signal. */
extern guint tl_ftp_sync_run_changed;

void     tl_ftp_sync_run_step        (GTask               *task);
/* The same, for g_idle_add(). */
gboolean tl_ftp_sync_run_step_cb     (gpointer             task);
/* A sentence about the item, for those who want to know why. */
void     tl_ftp_sync_run_note        (TlFtpSyncRun        *self,
                                      guint                index,
                                      const char          *message);
/* The same of what failed. */
void     tl_ftp_sync_run_fail        (TlFtpSyncRun        *self,
                                      guint                index,
                                      const char          *message);
/* The item is over, in whatever way. */
void     tl_ftp_sync_run_end_act     (TlFtpSyncRun        *self,
                                      guint                index);
/* Until it is released, "changed" waits, so that it is emitted once for many items. */
void     tl_ftp_sync_run_hold        (TlFtpSyncRun        *self);
void     tl_ftp_sync_run_release     (TlFtpSyncRun        *self);
void     tl_ftp_sync_run_emit_changed (TlFtpSyncRun       *self);
/* (transfer full) */
char    *tl_ftp_sync_run_dup_local   (TlFtpSyncRun        *self,
                                      const TlFtpSyncItem *item);
/* @thread gets @data, which is taken. */
void     tl_ftp_sync_run_work        (GTask               *task,
                                      gpointer             data,
                                      GDestroyNotify       free_data,
                                      GTaskThreadFunc      thread,
                                      GAsyncReadyCallback  callback);

/* tl-ftp-sync-run-delete.c */
/* Which items are deleted, and with them what is in them. */
void     tl_ftp_sync_run_doom        (TlFtpSyncRun        *self);
/* What was to be deleted is not. */
void     tl_ftp_sync_run_keep_all    (TlFtpSyncRun        *self);
/* Counts an item as kept. @message: (nullable): without one it is told only of what is a row of the plan. */
void     tl_ftp_sync_run_keep        (TlFtpSyncRun        *self,
                                      guint                index,
                                      Kept                 kept,
                                      const char          *message);
const char *tl_ftp_sync_run_get_changed_sentence (void);
/* Translated. (transfer full) */
char    *tl_ftp_sync_run_dup_came_in (guint                n);
/* Deletes the next one; false when there is none. */
gboolean tl_ftp_sync_run_delete_next (GTask               *task);

/* tl-ftp-sync-run-look.c */
/* Lists a folder of the server, and makes the step again. */
void     tl_ftp_sync_run_look        (GTask               *task,
                                      guint32              folder);
/* The same, with all that tells links apart: tl_ftp_sync_run_prove_chain() needs it. */
void     tl_ftp_sync_run_look_for_links (GTask            *task,
                                      guint32              folder);
void     tl_ftp_sync_run_forget_look (TlFtpSyncRun        *self);
gboolean tl_ftp_sync_run_is_look_old (TlFtpSyncRun        *self);
/* True when the step is made again after a while, because of @error, which may pass. */
gboolean tl_ftp_sync_run_try_again   (GTask               *task,
                                      const GError        *error);
/* True when @error is no answer to what is deleted: it is tried again after a while, with a new look at its folder, or not at all. The step is made then.
 * @of_act: FALSE: of the look before it, which alone brings nothing further; that the server is busy may pass. */
gboolean tl_ftp_sync_run_has_broken  (GTask               *task,
                                      const GError        *error,
                                      gboolean             of_act);

/* tl-ftp-sync-run-remote.c */
/* The item whose turn it is. */
guint    tl_ftp_sync_run_get_current (TlFtpSyncRun        *self);
void     tl_ftp_sync_run_end_deleted (TlFtpSyncRun        *self,
                                      guint                index,
                                      guint8               fate);
/* The item, which is a file or folder of the server; of a folder it is only seen to it that it is one. False when nothing has to be waited for. */
gboolean tl_ftp_sync_run_delete_remote (GTask             *task,
                                      guint                index);

/* tl-ftp-sync-run-links.c */
/* The item is a folder, shown as @entry: it is kept unless it is known to be no link. */
void     tl_ftp_sync_run_judge_folder (TlFtpSyncRun       *self,
                                      guint                index,
                                      const TlFtpListingItem *entry);
/* The same of all that the item is in: it is kept unless none of it is a link. True when that must be waited for; the step is made again then. */
gboolean tl_ftp_sync_run_prove_chain (GTask               *task,
                                      guint                index);

/* tl-ftp-sync-run-folders.c */
/* The next folder; false when there is none. */
gboolean tl_ftp_sync_run_delete_next_folder (GTask        *task);

/* tl-ftp-sync-run-local.c */
void     tl_ftp_sync_run_delete_local (GTask              *task,
                                      guint                index);

G_END_DECLS
