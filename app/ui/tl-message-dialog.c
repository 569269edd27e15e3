/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions whose Enter key gives the default answer. */

#include "tl-message-dialog.h"

/* libadwaita 1.2 gives the focus to the first thing that takes it; and, when the dialog turns out to be narrow, to the topmost of another set of buttons: the last answer. */
static void
default_cb (GtkWindow *dialog)
{
  GtkWidget *button = gtk_window_get_default_widget (dialog);

  if (button)
    gtk_window_set_focus (dialog, button);
}

void
tl_message_dialog_present (AdwMessageDialog *dialog)
{
  g_return_if_fail (ADW_IS_MESSAGE_DIALOG (dialog));

  g_signal_connect (dialog, "notify::default-widget", G_CALLBACK (default_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  default_cb (GTK_WINDOW (dialog));
}
