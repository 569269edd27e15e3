/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_CONNECTION_BAR (tl_connection_bar_get_type ())
G_DECLARE_FINAL_TYPE (TlConnectionBar, tl_connection_bar, TL, CONNECTION_BAR, GtkWidget)

/**
 * TlConnectionBar:
 *
 * Where a session is opened and closed, for each of the three kinds: address and port, the button, the state, what went wrong.
 * Properties: "session" (writable), "valid" (boolean, read-only: address and port can be used, and
 * there is no problem), "problem" (string, nullable, writable: what is wrong with a field of the session that stands elsewhere; shown, and nothing is
 * opened until it is NULL), "menu-model" (of the button at the end),
 * "n-peers" (uint, writable: the count on the button that shows the peers).
 * Action: "bar.toggle" opens or closes. Uses "page.show-peers" and "page.options".
 */
GtkWidget *tl_connection_bar_new         (void);
void       tl_connection_bar_set_session (TlConnectionBar *self,
                                          TlSession       *session);
gboolean   tl_connection_bar_get_valid   (TlConnectionBar *self);

G_END_DECLS
