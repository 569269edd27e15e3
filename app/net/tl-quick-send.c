/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message that is kept to be sent with a click. */
#include "tl-quick-send.h"

struct _TlQuickSend
{
  GObject         parent_instance;

  char           *name;
  char           *group;
  char           *text;
  TlPayload       payload;
  guint           shortcut;
  guint           period;
  char           *error;
  TlPayloadMaker *maker;
};

enum {
  PROP_0,
  PROP_NAME,
  PROP_GROUP,
  PROP_TEXT,
  PROP_PAYLOAD,
  PROP_SHORTCUT,
  PROP_PERIOD,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlQuickSend, tl_quick_send, G_TYPE_OBJECT)

static void
prepare (TlQuickSend *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TlPayloadPlan) plan = tl_payload_plan_new (&self->payload, self->text, NULL, NULL, &error);
  const char *said = error != NULL ? error->message : NULL;

  tl_payload_maker_set_plan (self->maker, plan);
  if (g_strcmp0 (self->error, said) == 0)
    return;

  g_free (self->error);
  self->error = g_strdup (said);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

static gboolean
replace (char       **kept,
         const char  *value)
{
  g_autofree char *valid = g_utf8_make_valid (value != NULL ? value : "", -1);

  if (g_str_equal (*kept, valid))
    return FALSE;

  g_free (*kept);
  *kept = g_steal_pointer (&valid);
  return TRUE;
}

static gboolean
replace_number (guint        *kept,
                const GValue *value)
{
  const gboolean changed = *kept != g_value_get_uint (value);

  *kept = g_value_get_uint (value);
  return changed;
}

static gboolean
replace_payload (TlQuickSend     *self,
                 const TlPayload *payload)
{
  if (payload == NULL || tl_payload_equal (&self->payload, payload))
    return FALSE;

  self->payload = *payload;
  return TRUE;
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
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_PAYLOAD:
      g_value_set_boxed (value, &self->payload);
      break;
    case PROP_SHORTCUT:
      g_value_set_uint (value, self->shortcut);
      break;
    case PROP_PERIOD:
      g_value_set_uint (value, self->period);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
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
      changed = replace (&self->name, g_value_get_string (value));
      break;
    case PROP_GROUP:
      changed = replace (&self->group, g_value_get_string (value));
      break;
    case PROP_TEXT:
      changed = replace (&self->text, g_value_get_string (value));
      break;
    case PROP_PAYLOAD:
      changed = replace_payload (self, g_value_get_boxed (value));
      break;
    case PROP_SHORTCUT:
      changed = replace_number (&self->shortcut, value);
      break;
    case PROP_PERIOD:
      changed = replace_number (&self->period, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }

  if (!changed)
    return;

  g_object_notify_by_pspec (object, pspec);
  if (id == PROP_TEXT || id == PROP_PAYLOAD)
    prepare (self);
}

static void
tl_quick_send_finalize (GObject *object)
{
  TlQuickSend *self = TL_QUICK_SEND (object);

  g_free (self->name);
  g_free (self->group);
  g_free (self->text);
  g_free (self->error);
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

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  props[PROP_GROUP] = g_param_spec_string ("group", NULL, NULL, "", flags);
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  props[PROP_PAYLOAD] = g_param_spec_boxed ("payload", NULL, NULL, TL_TYPE_PAYLOAD, flags);
  props[PROP_SHORTCUT] = g_param_spec_uint ("shortcut", NULL, NULL, 0, 9, 0, flags);
  props[PROP_PERIOD] = g_param_spec_uint ("period", NULL, NULL, 0, TL_QUICK_SEND_MAX_PERIOD, 0, flags);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_quick_send_init (TlQuickSend *self)
{
  self->name = g_strdup ("");
  self->group = g_strdup ("");
  self->text = g_strdup ("");
  self->payload.macros = TRUE;
  self->maker = tl_payload_maker_new (NULL);
  prepare (self);
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

  return g_object_new (TL_TYPE_QUICK_SEND, "name", self->name, "group", self->group, "text", self->text, "payload", &self->payload,
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

const char *
tl_quick_send_get_text (TlQuickSend *self)
{
  g_return_val_if_fail (TL_IS_QUICK_SEND (self), NULL);

  return self->text;
}

const TlPayload *
tl_quick_send_get_payload (TlQuickSend *self)
{
  g_return_val_if_fail (TL_IS_QUICK_SEND (self), NULL);

  return &self->payload;
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

const char *
tl_quick_send_get_error (TlQuickSend *self)
{
  g_return_val_if_fail (TL_IS_QUICK_SEND (self), NULL);

  return self->error;
}

TlPayloadMaker *
tl_quick_send_get_maker (TlQuickSend *self)
{
  g_return_val_if_fail (TL_IS_QUICK_SEND (self), NULL);

  return self->maker;
}
