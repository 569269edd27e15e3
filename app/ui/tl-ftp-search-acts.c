/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with what was found. */

#include "tl-ftp-search-window-private.h"

#include "tl-ftp-delete-dialog.h"
#include "tl-ftp-file-view-private.h"
#include "tl-ftp-name-dialog.h"
#include "tl-ftp-properties.h"
#include "tl-ftp-removal-row.h"
#include "tl-ftp-text.h"

#include <glib/gi18n-lib.h>

/* More than these are not worked on in one turn of the main loop. */
#define MAX_AT_ONCE 10000
/* Of a page: what is to be selected when its folder is there. */
#define SHOWN_KEY "tl-shown-hit"

/* What is asked about: as it was selected when it was asked. */
typedef struct {
  TlFtpSearchWindow *window;
  TlFtpSearch       *search;
  GPtrArray         *hits;      /* TlFtpHit */
  TlFtpRemoval      *removal;
} Act;

static void
act_clear (gpointer data)
{
  Act *act = data;

  g_object_unref (act->window);
  g_object_unref (act->search);
  g_ptr_array_unref (act->hits);
  g_clear_object (&act->removal);
}

static void
act_unref (gpointer data)
{
  g_rc_box_release_full (data, act_clear);
}

static Act *
act_new (TlFtpSearchWindow *self,
         GPtrArray         *hits)
{
  Act *act = g_rc_box_new0 (Act);

  act->window = g_object_ref (self);
  act->search = g_object_ref (self->search);
  act->hits = g_ptr_array_ref (hits);
  return act;
}

/* (transfer full): those whose names can be sent; none, and a sentence, when there are too many. */
static GPtrArray *
dup_selected (TlFtpSearchWindow *self)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  GtkBitsetIter iter;
  guint position;

  tl_ftp_search_window_set_problem (self, NULL);
  if (gtk_bitset_get_size (selected) > MAX_AT_ONCE)
    {
      g_autofree char *text = g_strdup_printf (_("This is done with at most %u at once: select fewer."), MAX_AT_ONCE);

      tl_ftp_search_window_set_problem (self, text);
      return hits;
    }
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (TlFtpHit) hit = g_list_model_get_item (G_LIST_MODEL (self->search), position);

      if (!tl_ftp_entry_is_unsafe (tl_ftp_hit_get_entry (hit)))
        g_ptr_array_add (hits, g_steal_pointer (&hit));
    }
  return hits;
}

/* In the folder that was gone to it is selected, once. */
static void
loaded_cb (TlFtpPage    *page,
           TlFtpBrowser *browser)
{
  g_autoptr (TlFtpHit) hit = g_object_steal_data (G_OBJECT (page), SHOWN_KEY);

  g_signal_handlers_disconnect_by_func (browser, loaded_cb, page);
  if (hit && page->files && g_bytes_equal (tl_ftp_browser_get_path (browser), tl_ftp_hit_get_folder (hit)))
    {
      tl_ftp_file_view_select (page->files, tl_ftp_entry_get_raw_name (tl_ftp_hit_get_entry (hit)));
      tl_ftp_file_view_select_wanted (page->files);
    }
}

static void
show_in_folder (TlFtpSearchWindow *self,
                GPtrArray         *hits)
{
  TlFtpHit *hit = g_ptr_array_index (hits, 0);
  TlFtpBrowser *browser = self->page->browser;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));

  if (tl_ftp_browser_get_client (browser) != self->client)
    {
      tl_ftp_search_window_set_problem (self, _("The page is connected to another server by now."));
      return;
    }
  g_signal_handlers_disconnect_by_func (browser, loaded_cb, self->page);
  g_object_set_data_full (G_OBJECT (self->page), SHOWN_KEY, g_object_ref (hit), g_object_unref);
  g_signal_connect_object (browser, "loaded", G_CALLBACK (loaded_cb), self->page, G_CONNECT_SWAPPED);
  tl_ftp_browser_go (browser, tl_ftp_hit_get_folder (hit));
  if (GTK_IS_WINDOW (root))
    gtk_window_present (GTK_WINDOW (root));
}

static void
edit (TlFtpSearchWindow *self,
      GPtrArray         *hits)
{
  TlFtpHit *hit = g_ptr_array_index (hits, 0);

  if (tl_ftp_entry_get_kind (tl_ftp_hit_get_entry (hit)) == TL_FTP_ENTRY_DIRECTORY)
    return;
  tl_ftp_page_edit_entry (self->page, self->client, tl_ftp_hit_get_folder (hit), tl_ftp_hit_get_entry (hit));
}

