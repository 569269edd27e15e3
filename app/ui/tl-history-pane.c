/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sessions of the history to choose from. */

#include "tl-history-pane.h"

#include "tl-history-row.h"
#include "tl-history-words.h"
#include "tl-list-bin.h"
#include "tl-message-dialog.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlHistoryPane
{
  GtkWidget          parent_instance;

  GtkSearchEntry    *filter;
  GtkDropDown       *kind;
  GtkLabel          *error_label;
  GtkStack          *stack;
  GtkListView       *list;
  GtkPopover        *menu;

  TlHistory         *history;
  TlHistoryList     *sessions;
  GtkMultiSelection *selection;
  GHashTable        *bound;       /* of GtkListItem */
  GArray            *deleting;    /* of gint64; NULL: nothing is being deleted */
};

enum {
  SELECTED,
  ACTIVATE,
  FAILED,
  DELETED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlHistoryPane, tl_history_pane, GTK_TYPE_WIDGET)

static const char *const kinds[] = { NULL, "udp", "tcp-server", "tcp-client" };

static TlHistorySession *
get_session (TlHistoryPane *self,
             guint          position)
{
  g_autoptr (TlHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  return item != NULL ? tl_history_item_get_session (item) : NULL;
}

/* (transfer container): of TlHistoryItem. */
static GPtrArray *
dup_selected (TlHistoryPane *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (self->selection), position));
  return items;
}

static void
update_actions (TlHistoryPane *self)
{
  const guint n = tl_history_pane_get_n_selected (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sessions.delete", n > 0 && self->deleting == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sessions.copy-link", n == 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sessions.menu", n > 0);
}

static void
selection_changed_cb (TlHistoryPane *self)
{
  g_autoptr (GPtrArray) items = dup_selected (self);

  update_actions (self);
  g_signal_emit (self, signals[SELECTED], 0, items->len == 1 ? tl_history_item_get_session (items->pdata[0]) : NULL);
}

static void
update_stack (TlHistoryPane *self)
{
  const char *error = tl_history_list_get_error (self->sessions);
  const char *page = "list";

  if (!tl_history_list_get_loaded (self->sessions))
    page = "loading";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->sessions)) == 0)
    page = error != NULL ? "error" : tl_history_list_is_whole (self->sessions) ? "empty" : "none";
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_label_set_text (self->error_label, error != NULL ? error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), error != NULL);
}

/* The name of the day stands above its first session. */
static void
update_day (TlHistoryPane *self,
            GtkListItem   *item)
{
  const guint position = gtk_list_item_get_position (item);
  TlHistorySession *session = get_session (self, position);
  TlHistorySession *before = position > 0 && position != GTK_INVALID_LIST_POSITION ? get_session (self, position - 1) : NULL;

  if (session != NULL)
    tl_history_row_set_shows_day (TL_HISTORY_ROW (gtk_list_item_get_child (item)),
                                  before == NULL || !tl_history_is_same_day (tl_history_session_get_started (before),
                                                                             tl_history_session_get_started (session)));
}

static void
items_changed_cb (TlHistoryPane *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    update_day (self, item);
  update_stack (self);
  /* Rows that go leave the selection, without a word of its own. What is being read stays, though the filter hides it. */
  update_actions (self);
}

static void
row_menu_cb (TlHistoryRow  *row,
             double         x,
             double         y,
             TlHistoryPane *self)
{
  TlHistorySession *session = tl_history_item_get_session (tl_history_row_get_item (row));
  const guint position = tl_history_list_find (self->sessions, tl_history_session_get_id (session));
  double px, py;

  if (position == G_MAXUINT)
    return;
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_translate_coordinates (GTK_WIDGET (row), GTK_WIDGET (self), x, y, &px, &py);
  gtk_popover_set_pointing_to (self->menu, &(GdkRectangle) { (int) px, (int) py, 1, 1 });
  tl_widget_popup_menu (self->menu);
}

