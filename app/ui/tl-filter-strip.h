/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FILTER_STRIP (tl_filter_strip_get_type ())
G_DECLARE_FINAL_TYPE (TlFilterStrip, tl_filter_strip, TL, FILTER_STRIP, GtkWidget)

/**
 * TlFilterStrip:
 *
 * What is filtered for, a chip for each part, and how many messages are left. Hidden while nothing is filtered.
 *
 * Signals: "remove" (uint: the part whose chip was clicked), "clear-all".
 */
/* @words: one for each part; NULL: not filtered for. */
void tl_filter_strip_set_words (TlFilterStrip *self,
                                char         **words,
                                guint          n_parts);
/* @n_seen: how many of @n_all have been looked at. */
void tl_filter_strip_set_count (TlFilterStrip *self,
                                guint          n_shown,
                                guint          n_all,
                                guint          n_seen,
                                gboolean       pending);
/* On how many of them the pattern gave up. */
void tl_filter_strip_set_undecided (TlFilterStrip *self,
                                    guint          n);

G_END_DECLS
