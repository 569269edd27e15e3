/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message log of a session: bar, find bar, table or bubbles, details. */

#include "tl-log-view-private.h"

#include "tl-log-bubbles.h"
#include "tl-log-table.h"
#include "tl-message-text.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

enum {
  PROP_0,
  PROP_SESSION,
  PROP_BUBBLES,
  PROP_MODE,
  PROP_CHARSET,
  PROP_WRAP,
  PROP_SHOW,
  PROP_PEER,
  PROP_SHOW_CALLS,
  PROP_FOLLOW,
  PROP_PAUSED,
  PROP_COLLAPSE,
  PROP_N_NEW,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_ENUM_TYPE (TlLogShow, tl_log_show,
                    G_DEFINE_ENUM_VALUE (TL_LOG_SHOW_ALL, "all"),
                    G_DEFINE_ENUM_VALUE (TL_LOG_SHOW_RECEIVED, "received"),
                    G_DEFINE_ENUM_VALUE (TL_LOG_SHOW_SENT, "sent"),
                    G_DEFINE_ENUM_VALUE (TL_LOG_SHOW_EVENTS, "events"))

G_DEFINE_FINAL_TYPE (TlLogView, tl_log_view, GTK_TYPE_WIDGET)

static void
notify (TlLogView *self,
        guint      prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

TlLogList *
tl_log_view_get_list (TlLogView *self)
{
  return self->show_bubbles ? self->bubbles : self->table;
}

static void
at_end_cb (TlLogView   *self,
           GParamSpec  *pspec,
           TlLogFollow *follow)
{
  if (follow != tl_log_list_get_follow (tl_log_view_get_list (self)))
    return;
  /* Also what came since the rows have changed last; while the log is paused the end goes on without the user. */
  if (!tl_log_follow_get_at_end (follow) && !self->paused)
    tl_log_view_see_end (self);
  tl_log_view_update_new (self);
}

/* Only the look that is seen has the rows: the other would make widgets for nothing. */
void
tl_log_view_update_look (TlLogView *self)
{
  TlLogList *shown = tl_log_view_get_list (self);

  tl_log_list_set_model (shown == self->table ? self->bubbles : self->table, NULL);
  tl_log_list_set_model (shown, self->rows);
  tl_log_follow_set_paused (tl_log_list_get_follow (shown), self->paused);
  tl_log_view_update_page (self);
}

void
tl_log_view_set_bubbles (TlLogView *self,
                         gboolean   show_bubbles)
{
  if (self->show_bubbles == show_bubbles)
    return;
  self->show_bubbles = show_bubbles;
  tl_log_view_update_look (self);
  tl_log_view_update_new (self);
  notify (self, PROP_BUBBLES);
}

static void
set_show (TlLogView *self,
          TlLogShow  show)
{
  if (self->show == show)
    return;
  self->show = show;
  tl_log_view_update_filter (self);
  notify (self, PROP_SHOW);
}

static void
set_show_calls (TlLogView *self,
                gboolean   show_calls)
{
  if (self->show_calls == show_calls)
    return;
  self->show_calls = show_calls;
  tl_log_view_update_filter (self);
  notify (self, PROP_SHOW_CALLS);
}

static void
set_paused (TlLogView *self,
            gboolean   paused)
{
  if (self->paused == paused)
    return;
  self->paused = paused;
  if (paused && tl_log_follow_get_at_end (tl_log_list_get_follow (tl_log_view_get_list (self))))
    tl_log_view_see_end (self);
  tl_log_follow_set_paused (tl_log_list_get_follow (tl_log_view_get_list (self)), paused);
  tl_log_view_update_new (self);
  notify (self, PROP_PAUSED);
  notify (self, PROP_FOLLOW);
}

static void
set_mode (TlLogView *self,
          TlLogMode  mode)
{
  if (tl_log_look_set_mode (self->look, mode))
    notify (self, PROP_MODE);
}

static void
set_charset (TlLogView *self,
             TlCharset  charset)
{
  if (!tl_log_look_set_charset (self->look, charset))
    return;
  tl_find_bar_set_charset (self->find_bar, charset);
  if (self->filter_popover)
    tl_filter_popover_set_charset (self->filter_popover, charset);
  notify (self, PROP_CHARSET);
}

static void
peer_cb (TlLogView *self)
{
  tl_log_view_update_filter (self);
  notify (self, PROP_PEER);
}

static void
pattern_cb (TlLogView *self)
{
  tl_log_look_set_pattern (self->look, tl_find_bar_get_pattern (self->find_bar));
}

/* Who has found goes on from the row that was found. */
static void
find_open_cb (TlLogView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  gboolean open;

  g_object_get (self->find_bar, "open", &open, NULL);
  if (!open && focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->find_bar)))
    gtk_widget_grab_focus (GTK_WIDGET (tl_log_view_get_list (self)));
}

