/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of an FTP page, and when each of them can be done. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-saved.h"
#include "tl-ftp-search-window.h"
#include "tl-ftp-text.h"
#include "tl-page-keys.h"

#include <glib/gi18n-lib.h>

static void
connect_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  TlFtpPage *self = TL_FTP_PAGE (widget);
  g_autofree char *password = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (TlFtpSite) site = tl_ftp_location_bar_dup_site (self->location, &password, &file);

  if (!site)
    return;
  tl_ftp_page_connect (self, site, password);
  g_clear_pointer (&self->wanted_file, g_bytes_unref);
  self->wanted_file = g_steal_pointer (&file);
}

static void
browser_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  static const struct {
    const char *name;
    void (*act) (TlFtpBrowser *browser);
  } acts[] = {
    { "ftp.retry", tl_ftp_browser_retry },
    { "ftp.stop", tl_ftp_browser_stop },
    { "ftp.back", tl_ftp_browser_back },
    { "ftp.forward", tl_ftp_browser_forward },
    { "ftp.up", tl_ftp_browser_up },
    { "ftp.reload", tl_ftp_browser_reload },
  };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name))
      acts[i].act (TL_FTP_PAGE (widget)->browser);
}

/* What is being deleted would open the connection again. */
static void
disconnect_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TlFtpPage *self = TL_FTP_PAGE (widget);

  tl_ftp_page_stop_removals (self);
  tl_ftp_browser_disconnect (self->browser);
}

static void
address_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (TL_FTP_PAGE (widget)->location));
}

static void
log_in_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  TlFtpPage *self = TL_FTP_PAGE (widget);

  disconnect_cb (widget, name, parameter);
  tl_ftp_location_bar_focus_account (self->location);
}

/* Without a folder the address is what there is to be typed. */
static void
edit_path_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  TlFtpPage *self = TL_FTP_PAGE (widget);

  if (tl_ftp_browser_get_path (self->browser))
    tl_ftp_path_bar_edit (self->path_bar);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->location));
}

static void
filter_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  TlFtpPage *self = TL_FTP_PAGE (widget);
  gboolean filtering;

  g_object_get (self->files, "filtering", &filtering, NULL);
  g_object_set (self->files, "filtering", !filtering, NULL);
}

static void
search_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  tl_ftp_search_window_show (TL_FTP_PAGE (widget));
}

static void
focus_files_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (TL_FTP_PAGE (widget)->files));
}

static void
look_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  g_object_set (widget, "grid", g_str_equal (name, "ftp.as-grid"), NULL);
}

static void
select_all_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  gtk_selection_model_select_all (tl_ftp_file_view_get_selection (TL_FTP_PAGE (widget)->files));
}

/* (transfer full) (nullable): the only one that is selected. */
static TlFtpEntry *
dup_single (TlFtpPage *self)
{
  GtkSelectionModel *selection = tl_ftp_file_view_get_selection (self->files);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);

  if (gtk_bitset_get_size (selected) != 1)
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (selection), gtk_bitset_get_minimum (selected));
}

static void
open_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  TlFtpPage *self = TL_FTP_PAGE (widget);
  g_autoptr (TlFtpEntry) entry = dup_single (self);

  if (entry)
    tl_ftp_page_activate_entry (self, entry);
}

static void
download_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  const char *path = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);
  g_autoptr (GFile) folder = g_file_new_for_path (path ? path : g_get_home_dir ());

  tl_ftp_page_download (TL_FTP_PAGE (widget), folder);
}

static void
folder_chosen_cb (GtkFileChooserNative *chooser,
                  int                   response,
                  TlFtpPage            *self)
{
  g_autoptr (GFile) folder = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  if (folder)
    tl_ftp_page_download (self, folder);
  g_object_unref (chooser);
}

static void
files_chosen_cb (GtkFileChooserNative *chooser,
                 int                   response,
                 TlFtpPage            *self)
{
  g_autoptr (GListModel) files = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser)) : NULL;

  if (files)
    tl_ftp_page_upload (self, files);
  g_object_unref (chooser);
}

