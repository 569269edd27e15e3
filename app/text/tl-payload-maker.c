/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan with the counter of its sendings. */
#include "tl-payload-maker.h"

#include <glib/gi18n-lib.h>

struct _TlPayloadMaker
{
  GObject        parent_instance;

  TlPayloadPlan *plan;
  guint64        counter;
};

enum {
  PROP_0,
  PROP_COUNTER,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlPayloadMaker, tl_payload_maker, G_TYPE_OBJECT)

static void
tl_payload_maker_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_COUNTER:
      g_value_set_uint64 (value, TL_PAYLOAD_MAKER (object)->counter);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_payload_maker_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_COUNTER:
      tl_payload_maker_set_counter (TL_PAYLOAD_MAKER (object), g_value_get_uint64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_payload_maker_finalize (GObject *object)
{
  g_clear_pointer (&TL_PAYLOAD_MAKER (object)->plan, tl_payload_plan_unref);

  G_OBJECT_CLASS (tl_payload_maker_parent_class)->finalize (object);
}

static void
tl_payload_maker_class_init (TlPayloadMakerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = tl_payload_maker_get_property;
  object_class->set_property = tl_payload_maker_set_property;
  object_class->finalize = tl_payload_maker_finalize;

  props[PROP_COUNTER] = g_param_spec_uint64 ("counter", NULL, NULL, 0, G_MAXUINT64, 1,
                                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_payload_maker_init (TlPayloadMaker *self)
{
  self->counter = 1;
}

TlPayloadMaker *
tl_payload_maker_new (TlPayloadPlan *plan)
{
  TlPayloadMaker *self = g_object_new (TL_TYPE_PAYLOAD_MAKER, NULL);

  tl_payload_maker_set_plan (self, plan);

  return self;
}

TlPayloadMaker *
tl_payload_maker_new_for_bytes (GBytes *bytes)
{
  g_autoptr (TlPayloadPlan) plan = tl_payload_plan_new_for_bytes (bytes);

  return tl_payload_maker_new (plan);
}

void
tl_payload_maker_set_plan (TlPayloadMaker *self,
                           TlPayloadPlan  *plan)
{
  g_return_if_fail (TL_IS_PAYLOAD_MAKER (self));

  if (plan != NULL)
    tl_payload_plan_ref (plan);
  g_clear_pointer (&self->plan, tl_payload_plan_unref);
  self->plan = plan;
}

TlPayloadPlan *
tl_payload_maker_get_plan (TlPayloadMaker *self)
{
  g_return_val_if_fail (TL_IS_PAYLOAD_MAKER (self), NULL);

  return self->plan;
}

guint64
tl_payload_maker_get_counter (TlPayloadMaker *self)
{
  g_return_val_if_fail (TL_IS_PAYLOAD_MAKER (self), 0);

  return self->counter;
}

void
tl_payload_maker_set_counter (TlPayloadMaker *self,
                              guint64         counter)
{
  g_return_if_fail (TL_IS_PAYLOAD_MAKER (self));

  if (self->counter == counter)
    return;

  self->counter = counter;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COUNTER]);
}

GBytes *
tl_payload_maker_make (TlPayloadMaker  *self,
                       GError         **error)
{
  const TlMacroContext context = { .time = g_get_real_time (), .counter = self->counter };
  GBytes *bytes;

  g_return_val_if_fail (TL_IS_PAYLOAD_MAKER (self), NULL);

  if (self->plan == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("What is to be sent has a mistake; correct it first."));
      return NULL;
    }

  bytes = tl_payload_plan_make (self->plan, &context);
  if (bytes == NULL)
    tl_payload_set_size_error (error);
  return bytes;
}

void
tl_payload_maker_advance (TlPayloadMaker *self)
{
  g_return_if_fail (TL_IS_PAYLOAD_MAKER (self));

  if (self->plan != NULL && tl_payload_plan_varies (self->plan))
    tl_payload_maker_set_counter (self, self->counter + 1);
}
