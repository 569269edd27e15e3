/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the listing's own files: what a parser of lines gets, and the parsers. */
#pragma once

#include "tl-ftp-date.h"
#include "tl-ftp-listing.h"

G_BEGIN_DECLS

/* A line without its end. */
typedef struct {
  const guint8 *p, *end;
} TlFtpLine;

/* What of the answer is still to be read. */
typedef struct {
  const guint8 *p, *end;
  guint max_returns;    /* how many CR before an LF belong to the end of a line: 1, or 2 */
} TlFtpLines;

gboolean tl_ftp_lines_next (TlFtpLines *self,
                            TlFtpLine  *line);

/* What MVS writes above its lines tells what they are. */
typedef enum {
  TL_FTP_MVS_NOTHING,
  TL_FTP_MVS_DATASETS,
  TL_FTP_MVS_MEMBERS,
  TL_FTP_MVS_LOAD_MODULES,
} TlFtpMvsHeading;

typedef struct {
  TlFtpDates dates;
  gboolean started;         /* an entry was found */
  TlFtpMvsHeading heading;
} TlFtpParsing;

typedef enum {
  TL_FTP_LINE_NO,
  TL_FTP_LINE_SKIP,    /* of the format, and no entry: a heading, a sum, "." */
  TL_FTP_LINE_ENTRY,
} TlFtpLineVerdict;

/* One line of a format into @item, which comes cleared and points into the line then. A parser that needs the following lines too takes them from @rest.
 * Each returns within a time that is bounded by the length of what it takes, and decides on lines of other formats within few bytes. */
typedef TlFtpLineVerdict (*TlFtpLineParser) (TlFtpParsing     *parsing,
                                             TlFtpLine         line,
                                             TlFtpLines       *rest,
                                             TlFtpListingItem *item);

TlFtpLineVerdict tl_ftp_line_mlsd    (TlFtpParsing *parsing, TlFtpLine line, TlFtpLines *rest, TlFtpListingItem *item);
TlFtpLineVerdict tl_ftp_line_unix    (TlFtpParsing *parsing, TlFtpLine line, TlFtpLines *rest, TlFtpListingItem *item);
TlFtpLineVerdict tl_ftp_line_dos     (TlFtpParsing *parsing, TlFtpLine line, TlFtpLines *rest, TlFtpListingItem *item);
TlFtpLineVerdict tl_ftp_line_eplf    (TlFtpParsing *parsing, TlFtpLine line, TlFtpLines *rest, TlFtpListingItem *item);
TlFtpLineVerdict tl_ftp_line_vms     (TlFtpParsing *parsing, TlFtpLine line, TlFtpLines *rest, TlFtpListingItem *item);
TlFtpLineVerdict tl_ftp_line_mvs     (TlFtpParsing *parsing, TlFtpLine line, TlFtpLines *rest, TlFtpListingItem *item);
TlFtpLineVerdict tl_ftp_line_os400   (TlFtpParsing *parsing, TlFtpLine line, TlFtpLines *rest, TlFtpListingItem *item);
TlFtpLineVerdict tl_ftp_line_os2     (TlFtpParsing *parsing, TlFtpLine line, TlFtpLines *rest, TlFtpListingItem *item);
TlFtpLineVerdict tl_ftp_line_netware (TlFtpParsing *parsing, TlFtpLine line, TlFtpLines *rest, TlFtpListingItem *item);
TlFtpLineVerdict tl_ftp_line_vxworks (TlFtpParsing *parsing, TlFtpLine line, TlFtpLines *rest, TlFtpListingItem *item);

/* For the parsers. What is longer than its length can say is cut; a name is empty then, and its line is not taken. */
void     tl_ftp_item_set_name   (TlFtpListingItem   *item,
                                 const guint8       *p,
                                 const guint8       *end);
void     tl_ftp_item_set_owner  (TlFtpListingItem   *item,
                                 const guint8       *p,
                                 const guint8       *end);
void     tl_ftp_item_set_group  (TlFtpListingItem   *item,
                                 const guint8       *p,
                                 const guint8       *end);
void     tl_ftp_item_set_permissions (TlFtpListingItem *item,
                                 const guint8       *p,
                                 const guint8       *end);
void     tl_ftp_item_set_target (TlFtpListingItem   *item,
                                 const guint8       *p,
                                 const guint8       *end);
void     tl_ftp_item_set_date   (TlFtpListingItem   *item,
                                 const TlFtpDates   *dates,
                                 const TlFtpDate    *date);
/* The whole word is a number, with or without marks between each three digits. A number that is too large, or negative, is -1: unknown. */
gboolean tl_ftp_scan_size       (const guint8       *p,
                                 const guint8       *end,
                                 gint64             *size);
/* What follows the permissions of `ls -l`: [links] [owner] [group] size date name. */
TlFtpLineVerdict tl_ftp_scan_ls_rest (TlFtpParsing  *parsing,
                                 const guint8       *p,
                                 const guint8       *end,
                                 TlFtpListingItem   *item);
/* "total 12" of `ls`, in any language. */
gboolean tl_ftp_line_is_total   (const TlFtpParsing *parsing,
                                 TlFtpLine           line);
/* "name -> target", where the size of a link is that of its target on Unix. */
void     tl_ftp_item_split_link (TlFtpListingItem   *item);

G_END_DECLS
