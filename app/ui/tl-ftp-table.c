/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder as a table. */

#include "tl-ftp-table.h"

#include "tl-ftp-compare-mark.h"
#include "tl-ftp-spare-rows.h"
#include "tl-ftp-text.h"

#include <glib/gi18n-lib.h>

/* Below these widths the table leaves columns out. */
#define WIDTH_FOR_OWNER 800
#define WIDTH_FOR_PERMISSIONS 660
#define WIDTH_FOR_TIME 470

typedef enum {
  COLUMN_NAME,
  COLUMN_SIZE,
  COLUMN_TIME,
  COLUMN_PERMISSIONS,
  COLUMN_OWNER,
  N_COLUMNS,
} Column;

static const TlFtpSort sorts[N_COLUMNS] = {
  TL_FTP_SORT_NAME, TL_FTP_SORT_SIZE, TL_FTP_SORT_TIME, TL_FTP_SORT_PERMISSIONS, TL_FTP_SORT_OWNER,
};

struct _TlFtpTable
{
  TlFtpFileList parent_instance;

  TlFtpDirectory      *directory;
  TlFtpSpareRows      *rows;         /* (nullable): what the view shows; the list's */
  GtkColumnView       *view;
  GtkColumnViewColumn *columns[N_COLUMNS];
  gboolean             shown[N_COLUMNS];
  Column               asked;        /* whose sorter was asked first */
  gboolean             sorting;
  GtkColumnViewColumn *marks;        /* while the folder is compared (nullable) */
  guint                relayout_id;
};

G_DEFINE_FINAL_TYPE (TlFtpTable, tl_ftp_table, TL_TYPE_FTP_FILE_LIST)

typedef struct {
  TlFtpTable *table;
  Column      column;
} Head;

/* GTK 4.8 does not tell by which column its user wants to sort. The sorter of the view asks that of the first column first, and turns its answer round
 * when the order is descending: so each tells that it was asked. The entries are sorted by the directory. */
static int
asked_cb (gconstpointer a,
          gconstpointer b,
          gpointer      data)
{
  Head *head = data;

  head->table->asked = head->column;
  return GTK_ORDERING_SMALLER;
}

static void
sorter_changed_cb (TlFtpTable *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  GtkOrdering ordering;

  if (self->sorting)
    return;
  self->asked = N_COLUMNS;
  ordering = gtk_sorter_compare (sorter, self, self->view);
  self->sorting = TRUE;
  if (self->asked < N_COLUMNS)
    g_object_set (self->directory, "sort", sorts[self->asked], "descending", ordering == GTK_ORDERING_LARGER, NULL);
  self->sorting = FALSE;
}

/* The arrow in the head is where the order is, also when the settings or the menu chose it. */
static void
order_changed_cb (TlFtpTable *self)
{
  TlFtpSort sort;
  gboolean descending;

  if (self->sorting)
    return;
  g_object_get (self->directory, "sort", &sort, "descending", &descending, NULL);
  self->sorting = TRUE;
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  for (Column column = 0; column < N_COLUMNS; column++)
    if (sorts[column] == sort)
      gtk_column_view_sort_by_column (self->view, self->columns[column], descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->sorting = FALSE;
}

static GtkWidget *
new_cell (guint min_chars,
          guint nat_chars,
          float xalign)
{
  GtkWidget *cell = gtk_inscription_new ("");

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), min_chars);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), nat_chars);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), xalign);
  gtk_inscription_set_yalign (GTK_INSCRIPTION (cell), 0.5);
  return cell;
}

static char *
tell_target (TlFtpEntry *entry)
{
  g_autofree char *target = NULL;

  g_object_get (entry, "target", &target, NULL);
  return target && *target ? g_strdup_printf (_("Link to %s"), target) : NULL;
}

static char *
tell_precision (TlFtpEntry *entry)
{
  return g_strdup (tl_ftp_text_precision (tl_ftp_entry_get_precision (entry)));
}

