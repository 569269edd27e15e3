/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlAutoReply as a part of a link, and as a GVariant. */
#include "tl-auto-reply.h"

#include <string.h>

#define VARIANT_TYPE "(sssua(sssbs))"
/* Of the versions whose answers were templates. */
#define OLD_VARIANT_TYPE "(sssua(sss))"

void
tl_auto_reply_set_from_link (TlAutoReply *self,
                             const char  *reply)
{
  g_return_if_fail (TL_IS_AUTO_REPLY (self));
  g_return_if_fail (reply != NULL);

  if (g_str_equal (reply, "@off") || *reply == '\0')
    g_object_set (self, "mode", TL_REPLY_OFF, NULL);
  else if (g_str_equal (reply, "@echo"))
    g_object_set (self, "mode", TL_REPLY_ECHO, NULL);
  else if (g_str_has_prefix (reply, "@text:"))
    g_object_set (self, "text", reply + strlen ("@text:"), "mode", TL_REPLY_TEXT, NULL);
  else
    g_object_set (self, "text", reply, "mode", TL_REPLY_TEMPLATE, NULL);
}

char *
tl_auto_reply_to_link (TlAutoReply *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (TL_IS_AUTO_REPLY (self), NULL);

  g_object_get (self, "text", &text, NULL);

  switch (tl_auto_reply_get_mode (self))
    {
    case TL_REPLY_ECHO:
      return g_strdup ("@echo");

    case TL_REPLY_TEXT:
      return g_strconcat ("@text:", text, NULL);

    case TL_REPLY_TEMPLATE:
      /* A template that reads like one of the words is told apart by an escape for its first character. */
      if (g_str_equal (text, "@off") || g_str_equal (text, "@echo") || g_str_has_prefix (text, "@text:"))
        return g_strconcat ("\\u{40}", text + 1, NULL);
      return *text != '\0' ? g_steal_pointer (&text) : NULL;

    case TL_REPLY_OFF:
    case TL_REPLY_RULES:
    default:
      return NULL;
    }
}

static const char *
nick_of (GType type,
         int   value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  return g_enum_get_value (klass, value)->value_nick;
}

static int
value_of (GType       type,
          const char *nick)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  GEnumValue *value = g_enum_get_value_by_nick (klass, nick);

  return value != NULL ? value->value : 0;
}

GVariant *
tl_auto_reply_serialize (TlAutoReply *self)
{
  GListModel *model = G_LIST_MODEL (tl_auto_reply_get_rules (self));
  g_autofree char *text = NULL;
  GVariantBuilder rules;
  TlCharset charset;

  g_return_val_if_fail (model != NULL, NULL);

  g_object_get (self, "text", &text, "charset", &charset, NULL);
  g_variant_builder_init (&rules, G_VARIANT_TYPE ("a(sssbs)"));
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (TlReplyRule) rule = g_list_model_get_item (model, i);
      g_autofree char *pattern = NULL;
      g_autofree char *reply = NULL;
      g_autofree char *format = tl_payload_to_string (tl_reply_rule_get_payload (rule));
      TlMatchKind match;

      g_object_get (rule, "match", &match, "pattern", &pattern, "reply", &reply, NULL);
      g_variant_builder_add (&rules, "(sssbs)", nick_of (TL_TYPE_MATCH_KIND, match), pattern, reply,
                             tl_reply_rule_get_enabled (rule), format);
    }

  return g_variant_ref_sink (g_variant_new (VARIANT_TYPE, nick_of (TL_TYPE_REPLY_MODE, tl_auto_reply_get_mode (self)), text,
                                            tl_charset_get_name (charset), tl_auto_reply_get_delay (self), &rules));
}

/* In a template a brace that is meant as one stood twice, the closing one too. */
static char *
modernize (const char *template)
{
  GString *out = g_string_new (NULL);

  for (const char *p = template; *p != '\0';)
    {
      const char *end = p[0] == '\\' && p[1] == 'u' ? strchr (p, '}') : NULL;
      gsize length = end != NULL ? (gsize) (end - p) + 1 : p[0] == '\\' && p[1] != '\0' ? 2 : 1;

      g_string_append_len (out, p, (gssize) length);
      p += length;
      if (length == 1 && p[-1] == '}' && *p == '}')
        p++;
      else if (length == 1 && p[-1] == '{' && *p != '{')
        {
          /* A field, with the brace that closes it. */
          length = strcspn (p, "}");
          g_string_append_len (out, p, (gssize) length);
          p += length;
          if (*p == '}')
            g_string_append_c (out, *p++);
        }
      else if (length == 1 && p[-1] == '{' && *p == '{')
        g_string_append_c (out, *p++);
    }

  return g_string_free (out, FALSE);
}

static void
add_old_rules (GVariantIter *iter,
               GPtrArray    *rules)
{
  const char *match, *pattern, *reply;

  while (g_variant_iter_next (iter, "(&s&s&s)", &match, &pattern, &reply))
    {
      g_autofree char *modern = modernize (reply);

      g_ptr_array_add (rules, tl_reply_rule_new (value_of (TL_TYPE_MATCH_KIND, match), pattern, modern));
    }
}

static void
add_rules (GVariantIter *iter,
           GPtrArray    *rules)
{
  const char *match, *pattern, *reply, *format;
  gboolean enabled;

  while (g_variant_iter_next (iter, "(&s&s&sb&s)", &match, &pattern, &reply, &enabled, &format))
    {
      TlReplyRule *rule = tl_reply_rule_new (value_of (TL_TYPE_MATCH_KIND, match), pattern, reply);
      TlPayload payload = *tl_reply_rule_get_payload (rule);

      tl_payload_from_string (&payload, format);
      g_object_set (rule, "payload", &payload, "enabled", enabled, NULL);
      g_ptr_array_add (rules, rule);
    }
}

void
tl_auto_reply_restore (TlAutoReply *self,
                       GVariant    *variant)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GVariantIter) iter = NULL;
  const char *mode, *text, *charset_name;
  TlCharset charset = TL_CHARSET_UTF_8;
  GListStore *store;
  gboolean is_old;
  guint32 delay;

  g_return_if_fail (TL_IS_AUTO_REPLY (self));
  g_return_if_fail (variant != NULL);

  is_old = g_variant_is_of_type (variant, G_VARIANT_TYPE (OLD_VARIANT_TYPE));
  if (!is_old && !g_variant_is_of_type (variant, G_VARIANT_TYPE (VARIANT_TYPE)))
    {
      g_debug ("An auto-reply of type %s is not restored", g_variant_get_type_string (variant));
      return;
    }

  g_variant_get (variant, is_old ? "(&s&s&sua(sss))" : "(&s&s&sua(sssbs))", &mode, &text, &charset_name, &delay, &iter);
  if (is_old)
    add_old_rules (iter, rules);
  else
    add_rules (iter, rules);

  tl_charset_from_name (charset_name, &charset);
  store = tl_auto_reply_get_rules (self);
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), rules->pdata, rules->len);
  g_object_set (self,
                "text", text,
                "charset", charset,
                "delay", MIN (delay, TL_AUTO_REPLY_MAX_DELAY),
                "mode", value_of (TL_TYPE_REPLY_MODE, mode),
                NULL);
}
