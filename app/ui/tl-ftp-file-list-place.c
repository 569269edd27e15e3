/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a list is scrolled to and which of its rows has the focus, before and after a change of the rows. */

#include "tl-ftp-file-list-private.h"

/* Those that pass before a changed list has laid out its rows. */
#define FRAMES_TO_KNOW 2

/* The item of the row that @widget is, or is the first cell of. */
GtkListItem *
tl_ftp_file_list_find_item (GtkWidget *widget)
{
  for (; widget; widget = gtk_widget_get_first_child (widget))
    {
      GtkListItem *item = g_object_get_data (G_OBJECT (widget), TL_FTP_FILE_LIST_ITEM_KEY);

      if (item)
        return item;
    }

  return NULL;
}

GtkWidget *
tl_ftp_file_list_find_row (TlFtpFileListPrivate *priv,
                           guint                 number)
{
  for (GtkWidget *row = gtk_widget_get_first_child (priv->list); row; row = gtk_widget_get_next_sibling (row))
    {
      GtkListItem *item = gtk_widget_get_focusable (row) ? tl_ftp_file_list_find_item (row) : NULL;

      if (item && gtk_list_item_get_position (item) == number)
        return row;
    }

  return NULL;
}

/* The row that has the focus, or a part of it has; NULL. */
static GtkWidget *
find_focused (TlFtpFileListPrivate *priv)
{
  GtkRoot *root = gtk_widget_get_root (priv->list);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  while (focus && gtk_widget_get_parent (focus) != priv->list)
    focus = gtk_widget_get_parent (focus);
  return focus && tl_ftp_file_list_find_item (focus) ? focus : NULL;
}

/* Where the page begins, its height and that of all rows. FALSE: all of them are seen, or the first is. */
static gboolean
is_scrolled (TlFtpFileListPrivate *priv,
             double               *value,
             double               *page,
             double               *upper)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (priv->scrolled);

  *value = gtk_adjustment_get_value (adjustment);
  *page = gtk_adjustment_get_page_size (adjustment);
  *upper = gtk_adjustment_get_upper (adjustment);
  return gtk_widget_get_mapped (priv->list) && *value >= 1 && *upper > *page;
}

/* Where a row is, in the coordinates of the page. GTK 4.8 gives rows far from it no size. */
static gboolean
get_bounds (TlFtpFileListPrivate *priv,
            GtkWidget            *row,
            double               *top,
            double               *bottom)
{
  graphene_rect_t bounds;

  if (!row || !gtk_widget_compute_bounds (row, priv->list, &bounds) || bounds.size.height < 1)
    return FALSE;
  *top = (double) bounds.origin.y;
  *bottom = *top + (double) bounds.size.height;
  return TRUE;
}

static GtkWidget *
find_row_of (TlFtpFileListPrivate *priv,
             TlFtpEntry           *entry)
{
  for (GtkWidget *row = gtk_widget_get_first_child (priv->list); row && entry; row = gtk_widget_get_next_sibling (row))
    {
      GtkListItem *item = tl_ftp_file_list_find_item (row);

      if (item && gtk_list_item_get_item (item) == entry)
        return row;
    }

  return NULL;
}

/* The row that had the focus if it is seen, else the one that a list of GTK 4.8 keeps in its place: as far down the page as the page is down the list. */
TlFtpEntry *
tl_ftp_file_list_place_cb (gpointer  data,
                           guint    *number,
                           double   *align)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (data);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (priv->rows));
  GtkWidget *row = find_row_of (priv, priv->lost);
  double value, page, upper, top, bottom;
  gboolean scrolled = is_scrolled (priv, &value, &page, &upper);

  priv->lost_seen = get_bounds (priv, row, &top, &bottom) && top >= 0 && bottom <= page;
  priv->n_seen = (guint) (upper > 0 ? page / upper * n_items : 0);
  if (!scrolled)
    row = tl_ftp_file_list_find_row (priv, 0);
  else if (!priv->lost_seen)
    row = tl_ftp_file_list_find_row (priv, (guint) (value / (upper - page) * (n_items - 1)));
  if (!get_bounds (priv, row, &top, &bottom))
    return NULL;
  *number = gtk_list_item_get_position (tl_ftp_file_list_find_item (row));
  *align = CLAMP (top / page, 0, 1);
  /* That is the row to which the list keeps, and not another one that had the focus. */
  gtk_widget_activate_action (priv->list, "list.scroll-to-item", "u", *number);
  return !scrolled ? NULL : gtk_list_item_get_item (tl_ftp_file_list_find_item (row));
}

