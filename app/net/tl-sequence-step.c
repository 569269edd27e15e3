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
  TlTypedPayload parent_instance;

  TlStepKind    kind;
  TlPatternKind pattern;
  gboolean      fold;
  gboolean      from_targets;
  guint         milliseconds;
};

enum {
  PROP_0,
  PROP_KIND,
  PROP_PATTERN,
  PROP_FOLD,
  PROP_FROM_TARGETS,
  PROP_MILLISECONDS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSequenceStep, tl_sequence_step, TL_TYPE_TYPED_PAYLOAD)

static gboolean
tl_sequence_step_check (TlTypedPayload  *typed,
                        GError         **error)
{
  TlSequenceStep *self = TL_SEQUENCE_STEP (typed);
  const TlPayload *payload = tl_typed_payload_get_payload (typed);
  const char *text = tl_typed_payload_get_text (typed);
  g_autoptr (TlPayloadPlan) plan = NULL;
  g_autoptr (TlPattern) pattern = NULL;

  switch (self->kind)
    {
    case TL_STEP_SEND:
      plan = tl_payload_plan_new (payload, text, NULL, NULL, error);
      return plan != NULL;
    case TL_STEP_EXPECT:
      pattern = tl_pattern_new (self->pattern, text, payload->charset, self->fold, error);
      return pattern != NULL;
    case TL_STEP_WAIT:
    default:
      return TRUE;
    }
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
      changed = tl_replace_uint (&self->milliseconds, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }

  if (!changed)
    return;

  g_object_notify_by_pspec (object, pspec);
  tl_typed_payload_check (TL_TYPED_PAYLOAD (self));
}

static void
tl_sequence_step_class_init (TlSequenceStepClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_sequence_step_get_property;
  object_class->set_property = tl_sequence_step_set_property;
  TL_TYPED_PAYLOAD_CLASS (class)->check = tl_sequence_step_check;

  props[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, TL_TYPE_STEP_KIND, TL_STEP_SEND, flags);
  props[PROP_PATTERN] = g_param_spec_enum ("pattern", NULL, NULL, TL_TYPE_PATTERN_KIND, TL_PATTERN_TEXT, flags);
  props[PROP_FOLD] = g_param_spec_boolean ("fold", NULL, NULL, FALSE, flags);
  props[PROP_FROM_TARGETS] = g_param_spec_boolean ("from-targets", NULL, NULL, FALSE, flags);
  props[PROP_MILLISECONDS] = g_param_spec_uint ("milliseconds", NULL, NULL, 0, TL_SEQUENCE_MAX_MILLISECONDS, 1000, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_sequence_step_init (TlSequenceStep *self)
{
  self->milliseconds = 1000;
}

TlSequenceStep *
tl_sequence_step_new (TlStepKind  kind,
                      const char *text,
                      guint       milliseconds)
{
  TlSequenceStep *self = g_object_new (TL_TYPE_SEQUENCE_STEP, "kind", kind, "text", text, "milliseconds", milliseconds, NULL);

  /* An empty pattern is a mistake too. */
  tl_typed_payload_check (TL_TYPED_PAYLOAD (self));

  return self;
}

TlSequenceStep *
tl_sequence_step_copy (TlSequenceStep *self)
{
  TlSequenceStep *copy;

  g_return_val_if_fail (TL_IS_SEQUENCE_STEP (self), NULL);

  copy = tl_sequence_step_new (self->kind, tl_sequence_step_get_text (self), self->milliseconds);
  g_object_set (copy, "payload", tl_sequence_step_get_payload (self), "pattern", self->pattern, "fold", self->fold, "from-targets", self->from_targets, NULL);

  return copy;
}

TlStepKind
tl_sequence_step_get_kind (TlSequenceStep *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE_STEP (self), TL_STEP_SEND);

  return self->kind;
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

char *
tl_sequence_step_describe (TlSequenceStep *self)
{
  g_autofree char *text = NULL;
  const char *whole;
  gboolean is_cut;

  g_return_val_if_fail (TL_IS_SEQUENCE_STEP (self), NULL);

  whole = tl_sequence_step_get_text (self);
  is_cut = g_utf8_strlen (whole, -1) > DESCRIBED_CHARS;
  text = g_utf8_substring (whole, 0, MIN (g_utf8_strlen (whole, -1), DESCRIBED_CHARS));
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