void
tl_log_view_go_to (TlLogView *self,
                   guint      position)
{
  tl_log_view_forget_place (self);
  gtk_selection_model_select_item (self->rows, position, TRUE);
  tl_log_follow_scroll_to (tl_log_list_get_follow (tl_log_view_get_list (self)), position);
}

void
tl_log_view_show_details (TlLogView *self,
                          guint      position)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->details)))
    gtk_paned_set_position (self->paned, gtk_widget_get_height (GTK_WIDGET (self->paned)) * 3 / 5);
  tl_message_details_show (self->details, self->look, position);
  gtk_widget_set_visible (GTK_WIDGET (self->details), TRUE);
}

static void
details_close_cb (TlLogView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->details), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (tl_log_view_get_list (self)));
}

void
tl_log_view_show_menu (TlLogView *self,
                       guint      position,
                       double     x,
                       double     y,
                       TlLogList *list)
{
  double at_x, at_y;

  if (!gtk_selection_model_is_selected (self->rows, position))
    gtk_selection_model_select_item (self->rows, position, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.unfold", tl_log_view_count_messages (self, position) > 1);
  if (!self->row_popover)
    {
      self->row_popover = gtk_popover_menu_new_from_model (self->row_menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->row_popover), FALSE);
      gtk_widget_set_halign (self->row_popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->row_popover, GTK_WIDGET (self));
    }
  gtk_widget_translate_coordinates (GTK_WIDGET (list), GTK_WIDGET (self), x, y, &at_x, &at_y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->row_popover), &(GdkRectangle){ at_x, at_y, 1, 1 });
  tl_widget_popup_menu (GTK_POPOVER (self->row_popover));
}

static void
tl_log_view_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TlLogView *self = TL_LOG_VIEW (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_BUBBLES:
      g_value_set_boolean (value, self->show_bubbles);
      break;
    case PROP_MODE:
      g_value_set_enum (value, tl_log_look_get_mode (self->look));
      break;
    case PROP_CHARSET:
      g_value_set_enum (value, tl_log_look_get_charset (self->look));
      break;
    case PROP_WRAP:
      g_value_set_boolean (value, tl_log_look_get_wrap (self->look));
      break;
    case PROP_SHOW:
      g_value_set_enum (value, self->show);
      break;
    case PROP_PEER:
      g_value_set_string (value, tl_peer_choice_get_peer (self->peers));
      break;
    case PROP_SHOW_CALLS:
      g_value_set_boolean (value, self->show_calls);
      break;
    case PROP_FOLLOW:
      g_value_set_boolean (value, !self->paused);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, self->paused);
      break;
    case PROP_COLLAPSE:
      g_value_set_boolean (value, tl_log_view_get_collapse (self));
      break;
    case PROP_N_NEW:
      g_value_set_uint (value, self->n_new);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_log_view_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TlLogView *self = TL_LOG_VIEW (object);

  switch (id)
    {
    case PROP_SESSION:
      tl_log_view_set_session (self, g_value_get_object (value));
      break;
    case PROP_BUBBLES:
      tl_log_view_set_bubbles (self, g_value_get_boolean (value));
      break;
    case PROP_MODE:
      set_mode (self, g_value_get_enum (value));
      break;
    case PROP_CHARSET:
      set_charset (self, g_value_get_enum (value));
      break;
    case PROP_WRAP:
      if (tl_log_look_set_wrap (self->look, g_value_get_boolean (value)))
        notify (self, PROP_WRAP);
      break;
    case PROP_SHOW:
      set_show (self, g_value_get_enum (value));
      break;
    case PROP_PEER:
      tl_peer_choice_set_peer (self->peers, g_value_get_string (value));
      break;
    case PROP_SHOW_CALLS:
      set_show_calls (self, g_value_get_boolean (value));
      break;
    case PROP_FOLLOW:
      set_paused (self, !g_value_get_boolean (value));
      break;
    case PROP_PAUSED:
      set_paused (self, g_value_get_boolean (value));
      break;
    case PROP_COLLAPSE:
      tl_log_view_set_collapse (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_log_view_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tl_log_view_parent_class)->realize (widget);
  tl_log_look_set_spell_controls (TL_LOG_VIEW (widget)->look, tl_message_text_must_spell (widget));
  tl_log_pace_set_clock (TL_LOG_VIEW (widget)->pace, gtk_widget_get_frame_clock (widget));
}

static void
tl_log_view_unrealize (GtkWidget *widget)
{
  tl_log_pace_set_clock (TL_LOG_VIEW (widget)->pace, NULL);
  GTK_WIDGET_CLASS (tl_log_view_parent_class)->unrealize (widget);
}

