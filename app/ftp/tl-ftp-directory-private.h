/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlFtpDirectory share; the fields are for them alone. */

#include "tl-ftp-directory.h"
#include "tl-ftp-order.h"
#include "tl-ftp-rows.h"

G_BEGIN_DECLS

struct _TlFtpDirectory
{
  GObject parent_instance;

  TlFtpListing *listing;
  TlFtpCharset charset;
  TlCharset guess;
  TlFtpSort sort;
  gboolean descending;
  gboolean show_hidden;
  char *filter;
  TlFtpComparison *comparison;  /* (nullable) */
  guint differences;        /* those that are shown, while the comparison is of this listing */

  TlFtpNames *names;        /* for the listing, the set and the guess; NULL until made */
  guint32 *rows;
  guint n_rows;
  gint64 total_size;
  TlFtpRows *objects;       /* of the rows that somebody holds */
  GCancellable *running;    /* while a thread is at it */
  gboolean busy;            /* as was last told */
  TlFtpOrder *prepared;     /* of the listing that comes next (nullable) */
};

/* Works the rows out anew. @fresh: of another listing, so that no row is what it was. */
void tl_ftp_directory_reorder (TlFtpDirectory *self,
                               gboolean        fresh);

G_END_DECLS
