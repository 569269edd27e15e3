/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One rule of an auto-reply in the list of rules. */

#include "tl-rule-row.h"

#include "tl-choice-binding.h"
#include "tl-format-options.h"
#include "tl-message-entry.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _TlRuleRow
{
  TlOrderedRow  parent_instance;

  GtkDropDown   *match;
  GtkEntry      *pattern;
  TlMessageEntry *reply;
  GtkLabel      *error;
  GtkSwitch     *enabled;
  GtkWidget     *format_button;
  GtkLabel      *format_label;
  TlFormatOptions *format;
  GtkLabel      *hits;
  GtkLabel      *undecided;

  TlReplyRule   *rule;
};

G_DEFINE_FINAL_TYPE (TlRuleRow, tl_rule_row, TL_TYPE_ORDERED_ROW)

static void
match_changed_cb (TlRuleRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->pattern), gtk_drop_down_get_selected (self->match) != TL_MATCH_ANY);
}

static void
error_changed_cb (TlRuleRow *self)
{
  g_autofree char *error = NULL;

  g_object_get (self->rule, "error", &error, NULL);
  gtk_label_set_label (self->error, error != NULL ? error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), error != NULL);
}

static void
hits_changed_cb (TlRuleRow *self)
{
  const guint64 hits = tl_reply_rule_get_hits (self->rule);
  g_autofree char *count = g_strdup_printf ("%'" G_GUINT64_FORMAT, hits);
  g_autofree char *label = g_strdup_printf (ngettext ("Used %s time", "Used %s times", hits), count);

  gtk_label_set_label (self->hits, label);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rule.reset-hits", hits > 0 || tl_reply_rule_get_n_undecided (self->rule) > 0);
}

static void
undecided_changed_cb (TlRuleRow *self)
{
  const guint64 n = tl_reply_rule_get_n_undecided (self->rule);
  g_autofree char *count = g_strdup_printf ("%'" G_GUINT64_FORMAT, n);
  g_autofree char *text = g_strdup_printf (ngettext ("In %s message the expression had too much to try and gave up: the rule did not answer it. Write it more simply.",
                                                     "In %s messages the expression had too much to try and gave up: the rule did not answer them. Write it more simply.", n),
                                           count);

  gtk_label_set_label (self->undecided, text);
  gtk_widget_set_visible (GTK_WIDGET (self->undecided), n > 0);
  hits_changed_cb (self);
}

static void
payload_changed_cb (TlRuleRow *self)
{
  TlPayload payload = *tl_reply_rule_get_payload (self->rule);
  g_autofree char *parts = NULL;
  g_autofree char *label = NULL;

  parts = tl_payload_dup_settings (&payload);
  /* Translators: %s is such as “Text · CRLF” */
  label = g_strdup_printf (_("Format: %s"), parts);
  gtk_label_set_label (self->format_label, parts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->format_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
insert_cb (TlRuleRow  *self,
           const char *macro)
{
  tl_message_entry_insert (self->reply, macro);
}

static void
reset_hits_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  tl_reply_rule_reset_hits (TL_RULE_ROW (widget)->rule);
}

static void
tl_rule_row_dispose (GObject *object)
{
  g_clear_object (&TL_RULE_ROW (object)->rule);

  G_OBJECT_CLASS (tl_rule_row_parent_class)->dispose (object);
}

static void
tl_rule_row_class_init (TlRuleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TL_TYPE_WRAP_BOX);
  G_OBJECT_CLASS (klass)->dispose = tl_rule_row_dispose;

  gtk_widget_class_install_action (widget_class, "rule.reset-hits", NULL, reset_hits_action);
  g_type_ensure (TL_TYPE_FORMAT_OPTIONS);
  g_type_ensure (TL_TYPE_MESSAGE_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-rule-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TlRuleRow, match);
  gtk_widget_class_bind_template_child (widget_class, TlRuleRow, pattern);
  gtk_widget_class_bind_template_child (widget_class, TlRuleRow, reply);
  gtk_widget_class_bind_template_child (widget_class, TlRuleRow, error);
  gtk_widget_class_bind_template_child (widget_class, TlRuleRow, enabled);
  gtk_widget_class_bind_template_child (widget_class, TlRuleRow, format_button);
  gtk_widget_class_bind_template_child (widget_class, TlRuleRow, format_label);
  gtk_widget_class_bind_template_child (widget_class, TlRuleRow, format);
  gtk_widget_class_bind_template_child (widget_class, TlRuleRow, hits);
  gtk_widget_class_bind_template_child (widget_class, TlRuleRow, undecided);
  gtk_widget_class_bind_template_callback (widget_class, insert_cb);
}

static void
tl_rule_row_init (TlRuleRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->match, "notify::selected", G_CALLBACK (match_changed_cb), self);
  tl_format_options_hide_charset (self->format);
  tl_widget_name_drop_downs (GTK_WIDGET (self));
}

GtkWidget *
tl_rule_row_new (GListStore  *rules,
                 TlReplyRule *rule)
{
  TlRuleRow *self = g_object_new (TL_TYPE_RULE_ROW, NULL);
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  self->rule = g_object_ref (rule);
  tl_ordered_row_set_item (TL_ORDERED_ROW (self), rules, G_OBJECT (rule));
  tl_choice_bind (G_OBJECT (rule), "match", GTK_WIDGET (self->match));
  g_object_bind_property (rule, "pattern", self->pattern, "text", both);
  g_object_bind_property (rule, "reply", self->reply, "text", both);
  g_object_bind_property (rule, "enabled", self->enabled, "active", both);
  g_object_bind_property (rule, "payload", self->format, "payload", both);
  g_signal_connect_swapped (rule, "notify::hits", G_CALLBACK (hits_changed_cb), self);
  g_signal_connect_swapped (rule, "notify::n-undecided", G_CALLBACK (undecided_changed_cb), self);
  g_signal_connect_swapped (rule, "notify::payload", G_CALLBACK (payload_changed_cb), self);
  g_signal_connect_swapped (rule, "notify::error", G_CALLBACK (error_changed_cb), self);
  undecided_changed_cb (self);
  payload_changed_cb (self);
  match_changed_cb (self);
  error_changed_cb (self);
  return GTK_WIDGET (self);
}

TlReplyRule *
tl_rule_row_get_rule (TlRuleRow *self)
{
  g_return_val_if_fail (TL_IS_RULE_ROW (self), NULL);

  return self->rule;
}
