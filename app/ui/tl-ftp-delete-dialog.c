/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question before remote files are deleted: servers have no bin to take them back from. */

#include "tl-ftp-delete-dialog.h"

#include "tl-message-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  TlConfirmFunc  func;
  gpointer       user_data;
  GDestroyNotify destroy;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *self = data;

  if (self->destroy)
    self->destroy (self->user_data);
  g_free (self);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Question *self = user_data;

  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  self->func (g_str_equal (response, "delete"), self->user_data);
}

char *
tl_ftp_delete_text (guint n_files,
                    guint n_folders)
{
  g_autofree char *files = g_strdup_printf (ngettext ("%u file", "%u files", n_files), n_files);
  g_autofree char *folders = g_strdup_printf (ngettext ("%u folder with all that is in it", "%u folders with all that is in them", n_folders),
                                              n_folders);

  if (n_folders == 0)
    return g_steal_pointer (&files);
  if (n_files == 0)
    return g_steal_pointer (&folders);
  /* Translators: “3 files” and “1 folder with all that is in it” */
  return g_strdup_printf (_("%s and %s"), files, folders);
}

static char *
make_body (const char *host,
           GPtrArray  *entries,
           guint       n_files,
           guint       n_folders)
{
  g_autofree char *what = tl_ftp_delete_text (n_files, n_folders);
  guint n_named = MIN (entries->len, TL_FTP_DELETE_MAX_NAMES);
  /* Translators: what is deleted, and the name of the server */
  GString *body = g_string_new (NULL);

  g_string_append_printf (body, _("%s will be deleted on %s. This cannot be undone."), what, host);
  g_string_append_c (body, '\n');
  for (guint i = 0; i < n_named; i++)
    g_string_append_printf (body, "\n%s", tl_ftp_entry_get_name (g_ptr_array_index (entries, i)));
  if (n_files + n_folders > n_named)
    {
      guint n = n_files + n_folders - n_named;

      g_string_append_c (body, '\n');
      g_string_append_printf (body, ngettext ("and %u more", "and %u more", n), n);
    }

  return g_string_free (body, FALSE);
}

GtkWidget *
tl_ftp_delete_dialog_ask (GtkWidget      *parent,
                          const char     *host,
                          GPtrArray      *entries,
                          guint           n_files,
                          guint           n_folders,
                          TlConfirmFunc   func,
                          gpointer        user_data,
                          GDestroyNotify  destroy)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  g_autofree char *body = make_body (host, entries, n_files, n_folders);
  Question *self = g_new (Question, 1);

  *self = (Question) { func, user_data, destroy };
  adw_message_dialog_set_heading (message, _("Delete on the Server?"));
  /* Names come from the server: no markup. */
  adw_message_dialog_set_body_use_markup (message, FALSE);
  adw_message_dialog_set_body (message, body);
  adw_message_dialog_add_responses (message, "cancel", _("_Cancel"), "delete", _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (message, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, question_free, 0);
  tl_message_dialog_present (ADW_MESSAGE_DIALOG (dialog));

  return dialog;
}