static void
setup_cb (TlHistoryPane *self,
          GtkListItem   *item)
{
  GtkWidget *row = tl_history_row_new ();

  g_signal_connect_object (row, "menu", G_CALLBACK (row_menu_cb), self, 0);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (TlHistoryPane *self,
         GtkListItem   *item)
{
  tl_history_row_set_item (TL_HISTORY_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
  g_hash_table_add (self->bound, item);
  update_day (self, item);
}

static void
unbind_cb (TlHistoryPane *self,
           GtkListItem   *item)
{
  g_hash_table_remove (self->bound, item);
  tl_history_row_set_item (TL_HISTORY_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
activate_cb (TlHistoryPane *self,
             guint          position)
{
  TlHistorySession *session = get_session (self, position);

  if (session == NULL)
    return;
  /* What is read is what is deleted by the button beside it. */
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  g_signal_emit (self, signals[ACTIVATE], 0, session);
}

static void
filter_changed_cb (TlHistoryPane *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->filter))));

  if (self->sessions != NULL)
    tl_history_list_set_text (self->sessions, text);
}

static void
filter_next_cb (TlHistoryPane *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
kind_changed_cb (TlHistoryPane *self)
{
  const guint selected = gtk_drop_down_get_selected (self->kind);

  if (self->sessions != NULL && selected < G_N_ELEMENTS (kinds))
    tl_history_list_set_kind (self->sessions, kinds[selected]);
}

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TlHistoryPane) self = user_data;
  g_autoptr (GArray) ids = g_steal_pointer (&self->deleting);
  g_autoptr (GError) error = NULL;

  if (!tl_history_delete_finish (TL_HISTORY (source), result, &error))
    {
      g_autofree char *sentence = g_strdup_printf (_("Not everything could be deleted. %s"), error->message);

      g_signal_emit (self, signals[FAILED], 0, sentence);
    }
  for (guint i = 0; i < ids->len; i++)
    g_signal_emit (self, signals[DELETED], 0, g_array_index (ids, gint64, i));
  if (self->selection != NULL)
    update_actions (self);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             TlHistoryPane    *self)
{
  GPtrArray *items = g_object_get_data (G_OBJECT (dialog), "tl-items");
  GArray *ids;

  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  if (!g_str_equal (response, "delete") || self->deleting != NULL)
    return;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < items->len; i++)
    {
      const gint64 id = tl_history_session_get_id (tl_history_item_get_session (items->pdata[i]));

      g_array_append_val (ids, id);
    }
  self->deleting = ids;
  update_actions (self);
  tl_history_delete_async (self->history, ids, NULL, deleted_cb, g_object_ref (self));
}

char *
tl_history_pane_delete_text (GPtrArray *items)
{
  GString *body = g_string_new (NULL);
  guint64 n_messages = 0, n_bytes = 0;
  gboolean running = FALSE;
  g_autofree char *size = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      TlHistorySession *session = tl_history_item_get_session (items->pdata[i]);

      n_messages += tl_history_session_get_n_messages (session) - tl_history_session_get_n_gone (session);
      n_bytes += tl_history_session_get_n_bytes (session);
      running |= tl_history_item_get_running (items->pdata[i]);
    }
  size = g_format_size (n_bytes);
  /* Translators: a count of messages and their size */
  g_string_append_printf (body, ngettext ("%'lu message (%s) will be deleted. This cannot be undone.",
                                          "%'lu messages (%s) will be deleted. This cannot be undone.", n_messages), (gulong) n_messages, size);
  if (running)
    g_string_append_printf (body, " %s", _("A session that is running goes on, and is recorded anew from then on."));
  return g_string_free (body, FALSE);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TlHistoryPane *self = TL_HISTORY_PANE (widget);
  g_autoptr (GPtrArray) items = dup_selected (self);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog;

  if (items->len == 0)
    return;
  heading = g_strdup_printf (ngettext ("Delete %u session?", "Delete %u sessions?", items->len), items->len);
  body = tl_history_pane_delete_text (items);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "delete", _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "tl-items", g_steal_pointer (&items), (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  tl_message_dialog_present (dialog);
}

