/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the chat look: a line of who, when and how much, below it the bubble, and below a long message the way to all of it; for an event one
 * small line. */

#include "tl-log-bubble.h"

#include "tl-log-text.h"
#include "tl-message-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CHARS 64

struct _TlLogBubble
{
  GtkWidget parent_instance;

  GtkWidget *head;
  GtkWidget *body;
  GtkWidget *more;
  GtkWidget *count;  /* NULL until it is needed */
};

enum {
  SIGNAL_SHOW_ALL,
  SIGNAL_UNFOLD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlLogBubble, tl_log_bubble, GTK_TYPE_WIDGET)

/* To the millisecond: the table and the details have the rest. */
static char *
format_time (TlMessage *message)
{
  char *time = tl_message_text_time (tl_message_get_time (message));
  gsize length = strlen (time);

  if (length > 3)
    time[length - 3] = '\0';
  return time;
}

static char *
format_head (TlMessage *message)
{
  const char *peer = tl_message_get_peer (message);
  g_autofree char *time = format_time (message);
  g_autofree char *length = tl_message_text_length (tl_message_get_length (message));

  if (tl_message_get_kind (message) == TL_MESSAGE_RECEIVED)
    return g_strdup_printf (C_("head of a received message: peer, time, length", "%s · %s · %s"), peer ? peer : "",
                            time, length);
  if (!peer)
    return g_strdup_printf (C_("head of a sent message: time, length", "%s · %s · sent"), time, length);
  return g_strdup_printf (C_("head of a sent message: peer, time, length", "To %s · %s · %s · sent"), peer, time,
                          length);
}

static void
more_pressed_cb (GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
more_released_cb (TlLogBubble *self)
{
  g_signal_emit (self, signals[SIGNAL_SHOW_ALL], 0);
}

static void
count_released_cb (TlLogBubble *self)
{
  g_signal_emit (self, signals[SIGNAL_UNFOLD], 0);
}

static void
tl_log_bubble_dispose (GObject *object)
{
  TlLogBubble *self = TL_LOG_BUBBLE (object);

  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->body, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  g_clear_pointer (&self->count, gtk_widget_unparent);
  G_OBJECT_CLASS (tl_log_bubble_parent_class)->dispose (object);
}

static void
tl_log_bubble_class_init (TlLogBubbleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_log_bubble_dispose;
  signals[SIGNAL_UNFOLD] = g_signal_new ("unfold", TL_TYPE_LOG_BUBBLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SHOW_ALL] = g_signal_new ("show-all", TL_TYPE_LOG_BUBBLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tlbubble");
}

/* A line below the bubble that can be clicked. */
static GtkWidget *
add_line (TlLogBubble *self,
          GCallback    released)
{
  GtkGesture *gesture = gtk_gesture_click_new ();
  GtkWidget *line = tl_log_text_new (0, 1);

  gtk_widget_add_css_class (line, "tl-bubble-more");
  gtk_widget_set_cursor_from_name (line, "pointer");
  gtk_widget_set_visible (line, FALSE);
  gtk_widget_set_parent (line, GTK_WIDGET (self));

  g_signal_connect (gesture, "pressed", G_CALLBACK (more_pressed_cb), NULL);
  g_signal_connect_swapped (gesture, "released", released, self);
  gtk_widget_add_controller (line, GTK_EVENT_CONTROLLER (gesture));
  return line;
}

static void
tl_log_bubble_init (TlLogBubble *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);

  self->head = tl_log_text_new (0, 1);
  gtk_widget_add_css_class (self->head, "tl-bubble-head");
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));

  self->body = tl_log_text_new (MAX_CHARS, TL_MESSAGE_BUBBLE_LINES);
  gtk_widget_add_css_class (self->body, "tl-bubble-body");
  gtk_widget_set_parent (self->body, GTK_WIDGET (self));
  self->more = add_line (self, G_CALLBACK (more_released_cb));
}

GtkWidget *
tl_log_bubble_new (void)
{
  return g_object_new (TL_TYPE_LOG_BUBBLE, NULL);
}

static void
set_kind (TlLogBubble   *self,
          TlMessageKind  kind)
{
  const char *classes[] = { tl_message_text_css_class (kind), NULL };
  GtkAlign align = kind == TL_MESSAGE_SENT ? GTK_ALIGN_END
                   : kind == TL_MESSAGE_RECEIVED ? GTK_ALIGN_START
                                                 : GTK_ALIGN_CENTER;

  if (gtk_widget_has_css_class (GTK_WIDGET (self), classes[0]))
    return;
  gtk_widget_set_css_classes (GTK_WIDGET (self), classes);
  gtk_widget_set_halign (self->head, align);
  gtk_widget_set_halign (self->body, align);
  gtk_widget_set_halign (self->more, align);
  gtk_widget_set_visible (self->head, TL_MESSAGE_KIND_IS_DATA (kind));
}

void
tl_log_bubble_show (TlLogBubble   *self,
                    TlMessage     *message,
                    const char    *text,
                    PangoAttrList *attributes,
                    gboolean       monospace,
                    gboolean       is_cut)
{
  TlMessageKind kind = tl_message_get_kind (message);

  set_kind (self, kind);
  gtk_widget_set_visible (self->more, is_cut);
  if (is_cut)
    {
      guint32 length = tl_message_get_length (message);
      g_autofree char *more = g_strdup_printf (ngettext ("Show all %u byte…", "Show all %u bytes…", length), length);

      tl_log_text_set (TL_LOG_TEXT (self->more), more, NULL);
    }
  if (TL_MESSAGE_KIND_IS_DATA (kind))
    {
      g_autofree char *head = format_head (message);

      tl_log_text_set (TL_LOG_TEXT (self->head), head, NULL);
      tl_log_text_set (TL_LOG_TEXT (self->body), text, attributes);
    }
  else
    {
      g_autofree char *time = format_time (message);
      g_autofree char *line = g_strdup_printf ("%s  %s", text, time);

      tl_log_text_set (TL_LOG_TEXT (self->body), line, attributes);
    }
  if (monospace && TL_MESSAGE_KIND_IS_DATA (kind))
    gtk_widget_add_css_class (self->body, "monospace");
  else
    gtk_widget_remove_css_class (self->body, "monospace");
}

void
tl_log_bubble_set_count (TlLogBubble *self,
                         guint        count)
{
  g_autofree char *text = NULL;

  if (count < 2)
    {
      if (self->count)
        {
          tl_log_text_set (TL_LOG_TEXT (self->count), "", NULL);
          gtk_widget_set_visible (self->count, FALSE);
        }
      return;
    }
  if (!self->count)
    self->count = add_line (self, G_CALLBACK (count_released_cb));
  text = g_strdup_printf (C_("equal messages in one row: show each of them", "×%u · Show each"), count);
  tl_log_text_set (TL_LOG_TEXT (self->count), text, NULL);
  gtk_widget_set_halign (self->count, gtk_widget_get_halign (self->body));
  gtk_widget_set_visible (self->count, TRUE);
}

gboolean
tl_log_bubble_set_found (TlLogBubble *self,
                         gboolean     found)
{
  if (gtk_widget_has_css_class (self->body, "tl-found") == found)
    return FALSE;
  if (found)
    gtk_widget_add_css_class (self->body, "tl-found");
  else
    gtk_widget_remove_css_class (self->body, "tl-found");
  return TRUE;
}

GtkWidget *
tl_log_bubble_get_body (TlLogBubble *self)
{
  return self->body;
}

const char *
tl_log_bubble_get_head (TlLogBubble *self)
{
  return tl_log_text_get (TL_LOG_TEXT (self->head));
}
