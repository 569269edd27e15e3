/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown of the files of this machine. */

#include "tl-local-columns.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
tl_local_info_is_folder (GFileInfo *info)
{
  return g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY;
}

static int
compare_folders (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  return tl_local_info_is_folder ((GFileInfo *) b) - tl_local_info_is_folder ((GFileInfo *) a);
}

/* Made once a name: sorting asks for it again and again. */
static const char *
name_key (GFileInfo *info)
{
  char *key = g_object_get_data (G_OBJECT (info), "tl-key");

  if (!key)
    {
      key = g_utf8_collate_key_for_filename (g_file_info_get_display_name (info), -1);
      g_object_set_data_full (G_OBJECT (info), "tl-key", key, g_free);
    }

  return key;
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return strcmp (name_key ((GFileInfo *) a), name_key ((GFileInfo *) b));
}

static int
compare_sizes (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  goffset first = g_file_info_get_size ((GFileInfo *) a);
  goffset second = g_file_info_get_size ((GFileInfo *) b);

  return (first > second) - (first < second);
}

static guint64
modified (gconstpointer info)
{
  return g_file_info_get_attribute_uint64 ((GFileInfo *) info, G_FILE_ATTRIBUTE_TIME_MODIFIED);
}

static int
compare_times (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  guint64 first = modified (a);
  guint64 second = modified (b);

  return (first > second) - (first < second);
}

static void
set_up_name_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (name), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  gtk_inscription_set_yalign (GTK_INSCRIPTION (name), 0.5f);
  /* Where there is no room for all columns they are scrolled, and the name stays readable. */
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (name), 14);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), name);
  tl_widget_select_once (box);
  gtk_list_item_set_child (item, box);
}

static void
bind_name_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  GFileInfo *info = gtk_list_item_get_item (item);
  GtkWidget *image = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *name = gtk_widget_get_next_sibling (image);

  gtk_image_set_from_gicon (GTK_IMAGE (image), g_file_info_get_symbolic_icon (info));
  gtk_inscription_set_text (GTK_INSCRIPTION (name), g_file_info_get_display_name (info));
}

static void
set_up_text_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                gpointer                  is_number)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_yalign (GTK_INSCRIPTION (text), 0.5f);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), is_number ? 1 : 0);
  gtk_widget_add_css_class (text, "numeric");
  tl_widget_select_once (text);
  gtk_list_item_set_child (item, text);
}

static void
bind_size_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  GFileInfo *info = gtk_list_item_get_item (item);
  g_autofree char *size = tl_local_info_is_folder (info) ? g_strdup ("") : g_format_size ((guint64) g_file_info_get_size (info));

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), size);
}

static void
bind_time_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local ((gint64) modified (gtk_list_item_get_item (item)));
  g_autofree char *text = time ? g_date_time_format (time, "%Y-%m-%d %H:%M") : NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text ? text : "");
}

static void
add_column (GtkColumnView    *view,
            const char       *title,
            GCallback         set_up,
            gpointer          set_up_data,
            GCallback         bind,
            GCompareDataFunc  compare,
            int               width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare, NULL, NULL));

  g_signal_connect (factory, "setup", set_up, set_up_data);
  g_signal_connect (factory, "bind", bind, NULL);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (view, column);
}

void
tl_local_columns_add (GtkColumnView *view)
{
  add_column (view, _("Name"), G_CALLBACK (set_up_name_cb), NULL, G_CALLBACK (bind_name_cb), compare_names, 0);
  add_column (view, _("Size"), G_CALLBACK (set_up_text_cb), GINT_TO_POINTER (TRUE), G_CALLBACK (bind_size_cb), compare_sizes, 96);
  add_column (view, _("Modified"), G_CALLBACK (set_up_text_cb), NULL, G_CALLBACK (bind_time_cb), compare_times, 150);
}

GtkSorter *
tl_local_columns_sorter (GtkColumnView *view)
{
  GtkMultiSorter *sorter = gtk_multi_sorter_new ();
  g_autoptr (GtkColumnViewColumn) first = g_list_model_get_item (gtk_column_view_get_columns (view), 0);

  gtk_column_view_sort_by_column (view, first, GTK_SORT_ASCENDING);
  gtk_multi_sorter_append (sorter, GTK_SORTER (gtk_custom_sorter_new (compare_folders, NULL, NULL)));
  gtk_multi_sorter_append (sorter, g_object_ref (gtk_column_view_get_sorter (view)));

  return GTK_SORTER (sorter);
}
