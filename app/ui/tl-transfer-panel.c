/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transfers of a queue, a row each. */

#include "tl-transfer-panel-private.h"

#include "tl-overwrite-dialog.h"
#include "tl-transfer-row.h"
#include "tl-transfer-words.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

enum {
  PROP_QUEUE = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlTransferPanel, tl_transfer_panel, GTK_TYPE_WIDGET)

static void
update (TlTransferPanel *self)
{
  guint n_active = 0, n_failed = 0, n_paused = 0;
  double fraction = -1, speed = 0;
  gint64 left = -1;
  g_autofree char *text = NULL;

  if (self->queue != NULL)
    g_object_get (self->queue, "n-active", &n_active, "n-failed", &n_failed, "n-paused", &n_paused, "fraction", &fraction, "speed", &speed, "remaining", &left, NULL);
  text = tl_transfer_words_totals (n_active, n_failed, n_paused, fraction, speed, left);
  gtk_inscription_set_text (self->totals, text);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), n_active > 0);
  if (n_active > 0 && fraction < 0)
    gtk_progress_bar_pulse (self->progress);
  else
    gtk_progress_bar_set_fraction (self->progress, MAX (fraction, 0));
  gtk_stack_set_visible_child_name (self->stack, self->queue != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->queue)) > 0 ? "list" : "empty");
  tl_transfer_panel_update_actions (self);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);

  self->tick = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (TlTransferPanel *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
ask_cb (TlTransferPanel *self)
{
  GtkWindow *window = tl_transfer_panel_get_window (self);

  if (window != NULL)
    tl_overwrite_dialog_present (self->queue, window);
}

static void
row_cancel_cb (TlTransferRow   *row,
               TlTransferPanel *self)
{
  tl_transfer_queue_cancel (self->queue, tl_transfer_row_get_transfer (row));
}

static void
row_retry_cb (TlTransferRow   *row,
              TlTransferPanel *self)
{
  TlTransfer *transfer = tl_transfer_row_get_transfer (row);

  if (tl_transfer_get_state (transfer) == TL_TRANSFER_PAUSED)
    tl_transfer_queue_resume (self->queue, transfer);
  else
    tl_transfer_queue_retry (self->queue, transfer);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              TlTransferPanel          *self)
{
  GtkWidget *row = tl_transfer_row_new ();

  g_signal_connect_object (row, "cancel", G_CALLBACK (row_cancel_cb), self, 0);
  g_signal_connect_object (row, "retry", G_CALLBACK (row_retry_cb), self, 0);
  gtk_list_item_set_child (item, row);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  tl_transfer_row_set_transfer (TL_TRANSFER_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  tl_transfer_row_set_transfer (TL_TRANSFER_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
activated_cb (TlTransferPanel *self,
              guint            position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), "transfers.open", NULL);
}

static void
tl_transfer_panel_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_QUEUE:
      g_value_set_object (value, TL_TRANSFER_PANEL (object)->queue);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_transfer_panel_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_QUEUE:
      tl_transfer_panel_set_queue (TL_TRANSFER_PANEL (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_transfer_panel_root (GtkWidget *widget)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);

  GTK_WIDGET_CLASS (tl_transfer_panel_parent_class)->root (widget);
  if (self->queue != NULL)
    ask_cb (self);
}

static void
tl_transfer_panel_dispose (GObject *object)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  if (self->selection != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->selection, self);
      gtk_multi_selection_set_model (self->selection, NULL);
      tl_growing_list_set_model (self->rows, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_TRANSFER_PANEL);
  tl_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (tl_transfer_panel_parent_class)->dispose (object);
}

static void
tl_transfer_panel_class_init (TlTransferPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_transfer_panel_get_property;
  object_class->set_property = tl_transfer_panel_set_property;
  object_class->dispose = tl_transfer_panel_dispose;
  widget_class->root = tl_transfer_panel_root;

  props[PROP_QUEUE] = g_param_spec_object ("queue", NULL, NULL, TL_TYPE_TRANSFER_QUEUE,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (TL_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-transfer-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TlTransferPanel, totals);
  gtk_widget_class_bind_template_child (widget_class, TlTransferPanel, failed_button);
  gtk_widget_class_bind_template_child (widget_class, TlTransferPanel, progress);
  gtk_widget_class_bind_template_child (widget_class, TlTransferPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, TlTransferPanel, view);
  gtk_widget_class_bind_template_child (widget_class, TlTransferPanel, menu);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_set_css_name (widget_class, "transferpanel");
  tl_transfer_panel_install_actions (widget_class);
}

static void
tl_transfer_panel_init (TlTransferPanel *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = tl_growing_list_new (TL_TYPE_TRANSFER);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  /* At once: a key that comes before the next frame is not lost. */
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (tl_transfer_panel_update_actions), self);
  g_signal_connect_swapped (self->selection, "items-changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row_cb), NULL);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (factory);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (tl_transfer_panel_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));

  self->signals = g_signal_group_new (TL_TYPE_TRANSFER_QUEUE);
  g_signal_group_connect_swapped (self->signals, "ask", G_CALLBACK (ask_cb), self);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (changed_cb), self);
  update (self);
}

TlTransferQueue *
tl_transfer_panel_get_queue (TlTransferPanel *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER_PANEL (self), NULL);

  return self->queue;
}

void
tl_transfer_panel_set_queue (TlTransferPanel *self,
                             TlTransferQueue *queue)
{
  g_return_if_fail (TL_IS_TRANSFER_PANEL (self));

  if (!g_set_object (&self->queue, queue))
    return;

  g_signal_group_set_target (self->signals, queue);
  tl_growing_list_set_model (self->rows, queue != NULL ? G_LIST_MODEL (queue) : NULL);
  update (self);
  if (queue != NULL)
    ask_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_QUEUE]);
}
