/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message whole, a page at a time. */

#include "tl-message-details.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlMessageDetails
{
  GtkWidget parent_instance;

  GtkLabel    *title_label;
  GtkDropDown *mode_drop;
  GtkTextView *text_view;
  GtkWidget   *more_box;
  GtkLabel    *more_label;

  /* Without hyphens, which would be read as received. */
  GtkTextTag  *plain;
  TlLogLook   *look;
  TlMessage   *message;
  gsize        shown;
};

enum {
  CLOSE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlMessageDetails, tl_message_details, GTK_TYPE_WIDGET)

/* The row may have moved or gone since: without its neighbours it is decoded alone. */
static char *
format_page (TlMessageDetails *self,
             TlLogMode         mode)
{
  TlMessageSource *source = tl_log_look_get_source (self->look);
  const TlMessageInfo *info = tl_message_get_info (self->message);
  TlMessageInfo found;
  guint position;

  if (source && tl_message_source_find_id (source, info->id, &position)
      && tl_message_source_peek (source, position, &found) && found.id == info->id && found.time == info->time)
    return tl_message_text_page (source, position, mode, tl_log_look_get_charset (self->look),
                                 tl_log_look_get_is_datagram (self->look), self->shown);
  return tl_message_text_page_of_bytes (tl_message_get_bytes (self->message), mode,
                                        TL_MESSAGE_KIND_IS_DATA (info->kind) ? tl_log_look_get_charset (self->look)
                                                                             : TL_CHARSET_UTF_8,
                                        self->shown);
}

static void
show_text (TlMessageDetails *self,
           const char       *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter start, end;

  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_apply_tag (buffer, self->plain, &start, &end);
}

static void
update (TlMessageDetails *self)
{
  TlLogMode mode = gtk_drop_down_get_selected (self->mode_drop);
  gsize length = self->message ? g_bytes_get_size (tl_message_get_bytes (self->message)) : 0;
  g_autofree char *text = NULL;
  g_autofree char *more = NULL;

  if (!self->message)
    return;
  if (!TL_MESSAGE_KIND_IS_DATA (tl_message_get_kind (self->message)))
    mode = TL_LOG_MODE_TEXT;
  text = tl_log_look_finish_text (self->look, format_page (self, mode));
  show_text (self, text);
  more = g_strdup_printf (_("The first %zu of %zu bytes are shown"), self->shown,
                          length);
  gtk_label_set_text (self->more_label, more);
  gtk_widget_set_visible (self->more_box, length > self->shown);
}

static void
update_title (TlMessageDetails *self)
{
  const char *peer = tl_message_get_peer (self->message);
  g_autofree char *time = tl_message_text_date_time (tl_message_get_time (self->message));
  g_autofree char *length = tl_message_text_length (tl_message_get_length (self->message));
  g_autofree char *title = NULL;

  if (peer)
    title = g_strdup_printf (C_("kind, peer, length, time of a message", "%s · %s · %s · %s"),
                             tl_message_text_kind (tl_message_get_kind (self->message)), peer, length, time);
  else
    title = g_strdup_printf (C_("kind, length, time of a message", "%s · %s · %s"),
                             tl_message_text_kind (tl_message_get_kind (self->message)), length, time);
  gtk_label_set_text (self->title_label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title_label), title);
}

static void
mode_cb (TlMessageDetails *self)
{
  update (self);
}

static void
more_cb (TlMessageDetails *self)
{
  self->shown += TL_MESSAGE_DETAILS_PAGE;
  update (self);
}

static void
close_cb (TlMessageDetails *self)
{
  g_clear_object (&self->message);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), "", -1);
  g_signal_emit (self, signals[CLOSE], 0);
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  close_cb (TL_MESSAGE_DETAILS (widget));
  return TRUE;
}

static void
tl_message_details_dispose (GObject *object)
{
  TlMessageDetails *self = TL_MESSAGE_DETAILS (object);

  if (self->look)
    g_signal_handlers_disconnect_by_data (self->look, self);
  tl_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->message);
  g_clear_object (&self->look);
  G_OBJECT_CLASS (tl_message_details_parent_class)->dispose (object);
}

static void
tl_message_details_class_init (TlMessageDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_message_details_dispose;
  signals[CLOSE] = g_signal_new ("close", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-message-details.ui");
  gtk_widget_class_bind_template_child (widget_class, TlMessageDetails, title_label);
  gtk_widget_class_bind_template_child (widget_class, TlMessageDetails, mode_drop);
  gtk_widget_class_bind_template_child (widget_class, TlMessageDetails, text_view);
  gtk_widget_class_bind_template_child (widget_class, TlMessageDetails, more_box);
  gtk_widget_class_bind_template_child (widget_class, TlMessageDetails, more_label);
  gtk_widget_class_bind_template_callback (widget_class, mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
tl_message_details_init (TlMessageDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->plain = gtk_text_buffer_create_tag (gtk_text_view_get_buffer (self->text_view), NULL, "insert-hyphens", FALSE,
                                            NULL);
}

void
tl_message_details_show (TlMessageDetails *self,
                         TlLogLook        *look,
                         guint             position)
{
  TlMessageSource *source = tl_log_look_get_source (look);
  g_autoptr (TlMessage) message = source ? g_list_model_get_item (G_LIST_MODEL (source), position) : NULL;

  if (!message)
    return;
  if (g_set_object (&self->look, look))
    g_signal_connect_object (look, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_set_object (&self->message, message);
  self->shown = TL_MESSAGE_DETAILS_PAGE;
  gtk_widget_set_visible (GTK_WIDGET (self->mode_drop), TL_MESSAGE_KIND_IS_DATA (tl_message_get_kind (message)));
  update_title (self);
  if (gtk_drop_down_get_selected (self->mode_drop) == tl_log_look_get_mode (look))
    update (self);
  else
    gtk_drop_down_set_selected (self->mode_drop, tl_log_look_get_mode (look));
}

char *
tl_message_details_dup_text (TlMessageDetails *self)
{
  char *text = NULL;

  g_object_get (gtk_text_view_get_buffer (self->text_view), "text", &text, NULL);
  return text;
}
