/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For dispose. gtk_widget_dispose_template() of GTK 4.8 leaves children that are not bound by name, and looks for the template of the subclass. */
static inline void
tl_widget_unparent_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)))
    gtk_widget_unparent (child);
}

G_END_DECLS
