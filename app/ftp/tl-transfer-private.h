/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-transfer-queue.h"
#include "tl-transfer-speed.h"

G_BEGIN_DECLS

typedef struct _TlTransferLane TlTransferLane;

/*
 * The upper part are plain values: what another run of the program needs to go on.
 * @root, @path: the local side: @path is below @root, which the user chose; links in @root are followed, links in @path never
 * @time: of the source, seconds since 1970 UTC, or -1; @exact: it and the size are what SIZE and MDTM would tell
 * @replace: how to treat a target that exists; @replace_all: the answer was for all, else it is only for a target of @asked_size and @asked_time
 * @walked: (folders) all that is in it is in the queue; @n_taken: how much of it; @depth: 0 is what the user chose
 * @fresh: nothing can be at its target: (uploads) we made the folder, or it was not in its list; (downloads) the folder was looked through
 * @part, …: the unfinished local file of a download, which one it is, and of which source it is a part; for uploads what was being sent
 * @created: (uploads) the remote file is there only because of us
 * @id: of its row in the store, 0: it has none; @owner: the queue's number there; @place: its place in the list
 * @priority: more is earlier; @limit: KiB a second, 0: none
 */
struct _TlTransfer
{
  GObject          parent_instance;

  TlFtpSite       *site;
  gboolean         upload;
  gboolean         folder;
  GBytes          *remote;
  char            *root;
  char            *path;
  gint64           size;
  gint64           time;
  gboolean         exact;
  guint            mode;
  guint            depth;
  gboolean         walked;
  guint            n_taken;
  TlTransferState  state;
  TlOverwrite      replace;
  gboolean         replace_all;
  gboolean         answered;     /* for all, while it ran: what that try asks has been answered */
  gint64           asked_size;
  gint64           asked_time;
  gboolean         fresh;
  char            *part;
  guint64          part_device;
  guint64          part_inode;
  gint64           part_size;
  gint64           part_time;
  gboolean         created;
  guint            attempts;
  char            *error;
  char            *note;
  guint64          moved;
  gint64           id;
  gint64           parent_id;
  gint64           owner;
  double           place;
  int              priority;
  guint            limit;
  guint            n_done;       /* of a top folder: files that have ended well, and their bytes */
  guint64          done_size;

  /* Of this run. */
  TlTransferStore *store;        /* (nullable) */
  TlFtpRate       *rate;         /* (nullable) */
  GHashTable      *known;        /* raw remote paths of what had ended well in a folder of an earlier run (nullable) */
  gboolean         hashes;       /* the content is compared, where the server can tell */
  gboolean         restored;     /* of an earlier run, and not tried in this one yet */
  gboolean         stored;       /* there is a row of it, when all that was handed in is written */
  gboolean         has_row;      /* there is one as far as it has been written */
  gboolean         dirty;        /* it is to be written */
  gboolean         unwritten;    /* it could not be, and is to be tried again later */
  guint64          content_until; /* of a folder that was walked: how many changes the store knew of then, all of what is in it among them */
  gboolean         walked_stored; /* the row says so */
  gboolean         forgotten;    /* it has left the list: its row goes */
  gboolean         keeps;        /* it is being stopped, not cancelled: what was begun stays */
  gboolean         resumes;      /* and is wanted again meanwhile */
  char            *name;
  GFile           *local;        /* made when asked for */
  TlTransfer      *top;          /* the folder that the user chose, of what is in it */
  TlTransfer      *parent;       /* the folder that it is in */
  TlTransferLane  *lane;
  GCancellable    *cancellable;
  TlTransferSpeed  speed;
  TlOverwriteQuestion question;
  guint64          fingerprint;  /* of a folder's listing */
  gint64           retry_at;     /* monotonic, while it waits for another try */
  guint            tries;        /* how often it was, or its server */
  guint64          tried_at;     /* how far it was at the last try */
  gboolean         queued;       /* the lane holds it */
  gboolean         alone;        /* it did not come right in the company of others */
  gboolean         cleaning;     /* an upload that was cancelled: what it left on the server is being removed, or is to be */
  gboolean         taken;        /* some of a folder is in the queue, or was */
  gboolean         again;        /* a folder that was walked before, but not to its end */
  guint            n_files;      /* of a top folder: in the queue or ended */
  guint            n_ended;
  guint            n_failed;
  guint            n_left_out;   /* links and devices */
  guint            n_folders;    /* of a top folder: not walked to their end yet */
  guint            n_open;       /* of those, listed */
  guint            rest_files;   /* of a top folder: listed, but not in the queue yet */
  guint            rest_folders;
  gint64           rest_size;
  gint64           counted_size; /* what the queue's and the folder's totals hold of it */
  guint64          counted_moved;
  gboolean         counted_unknown;
  gint64           top_size;     /* and those of the top folder */
  guint64          top_moved;
  guint64          top_done;
};

TlTransfer *tl_transfer_new           (TlFtpSite       *site,
                                       gboolean         upload,
                                       gboolean         folder,
                                       GBytes          *remote,
                                       const char      *root,
                                       const char      *path);
/* The same without a name to show: a copy of values. */
TlTransfer *tl_transfer_new_plain     (TlFtpSite       *site,
                                       gboolean         upload,
                                       gboolean         folder,
                                       GBytes          *remote,
                                       const char      *root,
                                       const char      *path);
/* Notifies "state", "error", "note". @error, @note: (nullable). */
void        tl_transfer_set_state     (TlTransfer      *self,
                                       TlTransferState  state,
                                       const char      *error,
                                       const char      *note);
void        tl_transfer_set_size      (TlTransfer      *self,
                                       gint64           size);
/* Notifies. */
void        tl_transfer_set_priority  (TlTransfer      *self,
                                       int              priority);
/* Its own, or that of a folder that it is in: the outermost that has one. (transfer none) (nullable) */
TlFtpRate  *tl_transfer_get_rate      (TlTransfer      *self);
/* Another last part of @path. */
void        tl_transfer_set_local_name (TlTransfer     *self,
                                       const char      *name);
void        tl_transfer_set_folder    (TlTransfer      *self);
/* Whether it is @folder or something in it, at any depth. */
gboolean    tl_transfer_is_within     (TlTransfer      *self,
                                       TlTransfer      *folder);
/* Whether its size is known: of a folder that all of it has been listed. */
gboolean    tl_transfer_is_known      (TlTransfer      *self);
/* Of a folder that is over: how many files, how many failed, what was left out. (transfer full) */
char       *tl_transfer_dup_summary   (TlTransfer      *self);
/* Takes a sample of "moved" and notifies what follows from it. */
void        tl_transfer_tick          (TlTransfer      *self,
                                       gint64           now);

G_END_DECLS