/* The row with the focus may go, and GTK would take the focus to the first button of the window. */
void
tl_ftp_file_list_replacing_cb (TlFtpFileList *self)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);
  GtkWidget *row = find_focused (priv);
  GtkListItem *item = row ? tl_ftp_file_list_find_item (row) : NULL;

  if (!item)
    return;
  g_set_object (&priv->lost, gtk_list_item_get_item (item));
  priv->held = gtk_list_item_get_position (item);
  gtk_root_set_focus (gtk_widget_get_root (priv->list), GTK_WIDGET (self));
}

/* Where the entry is now that had the focus, or those that were around it. */
static guint
find_lost (TlFtpFileListPrivate *priv)
{
  guint position = tl_ftp_directory_find (priv->directory, tl_ftp_entry_get_raw_name (priv->lost));
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (priv->directory));

  return position != GTK_INVALID_LIST_POSITION || n_items == 0 ? position : MIN (priv->held, n_items - 1);
}

/* Back to where it was, if that is seen. Else it stays with the list, which does not go there by itself. */
void
tl_ftp_file_list_replaced_cb (TlFtpFileList *self)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);
  double value, page, upper;
  guint position;

  if (!priv->lost || !priv->directory || !gtk_widget_is_focus (GTK_WIDGET (self)))
    return;
  position = find_lost (priv);
  if (position == GTK_INVALID_LIST_POSITION || (is_scrolled (priv, &value, &page, &upper) ? !priv->lost_seen : position >= priv->n_seen))
    return;
  g_clear_object (&priv->lost);
  priv->n_waits = FRAMES_TO_KNOW;
  tl_ftp_file_list_await_row (self, position);
}

gboolean
tl_ftp_file_list_bring_back_focus (TlFtpFileList *self)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);
  guint position;

  if (!priv->lost || !priv->directory || !gtk_widget_is_focus (GTK_WIDGET (self)))
    return FALSE;
  position = find_lost (priv);
  g_clear_object (&priv->lost);
  tl_ftp_file_list_focus_row (self, position);
  return TRUE;
}

guint
tl_ftp_file_list_get_first_seen (TlFtpFileList *self)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);
  double value, page, upper, top, bottom;
  guint first = GTK_INVALID_LIST_POSITION;

  g_return_val_if_fail (TL_IS_FTP_FILE_LIST (self), 0);

  if (!is_scrolled (priv, &value, &page, &upper))
    return 0;
  for (GtkWidget *row = gtk_widget_get_first_child (priv->list); row; row = gtk_widget_get_next_sibling (row))
    {
      GtkListItem *item = tl_ftp_file_list_find_item (row);

      if (item && get_bounds (priv, row, &top, &bottom) && top >= 0)
        first = MIN (first, tl_ftp_spare_rows_to_model (priv->rows, gtk_list_item_get_position (item)));
    }
  return first == GTK_INVALID_LIST_POSITION ? 0 : first;
}

guint
tl_ftp_file_list_get_focused (TlFtpFileList *self)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);
  double page, top, bottom;
  GtkWidget *row;

  g_return_val_if_fail (TL_IS_FTP_FILE_LIST (self), GTK_INVALID_LIST_POSITION);

  row = find_focused (priv);
  page = gtk_adjustment_get_page_size (gtk_scrolled_window_get_vadjustment (priv->scrolled));
  if (!row)
    return GTK_INVALID_LIST_POSITION;
  if (get_bounds (priv, row, &top, &bottom) && bottom > 0 && top < page)
    return tl_ftp_spare_rows_to_model (priv->rows, gtk_list_item_get_position (tl_ftp_file_list_find_item (row)));
  return tl_ftp_file_list_get_first_seen (self);
}

void
tl_ftp_file_list_hold_focus (TlFtpFileList *self)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  g_autoptr (GtkBitset) selected = NULL;

  g_return_if_fail (TL_IS_FTP_FILE_LIST (self));

  if (!focus || !priv->model || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return;
  selected = gtk_selection_model_get_selection (priv->model);
  priv->held = gtk_bitset_is_empty (selected) ? 0 : gtk_bitset_get_minimum (selected);
  gtk_root_set_focus (root, GTK_WIDGET (self));
}

void
tl_ftp_file_list_give_focus_back (TlFtpFileList *self,
                                  gboolean       fresh)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  guint n_items = priv->model ? g_list_model_get_n_items (G_LIST_MODEL (priv->model)) : 0;

  g_return_if_fail (TL_IS_FTP_FILE_LIST (self));

  if (n_items > 0 && root && gtk_root_get_focus (root) == GTK_WIDGET (self))
    tl_ftp_file_list_focus_row (self, fresh ? 0 : MIN (priv->held, n_items - 1));
}
