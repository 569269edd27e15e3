/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * TlTransferSpeed:
 *
 * How fast something moves, of samples of how much has moved so far: two means that forget, a fast one to be shown and a slow one for the time left, which would jump
 * otherwise. Zeroed at first.
 */
typedef struct {
  gint64  time;
  guint64 moved;
  guint   n;
  double  fast;
  double  fast_weight;
  double  slow;
  double  slow_weight;
} TlTransferSpeed;

/* @now: monotonic, microseconds. */
void   tl_transfer_speed_add           (TlTransferSpeed       *self,
                                        gint64                 now,
                                        guint64                moved);
/* Bytes a second; 0: it stands still, or nobody knows yet. */
double tl_transfer_speed_get           (const TlTransferSpeed *self);
/* Seconds that @left bytes take, at least 1 as long as there are any; -1: nobody knows. */
gint64 tl_transfer_speed_get_remaining (const TlTransferSpeed *self,
                                        guint64                left);

G_END_DECLS
