/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A quick send in the pane. */
#include "tl-quick-row.h"

#include "tl-composer-text.h"
#include "tl-timer-row.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlQuickRow
{
  GtkListBoxRow  parent_instance;

  GtkLabel      *name;
  GtkLabel      *detail;
  GtkLabel      *shortcut;
  GtkButton     *timer_button;
  GtkWidget     *menu_button;
  GMenuModel    *row_menu;
  GtkWidget     *menu;         /* made when it is used first: there may be a thousand rows */

  TlQuickSends  *sends;
  TlQuickRunner *runner;
  TlQuickSend   *send;
  GSignalGroup  *timer_signals;
};

enum {
  SIGNAL_EDIT,
  SIGNAL_REMOVE,
  SIGNAL_PROBLEM,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlQuickRow, tl_quick_row, GTK_TYPE_LIST_BOX_ROW)

/* The name of one that has none is what it sends. */
static char *
dup_title (TlQuickRow *self)
{
  const char *name = tl_quick_send_get_name (self->send);

  return *name ? g_strdup (name) : tl_composer_shorten (tl_quick_send_get_text (self->send));
}

static char *
dup_detail (TlQuickRow *self)
{
  TlTimedSend *timer = tl_quick_runner_get_timer (self->runner, self->send);
  const char *error = tl_quick_send_get_error (self->send);
  g_autofree char *note = NULL;
  g_autofree char *progress = NULL;

  if (error)
    return g_strdup (error);
  if (!timer)
    return tl_composer_shorten (tl_quick_send_get_text (self->send));

  g_object_get (timer, "note", &note, NULL);
  progress = tl_timer_row_describe (timer);
  return note ? g_strdup_printf ("%s\n%s", progress, note) : g_steal_pointer (&progress);
}

static void
show_timer_button (TlQuickRow *self)
{
  const gboolean running = tl_quick_runner_is_running (self->runner, self->send);
  g_autofree char *every = tl_timer_row_format_interval (tl_quick_send_get_period (self->send));
  /* Translators: %s is such as “250 ms” */
  g_autofree char *tip = running ? g_strdup (_("Stop the timer")) : g_strdup_printf (_("Send every %s"), every);

  gtk_widget_set_visible (GTK_WIDGET (self->timer_button), running || tl_quick_send_get_period (self->send) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.timer", running || tl_quick_send_get_period (self->send) > 0);
  gtk_button_set_icon_name (self->timer_button, running ? "media-playback-stop-symbolic" : "alarm-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->timer_button), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->timer_button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
}

static void
show (TlQuickRow *self)
{
  const guint digit = tl_quick_send_get_shortcut (self->send);
  g_autofree char *title = dup_title (self);
  g_autofree char *detail = dup_detail (self);
  g_autofree char *shortcut = digit > 0 ? g_strdup_printf (_("Ctrl+%u"), digit) : NULL;
  g_autofree char *label = shortcut ? g_strdup_printf ("%s, %s, %s", title, detail, shortcut) : g_strdup_printf ("%s, %s", title, detail);

  gtk_label_set_label (self->name, title);
  gtk_label_set_label (self->detail, detail);
  /* Not dim where it must be read. */
  if (tl_quick_send_get_error (self->send))
    gtk_widget_set_css_classes (GTK_WIDGET (self->detail), (const char *[]) { "caption", "error", NULL });
  else
    gtk_widget_set_css_classes (GTK_WIDGET (self->detail), (const char *[]) { "caption", "dim-label", "numeric", NULL });
  gtk_label_set_label (self->shortcut, shortcut ? shortcut : "");
  gtk_widget_set_visible (GTK_WIDGET (self->shortcut), digit > 0);
  show_timer_button (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
timer_cb (TlQuickRow  *self,
          TlQuickSend *send)
{
  if (send != self->send)
    return;

  g_signal_group_set_target (self->timer_signals, tl_quick_runner_get_timer (self->runner, send));
  show (self);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_EDIT], 0);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_REMOVE], 0);
}

static void
duplicate_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  TlQuickRow *self = TL_QUICK_ROW (widget);
  g_autoptr (TlQuickSend) copy = tl_quick_send_copy (self->send);

  /* The shortcut stays with the one that has it. */
  g_object_set (copy, "shortcut", 0, NULL);
  if (!tl_quick_sends_insert (self->sends, copy, tl_quick_sends_get_place (self->sends, self->send) + 1))
    g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, _("There are too many quick sends. Delete some first."));
}

/* The list makes a new row for what was moved; the focus goes along, so that the same key moves it on. */
static void
focus_moved (GtkWidget   *list,
             TlQuickSend *send)
{
  GtkListBoxRow *row;

  for (int i = 0; GTK_IS_LIST_BOX (list) && (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)); i++)
    if (TL_QUICK_ROW (row)->send == send)
      gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autoptr (TlQuickRow) self = g_object_ref (TL_QUICK_ROW (widget));
  GtkWidget *list = gtk_widget_get_parent (widget);
  const guint place = tl_quick_sends_get_place (self->sends, self->send);
  const gboolean up = g_str_equal (name, "row.up");

  if (up ? place == 0 : place + 1 >= tl_quick_sends_count (self->sends, tl_quick_send_get_group (self->send)))
    return;

  tl_quick_sends_move (self->sends, self->send, tl_quick_send_get_group (self->send), up ? place - 1 : place + 2);
  focus_moved (list, self->send);
}