static void
copy_link_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  g_autoptr (GPtrArray) items = dup_selected (TL_HISTORY_PANE (widget));
  const char *link = items->len == 1 ? tl_history_session_get_about (tl_history_item_get_session (items->pdata[0]))->link : NULL;

  if (link != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), link);
}

/* From the keyboard: at the row that has the focus. */
static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlHistoryPane *self = TL_HISTORY_PANE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_compute_bounds (focus, widget, &bounds))
    return;
  gtk_popover_set_pointing_to (self->menu, &(GdkRectangle) { (int) bounds.origin.x + 12, (int) (bounds.origin.y + bounds.size.height / 2), 1, 1 });
  tl_widget_popup_menu (self->menu);
}

/* Only while it can be seen the list is kept up to date. */
static void
tl_history_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tl_history_pane_parent_class)->map (widget);
  if (TL_HISTORY_PANE (widget)->sessions != NULL)
    tl_history_list_set_active (TL_HISTORY_PANE (widget)->sessions, TRUE);
}

static void
tl_history_pane_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  GTK_WIDGET_CLASS (tl_history_pane_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (TL_HISTORY_PANE (widget)->menu);
}

static void
tl_history_pane_dispose (GObject *object)
{
  TlHistoryPane *self = TL_HISTORY_PANE (object);

  if (self->sessions != NULL)
    {
      tl_history_list_set_active (self->sessions, FALSE);
      g_signal_handlers_disconnect_by_data (self->sessions, self);
      g_signal_handlers_disconnect_by_data (self->selection, self);
      gtk_list_view_set_model (self->list, NULL);
    }
  g_clear_object (&self->selection);
  g_clear_object (&self->sessions);
  g_clear_object (&self->history);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_history_pane_parent_class)->dispose (object);
}

static void
tl_history_pane_finalize (GObject *object)
{
  g_hash_table_unref (TL_HISTORY_PANE (object)->bound);
  G_OBJECT_CLASS (tl_history_pane_parent_class)->finalize (object);
}

static void
tl_history_pane_class_init (TlHistoryPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tl_history_pane_dispose;
  object_class->finalize = tl_history_pane_finalize;
  widget_class->map = tl_history_pane_map;
  widget_class->size_allocate = tl_history_pane_size_allocate;

  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    TL_TYPE_HISTORY_SESSION);
  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    TL_TYPE_HISTORY_SESSION);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  signals[DELETED] = g_signal_new ("deleted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (TL_TYPE_LIST_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-history-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, TlHistoryPane, filter);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryPane, kind);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryPane, error_label);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryPane, stack);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryPane, list);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryPane, menu);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_install_action (widget_class, "sessions.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "sessions.copy-link", NULL, copy_link_action);
  gtk_widget_class_install_action (widget_class, "sessions.menu", NULL, menu_action);
}

static void
tl_history_pane_init (TlHistoryPane *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->bound = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_widget_name_drop_downs (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
}

void
tl_history_pane_set_history (TlHistoryPane *self,
                             TlHistory     *history)
{
  g_return_if_fail (TL_IS_HISTORY_PANE (self));
  g_return_if_fail (self->history == NULL);

  self->history = g_object_ref (history);
  self->sessions = tl_history_list_new (history);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->sessions)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->sessions, "notify", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  update_stack (self);
  update_actions (self);
}

TlHistoryList *
tl_history_pane_get_list (TlHistoryPane *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_PANE (self), NULL);
  return self->sessions;
}

guint
tl_history_pane_get_n_selected (TlHistoryPane *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (TL_IS_HISTORY_PANE (self), 0);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  return (guint) gtk_bitset_get_size (selected);
}

gboolean
tl_history_pane_select (TlHistoryPane *self,
                        gint64         id)
{
  const guint position = tl_history_list_find (self->sessions, id);

  return position != G_MAXUINT && gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
}

void
tl_history_pane_set_single_click (TlHistoryPane *self,
                                  gboolean       single_click)
{
  g_return_if_fail (TL_IS_HISTORY_PANE (self));
  gtk_list_view_set_single_click_activate (self->list, single_click);
}
