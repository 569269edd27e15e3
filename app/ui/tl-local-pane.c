/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of this machine beside those of a server. */

#include "tl-local-pane-private.h"

#include "tl-local-columns.h"
#include "tl-widget.h"

#define ATTRIBUTES "standard::*,time::modified"
/* Of so many files the order is found in some milliseconds. */
#define SORTED_AT_ONCE 5000

enum {
  PROP_0,
  PROP_FOLDER,
  PROP_SHOW_HIDDEN,
  PROP_CAN_UPLOAD,
  N_PROPS,
};

enum {
  UPLOAD,
  DOWNLOAD,
  FILES_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlLocalPane, tl_local_pane, GTK_TYPE_WIDGET)

static GPtrArray *
dup_selected (TlLocalPane *self)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (GFileInfo) info = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

      g_ptr_array_add (files, g_object_ref (g_file_info_get_attribute_object (info, "standard::file")));
    }

  return files;
}

static void
selection_changed_cb (TlLocalPane *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "local.upload", self->can_upload && !gtk_bitset_is_empty (selected));
}

/* A list of GTK stays with the row that came first, wherever that is sorted to: a folder is shown when all of it is in its order, from its beginning. What sorts
 * goes before this. */
static gboolean
ready_cb (gpointer data)
{
  TlLocalPane *self = data;

  if (gtk_sort_list_model_get_pending (self->sorted) > 0)
    return G_SOURCE_CONTINUE;
  self->ready_id = 0;
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (self->sorted));
  tl_local_pane_update_message (self);
  return G_SOURCE_REMOVE;
}

static void
loading_cb (TlLocalPane *self)
{
  if (gtk_directory_list_is_loading (self->files))
    g_clear_handle_id (&self->ready_id, g_source_remove);
  else if (self->ready_id == 0 && gtk_multi_selection_get_model (self->selection) == NULL)
    {
      /* A usual folder does not wait until nobody draws any more. */
      const gboolean at_once = g_list_model_get_n_items (G_LIST_MODEL (self->files)) <= SORTED_AT_ONCE;

      gtk_sort_list_model_set_incremental (self->sorted, !at_once);
      self->ready_id = g_idle_add_full (at_once ? G_PRIORITY_DEFAULT : G_PRIORITY_LOW, ready_cb, self, NULL);
    }
}

/* From its beginning, whether it is another one or not. */
static void
read_folder (TlLocalPane *self)
{
  self->had_focus = tl_local_pane_has_focus (self);
  gtk_multi_selection_set_model (self->selection, NULL);
  gtk_sort_list_model_set_incremental (self->sorted, TRUE);
  gtk_directory_list_set_file (self->files, NULL);
  gtk_directory_list_set_file (self->files, self->folder);
  loading_cb (self);
  tl_local_pane_update_message (self);
}

static gboolean
is_shown (gpointer item,
          gpointer user_data)
{
  TlLocalPane *self = user_data;

  return (self->show_hidden || !g_file_info_get_is_hidden (item)) && tl_local_pane_is_wanted (self, item);
}

static void
row_activate_cb (TlLocalPane *self,
                 guint        position)
{
  g_autoptr (GFileInfo) info = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  GFile *file = G_FILE (g_file_info_get_attribute_object (info, "standard::file"));

  if (tl_local_info_is_folder (info))
    tl_local_pane_set_folder (self, file);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "local.upload", NULL);
}

static void
path_activate_cb (TlLocalPane *self)
{
  g_autoptr (GFile) folder = g_file_parse_name (gtk_editable_get_text (GTK_EDITABLE (self->path)));

  tl_local_pane_set_folder (self, folder);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
go_action (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  TlLocalPane *self = TL_LOCAL_PANE (widget);
  g_autoptr (GFile) folder = NULL;

  if (g_str_equal (name, "local.home"))
    folder = g_file_new_for_path (g_get_home_dir ());
  else
    folder = g_file_get_parent (self->folder);
  if (folder)
    tl_local_pane_set_folder (self, folder);
}

static void
reload_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  read_folder (TL_LOCAL_PANE (widget));
}

/* Those that are not shown too. */
static void
files_changed_cb (TlLocalPane *self)
{
  g_signal_emit (self, signals[FILES_CHANGED], 0);
}