static void
choose (TlFtpPage            *self,
        const char           *title,
        const char           *accept,
        GtkFileChooserAction  action,
        gboolean              multiple,
        GCallback             callback)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (root), action, accept, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), multiple);
  g_signal_connect_object (chooser, "response", callback, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
download_to_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  choose (TL_FTP_PAGE (widget), _("Download To"), _("_Download Here"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, FALSE,
          G_CALLBACK (folder_chosen_cb));
}

static void
upload_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  gboolean folder = g_str_equal (name, "ftp.upload-folder");

  choose (TL_FTP_PAGE (widget), folder ? _("Upload a Folder") : _("Upload Files"), _("_Upload"),
          folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN, TRUE, G_CALLBACK (files_chosen_cb));
}

/* HOST, DIR and FILE of each that is selected, or of the folder; one a line. */
static void
copy_url_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlFtpPage *self = TL_FTP_PAGE (widget);
  g_autoptr (GPtrArray) entries = tl_ftp_file_view_dup_selected (self->files);
  g_autoptr (TlFtpUri) uri = tl_ftp_site_to_uri (tl_ftp_client_get_site (tl_ftp_browser_get_client (self->browser)));
  g_autoptr (GString) text = g_string_new (NULL);

  g_bytes_unref (uri->dir);
  uri->dir = g_bytes_ref (tl_ftp_browser_get_path (self->browser));
  for (guint i = 0; i < MAX (entries->len, 1); i++)
    {
      g_autofree char *line = NULL;

      if (entries->len > 0)
        {
          g_bytes_unref (uri->file);
          uri->file = g_bytes_ref (tl_ftp_entry_get_raw_name (g_ptr_array_index (entries, i)));
        }
      line = tl_ftp_uri_to_string (uri, FALSE);
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
  tl_ftp_page_toast (self, _("The address was copied"));
}

static void
copy_path_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  TlFtpPage *self = TL_FTP_PAGE (widget);
  g_autoptr (GPtrArray) entries = tl_ftp_file_view_dup_selected (self->files);
  g_autoptr (GString) text = g_string_new (NULL);
  TlCharset guess;

  g_object_get (tl_ftp_browser_get_directory (self->browser), "guess", &guess, NULL);
  for (guint i = 0; i < MAX (entries->len, 1); i++)
    {
      g_autoptr (GBytes) path = entries->len > 0 ? tl_ftp_page_dup_path_of (self, g_ptr_array_index (entries, i))
                                                 : g_bytes_ref (tl_ftp_browser_get_path (self->browser));
      g_autofree char *line = tl_ftp_text_path (path, tl_ftp_browser_get_charset (self->browser), guess);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
  tl_ftp_page_toast (self, _("The path was copied"));
}

static void
change_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  static const struct {
    const char *name;
    void (*act) (TlFtpPage *page);
  } acts[] = {
    { "ftp.add-site", tl_ftp_page_add_site },
    { "ftp.new-site", tl_ftp_page_new_site },
    { "ftp.import-sites", tl_ftp_page_import_sites },
    { "ftp.new-folder", tl_ftp_page_new_folder },
    { "ftp.edit", tl_ftp_page_edit },
    { "ftp.rename", tl_ftp_page_rename },
    { "ftp.delete", tl_ftp_page_delete },
    { "ftp.permissions", tl_ftp_page_permissions },
    { "ftp.properties", tl_ftp_page_properties },
  };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name))
      acts[i].act (TL_FTP_PAGE (widget));
}

static void
menu_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  tl_ftp_file_view_popup_menu (TL_FTP_PAGE (widget)->files);
}

static void
toast_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  tl_ftp_page_toast (TL_FTP_PAGE (widget), g_variant_get_string (parameter, NULL));
}

/* What a verb needs. */
typedef enum {
  ALWAYS = 0,
  FOLDER = 1 << 0,       /* a folder is shown */
  SOME = 1 << 1,         /* at least one is selected */
  ONE = 1 << 2,
  VALID = 1 << 3,        /* the fields */
  BACK = 1 << 4,
  FORWARD = 1 << 5,
  UP = 1 << 6,
  SAFE = 1 << 7,         /* names that can be sent */
  FILES = 1 << 8,        /* what may be a file */
} Needs;

