/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds a list that is one stop of the Tab key. */

#include "tl-list-bin.h"

#include "tl-widget.h"

struct _TlListBin
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (TlListBin, tl_list_bin, GTK_TYPE_WIDGET)

static void
tl_list_bin_dispose (GObject *object)
{
  tl_widget_unparent_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (tl_list_bin_parent_class)->dispose (object);
}

static void
tl_list_bin_class_init (TlListBinClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_list_bin_dispose;
  GTK_WIDGET_CLASS (klass)->focus = tl_widget_focus_list;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tl_list_bin_init (TlListBin *self)
{
}