static void
edit_path_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (TL_LOCAL_PANE (widget)->path));
}

static void
upload_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TlLocalPane *self = TL_LOCAL_PANE (widget);
  g_autoptr (GPtrArray) files = dup_selected (self);

  if (files->len > 0)
    g_signal_emit (self, signals[UPLOAD], 0, files);
}

static gboolean
is_selected_at (TlLocalPane *self,
                double       x,
                double       y)
{
  GtkWidget *view = GTK_WIDGET (self->view);

  for (GtkWidget *picked = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT); picked && picked != view; picked = gtk_widget_get_parent (picked))
    if (gtk_widget_get_state_flags (picked) & GTK_STATE_FLAG_SELECTED)
      return TRUE;

  return FALSE;
}

/* Only from what is selected: elsewhere a drag is the rubber band's. */
static GdkContentProvider *
drag_prepare_cb (TlLocalPane *self,
                 double       x,
                 double       y,
                 GtkGesture  *source)
{
  g_autoptr (GPtrArray) files = dup_selected (self);
  GdkFileList *list;
  GSList *all = NULL;

  if (files->len == 0 || !is_selected_at (self, x, y))
    return NULL;
  /* Or the band would begin too, and stay. */
  gtk_gesture_set_state (source, GTK_EVENT_SEQUENCE_CLAIMED);
  for (guint i = files->len; i > 0; i--)
    all = g_slist_prepend (all, g_ptr_array_index (files, i - 1));
  list = gdk_file_list_new_from_list (all);
  g_slist_free (all);

  {
    g_auto (GValue) value = G_VALUE_INIT;

    g_value_init (&value, GDK_TYPE_FILE_LIST);
    g_value_take_boxed (&value, list);
    return gdk_content_provider_new_for_value (&value);
  }
}

static gboolean
drop_cb (TlLocalPane  *self,
         const GValue *value)
{
  if (!G_VALUE_HOLDS (value, TL_TYPE_FTP_DRAG))
    return FALSE;
  g_signal_emit (self, signals[DOWNLOAD], 0, g_value_get_boxed (value), self->folder);

  return TRUE;
}

