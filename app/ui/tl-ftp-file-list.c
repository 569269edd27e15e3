/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the table and the icons of a folder have in common. */

#include "tl-ftp-file-list.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

#define ITEM_KEY "tl-ftp-item"

/* Frames that a row may take to come. */
#define MAX_TRIES 20

typedef struct {
  GtkListItem  *item;
  TlFtpTipFunc  func;
} Tip;

typedef struct {
  GtkScrolledWindow *scrolled;
  GtkWidget         *list;
  GtkSelectionModel *model;
  guint              wanted;     /* the row that gets the focus when it has a widget */
  gboolean           to_scroll;  /* to it */
  gboolean           to_focus;
  guint              held;       /* the row that had it before the rows changed */
  guint              tick_id;
  guint              tries;
} TlFtpFileListPrivate;

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
             guint          position)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_instance_private (self);

  release (priv->list);
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

/* The item of the row that @widget is, or is the first cell of. */
static GtkListItem *
find_item (GtkWidget *widget)
{
  for (; widget; widget = gtk_widget_get_first_child (widget))
    {
      GtkListItem *item = g_object_get_data (G_OBJECT (widget), ITEM_KEY);

      if (item)
        return item;
    }

  return NULL;
}

static gboolean
focus_wanted (TlFtpFileListPrivate *priv)
{
  for (GtkWidget *row = gtk_widget_get_first_child (priv->list); row; row = gtk_widget_get_next_sibling (row))
    {
      GtkListItem *item = gtk_widget_get_focusable (row) ? find_item (row) : NULL;

      if (item && gtk_list_item_get_position (item) == priv->wanted)
        return gtk_widget_grab_focus (row);
    }

  return FALSE;
}

/* A list of GTK 4.8 that is told to scroll before it has its size stays blank until the user scrolls: this waits for it. */
static gboolean
scroll_and_focus (TlFtpFileListPrivate *priv)
{
  if (gtk_widget_get_height (priv->list) == 0)
    return FALSE;
  if (priv->to_scroll)
    gtk_widget_activate_action (priv->list, "list.scroll-to-item", "u", priv->wanted);
  priv->to_scroll = FALSE;
  return !priv->to_focus || focus_wanted (priv);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_instance_private (TL_FTP_FILE_LIST (widget));

  if (!scroll_and_focus (priv) && ++priv->tries < MAX_TRIES)
    return G_SOURCE_CONTINUE;
  priv->tick_id = 0;
  return G_SOURCE_REMOVE;
}

/* The first that is selected, else the first. */
static gboolean
tl_ftp_file_list_grab_focus (GtkWidget *widget)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_instance_private (TL_FTP_FILE_LIST (widget));
  g_autoptr (GtkBitset) selected = priv->model ? gtk_selection_model_get_selection (priv->model) : NULL;

  tl_ftp_file_list_focus_row (TL_FTP_FILE_LIST (widget),
                              selected && !gtk_bitset_is_empty (selected) ? gtk_bitset_get_minimum (selected) : 0);
  return TRUE;
}

static void
tl_ftp_file_list_class_init (TlFtpFileListClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = tl_ftp_file_list_grab_focus;

  signals[ACTIVATE] = g_signal_new ("activate", TL_TYPE_FTP_FILE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    G_TYPE_UINT);
  signals[MENU] = g_signal_new ("menu", TL_TYPE_FTP_FILE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                G_TYPE_UINT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
tl_ftp_file_list_init (TlFtpFileList *self)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_instance_private (self);
  GtkGesture *click = gtk_gesture_click_new ();

  priv->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->scrolled));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
tl_ftp_file_list_set_view (TlFtpFileList *self,
                           GtkWidget     *view,
                           GtkWidget     *list)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_instance_private (self);

  priv->list = list;
  gtk_scrolled_window_set_child (priv->scrolled, view);
  g_signal_connect_swapped (view, "activate", G_CALLBACK (activate_cb), self);
}

void
tl_ftp_file_list_adopt_child (GtkListItem *item,
                              GtkWidget   *child)
{
  g_object_set_data (G_OBJECT (child), ITEM_KEY, item);
  tl_widget_select_once (child);
  gtk_list_item_set_child (item, child);
}

static gboolean
query_tip_cb (GtkWidget  *widget,
              int         x,
              int         y,
              gboolean    keyboard,
              GtkTooltip *tooltip,
              Tip        *tip)
{
  TlFtpEntry *entry = gtk_list_item_get_item (tip->item);
  g_autofree char *text = entry ? tip->func (entry) : NULL;

  gtk_tooltip_set_text (tooltip, text);
  return text && *text;
}

