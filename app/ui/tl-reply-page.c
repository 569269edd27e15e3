/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the auto-reply of a session is set up and tried. */

#include "tl-reply-page.h"

#include "tl-choice-binding.h"
#include "tl-decoder.h"
#include "tl-escape.h"
#include "tl-message-text.h"
#include "tl-rule-row.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _TlReplyPage
{
  AdwPreferencesPage   parent_instance;

  AdwComboRow         *mode_row;
  GtkWidget           *delay_row;
  GtkAdjustment       *delay_adjustment;
  AdwComboRow         *charset_row;
  GtkWidget           *text_group;
  GtkTextView         *text;
  GtkWidget           *words;
  GtkWidget           *rules_group;
  GtkListBox          *rules;
  GtkWidget           *trial_group;
  AdwEntryRow         *sample;
  AdwActionRow        *preview_row;

  TlAutoReply         *reply;
  GListStore          *watched;   /* the rules, whose own changes change the trial */
};

G_DEFINE_FINAL_TYPE (TlReplyPage, tl_reply_page, ADW_TYPE_PREFERENCES_PAGE)

static const struct {
  const char *word;
  const char *meaning;
} words[] = {
  { "{text}", N_("The message itself, byte for byte") },
  { "{hex}", N_("The message in hex") },
  { "{peer}", N_("Address and port of who sent it") },
  { "{host}", N_("Address of who sent it") },
  { "{port}", N_("Port of who sent it") },
  { "{time}", N_("When it came") },
  { "{count}", N_("How many messages came from that peer") },
  { "{length}", N_("Bytes of the message") },
};

static TlCharset
reply_charset (TlReplyPage *self)
{
  TlCharset charset = TL_CHARSET_UTF_8;

  g_object_get (self->reply, "charset", &charset, NULL);
  return charset;
}

/* The subtitle of an Adwaita row is bounded in lines, but not in what it lays out. */
static char *
answer_text (TlReplyPage *self)
{
  const char *sample = gtk_editable_get_text (GTK_EDITABLE (self->sample));
  TlCharset charset = reply_charset (self);
  g_autoptr (GBytes) message = tl_charset_encode (charset, sample, -1, NULL);
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *decoded = NULL;
  TlReplyContext context = {
    .peer = "192.0.2.7:5000", .host = "192.0.2.7", .port = 5000, .time = g_get_real_time (), .count = 1,
  };
  gsize length;

  if (message == NULL)
    return g_strdup (_("The sample cannot be written in this character set."));
  answer = tl_auto_reply_try (self->reply, g_bytes_get_data (message, NULL), g_bytes_get_size (message), &context);
  if (answer == NULL && tl_auto_reply_get_undecided (self->reply) > 0)
    return g_strdup_printf (_("No answer: the expression of rule %u has too much to try in this, and gives up."), tl_auto_reply_get_undecided (self->reply));
  if (answer == NULL)
    return g_strdup (_("No answer."));

  length = MIN (g_bytes_get_size (answer), 1000);
  decoded = tl_decode (charset, g_bytes_get_data (answer, NULL), length);
  return tl_escape_visible (decoded, FALSE);
}

static void
show_preview (TlReplyPage *self)
{
  g_autofree char *error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;

  /* Rules that work answer beside one that does not, which says so itself. */
  if (tl_auto_reply_get_mode (self->reply) != TL_REPLY_RULES)
    g_object_get (self->reply, "error", &error, NULL);
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->preview_row), "error");
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->preview_row), "error");
      text = answer_text (self);
    }
  shown = tl_message_text_for_widget (GTK_WIDGET (self->preview_row), error != NULL ? error : text);
  adw_action_row_set_subtitle (self->preview_row, shown);
}

static void
refresh_cb (TlReplyPage *self)
{
  TlReplyMode mode;

  if (self->reply == NULL)
    return;

  mode = tl_auto_reply_get_mode (self->reply);
  gtk_widget_set_visible (self->delay_row, mode != TL_REPLY_OFF);
  gtk_widget_set_visible (GTK_WIDGET (self->charset_row), mode == TL_REPLY_TEXT || mode == TL_REPLY_TEMPLATE || mode == TL_REPLY_RULES);
  gtk_widget_set_visible (self->text_group, mode == TL_REPLY_TEXT || mode == TL_REPLY_TEMPLATE);
  gtk_widget_set_visible (self->words, mode == TL_REPLY_TEMPLATE);
  gtk_widget_set_visible (self->rules_group, mode == TL_REPLY_RULES);
  gtk_widget_set_visible (self->trial_group, mode != TL_REPLY_OFF);
  show_preview (self);
}

static void
rules_changed_cb (TlReplyPage *self,
                  guint        position,
                  guint        removed,
                  guint        added,
                  GListModel  *rules)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (TlReplyRule) rule = g_list_model_get_item (rules, i);

      /* A rule that moved comes back: connected once all the same. */
      g_signal_handlers_disconnect_by_func (rule, refresh_cb, self);
      g_signal_connect_object (rule, "notify", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  refresh_cb (self);
}

