/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_STATE_PILL (tl_state_pill_get_type ())
G_DECLARE_FINAL_TYPE (TlStatePill, tl_state_pill, TL, STATE_PILL, GtkWidget)

/**
 * TlStatePill:
 *
 * The state of a session as a colour and a word, with the seconds until the next try while it is reconnecting.
 * Properties: "session" (writable), "text" (read-only: what it says).
 */
void        tl_state_pill_set_session (TlStatePill *self,
                                       TlSession   *session);
/* For what is no session: a style class that lives as long as the program, and what it says. */
void        tl_state_pill_show        (TlStatePill *self,
                                       const char  *css_class,
                                       const char  *text);
const char *tl_state_pill_get_text    (TlStatePill *self);

G_END_DECLS
