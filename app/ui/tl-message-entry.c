/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several lines of text with the keys of a message. */
#include "tl-message-entry.h"

#include "tl-long-text.h"
#include "tl-send-history.h"
#include "tl-set-string.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _TlMessageEntry
{
  GtkWidget      parent_instance;

  GtkTextView   *view;
  GtkTextBuffer *buffer;
  GtkLabel      *hint;
  GtkWidget     *held_bar;
  GtkLabel      *held_label;

  TlSendHistory *history;
  GtkTextTag    *wrong;
  gboolean       enter_sends;
  gboolean       composing;
  char          *purpose;       /* NULL: a message that is sent from here */

  /* A text with a line too long for the view, which then shows only the beginning; NULL: the view has the text. */
  char          *held;
  guint          held_length;
  guint          held_source;
};

G_DEFINE_FINAL_TYPE (TlMessageEntry, tl_message_entry, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_TEXT,
  PROP_MONOSPACE,
  PROP_ENTER_SENDS,
  PROP_PURPOSE,
  PROP_HISTORY,
  N_PROPS,
};

enum {
  SIGNAL_CHANGED,
  SIGNAL_SEND,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

/* An empty entry says what it is for, and with which key what is typed goes. */
static void
show_hint (TlMessageEntry *self)
{
  const char *hint = self->purpose ? self->purpose
                   : self->enter_sends ? _("Type a message; Enter sends it") : _("Type a message; Ctrl+Enter sends it");

  gtk_label_set_label (self->hint, hint);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), gtk_text_buffer_get_char_count (self->buffer) == 0 && !self->composing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, hint, -1);
}

static void
changed_cb (TlMessageEntry *self)
{
  show_hint (self);
  tl_message_entry_mark (self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
show_held_cb (gpointer data)
{
  TlMessageEntry *self = data;
  g_autofree char *beginning = tl_long_text_beginning (self->held);
  g_autofree char *count = g_strdup_printf ("%'u", self->held_length);
  g_autofree char *label = NULL;

  self->held_source = 0;
  label = g_strdup_printf (ngettext ("%s character, in lines too long to be edited here. All of it will be sent; the beginning is shown.",
                                     "%s characters, in lines too long to be edited here. All of them will be sent; the beginning is shown.",
                                     self->held_length), count);
  gtk_label_set_label (self->held_label, label);
  gtk_widget_set_visible (self->held_bar, TRUE);
  gtk_text_buffer_set_text (self->buffer, beginning, -1);
  return G_SOURCE_REMOVE;
}

/* Takes @text. The buffer cannot be changed while something is about to be inserted: it follows at once after. */
static void
hold (TlMessageEntry *self,
      char           *text)
{
  g_free (self->held);
  self->held = text;
  self->held_length = g_utf8_strlen (text, -1);
  gtk_text_view_set_editable (self->view, FALSE);
  gtk_text_buffer_set_enable_undo (self->buffer, FALSE);
  if (self->held_source == 0)
    self->held_source = g_idle_add_full (G_PRIORITY_HIGH, show_held_cb, self, NULL);
}

static void
let_go (TlMessageEntry *self)
{
  if (!self->held)
    return;
  g_clear_handle_id (&self->held_source, g_source_remove);
  g_clear_pointer (&self->held, g_free);
  gtk_widget_set_visible (self->held_bar, FALSE);
  gtk_text_view_set_editable (self->view, TRUE);
  gtk_text_buffer_set_enable_undo (self->buffer, TRUE);
}

static void
insert_text_cb (TlMessageEntry *self,
                GtkTextIter    *at,
                const char     *text,
                int             length)
{
  gsize n_bytes = length < 0 ? strlen (text) : (gsize) length;

  /* What is typed is let through: it comes a letter at a time. */
  if (self->held || n_bytes < TL_LONG_TEXT_SHOWN || !tl_long_text_is_too_long (at, text, n_bytes))
    return;
  hold (self, tl_long_text_join (at, text, n_bytes));
  g_signal_stop_emission_by_name (self->buffer, "insert-text");
}

static void
remove_cb (TlMessageEntry *self)
{
  tl_message_entry_set_text (self, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
preedit_changed_cb (TlMessageEntry *self,
                    const char     *preedit)
{
  self->composing = preedit && *preedit;
  show_hint (self);
}

static gboolean
is_at_edge (TlMessageEntry *self,
            gboolean        first)
{
  GtkTextIter caret;

  if (gtk_text_buffer_get_has_selection (self->buffer))
    return FALSE;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &caret, gtk_text_buffer_get_insert (self->buffer));
  if (first)
    return !gtk_text_view_backward_display_line (self->view, &caret);

  return !gtk_text_view_forward_display_line (self->view, &caret) || gtk_text_iter_is_end (&caret);
}

static gboolean
press_enter (TlMessageEntry  *self,
             GdkModifierType  state)
{
  gboolean sends = state & GDK_CONTROL_MASK || (self->enter_sends && !(state & GDK_SHIFT_MASK));

  if (sends)
    g_signal_emit (self, signals[SIGNAL_SEND], 0);

  return sends;
}

static gboolean
key_pressed_cb (TlMessageEntry  *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  return tl_message_entry_press (self, keyval, state);
}

static void
set_purpose (TlMessageEntry *self,
             const char     *purpose)
{
  if (!tl_set_string (&self->purpose, purpose))
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, purpose ? purpose : _("Message"), -1);
  show_hint (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PURPOSE]);
}

static void
set_history (TlMessageEntry      *self,
             const char * const  *entries)
{
  if (tl_send_history_set (self->history, entries))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HISTORY]);
}

