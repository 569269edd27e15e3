/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beside the files of an FTP page: the files of this computer; and permissions and properties. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-permissions-dialog.h"
#include "tl-ftp-properties.h"
#include "tl-ftp-text.h"
#include "tl-local-pane.h"

#include <glib/gi18n-lib.h>

/* Permissions that are being changed, one file after the other. */
typedef struct {
  TlFtpPage   *page;
  TlFtpClient *client;
  GPtrArray   *paths;      /* of GBytes */
  GPtrArray   *entries;
  guint        mode;
  guint        next;
} Change;

static void
change_clear (gpointer data)
{
  Change *change = data;

  g_object_unref (change->page);
  g_object_unref (change->client);
  g_ptr_array_unref (change->paths);
  g_ptr_array_unref (change->entries);
}

static void
change_unref (gpointer data)
{
  g_rc_box_release_full (data, change_clear);
}

static void change_next (Change *change);

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Change *change = data;
  g_autoptr (GError) error = NULL;

  if (tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &error))
    change->next++;
  else
    {
      g_autofree char *text = g_strdup_printf (_("The permissions of “%s” stay as they are. %s"),
                                               tl_ftp_entry_get_name (g_ptr_array_index (change->entries, change->next)), error->message);

      tl_ftp_page_toast (change->page, text);
      change->next = change->paths->len;
    }
  change_next (change);
}

static void
change_next (Change *change)
{
  if (change->next < change->paths->len)
    tl_ftp_client_chmod_async (change->client, g_ptr_array_index (change->paths, change->next), change->mode, NULL, changed_cb, change);
  else
    {
      if (change->client == tl_ftp_browser_get_client (change->page->browser))
        tl_ftp_page_reload (change->page);
      change_unref (change);
    }
}

static void
mode_chosen_cb (int      mode,
                gpointer data)
{
  Change *change = data;

  if (mode < 0)
    return;
  change->mode = (guint) mode;
  change_next (g_rc_box_acquire (change));
}

void
tl_ftp_page_ask_permissions (TlFtpPage   *self,
                             GtkWidget   *parent,
                             TlFtpClient *client,
                             GPtrArray   *paths,
                             GPtrArray   *entries)
{
  Change *change;
  int mode;

  if (paths->len == 0)
    return;
  mode = tl_ftp_entry_get_mode (g_ptr_array_index (entries, 0));
  for (guint i = 1; i < entries->len; i++)
    if (tl_ftp_entry_get_mode (g_ptr_array_index (entries, i)) != mode)
      mode = -1;
  change = g_rc_box_new0 (Change);
  change->page = g_object_ref (self);
  change->client = g_object_ref (client);
  change->paths = g_ptr_array_ref (paths);
  change->entries = g_ptr_array_ref (entries);
  tl_ftp_permissions_dialog_ask (parent, tl_ftp_entry_get_name (g_ptr_array_index (entries, 0)), paths->len, mode, mode_chosen_cb, change, change_unref);
}

void
tl_ftp_page_permissions (TlFtpPage *self)
{
  g_autoptr (GPtrArray) selected = tl_ftp_file_view_dup_selected (self->files);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < selected->len; i++)
    {
      TlFtpEntry *entry = g_ptr_array_index (selected, i);

      if (tl_ftp_entry_is_unsafe (entry))
        continue;
      g_ptr_array_add (paths, tl_ftp_page_dup_path_of (self, entry));
      g_ptr_array_add (entries, g_object_ref (entry));
    }
  tl_ftp_page_ask_permissions (self, GTK_WIDGET (self), tl_ftp_browser_get_client (self->browser), paths, entries);
}

void
tl_ftp_page_properties (TlFtpPage *self)
{
  g_autoptr (GPtrArray) selected = tl_ftp_file_view_dup_first_selected (self->files, 2);
  GBytes *path = tl_ftp_browser_get_path (self->browser);
  g_autofree char *dir_name = NULL;
  TlCharset guess;

  if (selected->len != 1)
    return;
  g_object_get (tl_ftp_browser_get_directory (self->browser), "guess", &guess, NULL);
  dir_name = tl_ftp_text_path (path, tl_ftp_browser_get_charset (self->browser), guess);
  tl_ftp_properties_show (GTK_WIDGET (self), tl_ftp_client_get_site (tl_ftp_browser_get_client (self->browser)), path, dir_name,
                          g_ptr_array_index (selected, 0));
}

static void
upload_cb (TlFtpPage *self,
           GPtrArray *files)
{
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);

  for (guint i = 0; i < files->len; i++)
    g_list_store_append (list, g_ptr_array_index (files, i));
  tl_ftp_page_upload (self, G_LIST_MODEL (list));
}

static void
download_cb (TlFtpPage *self,
             TlFtpDrag *drag,
             GFile     *folder)
{
  tl_transfer_queue_begin_adding (self->queue);
  for (guint i = 0; i < drag->entries->len; i++)
    tl_ftp_page_download_to (self, drag->client, drag->dir, g_ptr_array_index (drag->entries, i), folder);
  tl_transfer_queue_end_adding (self->queue);
  g_object_set (self, "lower", "transfers", NULL);
}

static void
place_cb (TlFtpPage *self)
{
  GtkWidget *pane = adw_bin_get_child (self->local_bin);

  g_object_set (pane, "can-upload", tl_ftp_browser_get_path (self->browser) != NULL, NULL);
}

/* Made when it is seen first: it reads a folder. */
static void
local_shown_cb (TlFtpPage *self)
{
  const char *downloads = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);
  g_autoptr (GFile) folder = NULL;
  GtkWidget *pane;

  if (!gtk_widget_get_visible (GTK_WIDGET (self->local_bin)) || adw_bin_get_child (self->local_bin))
    return;
  folder = g_file_new_for_path (downloads ? downloads : g_get_home_dir ());
  pane = tl_local_pane_new (folder);
  g_signal_connect_object (pane, "upload", G_CALLBACK (upload_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "download", G_CALLBACK (download_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->local_bin, pane);
  place_cb (self);
  g_signal_connect_object (self->browser, "notify::path", G_CALLBACK (place_cb), self, G_CONNECT_SWAPPED);
}

/* For the icons, which have no columns to click on; the table follows. */
static void
add_sort_actions (TlFtpPage *self)
{
  TlFtpDirectory *directory = tl_ftp_browser_get_directory (self->browser);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GPropertyAction) by = g_property_action_new ("by", directory, "sort");
  g_autoptr (GPropertyAction) descending = g_property_action_new ("descending", directory, "descending");

  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (by));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (descending));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "sort", G_ACTION_GROUP (group));
}

void
tl_ftp_page_init_parts (TlFtpPage *self)
{
  add_sort_actions (self);
  g_signal_connect_object (self->local_bin, "notify::visible", G_CALLBACK (local_shown_cb), self, G_CONNECT_SWAPPED);
  local_shown_cb (self);
}