void
tl_ftp_file_list_set_tip (GtkListItem  *item,
                          GtkWidget    *part,
                          TlFtpTipFunc  func)
{
  Tip *tip = g_new (Tip, 1);

  *tip = (Tip) { item, func };
  g_signal_connect_data (part, "query-tooltip", G_CALLBACK (query_tip_cb), tip, (GClosureNotify) (void (*) (void)) g_free, 0);
  gtk_widget_set_has_tooltip (part, TRUE);
}

char *
tl_ftp_file_list_tell_problem (TlFtpEntry *entry)
{
  gboolean invalid;

  g_return_val_if_fail (TL_IS_FTP_ENTRY (entry), NULL);

  g_object_get (entry, "badge", &invalid, NULL);
  if (!invalid && !tl_ftp_entry_is_unsafe (entry))
    return NULL;
  return g_strdup (tl_ftp_entry_is_unsafe (entry) ? _("This name cannot be sent to the server: nothing can be done with it.")
                                                  : _("This name is not text of the chosen character set; it works all the same."));
}

GtkWidget *
tl_ftp_file_list_new_badge (GtkListItem *item)
{
  GtkWidget *badge = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_set_visible (badge, FALSE);
  gtk_widget_add_css_class (badge, "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (badge), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name with a problem"), -1);
  tl_ftp_file_list_set_tip (item, badge, tl_ftp_file_list_tell_problem);
  return badge;
}

static void
show_name (TlFtpEntry *entry,
           GtkWidget  *inscription)
{
  GtkWidget *badge = g_object_get_data (G_OBJECT (inscription), "tl-badge");
  gboolean invalid;

  g_object_get (entry, "badge", &invalid, NULL);
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), tl_ftp_entry_get_name (entry));
  gtk_widget_set_visible (badge, invalid || tl_ftp_entry_is_unsafe (entry));
}

static void
name_changed_cb (GtkWidget  *inscription,
                 GParamSpec *pspec,
                 TlFtpEntry *entry)
{
  show_name (entry, inscription);
}

void
tl_ftp_file_list_bind_name (GtkListItem *item,
                            GtkWidget   *inscription,
                            GtkWidget   *badge)
{
  TlFtpEntry *entry = gtk_list_item_get_item (item);

  g_object_set_data (G_OBJECT (inscription), "tl-badge", badge);
  g_object_set_data (G_OBJECT (item), "tl-name", inscription);
  g_signal_connect_object (entry, "notify::name", G_CALLBACK (name_changed_cb), inscription, G_CONNECT_SWAPPED);
  show_name (entry, inscription);
}

void
tl_ftp_file_list_unbind_name (GtkListItem *item)
{
  GtkWidget *inscription = g_object_get_data (G_OBJECT (item), "tl-name");

  if (inscription)
    g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), name_changed_cb, inscription);
}

void
tl_ftp_file_list_set_model (TlFtpFileList     *self,
                            GtkSelectionModel *model)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_instance_private (self);

  g_return_if_fail (TL_IS_FTP_FILE_LIST (self));

  priv->model = model;
  TL_FTP_FILE_LIST_GET_CLASS (self)->set_model (self, model);
}

static void
go_to_row (TlFtpFileList *self,
           guint          position,
           gboolean       focus)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_instance_private (self);

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
tl_ftp_file_list_scroll_to_start (TlFtpFileList *self)
{
  g_return_if_fail (TL_IS_FTP_FILE_LIST (self));

  go_to_row (self, 0, FALSE);
}

void
tl_ftp_file_list_hold_focus (TlFtpFileList *self)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_instance_private (self);
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
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_instance_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  guint n_items = priv->model ? g_list_model_get_n_items (G_LIST_MODEL (priv->model)) : 0;

  g_return_if_fail (TL_IS_FTP_FILE_LIST (self));

  if (n_items > 0 && root && gtk_root_get_focus (root) == GTK_WIDGET (self))
    tl_ftp_file_list_focus_row (self, fresh ? 0 : MIN (priv->held, n_items - 1));
}

guint
tl_ftp_file_list_row_at (TlFtpFileList *self,
                         double         x,
                         double         y)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_instance_private (self);
  GtkWidget *picked;

  g_return_val_if_fail (TL_IS_FTP_FILE_LIST (self), GTK_INVALID_LIST_POSITION);

  /* The pointer may be over the margin of a cell, or over a part of it: go up, and at each step look at what is directly below. */
  for (picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
       picked && picked != priv->list && picked != GTK_WIDGET (self); picked = gtk_widget_get_parent (picked))
    {
      GtkListItem *item = find_item (picked);

      if (item)
        return gtk_list_item_get_position (item);
    }

  return GTK_INVALID_LIST_POSITION;
}

GtkScrolledWindow *
tl_ftp_file_list_get_scrolled (TlFtpFileList *self)
{
  TlFtpFileListPrivate *priv = tl_ftp_file_list_get_instance_private (self);

  return priv->scrolled;
}
