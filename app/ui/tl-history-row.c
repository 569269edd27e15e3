/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session of the history in a list. */

#include "tl-history-row.h"

#include "tl-history-words.h"
#include "tl-widget.h"

struct _TlHistoryRow
{
  GtkWidget      parent_instance;

  GtkLabel      *day;
  GtkImage      *icon;
  GtkLabel      *title;
  GtkLabel      *running;
  GtkLabel      *peers;
  GtkLabel      *span;
  GtkLabel      *counts;
  GtkLabel      *notes;

  TlHistoryItem *item;
};

enum {
  MENU,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlHistoryRow, tl_history_row, GTK_TYPE_WIDGET)

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            TlHistoryRow    *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[MENU], 0, x, y);
}

static void
show_text (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
update (TlHistoryRow *self)
{
  TlHistorySession *session = tl_history_item_get_session (self->item);
  const TlHistoryAbout *about = tl_history_session_get_about (session);
  const gboolean running = tl_history_item_get_running (self->item);
  g_autofree char *span = tl_history_span (session, running);
  g_autofree char *counts = tl_history_counts (session);
  g_autofree char *notes = tl_history_notes (session);
  g_autofree char *label = tl_history_row_label (session, running);
  g_autofree char *day = tl_history_day (tl_history_session_get_started (session), g_get_real_time ());

  gtk_label_set_text (self->day, day);
  gtk_image_set_from_icon_name (self->icon, tl_history_kind_icon (about->kind));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), tl_history_kind_word (about->kind));
  gtk_label_set_text (self->title, about->title);
  gtk_widget_set_visible (GTK_WIDGET (self->running), running);
  show_text (self->peers, tl_history_session_get_peers (session));
  gtk_label_set_text (self->span, span);
  gtk_label_set_text (self->counts, counts);
  show_text (self->notes, notes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  tl_widget_name_row (GTK_WIDGET (self), label);
}

static void
tl_history_row_dispose (GObject *object)
{
  TlHistoryRow *self = TL_HISTORY_ROW (object);

  tl_history_row_set_item (self, NULL);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_history_row_parent_class)->dispose (object);
}

static void
tl_history_row_class_init (TlHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_history_row_dispose;
  signals[MENU] = g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE,
                                G_TYPE_DOUBLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TlHistoryRow, day);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryRow, title);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryRow, running);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryRow, peers);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryRow, span);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryRow, counts);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryRow, notes);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tl_history_row_init (TlHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_history_row_new (void)
{
  return g_object_new (TL_TYPE_HISTORY_ROW, NULL);
}

void
tl_history_row_set_item (TlHistoryRow  *self,
                         TlHistoryItem *item)
{
  g_return_if_fail (TL_IS_HISTORY_ROW (self));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_object (item, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

TlHistoryItem *
tl_history_row_get_item (TlHistoryRow *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_ROW (self), NULL);
  return self->item;
}

void
tl_history_row_set_shows_day (TlHistoryRow *self,
                              gboolean      shows_day)
{
  g_return_if_fail (TL_IS_HISTORY_ROW (self));
  gtk_widget_set_visible (GTK_WIDGET (self->day), shows_day);
}