static GtkWidget *
make_rule_row_cb (gpointer item,
                  gpointer user_data)
{
  return tl_rule_row_new (TL_REPLY_PAGE (user_data)->watched, item);
}

static void
add_rule_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  TlReplyPage *self = TL_REPLY_PAGE (widget);
  g_autoptr (TlReplyRule) rule = tl_reply_rule_new (TL_MATCH_CONTAINS, "", "");
  GtkListBoxRow *row;

  g_list_store_append (self->watched, rule);
  row = gtk_list_box_get_row_at_index (self->rules, g_list_model_get_n_items (G_LIST_MODEL (self->watched)) - 1);
  if (row != NULL)
    gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

static void
insert_word_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  TlReplyPage *self = TL_REPLY_PAGE (widget);

  gtk_text_buffer_insert_interactive_at_cursor (gtk_text_view_get_buffer (self->text),
                                                g_variant_get_string (parameter, NULL), -1, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
add_words (TlReplyPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (words[i].word);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "reply.insert-word");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", words[i].word);
      gtk_widget_set_tooltip_text (button, _(words[i].meaning));
      gtk_widget_add_css_class (button, "caption");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _(words[i].meaning), -1);
      gtk_widget_set_parent (button, self->words);
    }
}

static void
bind_reply (TlReplyPage *self)
{
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  tl_choice_bind (G_OBJECT (self->reply), "mode", GTK_WIDGET (self->mode_row));
  tl_choice_bind (G_OBJECT (self->reply), "charset", GTK_WIDGET (self->charset_row));
  g_object_bind_property (self->reply, "delay", self->delay_adjustment, "value", both);
  g_object_bind_property (self->reply, "text", gtk_text_view_get_buffer (self->text), "text", both);
  g_signal_connect_object (self->reply, "notify", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);

  self->watched = g_object_ref (tl_auto_reply_get_rules (self->reply));
  gtk_list_box_bind_model (self->rules, G_LIST_MODEL (self->watched), make_rule_row_cb, self, NULL);
  g_signal_connect_object (self->watched, "items-changed", G_CALLBACK (rules_changed_cb), self, G_CONNECT_SWAPPED);
  rules_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (self->watched)), G_LIST_MODEL (self->watched));
}

static void
tl_reply_page_dispose (GObject *object)
{
  TlReplyPage *self = TL_REPLY_PAGE (object);

  g_clear_object (&self->watched);
  g_clear_object (&self->reply);

  G_OBJECT_CLASS (tl_reply_page_parent_class)->dispose (object);
}

static void
tl_reply_page_class_init (TlReplyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TL_TYPE_WRAP_BOX);
  G_OBJECT_CLASS (klass)->dispose = tl_reply_page_dispose;

  gtk_widget_class_install_action (widget_class, "reply.add-rule", NULL, add_rule_action);
  gtk_widget_class_install_action (widget_class, "reply.insert-word", "s", insert_word_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-reply-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TlReplyPage, mode_row);
  gtk_widget_class_bind_template_child (widget_class, TlReplyPage, delay_row);
  gtk_widget_class_bind_template_child (widget_class, TlReplyPage, delay_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TlReplyPage, charset_row);
  gtk_widget_class_bind_template_child (widget_class, TlReplyPage, text_group);
  gtk_widget_class_bind_template_child (widget_class, TlReplyPage, text);
  gtk_widget_class_bind_template_child (widget_class, TlReplyPage, words);
  gtk_widget_class_bind_template_child (widget_class, TlReplyPage, rules_group);
  gtk_widget_class_bind_template_child (widget_class, TlReplyPage, rules);
  gtk_widget_class_bind_template_child (widget_class, TlReplyPage, trial_group);
  gtk_widget_class_bind_template_child (widget_class, TlReplyPage, sample);
  gtk_widget_class_bind_template_child (widget_class, TlReplyPage, preview_row);
  gtk_widget_class_bind_template_callback (widget_class, refresh_cb);
}

static void
tl_reply_page_init (TlReplyPage *self)
{
  GtkStringList *charsets = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < TL_N_CHARSETS; i++)
    gtk_string_list_append (charsets, tl_charset_get_name (i));
  adw_combo_row_set_model (self->charset_row, G_LIST_MODEL (charsets));
  g_object_unref (charsets);
  add_words (self);
}

GtkWidget *
tl_reply_page_new (TlAutoReply *reply)
{
  TlReplyPage *self;

  g_return_val_if_fail (TL_IS_AUTO_REPLY (reply), NULL);

  self = g_object_new (TL_TYPE_REPLY_PAGE, NULL);
  self->reply = g_object_ref (reply);
  bind_reply (self);
  return GTK_WIDGET (self);
}

const char *
tl_reply_page_get_preview (TlReplyPage *self)
{
  g_return_val_if_fail (TL_IS_REPLY_PAGE (self), NULL);

  return adw_action_row_get_subtitle (self->preview_row);
}
