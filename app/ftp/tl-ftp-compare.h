/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"
#include "tl-ftp-listing.h"
#include "tl-ftp-name.h"
#include "tl-local-walk.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_DIFFERENCE (tl_ftp_difference_get_type ())

typedef enum {
  TL_FTP_DIFFERENCE_EQUAL,
  TL_FTP_DIFFERENCE_FOLDER,        /* a folder on both sides; what is in it was not compared */
  TL_FTP_DIFFERENCE_ONLY_LOCAL,
  TL_FTP_DIFFERENCE_ONLY_REMOTE,
  TL_FTP_DIFFERENCE_LOCAL_NEWER,
  TL_FTP_DIFFERENCE_REMOTE_NEWER,
  TL_FTP_DIFFERENCE_SIZE,          /* and nothing tells which one is newer */
  TL_FTP_DIFFERENCE_KIND,          /* a file on one side, a folder on the other */
  TL_FTP_DIFFERENCE_UNKNOWN,       /* a link, a name that is taken twice or cannot be sent, a size or time that was not told */
} TlFtpDifference;

#define TL_N_FTP_DIFFERENCES (TL_FTP_DIFFERENCE_UNKNOWN + 1)
/* Of a set of them: 1 << TL_FTP_DIFFERENCE_… */
#define TL_FTP_DIFFERENCES_ALL ((1u << TL_N_FTP_DIFFERENCES) - 1)
#define TL_FTP_DIFFERENCES_DIFFERENT (TL_FTP_DIFFERENCES_ALL & ~(1u << TL_FTP_DIFFERENCE_EQUAL | 1u << TL_FTP_DIFFERENCE_FOLDER))

GType tl_ftp_difference_get_type (void);

#define TL_FTP_SHIFT_UNKNOWN G_MAXINT

/**
 * TlFtpCompareOptions:
 * @charset, @guess: how remote names are read
 * @by_size: files of the same size are equal, whatever their times
 * @ignore_case: "A.TXT" is "a.txt"
 * @ignore_hour: times that are one hour apart are the same: a server that tells the time of its clock tells that of winter in summer, or the other way round
 * @tolerance: seconds by which times may differ, beside what the precision of the listing leaves open
 * @shift: seconds that the server's times are ahead, or TL_FTP_SHIFT_UNKNOWN: to be found out
 */
typedef struct {
  TlFtpCharset charset;
  TlCharset    guess;
  gboolean     by_size;
  gboolean     ignore_case;
  gboolean     ignore_hour;
  guint        tolerance;
  int          shift;
} TlFtpCompareOptions;

#define TL_FTP_COMPARE_OPTIONS_INIT { TL_FTP_CHARSET_AUTO, TL_CHARSET_UTF_8, FALSE, FALSE, FALSE, 60, TL_FTP_SHIFT_UNKNOWN }

/* One name; G_MAXUINT32 where it is not. */
typedef struct {
  guint32 remote;       /* index in the listing */
  guint32 local;        /* index in the entries of this machine */
  guint8  difference;   /* TlFtpDifference */
} TlFtpComparedRow;

#define TL_TYPE_FTP_COMPARISON (tl_ftp_comparison_get_type ())

/**
 * TlFtpComparison:
 *
 * A folder of a server beside one of this machine, name by name. Made on any thread; immutable then, reference counted.
 *
 * A remote name belongs to the local one that has its text, in the character set of the connection; else to the one that a download of it would be called; else to the one that
 * differs in its Unicode form alone (file systems of macOS take accents apart), or in case. A name for which there are several such is TL_FTP_DIFFERENCE_UNKNOWN.
 *
 * The client turns the times of LIST into UTC with one MDTM. Where a server has none, the times of files of the same size tell: when most of at least three are the same number of
 * quarters of an hour apart, that is the server's zone. MLSD is always UTC.
 */
typedef struct _TlFtpComparison TlFtpComparison;

GType                   tl_ftp_comparison_get_type   (void);
/* @remote, @local (of TlLocalEntry): NULL where there is no such folder. NULL when cancelled. */
TlFtpComparison        *tl_ftp_comparison_new        (TlFtpListing              *remote,
                                                      GPtrArray                 *local,
                                                      const TlFtpCompareOptions *options,
                                                      GCancellable              *cancellable);
TlFtpComparison        *tl_ftp_comparison_ref        (TlFtpComparison           *self);
void                    tl_ftp_comparison_unref      (TlFtpComparison           *self);
/* (transfer none) (nullable) */
TlFtpListing           *tl_ftp_comparison_get_remote (TlFtpComparison           *self);
GPtrArray              *tl_ftp_comparison_get_local  (TlFtpComparison           *self);
/* Those of this machine first, in their order, then those that only the server has. */
const TlFtpComparedRow *tl_ftp_comparison_get_rows   (TlFtpComparison           *self,
                                                      guint                     *n_rows);
/* NULL for what has come since. */
const TlFtpComparedRow *tl_ftp_comparison_find_remote (TlFtpComparison          *self,
                                                      guint                      index);
const TlFtpComparedRow *tl_ftp_comparison_find_local (TlFtpComparison           *self,
                                                      const char                *name);
guint                   tl_ftp_comparison_count      (TlFtpComparison           *self,
                                                      TlFtpDifference            difference);
/* Seconds by which the times of the server were corrected. */
int                     tl_ftp_comparison_get_shift  (TlFtpComparison           *self);

/* "@word: @n", behind a dot where @text has something; nothing where there is none. */
void                    tl_ftp_append_count          (GString                   *text,
                                                      const char                *word,
                                                      guint                      n);
/* "Only on this computer: 2 · …"; without files a sentence that says what there is. @differences: 1 << TL_FTP_DIFFERENCE_… of those that are shown. Translated. (transfer full) */
char                   *tl_ftp_comparison_dup_summary (TlFtpComparison          *self,
                                                      guint                      differences);
/* Seconds that the server's clock is ahead: what the listing was read with already, and what was found out now. */
int                     tl_ftp_comparison_get_clock_offset (TlFtpComparison     *self);
/* What was found out holds for later listings, questions for a time and times that are set, as after a synchronisation. */
void                    tl_ftp_comparison_tell_clock (TlFtpComparison           *self,
                                                      TlFtpClient               *client);
/* What @client has learnt since @listing came is not found out anew. */
void                    tl_ftp_compare_options_take_clock (TlFtpCompareOptions  *self,
                                                      TlFtpClient               *client,
                                                      TlFtpListing              *listing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpComparison, tl_ftp_comparison_unref)

/* Which of two files is newer, and whether they are equal. Pure. @item: of a listing */
TlFtpDifference         tl_ftp_compare_files         (const TlFtpListingItem    *item,
                                                      const TlLocalEntry        *entry,
                                                      const TlFtpCompareOptions *options);

G_END_DECLS
