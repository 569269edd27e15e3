/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/**
 * TlFtpShare:
 *
 * A folder that others may look into, held open: whatever is done in it is done from its descriptor, and no path and no link leads out of it. Paths are those of
 * tl_ftp_request_resolve_path(): relative, "" for the folder. Immutable, reference counted, for any thread; its functions block: for worker threads only. They return
 * 0 or an errno; EXDEV and ELOOP: a link that leads out, or nowhere.
 */
typedef struct _TlFtpShare TlFtpShare;

typedef enum {
  TL_FTP_LISTING_LIST,      /* as `ls -l` has it */
  TL_FTP_LISTING_NAMES,
  TL_FTP_LISTING_FACTS,     /* RFC 3659, 7 */
} TlFtpListingStyle;

typedef enum {
  TL_FTP_FACT_TYPE = 1 << 0,
  TL_FTP_FACT_SIZE = 1 << 1,
  TL_FTP_FACT_MODIFY = 1 << 2,
  TL_FTP_FACT_PERM = 1 << 3,
  TL_FTP_FACT_MODE = 1 << 4,
} TlFtpFacts;

#define TL_FTP_FACTS_ALL ((TlFtpFacts) 31)

/**
 * TlFtpListingOptions:
 * @typed: (nullable): what the visitor named, for TL_FTP_LISTING_NAMES: its lines can be used as they are (RFC 1123, 4.1.2.7)
 * @writable: what "perm" says
 * @max_entries: more than these are left out
 */
typedef struct {
  TlFtpListingStyle  style;
  TlFtpFacts         facts;
  const char        *typed;
  gboolean           writable;
  guint              max_entries;
} TlFtpListingOptions;

/**
 * TlFtpShareRisk:
 * @TL_FTP_SHARE_ROOT: all that is on this computer
 * @TL_FTP_SHARE_HOMES: a folder with the user's home in it
 * @TL_FTP_SHARE_HOME: the user's home, with keys and mails in hidden folders
 *
 * What one should think of before a folder is shared.
 */
typedef enum {
  TL_FTP_SHARE_NO_RISK,
  TL_FTP_SHARE_ROOT,
  TL_FTP_SHARE_HOMES,
  TL_FTP_SHARE_HOME,
} TlFtpShareRisk;

/* By their names alone. */
TlFtpShareRisk tl_ftp_share_judge    (const char    *folder,
                                      const char    *home);
/* Has to be readable. (transfer full) (nullable) */
TlFtpShare *tl_ftp_share_new         (const char    *folder,
                                      GError       **error);
/* A folder in it as a share of its own. (transfer full) (nullable) */
TlFtpShare *tl_ftp_share_new_within  (TlFtpShare    *self,
                                      const char    *path,
                                      int           *errsv);
TlFtpShare *tl_ftp_share_ref         (TlFtpShare    *self);
void        tl_ftp_share_unref       (TlFtpShare    *self);
/* Does without openat2(2), as kernels before 5.6 do. For tests. */
void        tl_ftp_share_set_plain   (TlFtpShare    *self);
/* Whether paths are followed by the kernel, links within the folder too; else part by part, and no link at all. */
gboolean    tl_ftp_share_is_beneath  (TlFtpShare    *self);

/* Whether @folder still leads to it. TRUE, too, when that cannot be told. */
gboolean    tl_ftp_share_is_at       (TlFtpShare    *self,
                                      const char    *folder);

int         tl_ftp_share_stat        (TlFtpShare    *self,
                                      const char    *path,
                                      struct stat   *info);
/* A regular file; EISDIR, ENXIO for others, EWOULDBLOCK while somebody writes it. */
int         tl_ftp_share_open_read   (TlFtpShare    *self,
                                      const char    *path,
                                      int           *fd,
                                      struct stat   *info);
/* Made when it is not there: *@made. @offset: what stays of it; -1: all, for appending. EWOULDBLOCK while somebody reads or writes it, ERANGE when it is shorter. */
int         tl_ftp_share_open_write  (TlFtpShare    *self,
                                      const char    *path,
                                      gint64         offset,
                                      int           *fd,
                                      gboolean      *made);
int         tl_ftp_share_make_folder (TlFtpShare    *self,
                                      const char    *path);
int         tl_ftp_share_remove      (TlFtpShare    *self,
                                      const char    *path,
                                      gboolean       folder);
/* EMEDIUMTYPE: both are on different disks. */
int         tl_ftp_share_rename      (TlFtpShare    *self,
                                      const char    *from,
                                      const char    *to);
int         tl_ftp_share_set_time    (TlFtpShare    *self,
                                      const char    *path,
                                      gint64         seconds);
/* SHA-256 in hex of the bytes from @first to @last; -1: to the end. *@size: how many they were. ERANGE: there is no byte @first, nor an end there. */
int         tl_ftp_share_hash        (TlFtpShare    *self,
                                      const char    *path,
                                      gint64         first,
                                      gint64         last,
                                      GCancellable  *cancellable,
                                      char         **hex,
                                      gint64        *size);

/* tl-ftp-share-listing.c: what is in a folder, or one file, in lines with CR LF; "*" and "?" in the last part of a path that is not there stand for what they do in a
 * shell. Names with CR or LF are left out: no command could name them; so are links that lead
 * out. *@left_out: (out): how many were more than the bound. */
int         tl_ftp_share_list        (TlFtpShare    *self,
                                      const char    *path,
                                      const TlFtpListingOptions *options,
                                      GCancellable  *cancellable,
                                      GBytes       **lines,
                                      guint         *left_out);
/* The line of MLST for one, without CR LF: "type=…;… @shown". (transfer full) */
int         tl_ftp_share_describe    (TlFtpShare    *self,
                                      const char    *path,
                                      const TlFtpListingOptions *options,
                                      const char    *shown,
                                      char         **line);

/* For the files of TlFtpShare: a descriptor, or -errno. */
int         tl_ftp_share_open_path   (TlFtpShare    *self,
                                      const char    *path,
                                      int            flags,
                                      mode_t         mode);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpShare, tl_ftp_share_unref)

G_END_DECLS
