/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are dragged from the list of an FTP page and dropped into it. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-drag-fetch.h"
#include "tl-ftp-text.h"

#include <glib/gi18n-lib.h>

GdkContentProvider *
tl_ftp_page_dup_drag (TlFtpPage *self)
{
  g_autoptr (GPtrArray) selected = tl_ftp_file_view_dup_selected (self->files);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TlFtpDrag) drag = NULL;

  for (guint i = 0; i < selected->len; i++)
    {
      TlFtpEntry *entry = g_ptr_array_index (selected, i);

      if (!tl_ftp_entry_is_unsafe (entry) && tl_ftp_entry_get_kind (entry) != TL_FTP_ENTRY_OTHER)
        g_ptr_array_add (entries, g_object_ref (entry));
    }
  if (entries->len == 0 || !tl_ftp_browser_get_path (self->browser))
    return NULL;
  drag = tl_ftp_drag_new (tl_ftp_browser_get_client (self->browser), tl_ftp_browser_get_path (self->browser), entries);
  if (!self->fetch || !tl_ftp_drag_fetch_serves (self->fetch, drag))
    {
      g_clear_object (&self->fetch);
      self->fetch = tl_ftp_drag_fetch_new (self, drag);
    }

  return tl_ftp_drag_content_new (drag, self->fetch);
}

/* Of the first of the files. Without one of ours, GTK would take the files out to draw them, as if they were dropped. */
static void
show_icon (GtkDragSource *source,
           TlFtpDrag     *drag)
{
  TlFtpEntry *entry = g_ptr_array_index (drag->entries, 0);
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GtkIconPaintable) icon =
    gtk_icon_theme_lookup_by_gicon (gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)),
                                    tl_ftp_icon_for (tl_ftp_entry_get_kind (entry), tl_ftp_entry_get_name (entry)), 32,
                                    gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget), 0);

  gtk_drag_source_set_icon (source, GDK_PAINTABLE (icon), 0, 0);
}

/* Only from what is selected: elsewhere a drag is the rubber band's, and with a finger it scrolls. */
static GdkContentProvider *
prepare_cb (TlFtpPage     *self,
            double         x,
            double         y,
            GtkDragSource *source)
{
  GdkDevice *device = gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (source));
  GdkContentProvider *content;

  if (!tl_ftp_file_view_is_selected_at (self->files, x, y) || (device && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN))
    return NULL;

  /* Or the rubber band would begin too, and stay. */
  gtk_gesture_set_state (GTK_GESTURE (source), GTK_EVENT_SEQUENCE_CLAIMED);
  content = tl_ftp_page_dup_drag (self);
  if (content)
    show_icon (source, tl_ftp_drag_content_get_drag (TL_FTP_DRAG_CONTENT (content)));

  return content;
}

/* Dropped within the program or given up with Esc, nobody wants what was begun for a program that the pointer only passed over. Else the other program did
 * not wait for it: it goes on, and the next drag has it. */
void
tl_ftp_page_end_drag (TlFtpPage          *self,
                      GdkContentProvider *content,
                      gboolean            given_up)
{
  TlFtpDragFetch *fetch = tl_ftp_drag_content_get_fetch (TL_FTP_DRAG_CONTENT (content));

  if (!tl_ftp_drag_fetch_is_running (fetch))
    return;
  if (given_up || tl_ftp_drag_content_is_taken (TL_FTP_DRAG_CONTENT (content)))
    tl_ftp_drag_fetch_cancel (fetch);
  else
    tl_ftp_page_toast (self, _("The other program did not wait for the files. Drag them again when their transfer is done."));
}

static gboolean
drag_cancel_cb (TlFtpPage           *self,
                GdkDrag             *drag,
                GdkDragCancelReason  reason)
{
  if (reason == GDK_DRAG_CANCEL_USER_CANCELLED)
    tl_ftp_page_end_drag (self, gdk_drag_get_content (drag), TRUE);

  return FALSE;
}

static void
drag_end_cb (TlFtpPage *self,
             GdkDrag   *drag)
{
  tl_ftp_page_end_drag (self, gdk_drag_get_content (drag), FALSE);
}

/* What comes from a server is not sent back to it. */
static gboolean
accept_cb (TlFtpPage *self,
           GdkDrop   *drop)
{
  GdkContentFormats *formats = gdk_drop_get_formats (drop);
  gboolean remote = gdk_content_formats_contain_gtype (formats, TL_TYPE_FTP_DRAG);
  g_autoptr (GdkContentFormats) all = gdk_content_formats_union_deserialize_gtypes (gdk_content_formats_ref (formats));

  return tl_ftp_browser_get_path (self->browser) && !remote && gdk_content_formats_contain_gtype (all, GDK_TYPE_FILE_LIST);
}

gboolean
tl_ftp_page_drop (TlFtpPage    *self,
                  const GValue *value)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) || !tl_ftp_browser_get_path (self->browser))
    return FALSE;
  for (GSList *file = g_value_get_boxed (value); file; file = file->next)
    g_list_store_append (files, file->data);
  tl_ftp_page_upload (self, G_LIST_MODEL (files));

  return TRUE;
}

void
tl_ftp_page_init_drag (TlFtpPage *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  /* Before the list, which would draw a frame around rows. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-cancel", G_CALLBACK (drag_cancel_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->files), GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "accept", G_CALLBACK (accept_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (tl_ftp_page_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->files), GTK_EVENT_CONTROLLER (target));
}
