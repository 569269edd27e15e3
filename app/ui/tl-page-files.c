/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of a page that record its session to a file, and play one. */

#include "tl-page-files.h"

#include "tl-application.h"
#include "tl-record-dialog.h"
#include "tl-replay-dialog.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GtkWidget          *page;       /* which holds this */
  TlLogView          *log;        /* a child of it */
  TlSessionRecording *recording;
  GtkWidget          *dialog;     /* weak */
} PageRecording;

static void
page_recording_free (gpointer data)
{
  PageRecording *self = data;

  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_clear_weak_pointer (&self->dialog);
  g_clear_object (&self->recording);
  g_free (self);
}

static void
chosen_cb (TlRecordDialog *dialog,
           GFile          *file,
           PageRecording  *self)
{
  TlRecordingOptions options = { 0 };
  const char *path = g_file_peek_path (file);

  if (path == NULL)
    {
      gtk_widget_activate_action (self->page, "page.toast", "s", _("A recording is written while it grows: choose a place on this computer."));
      return;
    }
  tl_record_dialog_get_options (dialog, &options);
  g_object_get (self->log, "charset", &options.charset, NULL);
  tl_session_recording_start (self->recording, path, &options);
}

static void
start_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  PageRecording *self = user_data;
  GtkRoot *root = gtk_widget_get_root (self->page);

  if (self->dialog == NULL)
    {
      GtkApplication *application = GTK_IS_WINDOW (root) ? gtk_window_get_application (GTK_WINDOW (root)) : NULL;

      g_set_weak_pointer (&self->dialog,
                          tl_record_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                TL_IS_APPLICATION (application) ? tl_application_get_settings (TL_APPLICATION (application)) : NULL));
      g_signal_connect (self->dialog, "chosen", G_CALLBACK (chosen_cb), self);
    }
  gtk_window_present (GTK_WINDOW (self->dialog));
}

static void
stop_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  tl_session_recording_stop (((PageRecording *) user_data)->recording);
}

static void
toggle_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  PageRecording *self = user_data;

  if (tl_session_recording_get_recording (self->recording) != NULL)
    stop_cb (NULL, NULL, self);
  else
    start_cb (NULL, NULL, self);
}

static const GActionEntry entries[] = {
  { .name = "start", .activate = start_cb },
  { .name = "stop", .activate = stop_cb },
  { .name = "toggle", .activate = toggle_cb },
};

void
tl_page_files_use (GtkWidget    *page,
                   TlSession    *session,
                   TlLogView    *log,
                   TlStatusLine *status)
{
  PageRecording *self = g_new0 (PageRecording, 1);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  self->page = page;
  self->log = log;
  self->recording = tl_session_recording_new (session);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  g_object_bind_property (self->recording, "can-start", g_action_map_lookup_action (G_ACTION_MAP (actions), "start"), "enabled", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->recording, "can-stop", g_action_map_lookup_action (G_ACTION_MAP (actions), "stop"), "enabled", G_BINDING_SYNC_CREATE);
  gtk_widget_insert_action_group (page, "recording", G_ACTION_GROUP (actions));
  tl_status_line_set_recording (status, self->recording);
  tl_replay_dialog_use (page);
  g_object_set_data_full (G_OBJECT (page), "tl-page-files", self, page_recording_free);
}
