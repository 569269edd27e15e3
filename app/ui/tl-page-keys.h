/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The keys of a page's verbs, the same for the page and for the window around it: @callback is called with "(ss)": the verb of a session, which
 * tl_session_page_activate() understands, and that of an FTP page; "" where there is none. One binding a key: GTK would do only one of two. */
void tl_page_keys_add (GtkWidgetClass  *widget_class,
                       GtkShortcutFunc  callback);
/* Lets the buttons under @widget look up their verbs of the page anew, after it came to another window. */
void tl_page_keys_renew (GtkWidget *widget);

G_END_DECLS
