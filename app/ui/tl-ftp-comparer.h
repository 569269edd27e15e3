/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-browser.h"
#include "tl-local-pane.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_COMPARE_SHOW (tl_ftp_compare_show_get_type ())

/* Which files are seen while two folders are compared. */
typedef enum {
  TL_FTP_COMPARE_SHOW_ALL,
  TL_FTP_COMPARE_SHOW_DIFFERENT,
  TL_FTP_COMPARE_SHOW_ONLY_LOCAL,
  TL_FTP_COMPARE_SHOW_ONLY_REMOTE,
  TL_FTP_COMPARE_SHOW_LOCAL_NEWER,
  TL_FTP_COMPARE_SHOW_REMOTE_NEWER,
  TL_FTP_COMPARE_SHOW_SIZE,         /* size or kind */
  TL_FTP_COMPARE_SHOW_UNKNOWN,
  TL_FTP_COMPARE_SHOW_EQUAL,
} TlFtpCompareShow;

#define TL_N_FTP_COMPARE_SHOWS (TL_FTP_COMPARE_SHOW_EQUAL + 1)

GType tl_ftp_compare_show_get_type (void);
/* 1 << TL_FTP_DIFFERENCE_… of each that is seen. Pure. */
guint tl_ftp_compare_show_get_differences (TlFtpCompareShow show);

#define TL_TYPE_FTP_COMPARER (tl_ftp_comparer_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpComparer, tl_ftp_comparer, TL, FTP_COMPARER, GObject)

/**
 * TlFtpComparer:
 *
 * Keeps the two folders that are shown compared: again whenever one of them is another or has changed, on a thread. Both get the marks and the filter.
 *
 * Writable properties: "active", "by-size", "ignore-case" (boolean), "show" (TlFtpCompareShow), "pane" (TlLocalPane, nullable).
 * Read-only: "comparison" (TlFtpComparison, boxed, nullable), "problem" (string, nullable: why there is none).
 */
TlFtpComparer   *tl_ftp_comparer_new            (TlFtpBrowser  *browser);
/* (transfer none) (nullable) */
TlFtpComparison *tl_ftp_comparer_get_comparison (TlFtpComparer *self);
/* How the names and files of what is shown are compared. */
void             tl_ftp_comparer_get_options    (TlFtpComparer *self,
                                                 TlFtpCompareOptions *options);

G_END_DECLS
