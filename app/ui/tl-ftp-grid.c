/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder as icons. */

#include "tl-ftp-grid.h"

#include "tl-ftp-text.h"

#include <glib/gi18n-lib.h>

#define ICON_SIZE 48
#define NAME_CHARS 13
/* No icon with its name is narrower. */
#define MIN_CELL_WIDTH 80

struct _TlFtpGrid
{
  TlFtpFileList parent_instance;

  GtkGridView *view;
  guint        columns_id;
};

G_DEFINE_FINAL_TYPE (TlFtpGrid, tl_ftp_grid, TL_TYPE_FTP_FILE_LIST)

static char *
tell_size_and_time (TlFtpEntry *entry)
{
  g_autofree char *size = tl_ftp_text_size (tl_ftp_entry_get_kind (entry) == TL_FTP_ENTRY_FILE ? tl_ftp_entry_get_size (entry) : -1);
  g_autofree char *time = tl_ftp_text_time (tl_ftp_entry_get_time (entry), tl_ftp_entry_get_precision (entry));

  return g_strjoin (*size && *time ? "\n" : "", size, time, NULL);
}

static void
setup_cb (TlFtpGrid   *self,
          GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *image = gtk_image_new ();
  GtkWidget *badge = tl_ftp_file_list_new_badge (item);
  GtkWidget *name = gtk_inscription_new ("");

  gtk_image_set_pixel_size (GTK_IMAGE (image), ICON_SIZE);
  gtk_widget_set_halign (badge, GTK_ALIGN_END);
  gtk_widget_set_valign (badge, GTK_ALIGN_END);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), image);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), badge);
  gtk_widget_set_halign (overlay, GTK_ALIGN_CENTER);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (name), NAME_CHARS);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (name), NAME_CHARS);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (name), 2);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (name), 2);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (name), 0.5);
  gtk_inscription_set_yalign (GTK_INSCRIPTION (name), 0);
  gtk_inscription_set_wrap_mode (GTK_INSCRIPTION (name), PANGO_WRAP_WORD_CHAR);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (name), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);

  gtk_box_append (GTK_BOX (box), overlay);
  gtk_box_append (GTK_BOX (box), name);
  g_object_set_data (G_OBJECT (box), "tl-image", image);
  g_object_set_data (G_OBJECT (box), "tl-badge", badge);
  tl_ftp_file_list_set_tip (item, box, tell_size_and_time);
  tl_ftp_file_list_adopt_child (item, box);
}

static void
bind_cb (TlFtpGrid   *self,
         GtkListItem *item)
{
  TlFtpEntry *entry = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);

  gtk_image_set_from_gicon (g_object_get_data (G_OBJECT (box), "tl-image"),
                            tl_ftp_icon_for (tl_ftp_entry_get_kind (entry), tl_ftp_entry_get_name (entry)));
  tl_ftp_file_list_bind_name (item, gtk_widget_get_last_child (box), g_object_get_data (G_OBJECT (box), "tl-badge"));
}

static void
unbind_cb (TlFtpGrid   *self,
           GtkListItem *item)
{
  tl_ftp_file_list_unbind_name (item);
}

static void
tl_ftp_grid_set_model (TlFtpFileList     *list,
                       GtkSelectionModel *model)
{
  gtk_grid_view_set_model (TL_FTP_GRID (list)->view, model);
}

/* GTK 4.8 keeps widgets for 30 rows of as many icons as there may be in one, whether they fit in or not. */
static void
columns_cb (gpointer data)
{
  TlFtpGrid *self = data;

  self->columns_id = 0;
  gtk_grid_view_set_max_columns (self->view, (guint) MAX (gtk_widget_get_width (GTK_WIDGET (self)) / MIN_CELL_WIDTH, 1));
}

/* Not within the allocation. */
static void
width_cb (TlFtpGrid *self)
{
  if (self->columns_id == 0)
    self->columns_id = g_idle_add_once (columns_cb, self);
}

static void
tl_ftp_grid_dispose (GObject *object)
{
  g_clear_handle_id (&TL_FTP_GRID (object)->columns_id, g_source_remove);
  G_OBJECT_CLASS (tl_ftp_grid_parent_class)->dispose (object);
}

static void
tl_ftp_grid_class_init (TlFtpGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_ftp_grid_dispose;
  TL_FTP_FILE_LIST_CLASS (klass)->set_model = tl_ftp_grid_set_model;
}

static void
tl_ftp_grid_init (TlFtpGrid *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->view = GTK_GRID_VIEW (gtk_grid_view_new (NULL, factory));
  gtk_grid_view_set_max_columns (self->view, 12);
  gtk_grid_view_set_enable_rubberband (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "tl-ftp-grid");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Files of the server"), -1);
  tl_ftp_file_list_set_view (TL_FTP_FILE_LIST (self), GTK_WIDGET (self->view), GTK_WIDGET (self->view));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (tl_ftp_file_list_get_scrolled (TL_FTP_FILE_LIST (self))), "notify::page-size",
                           G_CALLBACK (width_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
tl_ftp_grid_new (void)
{
  return g_object_new (TL_TYPE_FTP_GRID, NULL);
}
