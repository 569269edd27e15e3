/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is selected is found again in the next listing, by its name. */

#include "tl-ftp-file-view-private.h"

/* So many selected names are found again after the folder was listed anew. */
#define MAX_KEPT_NAMES 10000

static void
select_wanted_cb (gpointer data)
{
  TlFtpFileView *self = data;
  TlFtpDirectory *directory = tl_ftp_browser_get_directory (self->browser);
  g_autoptr (GPtrArray) wanted = NULL;
  gboolean busy, first = TRUE;

  self->select_id = 0;
  g_object_get (directory, "busy", &busy, NULL);
  if (busy)
    return;
  wanted = g_steal_pointer (&self->wanted);
  for (guint i = 0; wanted && i < wanted->len; i++)
    {
      guint position = tl_ftp_directory_find (directory, g_ptr_array_index (wanted, i));

      if (position == GTK_INVALID_LIST_POSITION)
        continue;
      gtk_selection_model_select_item (self->selection, position, first);
      if (first)
        tl_ftp_file_list_focus_row (tl_ftp_file_view_get_list (self), position);
      first = FALSE;
    }
  /* Sorting takes the row that was first before it along to where it belongs, and the view with it. */
  if (first && self->fresh)
    tl_ftp_file_list_scroll_to (tl_ftp_file_view_get_list (self), 0);
  if (first)
    tl_ftp_file_list_give_focus_back (tl_ftp_file_view_get_list (self), self->fresh);
  self->fresh = FALSE;
}

/* Not while the list is told of the change: it does not know its rows yet, and scrolling then is the end of the program. */
void
tl_ftp_file_view_select_wanted (TlFtpFileView *self)
{
  if ((self->wanted || self->fresh) && self->select_id == 0)
    self->select_id = g_idle_add_once (select_wanted_cb, self);
}

/* The objects of the next listing are others: what is selected is found again by its name. From a folder to the one above: the folder. */
void
tl_ftp_file_view_replacing_cb (TlFtpFileView *self,
                               GBytes        *path)
{
  GBytes *old = tl_ftp_browser_get_path (self->browser);
  g_autoptr (GPtrArray) selected = NULL;

  self->fresh = !old || !g_bytes_equal (old, path);
  tl_ftp_file_list_hold_focus (tl_ftp_file_view_get_list (self));
  /* What was asked to be selected here, and has not been yet. */
  if (!old || (self->wanted && self->wanted->len > 0 && g_bytes_equal (old, path)))
    return;
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  self->wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (g_bytes_equal (old, path))
    {
      selected = tl_ftp_file_view_dup_first_selected (self, MAX_KEPT_NAMES);
      for (guint i = 0; i < selected->len; i++)
        g_ptr_array_add (self->wanted, g_bytes_ref (tl_ftp_entry_get_raw_name (g_ptr_array_index (selected, i))));
    }
  else if (g_bytes_get_size (old) > 1)
    {
      g_autoptr (GBytes) parent = tl_ftp_path_parent (old);

      if (g_bytes_equal (parent, path))
        g_ptr_array_add (self->wanted, tl_ftp_path_basename (old));
    }
}

void
tl_ftp_file_view_select (TlFtpFileView *self,
                         GBytes        *raw_name)
{
  g_return_if_fail (TL_IS_FTP_FILE_VIEW (self));

  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  self->wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (self->wanted, g_bytes_ref (raw_name));
}
