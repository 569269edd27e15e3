/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The keys of a session's verbs, the same for its page and for the window around it: @callback is called with "(s)", the verb,
 * which tl_session_page_activate() understands. */
void tl_page_keys_add (GtkWidgetClass  *widget_class,
                       GtkShortcutFunc  callback);
/* Lets the buttons under @widget look up their verbs of the page anew, after it came to another window. */
void tl_page_keys_renew (GtkWidget *widget);

G_END_DECLS