static void
tl_message_entry_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlMessageEntry *self = TL_MESSAGE_ENTRY (object);

  switch (id)
    {
    case PROP_TEXT:
      g_value_take_string (value, tl_message_entry_dup_text (self));
      break;
    case PROP_MONOSPACE:
      g_value_set_boolean (value, gtk_text_view_get_monospace (self->view));
      break;
    case PROP_ENTER_SENDS:
      g_value_set_boolean (value, self->enter_sends);
      break;
    case PROP_PURPOSE:
      g_value_set_string (value, self->purpose);
      break;
    case PROP_HISTORY:
      g_value_take_boxed (value, tl_send_history_dup (self->history));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_message_entry_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TlMessageEntry *self = TL_MESSAGE_ENTRY (object);

  switch (id)
    {
    case PROP_TEXT:
      tl_message_entry_set_text (self, g_value_get_string (value));
      break;
    case PROP_MONOSPACE:
      if (gtk_text_view_get_monospace (self->view) == g_value_get_boolean (value))
        break;
      gtk_text_view_set_monospace (self->view, g_value_get_boolean (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_ENTER_SENDS:
      if (self->enter_sends == g_value_get_boolean (value))
        break;
      self->enter_sends = g_value_get_boolean (value);
      show_hint (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_PURPOSE:
      set_purpose (self, g_value_get_string (value));
      break;
    case PROP_HISTORY:
      set_history (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
tl_message_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TL_MESSAGE_ENTRY (widget)->view));
}

static void
tl_message_entry_dispose (GObject *object)
{
  g_clear_handle_id (&TL_MESSAGE_ENTRY (object)->held_source, g_source_remove);
  tl_widget_unparent_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (tl_message_entry_parent_class)->dispose (object);
}

static void
tl_message_entry_finalize (GObject *object)
{
  tl_send_history_free (TL_MESSAGE_ENTRY (object)->history);
  g_free (TL_MESSAGE_ENTRY (object)->held);
  g_free (TL_MESSAGE_ENTRY (object)->purpose);

  G_OBJECT_CLASS (tl_message_entry_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  props[PROP_MONOSPACE] = g_param_spec_boolean ("monospace", NULL, NULL, FALSE, flags);
  props[PROP_ENTER_SENDS] = g_param_spec_boolean ("enter-sends", NULL, NULL, TRUE, flags);
  props[PROP_PURPOSE] = g_param_spec_string ("purpose", NULL, NULL, NULL, flags);
  props[PROP_HISTORY] = g_param_spec_boxed ("history", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", TL_TYPE_MESSAGE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SEND] = g_signal_new ("send", TL_TYPE_MESSAGE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_message_entry_class_init (TlMessageEntryClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = tl_message_entry_get_property;
  object_class->set_property = tl_message_entry_set_property;
  object_class->dispose = tl_message_entry_dispose;
  object_class->finalize = tl_message_entry_finalize;
  widget_class->focus = tl_widget_focus_children;
  widget_class->grab_focus = tl_message_entry_grab_focus;
  install_properties (object_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-message-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, TlMessageEntry, view);
  gtk_widget_class_bind_template_child (widget_class, TlMessageEntry, buffer);
  gtk_widget_class_bind_template_child (widget_class, TlMessageEntry, hint);
  gtk_widget_class_bind_template_child (widget_class, TlMessageEntry, held_bar);
  gtk_widget_class_bind_template_child (widget_class, TlMessageEntry, held_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, insert_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, preedit_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_set_css_name (widget_class, "messageentry");
}

static void
tl_message_entry_init (TlMessageEntry *self)
{
  self->enter_sends = TRUE;
  self->history = tl_send_history_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->wrong = gtk_text_buffer_create_tag (self->buffer, "wrong",
                                            "underline", PANGO_UNDERLINE_ERROR,
                                            "background", "rgba(224,27,36,0.3)",
                                            NULL);
  show_hint (self);
}

char *
tl_message_entry_dup_text (TlMessageEntry *self)
{
  GtkTextIter start;
  GtkTextIter end;

  g_return_val_if_fail (TL_IS_MESSAGE_ENTRY (self), NULL);

  if (self->held)
    return g_strdup (self->held);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

void
tl_message_entry_set_text (TlMessageEntry *self,
                           const char     *text)
{
  g_return_if_fail (TL_IS_MESSAGE_ENTRY (self));

  let_go (self);
  gtk_text_buffer_set_text (self->buffer, text ? text : "", -1);
}

guint
tl_message_entry_get_length (TlMessageEntry *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_ENTRY (self), 0);

  return self->held ? self->held_length : (guint) gtk_text_buffer_get_char_count (self->buffer);
}

void
tl_message_entry_insert (TlMessageEntry *self,
                         const char     *text)
{
  g_return_if_fail (TL_IS_MESSAGE_ENTRY (self));
  g_return_if_fail (text != NULL);

  if (self->held)
    return;

  gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (self->buffer, text, -1);
}

void
tl_message_entry_mark (TlMessageEntry *self,
                       gsize           position)
{
  GtkTextIter start;
  GtkTextIter end;

  g_return_if_fail (TL_IS_MESSAGE_ENTRY (self));

  if (!self->wrong)
    return;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_remove_tag (self->buffer, self->wrong, &start, &end);
  if (position == 0 || (self->held && position > TL_LONG_TEXT_SHOWN))
    return;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, MIN (position - 1, G_MAXINT));
  end = start;
  if (!gtk_text_iter_forward_char (&end) && gtk_text_iter_equal (&start, &end))
    gtk_text_iter_backward_char (&start);
  gtk_text_buffer_apply_tag (self->buffer, self->wrong, &start, &end);
}

void
tl_message_entry_commit (TlMessageEntry *self)
{
  g_autofree char *text = tl_message_entry_dup_text (self);

  if (tl_send_history_add (self->history, text))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HISTORY]);
  tl_message_entry_set_text (self, "");
}

gboolean
tl_message_entry_walk (TlMessageEntry *self,
                       gboolean        back)
{
  g_autofree char *current = tl_message_entry_dup_text (self);
  const char *text = tl_send_history_step (self->history, back, current);
  GtkTextIter caret;

  if (!text)
    return FALSE;

  tl_message_entry_set_text (self, text);
  /* Back leaves the caret in the first line, forward in the last: so the next press of the same key goes on. */
  if (back)
    {
      gtk_text_buffer_get_start_iter (self->buffer, &caret);
      if (!gtk_text_iter_ends_line (&caret))
        gtk_text_iter_forward_to_line_end (&caret);
      if (!strchr (text, '\n'))
        gtk_text_buffer_get_end_iter (self->buffer, &caret);
    }
  else
    {
      gtk_text_buffer_get_end_iter (self->buffer, &caret);
    }
  gtk_text_buffer_place_cursor (self->buffer, &caret);

  return TRUE;
}

gboolean
tl_message_entry_press (TlMessageEntry  *self,
                        guint            keyval,
                        GdkModifierType  state)
{
  state &= gtk_accelerator_get_default_mod_mask ();

  /* While an input method composes, Enter and the arrows are its own. */
  if (self->composing)
    return FALSE;

  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return press_enter (self, state);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return state == 0 && is_at_edge (self, TRUE) && tl_message_entry_walk (self, TRUE);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return state == 0 && is_at_edge (self, FALSE) && tl_message_entry_walk (self, FALSE);
    default:
      return FALSE;
    }
}
