/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the table and the icons of a folder have in common. */

#include "tl-ftp-file-list-private.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

/* Frames that a row may take to come. */
#define MAX_TRIES 20

enum {
  ACTIVATE,
  MENU,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TlFtpFileList, tl_ftp_file_list, ADW_TYPE_BIN)

static void
release (GtkWidget *widget)
{
  gtk_widget_unset_state_flags (widget, GTK_STATE_FLAG_ACTIVE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    release (child);
}

/* A dialog that opens at the second press gets its release, and the row would look pressed ever after. */
static void
activate_cb (TlFtpFileList *self,
             guint          row)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);
  guint position = tl_ftp_spare_rows_to_model (priv->rows, row);

  release (priv->list);
  if (position != GTK_INVALID_LIST_POSITION)
    g_signal_emit (self, signals[ACTIVATE], 0, position);
}

static void
pressed_cb (TlFtpFileList *self,
            int            n_press,
            double         x,
            double         y,
            GtkGesture    *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[MENU], 0, tl_ftp_file_list_row_at (self, x, y), x, y);
}

static gboolean
focus_wanted (TlFtpFileListPrivate *priv)
{
  GtkWidget *row = tl_ftp_file_list_find_row (priv, tl_ftp_spare_rows_to_view (priv->rows, priv->wanted));

  return row && gtk_widget_grab_focus (row);
}

/* A list of GTK 4.8 that is told to scroll before it has its size stays blank until the user scrolls: this waits for it. */
static gboolean
scroll_and_focus (TlFtpFileListPrivate *priv)
{
  if (gtk_widget_get_height (priv->list) == 0)
    return FALSE;
  if (priv->to_scroll)
    gtk_widget_activate_action (priv->list, "list.scroll-to-item", "u", tl_ftp_spare_rows_to_view (priv->rows, priv->wanted));
  priv->to_scroll = FALSE;
  return !priv->to_focus || focus_wanted (priv);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (TL_FTP_FILE_LIST (widget));

  if (priv->n_waits > 0 && priv->n_waits-- > 0)
    return G_SOURCE_CONTINUE;
  if (!scroll_and_focus (priv) && ++priv->tries < MAX_TRIES)
    return G_SOURCE_CONTINUE;
  priv->tick_id = 0;
  return G_SOURCE_REMOVE;
}

/* The first that is selected, else the first. */
static gboolean
tl_ftp_file_list_grab_focus (GtkWidget *widget)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (TL_FTP_FILE_LIST (widget));
  g_autoptr (GtkBitset) selected = priv->model ? gtk_selection_model_get_selection (priv->model) : NULL;

  tl_ftp_file_list_focus_row (TL_FTP_FILE_LIST (widget),
                              selected && !gtk_bitset_is_empty (selected) ? gtk_bitset_get_minimum (selected) : 0);
  return TRUE;
}

/* The arrows bring back the row that has lost the focus. */
static gboolean
tl_ftp_file_list_focus (GtkWidget        *widget,
                        GtkDirectionType  direction)
{
  gboolean arrow = direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD;

  if (arrow && tl_ftp_file_list_bring_back_focus (TL_FTP_FILE_LIST (widget)))
    return TRUE;
  return GTK_WIDGET_CLASS (tl_ftp_file_list_parent_class)->focus (widget, direction);
}

static void
tl_ftp_file_list_dispose (GObject *object)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (TL_FTP_FILE_LIST (object));

  if (priv->rows)
    {
      g_signal_handlers_disconnect_by_data (priv->rows, object);
      tl_ftp_spare_rows_set_model (priv->rows, NULL, NULL, 0);
    }
  g_clear_object (&priv->rows);
  g_clear_object (&priv->lost);
  priv->model = NULL;
  priv->directory = NULL;
  G_OBJECT_CLASS (tl_ftp_file_list_parent_class)->dispose (object);
}

static void
tl_ftp_file_list_class_init (TlFtpFileListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_ftp_file_list_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = tl_ftp_file_list_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = tl_ftp_file_list_focus;

  signals[ACTIVATE] = g_signal_new ("activate", TL_TYPE_FTP_FILE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    G_TYPE_UINT);
  signals[MENU] = g_signal_new ("menu", TL_TYPE_FTP_FILE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                G_TYPE_UINT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
tl_ftp_file_list_init (TlFtpFileList *self)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);
  GtkGesture *click = gtk_gesture_click_new ();

  priv->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->scrolled));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