static void
tl_log_view_dispose (GObject *object)
{
  TlLogView *self = TL_LOG_VIEW (object);

  g_clear_pointer (&self->row_popover, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->filter_popover, gtk_widget_unparent);
  tl_log_view_drop_rows (self);
  if (self->peers)
    g_signal_handlers_disconnect_by_data (self->peers, self);
  tl_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->peers);
  g_clear_object (&self->look);
  g_clear_object (&self->pace);
  G_OBJECT_CLASS (tl_log_view_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TL_TYPE_SESSION, flags);
  props[PROP_BUBBLES] = g_param_spec_boolean ("bubbles", NULL, NULL, FALSE, flags);
  props[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, TL_TYPE_LOG_MODE, TL_LOG_MODE_TEXT, flags);
  props[PROP_CHARSET] = g_param_spec_enum ("charset", NULL, NULL, TL_TYPE_CHARSET, TL_CHARSET_UTF_8, flags);
  props[PROP_WRAP] = g_param_spec_boolean ("wrap", NULL, NULL, FALSE, flags);
  props[PROP_SHOW] = g_param_spec_enum ("show", NULL, NULL, TL_TYPE_LOG_SHOW, TL_LOG_SHOW_ALL, flags);
  props[PROP_PEER] = g_param_spec_string ("peer", NULL, NULL, NULL, flags);
  props[PROP_SHOW_CALLS] = g_param_spec_boolean ("show-calls", NULL, NULL, FALSE, flags);
  props[PROP_FOLLOW] = g_param_spec_boolean ("follow", NULL, NULL, TRUE, flags);
  props[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  props[PROP_COLLAPSE] = g_param_spec_boolean ("collapse", NULL, NULL, FALSE, flags);
  props[PROP_N_NEW]
    = g_param_spec_uint ("n-new", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_log_view_class_init (TlLogViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_log_view_get_property;
  object_class->set_property = tl_log_view_set_property;
  object_class->dispose = tl_log_view_dispose;
  widget_class->realize = tl_log_view_realize;
  widget_class->unrealize = tl_log_view_unrealize;
  install_properties (object_class);
  tl_log_view_install_actions (widget_class);

  g_type_ensure (TL_TYPE_FIND_BAR);
  g_type_ensure (TL_TYPE_LOG_TABLE);
  g_type_ensure (TL_TYPE_LOG_BUBBLES);
  g_type_ensure (TL_TYPE_MESSAGE_DETAILS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-log-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TlLogView, toasts);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, find_bar);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, trimmed_label);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, paned);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, stack);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, table);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, bubbles);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, new_button);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, details);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, charset_drop);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, narrow_charset_drop);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, peer_drop);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, row_menu);
  tl_log_view_bind_filter (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, find_open_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "found_cb", G_CALLBACK (tl_log_view_go_to));
  gtk_widget_class_bind_template_callback (widget_class, pattern_cb);
  gtk_widget_class_bind_template_callback (widget_class, details_close_cb);
}

static void
init_drop_downs (TlLogView *self)
{
  GtkDropDown *charset_drops[] = { self->charset_drop, self->narrow_charset_drop };
  g_autoptr (GtkStringList) charsets = gtk_string_list_new (NULL);

  for (guint i = 0; i < TL_N_CHARSETS; i++)
    gtk_string_list_append (charsets, tl_charset_get_name (i));
  for (guint i = 0; i < G_N_ELEMENTS (charset_drops); i++)
    {
      gtk_drop_down_set_model (charset_drops[i], G_LIST_MODEL (charsets));
      g_object_bind_property (self, "charset", charset_drops[i], "selected",
                              G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
    }
  tl_peer_choice_attach (self->peers, self->peer_drop);
}

static void
tl_log_view_init (TlLogView *self)
{
  TlLogList *lists[2];

  self->look = tl_log_look_new ();
  self->pace = tl_log_pace_new ();
  self->peers = tl_peer_choice_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  lists[0] = self->table;
  lists[1] = self->bubbles;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      tl_log_list_set_look (lists[i], self->look);
      g_signal_connect_object (lists[i], "activate", G_CALLBACK (tl_log_view_show_details), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (lists[i], "unfold", G_CALLBACK (tl_log_view_unfold), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (lists[i], "query-tooltip", G_CALLBACK (tl_log_view_tooltip_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (lists[i], "menu", G_CALLBACK (tl_log_view_show_menu), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (tl_log_list_get_follow (lists[i]), "notify::at-end", G_CALLBACK (at_end_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (tl_log_list_get_follow (lists[i]), "acted", G_CALLBACK (tl_log_view_forget_place), self, G_CONNECT_SWAPPED);
    }
  init_drop_downs (self);
  g_signal_connect_object (self->peers, "notify::peer", G_CALLBACK (peer_cb), self, G_CONNECT_SWAPPED);
  tl_log_view_update_page (self);
}

GtkWidget *
tl_log_view_new (void)
{
  return g_object_new (TL_TYPE_LOG_VIEW, NULL);
}
