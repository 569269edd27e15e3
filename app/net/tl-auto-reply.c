/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlAutoReply: what a session answers by itself. */
#include "tl-auto-reply.h"

#include "tl-escape.h"
#include "tl-reply-matcher.h"
#include "tl-reply-template.h"

#include <glib/gi18n-lib.h>

typedef struct {
  TlReplyRule    *rule;
  TlReplyMatcher *matcher;
  TlPayloadPlan  *plan;
  guint           number;     /* from 1 */
  gboolean        told;       /* that it gave up */
} ReadyRule;

struct _TlAutoReply
{
  GObject          parent_instance;

  TlReplyMode      mode;
  char            *text;
  TlCharset        charset;
  guint            delay;
  GListStore      *rules;
  char            *error;

  GBytes          *ready_text;
  TlReplyTemplate *ready_template;
  GPtrArray       *ready_rules;     /* those that have no error, in their order */
  GPtrArray       *watched;         /* the rules whose changes are followed */
  GPtrArray       *undecided;       /* those of them that gave up on the last message */
};

enum {
  PROP_0,
  PROP_MODE,
  PROP_TEXT,
  PROP_CHARSET,
  PROP_DELAY,
  PROP_RULES,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlAutoReply, tl_auto_reply, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (TlReplyMode, tl_reply_mode,
                    G_DEFINE_ENUM_VALUE (TL_REPLY_OFF, "off"),
                    G_DEFINE_ENUM_VALUE (TL_REPLY_ECHO, "echo"),
                    G_DEFINE_ENUM_VALUE (TL_REPLY_TEXT, "text"),
                    G_DEFINE_ENUM_VALUE (TL_REPLY_TEMPLATE, "template"),
                    G_DEFINE_ENUM_VALUE (TL_REPLY_RULES, "rules"))

static void
ready_rule_free (gpointer data)
{
  ReadyRule *ready = data;

  g_object_unref (ready->rule);
  tl_reply_matcher_free (ready->matcher);
  tl_payload_plan_unref (ready->plan);
  g_free (ready);
}

static gboolean
prepare_rule (TlAutoReply *self,
              TlReplyRule *rule,
              guint        number,
              GError     **error)
{
  g_autoptr (TlReplyMatcher) matcher = NULL;
  g_autoptr (TlPayloadPlan) plan = NULL;
  g_autofree char *pattern = NULL;
  g_autofree char *reply = NULL;
  TlPayload payload = *tl_reply_rule_get_payload (rule);
  TlMacroScope scope = { .message = TRUE };
  TlMatchKind match;
  ReadyRule *ready;

  g_object_get (rule, "match", &match, "pattern", &pattern, "reply", &reply, NULL);
  matcher = tl_reply_matcher_new (match, pattern, self->charset, error);
  if (matcher == NULL)
    return FALSE;
  payload.charset = self->charset;
  scope.regex = tl_reply_matcher_get_regex (matcher);
  plan = tl_payload_plan_new (&payload, reply, &scope, NULL, error);
  if (plan == NULL)
    return FALSE;

  ready = g_new0 (ReadyRule, 1);
  ready->rule = g_object_ref (rule);
  ready->matcher = g_steal_pointer (&matcher);
  ready->plan = g_steal_pointer (&plan);
  ready->number = number;
  g_ptr_array_add (self->ready_rules, ready);
  return TRUE;
}

/* A rule with an error is left out, the others go on. Returns (transfer full) (nullable) what is wrong with the first such rule. */
static char *
prepare_rules (TlAutoReply *self)
{
  guint n_rules = g_list_model_get_n_items (G_LIST_MODEL (self->rules));
  g_autofree char *first = NULL;

  for (guint i = 0; i < n_rules; i++)
    {
      g_autoptr (TlReplyRule) rule = g_list_model_get_item (G_LIST_MODEL (self->rules), i);
      g_autoptr (GError) error = NULL;

      if (tl_reply_rule_get_enabled (rule) && !prepare_rule (self, rule, i + 1, &error) && first == NULL)
        first = g_strdup_printf (_("Rule %u does not work: %s"), i + 1, error->message);
    }

  return g_steal_pointer (&first);
}

/* Takes text and rules apart once for each change, so that a message only has to be looked at. */
static void
prepare (TlAutoReply *self)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *error = NULL;

  g_clear_pointer (&self->ready_text, g_bytes_unref);
  g_clear_pointer (&self->ready_template, tl_reply_template_free);
  g_ptr_array_set_size (self->undecided, 0);
  g_ptr_array_set_size (self->ready_rules, 0);

