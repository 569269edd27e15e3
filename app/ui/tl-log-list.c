/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the table and the bubbles of a message log have in common. */

#include "tl-log-list-private.h"

#include "tl-widget.h"

#define ITEM_KEY "tl-log-item"
/* Until it has been laid out. */
#define UNKNOWN_HEIGHT 2000

enum {
  ACTIVATE,
  MENU,
  UNFOLD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TlLogList, tl_log_list, ADW_TYPE_BIN)

TlLogListPrivate *
tl_log_list_get_private (TlLogList *self)
{
  return tl_log_list_get_instance_private (self);
}

guint
tl_log_list_get_position (TlLogList   *self,
                          GtkListItem *item)
{
  return tl_log_rows_to_model (tl_log_list_get_private (self)->rows, gtk_list_item_get_position (item));
}

static gboolean
is_spare (TlLogList   *self,
          GtkListItem *item)
{
  return tl_log_list_get_position (self, item) == GTK_INVALID_LIST_POSITION;
}

static void
update_row (TlLogList   *self,
            GtkListItem *item,
            gboolean     marks_only)
{
  if (!is_spare (self, item))
    TL_LOG_LIST_GET_CLASS (self)->update_row (self, item, marks_only);
}

static void
update_cb (GtkListItem *item,
           gpointer     self)
{
  update_row (self, item, FALSE);
}

static void
update_marks_cb (GtkListItem *item,
                 gpointer     self)
{
  update_row (self, item, TRUE);
}

void
tl_log_list_update_rows (TlLogList *self)
{
  tl_log_cells_foreach (tl_log_list_get_private (self)->cells, update_cb, self);
}

static void
look_changed_cb (TlLogList *self)
{
  if (TL_LOG_LIST_GET_CLASS (self)->relook)
    TL_LOG_LIST_GET_CLASS (self)->relook (self);
  tl_log_list_update_rows (self);
}

static void
marks_changed_cb (TlLogList *self)
{
  tl_log_cells_foreach (tl_log_list_get_private (self)->cells, update_marks_cb, self);
}

typedef struct {
  TlLogList   *self;
  guint        position;
  GtkListItem *first;     /* selected */
} Search;

static void
replaced_row_cb (GtkListItem *item,
                 gpointer     data)
{
  Search *search = data;

  if (tl_log_list_get_position (search->self, item) == search->position)
    TL_LOG_LIST_GET_CLASS (search->self)->update_row (search->self, item, FALSE);
}

/* A view that has a model gets its first rows, and GTK 4.8 then holds the first of them for the focus and for the selection: whenever it goes it is made anew, and all
 * cells of a column view are measured again for it. A view that is given rows holds none. */
static void
use_model (TlLogList *self)
{
  TlLogListPrivate *priv = tl_log_list_get_private (self);
  const gboolean used = g_list_model_get_n_items (G_LIST_MODEL (priv->rows)) > 0;

  if (priv->used == used)
    return;
  priv->used = used;
  TL_LOG_LIST_GET_CLASS (self)->set_model (self, used ? GTK_SELECTION_MODEL (priv->rows) : NULL);
}

/* After the view. A row that is told of as replaced and is the same object may not be bound again: how many messages it stands for has changed. */
static void
items_changed_cb (TlLogList *self,
                  guint      position,
                  guint      removed,
                  guint      added)
{
  Search search = { self, position, NULL };

  if (removed == 1 && added == 1)
    tl_log_cells_foreach (tl_log_list_get_private (self)->cells, replaced_row_cb, &search);
}

static void
activate_cb (TlLogList *self,
             guint      row)
{
  const guint position = tl_log_rows_to_model (tl_log_list_get_private (self)->rows, row);

  if (position != GTK_INVALID_LIST_POSITION)
    g_signal_emit (self, signals[ACTIVATE], 0, position);
}

static void
pressed_cb (TlLogList       *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  guint position = tl_log_list_row_at (self, x, y);

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[MENU], 0, position, x, y);
}

static void
first_selected_cb (GtkListItem *item,
                   gpointer     data)
{
  Search *search = data;

  if (gtk_list_item_get_selected (item)
      && (!search->first || gtk_list_item_get_position (item) < gtk_list_item_get_position (search->first)))
    search->first = item;
}

