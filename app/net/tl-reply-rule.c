/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlReplyRule: one line of the list of automatic answers. */
#include "tl-auto-reply.h"

#include "tl-reply-matcher.h"
#include "tl-reply-template.h"

#define NOTIFY_MS 100

struct _TlReplyRule
{
  GObject      parent_instance;

  TlMatchKind  match;
  char        *pattern;
  char        *reply;
  TlPayload    payload;
  gboolean     enabled;
  guint64      hits;
  guint64      n_undecided;
  guint        hits_source;
  char        *error;
};

enum {
  PROP_0,
  PROP_MATCH,
  PROP_PATTERN,
  PROP_REPLY,
  PROP_PAYLOAD,
  PROP_ENABLED,
  PROP_HITS,
  PROP_N_UNDECIDED,
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
  g_autoptr (TlPayloadPlan) plan = NULL;
  TlMacroScope scope = { .message = TRUE };

  if (matcher != NULL)
    {
      scope.regex = tl_reply_matcher_get_regex (matcher);
      plan = tl_payload_plan_new (&self->payload, self->reply, &scope, NULL, &error);
    }

  if (g_strcmp0 (self->error, error != NULL ? error->message : NULL) == 0)
    return;

  g_free (self->error);
  self->error = error != NULL ? g_strdup (error->message) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* The character set of the conversation is not the rule's. */
static gboolean
replace_payload (TlReplyRule     *self,
                 const TlPayload *payload)
{
  TlPayload wanted;

  if (payload == NULL)
    return FALSE;

  wanted = *payload;
  wanted.charset = TL_CHARSET_UTF_8;
  if (tl_payload_equal (&self->payload, &wanted))
    return FALSE;

  self->payload = wanted;
  return TRUE;
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
    case PROP_PAYLOAD:
      g_value_set_boxed (value, &self->payload);
      break;
    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;
    case PROP_HITS:
      g_value_set_uint64 (value, self->hits);
      break;
    case PROP_N_UNDECIDED:
      g_value_set_uint64 (value, self->n_undecided);
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
    case PROP_PAYLOAD:
      changed = replace_payload (self, g_value_get_boxed (value));
      break;
    case PROP_ENABLED:
      changed = self->enabled != g_value_get_boolean (value);
      self->enabled = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }

  if (!changed)
    return;
  /* That was of another expression. */
  if (self->n_undecided > 0 && (property_id == PROP_MATCH || property_id == PROP_PATTERN))
    {
      self->n_undecided = 0;
      g_object_notify_by_pspec (object, properties[PROP_N_UNDECIDED]);
    }
  g_object_notify_by_pspec (object, pspec);
  update_error (self);
}

static void
tl_reply_rule_finalize (GObject *object)
{
  TlReplyRule *self = TL_REPLY_RULE (object);

  g_clear_handle_id (&self->hits_source, g_source_remove);
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
  properties[PROP_PAYLOAD] = g_param_spec_boxed ("payload", NULL, NULL, TL_TYPE_PAYLOAD, flags | G_PARAM_READWRITE);
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE, flags | G_PARAM_READWRITE);
  properties[PROP_HITS] = g_param_spec_uint64 ("hits", NULL, NULL, 0, G_MAXUINT64, 0, flags | G_PARAM_READABLE);
  properties[PROP_N_UNDECIDED] = g_param_spec_uint64 ("n-undecided", NULL, NULL, 0, G_MAXUINT64, 0, flags | G_PARAM_READABLE);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags | G_PARAM_READABLE);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_reply_rule_init (TlReplyRule *self)
{
  self->pattern = g_strdup ("");
  self->reply = g_strdup ("");
  self->payload = (TlPayload) { TL_PAYLOAD_ESCAPES, .macros = TRUE };
  self->enabled = TRUE;
  update_error (self);
}

TlReplyRule *
tl_reply_rule_new (TlMatchKind  match,
                   const char  *pattern,
                   const char  *reply)
{
  return g_object_new (TL_TYPE_REPLY_RULE, "match", match, "pattern", pattern, "reply", reply, NULL);
}

gboolean
tl_reply_rule_get_enabled (TlReplyRule *self)
{
  g_return_val_if_fail (TL_IS_REPLY_RULE (self), FALSE);

  return self->enabled;
}

const TlPayload *
tl_reply_rule_get_payload (TlReplyRule *self)
{
  g_return_val_if_fail (TL_IS_REPLY_RULE (self), NULL);

  return &self->payload;
}

guint64
tl_reply_rule_get_hits (TlReplyRule *self)
{
  g_return_val_if_fail (TL_IS_REPLY_RULE (self), 0);

  return self->hits;
}

static gboolean
hits_cb (gpointer data)
{
  TlReplyRule *self = data;

  self->hits_source = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HITS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNDECIDED]);

  return G_SOURCE_REMOVE;
}

/* In a flood nobody reads each number. */
static void
tell_soon (TlReplyRule *self)
{
  if (self->hits_source == 0)
    self->hits_source = g_timeout_add (NOTIFY_MS, hits_cb, self);
}

void
tl_reply_rule_add_hit (TlReplyRule *self)
{
  g_return_if_fail (TL_IS_REPLY_RULE (self));

  self->hits++;
  tell_soon (self);
}

guint64
tl_reply_rule_get_n_undecided (TlReplyRule *self)
{
  g_return_val_if_fail (TL_IS_REPLY_RULE (self), 0);

  return self->n_undecided;
}

void
tl_reply_rule_add_undecided (TlReplyRule *self)
{
  g_return_if_fail (TL_IS_REPLY_RULE (self));

  self->n_undecided++;
  tell_soon (self);
}

void
tl_reply_rule_reset_hits (TlReplyRule *self)
{
  g_return_if_fail (TL_IS_REPLY_RULE (self));

  if (self->hits == 0 && self->n_undecided == 0)
    return;

  self->hits = self->n_undecided = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HITS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNDECIDED]);
}
