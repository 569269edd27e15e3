/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-site.h"

G_BEGIN_DECLS

/* What a server tells of a file: -1 where it does not. */
typedef struct {
  gint64 size;
  gint64 time;
} TlFtpEditMark;

/**
 * TlFtpEditAbout:
 * @site: as tl_ftp_saved_pack() makes it, and @site_id of its bookmark: no password is part of it
 * @remote: absolute and raw; @name: of the copy
 * @hash, @mark: of what the server had when it was asked last
 * @cut_off: something was being sent, and its end was not seen
 * @next_hash, @next_mark: (nullable) what is about to take the place of the copy, from the server: tl_ftp_edit_about_settle()
 *
 * What is known of a file that is edited, as it is written beside its copy.
 */
typedef struct {
  GVariant      *site;
  gint64         site_id;
  GBytes        *remote;
  char          *name;
  char          *hash;
  TlFtpEditMark  mark;
  gboolean       cut_off;
  char          *next_hash;
  TlFtpEditMark  next_mark;
} TlFtpEditAbout;

TlFtpEditAbout *tl_ftp_edit_about_new       (TlFtpSite            *site,
                                             GBytes               *remote,
                                             const char           *name);
TlFtpEditAbout *tl_ftp_edit_about_copy      (const TlFtpEditAbout *self);
void            tl_ftp_edit_about_free      (TlFtpEditAbout       *self);
void            tl_ftp_edit_about_set_hash  (TlFtpEditAbout       *self,
                                             const char           *hash);
void            tl_ftp_edit_about_set_next  (TlFtpEditAbout       *self,
                                             const char           *hash,
                                             const TlFtpEditMark  *mark);
/* The copy has this hash: either what was about to take its place did so, and is what is known, or that did not happen. */
void            tl_ftp_edit_about_settle    (TlFtpEditAbout       *self,
                                             const char           *hash);
/* Whether the server has what has this hash (nullable). What was cut off there is not what is known, even if the copy is as it was: it has to be sent anew. */
gboolean        tl_ftp_edit_about_is_sent   (const TlFtpEditAbout *self,
                                             const char           *hash);
/* (transfer full) (nullable): NULL when the address is none of this version. */
TlFtpSite      *tl_ftp_edit_about_dup_site  (const TlFtpEditAbout *self);
/* (transfer full) */
GBytes         *tl_ftp_edit_about_to_bytes  (const TlFtpEditAbout *self);
/* (transfer full) (nullable): NULL when it is not whole. */
TlFtpEditAbout *tl_ftp_edit_about_from_bytes (GBytes              *bytes);

/**
 * TlFtpEditPlace:
 *
 * A folder of the user's data (what is in it may be the only one) for the copy of one file: "copy" with the copy and what an editor puts beside it, "about", and "lock", which is
 * held as long as the place is. A place that nobody holds stays when its copy is not what its server has, and goes otherwise. It keeps its path all the time: an editor may
 * outlive the program. Thread-safe; all but the references blocks.
 */
typedef struct _TlFtpEditPlace TlFtpEditPlace;

/* G_IO_ERROR. (transfer full) */
TlFtpEditPlace *tl_ftp_edit_place_make        (GError              **error);
TlFtpEditPlace *tl_ftp_edit_place_ref         (TlFtpEditPlace       *self);
/* With the last one it is looked, on a thread, whether it shall stay. */
void            tl_ftp_edit_place_unref       (TlFtpEditPlace       *self);
/* It goes whatever is in it. Does not block. */
void            tl_ftp_edit_place_discard     (TlFtpEditPlace       *self);
/* Where the copy is. Does not block. (transfer full) */
GFile          *tl_ftp_edit_place_dup_folder  (TlFtpEditPlace       *self);
/* On the disk when it returns. TL_FTP_ERROR_LOCAL. */
gboolean        tl_ftp_edit_place_note        (TlFtpEditPlace       *self,
                                               const TlFtpEditAbout *about,
                                               GError              **error);
/* Waits for what is looked at or deleted on threads, so long at most: for the end of the program. Whether all of it is done. */
gboolean        tl_ftp_edit_place_wait        (gint64                most_us);

/**
 * TlFtpEditLeft:
 * @hash, @saved (seconds since 1970): of what the copy holds
 * @place: (nullable): it was taken
 *
 * What a place that nobody held has, and its server has not.
 */
typedef struct {
  TlFtpEditAbout *about;
  char           *hash;
  gint64          saved;
  TlFtpEditPlace *place;
} TlFtpEditLeft;

void            tl_ftp_edit_left_free         (TlFtpEditLeft        *self);
/* Looks at all places that nobody holds, here or in another run; those whose copy is what its server has go. @wanted: (nullable): which of the others are taken.
 * (element-type TlFtpEditLeft) (transfer full) */
GPtrArray      *tl_ftp_edit_place_list_left   (gboolean            (*wanted) (const TlFtpEditAbout *about,
                                                                              gpointer              data),
                                               gpointer              data,
                                               GCancellable         *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpEditAbout, tl_ftp_edit_about_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpEditPlace, tl_ftp_edit_place_unref)

G_END_DECLS
