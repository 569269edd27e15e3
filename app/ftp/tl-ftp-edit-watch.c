/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Was the copy saved? Editors save in many ways: they write into the file, or make another one and give it the name. */

#include "tl-ftp-edit-private.h"

#include <glib/gi18n-lib.h>

/* So long after the last sign of life an editor is taken to have finished. */
#define SETTLE_MS 300

typedef struct {
  TlFtpEdit    *edit;
  char         *path;
  GCancellable *cancellable;
} Hashing;

static void
hashing_free (gpointer data)
{
  Hashing *hashing = data;

  g_free (hashing->path);
  g_clear_object (&hashing->cancellable);
  g_free (hashing);
}

static void
hash_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Hashing *hashing = data;

  g_task_return_pointer (task, tl_ftp_edit_hash (hashing->path, hashing->cancellable), g_free);
}

static void
take_hash (TlFtpEdit  *self,
           const char *hash)
{
  if (tl_ftp_edit_about_is_sent (self->about, hash))
    {
      /* Back to what it was. */
      g_clear_pointer (&self->asked_hash, g_free);
      if (self->state == TL_FTP_EDIT_CHANGED)
        tl_ftp_edit_set_state (self, TL_FTP_EDIT_OPEN, NULL);
      return;
    }
  if (g_strcmp0 (hash, self->asked_hash) == 0)
    return;
  g_free (self->asked_hash);
  self->asked_hash = g_strdup (hash);
  /* What is being asked already will send what is there then. */
  if (self->state == TL_FTP_EDIT_CONFLICT)
    return;
  tl_ftp_edit_set_state (self, TL_FTP_EDIT_CHANGED, NULL);
  if (self->always)
    tl_ftp_edit_upload (self);
  else
    g_signal_emit_by_name (self, "changed");
}

static gboolean
can_look (TlFtpEdit *self)
{
  return self->state == TL_FTP_EDIT_OPEN || self->state == TL_FTP_EDIT_CHANGED || self->state == TL_FTP_EDIT_CONFLICT;
}

static void
hashed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TlFtpEdit) self = user_data;
  g_autofree char *hash = g_task_propagate_pointer (G_TASK (result), NULL);

  self->hashing = FALSE;
  if (!can_look (self))
    {
      self->again = TRUE;
      return;
    }
  /* Without one it is not there at present: the editor is not done, and is heard of again. */
  if (hash != NULL)
    take_hash (self, hash);
  if (self->again && can_look (self))
    tl_ftp_edit_look_soon (self);
}

static void
settled_cb (gpointer data)
{
  TlFtpEdit *self = data;
  g_autoptr (GTask) task = NULL;
  Hashing *hashing;

  self->settle_id = 0;
  if (self->hashing || !can_look (self))
    {
      self->again = TRUE;
      return;
    }
  self->again = FALSE;
  self->hashing = TRUE;
  hashing = g_new0 (Hashing, 1);
  hashing->path = g_file_get_path (self->copy);
  hashing->cancellable = g_object_ref (self->cancellable);
  task = g_task_new (NULL, NULL, hashed_cb, g_object_ref (self));
  g_task_set_source_tag (task, settled_cb);
  g_task_set_task_data (task, hashing, hashing_free);
  g_task_run_in_thread (task, hash_thread);
}

void
tl_ftp_edit_look_soon (TlFtpEdit *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->state != TL_FTP_EDIT_ENDED && self->copy != NULL)
    self->settle_id = g_timeout_add_once (SETTLE_MS, settled_cb, self);
}

static void
event_cb (TlFtpEdit         *self,
          GFile             *file,
          GFile             *other,
          GFileMonitorEvent  event)
{
  if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
    return;
  if (g_file_equal (file, self->copy) || (other != NULL && g_file_equal (other, self->copy)))
    tl_ftp_edit_look_soon (self);
}

void
tl_ftp_edit_watch (TlFtpEdit *self)
{
  g_autoptr (GError) error = NULL;

  if (self->monitor != NULL)
    return;
  self->monitor = g_file_monitor_directory (self->folder, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (self->monitor == NULL)
    {
      g_autofree char *text = g_strdup_printf (_("The copy cannot be watched: upload it yourself when it is saved (%s)."), error->message);

      tl_ftp_edit_set_state (self, self->state, text);
      return;
    }
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
}

void
tl_ftp_edit_unwatch (TlFtpEdit *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
}
