/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_OPTIONS_WINDOW (tl_options_window_get_type ())
G_DECLARE_FINAL_TYPE (TlOptionsWindow, tl_options_window, TL, OPTIONS_WINDOW, AdwPreferencesWindow)

/**
 * TlOptionsWindow:
 *
 * What is set up beyond address and port: connection and socket, multicast (UDP), auto-reply, framing (TCP).
 * Property "problem" (string, nullable, read-only): what is wrong with a text in it that opening depends on, a sentence for who opens the session;
 * none any more when the window has been closed.
 */
GtkWidget *tl_options_window_new     (TlSession  *session);
/* Shows it over the window of @parent, unless NULL, with the page of that name, unless NULL: "connection", "multicast", "auto-reply", "framing". */
void       tl_options_window_present (TlOptionsWindow *self,
                                      GtkWidget  *parent,
                                      const char *name);

G_END_DECLS