static void
download (TlFtpSearchWindow *self,
          GPtrArray         *hits)
{
  const char *path = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);
  g_autoptr (GFile) folder = g_file_new_for_path (path ? path : g_get_home_dir ());
  g_autofree char *text = NULL;

  tl_transfer_queue_begin_adding (self->page->queue);
  for (guint i = 0; i < hits->len; i++)
    {
      TlFtpHit *hit = g_ptr_array_index (hits, i);

      tl_ftp_page_download_to (self->page, self->client, tl_ftp_hit_get_folder (hit), tl_ftp_hit_get_entry (hit), folder);
    }
  tl_transfer_queue_end_adding (self->page->queue);
  g_object_set (self->page, "lower", "transfers", NULL);
  text = g_strdup_printf (ngettext ("%u is being downloaded; see the transfers of the page.", "%u are being downloaded; see the transfers of the page.", hits->len),
                          hits->len);
  gtk_label_set_label (self->status, text);
}

static void
renamed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Act *act = data;
  TlFtpSearchWindow *self = act->window;
  g_autoptr (GError) error = NULL;

  /* Under the old name it is there no more. */
  if (tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &error))
    tl_ftp_search_drop (act->search, act->hits);
  if (self->search == act->search)
    {
      if (error)
        tl_ftp_search_window_set_problem (self, error->message);
      else
        gtk_label_set_label (self->status, _("It was renamed; search once more to find it under its new name."));
    }
  act_unref (act);
}

static void
named_cb (GBytes   *name,
          gpointer  data)
{
  Act *act = data;
  TlFtpHit *hit = g_ptr_array_index (act->hits, 0);
  g_autoptr (GBytes) from = tl_ftp_hit_dup_path (hit);
  g_autoptr (GBytes) to = name ? tl_ftp_path_join (tl_ftp_hit_get_folder (hit), name) : NULL;

  if (to && act->window->client)
    tl_ftp_client_rename_async (act->window->client, from, to, NULL, renamed_cb, g_rc_box_acquire (act));
}

static void
rename_hit (TlFtpSearchWindow *self,
            GPtrArray         *hits)
{
  TlFtpHit *hit = g_ptr_array_index (hits, 0);

  tl_ftp_name_dialog_ask (GTK_WIDGET (self), _("Rename"), _("_Rename"), tl_ftp_entry_get_raw_name (tl_ftp_hit_get_entry (hit)),
                          tl_ftp_browser_get_charset (self->page->browser), tl_ftp_hit_get_guess (hit), named_cb, act_new (self, hits), act_unref);
}

static void
removed_cb (TlFtpRemovalRow *row,
            const char      *sentence,
            Act             *act)
{
  /* Else some of them are still there; which, the row tells. */
  if (!tl_ftp_removal_row_has_problem (row) && tl_ftp_removal_get_n_removed (act->removal) >= act->hits->len)
    tl_ftp_search_drop (act->search, act->hits);
  if (act->window->search == act->search)
    gtk_label_set_label (act->window->status, sentence);
}

static void
release_act (gpointer  data,
             GClosure *closure)
{
  act_unref (data);
}

static void
delete_cb (gboolean confirmed,
           gpointer data)
{
  Act *act = data;
  GtkWidget *row;

  if (!confirmed || !act->window->page)
    return;
  row = tl_ftp_page_start_removal (act->window->page, act->removal);
  if (row)
    g_signal_connect_data (row, "ended", G_CALLBACK (removed_cb), g_rc_box_acquire (act), release_act, 0);
}

/* What is in a folder that is deleted goes with it. */
static gboolean
is_inside (GHashTable *folders,
           TlFtpHit   *hit)
{
  g_autoptr (GBytes) path = g_bytes_ref (tl_ftp_hit_get_folder (hit));

  while (g_bytes_get_size (path) > 1)
    {
      GBytes *parent;

      if (g_hash_table_contains (folders, path))
        return TRUE;
      parent = tl_ftp_path_parent (path);
      g_bytes_unref (path);
      path = parent;
    }
  return FALSE;
}

static void
delete_hits (TlFtpSearchWindow *self,
             GPtrArray         *hits)
{
  g_autoptr (GHashTable) folders = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GArray) are_folders = g_array_new (FALSE, FALSE, sizeof (gboolean));
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  Act *act = act_new (self, hits);
  guint n_folders = 0;

  for (guint i = 0; i < hits->len; i++)
    if (tl_ftp_entry_get_kind (tl_ftp_hit_get_entry (g_ptr_array_index (hits, i))) == TL_FTP_ENTRY_DIRECTORY)
      g_hash_table_add (folders, tl_ftp_hit_dup_path (g_ptr_array_index (hits, i)));
  for (guint i = 0; i < hits->len; i++)
    {
      TlFtpHit *hit = g_ptr_array_index (hits, i);
      gboolean is_folder = tl_ftp_entry_get_kind (tl_ftp_hit_get_entry (hit)) == TL_FTP_ENTRY_DIRECTORY;

      if (is_inside (folders, hit))
        continue;
      g_ptr_array_add (paths, tl_ftp_hit_dup_path (hit));
      g_array_append_val (are_folders, is_folder);
      n_folders += is_folder;
      if (entries->len < TL_FTP_DELETE_MAX_NAMES)
        g_ptr_array_add (entries, tl_ftp_hit_get_entry (hit));
    }
  act->removal = tl_ftp_removal_new_for_paths (self->client, paths, are_folders);
  tl_ftp_delete_dialog_ask (GTK_WIDGET (self), tl_ftp_site_get_host (tl_ftp_client_get_site (self->client)), entries, paths->len - n_folders, n_folders,
                            delete_cb, act, act_unref);
}

