/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps one after the other. */
#include "tl-sequence.h"

#include <glib/gi18n-lib.h>

struct _TlSequence
{
  GObject     parent_instance;

  char       *name;
  GListStore *steps;
  guint       repeat;
  gboolean    goes_on;
};

enum {
  PROP_0,
  PROP_NAME,
  PROP_STEPS,
  PROP_REPEAT,
  PROP_GOES_ON,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSequence, tl_sequence, G_TYPE_OBJECT)

static void
tl_sequence_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TlSequence *self = TL_SEQUENCE (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_STEPS:
      g_value_set_object (value, self->steps);
      break;
    case PROP_REPEAT:
      g_value_set_uint (value, self->repeat);
      break;
    case PROP_GOES_ON:
      g_value_set_boolean (value, self->goes_on);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_sequence_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TlSequence *self = TL_SEQUENCE (object);
  gboolean changed = FALSE;

  switch (id)
    {
    case PROP_NAME:
      changed = tl_replace_valid_string (&self->name, value);
      break;
    case PROP_REPEAT:
      changed = tl_replace_uint (&self->repeat, value);
      break;
    case PROP_GOES_ON:
      changed = self->goes_on != g_value_get_boolean (value);
      self->goes_on = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }

  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
tl_sequence_finalize (GObject *object)
{
  g_free (TL_SEQUENCE (object)->name);
  g_clear_object (&TL_SEQUENCE (object)->steps);

  G_OBJECT_CLASS (tl_sequence_parent_class)->finalize (object);
}

static void
tl_sequence_class_init (TlSequenceClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_sequence_get_property;
  object_class->set_property = tl_sequence_set_property;
  object_class->finalize = tl_sequence_finalize;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  props[PROP_STEPS] = g_param_spec_object ("steps", NULL, NULL, G_TYPE_LIST_STORE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_REPEAT] = g_param_spec_uint ("repeat", NULL, NULL, 0, TL_SEQUENCE_MAX_REPEAT, 1, flags);
  props[PROP_GOES_ON] = g_param_spec_boolean ("goes-on", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_sequence_init (TlSequence *self)
{
  self->name = g_strdup ("");
  self->steps = g_list_store_new (TL_TYPE_SEQUENCE_STEP);
  self->repeat = 1;
}

TlSequence *
tl_sequence_new (void)
{
  return g_object_new (TL_TYPE_SEQUENCE, NULL);
}

TlSequence *
tl_sequence_copy (TlSequence *self)
{
  TlSequence *copy;

  g_return_val_if_fail (TL_IS_SEQUENCE (self), NULL);

  copy = g_object_new (TL_TYPE_SEQUENCE, "name", self->name, "repeat", self->repeat, "goes-on", self->goes_on, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->steps)); i++)
    {
      g_autoptr (TlSequenceStep) step = g_list_model_get_item (G_LIST_MODEL (self->steps), i);
      g_autoptr (TlSequenceStep) step_copy = tl_sequence_step_copy (step);

      g_list_store_append (copy->steps, step_copy);
    }

  return copy;
}

const char *
tl_sequence_get_name (TlSequence *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE (self), NULL);

  return self->name;
}

GListStore *
tl_sequence_get_steps (TlSequence *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE (self), NULL);

  return self->steps;
}

guint
tl_sequence_get_repeat (TlSequence *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE (self), 0);

  return self->repeat;
}

gboolean
tl_sequence_get_goes_on (TlSequence *self)
{
  g_return_val_if_fail (TL_IS_SEQUENCE (self), FALSE);

  return self->goes_on;
}

char *
tl_sequence_dup_problem (TlSequence *self)
{
  GListModel *steps;

  g_return_val_if_fail (TL_IS_SEQUENCE (self), NULL);

  steps = G_LIST_MODEL (self->steps);
  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (TlSequenceStep) step = g_list_model_get_item (steps, i);

      if (tl_sequence_step_get_error (step) != NULL)
        /* Translators: %s is a whole sentence */
        return g_strdup_printf (_("Step %u has a mistake. %s"), i + 1, tl_sequence_step_get_error (step));
    }

  return g_list_model_get_n_items (steps) > 0 ? NULL : g_strdup (_("The sequence has no steps; add one first."));
}
