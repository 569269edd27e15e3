/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlReplyRule: one line of the list of automatic answers. */
#include "tl-auto-reply.h"

#include "tl-reply-matcher.h"
#include "tl-reply-template.h"

struct _TlReplyRule
{
  GObject      parent_instance;

  TlMatchKind  match;
  char        *pattern;
  char        *reply;
  char        *error;
};

enum {
  PROP_0,
  PROP_MATCH,
  PROP_PATTERN,
  PROP_REPLY,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlReplyRule, tl_reply_rule, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (TlMatchKind, tl_match_kind,
                    G_DEFINE_ENUM_VALUE (TL_MATCH_CONTAINS, "contains"),
                    G_DEFINE_ENUM_VALUE (TL_MATCH_EQUALS, "equals"),
                    G_DEFINE_ENUM_VALUE (TL_MATCH_STARTS_WITH, "starts-with"),
                    G_DEFINE_ENUM_VALUE (TL_MATCH_REGEX, "regex"),
                    G_DEFINE_ENUM_VALUE (TL_MATCH_HEX_PREFIX, "hex-prefix"),
                    G_DEFINE_ENUM_VALUE (TL_MATCH_ANY, "any"))

static void
update_error (TlReplyRule *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TlReplyMatcher) matcher = tl_reply_matcher_new (self->match, self->pattern, TL_CHARSET_UTF_8, &error);
  g_autoptr (TlReplyTemplate) template = NULL;

  if (matcher != NULL)
    template = tl_reply_template_new (self->reply, TL_CHARSET_UTF_8, &error);

  if (g_strcmp0 (self->error, error != NULL ? error->message : NULL) == 0)
    return;

  g_free (self->error);
  self->error = error != NULL ? g_strdup (error->message) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
tl_reply_rule_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlReplyRule *self = TL_REPLY_RULE (object);

  switch (property_id)
    {
    case PROP_MATCH:
      g_value_set_enum (value, self->match);
      break;
    case PROP_PATTERN:
      g_value_set_string (value, self->pattern);
      break;
    case PROP_REPLY:
      g_value_set_string (value, self->reply);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_reply_rule_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlReplyRule *self = TL_REPLY_RULE (object);
  gboolean changed = FALSE;

  switch (property_id)
    {
    case PROP_MATCH:
      changed = self->match != (TlMatchKind) g_value_get_enum (value);
      self->match = g_value_get_enum (value);
      break;
    case PROP_PATTERN:
      changed = tl_reply_text_replace (&self->pattern, g_value_get_string (value));
      break;
    case PROP_REPLY:
      changed = tl_reply_text_replace (&self->reply, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }

  if (changed)
    {
      g_object_notify_by_pspec (object, pspec);
      update_error (self);
    }
}

static void
tl_reply_rule_finalize (GObject *object)
{
  TlReplyRule *self = TL_REPLY_RULE (object);

  g_free (self->pattern);
  g_free (self->reply);
  g_free (self->error);

  G_OBJECT_CLASS (tl_reply_rule_parent_class)->finalize (object);
}

static void
tl_reply_rule_class_init (TlReplyRuleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_reply_rule_get_property;
  object_class->set_property = tl_reply_rule_set_property;
  object_class->finalize = tl_reply_rule_finalize;

  properties[PROP_MATCH] = g_param_spec_enum ("match", NULL, NULL, TL_TYPE_MATCH_KIND, TL_MATCH_CONTAINS,
                                              flags | G_PARAM_READWRITE);
  properties[PROP_PATTERN] = g_param_spec_string ("pattern", NULL, NULL, "", flags | G_PARAM_READWRITE);
  properties[PROP_REPLY] = g_param_spec_string ("reply", NULL, NULL, "", flags | G_PARAM_READWRITE);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags | G_PARAM_READABLE);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_reply_rule_init (TlReplyRule *self)
{
  self->pattern = g_strdup ("");
  self->reply = g_strdup ("");
  update_error (self);
}

TlReplyRule *
tl_reply_rule_new (TlMatchKind  match,
                   const char  *pattern,
                   const char  *reply)
{
  return g_object_new (TL_TYPE_REPLY_RULE, "match", match, "pattern", pattern, "reply", reply, NULL);
}
