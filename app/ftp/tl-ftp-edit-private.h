/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlFtpEdit share; for them alone. */

#include "tl-ftp-edit-place.h"
#include "tl-ftp-edit.h"
#include "tl-job.h"

G_BEGIN_DECLS

struct _TlFtpEdit
{
  GObject            parent_instance;

  TlFtpClient       *client;
  TlFtpClient       *own;          /* of what runs; NULL: @client, or nothing runs */
  TlFtpEditAbout    *about;
  TlFtpEditPlace    *place;
  GFile             *folder;
  GFile             *copy;
  TlFtpEditState     state;
  char              *error;
  char              *note;
  gint64             total;        /* of what moves, -1 */
  double             fraction;
  gboolean           always;
  gboolean           alone;        /* the server lets in one connection only */
  gboolean           replaced;     /* @client came after @own, which is not one beside it */
  gboolean           lonely;       /* @client is of this edit alone, which closes it */
  TlFtpEditConflict  conflict;
  TlFtpEditAnswer    how;          /* of what is sent */
  GCancellable      *cancellable;

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
/* Of what was left, whose place was taken; @client is for it alone. */
TlFtpEdit *tl_ftp_edit_new_left     (TlFtpClient          *client,
                                     const TlFtpEditLeft  *left);

/* Where the copy is from now on. */
void      tl_ftp_edit_set_place     (TlFtpEdit            *self,
                                     TlFtpEditPlace       *place);

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

/* What the two ways of a file that is edited work on. */
typedef struct {
  TlFtpEditAbout    *about;         /* what is known of it: the job's own, and written into @place as soon as it is another */
  TlFtpEditPlace    *place;
  TlFtpProgressFunc  progress;
  gpointer           progress_data;
} TlFtpEditWork;

/* @place: (nullable). */
static inline void
tl_ftp_edit_work_init (TlFtpEditWork        *self,
                       const TlFtpEditAbout *about,
                       TlFtpEditPlace       *place,
                       TlFtpProgressFunc     progress,
                       gpointer              progress_data)
{
  *self = (TlFtpEditWork) { tl_ftp_edit_about_copy (about), place != NULL ? tl_ftp_edit_place_ref (place) : NULL, progress, progress_data };
}

static inline void
tl_ftp_edit_work_clear (TlFtpEditWork *self)
{
  tl_ftp_edit_about_free (self->about);
  g_clear_pointer (&self->place, tl_ftp_edit_place_unref);
}

/* tl-ftp-edit-fetch.c: into @place, or into one of its own when that is NULL. */
typedef struct {
  TlFtpEditPlace *place;
  TlFtpEditAbout *about;
  gboolean        size_matches;
} TlFtpEditFetched;

void              tl_ftp_edit_fetched_free (TlFtpEditFetched     *fetched);
void              tl_ftp_edit_fetch_async  (TlFtpClient          *client,
                                            const TlFtpEditAbout *about,
                                            TlFtpEditPlace       *place,
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
  TL_FTP_EDIT_SAME,       /* the copy holds what is known: nothing was sent */
  TL_FTP_EDIT_DIFFERS,    /* on the server is another one than was expected: nothing was sent */
} TlFtpEditOutcome;

/**
 * TlFtpEditStored:
 * @about: what is known of the file afterwards
 * @exists, @mark: what is on the server, after or instead of the sending
 * @unchecked: the server told nothing to compare with
 */
typedef struct {
  TlFtpEditOutcome      outcome;
  const TlFtpEditAbout *about;
  gboolean              exists;
  TlFtpEditMark         mark;
  gboolean              unchecked;
  gboolean              size_matches;
} TlFtpEditStored;

/* @how: TL_FTP_EDIT_CANCEL sends to what is known, and nothing when the copy holds just that; TL_FTP_EDIT_OVERWRITE to @expected (nullable: whatever is there),
 * TL_FTP_EDIT_KEEP_BOTH under a name that is free. */
void                   tl_ftp_edit_store_async  (TlFtpClient          *client,
                                                 const TlFtpEditAbout *about,
                                                 TlFtpEditPlace       *place,
                                                 TlFtpEditAnswer       how,
                                                 const TlFtpEditMark  *expected,
                                                 TlFtpProgressFunc     progress,
                                                 gpointer              progress_data,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/* *@stored: (out) (transfer none): as long as @result, also when it failed. */
gboolean               tl_ftp_edit_store_finish (GAsyncResult           *result,
                                                 const TlFtpEditStored **stored,
                                                 GError                **error);

G_END_DECLS
