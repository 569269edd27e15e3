/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search over all of the history. */

#include "tl-history-find.h"

#include "tl-history-list.h"
#include "tl-history-words.h"
#include "tl-list-bin.h"
#include "tl-message-text.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlHistoryFind
{
  GtkWidget        parent_instance;

  GtkSearchEntry  *entry;
  GtkDropDown     *kind;
  GtkDropDown     *charset_drop;
  GtkToggleButton *case_button;
  GtkLabel        *status;
  GtkWidget       *stop_button;
  GtkListView     *list;

  TlHistoryList   *sessions;
  TlHistorySearch *search;
  TlPattern       *pattern;
  TlCharset        charset;
};

enum {
  PROP_0,
  PROP_CHARSET,
  N_PROPS,
};

enum {
  FOUND,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlHistoryFind, tl_history_find, GTK_TYPE_WIDGET)

char *
tl_history_find_status (TlHistorySearch *search)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (search));
  const guint64 n_messages = tl_history_search_get_n_messages (search);
  const guint percent = n_messages > 0 ? (guint) (tl_history_search_get_n_searched (search) * 100 / n_messages) : 0;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%'u message found", "%'u messages found", n), n);
  if (tl_history_search_get_busy (search))
    g_string_append_printf (text, _(" · looking, %u %%"), percent);
  else if (tl_history_search_get_stopped (search))
    g_string_append_printf (text, _(" · stopped at %u %%"), percent);
  if (tl_history_search_get_truncated (search))
    g_string_append_printf (text, "\n%s", _("There are more. Look for something that is said less often."));
  if (tl_history_search_get_n_damaged (search) > 0)
    g_string_append_printf (text, ngettext ("\n%u part of the history is damaged and was left out.",
                                            "\n%u parts of the history are damaged and were left out.", tl_history_search_get_n_damaged (search)),
                            tl_history_search_get_n_damaged (search));
  if (tl_history_search_get_n_undecided (search) > 0)
    {
      g_autofree char *undecided = tl_message_text_undecided (tl_history_search_get_n_undecided (search));

      g_string_append_printf (text, "\n%s", undecided);
    }
  if (tl_history_search_get_error (search) != NULL)
    g_string_append_printf (text, "\n%s", tl_history_search_get_error (search));
  return g_string_free (text, FALSE);
}

static void
show_status (TlHistoryFind *self)
{
  g_autofree char *text = self->pattern != NULL ? tl_history_find_status (self->search) : NULL;

  gtk_label_set_text (self->status, text != NULL ? text : "");
  gtk_widget_set_visible (self->stop_button, tl_history_search_get_busy (self->search));
}

static void
show_error (TlHistoryFind *self,
            const GError  *error)
{
  if (error != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      gtk_label_set_text (self->status, error->message);
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
changed_cb (TlHistoryFind *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const TlPatternKind kind = gtk_drop_down_get_selected (self->kind);
  g_autoptr (GListModel) sessions = NULL;
  g_autoptr (TlPattern) pattern = NULL;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->case_button), kind != TL_PATTERN_HEX);
  if (self->search == NULL || !tl_history_list_get_loaded (self->sessions))
    return;
  if (*text != '\0')
    pattern = tl_pattern_new (kind, text, self->charset, !gtk_toggle_button_get_active (self->case_button), &error);
  g_clear_pointer (&self->pattern, tl_pattern_unref);
  self->pattern = g_steal_pointer (&pattern);
  if (self->pattern == NULL)
    tl_history_search_clear (self->search);
  else
    {
      sessions = tl_history_list_dup_sessions (self->sessions);
      tl_history_search_start (self->search, sessions, self->pattern, self->charset);
    }
  show_status (self);
  show_error (self, error);
}

static void
stop_cb (TlHistoryFind *self)
{
  if (self->search != NULL)
    tl_history_search_stop (self->search);
}

static void
activate_cb (TlHistoryFind *self,
             guint          position)
{
  g_autoptr (TlHistoryHit) hit = g_list_model_get_item (G_LIST_MODEL (self->search), position);

  if (hit != NULL)
    g_signal_emit (self, signals[FOUND], 0, hit);
}

