/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A source that calls @func when its ready time has come (g_source_set_ready_time()), once for each time that it was set; not set at first. It has the priority of
 * sockets: with thousands of them one turn of the main loop takes longer than a short interval, and sooner than they it would starve them. Attached to the thread's
 * default context. (transfer full) */
GSource *tl_clock_source_new   (const char  *name,
                                GSourceFunc  func,
                                gpointer     user_data);
/* For one in a struct, which may be NULL already. */
void     tl_clock_source_clear (GSource    **source);

G_END_DECLS