static void
pressed_cb (TlLocalPane *self,
            int          n_press,
            double       x,
            double       y)
{
  gtk_popover_set_pointing_to (self->context, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  tl_widget_popup_menu (self->context);
}

static void
add_controllers (TlLocalPane *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (TL_TYPE_FTP_DRAG, GDK_ACTION_COPY);
  GtkGesture *click = gtk_gesture_click_new ();

  /* Before the view, which would draw its band. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (drag_prepare_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (source));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
tl_local_pane_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  GTK_WIDGET_CLASS (tl_local_pane_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (TL_LOCAL_PANE (widget)->context);
}

static void
tl_local_pane_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlLocalPane *self = TL_LOCAL_PANE (object);

  switch (id)
    {
    case PROP_FOLDER:
      g_value_set_object (value, self->folder);
      break;
    case PROP_SHOW_HIDDEN:
      g_value_set_boolean (value, self->show_hidden);
      break;
    case PROP_CAN_UPLOAD:
      g_value_set_boolean (value, self->can_upload);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_local_pane_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlLocalPane *self = TL_LOCAL_PANE (object);

  switch (id)
    {
    case PROP_FOLDER:
      tl_local_pane_set_folder (self, g_value_get_object (value));
      break;
    case PROP_SHOW_HIDDEN:
      if (self->show_hidden == g_value_get_boolean (value))
        return;
      self->show_hidden = g_value_get_boolean (value);
      gtk_filter_changed (gtk_filter_list_model_get_filter (self->shown), GTK_FILTER_CHANGE_DIFFERENT);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_CAN_UPLOAD:
      if (self->can_upload == g_value_get_boolean (value))
        return;
      self->can_upload = g_value_get_boolean (value);
      selection_changed_cb (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_local_pane_dispose (GObject *object)
{
  TlLocalPane *self = TL_LOCAL_PANE (object);

  if (self->selection)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->files)
    g_signal_handlers_disconnect_by_data (self->files, self);
  g_clear_handle_id (&self->ready_id, g_source_remove);
  tl_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);
  g_clear_object (&self->shown);
  g_clear_object (&self->files);
  g_clear_object (&self->folder);
  g_clear_object (&self->marks);
  g_clear_pointer (&self->comparison, tl_ftp_comparison_unref);

  G_OBJECT_CLASS (tl_local_pane_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "local.up", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "local.home", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "local.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "local.upload", NULL, upload_action);
  gtk_widget_class_install_action (widget_class, "local.edit-path", NULL, edit_path_action);
  gtk_widget_class_install_property_action (widget_class, "local.show-hidden", "show-hidden");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "local.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, GDK_ALT_MASK, "local.home", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "local.reload", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, GDK_CONTROL_MASK, "local.upload", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "local.edit-path", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_h, GDK_CONTROL_MASK, "local.show-hidden", NULL);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_FOLDER] = g_param_spec_object ("folder", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_SHOW_HIDDEN] = g_param_spec_boolean ("show-hidden", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_UPLOAD] = g_param_spec_boolean ("can-upload", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[UPLOAD] = g_signal_new ("upload", TL_TYPE_LOCAL_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[DOWNLOAD] = g_signal_new ("download", TL_TYPE_LOCAL_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, TL_TYPE_FTP_DRAG, G_TYPE_FILE);
  signals[FILES_CHANGED] = g_signal_new ("files-changed", TL_TYPE_LOCAL_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_local_pane_class_init (TlLocalPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_local_pane_get_property;
  object_class->set_property = tl_local_pane_set_property;
  object_class->dispose = tl_local_pane_dispose;
  widget_class->size_allocate = tl_local_pane_size_allocate;
  install_properties (object_class);
  install_actions (widget_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-local-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, TlLocalPane, path);
  gtk_widget_class_bind_template_child (widget_class, TlLocalPane, stack);
  gtk_widget_class_bind_template_child (widget_class, TlLocalPane, view);
  gtk_widget_class_bind_template_child (widget_class, TlLocalPane, message);
  gtk_widget_class_bind_template_child (widget_class, TlLocalPane, empty);
  gtk_widget_class_bind_template_child (widget_class, TlLocalPane, context);
  gtk_widget_class_bind_template_callback (widget_class, path_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activate_cb);
}

static void
tl_local_pane_init (TlLocalPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->differences = TL_FTP_DIFFERENCES_ALL;
  tl_local_columns_add (self->view);
  self->files = gtk_directory_list_new (ATTRIBUTES, NULL);
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->files)), GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL)));
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->shown)), tl_local_columns_sorter (self->view));
  gtk_sort_list_model_set_incremental (self->sorted, TRUE);
  self->selection = gtk_multi_selection_new (NULL);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self);
  g_signal_connect_swapped (self->selection, "items-changed", G_CALLBACK (selection_changed_cb), self);
  g_signal_connect_swapped (self->selection, "items-changed", G_CALLBACK (tl_local_pane_update_message), self);
  g_signal_connect_swapped (self->files, "items-changed", G_CALLBACK (files_changed_cb), self);
  g_signal_connect_swapped (self->files, "notify::loading", G_CALLBACK (loading_cb), self);
  g_signal_connect_swapped (self->files, "notify::error", G_CALLBACK (tl_local_pane_update_message), self);
  add_controllers (self);
  selection_changed_cb (self);
}

GtkWidget *
tl_local_pane_new (GFile *folder)
{
  GtkWidget *self = g_object_new (TL_TYPE_LOCAL_PANE, NULL);

  tl_local_pane_set_folder (TL_LOCAL_PANE (self), folder);

  return self;
}

GFile *
tl_local_pane_get_folder (TlLocalPane *self)
{
  g_return_val_if_fail (TL_IS_LOCAL_PANE (self), NULL);

  return self->folder;
}

void
tl_local_pane_set_folder (TlLocalPane *self,
                          GFile       *folder)
{
  g_autofree char *name = NULL;

  g_return_if_fail (TL_IS_LOCAL_PANE (self));
  g_return_if_fail (G_IS_FILE (folder));

  name = g_file_get_parse_name (folder);
  gtk_editable_set_text (GTK_EDITABLE (self->path), name);
  if (self->folder && g_file_equal (self->folder, folder))
    return;
  g_set_object (&self->folder, folder);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "local.up", g_file_has_parent (folder, NULL));
  read_folder (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDER]);
}