TlFtpSpareRows *
tl_ftp_file_list_set_view (TlFtpFileList *self,
                           GtkWidget     *view,
                           GtkWidget     *list,
                           gboolean       spare)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);

  priv->list = list;
  priv->rows = tl_ftp_spare_rows_new (spare, tl_ftp_file_list_place_cb, self);
  gtk_scrolled_window_set_child (priv->scrolled, view);
  g_signal_connect_swapped (view, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (priv->rows, "replacing", G_CALLBACK (tl_ftp_file_list_replacing_cb), self);
  g_signal_connect_swapped (priv->rows, "replaced", G_CALLBACK (tl_ftp_file_list_replaced_cb), self);
  return priv->rows;
}

void
tl_ftp_file_list_adopt_child (GtkListItem *item,
                              GtkWidget   *child)
{
  g_object_set_data (G_OBJECT (child), TL_FTP_FILE_LIST_ITEM_KEY, item);
  tl_widget_select_once (child);
  gtk_list_item_set_child (item, child);
}

TlFtpFileListPrivate *
tl_ftp_file_list_get_private (TlFtpFileList *self)
{
  return tl_ftp_file_list_get_instance_private (self);
}

void
tl_ftp_file_list_await_row (TlFtpFileList *self,
                            guint          position)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);

  priv->wanted = position;
  priv->to_scroll = FALSE;
  priv->to_focus = TRUE;
  priv->tries = 0;
  if (priv->tick_id == 0)
    priv->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
go_to_row (TlFtpFileList *self,
           guint          position,
           gboolean       focus)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);

  if (!priv->model || position >= g_list_model_get_n_items (G_LIST_MODEL (priv->model)))
    return;
  priv->wanted = position;
  priv->to_scroll = TRUE;
  /* A row that waits for the focus still gets it. */
  priv->to_focus = focus || (priv->tick_id != 0 && priv->to_focus);
  priv->tries = 0;
  if (!scroll_and_focus (priv) && priv->tick_id == 0)
    priv->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

void
tl_ftp_file_list_focus_row (TlFtpFileList *self,
                            guint          position)
{
  g_return_if_fail (TL_IS_FTP_FILE_LIST (self));

  go_to_row (self, position, TRUE);
}

void
tl_ftp_file_list_scroll_to (TlFtpFileList *self,
                            guint          position)
{
  g_return_if_fail (TL_IS_FTP_FILE_LIST (self));

  go_to_row (self, position, FALSE);
}

void
tl_ftp_file_list_set_model (TlFtpFileList     *self,
                            GtkSelectionModel *selection,
                            TlFtpDirectory    *directory,
                            guint              start)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);

  g_return_if_fail (TL_IS_FTP_FILE_LIST (self));

  priv->model = selection;
  priv->directory = directory;
  g_clear_object (&priv->lost);
  tl_ftp_spare_rows_set_model (priv->rows, selection, directory, start);
  if (selection && start > 0)
    tl_ftp_file_list_scroll_to (self, start);
}

guint
tl_ftp_file_list_row_at (TlFtpFileList *self,
                         double         x,
                         double         y)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);
  GtkWidget *picked;

  g_return_val_if_fail (TL_IS_FTP_FILE_LIST (self), GTK_INVALID_LIST_POSITION);

  /* The pointer may be over the margin of a cell, or over a part of it: go up, and at each step look at what is directly below. */
  for (picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
       picked && picked != priv->list && picked != GTK_WIDGET (self); picked = gtk_widget_get_parent (picked))
    {
      GtkListItem *item = tl_ftp_file_list_find_item (picked);

      if (item)
        return tl_ftp_spare_rows_to_model (priv->rows, gtk_list_item_get_position (item));
    }

  return GTK_INVALID_LIST_POSITION;
}

GtkScrolledWindow *
tl_ftp_file_list_get_scrolled (TlFtpFileList *self)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_private (self);

  return priv->scrolled;
}