  if (self->mode == TL_REPLY_TEXT)
    self->ready_text = tl_escape_parse (self->text, self->charset, NULL, &local_error);
  else if (self->mode == TL_REPLY_TEMPLATE)
    self->ready_template = tl_reply_template_new (self->text, self->charset, &local_error);
  else if (self->mode == TL_REPLY_RULES)
    error = prepare_rules (self);

  if (local_error != NULL)
    error = g_strdup (local_error->message);

  if (g_strcmp0 (self->error, error) != 0)
    {
      g_free (self->error);
      self->error = g_steal_pointer (&error);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
    }
}

static void
rule_notify_cb (TlAutoReply *self,
                GParamSpec  *pspec)
{
  if (!g_str_equal (pspec->name, "error") && !g_str_equal (pspec->name, "hits") && !g_str_equal (pspec->name, "n-undecided"))
    prepare (self);
}

static void
watch_rules (TlAutoReply *self)
{
  guint n_rules = g_list_model_get_n_items (G_LIST_MODEL (self->rules));

  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_func (self->watched->pdata[i], rule_notify_cb, self);
  g_ptr_array_set_size (self->watched, 0);

  for (guint i = 0; i < n_rules; i++)
    {
      TlReplyRule *rule = g_list_model_get_item (G_LIST_MODEL (self->rules), i);

      g_signal_connect_object (rule, "notify", G_CALLBACK (rule_notify_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->watched, rule);
    }
}

static void
rules_changed_cb (TlAutoReply *self)
{
  watch_rules (self);
  prepare (self);
}

static void
tl_auto_reply_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlAutoReply *self = TL_AUTO_REPLY (object);

  switch (property_id)
    {
    case PROP_MODE:
      g_value_set_enum (value, self->mode);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_CHARSET:
      g_value_set_enum (value, self->charset);
      break;
    case PROP_DELAY:
      g_value_set_uint (value, self->delay);
      break;
    case PROP_RULES:
      g_value_set_object (value, self->rules);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_auto_reply_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlAutoReply *self = TL_AUTO_REPLY (object);
  gboolean changed = FALSE;

  switch (property_id)
    {
    case PROP_MODE:
      changed = self->mode != (TlReplyMode) g_value_get_enum (value);
      self->mode = g_value_get_enum (value);
      break;
    case PROP_TEXT:
      changed = tl_reply_text_replace (&self->text, g_value_get_string (value));
      break;
    case PROP_CHARSET:
      changed = self->charset != (TlCharset) g_value_get_enum (value);
      self->charset = g_value_get_enum (value);
      break;
    case PROP_DELAY:
      changed = self->delay != g_value_get_uint (value);
      self->delay = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }

  if (changed)
    {
      g_object_notify_by_pspec (object, pspec);
      prepare (self);
    }
}

static void
tl_auto_reply_finalize (GObject *object)
{
  TlAutoReply *self = TL_AUTO_REPLY (object);

  g_ptr_array_unref (self->watched);
  g_ptr_array_unref (self->undecided);
  g_ptr_array_unref (self->ready_rules);
  g_clear_pointer (&self->ready_text, g_bytes_unref);
  g_clear_pointer (&self->ready_template, tl_reply_template_free);
  g_clear_object (&self->rules);
  g_free (self->text);
  g_free (self->error);

  G_OBJECT_CLASS (tl_auto_reply_parent_class)->finalize (object);
}

static void
tl_auto_reply_class_init (TlAutoReplyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_auto_reply_get_property;
  object_class->set_property = tl_auto_reply_set_property;
  object_class->finalize = tl_auto_reply_finalize;

  properties[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, TL_TYPE_REPLY_MODE, TL_REPLY_OFF,
                                             flags | G_PARAM_READWRITE);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags | G_PARAM_READWRITE);
  properties[PROP_CHARSET] = g_param_spec_enum ("charset", NULL, NULL, TL_TYPE_CHARSET, TL_CHARSET_UTF_8,
                                                flags | G_PARAM_READWRITE);
  properties[PROP_DELAY] = g_param_spec_uint ("delay", NULL, NULL, 0, TL_AUTO_REPLY_MAX_DELAY, 0, flags | G_PARAM_READWRITE);
  properties[PROP_RULES] = g_param_spec_object ("rules", NULL, NULL, G_TYPE_LIST_STORE, flags | G_PARAM_READABLE);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags | G_PARAM_READABLE);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_auto_reply_init (TlAutoReply *self)
{
  self->text = g_strdup ("");
  self->rules = g_list_store_new (TL_TYPE_REPLY_RULE);
  self->ready_rules = g_ptr_array_new_with_free_func (ready_rule_free);
  self->undecided = g_ptr_array_new ();
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_object (self->rules, "items-changed", G_CALLBACK (rules_changed_cb), self, G_CONNECT_SWAPPED);
}

