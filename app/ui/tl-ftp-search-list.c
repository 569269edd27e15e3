/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search on a server has found, as a table. */

#include "tl-ftp-search-window-private.h"

#include "tl-ftp-text.h"
#include "tl-lazy-selection.h"

#include <glib/gi18n-lib.h>

/* (transfer full) (nullable): what stands in a cell. */
typedef char *(*TextFunc) (TlFtpSearchWindow *self,
                           TlFtpHit          *hit);

static char *
dup_name (TlFtpSearchWindow *self,
          TlFtpHit          *hit)
{
  return g_strdup (tl_ftp_entry_get_name (tl_ftp_hit_get_entry (hit)));
}

static char *
dup_folder (TlFtpSearchWindow *self,
            TlFtpHit          *hit)
{
  return tl_ftp_text_path (tl_ftp_hit_get_folder (hit), tl_ftp_browser_get_charset (self->page->browser), tl_ftp_hit_get_guess (hit));
}

static char *
dup_size (TlFtpSearchWindow *self,
          TlFtpHit          *hit)
{
  TlFtpEntry *entry = tl_ftp_hit_get_entry (hit);

  return tl_ftp_entry_get_kind (entry) == TL_FTP_ENTRY_DIRECTORY ? NULL : tl_ftp_text_size (tl_ftp_entry_get_size (entry));
}

static char *
dup_time (TlFtpSearchWindow *self,
          TlFtpHit          *hit)
{
  TlFtpEntry *entry = tl_ftp_hit_get_entry (hit);

  return tl_ftp_text_time (tl_ftp_entry_get_time (entry), tl_ftp_entry_get_precision (entry));
}

static const struct {
  const char *title;
  TextFunc    dup_text;
  int         width;      /* -1: what is left */
  double      xalign;
  gboolean    is_wide;    /* only where there is room */
} columns[] = {
  { N_("Name"), dup_name, -1, 0, FALSE },
  { N_("Folder"), dup_folder, -1, 0, TRUE },
  { N_("Size"), dup_size, 90, 1, FALSE },
  { N_("Modified"), dup_time, 140, 0, TRUE },
};

/* Below this width the folder stands below the name, and the time is left out. */
#define WIDTH_FOR_ALL 560
#define WINDOW "tl-window"

static void
popup (TlFtpSearchWindow *self,
       double             x,
       double             y)
{
  GdkRectangle at = { (int) x, (int) y, 1, 1 };

  if (!self->menu)
    {
      self->menu = gtk_popover_menu_new_from_model (self->hits_menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self->results));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* In the coordinates of a cell: what it belongs to becomes what is selected, unless it is already. */
static void
cell_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 GtkListItem     *item)
{
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  TlFtpSearchWindow *self = TL_FTP_SEARCH_WINDOW (gtk_widget_get_root (cell));
  guint position = gtk_list_item_get_position (item);
  double there_x, there_y;

  if (!gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
  if (gtk_widget_translate_coordinates (cell, GTK_WIDGET (self->results), x, y, &there_x, &there_y))
    popup (self, there_x, there_y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static GtkWidget *
new_text (float xalign,
          guint chars)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), xalign);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), chars);
  gtk_widget_set_hexpand (text, TRUE);
  return text;
}

/* An image for the name; the text of the column; below a name, where it has no column of its own, the folder. */
static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  guint column = GPOINTER_TO_UINT (data);
  TlFtpSearchWindow *self = g_object_get_data (G_OBJECT (factory), WINDOW);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkGesture *click = gtk_gesture_click_new ();

  if (column == 0)
    gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), new_text ((float) columns[column].xalign, columns[column].width < 0 ? 8 : 4));
  if (column == 0 && self->narrow)
    {
      GtkWidget *folder = new_text (0, 8);

      gtk_widget_add_css_class (folder, "caption");
      gtk_widget_add_css_class (folder, "dim-label");
      gtk_box_append (GTK_BOX (texts), folder);
    }
  gtk_box_append (GTK_BOX (box), texts);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (cell_pressed_cb), item);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  data)
{
  guint column = GPOINTER_TO_UINT (data);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *first = gtk_widget_get_first_child (gtk_widget_get_last_child (box));
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  TlFtpSearchWindow *self = g_object_get_data (G_OBJECT (factory), WINDOW);
  TlFtpHit *hit = gtk_list_item_get_item (item);
  g_autofree char *text = columns[column].dup_text (self, hit);
  g_autofree char *folder = second ? dup_folder (self, hit) : NULL;
  TlFtpEntry *entry = tl_ftp_hit_get_entry (hit);

  gtk_inscription_set_text (GTK_INSCRIPTION (first), text ? text : "");
  if (second)
    gtk_inscription_set_text (GTK_INSCRIPTION (second), folder);
  if (column == 0)
    gtk_image_set_from_gicon (GTK_IMAGE (gtk_widget_get_first_child (box)), tl_ftp_icon_for (tl_ftp_entry_get_kind (entry), text));
}

/* Of a column that is hidden GTK 4.8 keeps the room: it is not there at all. */
static void
renew_columns (TlFtpSearchWindow *self)
{
  GListModel *list = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view));

  while (g_list_model_get_n_items (list) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, 0);

      gtk_column_view_remove_column (GTK_COLUMN_VIEW (self->view), column);
    }
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory;
      g_autoptr (GtkColumnViewColumn) column = NULL;

      if (columns[i].is_wide && self->narrow)
        continue;
      factory = gtk_signal_list_item_factory_new ();
      g_object_set_data (G_OBJECT (factory), WINDOW, self);
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (_(columns[i].title), factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, columns[i].width < 0);
      if (columns[i].width >= 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
    }
}

static void
activate_cb (TlFtpSearchWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "search.show-in-folder", NULL);
}

static void
relayout_cb (gpointer data)
{
  TlFtpSearchWindow *self = data;
  const gboolean narrow = gtk_widget_get_width (GTK_WIDGET (self->results)) < WIDTH_FOR_ALL;

  self->relayout_id = 0;
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  renew_columns (self);
}

/* Not within the allocation. */
static void
width_cb (TlFtpSearchWindow *self)
{
  if (self->relayout_id == 0 && self->page)
    self->relayout_id = g_idle_add_once (relayout_cb, self);
}

void
tl_ftp_search_window_init_list (TlFtpSearchWindow *self)
{
  self->view = gtk_column_view_new (NULL);
  renew_columns (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What was found"), -1);
  gtk_scrolled_window_set_child (self->results, self->view);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->results), "notify::page-size", G_CALLBACK (width_cb), self, G_CONNECT_SWAPPED);
}

void
tl_ftp_search_window_show_hits (TlFtpSearchWindow *self)
{
  g_clear_object (&self->selection);
  self->selection = tl_lazy_selection_new (G_LIST_MODEL (self->search));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (tl_ftp_search_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (tl_ftp_search_window_update_actions), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), self->selection);
  tl_ftp_search_window_update_actions (self);
}
