/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

<<<<<<< HEAD
/* For dispose. gtk_widget_dispose_template() of GTK 4.8 leaves children that are not bound by name, and looks for the template of the subclass. */
=======
/* For dispose: gtk_widget_dispose_template() leaves the children that are not bound to a field. */
>>>>>>> ac4b2b7 (ui: connection bar, peers, options of a session)
static inline void
tl_widget_unparent_children (GtkWidget *widget)
{
  GtkWidget *child;

<<<<<<< HEAD
  while ((child = gtk_widget_get_first_child (widget)))
=======
  while ((child = gtk_widget_get_first_child (widget)) != NULL)
>>>>>>> ac4b2b7 (ui: connection bar, peers, options of a session)
    gtk_widget_unparent (child);
}

G_END_DECLS