static char *
tell_facts (TlFtpEntry *entry)
{
  g_autofree char *permissions = NULL;

  g_object_get (entry, "permissions", &permissions, NULL);
  return tl_ftp_text_facts (permissions);
}

static void
setup_name_cb (TlFtpTable  *self,
               GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = new_cell (8, 24, 0.0);
  GtkWidget *badge = tl_ftp_file_list_new_badge (item);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (name), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (name, TRUE);
  tl_ftp_file_list_set_tip (item, name, tell_target);
  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), badge);
  tl_ftp_file_list_adopt_child (item, box);
}

static void
bind_name_cb (TlFtpTable  *self,
              GtkListItem *item)
{
  TlFtpEntry *entry = gtk_list_item_get_item (item);
  GtkWidget *image = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *name = gtk_widget_get_next_sibling (image);
  GtkWidget *cell = gtk_widget_get_parent (gtk_widget_get_parent (image));

  gtk_widget_set_visible (gtk_widget_get_parent (cell), !tl_ftp_spare_rows_is_spare (entry));

  gtk_image_set_from_gicon (GTK_IMAGE (image), tl_ftp_icon_for (tl_ftp_entry_get_kind (entry), tl_ftp_entry_get_name (entry)));
  tl_ftp_file_list_bind_name (item, name, gtk_widget_get_next_sibling (name));
}

static void
unbind_name_cb (TlFtpTable  *self,
                GtkListItem *item)
{
  tl_ftp_file_list_unbind_name (item);
}

static void
setup_size_cb (TlFtpTable  *self,
               GtkListItem *item)
{
  tl_ftp_file_list_adopt_child (item, new_cell (6, 9, 1.0));
}

static void
setup_time_cb (TlFtpTable  *self,
               GtkListItem *item)
{
  GtkWidget *cell = new_cell (10, 16, 0.0);

  gtk_widget_add_css_class (cell, "numeric");
  tl_ftp_file_list_set_tip (item, cell, tell_precision);
  tl_ftp_file_list_adopt_child (item, cell);
}

static void
setup_permissions_cb (TlFtpTable  *self,
                      GtkListItem *item)
{
  GtkWidget *cell = new_cell (6, 11, 0.0);

  gtk_widget_add_css_class (cell, "monospace");
  tl_ftp_file_list_set_tip (item, cell, tell_facts);
  tl_ftp_file_list_adopt_child (item, cell);
}

static void
setup_text_cb (TlFtpTable  *self,
               GtkListItem *item)
{
  tl_ftp_file_list_adopt_child (item, new_cell (6, 11, 0.0));
}

static void
bind_size_cb (TlFtpTable  *self,
              GtkListItem *item)
{
  TlFtpEntry *entry = gtk_list_item_get_item (item);
  gboolean file = tl_ftp_entry_get_kind (entry) == TL_FTP_ENTRY_FILE;
  g_autofree char *text = tl_ftp_text_size (file ? tl_ftp_entry_get_size (entry) : -1);

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

static void
bind_time_cb (TlFtpTable  *self,
              GtkListItem *item)
{
  TlFtpEntry *entry = gtk_list_item_get_item (item);
  TlFtpTimePrecision precision = tl_ftp_entry_get_precision (entry);
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_autofree char *text = tl_ftp_text_time (tl_ftp_entry_get_time (entry), precision);

  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  if (precision == TL_FTP_TIME_GUESSED_YEAR)
    gtk_widget_add_css_class (cell, "tl-guessed");
  else
    gtk_widget_remove_css_class (cell, "tl-guessed");
}

static void
bind_permissions_cb (TlFtpTable  *self,
                     GtkListItem *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_autofree char *permissions = NULL;
  g_autofree char *words = NULL;

  g_object_get (gtk_list_item_get_item (item), "permissions", &permissions, NULL);
  words = tl_ftp_text_facts (permissions);
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), words ? words : permissions ? permissions : "");
}