static const struct {
  const char                  *name;
  GtkWidgetActionActivateFunc  activate;
  Needs                        needs;
} verbs[] = {
  { "ftp.connect", connect_cb, VALID },
  { "ftp.disconnect", disconnect_cb, ALWAYS },
  { "ftp.retry", browser_cb, ALWAYS },
  { "ftp.stop", browser_cb, ALWAYS },
  { "ftp.back", browser_cb, BACK },
  { "ftp.forward", browser_cb, FORWARD },
  { "ftp.up", browser_cb, UP },
  { "ftp.reload", browser_cb, FOLDER },
  { "ftp.address", address_cb, ALWAYS },
  { "ftp.log-in", log_in_cb, ALWAYS },
  { "ftp.edit-path", edit_path_cb, ALWAYS },
  { "ftp.filter", filter_cb, FOLDER },
  { "ftp.search", search_cb, FOLDER },
  { "ftp.focus-files", focus_files_cb, ALWAYS },
  { "ftp.as-list", look_cb, ALWAYS },
  { "ftp.as-grid", look_cb, ALWAYS },
  { "ftp.select-all", select_all_cb, FOLDER },
  { "ftp.open", open_cb, FOLDER | ONE | SAFE },
  { "ftp.edit", change_cb, FOLDER | ONE | SAFE | FILES },
  { "ftp.download", download_cb, FOLDER | SOME | SAFE },
  { "ftp.download-to", download_to_cb, FOLDER | SOME | SAFE },
  { "ftp.upload-files", upload_cb, FOLDER },
  { "ftp.upload-folder", upload_cb, FOLDER },
  { "ftp.add-site", change_cb, VALID },
  { "ftp.new-site", change_cb, ALWAYS },
  { "ftp.import-sites", change_cb, ALWAYS },
  { "ftp.new-folder", change_cb, FOLDER },
  { "ftp.rename", change_cb, FOLDER | ONE | SAFE },
  { "ftp.delete", change_cb, FOLDER | SOME | SAFE },
  { "ftp.permissions", change_cb, FOLDER | SOME | SAFE },
  { "ftp.properties", change_cb, FOLDER | ONE },
  { "ftp.copy-url", copy_url_cb, FOLDER },
  { "ftp.copy-path", copy_path_cb, FOLDER },
  { "ftp.menu", menu_cb, FOLDER },
};

static Needs
what_is_there (TlFtpPage *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (tl_ftp_file_view_get_selection (self->files));
  guint64 n_selected = gtk_bitset_get_size (selected);
  gboolean back, forward, up, valid;
  g_autoptr (TlFtpEntry) single = dup_single (self);
  Needs there = ALWAYS;

  g_object_get (self->browser, "can-go-back", &back, "can-go-forward", &forward, "can-go-up", &up, NULL);
  g_object_get (self->location, "valid", &valid, NULL);
  there |= tl_ftp_browser_get_path (self->browser) ? FOLDER : 0;
  there |= n_selected > 0 ? SOME : 0;
  there |= n_selected == 1 ? ONE : 0;
  there |= !single || !tl_ftp_entry_is_unsafe (single) ? SAFE : 0;
  there |= single && tl_ftp_entry_get_kind (single) != TL_FTP_ENTRY_DIRECTORY && tl_ftp_entry_get_kind (single) != TL_FTP_ENTRY_OTHER ? FILES : 0;
  there |= valid ? VALID : 0;
  there |= back ? BACK : 0;
  there |= forward ? FORWARD : 0;
  there |= up ? UP : 0;

  return there;
}

void
tl_ftp_page_update_actions (TlFtpPage *self)
{
  Needs there = what_is_there (self);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), verbs[i].name, (verbs[i].needs & ~there) == 0);
}

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   user_data)
{
  return tl_tab_content_press (TL_TAB_CONTENT (widget), args);
}

void
tl_ftp_page_install_actions (GtkWidgetClass *widget_class)
{
  static const char *const properties[] = { "grid", "show-hidden", "show-sites", "show-local", "show-transcript", "show-transfers" };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_class_install_action (widget_class, verbs[i].name, NULL, verbs[i].activate);
  gtk_widget_class_install_action (widget_class, "ftp.toast", "s", toast_cb);
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      g_autofree char *name = g_strconcat ("ftp.", properties[i], NULL);

      gtk_widget_class_install_property_action (widget_class, name, properties[i]);
    }
  tl_page_keys_add (widget_class, key_cb);
}

/* A GtkPaned takes F8 for its handle, before the key comes to the page. */
void
tl_ftp_page_add_early_keys (TlFtpPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F8, 0),
                                                          gtk_named_action_new ("ftp.show-transcript")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
