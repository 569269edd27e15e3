/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_TIMER_POPOVER (tl_timer_popover_get_type ())
G_DECLARE_FINAL_TYPE (TlTimerPopover, tl_timer_popover, TL, TIMER_POPOVER, GtkPopover)

#define TL_TIMER_MIN_INTERVAL 1
#define TL_TIMER_MAX_INTERVAL (24 * 60 * 60 * 1000)

/**
 * TlTimerPopover:
 *
 * How often and how many times. Properties: "interval" (uint, ms, TL_TIMER_MIN_INTERVAL–TL_TIMER_MAX_INTERVAL), "count" (int64, -1: endless),
 * "can-start" (boolean). Signal "start": the person wants it.
 */
guint  tl_timer_popover_get_interval (TlTimerPopover *self);
void   tl_timer_popover_set_interval (TlTimerPopover *self,
                                      guint           interval_ms);
gint64 tl_timer_popover_get_count    (TlTimerPopover *self);

G_END_DECLS