static GtkWidget *
new_label (GtkWidget  *box,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 6);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* Three lines: what was said, when and with whom, and in which session. */
static void
setup_cb (TlHistoryFind *self,
          GtkListItem   *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *preview = new_label (box, NULL);

  gtk_label_set_wrap (GTK_LABEL (preview), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (preview), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (preview), 3);
  new_label (box, "caption");
  new_label (box, "caption");
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "dim-label");
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (TlHistoryFind *self,
         GtkListItem   *item)
{
  TlHistoryHit *hit = gtk_list_item_get_item (item);
  const TlMessageInfo *info = tl_history_hit_get_info (hit);
  const TlHistoryAbout *about = tl_history_session_get_about (tl_history_hit_get_session (hit));
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  g_autofree char *day = tl_history_day (info->time, g_get_real_time ());
  g_autofree char *time = tl_message_text_time (info->time);
  g_autofree char *preview = tl_message_text_for_widget (label, tl_history_hit_get_preview (hit));
  g_autofree char *when = NULL;
  g_autofree char *name = NULL;

  when = g_strjoin (" · ", day, time, tl_message_text_kind (info->kind), tl_history_hit_get_peer (hit), NULL);
  gtk_label_set_text (GTK_LABEL (label), preview);
  label = gtk_widget_get_next_sibling (label);
  gtk_label_set_text (GTK_LABEL (label), when);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (label)), about->title);
  name = g_strjoin (", ", preview, when, about->title, NULL);
  tl_widget_name_row (gtk_list_item_get_child (item), name);
}

static void
tl_history_find_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_CHARSET:
      g_value_set_enum (value, TL_HISTORY_FIND (object)->charset);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
set_charset (TlHistoryFind *self,
             TlCharset      charset)
{
  if (self->charset == charset)
    return;
  self->charset = charset;
  if (self->pattern != NULL)
    changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHARSET]);
}

static void
tl_history_find_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_CHARSET:
      set_charset (TL_HISTORY_FIND (object), g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_history_find_dispose (GObject *object)
{
  TlHistoryFind *self = TL_HISTORY_FIND (object);

  if (self->search != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->search, self);
      tl_history_search_stop (self->search);
      gtk_list_view_set_model (self->list, NULL);
      g_signal_handlers_disconnect_by_data (self->sessions, self);
      tl_history_list_set_active (self->sessions, FALSE);
    }
  g_clear_object (&self->search);
  g_clear_object (&self->sessions);
  g_clear_pointer (&self->pattern, tl_pattern_unref);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_history_find_parent_class)->dispose (object);
}

static void
tl_history_find_class_init (TlHistoryFindClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_history_find_get_property;
  object_class->set_property = tl_history_find_set_property;
  object_class->dispose = tl_history_find_dispose;

  properties[PROP_CHARSET] = g_param_spec_enum ("charset", NULL, NULL, TL_TYPE_CHARSET, TL_CHARSET_UTF_8,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, TL_TYPE_HISTORY_HIT);

  g_type_ensure (TL_TYPE_LIST_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-history-find.ui");
  gtk_widget_class_bind_template_child (widget_class, TlHistoryFind, entry);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryFind, kind);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryFind, charset_drop);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryFind, case_button);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryFind, status);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryFind, stop_button);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryFind, list);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
tl_history_find_init (TlHistoryFind *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkStringList) charsets = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < TL_N_CHARSETS; i++)
    gtk_string_list_append (charsets, tl_charset_get_name (i));
  gtk_drop_down_set_model (self->charset_drop, G_LIST_MODEL (charsets));
  g_object_bind_property (self, "charset", self->charset_drop, "selected", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  tl_widget_name_drop_downs (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
}

void
tl_history_find_set_history (TlHistoryFind *self,
                             TlHistory     *history)
{
  GtkSelectionModel *selection;

  g_return_if_fail (TL_IS_HISTORY_FIND (self));
  g_return_if_fail (self->search == NULL);

  /* Of its own: what the other page leaves out is looked through as well. */
  self->sessions = tl_history_list_new (history);
  g_signal_connect_object (self->sessions, "notify::loaded", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  tl_history_list_set_active (self->sessions, TRUE);
  self->search = tl_history_search_new (history);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->search))));
  gtk_single_selection_set_autoselect (GTK_SINGLE_SELECTION (selection), FALSE);
  gtk_list_view_set_model (self->list, selection);
  g_object_unref (selection);
  g_signal_connect_object (self->search, "notify", G_CALLBACK (show_status), self, G_CONNECT_SWAPPED);
}

TlPattern *
tl_history_find_get_pattern (TlHistoryFind *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_FIND (self), NULL);
  return self->pattern;
}

void
tl_history_find_grab_entry (TlHistoryFind *self)
{
  g_return_if_fail (TL_IS_HISTORY_FIND (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
