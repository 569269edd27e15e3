/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message that is kept to be sent with a click. */
#include "tl-quick-send.h"

struct _TlQuickSend
{
  TlTypedPayload  parent_instance;

  char           *name;
  char           *group;
  guint           shortcut;
  guint           period;
  TlPayloadMaker *maker;
};

enum {
  PROP_0,
  PROP_NAME,
  PROP_GROUP,
  PROP_SHORTCUT,
  PROP_PERIOD,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlQuickSend, tl_quick_send, TL_TYPE_TYPED_PAYLOAD)

static gboolean
tl_quick_send_check (TlTypedPayload  *payload,
                     GError         **error)
{
  g_autoptr (TlPayloadPlan) plan = tl_payload_plan_new (tl_typed_payload_get_payload (payload), tl_typed_payload_get_text (payload), NULL, NULL, error);

  tl_payload_maker_set_plan (TL_QUICK_SEND (payload)->maker, plan);
  return plan != NULL;
}

static void
tl_quick_send_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlQuickSend *self = TL_QUICK_SEND (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_GROUP:
      g_value_set_string (value, self->group);
      break;
    case PROP_SHORTCUT:
      g_value_set_uint (value, self->shortcut);
      break;
    case PROP_PERIOD:
      g_value_set_uint (value, self->period);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_quick_send_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlQuickSend *self = TL_QUICK_SEND (object);
  gboolean changed = FALSE;

  switch (id)
    {
    case PROP_NAME:
      changed = tl_replace_valid_string (&self->name, value);
      break;
    case PROP_GROUP:
      changed = tl_replace_valid_string (&self->group, value);
      break;
    case PROP_SHORTCUT:
      changed = tl_replace_uint (&self->shortcut, value);
      break;
    case PROP_PERIOD:
      changed = tl_replace_uint (&self->period, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }

  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
tl_quick_send_finalize (GObject *object)
{
  TlQuickSend *self = TL_QUICK_SEND (object);

  g_free (self->name);
  g_free (self->group);
  g_clear_object (&self->maker);

  G_OBJECT_CLASS (tl_quick_send_parent_class)->finalize (object);
}

static void
tl_quick_send_class_init (TlQuickSendClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_quick_send_get_property;
  object_class->set_property = tl_quick_send_set_property;
  object_class->finalize = tl_quick_send_finalize;
  TL_TYPED_PAYLOAD_CLASS (class)->check = tl_quick_send_check;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  props[PROP_GROUP] = g_param_spec_string ("group", NULL, NULL, "", flags);
  props[PROP_SHORTCUT] = g_param_spec_uint ("shortcut", NULL, NULL, 0, 9, 0, flags);
  props[PROP_PERIOD] = g_param_spec_uint ("period", NULL, NULL, 0, TL_QUICK_SEND_MAX_PERIOD, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_quick_send_init (TlQuickSend *self)
{
  self->name = g_strdup ("");
  self->group = g_strdup ("");
  self->maker = tl_payload_maker_new (NULL);
  tl_typed_payload_check (TL_TYPED_PAYLOAD (self));
}

TlQuickSend *
tl_quick_send_new (void)
{
  return g_object_new (TL_TYPE_QUICK_SEND, NULL);
}

TlQuickSend *
tl_quick_send_copy (TlQuickSend *self)
{
  g_return_val_if_fail (TL_IS_QUICK_SEND (self), NULL);

  return g_object_new (TL_TYPE_QUICK_SEND, "name", self->name, "group", self->group, "text", tl_quick_send_get_text (self), "payload", tl_quick_send_get_payload (self),
                       "shortcut", self->shortcut, "period", self->period, NULL);
}

const char *
tl_quick_send_get_name (TlQuickSend *self)
{
  g_return_val_if_fail (TL_IS_QUICK_SEND (self), NULL);

  return self->name;
}

const char *
tl_quick_send_get_group (TlQuickSend *self)
{
  g_return_val_if_fail (TL_IS_QUICK_SEND (self), NULL);

  return self->group;
}

guint
tl_quick_send_get_shortcut (TlQuickSend *self)
{
  g_return_val_if_fail (TL_IS_QUICK_SEND (self), 0);

  return self->shortcut;
}

guint
tl_quick_send_get_period (TlQuickSend *self)
{
  g_return_val_if_fail (TL_IS_QUICK_SEND (self), 0);

  return self->period;
}

TlPayloadMaker *
tl_quick_send_get_maker (TlQuickSend *self)
{
  g_return_val_if_fail (TL_IS_QUICK_SEND (self), NULL);

  return self->maker;
}
