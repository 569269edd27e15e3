/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder that a browser shows, or why there is nothing to see. */

#include "tl-ftp-file-view-private.h"

#include "tl-ftp-grid.h"
#include "tl-ftp-status-pages.h"
#include "tl-ftp-selection.h"
#include "tl-ftp-table.h"
#include "tl-ftp-text.h"
#include "tl-ftp-type-ahead.h"
#include "tl-ftp-welcome.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

enum {
  PROP_0,
  PROP_MENU_MODEL,
  PROP_GRID,
  PROP_FILTERING,
  N_PROPS,
};

enum {
  ACTIVATE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFtpFileView, tl_ftp_file_view, GTK_TYPE_WIDGET)

TlFtpFileList *
tl_ftp_file_view_get_list (TlFtpFileView *self)
{
  return TL_FTP_FILE_LIST (self->grid ? self->grid_view : self->table);
}

static const char *
choose_page (TlFtpFileView *self,
             const char    *error)
{
  TlFtpDirectory *directory = tl_ftp_browser_get_directory (self->browser);
  gboolean listed = tl_ftp_browser_get_path (self->browser) != NULL;
  guint n_hidden;

  if (!listed && tl_ftp_browser_is_loading (self->browser))
    return "loading";
  if (!listed)
    return error ? "error" : "start";
  if (g_list_model_get_n_items (G_LIST_MODEL (directory)) > 0)
    return self->grid ? "grid" : "table";

  g_object_get (directory, "n-hidden", &n_hidden, NULL);
  return n_hidden > 0 ? "filtered" : "empty";
}

static void
update (TlFtpFileView *self)
{
  g_autofree char *error = NULL;
  const char *page;
  gboolean needs_login;

  if (!self->browser)
    return;
  error = tl_ftp_browser_dup_error (self->browser);
  page = choose_page (self, error);
  g_object_get (self->browser, "needs-login", &needs_login, NULL);

  gtk_stack_set_visible_child_name (self->stack, page);
  tl_ftp_table_expect (TL_FTP_TABLE (self->table), tl_ftp_browser_is_loading (self->browser));
  if (error)
    {
      tl_ftp_status_show_error (self->error_page, self->browser, error);
      gtk_label_set_label (self->error_label, error);
    }
  if (g_str_equal (page, "loading"))
    tl_ftp_status_show_loading (self->loading_page, self->browser);
  if (g_str_equal (page, "filtered"))
    tl_ftp_status_show_filtered (self->filtered_page, tl_ftp_browser_get_directory (self->browser));
  gtk_info_bar_set_revealed (self->error_bar, error && !g_str_equal (page, "error"));
  gtk_widget_set_visible (GTK_WIDGET (self->error_login), needs_login);
  gtk_widget_set_visible (GTK_WIDGET (self->page_login), needs_login);
}

/* From the same entry on, and with the focus on the same. */
static void
update_look (TlFtpFileView *self)
{
  TlFtpFileList *shown = tl_ftp_file_view_get_list (self);
  TlFtpFileList *other = TL_FTP_FILE_LIST (self->grid ? self->table : self->grid_view);
  guint first = tl_ftp_file_list_get_first_seen (other);
  guint focused = tl_ftp_file_list_get_focused (other);

  tl_ftp_file_list_set_model (shown, self->selection, tl_ftp_browser_get_directory (self->browser), first);
  update (self);
  if (focused != GTK_INVALID_LIST_POSITION)
    tl_ftp_file_list_focus_row (shown, focused);
  tl_ftp_file_list_set_model (other, NULL, NULL, 0);
}

static void
items_changed_cb (TlFtpFileView *self)
{
  tl_ftp_file_view_select_wanted (self);
  update (self);
}

static void
activate_cb (TlFtpFileView *self,
             guint          position)
{
  g_autoptr (TlFtpEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (entry)
    g_signal_emit (self, signals[ACTIVATE], 0, entry);
}

static void
menu_cb (TlFtpFileView *self,
         guint          position,
         double         x,
         double         y,
         TlFtpFileList *list)
{
  double at_x, at_y;

  if (position == GTK_INVALID_LIST_POSITION)
    gtk_selection_model_unselect_all (self->selection);
  else if (!gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
  gtk_widget_translate_coordinates (GTK_WIDGET (list), GTK_WIDGET (self), x, y, &at_x, &at_y);
  tl_widget_popup_menu_at (GTK_WIDGET (self), &self->menu, self->menu_model, at_x, at_y);
}

static void
filter_changed_cb (TlFtpFileView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->filter_entry));

  if (self->browser)
    {
      g_object_set (tl_ftp_browser_get_directory (self->browser), "filter", *text ? text : NULL, NULL);
      update (self);
    }
}

