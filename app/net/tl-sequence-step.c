/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One step of a sequence. */
#include "tl-sequence.h"

#include <glib/gi18n-lib.h>

#define DESCRIBED_CHARS 40

G_DEFINE_ENUM_TYPE (TlStepKind, tl_step_kind,
                    G_DEFINE_ENUM_VALUE (TL_STEP_SEND, "send"),
                    G_DEFINE_ENUM_VALUE (TL_STEP_EXPECT, "expect"),
                    G_DEFINE_ENUM_VALUE (TL_STEP_WAIT, "wait"))

struct _TlSequenceStep
{
  GObject       parent_instance;

  TlStepKind    kind;
  char         *text;
  TlPayload     payload;
  TlPatternKind pattern;
  gboolean      fold;
  gboolean      from_targets;
  guint         milliseconds;
  char         *error;
};

enum {
  PROP_0,
  PROP_KIND,
  PROP_TEXT,
  PROP_PAYLOAD,
  PROP_PATTERN,
  PROP_FOLD,
  PROP_FROM_TARGETS,
  PROP_MILLISECONDS,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSequenceStep, tl_sequence_step, G_TYPE_OBJECT)

static void
check (TlSequenceStep *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TlPayloadPlan) plan = NULL;
  g_autoptr (TlPattern) pattern = NULL;
  const char *said;

  if (self->kind == TL_STEP_SEND)
    plan = tl_payload_plan_new (&self->payload, self->text, NULL, NULL, &error);
  else if (self->kind == TL_STEP_EXPECT)
    pattern = tl_pattern_new (self->pattern, self->text, self->payload.charset, self->fold, &error);

  said = error != NULL ? error->message : NULL;
  if (g_strcmp0 (self->error, said) == 0)
    return;

  g_free (self->error);
  self->error = g_strdup (said);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

static gboolean
replace_text (TlSequenceStep *self,
              const char     *value)
{
  g_autofree char *valid = g_utf8_make_valid (value != NULL ? value : "", -1);

  if (g_str_equal (self->text, valid))
    return FALSE;

  g_free (self->text);
  self->text = g_steal_pointer (&valid);
  return TRUE;
}

static gboolean
replace_payload (TlSequenceStep  *self,
                 const TlPayload *payload)
{
  if (payload == NULL || tl_payload_equal (&self->payload, payload))
    return FALSE;

  self->payload = *payload;
  return TRUE;
}

static gboolean
replace_boolean (gboolean *kept,
                 gboolean  value)
{
  const gboolean changed = *kept != value;

  *kept = value;
  return changed;
}

static void
tl_sequence_step_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlSequenceStep *self = TL_SEQUENCE_STEP (object);

  switch (id)
    {
    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_PAYLOAD:
      g_value_set_boxed (value, &self->payload);
      break;
    case PROP_PATTERN:
      g_value_set_enum (value, self->pattern);
      break;
    case PROP_FOLD:
      g_value_set_boolean (value, self->fold);
      break;
    case PROP_FROM_TARGETS:
      g_value_set_boolean (value, self->from_targets);
      break;
    case PROP_MILLISECONDS:
      g_value_set_uint (value, self->milliseconds);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_sequence_step_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TlSequenceStep *self = TL_SEQUENCE_STEP (object);
  gboolean changed = FALSE;

  switch (id)
    {
    case PROP_KIND:
      changed = self->kind != (TlStepKind) g_value_get_enum (value);
      self->kind = g_value_get_enum (value);
      break;
    case PROP_TEXT:
      changed = replace_text (self, g_value_get_string (value));
      break;
    case PROP_PAYLOAD:
      changed = replace_payload (self, g_value_get_boxed (value));
      break;
    case PROP_PATTERN:
      changed = self->pattern != (TlPatternKind) g_value_get_enum (value);
      self->pattern = g_value_get_enum (value);
      break;
    case PROP_FOLD:
      changed = replace_boolean (&self->fold, g_value_get_boolean (value));
      break;
    case PROP_FROM_TARGETS:
      changed = replace_boolean (&self->from_targets, g_value_get_boolean (value));
      break;
    case PROP_MILLISECONDS:
      changed = self->milliseconds != g_value_get_uint (value);
      self->milliseconds = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }

  if (!changed)
    return;

  g_object_notify_by_pspec (object, pspec);
  check (self);
}

static void
tl_sequence_step_finalize (GObject *object)
{
  g_free (TL_SEQUENCE_STEP (object)->text);
  g_free (TL_SEQUENCE_STEP (object)->error);

  G_OBJECT_CLASS (tl_sequence_step_parent_class)->finalize (object);
}

