/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table look of a message log. */

#include "tl-log-table.h"

#include "tl-log-cells.h"
#include "tl-log-highlight.h"
#include "tl-log-text.h"

#include <glib/gi18n-lib.h>

/* Below these widths the table leaves columns out. */
#define WIDTH_FOR_PEER 560
#define WIDTH_FOR_LENGTH 460
#define WIDTH_FOR_DUMP 1020

/* How wide the lines of a hex dump are, and of half of one. */
#define DUMP_CHARS 80
#define HALF_DUMP_CHARS 44

#define COUNT_NAME "tl-count"
#define SHOW_KEY "tl-log-show"

typedef void (*ShowFunc) (GtkInscription *cell,
                          TlMessage      *message);

typedef enum {
  COLUMN_TIME,
  COLUMN_KIND,
  COLUMN_PEER,
  COLUMN_LENGTH,
  COLUMN_COUNT,
  COLUMN_TEXT,
  N_COLUMNS,
} Column;

struct _TlLogTable
{
  TlLogList parent_instance;

  GtkColumnView       *view;
  GtkColumnViewColumn *columns[N_COLUMNS];
  gboolean             shown[N_COLUMNS];
  gboolean             wrap;
  gboolean             many_lines;
  gboolean             half_dump;
  guint                relayout_id;
};

G_DEFINE_FINAL_TYPE (TlLogTable, tl_log_table, TL_TYPE_LOG_LIST)

/* Its style is computed again when classes are set, be they the same. */
static void
set_classes (GtkWidget     *cell,
             TlMessageKind  kind,
             gboolean       found,
             gboolean       monospace)
{
  const char *classes[] = { "tl-cell", tl_message_text_css_class (kind), NULL, NULL, NULL };
  guint n = 2;

  if (found)
    classes[n++] = "tl-found";
  if (monospace)
    classes[n++] = "monospace";
  if (!gtk_widget_has_css_class (cell, classes[1]) || gtk_widget_has_css_class (cell, "tl-found") != found
      || gtk_widget_has_css_class (cell, "monospace") != monospace)
    gtk_widget_set_css_classes (cell, classes);
}

/* An inscription costs a tenth of a label; it cannot wrap to the height of its text, so that the wrapping text is another widget. */
static GtkWidget *
new_cell (TlLogTable *self,
          guint       min_chars,
          guint       nat_chars,
          float       xalign)
{
  /* Never without a text: GTK 4.8 would complain when a screen reader asks for it. */
  GtkWidget *cell = gtk_inscription_new ("");

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), min_chars);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), nat_chars);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), xalign);
  /* The lines of different scripts differ in height: centred, their base lines meet best. */
  gtk_inscription_set_yalign (GTK_INSCRIPTION (cell), self->many_lines ? 0.0 : 0.5);
  return cell;
}

static void
show_time (GtkInscription *cell,
           TlMessage      *message)
{
  g_autofree char *time = tl_message_text_time (tl_message_get_time (message));

  gtk_inscription_set_text (cell, time);
}

static void
show_kind (GtkInscription *cell,
           TlMessage      *message)
{
  gtk_inscription_set_text (cell, tl_message_text_kind (tl_message_get_kind (message)));
  set_classes (GTK_WIDGET (cell), tl_message_get_kind (message), FALSE, FALSE);
}

static void
show_peer (GtkInscription *cell,
           TlMessage      *message)
{
  const char *peer = tl_message_get_peer (message);

  gtk_inscription_set_text (cell, peer ? peer : "");
}

static void
show_length (GtkInscription *cell,
             TlMessage      *message)
{
  g_autofree char *length = NULL;

  if (TL_MESSAGE_KIND_IS_DATA (tl_message_get_kind (message)))
    length = g_strdup_printf ("%u", tl_message_get_length (message));
  gtk_inscription_set_text (cell, length ? length : "");
}