static void
timer_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  TlQuickRow *self = TL_QUICK_ROW (widget);
  g_autoptr (GError) error = NULL;

  if (tl_quick_runner_is_running (self->runner, self->send))
    tl_quick_runner_stop (self->runner, self->send);
  else if (!tl_quick_runner_start (self->runner, self->send, &error))
    g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, error->message);
}

static void
reset_counter_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  tl_payload_maker_set_counter (tl_quick_send_get_maker (TL_QUICK_ROW (widget)->send), 1);
}

static void
right_pressed_cb (TlQuickRow *self,
                  int         n_press,
                  double      x,
                  double      y)
{
  tl_widget_popup_menu_at (GTK_WIDGET (self), &self->menu, self->row_menu, x, y);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlQuickRow *self = TL_QUICK_ROW (widget);
  double x, y;

  gtk_widget_translate_coordinates (self->menu_button, widget, 0, gtk_widget_get_height (self->menu_button), &x, &y);
  tl_widget_popup_menu_at (widget, &self->menu, self->row_menu, x, y);
}

static GdkContentProvider *
drag_prepare_cb (TlQuickRow *self)
{
  return gdk_content_provider_new_typed (TL_TYPE_QUICK_SEND, self->send);
}

static void
drag_begin_cb (TlQuickRow    *self,
               GdkDrag       *drag,
               GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
drop_cb (TlQuickRow   *self,
         const GValue *value,
         double        x,
         double        y)
{
  TlQuickSend *dropped = g_value_get_object (value);
  const gboolean below = y > gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  g_autofree char *group = g_strdup (tl_quick_send_get_group (self->send));

  /* From another program's list, or its own place. */
  if (!dropped || dropped == self->send || !tl_quick_sends_has (self->sends, dropped))
    return FALSE;

  tl_quick_sends_move (self->sends, dropped, group, tl_quick_sends_get_place (self->sends, self->send) + below);
  return TRUE;
}

static void
tl_quick_row_dispose (GObject *object)
{
  TlQuickRow *self = TL_QUICK_ROW (object);

  if (self->timer_signals)
    g_signal_group_set_target (self->timer_signals, NULL);
  g_clear_object (&self->timer_signals);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->sends);
  g_clear_object (&self->runner);
  g_clear_object (&self->send);

  G_OBJECT_CLASS (tl_quick_row_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "row.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "row.duplicate", NULL, duplicate_action);
  gtk_widget_class_install_action (widget_class, "row.up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "row.down", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "row.delete", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "row.timer", NULL, timer_action);
  gtk_widget_class_install_action (widget_class, "row.reset-counter", NULL, reset_counter_action);
  gtk_widget_class_install_action (widget_class, "row.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "row.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "row.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "row.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "row.down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "row.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "row.edit", NULL);
}

static void
tl_quick_row_class_init (TlQuickRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_quick_row_dispose;
  signals[SIGNAL_EDIT] = g_signal_new ("edit", TL_TYPE_QUICK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", TL_TYPE_QUICK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", TL_TYPE_QUICK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);

  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-quick-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TlQuickRow, name);
  gtk_widget_class_bind_template_child (widget_class, TlQuickRow, detail);
  gtk_widget_class_bind_template_child (widget_class, TlQuickRow, shortcut);
  gtk_widget_class_bind_template_child (widget_class, TlQuickRow, timer_button);
  gtk_widget_class_bind_template_child (widget_class, TlQuickRow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TlQuickRow, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, right_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
}

static void
tl_quick_row_init (TlQuickRow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (TL_TYPE_QUICK_SEND, GDK_ACTION_COPY | GDK_ACTION_MOVE);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  self->timer_signals = g_signal_group_new (TL_TYPE_TIMED_SEND);
  g_signal_group_connect_swapped (self->timer_signals, "notify", G_CALLBACK (show), self);
}

GtkWidget *
tl_quick_row_new (TlQuickSends  *sends,
                  TlQuickRunner *runner,
                  TlQuickSend   *send)
{
  TlQuickRow *self = g_object_new (TL_TYPE_QUICK_ROW, NULL);

  self->sends = g_object_ref (sends);
  self->runner = g_object_ref (runner);
  self->send = g_object_ref (send);
  g_signal_connect_object (send, "notify", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runner, "timer", G_CALLBACK (timer_cb), self, G_CONNECT_SWAPPED);
  timer_cb (self, send);

  return GTK_WIDGET (self);
}

TlQuickSend *
tl_quick_row_get_send (TlQuickRow *self)
{
  g_return_val_if_fail (TL_IS_QUICK_ROW (self), NULL);

  return self->send;
}
