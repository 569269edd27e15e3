/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One remote file in all its parts, each of which can be copied. */

#include "tl-ftp-properties.h"

#include "tl-ftp-text.h"
#include "tl-hex.h"

#include <glib/gi18n-lib.h>

static void
copy_cb (GtkButton  *button,
         const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
}

static void
free_text (gpointer  data,
           GClosure *closure)
{
  g_free (data);
}

/* Values come from the server: no markup, no mnemonics. */
static void
add_row (AdwPreferencesGroup *group,
         const char          *title,
         const char          *value)
{
  g_autofree char *tip = NULL;
  GtkWidget *row, *label, *copy;

  if (!value || !*value)
    return;

  row = adw_action_row_new ();
  label = gtk_label_new (value);
  copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* Translators: of a button; what is copied */
  tip = g_strdup_printf (_("Copy: %s"), title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_widget_set_valign (copy, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_set_tooltip_text (copy, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  g_signal_connect_data (copy, "clicked", G_CALLBACK (copy_cb), g_strdup (value), free_text, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), copy);
  adw_preferences_group_add (group, row);
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page,
           const char         *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));

  return ADW_PREFERENCES_GROUP (group);
}

static char *
exact_size (gint64 size)
{
  g_autofree char *rounded = size < 0 ? NULL : g_format_size (size);
  g_autofree char *bytes = NULL;

  /* Below a thousand it is exact already. */
  if (size < 1000)
    return g_steal_pointer (&rounded);
  bytes = g_strdup_printf ("%'" G_GINT64_FORMAT, size);
  /* Translators: a rounded size and the exact number: “3.4 MB (3,412,345 bytes)” */
  return g_strdup_printf (ngettext ("%s (%s byte)", "%s (%s bytes)", (gulong) size), rounded, bytes);
}

static char *
exact_time (TlFtpEntry *entry)
{
  TlFtpTimePrecision precision = tl_ftp_entry_get_precision (entry);
  g_autofree char *time = tl_ftp_text_time (tl_ftp_entry_get_time (entry), precision);
  const char *note = tl_ftp_text_precision (precision);

  return note && *time ? g_strdup_printf ("%s\n%s", time, note) : g_steal_pointer (&time);
}

static const char *
kind_word (TlFtpEntryKind kind)
{
  switch (kind)
    {
    case TL_FTP_ENTRY_FILE:
      return _("File");
    case TL_FTP_ENTRY_DIRECTORY:
      return _("Folder");
    case TL_FTP_ENTRY_LINK:
      return _("Link");
    case TL_FTP_ENTRY_OTHER:
    default:
      return _("Device, pipe or socket");
    }
}

char *
tl_ftp_properties_dup_url (TlFtpSite  *site,
                           GBytes     *dir,
                           TlFtpEntry *entry)
{
  g_autoptr (TlFtpUri) uri = tl_ftp_site_to_uri (site);
  gboolean is_folder = tl_ftp_entry_get_kind (entry) == TL_FTP_ENTRY_DIRECTORY;
  GBytes *name = tl_ftp_entry_get_raw_name (entry);

  g_clear_pointer (&uri->dir, g_bytes_unref);
  g_clear_pointer (&uri->file, g_bytes_unref);
  uri->dir = is_folder ? tl_ftp_path_join (dir, name) : g_bytes_ref (dir);
  uri->file = is_folder ? g_bytes_new (NULL, 0) : g_bytes_ref (name);

  return tl_ftp_uri_to_string (uri, FALSE);
}

static void
add_place (AdwPreferencesPage *page,
           TlFtpSite          *site,
           GBytes             *dir,
           const char         *dir_name,
           TlFtpEntry         *entry)
{
  AdwPreferencesGroup *group = add_group (page, _("Place"));
  GBytes *name = tl_ftp_entry_get_raw_name (entry);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (name, &length);
  g_autofree char *address = tl_ftp_site_dup_address (site);
  g_autofree char *url = tl_ftp_entry_is_unsafe (entry) ? NULL : tl_ftp_properties_dup_url (site, dir, entry);
  g_autofree char *hex = tl_hex_format (bytes, MIN (length, 256), " ");

  /* Translators: HOST, DIR and FILE are what the three parts of a remote file are called; they stay as they are. */
  add_row (group, _("Host (HOST)"), address);
  add_row (group, _("Folder (DIR)"), dir_name);
  add_row (group, _("File (FILE)"), tl_ftp_entry_get_name (entry));
  add_row (group, _("URL"), url);
  add_row (group, _("Bytes of the name"), hex);
}

static void
add_facts (AdwPreferencesPage *page,
           TlFtpEntry         *entry)
{
  AdwPreferencesGroup *group = add_group (page, _("As the Server Lists It"));
  g_autofree char *size = exact_size (tl_ftp_entry_get_size (entry));
  g_autofree char *time = exact_time (entry);
  g_autofree char *permissions = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *group_name = NULL;
  g_autofree char *target = NULL;

  g_object_get (entry, "permissions", &permissions, "owner", &owner, "group", &group_name, "target", &target, NULL);
  add_row (group, _("Kind"), kind_word (tl_ftp_entry_get_kind (entry)));
  add_row (group, _("Link to"), target);
  add_row (group, _("Size"), size);
  add_row (group, _("Modified"), time);
  add_row (group, _("Permissions"), permissions);
  add_row (group, _("Owner"), owner);
  add_row (group, _("Group"), group_name);
}

void
tl_ftp_properties_show (GtkWidget  *parent,
                        TlFtpSite  *site,
                        GBytes     *dir,
                        const char *dir_name,
                        TlFtpEntry *entry)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  GtkWidget *window = g_object_new (ADW_TYPE_PREFERENCES_WINDOW,
                                    "title", _("Properties"),
                                    "search-enabled", FALSE,
                                    "modal", TRUE,
                                    "default-width", 560,
                                    "default-height", 620,
                                    "transient-for", GTK_IS_WINDOW (root) ? root : NULL,
                                    NULL);

  add_place (page, site, dir, dir_name, entry);
  add_facts (page, entry);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
}
