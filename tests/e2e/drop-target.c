/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another program of the desktop, that takes files: like a file manager it asks for them as soon as the pointer is over it. It prints "over" when it knows
 * what comes, and of each file that is dropped its path. */
#include <gtk/gtk.h>

static void
value_cb (GtkDropTarget *target)
{
  if (gtk_drop_target_get_value (target))
    g_print ("over\n");
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value)
{
  for (GSList *file = g_value_get_boxed (value); file; file = file->next)
    g_print ("dropped %s\n", g_file_peek_path (file->data));

  return TRUE;
}

int
main (void)
{
  GtkWidget *window;
  GtkDropTarget *target;

  setvbuf (stdout, NULL, _IOLBF, 0);
  gtk_init ();
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 160, 120);
  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect (target, "notify::value", G_CALLBACK (value_cb), NULL);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), NULL);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (target));
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
