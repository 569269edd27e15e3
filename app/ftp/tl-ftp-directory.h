/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-compare.h"
#include "tl-ftp-entry.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_SORT (tl_ftp_sort_get_type ())

typedef enum {
  TL_FTP_SORT_NAME,
  TL_FTP_SORT_SIZE,
  TL_FTP_SORT_TIME,
  TL_FTP_SORT_KIND,
  TL_FTP_SORT_PERMISSIONS,
  TL_FTP_SORT_OWNER,
} TlFtpSort;

GType tl_ftp_sort_get_type (void);

#define TL_TYPE_FTP_DIRECTORY (tl_ftp_directory_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpDirectory, tl_ftp_directory, TL, FTP_DIRECTORY, GObject)

/**
 * TlFtpDirectory:
 *
 * The entries of one folder as a `GListModel` of TlFtpEntry, sorted and filtered, folders first. Objects are made for rows that are asked for, and a row has
 * one object as long as somebody holds it. Sorting by name is natural ("2" before "10") in the user's language. A change of order or filter is one
 * `items-changed`; a large folder is sorted on a worker thread: the old order stays meanwhile, and a new folder that was
 * not prepared is in the server's order at once.
 *
 * Writable properties: "listing" (TlFtpListing, boxed), "charset" (int: TlFtpCharset), "sort" (TlFtpSort), "descending", "show-hidden" (boolean: names that begin
 * with a dot), "filter" (string, nullable: a part of the name, case folded).
 * Read-only: "n-items" (uint), "n-total" (uint), "n-hidden" (uint: left out by any of them), "total-size" (int64: of the files among the items), "busy" (boolean), "guess" (TlCharset).
 * Signal "compared": what the entries are compared with is another.
 */
TlFtpDirectory *tl_ftp_directory_new         (void);
void            tl_ftp_directory_set_listing (TlFtpDirectory *self,
                                              TlFtpListing   *listing);
/* (transfer none) (nullable) */
TlFtpListing   *tl_ftp_directory_get_listing (TlFtpDirectory *self);
/* Which entry of the listing is at @position, which must be one of the list. No object is made. */
guint           tl_ftp_directory_get_index   (TlFtpDirectory *self,
                                              guint           position);
/* The position of the entry with this raw name, or GTK's invalid position G_MAXUINT. */
guint           tl_ftp_directory_find        (TlFtpDirectory *self,
                                              GBytes         *raw_name);
/* For type-ahead: the first position from @start on, around the end, whose name begins with @prefix, case folded; G_MAXUINT. */
guint           tl_ftp_directory_find_prefix (TlFtpDirectory *self,
                                              const char     *prefix,
                                              guint           start);

/* @comparison (nullable): of what is shown, or of a folder that is not shown any more, which then tells nothing. Only entries with one of @differences
 * (1 << TL_FTP_DIFFERENCE_…) are shown. */
void            tl_ftp_directory_set_comparison (TlFtpDirectory  *self,
                                              TlFtpComparison *comparison,
                                              guint            differences);
gboolean        tl_ftp_directory_is_compared (TlFtpDirectory *self);
/* Whether the comparison leaves entries out. */
gboolean        tl_ftp_directory_has_differences (TlFtpDirectory *self);
/* (nullable): NULL when nothing is known of it. */
const TlFtpComparedRow *tl_ftp_directory_find_compared (TlFtpDirectory *self,
                                              TlFtpEntry     *entry);

/* Works out on a thread how @listing will be shown by @self, for a set_listing() that follows: a large folder is in its order at once then. Nothing is changed
 * yet, and it is worked out anew when another order is asked for meanwhile. Errors: G_IO_ERROR_CANCELLED. */
void            tl_ftp_directory_prepare_async  (TlFtpDirectory       *self,
                                                 TlFtpListing         *listing,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean        tl_ftp_directory_prepare_finish (TlFtpDirectory       *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
