/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlHighlightRules: rules in their order, and how they are kept. */

#include "tl-highlight-private.h"

#define VARIANT_TYPE "a(bssbssb)"

struct _TlHighlightRules
{
  GObject parent_instance;

  GListStore *list;
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlHighlightRules, tl_highlight_rules, G_TYPE_OBJECT)

static void
rule_cb (TlHighlightRules *self,
         GParamSpec       *pspec)
{
  if (!g_str_equal (pspec->name, "error"))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
items_changed_cb (TlHighlightRules *self,
                  guint             position,
                  guint             removed,
                  guint             added,
                  GListModel       *list)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (TlHighlightRule) rule = g_list_model_get_item (list, i);

      /* One that was moved comes back. */
      g_signal_handlers_disconnect_by_func (rule, rule_cb, self);
      g_signal_connect_object (rule, "notify", G_CALLBACK (rule_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
tl_highlight_rules_finalize (GObject *object)
{
  g_object_unref (TL_HIGHLIGHT_RULES (object)->list);
  G_OBJECT_CLASS (tl_highlight_rules_parent_class)->finalize (object);
}

static void
tl_highlight_rules_class_init (TlHighlightRulesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_highlight_rules_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_highlight_rules_init (TlHighlightRules *self)
{
  self->list = g_list_store_new (TL_TYPE_HIGHLIGHT_RULE);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
}

TlHighlightRules *
tl_highlight_rules_new (void)
{
  return g_object_new (TL_TYPE_HIGHLIGHT_RULES, NULL);
}

GListStore *
tl_highlight_rules_get_list (TlHighlightRules *self)
{
  g_return_val_if_fail (TL_IS_HIGHLIGHT_RULES (self), NULL);
  return self->list;
}

TlHighlightRule *
tl_highlight_rules_match (TlHighlightRules *self,
                          TlMessageSource  *source,
                          guint             position,
                          TlCharset         charset)
{
  const guint n_rules = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autoptr (GBytes) bytes = NULL;
  TlMessageInfo info;

  if (n_rules == 0 || !tl_message_source_peek (source, position, &info) || !TL_MESSAGE_KIND_IS_DATA (info.kind) || info.length == 0)
    return NULL;
  bytes = tl_message_source_dup_bytes (source, position);
  for (guint i = 0; i < MIN (n_rules, TL_HIGHLIGHT_MAX_RULES) && bytes != NULL; i++)
    {
      g_autoptr (TlHighlightRule) rule = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      /* The list has it. */
      if (tl_highlight_rule_match (rule, info.kind, charset, g_bytes_get_data (bytes, NULL), MIN (g_bytes_get_size (bytes), TL_HIGHLIGHT_BYTES)))
        return rule;
    }
  return NULL;
}

static const char *
nick_of (GType type,
         int   value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  return g_enum_get_value (klass, value)->value_nick;
}

static gboolean
value_of (GType       type,
          const char *nick,
          int        *value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  const GEnumValue *found = g_enum_get_value_by_nick (klass, nick);

  if (found != NULL)
    *value = found->value;
  return found != NULL;
}

GVariant *
tl_highlight_rules_serialize (TlHighlightRules *self)
{
  GVariantBuilder builder;

  g_return_val_if_fail (TL_IS_HIGHLIGHT_RULES (self), NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE (VARIANT_TYPE));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (TlHighlightRule) rule = g_list_model_get_item (G_LIST_MODEL (self->list), i);
      g_autofree char *text = NULL;
      gboolean enabled, match_case, bold;
      TlHighlightDirection direction;
      TlHighlightColor color;
      TlPatternKind kind;

      g_object_get (rule, "enabled", &enabled, "kind", &kind, "text", &text, "match-case", &match_case, "direction", &direction, "color", &color,
                    "bold", &bold, NULL);
      g_variant_builder_add (&builder, "(bssbssb)", enabled, nick_of (TL_TYPE_PATTERN_KIND, kind), text, match_case,
                             nick_of (TL_TYPE_HIGHLIGHT_DIRECTION, direction), nick_of (TL_TYPE_HIGHLIGHT_COLOR, color), bold);
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

void
tl_highlight_rules_restore (TlHighlightRules *self,
                            GVariant         *variant)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_object_unref);
  const char *kind_nick, *text, *direction_nick, *color_nick;
  gboolean enabled, match_case, bold;
  int kind, direction, color;
  GVariantIter iter;

  g_return_if_fail (TL_IS_HIGHLIGHT_RULES (self));
  g_return_if_fail (variant != NULL);

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (VARIANT_TYPE)))
    return;
  g_variant_iter_init (&iter, variant);
  while (rules->len < TL_HIGHLIGHT_MAX_RULES &&
         g_variant_iter_next (&iter, "(b&s&sb&s&sb)", &enabled, &kind_nick, &text, &match_case, &direction_nick, &color_nick, &bold))
    if (value_of (TL_TYPE_PATTERN_KIND, kind_nick, &kind) && value_of (TL_TYPE_HIGHLIGHT_DIRECTION, direction_nick, &direction) &&
        value_of (TL_TYPE_HIGHLIGHT_COLOR, color_nick, &color))
      g_ptr_array_add (rules, g_object_new (TL_TYPE_HIGHLIGHT_RULE, "enabled", enabled, "kind", kind, "text", text, "match-case", match_case,
                                            "direction", direction, "color", color, "bold", bold, NULL));
  g_list_store_splice (self->list, 0, g_list_model_get_n_items (G_LIST_MODEL (self->list)), rules->pdata, rules->len);
}