static void
filtering_cb (TlFtpFileView *self)
{
  if (!gtk_search_bar_get_search_mode (self->search_bar))
    gtk_widget_grab_focus (GTK_WIDGET (tl_ftp_file_view_get_list (self)));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTERING]);
}

/* Down or Enter leaves the field for what it found. */
static void
leave_filter_cb (TlFtpFileView *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_selection_model_select_item (self->selection, 0, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (tl_ftp_file_view_get_list (self)));
}

static void
clear_filter_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  TlFtpFileView *self = TL_FTP_FILE_VIEW (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->filter_entry), "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  g_object_set (tl_ftp_browser_get_directory (self->browser), "filter", NULL, "show-hidden", TRUE, NULL);
}

static void
typed_cb (TlFtpFileView *self,
          const char    *prefix)
{
  guint start = 0, position;
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);

  if (!gtk_bitset_is_empty (selected))
    start = gtk_bitset_get_minimum (selected) + (g_utf8_strlen (prefix, -1) == 1 ? 1 : 0);
  position = tl_ftp_directory_find_prefix (tl_ftp_browser_get_directory (self->browser), prefix, start);
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_selection_model_select_item (self->selection, position, TRUE);
  tl_ftp_file_list_focus_row (tl_ftp_file_view_get_list (self), position);
}

static gboolean
tl_ftp_file_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (tl_ftp_file_view_get_list (TL_FTP_FILE_VIEW (widget))));
}

