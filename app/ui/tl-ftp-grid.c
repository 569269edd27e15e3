/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder as icons. */

#include "tl-ftp-grid.h"

#include "tl-ftp-icon-cell.h"
#include "tl-ftp-text.h"

#include <glib/gi18n-lib.h>

/* On both sides of a cell: see style.css. */
#define PADDING 8
/* Before the width is known. */
#define MAX_COLUMNS 12
/* Of icons that GTK 4.8 makes, and that a page of it shows. */
#define N_ROWS 32
#define N_FIRST 10

struct _TlFtpGrid
{
  TlFtpFileList parent_instance;

  TlFtpSpareRows *rows;  /* what the view shows; the list's */
  GtkGridView    *view;
  guint           columns_id;
};

G_DEFINE_FINAL_TYPE (TlFtpGrid, tl_ftp_grid, TL_TYPE_FTP_FILE_LIST)

static char *
tell_size_and_time (TlFtpEntry *entry)
{
  g_autofree char *size = tl_ftp_text_size (tl_ftp_entry_get_kind (entry) == TL_FTP_ENTRY_FILE ? tl_ftp_entry_get_size (entry) : -1);
  g_autofree char *time = tl_ftp_text_time (tl_ftp_entry_get_time (entry), tl_ftp_entry_get_precision (entry));

  return g_strjoin (*size && *time ? "\n" : "", size, time, NULL);
}

static char *
tell (TlFtpEntry *entry)
{
  g_autofree char *problem = tl_ftp_file_list_tell_problem (entry);
  g_autofree char *facts = tell_size_and_time (entry);

  return problem && *facts ? g_strjoin ("\n", problem, facts, NULL) : g_strdup (problem ? problem : facts);
}

static void
setup_cb (TlFtpGrid   *self,
          GtkListItem *item)
{
  GtkWidget *cell = tl_ftp_icon_cell_new ();

  tl_ftp_file_list_set_tip (item, cell, tell);
  tl_ftp_file_list_adopt_child (item, cell);
}

static void
show (TlFtpEntry    *entry,
      GParamSpec    *pspec,
      TlFtpIconCell *cell)
{
  g_autofree char *problem = tl_ftp_file_list_tell_problem (entry);

  tl_ftp_icon_cell_show (cell, tl_ftp_icon_for (tl_ftp_entry_get_kind (entry), tl_ftp_entry_get_name (entry)), tl_ftp_entry_get_name (entry), problem);
}

static void
bind_cb (TlFtpGrid   *self,
         GtkListItem *item)
{
  TlFtpEntry *entry = gtk_list_item_get_item (item);
  GtkWidget *cell = gtk_list_item_get_child (item);

  g_signal_connect_object (entry, "notify::name", G_CALLBACK (show), cell, 0);
  show (entry, NULL, TL_FTP_ICON_CELL (cell));
}

static void
unbind_cb (TlFtpGrid   *self,
           GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show, gtk_list_item_get_child (item));
}

/* GTK 4.8 keeps widgets for 32 rows of as many icons as there may be in one, whether they fit in or not. */
static void
set_columns (TlFtpGrid *self,
             guint      n)
{
  tl_ftp_spare_rows_set_size (self->rows, n * N_ROWS, n * N_FIRST, n);
  gtk_grid_view_set_max_columns (self->view, n);
}

static void
columns_cb (gpointer data)
{
  TlFtpGrid *self = data;
  int width = tl_ftp_icon_cell_get_width_in (GTK_WIDGET (self->view)) + 2 * PADDING;

  self->columns_id = 0;
  set_columns (self, (guint) MAX (gtk_widget_get_width (GTK_WIDGET (self)) / width, 1));
}

/* Not within the allocation. */
static void
width_cb (TlFtpGrid *self)
{
  if (self->view && self->columns_id == 0)
    self->columns_id = g_idle_add_once (columns_cb, self);
}

static void
tl_ftp_grid_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (tl_ftp_grid_parent_class)->css_changed (widget, change);
  /* The font may be another one. */
  width_cb (TL_FTP_GRID (widget));
}

static void
tl_ftp_grid_dispose (GObject *object)
{
  TlFtpGrid *self = TL_FTP_GRID (object);

  self->view = NULL;
  g_clear_handle_id (&self->columns_id, g_source_remove);
  G_OBJECT_CLASS (tl_ftp_grid_parent_class)->dispose (object);
}

static void
tl_ftp_grid_class_init (TlFtpGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_ftp_grid_dispose;
  GTK_WIDGET_CLASS (klass)->css_changed = tl_ftp_grid_css_changed;
}

static void
tl_ftp_grid_init (TlFtpGrid *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->view = GTK_GRID_VIEW (gtk_grid_view_new (NULL, factory));
  gtk_grid_view_set_enable_rubberband (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "tl-ftp-grid");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Files of the server"), -1);
  self->rows = tl_ftp_file_list_set_view (TL_FTP_FILE_LIST (self), GTK_WIDGET (self->view), GTK_WIDGET (self->view), FALSE);
  set_columns (self, MAX_COLUMNS);
  gtk_grid_view_set_model (self->view, GTK_SELECTION_MODEL (self->rows));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (tl_ftp_file_list_get_scrolled (TL_FTP_FILE_LIST (self))), "notify::page-size",
                           G_CALLBACK (width_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
tl_ftp_grid_new (void)
{
  return g_object_new (TL_TYPE_FTP_GRID, NULL);
}