/* The first selected row that can be seen, else the row that had the focus last. */
static gboolean
tl_log_list_grab_focus (GtkWidget *widget)
{
  TlLogListPrivate *priv = tl_log_list_get_private (TL_LOG_LIST (widget));
  Search search = { TL_LOG_LIST (widget), 0, NULL };
  GtkWidget *row;

  tl_log_cells_foreach (priv->cells, first_selected_cb, &search);
  for (row = search.first ? gtk_list_item_get_child (search.first) : NULL; row && row != priv->list; row = gtk_widget_get_parent (row))
    if (gtk_widget_get_focusable (row) && gtk_widget_grab_focus (row))
      return TRUE;

  return gtk_widget_grab_focus (priv->list);
}

/* A view that is taken out of its window has rows, but what is in them has gone, and nobody knows which rows have widgets. */
static void
tl_log_list_unroot (GtkWidget *widget)
{
  tl_log_rows_drop_spare (tl_log_list_get_private (TL_LOG_LIST (widget))->rows);
  GTK_WIDGET_CLASS (tl_log_list_parent_class)->unroot (widget);
}

static void
tl_log_list_dispose (GObject *object)
{
  TlLogListPrivate *priv = tl_log_list_get_private (TL_LOG_LIST (object));

  if (priv->follow)
    tl_log_follow_set_model (priv->follow, NULL);
  G_OBJECT_CLASS (tl_log_list_parent_class)->dispose (object);
  /* Whoever holds them yet: nothing of them is to be made or gone to any more, and there is nobody to ask. */
  if (priv->rows)
    g_object_run_dispose (G_OBJECT (priv->rows));
  if (priv->follow)
    g_object_run_dispose (G_OBJECT (priv->follow));
  g_clear_object (&priv->follow);
  g_clear_object (&priv->look);
  g_clear_object (&priv->model);
  g_clear_object (&priv->rows);
}

static void
tl_log_list_finalize (GObject *object)
{
  tl_log_cells_free (tl_log_list_get_private (TL_LOG_LIST (object))->cells);
  G_OBJECT_CLASS (tl_log_list_parent_class)->finalize (object);
}