TlAutoReply *
tl_auto_reply_new (void)
{
  return g_object_new (TL_TYPE_AUTO_REPLY, NULL);
}

static GBytes *
make_by_rules (TlAutoReply          *self,
               const guint8         *message,
               gsize                 length,
               const TlReplyContext *context,
               gboolean              counts)
{
  for (guint i = 0; i < self->ready_rules->len; i++)
    {
      ReadyRule *ready = self->ready_rules->pdata[i];
      g_autoptr (GPtrArray) captures = NULL;
      const TlPatternVerdict verdict = tl_reply_matcher_judge (ready->matcher, message, length, &captures);

      if (verdict == TL_PATTERN_GAVE_UP)
        {
          g_ptr_array_add (self->undecided, ready);
          if (counts)
            tl_reply_rule_add_undecided (ready->rule);
        }
      if (verdict == TL_PATTERN_PRESENT)
        {
          const TlMacroMessage about = {
            .data = message, .length = length, .peer = context->peer, .host = context->host, .port = context->port,
            .count = context->count, .captures = captures,
          };
          const TlMacroContext filled = {
            .time = context->time, .counter = tl_reply_rule_get_hits (ready->rule) + 1, .message = &about,
          };
          GBytes *made = tl_payload_plan_make (ready->plan, &filled);

          if (counts)
            tl_reply_rule_add_hit (ready->rule);
          return made;
        }
    }

  return NULL;
}

static GBytes *
make (TlAutoReply          *self,
      const guint8         *message,
      gsize                 length,
      const TlReplyContext *context,
      gboolean              counts)
{
  g_ptr_array_set_size (self->undecided, 0);
  switch (self->mode)
    {
    case TL_REPLY_ECHO:
      return g_bytes_new (message, length);

    case TL_REPLY_TEXT:
      return self->ready_text != NULL && *self->text != '\0' ? g_bytes_ref (self->ready_text) : NULL;

    case TL_REPLY_TEMPLATE:
      return self->ready_template != NULL && *self->text != '\0' ?
             tl_reply_template_make (self->ready_template, message, length, context) : NULL;

    case TL_REPLY_RULES:
      return make_by_rules (self, message, length, context, counts);

    case TL_REPLY_OFF:
    default:
      return NULL;
    }
}

GBytes *
tl_auto_reply_make (TlAutoReply          *self,
                    const guint8         *message,
                    gsize                 length,
                    const TlReplyContext *context)
{
  g_return_val_if_fail (TL_IS_AUTO_REPLY (self), NULL);
  g_return_val_if_fail (message != NULL || length == 0, NULL);
  g_return_val_if_fail (context != NULL, NULL);

  return make (self, message, length, context, TRUE);
}

GBytes *
tl_auto_reply_try (TlAutoReply          *self,
                   const guint8         *message,
                   gsize                 length,
                   const TlReplyContext *context)
{
  g_return_val_if_fail (TL_IS_AUTO_REPLY (self), NULL);
  g_return_val_if_fail (message != NULL || length == 0, NULL);
  g_return_val_if_fail (context != NULL, NULL);

  return make (self, message, length, context, FALSE);
}

guint
tl_auto_reply_get_undecided (TlAutoReply *self)
{
  g_return_val_if_fail (TL_IS_AUTO_REPLY (self), 0);

  return self->undecided->len > 0 ? ((ReadyRule *) self->undecided->pdata[0])->number : 0;
}

guint
tl_auto_reply_take_undecided (TlAutoReply *self)
{
  g_return_val_if_fail (TL_IS_AUTO_REPLY (self), 0);

  for (guint i = 0; i < self->undecided->len; i++)
    {
      ReadyRule *ready = self->undecided->pdata[i];

      if (ready->told)
        continue;
      ready->told = TRUE;
      return ready->number;
    }

  return 0;
}

guint
tl_auto_reply_get_delay (TlAutoReply *self)
{
  g_return_val_if_fail (TL_IS_AUTO_REPLY (self), 0);

  return self->delay;
}

TlReplyMode
tl_auto_reply_get_mode (TlAutoReply *self)
{
  g_return_val_if_fail (TL_IS_AUTO_REPLY (self), TL_REPLY_OFF);

  return self->mode;
}

GListStore *
tl_auto_reply_get_rules (TlAutoReply *self)
{
  g_return_val_if_fail (TL_IS_AUTO_REPLY (self), NULL);

  return self->rules;
}
