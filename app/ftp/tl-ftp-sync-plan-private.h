/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlFtpSyncPlan share; the fields are for them alone. */

#include "tl-ftp-sync-plan.h"

G_BEGIN_DECLS

struct _TlFtpSyncPlan
{
  GObject parent_instance;

  TlFtpCompareOptions options;
  GArray          *folders;      /* TlFtpSyncFolder */
  GArray          *items;        /* TlFtpSyncItem */
  GPtrArray       *failures;
  TlFtpSyncMode    mode;
  gboolean         allowed[TL_N_FTP_SYNC_FILTERS];
  TlFtpSyncFilter  filter;
  guint32         *rows;         /* indices of items */
  guint            n_rows;
  TlFtpSyncTotals  totals;
  guint            n_walked;     /* folders */
  guint            n_found;      /* files and folders on either side */
  guint            n_equal;
};

/* Of all items: what is done with them, and which are seen. */
void tl_ftp_sync_plan_decide_all (TlFtpSyncPlan *self);

G_END_DECLS
