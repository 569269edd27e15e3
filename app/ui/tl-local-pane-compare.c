/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of this machine with the marks of a comparison. */

#include "tl-local-pane-private.h"

#include "tl-ftp-compare-mark.h"
#include "tl-widget.h"

/* What has come since is seen until it is compared. */
gboolean
tl_local_pane_is_wanted (TlLocalPane *self,
                         GFileInfo   *info)
{
  const TlFtpComparedRow *row = NULL;

  if (self->comparison && self->differences != TL_FTP_DIFFERENCES_ALL)
    row = tl_ftp_comparison_find_local (self->comparison, g_file_info_get_name (info));
  return !row || (self->differences & 1u << row->difference);
}

static void
show (TlLocalPane *self,
      GtkListItem *item)
{
  GFileInfo *info = gtk_list_item_get_item (item);
  const TlFtpComparedRow *row = NULL;

  if (self->comparison && info)
    row = tl_ftp_comparison_find_local (self->comparison, g_file_info_get_name (info));
  tl_ftp_compare_mark_show (gtk_list_item_get_child (item), row, TRUE);
}

static void
setup_cb (TlLocalPane *self,
          GtkListItem *item)
{
  GtkWidget *mark = tl_ftp_compare_mark_new ();

  tl_widget_select_once (mark);
  gtk_list_item_set_child (item, mark);
}

static void
bind_cb (TlLocalPane *self,
         GtkListItem *item)
{
  show (self, item);
}

static GtkColumnViewColumn *
new_column (TlLocalPane *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  return tl_ftp_compare_mark_new_column (factory);
}

/* The rows that are there get their marks by another column of marks. */
static void
renew_column (TlLocalPane *self)
{
  if (self->marks)
    gtk_column_view_remove_column (self->view, self->marks);
  g_clear_object (&self->marks);
  if (!self->comparison)
    return;
  self->marks = new_column (self);
  gtk_column_view_insert_column (self->view, 1, self->marks);
}

void
tl_local_pane_set_comparison (TlLocalPane     *self,
                              TlFtpComparison *comparison,
                              guint            differences)
{
  gboolean filtered;

  g_return_if_fail (TL_IS_LOCAL_PANE (self));

  if (self->comparison == comparison && self->differences == differences)
    return;
  filtered = self->differences != TL_FTP_DIFFERENCES_ALL || differences != TL_FTP_DIFFERENCES_ALL;
  if (comparison)
    tl_ftp_comparison_ref (comparison);
  g_clear_pointer (&self->comparison, tl_ftp_comparison_unref);
  self->comparison = comparison;
  self->differences = differences;
  if (filtered)
    gtk_filter_changed (gtk_filter_list_model_get_filter (self->shown), GTK_FILTER_CHANGE_DIFFERENT);
  renew_column (self);
  /* Also when none was seen before, and none is now. */
  tl_local_pane_update_message (self);
}
