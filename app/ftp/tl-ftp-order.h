/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-directory.h"
#include "tl-ftp-names.h"

G_BEGIN_DECLS

/**
 * TlFtpOrder:
 *
 * Which entries of a listing are shown, and in which order: the question, and its answer. It knows no object of the main loop, so that it may be
 * worked out on a thread.
 */
typedef struct {
  /* asked */
  TlFtpListing *listing;
  TlFtpCharset  charset;
  TlCharset     guess;
  gboolean      to_guess;       /* run() makes the guess first */
  TlFtpSort     sort;
  gboolean      descending;
  gboolean      show_hidden;
  char         *filter;         /* folded; NULL: everything passes */
  TlFtpComparison *comparison;  /* (nullable) */
  guint         differences;    /* those that pass, where the comparison is of this listing */
  /* answered */
  TlFtpNames   *names;          /* may be given, when it is known for this listing and set */
  guint32      *rows;           /* indices into the listing */
  guint         n_rows;
  gint64        total_size;     /* of the files in it whose size is known */
} TlFtpOrder;

TlFtpOrder *tl_ftp_order_new     (TlFtpListing     *listing);
void        tl_ftp_order_free    (TlFtpOrder       *self);
/* False when cancelled. */
gboolean    tl_ftp_order_run     (TlFtpOrder       *self,
                                  GCancellable     *cancellable);
/* At once, and in the order of the server: what can be shown until run() is through. Nothing when there is a filter; no sum. */
void        tl_ftp_order_run_raw (TlFtpOrder       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpOrder, tl_ftp_order_free)

/* As @directory would ask about @listing, were that its listing; the guess is left to be made. */
TlFtpOrder *tl_ftp_order_new_for (TlFtpDirectory   *directory,
                                  TlFtpListing     *listing);
/* Both ask the same: the answer to one is that to the other. */
gboolean    tl_ftp_order_is_same (const TlFtpOrder *self,
                                  const TlFtpOrder *other);

/* For tl_ftp_directory_prepare_finish(): the answer for the listing that comes next. (transfer full) */
void        tl_ftp_directory_take_prepared (TlFtpDirectory *directory,
                                  TlFtpOrder       *order);

/* A GTaskThreadFunc of a task whose data is a TlFtpOrder. */
void        tl_ftp_order_thread  (GTask        *task,
                                  gpointer      source_object,
                                  gpointer      task_data,
                                  GCancellable *cancellable);

G_END_DECLS