static void
bind_owner_cb (TlFtpTable  *self,
               GtkListItem *item)
{
  g_autofree char *owner = NULL;
  g_autofree char *group = NULL;
  g_autofree char *text = NULL;

  g_object_get (gtk_list_item_get_item (item), "owner", &owner, "group", &group, NULL);
  text = g_strjoin (owner && *owner && group && *group ? ":" : "", owner ? owner : "", group ? group : "", NULL);
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

static const struct {
  GCallback setup;
  GCallback bind;
  GCallback unbind;
} cells[N_COLUMNS] = {
  [COLUMN_NAME] = { G_CALLBACK (setup_name_cb), G_CALLBACK (bind_name_cb), G_CALLBACK (unbind_name_cb) },
  [COLUMN_SIZE] = { G_CALLBACK (setup_size_cb), G_CALLBACK (bind_size_cb), NULL },
  [COLUMN_TIME] = { G_CALLBACK (setup_time_cb), G_CALLBACK (bind_time_cb), NULL },
  [COLUMN_PERMISSIONS] = { G_CALLBACK (setup_permissions_cb), G_CALLBACK (bind_permissions_cb), NULL },
  [COLUMN_OWNER] = { G_CALLBACK (setup_text_cb), G_CALLBACK (bind_owner_cb), NULL },
};

/* Not by their visibility: GTK 4.8 measures the rows with the widths of the hidden columns counted in. */
static void
show_column (TlFtpTable *self,
             Column      column,
             gboolean    shown)
{
  guint position = 0;

  if (self->shown[column] == shown)
    return;
  for (Column before = 0; before < column; before++)
    position += self->shown[before];
  /* They stand behind the names. */
  position += self->marks && column != COLUMN_NAME;
  self->shown[column] = shown;
  if (shown)
    gtk_column_view_insert_column (self->view, position, self->columns[column]);
  else
    gtk_column_view_remove_column (self->view, self->columns[column]);
}

static void
setup_mark_cb (TlFtpTable  *self,
               GtkListItem *item)
{
  tl_ftp_file_list_adopt_child (item, tl_ftp_compare_mark_new ());
}

static void
bind_mark_cb (TlFtpTable  *self,
              GtkListItem *item)
{
  tl_ftp_compare_mark_show (gtk_list_item_get_child (item), tl_ftp_directory_find_compared (self->directory, gtk_list_item_get_item (item)), FALSE);
}

/* The rows that are there get their marks by another column of marks. */
static void
compared_cb (TlFtpTable *self)
{
  GtkListItemFactory *factory;

  if (self->marks)
    gtk_column_view_remove_column (self->view, self->marks);
  g_clear_object (&self->marks);
  if (!tl_ftp_directory_is_compared (self->directory))
    return;
  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_mark_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_mark_cb), self);
  self->marks = tl_ftp_compare_mark_new_column (factory);
  gtk_column_view_insert_column (self->view, 1, self->marks);
}

static void
relayout_cb (gpointer data)
{
  TlFtpTable *self = data;
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  self->relayout_id = 0;
  show_column (self, COLUMN_OWNER, width >= WIDTH_FOR_OWNER);
  show_column (self, COLUMN_PERMISSIONS, width >= WIDTH_FOR_PERMISSIONS);
  show_column (self, COLUMN_TIME, width >= WIDTH_FOR_TIME);
}

/* Not within the allocation, which a change of columns would make void. */
static void
width_cb (TlFtpTable *self)
{
  if (self->relayout_id == 0)
    self->relayout_id = g_idle_add_once (relayout_cb, self);
}