static void
tl_ftp_file_view_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlFtpFileView *self = TL_FTP_FILE_VIEW (object);

  switch (prop_id)
    {
    case PROP_GRID:
      g_value_set_boolean (value, self->grid);
      break;
    case PROP_FILTERING:
      g_value_set_boolean (value, gtk_search_bar_get_search_mode (self->search_bar));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_file_view_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TlFtpFileView *self = TL_FTP_FILE_VIEW (object);

  switch (prop_id)
    {
    case PROP_MENU_MODEL:
      g_set_object (&self->menu_model, g_value_get_object (value));
      break;
    case PROP_GRID:
      if (self->grid != g_value_get_boolean (value))
        {
          self->grid = g_value_get_boolean (value);
          if (self->browser)
            update_look (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_FILTERING:
      gtk_search_bar_set_search_mode (self->search_bar, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_file_view_dispose (GObject *object)
{
  TlFtpFileView *self = TL_FTP_FILE_VIEW (object);

  g_clear_handle_id (&self->select_id, g_source_remove);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->browser)
    {
      g_signal_handlers_disconnect_by_data (self->browser, self);
      g_signal_handlers_disconnect_by_data (self->selection, self);
    }
  if (self->type_ahead)
    g_signal_handlers_disconnect_by_data (self->type_ahead, self);
  g_clear_object (&self->type_ahead);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_FTP_FILE_VIEW);
  tl_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->selection);
  g_clear_object (&self->browser);
  g_clear_object (&self->menu_model);
  g_clear_pointer (&self->wanted, g_ptr_array_unref);

  G_OBJECT_CLASS (tl_ftp_file_view_parent_class)->dispose (object);
}

static void
tl_ftp_file_view_class_init (TlFtpFileViewClass *klass)
{
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_ftp_file_view_get_property;
  object_class->set_property = tl_ftp_file_view_set_property;
  object_class->dispose = tl_ftp_file_view_dispose;
  widget_class->grab_focus = tl_ftp_file_view_grab_focus;

  properties[PROP_MENU_MODEL] = g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_GRID] = g_param_spec_boolean ("grid", NULL, NULL, FALSE, both);
  properties[PROP_FILTERING] = g_param_spec_boolean ("filtering", NULL, NULL, FALSE, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ACTIVATE] = g_signal_new ("activate", TL_TYPE_FTP_FILE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    TL_TYPE_FTP_ENTRY);

  /* Only while the list has the focus: in an entry these keys are the entry's. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "ftp.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "ftp.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_ALT_MASK, "ftp.properties", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_ALT_MASK, "ftp.properties", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, 0, "ftp.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "ftp.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "ftp.menu", NULL);
  gtk_widget_class_install_action (widget_class, "view.clear-filter", NULL, clear_filter_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (TL_TYPE_FTP_WELCOME);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-file-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFtpFileView, search_bar);
  gtk_widget_class_bind_template_child (widget_class, TlFtpFileView, filter_entry);
  gtk_widget_class_bind_template_child (widget_class, TlFtpFileView, error_bar);
  gtk_widget_class_bind_template_child (widget_class, TlFtpFileView, error_label);
  gtk_widget_class_bind_template_child (widget_class, TlFtpFileView, error_login);
  gtk_widget_class_bind_template_child (widget_class, TlFtpFileView, stack);
  gtk_widget_class_bind_template_child (widget_class, TlFtpFileView, welcome);
  gtk_widget_class_bind_template_child (widget_class, TlFtpFileView, loading_page);
  gtk_widget_class_bind_template_child (widget_class, TlFtpFileView, error_page);
  gtk_widget_class_bind_template_child (widget_class, TlFtpFileView, filtered_page);
  gtk_widget_class_bind_template_child (widget_class, TlFtpFileView, page_login);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filtering_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_filter_cb);
}

static void
tl_ftp_file_view_init (TlFtpFileView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->filter_entry));
}

static void
add_list (TlFtpFileView *self,
          GtkWidget     *list,
          const char    *name)
{
  gtk_stack_add_named (self->stack, list, name);
  g_signal_connect_object (list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "menu", G_CALLBACK (menu_cb), self, G_CONNECT_SWAPPED);
  tl_ftp_type_ahead_attach (self->type_ahead, list);
}

void
tl_ftp_file_view_set_browser (TlFtpFileView *self,
                              TlFtpBrowser  *browser)
{
  TlFtpDirectory *directory = tl_ftp_browser_get_directory (browser);

  g_return_if_fail (TL_IS_FTP_FILE_VIEW (self));
  g_return_if_fail (!self->browser);

  self->browser = g_object_ref (browser);
  self->selection = tl_ftp_selection_new (directory);
  self->type_ahead = tl_ftp_type_ahead_new ();
  g_signal_connect_swapped (self->type_ahead, "typed", G_CALLBACK (typed_cb), self);
  self->table = tl_ftp_table_new (directory);
  self->grid_view = tl_ftp_grid_new ();
  add_list (self, self->table, "table");
  add_list (self, self->grid_view, "grid");

  g_signal_connect_swapped (browser, "replacing", G_CALLBACK (tl_ftp_file_view_replacing_cb), self);
  g_signal_connect_swapped (browser, "loaded", G_CALLBACK (items_changed_cb), self);
  g_signal_connect_swapped (browser, "notify", G_CALLBACK (update), self);
  g_signal_connect_object (tl_ftp_browser_get_directory (browser), "compared", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self);
  update_look (self);
}

GtkWidget *
tl_ftp_file_view_get_welcome (TlFtpFileView *self)
{
  g_return_val_if_fail (TL_IS_FTP_FILE_VIEW (self), NULL);

  return self->welcome;
}

GtkSelectionModel *
tl_ftp_file_view_get_selection (TlFtpFileView *self)
{
  g_return_val_if_fail (TL_IS_FTP_FILE_VIEW (self), NULL);

  return self->selection;
}

GPtrArray *
tl_ftp_file_view_dup_first_selected (TlFtpFileView *self,
                                     guint          max)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more && entries->len < max; more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (entries, g_list_model_get_item (G_LIST_MODEL (self->selection), position));

  return entries;
}

GPtrArray *
tl_ftp_file_view_dup_selected (TlFtpFileView *self)
{
  return tl_ftp_file_view_dup_first_selected (self, G_MAXUINT);
}

gboolean
tl_ftp_file_view_is_selected_at (TlFtpFileView *self,
                                 double         x,
                                 double         y)
{
  TlFtpFileList *list = tl_ftp_file_view_get_list (self);
  guint position;

  if (!gtk_widget_get_mapped (GTK_WIDGET (list)))
    return FALSE;
  gtk_widget_translate_coordinates (GTK_WIDGET (self), GTK_WIDGET (list), x, y, &x, &y);
  position = tl_ftp_file_list_row_at (list, x, y);
  return position != GTK_INVALID_LIST_POSITION && gtk_selection_model_is_selected (self->selection, position);
}

void
tl_ftp_file_view_popup_menu (TlFtpFileView *self)
{
  GtkWidget *list = GTK_WIDGET (tl_ftp_file_view_get_list (self));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  graphene_rect_t bounds;

  if (focus && gtk_widget_is_ancestor (focus, list) && gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    tl_widget_popup_menu_at (GTK_WIDGET (self), &self->menu, self->menu_model, bounds.origin.x + 12,
                             bounds.origin.y + bounds.size.height / 2);
}