static void
adopt_cell (GtkListItem *item,
            GtkWidget   *cell,
            ShowFunc     show)
{
  g_object_set_data (G_OBJECT (cell), SHOW_KEY, (gpointer) show);
  tl_log_list_adopt_child (item, cell);
}

static void
setup_time_cb (TlLogTable  *self,
               GtkListItem *item)
{
  adopt_cell (item, new_cell (self, 15, 15, 0.0), show_time);
}

static void
setup_kind_cb (TlLogTable  *self,
               GtkListItem *item)
{
  adopt_cell (item, new_cell (self, 8, 8, 0.0), show_kind);
}

static void
setup_peer_cb (TlLogTable  *self,
               GtkListItem *item)
{
  GtkWidget *cell = new_cell (self, 10, 21, 0.0);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  adopt_cell (item, cell, show_peer);
}

static void
setup_length_cb (TlLogTable  *self,
                 GtkListItem *item)
{
  adopt_cell (item, new_cell (self, 4, 6, 1.0), show_length);
}

static void
count_pressed_cb (GtkGestureClick *gesture,
                  int              n_press,
                  double           x,
                  double           y,
                  GtkListItem     *item)
{
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *list = gtk_widget_get_ancestor (cell, TL_TYPE_LOG_LIST);

  if (!list || *gtk_inscription_get_text (GTK_INSCRIPTION (cell)) == '\0')
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  tl_log_list_unfold (TL_LOG_LIST (list), item);
}

static void
setup_count_cb (TlLogTable  *self,
                GtkListItem *item)
{
  GtkWidget *cell = new_cell (self, 4, 5, 1.0);
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_widget_set_name (cell, COUNT_NAME);
  gtk_widget_add_css_class (cell, "tl-count");
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (count_pressed_cb), item, 0);
  gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (gesture));
  tl_log_list_adopt_child (item, cell);
}

static void
setup_text_cb (TlLogTable  *self,
               GtkListItem *item)
{
  GtkWidget *cell;

  if (self->wrap)
    {
      cell = tl_log_text_new (40, TL_MESSAGE_LINES_LINES);
    }
  else
    {
      cell = new_cell (self, 12, 40, 0.0);
    }
  tl_log_list_adopt_child (item, cell);
}

static void
tl_log_table_show_cell (TlLogList   *list,
                        GtkListItem *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  ShowFunc show = g_object_get_data (G_OBJECT (cell), SHOW_KEY);

  show (GTK_INSCRIPTION (cell), gtk_list_item_get_item (item));
}

static void
show_inscription (TlLogTable     *self,
                  GtkInscription *cell,
                  const char     *text,
                  PangoAttrList  *attributes,
                  guint           n_lines,
                  gboolean        is_dump)
{
  guint dump_chars = self->half_dump ? HALF_DUMP_CHARS : DUMP_CHARS;

  gtk_inscription_set_min_chars (cell, is_dump ? dump_chars : 12);
  gtk_inscription_set_nat_chars (cell, is_dump ? dump_chars : 40);
  gtk_inscription_set_min_lines (cell, n_lines);
  gtk_inscription_set_nat_lines (cell, n_lines);
  gtk_inscription_set_text (cell, text);
  /* Each other list has the style of the cell computed at once, which is most of what binding a row takes; and most lists are equal to the last one. */
  if (!pango_attr_list_equal (gtk_inscription_get_attributes (cell), attributes))
    gtk_inscription_set_attributes (cell, attributes);
}

