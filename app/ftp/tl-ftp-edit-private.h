/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlFtpEdit share; for them alone. */

#include "tl-ftp-edit.h"

G_BEGIN_DECLS

/* What a server tells of a file: -1 where it does not. */
typedef struct {
  gint64 size;
  gint64 time;
} TlFtpEditMark;

struct _TlFtpEdit
{
  GObject            parent_instance;

  TlFtpClient       *client;
  TlFtpClient       *own;          /* of what runs; NULL: @client, or nothing runs */
  GBytes            *remote;
  char              *name;
  GFile             *folder;
  GFile             *copy;
  TlFtpEditState     state;
  char              *error;
  char              *note;
  gint64             total;        /* of what moves, -1 */
  double             fraction;
  gboolean           always;
  gboolean           alone;        /* the server lets in one connection only */
  gboolean           cut_off;
  TlFtpEditMark      mark;
  TlFtpEditConflict  conflict;
  TlFtpEditAnswer    how;          /* of what is sent */
  GCancellable      *cancellable;

  char              *base_hash;    /* of what the server has */
  char              *asked_hash;   /* what "changed" was about last */
  GFileMonitor      *monitor;
  guint              settle_id;
  gboolean           hashing;
  gboolean           again;        /* saved while nobody could look */
};

void      tl_ftp_edit_set_state     (TlFtpEdit            *self,
                                     TlFtpEditState        state,
                                     const char           *error);

/* Begin to bring the file here, and to send it as "how" says. */
void      tl_ftp_edit_fetch         (TlFtpEdit            *self);
void      tl_ftp_edit_store         (TlFtpEdit            *self);
/* On a thread. */
void      tl_ftp_edit_remove_folder (GFile                *folder);

/* tl-ftp-edit-watch.c */
void      tl_ftp_edit_watch         (TlFtpEdit            *self);
void      tl_ftp_edit_unwatch       (TlFtpEdit            *self);
/* Soon: is the copy another one by now? */
void      tl_ftp_edit_look_soon     (TlFtpEdit            *self);

/* tl-ftp-edit-look.c: SIZE and MDTM; where neither tells anything, the folder's listing. False in *@exists is no error. */
void      tl_ftp_edit_look_async    (TlFtpClient          *client,
                                     GBytes               *remote,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean  tl_ftp_edit_look_finish   (GAsyncResult         *result,
                                     gboolean             *exists,
                                     TlFtpEditMark        *mark,
                                     GError              **error);
/* As far as both tell. */
gboolean  tl_ftp_edit_mark_equal    (const TlFtpEditMark  *one,
                                     const TlFtpEditMark  *other);

/* tl-ftp-edit-copy.c: all of it blocks, for threads. */
/* (transfer full) (nullable): NULL when there is no such file at present, or when it was cancelled. */
char     *tl_ftp_edit_hash          (const char           *path,
                                     GCancellable         *cancellable);
/* A descriptor of what the file holds at present, at its beginning, that nobody else has; -1. *@hash: (out) (transfer full). */
int       tl_ftp_edit_snapshot      (const char           *path,
                                     char                **hash,
                                     gint64               *size,
                                     GCancellable         *cancellable,
                                     GError              **error);

/* tl-ftp-edit-fetch.c: into a file "name" of @folder, or of one of its own when that is NULL. */
typedef struct {
  GFile         *folder;
  char          *hash;
  TlFtpEditMark  mark;
  gboolean       size_matches;
} TlFtpEditFetched;

void              tl_ftp_edit_fetched_free (TlFtpEditFetched     *fetched);
void              tl_ftp_edit_fetch_async  (TlFtpClient          *client,
                                            GBytes               *remote,
                                            GFile                *folder,
                                            const char           *name,
                                            TlFtpProgressFunc     progress,
                                            gpointer              progress_data,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
TlFtpEditFetched *tl_ftp_edit_fetch_finish (GAsyncResult         *result,
                                            GError              **error);

/* tl-ftp-edit-store.c */
typedef enum {
  TL_FTP_EDIT_STORED,
  TL_FTP_EDIT_SAME,       /* the copy holds @known_hash: nothing was sent */
  TL_FTP_EDIT_DIFFERS,    /* on the server is another one than @expected: nothing was sent */
} TlFtpEditOutcome;

/**
 * TlFtpEditStored:
 * @exists, @mark: what is on the server, after or instead of the sending
 * @begun: the server may have begun to overwrite its file; also told when it failed
 * @unchecked: the server told nothing to compare with
 */
typedef struct {
  TlFtpEditOutcome  outcome;
  GBytes           *remote;
  char             *hash;
  gboolean          exists;
  TlFtpEditMark     mark;
  gboolean          begun;
  gboolean          unchecked;
  gboolean          size_matches;
} TlFtpEditStored;

/* @expected: (nullable): NULL overwrites whatever is there. @free_name: under a name that is free. */
void                   tl_ftp_edit_store_async  (TlFtpClient          *client,
                                                 GBytes               *remote,
                                                 GFile                *copy,
                                                 const char           *known_hash,
                                                 const TlFtpEditMark  *expected,
                                                 gboolean              free_name,
                                                 TlFtpProgressFunc     progress,
                                                 gpointer              progress_data,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/* *@stored: (out) (transfer none): as long as @result, also when it failed. */
gboolean               tl_ftp_edit_store_finish (GAsyncResult         *result,
                                                 const TlFtpEditStored **stored,
                                                 GError              **error);

G_END_DECLS
