/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question before open sessions are closed. */

#include "tl-confirm.h"

#include "tl-session.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  TlConfirmFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Confirmation;

static void
confirmation_finish (Confirmation *confirmation,
                     gboolean confirmed)
{
  confirmation->func (confirmed, confirmation->user_data);
  if (confirmation->destroy)
    confirmation->destroy (confirmation->user_data);
  g_free (confirmation);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char *response,
             gpointer user_data)
{
  /* The window may be gone before its dialog is. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  confirmation_finish (user_data, g_str_equal (response, "close"));
}

void
tl_confirm_close (GtkWidget *widget,
                  GPtrArray *sessions,
                  TlConfirmFunc func,
                  gpointer user_data,
                  GDestroyNotify destroy)
{
  Confirmation *confirmation = g_new (Confirmation, 1);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog;
  guint n_active = 0;

  *confirmation = (Confirmation) { func, user_data, destroy };
  for (guint i = 0; i < sessions->len; i++)
    n_active += tl_session_is_active (g_ptr_array_index (sessions, i)) ? 1 : 0;

  if (n_active == 0)
    {
      confirmation_finish (confirmation, TRUE);
      return;
    }

  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Close open sessions?"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  ngettext ("%u session is open. Its connections will be closed.",
                                            "%u sessions are open. Their connections will be closed.", n_active),
                                  n_active);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Keep Open"),
                                    "close", _("_Close"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), confirmation);
  gtk_window_present (GTK_WINDOW (dialog));
}
