/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a log's list does with its rows: those that are spare are not seen, and one stays where it is when others go. */

#include "tl-log-list-private.h"

#include "tl-log-scroll.h"

static void
list_made (gpointer data,
           guint    row,
           guint    n,
           GArray  *rows)
{
  tl_log_cells_list_made (tl_log_list_get_private (data)->cells, row, n, rows);
}

static void
move_to (gpointer data,
         guint    row,
         guint    last)
{
  TlLogListPrivate *priv = tl_log_list_get_private (data);

  if (tl_log_follow_is_following (priv->follow))
    row = last;
  if (row != GTK_INVALID_LIST_POSITION)
    tl_log_scroll_to_row (priv->list, row);
}

static gboolean
is_following (gpointer data)
{
  return tl_log_follow_is_following (tl_log_list_get_private (data)->follow);
}

void
tl_log_list_hide_spare (GtkListItem *item,
                        gpointer     data)
{
  GtkWidget *row = tl_log_cells_find_row (item);

  if (row)
    gtk_widget_set_visible (row, tl_log_list_get_position (data, item) != GTK_INVALID_LIST_POSITION);
}

static void
hide_spare (gpointer data)
{
  tl_log_cells_foreach (tl_log_list_get_private (data)->cells, tl_log_list_hide_spare, data);
}

static gboolean
may_keep (gpointer data)
{
  return !gtk_widget_get_focus_child (tl_log_list_get_private (data)->list);
}

static guint
find_row_at (gpointer data,
             guint    position)
{
  return tl_log_rows_to_view (tl_log_list_get_private (data)->rows, position);
}

static const TlLogRowsView rows_view = {
  .list_made = list_made,
  .move_to = move_to,
  .is_following = is_following,
  .hide_spare = hide_spare,
  .may_keep = may_keep,
};

static GtkWidget *
find_row_widget (TlLogList *self,
                 int        y)
{
  GtkWidget *list = tl_log_list_get_private (self)->list;
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), gtk_widget_get_width (GTK_WIDGET (self)) / 2, y, GTK_PICK_DEFAULT);

  while (picked && picked != GTK_WIDGET (self) && gtk_widget_get_parent (picked) != list)
    picked = gtk_widget_get_parent (picked);
  return picked != GTK_WIDGET (self) ? picked : NULL;
}

/* A row that had the focus at the end has been left behind by those that came: keys go on from the last one that is seen. */
static void
bring_focus (TlLogList *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (tl_log_list_get_private (self)->list), *last = NULL;

  for (int y = gtk_widget_get_height (GTK_WIDGET (self)) - 1; focus && y >= 0; y -= MIN_ROW_HEIGHT)
    {
      GtkWidget *row = find_row_widget (self, y);

      if (row == focus)
        return;
      if (!last)
        last = row;
    }
  if (last)
    gtk_widget_grab_focus (last);
}

static gboolean
is_up (guint keyval)
{
  return keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up || keyval == GDK_KEY_Page_Up || keyval == GDK_KEY_KP_Page_Up || keyval == GDK_KEY_Home
         || keyval == GDK_KEY_KP_Home;
}

static gboolean
is_down (guint keyval)
{
  return keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down || keyval == GDK_KEY_Page_Down || keyval == GDK_KEY_KP_Page_Down;
}

/* A key that moves the focus would stop at rows that are not seen. */
static gboolean
key_cb (TlLogList      *self,
        guint           keyval,
        guint           keycode,
        GdkModifierType state)
{
  TlLogListPrivate *priv = tl_log_list_get_private (self);

  tl_log_rows_drop_spare (priv->rows);
  if (state & GDK_ALT_MASK)
    return GDK_EVENT_PROPAGATE;
  /* Also where it is seen, and the list has nowhere to scroll to. */
  if (keyval == GDK_KEY_End || keyval == GDK_KEY_KP_End)
    tl_log_follow_scroll_to_end (priv->follow);
  if (!tl_log_follow_is_following (priv->follow) || !(is_up (keyval) || is_down (keyval)))
    return GDK_EVENT_PROPAGATE;
  /* With Shift all from the row that has the focus on is selected. */
  if (!(state & GDK_SHIFT_MASK))
    bring_focus (self);
  if (is_up (keyval))
    tl_log_follow_leave (priv->follow);
  return GDK_EVENT_PROPAGATE;
}

TlLogRows *
tl_log_list_rows_new (TlLogList *self)
{
  return tl_log_rows_new (&rows_view, self);
}

void
tl_log_list_rows_attach (TlLogList *self)
{
  TlLogListPrivate *priv = tl_log_list_get_private (self);
  GtkEventController *keys = gtk_event_controller_key_new ();

  tl_log_follow_set_find_row (priv->follow, find_row_at, self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (priv->list, keys);
}

guint
tl_log_list_get_place (TlLogList *self)
{
  TlLogListPrivate *priv = tl_log_list_get_private (self);
  const int height = gtk_widget_get_height (GTK_WIDGET (self)), x = gtk_widget_get_width (GTK_WIDGET (self)) / 2;
  guint first = GTK_INVALID_LIST_POSITION;

  /* By what is at a point: a row out of sight may be where it was last. Where the list has a padding, a row that is all out of sight but for that is above the first one. */
  for (int y = MIN_ROW_HEIGHT / 2; y < height; y += MIN_ROW_HEIGHT)
    {
      const guint position = tl_log_list_row_at (self, x, y);

      if (position == GTK_INVALID_LIST_POSITION)
        continue;
      if (gtk_selection_model_is_selected (priv->model, position))
        return position;
      if (first == GTK_INVALID_LIST_POSITION)
        first = position;
    }
  return tl_log_follow_is_following (priv->follow) ? GTK_INVALID_LIST_POSITION : first;
}
