/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_RATE_GRAPH (tl_rate_graph_get_type ())
G_DECLARE_FINAL_TYPE (TlRateGraph, tl_rate_graph, TL, RATE_GRAPH, GtkWidget)

#define TL_RATE_GRAPH_SAMPLES 60

/**
 * TlRateGraph:
 *
 * The bytes a second of the last minute as a row of bars; the highest fills the height. Property "peak" (uint64, read-only).
 */
GtkWidget *tl_rate_graph_new         (void);
/* @samples: TL_RATE_GRAPH_SAMPLES of them, oldest first; NULL: none. Copied. */
void       tl_rate_graph_set_samples (TlRateGraph   *self,
                                      const guint64 *samples);
guint64    tl_rate_graph_get_peak    (TlRateGraph   *self);

G_END_DECLS
