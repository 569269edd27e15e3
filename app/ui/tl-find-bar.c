/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks for text or bytes in the rows of a log. */

#include "tl-find-bar.h"

#include "tl-message-text.h"
#include "tl-set-string.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _TlFindBar
{
  GtkWidget parent_instance;

  GtkRevealer     *revealer;
  GtkEntry        *entry;
  GtkDropDown     *kind_choice;
  GtkToggleButton *case_button;
  GtkLabel        *count_label;
  GtkLabel        *error_label;
  GtkLabel        *undecided_label;
  GtkWidget       *previous_button;
  GtkWidget       *next_button;
  GtkWidget       *filter_button;

  TlMessageSearch *search;
  TlCharset        charset;
  gboolean         open;
  gboolean         collapsed;
  gboolean         filling;  /* several fields are written at once */
  TlPattern       *pattern;
  /* A step that was asked for before the search had come to a match: +1, -1. */
  int              pending;
};

enum {
  PROP_0,
  PROP_OPEN,
  N_PROPS,
};

enum {
  FOUND,
  FILTER,
  PATTERN_CHANGED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFindBar, tl_find_bar, GTK_TYPE_WIDGET)

static void
update_count (TlFindBar *self)
{
  g_autofree char *text = NULL;
  guint n_matches = self->search ? tl_message_search_get_n_matches (self->search) : 0;
  gboolean busy = FALSE;

  if (self->search)
    g_object_get (self->search, "busy", &busy, NULL);

  if (self->pattern == NULL)
    text = g_strdup ("");
  else if (n_matches > 0 && self->collapsed)
    text = g_strdup_printf (ngettext ("%u of %u row", "%u of %u rows", n_matches), tl_message_search_get_current (self->search), n_matches);
  else if (n_matches > 0)
    text = g_strdup_printf (_("%u of %u"), tl_message_search_get_current (self->search), n_matches);
  else
    text = g_strdup (busy ? _("Searching…") : _("No match"));

  gtk_label_set_text (self->count_label, text);
  tl_message_text_show_undecided (self->undecided_label, self->search ? tl_message_search_get_n_undecided (self->search) : 0);
  gtk_widget_set_sensitive (self->previous_button, n_matches > 0);
  gtk_widget_set_sensitive (self->next_button, n_matches > 0);
  gtk_widget_set_sensitive (self->filter_button, self->pattern != NULL);
}

static void
try_step (TlFindBar *self)
{
  int direction = self->pending;
  guint position;

  if (direction == 0 || !self->search || self->pattern == NULL)
    return;
  /* Taken back before the step, which notifies and so comes here again. */
  self->pending = 0;
  if (tl_message_search_step (self->search, direction > 0, &position))
    g_signal_emit (self, signals[FOUND], 0, position);
  else
    self->pending = direction;
}

static void
search_notify_cb (TlFindBar *self)
{
  try_step (self);
  update_count (self);
}

static void
show_error (TlFindBar    *self,
            const GError *error)
{
  gtk_label_set_text (self->error_label, error ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), error != NULL);
  if (error)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               error ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
search_anew (TlFindBar *self,
             gboolean   jump)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const TlPatternKind kind = gtk_drop_down_get_selected (self->kind_choice);
  g_autoptr (TlPattern) before = g_steal_pointer (&self->pattern);
  g_autoptr (GError) error = NULL;

  if (self->open && *text)
    self->pattern = tl_pattern_new (kind, text, self->charset, !gtk_toggle_button_get_active (self->case_button), &error);
  show_error (self, error);
  self->pending = self->pattern != NULL && jump ? 1 : 0;
  if (self->search)
    tl_message_search_set_pattern (self->search, self->pattern);
  if (!tl_pattern_equal (before, self->pattern))
    g_signal_emit (self, signals[PATTERN_CHANGED], 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->case_button), kind != TL_PATTERN_HEX);
  try_step (self);
  update_count (self);
}

static void
changed_cb (TlFindBar *self)
{
  if (!self->filling)
    search_anew (self, TRUE);
}

static void
next_cb (TlFindBar *self)
{
  tl_find_bar_step (self, TRUE);
}

static void
previous_cb (TlFindBar *self)
{
  tl_find_bar_step (self, FALSE);
}

static void
filter_cb (TlFindBar *self)
{
  g_signal_emit (self, signals[FILTER], 0);
}

