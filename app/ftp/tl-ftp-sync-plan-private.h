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
  GString         *keys;         /* their names for display, one after the other with a NUL behind each, upper and lower case being the same */
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
  guint            n_in_time;    /* of those: whose minute was told */
  GArray          *waiting;      /* guint32: folders that the walk has not been in, the next one last */
  int              clock_offset; /* of the client, that the times of the items are read with */
  gboolean         has_lists;    /* LIST, whose times may be those of the server's clock, was among the listings */
  char            *text;         /* of paths that are shown (nullable) */
  char            *key;          /* that, with upper and lower case being the same */
};

/* The walk is over: what is within folders, and how far the server's clock is ahead of what it was taken for; the items are corrected, later listings must be. */
int  tl_ftp_sync_plan_settle     (TlFtpSyncPlan *self);
/* The name as it is looked for. (transfer full) */
char *tl_ftp_sync_dup_key        (const char    *name);
/* Of all items: what is done with them, and which are seen. */
void tl_ftp_sync_plan_decide_all (TlFtpSyncPlan *self);

/* tl-ftp-sync-rows.c */
/* Which items are rows; with a signal for the list. */
void tl_ftp_sync_plan_make_rows  (TlFtpSyncPlan *self);
/* Anew: what there is, and what of it is done. */
void tl_ftp_sync_plan_count      (TlFtpSyncPlan *self);

G_END_DECLS
