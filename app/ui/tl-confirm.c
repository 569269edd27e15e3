/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question before open sessions are closed. */

#include "tl-confirm.h"

#include "tl-message-dialog.h"

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

static void
append_shares (GString         *body,
               const TlRunning *running)
{
  if (running->shares == 0)
    return;
  if (body->len > 0)
    g_string_append_c (body, '\n');
  if (running->visitors > 0)
    g_string_append_printf (body, ngettext ("%u visitor is connected to the shared folder, and will be cut off.",
                                            "%u visitors are connected to the shared folder, and will be cut off.", running->visitors),
                            running->visitors);
  else
    g_string_append (body, _("A folder is shared; nobody will reach it any more."));
}

static char *
make_body (const TlRunning *running)
{
  GString *body = g_string_new (NULL);

  if (running->transfers > 0)
    g_string_append_printf (body, ngettext ("%u file transfer has not ended. It will be stopped.",
                                            "%u file transfers have not ended. They will be stopped.", running->transfers),
                            running->transfers);
  if (running->kept_transfers > 0)
    g_string_append_printf (body, ngettext ("%u file transfer has not ended. It stops now, and can go on the next time.",
                                            "%u file transfers have not ended. They stop now, and can go on the next time.", running->kept_transfers),
                            running->kept_transfers);
  if (body->len > 0 && running->removals > 0)
    g_string_append_c (body, '\n');
  if (running->removals > 0)
    g_string_append (body, _("Files are being deleted on a server. It will be stopped; what is not deleted yet stays."));
  if (body->len > 0 && running->edits > 0)
    g_string_append_c (body, '\n');
  if (running->edits > 0)
    g_string_append_printf (body, ngettext ("%u edited file is not on its server yet. What was saved of it is kept, and offered the next time.",
                                            "%u edited files are not on their server yet. What was saved of them is kept, and offered the next time.", running->edits),
                            running->edits);
  append_shares (body, running);
  if (body->len > 0 && running->sessions > 0)
    g_string_append_c (body, '\n');
  if (running->sessions > 0)
    g_string_append_printf (body, ngettext ("%u session is open. Its connections will be closed.",
                                            "%u sessions are open. Their connections will be closed.", running->sessions),
                            running->sessions);

  return g_string_free (body, FALSE);
}

void
tl_confirm_close (GtkWidget *widget,
                  const TlRunning *running,
                  TlConfirmFunc func,
                  gpointer user_data,
                  GDestroyNotify destroy)
{
  Confirmation *confirmation = g_new (Confirmation, 1);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog;
  g_autofree char *body = NULL;

  *confirmation = (Confirmation) { func, user_data, destroy };
  if (running->sessions == 0 && running->transfers + running->kept_transfers == 0 && running->removals == 0 && running->edits == 0
      && running->shares == 0)
    {
      confirmation_finish (confirmation, TRUE);
      return;
    }

  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL);
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (dialog),
                                  running->transfers + running->kept_transfers > 0 ? _("Stop the transfers?")
                                  : running->removals > 0 ? _("Stop deleting?")
                                  : running->edits > 0    ? _("Close Without Uploading?")
                                  : running->sessions == 0 ? _("Stop sharing the folder?")
                                                          : _("Close open sessions?"));
  body = make_body (running);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Keep Open"),
                                    "close", _("_Close"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), confirmation);
  tl_message_dialog_present (ADW_MESSAGE_DIALOG (dialog));
}
