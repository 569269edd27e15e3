/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-job-row.h"
#include "tl-timed-send.h"

G_BEGIN_DECLS

#define TL_TYPE_TIMER_ROW (tl_timer_row_get_type ())
G_DECLARE_FINAL_TYPE (TlTimerRow, tl_timer_row, TL, TIMER_ROW, TlJobRow)

/* The row of a timer; starts it, and stops it when the row goes. */
GtkWidget *tl_timer_row_new (TlTimedSend *timer);

/* "Every 1 s · sent: 12 · measured: 1,000.02 ms", translated. (transfer full) */
char      *tl_timer_row_describe (TlTimedSend *timer);

/* "250 ms", "1.5 s", "2 min", "1 h". (transfer full) */
char      *tl_timer_row_format_interval (double ms);

G_END_DECLS