static void
permissions (TlFtpSearchWindow *self,
             GPtrArray         *hits)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < hits->len; i++)
    {
      g_ptr_array_add (paths, tl_ftp_hit_dup_path (g_ptr_array_index (hits, i)));
      g_ptr_array_add (entries, g_object_ref (tl_ftp_hit_get_entry (g_ptr_array_index (hits, i))));
    }
  tl_ftp_page_ask_permissions (self->page, GTK_WIDGET (self), self->client, paths, entries);
}

static void
properties (TlFtpSearchWindow *self,
            GPtrArray         *hits)
{
  TlFtpHit *hit = g_ptr_array_index (hits, 0);
  g_autofree char *folder = tl_ftp_text_path (tl_ftp_hit_get_folder (hit), tl_ftp_browser_get_charset (self->page->browser), tl_ftp_hit_get_guess (hit));

  tl_ftp_properties_show (GTK_WIDGET (self), tl_ftp_client_get_site (self->client), tl_ftp_hit_get_folder (hit), folder, tl_ftp_hit_get_entry (hit));
}

static void
copy (TlFtpSearchWindow *self,
      GPtrArray         *hits,
      gboolean           url)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      TlFtpHit *hit = g_ptr_array_index (hits, i);
      g_autoptr (GBytes) path = tl_ftp_hit_dup_path (hit);
      g_autofree char *line = url ? tl_ftp_properties_dup_url (tl_ftp_client_get_site (self->client), tl_ftp_hit_get_folder (hit), tl_ftp_hit_get_entry (hit))
                                  : tl_ftp_text_path (path, tl_ftp_browser_get_charset (self->page->browser), tl_ftp_hit_get_guess (hit));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text->str);
  gtk_label_set_label (self->status, url ? _("The address was copied") : _("The path was copied"));
}

static void
copy_url (TlFtpSearchWindow *self,
          GPtrArray         *hits)
{
  copy (self, hits, TRUE);
}

static void
copy_path (TlFtpSearchWindow *self,
           GPtrArray         *hits)
{
  copy (self, hits, FALSE);
}

static const struct {
  const char     *name;
  void          (*act) (TlFtpSearchWindow *self, GPtrArray *hits);
  gboolean        one;
  guint           key;
  GdkModifierType modifiers;
} verbs[] = {
  { "search.show-in-folder", show_in_folder, TRUE, 0, 0 },
  { "search.edit", edit, TRUE, GDK_KEY_F4, 0 },
  { "search.download", download, FALSE, GDK_KEY_d, GDK_CONTROL_MASK },
  { "search.rename", rename_hit, TRUE, GDK_KEY_F2, 0 },
  { "search.delete", delete_hits, FALSE, GDK_KEY_Delete, 0 },
  { "search.permissions", permissions, FALSE, 0, 0 },
  { "search.properties", properties, TRUE, GDK_KEY_Return, GDK_ALT_MASK },
  { "search.copy-url", copy_url, FALSE, 0, 0 },
  { "search.copy-path", copy_path, FALSE, 0, 0 },
};

static void
verb_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  TlFtpSearchWindow *self = TL_FTP_SEARCH_WINDOW (widget);
  g_autoptr (GPtrArray) hits = NULL;

  if (!self->search || !self->selection)
    return;
  hits = dup_selected (self);
  for (guint i = 0; hits->len > 0 && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, name))
      verbs[i].act (self, hits);
}

static void
select_all_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TlFtpSearchWindow *self = TL_FTP_SEARCH_WINDOW (widget);

  if (self->selection)
    gtk_selection_model_select_all (self->selection);
}

void
tl_ftp_search_window_update_actions (TlFtpSearchWindow *self)
{
  g_autoptr (GtkBitset) selected = self->selection ? gtk_selection_model_get_selection (self->selection) : gtk_bitset_new_empty ();
  guint64 n = gtk_bitset_get_size (selected);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), verbs[i].name, verbs[i].one ? n == 1 : n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.select-all", self->selection != NULL);
}

void
tl_ftp_search_window_install_acts (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      gtk_widget_class_install_action (widget_class, verbs[i].name, NULL, verb_cb);
      if (verbs[i].key)
        gtk_widget_class_add_binding_action (widget_class, verbs[i].key, verbs[i].modifiers, verbs[i].name, NULL);
    }
  gtk_widget_class_install_action (widget_class, "search.select-all", NULL, select_all_cb);
}
