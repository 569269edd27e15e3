/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chat look of a message log. */

#include "tl-log-bubbles.h"

#include "tl-log-bubble.h"
#include "tl-log-highlight.h"

#include <glib/gi18n-lib.h>

struct _TlLogBubbles
{
  TlLogList parent_instance;

  GtkListView *view;
};

G_DEFINE_FINAL_TYPE (TlLogBubbles, tl_log_bubbles, TL_TYPE_LOG_LIST)

static void
show_all_cb (GtkListItem *item,
             GtkWidget   *bubble)
{
  gtk_widget_activate_action (bubble, "list.activate-item", "u", gtk_list_item_get_position (item));
}

static void
unfold_cb (GtkListItem *item,
           GtkWidget   *bubble)
{
  GtkWidget *list = gtk_widget_get_ancestor (bubble, TL_TYPE_LOG_LIST);

  if (list)
    tl_log_list_unfold (TL_LOG_LIST (list), item);
}

static void
setup_cb (TlLogBubbles *self,
          GtkListItem  *item)
{
  GtkWidget *bubble = tl_log_bubble_new ();

  g_signal_connect_object (bubble, "show-all", G_CALLBACK (show_all_cb), item, G_CONNECT_SWAPPED);
  g_signal_connect_object (bubble, "unfold", G_CALLBACK (unfold_cb), item, G_CONNECT_SWAPPED);
  tl_log_list_adopt_child (item, bubble);
}

static void
tl_log_bubbles_update_row (TlLogList   *list,
                           GtkListItem *item,
                           gboolean     marks_only)
{
  TlLogBubble *bubble = TL_LOG_BUBBLE (gtk_list_item_get_child (item));
  TlMessage *message = gtk_list_item_get_item (item);
  TlLogLook *look = tl_log_list_get_look (list);
  const gboolean found = tl_log_look_is_match (look, tl_message_get_id (message));

  if (!marks_only)
    tl_log_highlight_row (look, tl_log_bubble_get_body (bubble), tl_log_list_get_position (list, item));
  if (tl_log_bubble_set_found (bubble, found) || !marks_only)
    {
      gboolean is_cut;
      g_autofree char *text = tl_log_look_preview (look, tl_log_list_get_position (list, item), TL_MESSAGE_SHAPE_BUBBLE, &is_cut);
      g_autoptr (PangoAttrList) attributes = tl_log_look_get_attributes (look, tl_log_list_get_position (list, item), TL_MESSAGE_SHAPE_BUBBLE, text);

      tl_log_bubble_show (bubble, message, text, attributes, tl_log_look_get_mode (look) != TL_LOG_MODE_TEXT, is_cut);
      tl_log_bubble_set_count (bubble, tl_log_look_get_count (look, tl_log_list_get_position (list, item)));
    }
}

static void
tl_log_bubbles_set_model (TlLogList         *list,
                          GtkSelectionModel *model)
{
  gtk_list_view_set_model (TL_LOG_BUBBLES (list)->view, model);
}

static void
tl_log_bubbles_class_init (TlLogBubblesClass *klass)
{
  TlLogListClass *list_class = TL_LOG_LIST_CLASS (klass);

  list_class->set_model = tl_log_bubbles_set_model;
  list_class->update_row = tl_log_bubbles_update_row;
}

static void
tl_log_bubbles_init (TlLogBubbles *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (tl_log_list_bind_row), self);
  g_signal_connect_swapped (factory, "teardown", G_CALLBACK (tl_log_list_forget), self);

  self->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "tl-bubbles");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Message log"), -1);
  gtk_scrolled_window_set_policy (tl_log_list_get_scrolled (TL_LOG_LIST (self)), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  tl_log_list_set_view (TL_LOG_LIST (self), GTK_WIDGET (self->view), GTK_WIDGET (self->view));
}
