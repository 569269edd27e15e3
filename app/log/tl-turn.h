/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tl_turn_add:
 * @ms: not sooner than in so many milliseconds
 *
 * Has @func called once, behind drawing (GDK_PRIORITY_REDRAW), as an idle or a timeout source of a lower priority is. Where a frame takes longer than there is between two,
 * drawing is always next and such a source would wait for ever: after some frames this one comes first.
 *
 * Returns: the id of the source, for g_source_remove()
 */
guint tl_turn_add (guint           ms,
                   GSourceOnceFunc func,
                   gpointer        data);
/* As soon as may be, but behind all other idle sources as well, as long as there is time for them. */
guint tl_turn_add_last (GSourceOnceFunc func,
                        gpointer        data);

G_END_DECLS