static void
tl_log_list_class_init (TlLogListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tl_log_list_dispose;
  object_class->finalize = tl_log_list_finalize;
  GTK_WIDGET_CLASS (klass)->focus = tl_widget_focus_list;
  GTK_WIDGET_CLASS (klass)->grab_focus = tl_log_list_grab_focus;
  GTK_WIDGET_CLASS (klass)->unroot = tl_log_list_unroot;

  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[UNFOLD] = g_signal_new ("unfold", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[MENU] = g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
show_cb (GtkListItem *item,
         gboolean     plain,
         gpointer     data)
{
  TlLogListClass *klass = TL_LOG_LIST_GET_CLASS (data);

  if (plain)
    klass->show_cell (data, item);
  else
    update_row (data, item, FALSE);
}

/* Those that come late are all above what is seen while it is the end. */
static void
at_end_cb (TlLogList *self)
{
  TlLogListPrivate *priv = tl_log_list_get_private (self);

  if (!tl_log_follow_is_following (priv->follow))
    tl_log_cells_show_late (priv->cells);
}

static void
tl_log_list_init (TlLogList *self)
{
  TlLogListPrivate *priv = tl_log_list_get_private (self);
  GtkGesture *gesture = gtk_gesture_click_new ();

  priv->cells = tl_log_cells_new (show_cb, self);
  priv->rows = tl_log_list_rows_new (self);
  priv->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (priv->scrolled), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (priv->scrolled), TRUE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->scrolled));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (gesture, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

void
tl_log_list_set_view (TlLogList *self,
                      GtkWidget *view,
                      GtkWidget *list)
{
  TlLogListPrivate *priv = tl_log_list_get_private (self);

  gtk_scrolled_window_set_child (priv->scrolled, view);
  g_signal_connect_swapped (view, "activate", G_CALLBACK (activate_cb), self);
  priv->list = list;
  priv->follow = tl_log_follow_new (list, priv->scrolled);
  g_signal_connect_object (priv->follow, "notify", G_CALLBACK (at_end_cb), self, G_CONNECT_SWAPPED);
  tl_log_list_rows_attach (self);
  g_signal_connect_object (priv->rows, "items-changed", G_CALLBACK (use_model), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/* Nobody sees more than the last rows while a flood is followed. */
static void
bind (TlLogList   *self,
      GtkListItem *item,
      gboolean     plain)
{
  TlLogListPrivate *priv = tl_log_list_get_private (self);
  const guint position = gtk_list_item_get_position (item);
  const int height = gtk_widget_get_height (GTK_WIDGET (self));
  const guint n_seen = (guint) (height > 0 ? height : UNKNOWN_HEIGHT) / MIN_ROW_HEIGHT + 1;
  const guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (priv->rows));
  const gboolean later = n_rows > n_seen && position < n_rows - n_seen && tl_log_follow_is_flooded (priv->follow);

  tl_log_cells_bind (priv->cells, item, plain, plain ? 1 : tl_log_look_get_count (priv->look, tl_log_list_get_position (self, item)), later);
}

void
tl_log_list_bind_row (TlLogList   *self,
                      GtkListItem *item)
{
  tl_log_list_hide_spare (item, self);
  bind (self, item, FALSE);
}

void
tl_log_list_bind_cell (TlLogList   *self,
                       GtkListItem *item)
{
  bind (self, item, TRUE);
}

void
tl_log_list_forget (TlLogList   *self,
                    GtkListItem *item)
{
  tl_log_cells_forget (tl_log_list_get_private (self)->cells, item);
}

void
tl_log_list_adopt_child (GtkListItem *item,
                         GtkWidget   *child)
{
  tl_widget_select_once (child);
  gtk_list_item_set_child (item, child);
  g_object_set_data (G_OBJECT (child), ITEM_KEY, item);
}

void
tl_log_list_unfold (TlLogList   *self,
                    GtkListItem *item)
{
  g_signal_emit (self, signals[UNFOLD], 0, tl_log_list_get_position (self, item));
}

TlLogLook *
tl_log_list_get_look (TlLogList *self)
{
  return tl_log_list_get_private (self)->look;
}

void
tl_log_list_set_look (TlLogList *self,
                      TlLogLook *look)
{
  TlLogListPrivate *priv = tl_log_list_get_private (self);

  g_set_object (&priv->look, look);
  g_signal_connect_object (look, "changed", G_CALLBACK (look_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (look, "marks-changed", G_CALLBACK (marks_changed_cb), self, G_CONNECT_SWAPPED);
}

void
tl_log_list_set_model (TlLogList         *self,
                       GtkSelectionModel *model)
{
  TlLogListPrivate *priv = tl_log_list_get_private (self);

  if (priv->model)
    g_signal_handlers_disconnect_by_func (priv->model, items_changed_cb, self);
  g_set_object (&priv->model, model);
  tl_log_rows_set_model (priv->rows, model);
  if (model)
    g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  tl_log_follow_set_model (priv->follow, NULL);
  tl_log_follow_set_model (priv->follow, model ? G_LIST_MODEL (priv->rows) : NULL);
}

TlLogFollow *
tl_log_list_get_follow (TlLogList *self)
{
  return tl_log_list_get_private (self)->follow;
}

guint
tl_log_list_get_n_bound (TlLogList *self)
{
  return tl_log_cells_get_n (tl_log_list_get_private (self)->cells);
}

guint
tl_log_list_get_n_coming (TlLogList *self)
{
  return tl_log_rows_get_n_coming (tl_log_list_get_private (self)->rows);
}

GtkScrolledWindow *
tl_log_list_get_scrolled (TlLogList *self)
{
  return tl_log_list_get_private (self)->scrolled;
}

static GtkListItem *
find_item (GtkWidget *widget)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (widget), ITEM_KEY);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); !item && child;
       child = gtk_widget_get_next_sibling (child))
    item = find_item (child);
  return item;
}

guint
tl_log_list_row_at (TlLogList *self,
                    double     x,
                    double     y)
{
  TlLogListPrivate *priv = tl_log_list_get_private (self);
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  /* The pointer may be over the margin of a cell: go up until what is below has a row, but not so far that it has all. */
  for (; picked && picked != GTK_WIDGET (priv->scrolled) && picked != GTK_WIDGET (self);
       picked = gtk_widget_get_parent (picked))
    {
      GtkWidget *parent = gtk_widget_get_parent (picked);
      GtkListItem *item;

      if (parent && GTK_IS_SCROLLABLE (picked))
        break;
      item = find_item (picked);
      if (item)
        return tl_log_list_get_position (self, item);
    }
  return GTK_INVALID_LIST_POSITION;
}