static void
tl_sequence_step_class_init (TlSequenceStepClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_sequence_step_get_property;
  object_class->set_property = tl_sequence_step_set_property;
  object_class->finalize = tl_sequence_step_finalize;

  props[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, TL_TYPE_STEP_KIND, TL_STEP_SEND, flags);
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  props[PROP_PAYLOAD] = g_param_spec_boxed ("payload", NULL, NULL, TL_TYPE_PAYLOAD, flags);
  props[PROP_PATTERN] = g_param_spec_enum ("pattern", NULL, NULL, TL_TYPE_PATTERN_KIND, TL_PATTERN_TEXT, flags);
  props[PROP_FOLD] = g_param_spec_boolean ("fold", NULL, NULL, FALSE, flags);
  props[PROP_FROM_TARGETS] = g_param_spec_boolean ("from-targets", NULL, NULL, FALSE, flags);
  props[PROP_MILLISECONDS] = g_param_spec_uint ("milliseconds", NULL, NULL, 0, TL_SEQUENCE_MAX_MILLISECONDS, 1000, flags);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_sequence_step_init (TlSequenceStep *self)
{
  self->text = g_strdup ("");
  self->payload.macros = TRUE;
  self->milliseconds = 1000;
}

TlSequenceStep *
tl_sequence_step_new (TlStepKind  kind,
                      const char *text,
                      guint       milliseconds)
{
  TlSequenceStep *self = g_object_new (TL_TYPE_SEQUENCE_STEP, "kind", kind, "text", text, "milliseconds", milliseconds, NULL);

  /* An empty pattern is a mistake too. */
  check (self);

  return self;
}

TlSequenceStep *
tl_sequence_step_copy (TlSequenceStep *self)
{
  TlSequenceStep *copy;

  g_return_val_if_fail (TL_IS_SEQUENCE_STEP (self), NULL);

  copy = tl_sequence_step_new (self->kind, self->text, self->milliseconds);
  g_object_set (copy, "payload", &self->payload, "pattern", self->pattern, "fold", self->fold, "from-targets", self->from_targets, NULL);

  return copy;
}

TlStepKind
tl_sequence_step_get_kind (TlSequenceStep *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_STEP (self), TL_STEP_SEND);

  return self->kind;
}

const char *
tl_sequence_step_get_text (TlSequenceStep *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_STEP (self), NULL);

  return self->text;
}

const TlPayload *
tl_sequence_step_get_payload (TlSequenceStep *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_STEP (self), NULL);

  return &self->payload;
}

TlPatternKind
tl_sequence_step_get_pattern (TlSequenceStep *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_STEP (self), TL_PATTERN_TEXT);

  return self->pattern;
}

gboolean
tl_sequence_step_get_fold (TlSequenceStep *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_STEP (self), FALSE);

  return self->fold;
}

gboolean
tl_sequence_step_get_from_targets (TlSequenceStep *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_STEP (self), FALSE);

  return self->from_targets;
}

guint
tl_sequence_step_get_milliseconds (TlSequenceStep *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_STEP (self), 0);

  return self->milliseconds;
}

const char *
tl_sequence_step_get_error (TlSequenceStep *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_STEP (self), NULL);

  return self->error;
}

char *
tl_sequence_step_describe (TlSequenceStep *self)
{
  g_autofree char *text = NULL;
  gboolean is_cut;

  g_return_val_if_fail (TL_IS_SEQUENCE_STEP (self), NULL);

  is_cut = g_utf8_strlen (self->text, -1) > DESCRIBED_CHARS;
  text = g_utf8_substring (self->text, 0, MIN (g_utf8_strlen (self->text, -1), DESCRIBED_CHARS));
  g_strdelimit (text, "\r\n\t", ' ');

  switch (self->kind)
    {
    case TL_STEP_SEND:
      /* Translators: the step of a sequence; %s is what is sent, and an ellipsis where it is longer */
      return g_strdup_printf (_("Send “%s%s”"), text, is_cut ? "…" : "");
    case TL_STEP_EXPECT:
      /* Translators: the step of a sequence; %s is what is looked for, and an ellipsis where it is longer */
      return g_strdup_printf (_("Wait for “%s%s”, at most %'u ms"), text, is_cut ? "…" : "", self->milliseconds);
    case TL_STEP_WAIT:
    default:
      return g_strdup_printf (_("Wait %'u ms"), self->milliseconds);
    }
}
