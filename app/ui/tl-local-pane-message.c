/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which part of the pane is shown, the files or why there are none, and which has the keyboard. */

#include "tl-local-pane-private.h"

#include <glib/gi18n-lib.h>

gboolean
tl_local_pane_has_focus (TlLocalPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack));
}

/* What is taken from the screen loses the keyboard: what comes in its place has it then, or the keys of this pane would be another one's. */
static void
show_part (TlLocalPane *self,
           gboolean     files)
{
  const char *part = files ? "files" : "message";
  const gboolean changes = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), part) != 0;
  const gboolean focus = self->had_focus || (changes && tl_local_pane_has_focus (self));

  gtk_stack_set_visible_child_name (self->stack, part);
  if (!focus)
    return;
  self->had_focus = FALSE;
  gtk_widget_grab_focus (files ? GTK_WIDGET (self->view) : self->empty);
}

void
tl_local_pane_update_message (TlLocalPane *self)
{
  const GError *error = gtk_directory_list_get_error (self->files);
  g_autofree char *text = NULL;

  if (error)
    text = g_strdup_printf (_("This folder cannot be read. (%s)"), error->message);
  else if (gtk_multi_selection_get_model (self->selection) == NULL)
    text = g_strdup (_("Reading the folder…"));
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->files)) == 0)
    text = g_strdup (_("This folder is empty. Drop files of the server here to download them."));
  else if (self->comparison && self->differences != TL_FTP_DIFFERENCES_ALL)
    text = g_strdup (_("None of the files in this folder is of the kind that the comparison shows; others can be chosen in its bar."));
  else
    text = g_strdup (_("All names in this folder begin with a dot: they are hidden ones."));
  gtk_label_set_label (self->message, text);
  show_part (self, g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0);
}