static void
show_text (TlLogTable  *self,
           GtkListItem *item,
           GtkWidget   *cell)
{
  TlLogLook *look = tl_log_list_get_look (TL_LOG_LIST (self));
  TlMessage *message = gtk_list_item_get_item (item);
  TlLogMode mode = tl_log_look_get_mode (look);
  TlMessageShape shape = tl_log_look_get_wrap (look) ? TL_MESSAGE_SHAPE_LINES : TL_MESSAGE_SHAPE_LINE;
  gboolean is_dump = mode == TL_LOG_MODE_HEX_DUMP && TL_MESSAGE_KIND_IS_DATA (tl_message_get_kind (message));
  g_autofree char *text = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;

  if (is_dump && self->half_dump)
    shape = TL_MESSAGE_SHAPE_BUBBLE;
  text = tl_log_look_preview (look, tl_log_list_get_position (TL_LOG_LIST (self), item), shape, NULL);
  attributes = tl_log_look_get_attributes (look, tl_log_list_get_position (TL_LOG_LIST (self), item), shape, text);

  if (TL_IS_LOG_TEXT (cell))
    tl_log_text_set (TL_LOG_TEXT (cell), text, attributes);
  else
    show_inscription (self, GTK_INSCRIPTION (cell), text, attributes,
                      tl_message_text_n_lines (tl_message_get_info (message), mode, shape), is_dump);
}

static void
show_count (TlLogList   *list,
            GtkListItem *item,
            GtkWidget   *cell)
{
  const guint count = tl_log_look_get_count (tl_log_list_get_look (list), tl_log_list_get_position (list, item));
  g_autofree char *text = count > 1 ? g_strdup_printf ("×%u", count) : g_strdup ("");

  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
}

static void
tl_log_table_update_row (TlLogList   *list,
                         GtkListItem *item,
                         gboolean     marks_only)
{
  TlLogLook *look = tl_log_list_get_look (list);
  TlMessage *message = gtk_list_item_get_item (item);
  GtkWidget *cell = gtk_list_item_get_child (item), *row = tl_log_cells_find_row (item);
  TlMessageKind kind = tl_message_get_kind (message);
  const gboolean found = tl_log_look_is_match (look, tl_message_get_id (message));
  const gboolean same = found == gtk_widget_has_css_class (cell, "tl-found");

  if (g_str_equal (gtk_widget_get_name (cell), COUNT_NAME))
    {
      show_count (list, item, cell);
      return;
    }
  set_classes (cell, kind, found, tl_log_look_get_mode (look) != TL_LOG_MODE_TEXT && TL_MESSAGE_KIND_IS_DATA (kind));
  if (!marks_only)
    tl_log_highlight_row (look, row ? row : cell, tl_log_list_get_position (list, item));
  if (!marks_only || !same)
    show_text (TL_LOG_TABLE (list), item, cell);
}

/* Not by their visibility: GTK 4.8 measures the rows with the widths of the hidden columns counted in. */
static void
show_column (TlLogTable *self,
             Column      column,
             gboolean    shown)
{
  guint position = 0;

  if (self->shown[column] == shown)
    return;
  self->shown[column] = shown;
  for (Column before = 0; before < column; before++)
    position += self->shown[before];
  if (shown)
    gtk_column_view_insert_column (self->view, position, self->columns[column]);
  else
    gtk_column_view_remove_column (self->view, self->columns[column]);
}

static const struct {
  void (*setup) (TlLogTable *self, GtkListItem *item);
  void (*bind)  (TlLogList *self, GtkListItem *item);
} cells[N_COLUMNS] = {
  [COLUMN_TIME] = { setup_time_cb, tl_log_list_bind_cell },
  [COLUMN_KIND] = { setup_kind_cb, tl_log_list_bind_cell },
  [COLUMN_PEER] = { setup_peer_cb, tl_log_list_bind_cell },
  [COLUMN_LENGTH] = { setup_length_cb, tl_log_list_bind_cell },
  [COLUMN_COUNT] = { setup_count_cb, tl_log_list_bind_row },
  [COLUMN_TEXT] = { setup_text_cb, tl_log_list_bind_row },
};

static void
set_factory (TlLogTable *self,
             Column      column)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (cells[column].setup), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (cells[column].bind), self);
  g_signal_connect_swapped (factory, "teardown", G_CALLBACK (tl_log_list_forget), self);
  gtk_column_view_column_set_factory (self->columns[column], factory);

  /* In GTK 4.8 the cells that are there keep the old factory; a column that comes back makes new ones. */
  if (self->shown[column])
    {
      show_column (self, column, FALSE);
      show_column (self, column, TRUE);
    }
}