static gboolean
key_pressed_cb (TlFindBar       *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      tl_find_bar_step (self, (state & GDK_SHIFT_MASK) == 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      tl_find_bar_close (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
tl_find_bar_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TlFindBar *self = TL_FIND_BAR (object);

  switch (id)
    {
    case PROP_OPEN:
      g_value_set_boolean (value, self->open);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_find_bar_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TlFindBar *self = TL_FIND_BAR (object);

  switch (id)
    {
    case PROP_OPEN:
      if (g_value_get_boolean (value))
        tl_find_bar_open (self);
      else
        tl_find_bar_close (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_find_bar_dispose (GObject *object)
{
  TlFindBar *self = TL_FIND_BAR (object);

  tl_find_bar_set_search (self, NULL);
  tl_widget_unparent_children (GTK_WIDGET (self));
  g_clear_pointer (&self->pattern, tl_pattern_unref);
  G_OBJECT_CLASS (tl_find_bar_parent_class)->dispose (object);
}

static void
tl_find_bar_class_init (TlFindBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_find_bar_get_property;
  object_class->set_property = tl_find_bar_set_property;
  object_class->dispose = tl_find_bar_dispose;

  props[PROP_OPEN] = g_param_spec_boolean ("open", NULL, NULL, FALSE,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_UINT);

  signals[PATTERN_CHANGED] = g_signal_new ("pattern-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FILTER] = g_signal_new ("filter", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TL_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFindBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, TlFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, TlFindBar, kind_choice);
  gtk_widget_class_bind_template_child (widget_class, TlFindBar, case_button);
  gtk_widget_class_bind_template_child (widget_class, TlFindBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, TlFindBar, error_label);
  gtk_widget_class_bind_template_child (widget_class, TlFindBar, undecided_label);
  gtk_widget_class_bind_template_child (widget_class, TlFindBar, previous_button);
  gtk_widget_class_bind_template_child (widget_class, TlFindBar, next_button);
  gtk_widget_class_bind_template_child (widget_class, TlFindBar, filter_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, tl_find_bar_close);
}

static void
tl_find_bar_init (TlFindBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* Before the entry, whose own Enter knows no Shift. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  update_count (self);
}

void
tl_find_bar_set_search (TlFindBar       *self,
                        TlMessageSearch *search)
{
  if (self->search == search)
    return;
  if (self->search)
    g_signal_handlers_disconnect_by_data (self->search, self);
  g_set_object (&self->search, search);
  if (!search)
    return;
  g_signal_connect_object (search, "notify", G_CALLBACK (search_notify_cb), self, G_CONNECT_SWAPPED);
  search_anew (self, FALSE);
}

void
tl_find_bar_set_charset (TlFindBar *self,
                         TlCharset  charset)
{
  if (self->charset == charset)
    return;
  self->charset = charset;
  if (self->open)
    search_anew (self, FALSE);
}

void
tl_find_bar_set_collapsed (TlFindBar *self,
                           gboolean   collapsed)
{
  self->collapsed = collapsed;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count_label), collapsed ? _("Rows are counted: equal messages that are one row count once") : NULL);
  update_count (self);
}

void
tl_find_bar_open (TlFindBar *self)
{
  if (!self->open)
    {
      self->open = TRUE;
      gtk_revealer_set_reveal_child (self->revealer, TRUE);
      search_anew (self, FALSE);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OPEN]);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
tl_find_bar_close (TlFindBar *self)
{
  if (!self->open)
    return;
  self->open = FALSE;
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  search_anew (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OPEN]);
}

void
tl_find_bar_step (TlFindBar *self,
                  gboolean   forward)
{
  if (!self->open)
    tl_find_bar_open (self);
  self->pending = forward ? 1 : -1;
  try_step (self);
  update_count (self);
}

TlPattern *
tl_find_bar_get_pattern (TlFindBar *self)
{
  return self->pattern;
}

void
tl_find_bar_find (TlFindBar *self,
                  TlPattern *pattern)
{
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->kind_choice, tl_pattern_get_kind (pattern));
  if (tl_pattern_get_kind (pattern) != TL_PATTERN_HEX)
    gtk_toggle_button_set_active (self->case_button, !tl_pattern_get_fold (pattern));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), tl_pattern_get_text (pattern));
  self->filling = FALSE;
  if (!self->open)
    {
      self->open = TRUE;
      gtk_revealer_set_reveal_child (self->revealer, TRUE);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OPEN]);
    }
  search_anew (self, FALSE);
}