static void
tl_ftp_table_dispose (GObject *object)
{
  TlFtpTable *self = TL_FTP_TABLE (object);

  g_clear_handle_id (&self->relayout_id, g_source_remove);
  if (self->directory)
    g_signal_handlers_disconnect_by_data (self->directory, self);
  if (self->view)
    g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
  G_OBJECT_CLASS (tl_ftp_table_parent_class)->dispose (object);
  self->view = NULL;
  for (Column column = 0; column < N_COLUMNS; column++)
    g_clear_object (&self->columns[column]);
  g_clear_object (&self->marks);
  g_clear_object (&self->directory);
  self->rows = NULL;
}

static void
tl_ftp_table_class_init (TlFtpTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_ftp_table_dispose;
}

/* The title of a column of numbers stands where they end. GTK 4.8 has no property for it. */
static void
align_title_end (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      gtk_widget_set_hexpand (widget, TRUE);
      gtk_label_set_xalign (GTK_LABEL (widget), 1);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    align_title_end (child);
}

static void
align_titles (TlFtpTable *self)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (self->view)));

  for (Column column = 0; title; title = gtk_widget_get_next_sibling (title))
    {
      while (column < N_COLUMNS && !self->shown[column])
        column++;
      if (column++ == COLUMN_SIZE)
        align_title_end (title);
    }
}

static GtkColumnViewColumn *
new_column (TlFtpTable *self,
            Column      column,
            const char *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *made = gtk_column_view_column_new (title, factory);
  Head *head = g_new (Head, 1);
  g_autoptr (GtkSorter) sorter = NULL;

  *head = (Head) { self, column };
  sorter = GTK_SORTER (gtk_custom_sorter_new (asked_cb, head, g_free));
  g_signal_connect_swapped (factory, "setup", cells[column].setup, self);
  g_signal_connect_swapped (factory, "bind", cells[column].bind, self);
  if (cells[column].unbind)
    g_signal_connect_swapped (factory, "unbind", cells[column].unbind, self);
  gtk_column_view_column_set_sorter (made, sorter);
  gtk_column_view_column_set_resizable (made, TRUE);

  return made;
}

static void
tl_ftp_table_init (TlFtpTable *self)
{
  const char *titles[N_COLUMNS] = { _("Name"), C_("column", "Size"), _("Modified"), _("Permissions"), _("Owner") };

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_enable_rubberband (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "tl-ftp-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Files of the server"), -1);
  for (Column column = 0; column < N_COLUMNS; column++)
    {
      self->columns[column] = new_column (self, column, titles[column]);
      show_column (self, column, TRUE);
    }
  gtk_column_view_column_set_expand (self->columns[COLUMN_NAME], TRUE);
  align_titles (self);
  self->rows = tl_ftp_file_list_set_view (TL_FTP_FILE_LIST (self), GTK_WIDGET (self->view), gtk_widget_get_last_child (GTK_WIDGET (self->view)), TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->rows));
}

GtkWidget *
tl_ftp_table_new (TlFtpDirectory *directory)
{
  TlFtpTable *self = g_object_new (TL_TYPE_FTP_TABLE, NULL);

  self->directory = g_object_ref (directory);
  order_changed_cb (self);
  g_signal_connect_swapped (directory, "notify::sort", G_CALLBACK (order_changed_cb), self);
  g_signal_connect_swapped (directory, "notify::descending", G_CALLBACK (order_changed_cb), self);
  g_signal_connect_swapped (directory, "compared", G_CALLBACK (compared_cb), self);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (tl_ftp_file_list_get_scrolled (TL_FTP_FILE_LIST (self))), "notify::page-size",
                           G_CALLBACK (width_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (sorter_changed_cb), self);

  return GTK_WIDGET (self);
}

void
tl_ftp_table_expect (TlFtpTable *self,
                     gboolean    expecting)
{
  g_return_if_fail (TL_IS_FTP_TABLE (self));

  if (self->rows)
    tl_ftp_spare_rows_expect (self->rows, expecting && gtk_widget_get_mapped (GTK_WIDGET (self)));
}