static void
tl_log_table_relook (TlLogList *list)
{
  TlLogTable *self = TL_LOG_TABLE (list);
  TlLogLook *look = tl_log_list_get_look (list);
  gboolean wrap = tl_log_look_get_wrap (look) && tl_log_look_get_mode (look) != TL_LOG_MODE_HEX_DUMP;
  gboolean many_lines = wrap || tl_log_look_get_mode (look) == TL_LOG_MODE_HEX_DUMP;

  show_column (self, COLUMN_COUNT, tl_log_look_get_collapse (look));
  if (self->wrap == wrap && self->many_lines == many_lines)
    return;
  self->wrap = wrap;
  self->many_lines = many_lines;
  for (Column column = 0; column < N_COLUMNS; column++)
    set_factory (self, column);
}

static void
tl_log_table_set_model (TlLogList         *list,
                        GtkSelectionModel *model)
{
  gtk_column_view_set_model (TL_LOG_TABLE (list)->view, model);
}

static void
relayout_cb (gpointer data)
{
  TlLogTable *self = data;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean half_dump = width < WIDTH_FOR_DUMP;

  self->relayout_id = 0;
  show_column (self, COLUMN_PEER, width >= WIDTH_FOR_PEER);
  show_column (self, COLUMN_LENGTH, width >= WIDTH_FOR_LENGTH);
  if (self->half_dump == half_dump)
    return;
  self->half_dump = half_dump;
  if (tl_log_look_get_mode (tl_log_list_get_look (TL_LOG_LIST (self))) == TL_LOG_MODE_HEX_DUMP)
    tl_log_list_update_rows (TL_LOG_LIST (self));
}

/* Not within the allocation, which a change of columns would make void. */
static void
width_cb (TlLogTable *self)
{
  if (self->relayout_id == 0)
    self->relayout_id = g_idle_add_once (relayout_cb, self);
}

static void
tl_log_table_dispose (GObject *object)
{
  TlLogTable *self = TL_LOG_TABLE (object);

  g_clear_handle_id (&self->relayout_id, g_source_remove);
  G_OBJECT_CLASS (tl_log_table_parent_class)->dispose (object);
  for (Column column = 0; column < N_COLUMNS; column++)
    g_clear_object (&self->columns[column]);
}

static void
tl_log_table_class_init (TlLogTableClass *klass)
{
  TlLogListClass *list_class = TL_LOG_LIST_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_log_table_dispose;
  list_class->set_model = tl_log_table_set_model;
  list_class->show_cell = tl_log_table_show_cell;
  list_class->update_row = tl_log_table_update_row;
  list_class->relook = tl_log_table_relook;
}

static void
tl_log_table_init (TlLogTable *self)
{
  const char *titles[N_COLUMNS] = { _("Time"), C_("column", "Dir."), _("Peer"), _("Length"), "×", _("Content") };
  GtkScrolledWindow *scrolled = tl_log_list_get_scrolled (TL_LOG_LIST (self));

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "tl-log-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Message log"), -1);
  for (Column column = 0; column < N_COLUMNS; column++)
    {
      self->columns[column] = gtk_column_view_column_new (titles[column], NULL);
      gtk_column_view_column_set_resizable (self->columns[column], TRUE);
      set_factory (self, column);
      show_column (self, column, column != COLUMN_COUNT);
    }
  gtk_column_view_column_set_expand (self->columns[COLUMN_TEXT], TRUE);

  tl_log_list_set_view (TL_LOG_LIST (self), GTK_WIDGET (self->view),
                        gtk_widget_get_last_child (GTK_WIDGET (self->view)));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (scrolled), "notify::page-size", G_CALLBACK (width_cb),
                           self, G_CONNECT_SWAPPED);
}
