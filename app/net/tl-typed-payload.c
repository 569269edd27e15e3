/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text as it was typed and how it becomes bytes. */
#include "tl-typed-payload.h"

typedef struct {
  char      *text;
  TlPayload  payload;
  char      *error;
} TlTypedPayloadPrivate;

enum {
  PROP_0,
  PROP_TEXT,
  PROP_PAYLOAD,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TlTypedPayload, tl_typed_payload, G_TYPE_OBJECT)

static TlTypedPayloadPrivate *
get (gpointer self)
{
  return tl_typed_payload_get_instance_private (self);
}

gboolean
tl_replace_valid_string (char         **kept,
                         const GValue  *value)
{
  g_autofree char *valid = g_utf8_make_valid (g_value_get_string (value) ? g_value_get_string (value) : "", -1);

  if (g_strcmp0 (*kept, valid) == 0)
    return FALSE;

  g_free (*kept);
  *kept = g_steal_pointer (&valid);
  return TRUE;
}

gboolean
tl_replace_uint (guint        *kept,
                 const GValue *value)
{
  const gboolean changed = *kept != g_value_get_uint (value);

  *kept = g_value_get_uint (value);
  return changed;
}

static gboolean
replace_payload (TlTypedPayloadPrivate *priv,
                 const TlPayload       *payload)
{
  if (payload == NULL || tl_payload_equal (&priv->payload, payload))
    return FALSE;

  priv->payload = *payload;
  return TRUE;
}

static void
tl_typed_payload_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlTypedPayloadPrivate *priv = get (object);

  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, priv->text);
      break;
    case PROP_PAYLOAD:
      g_value_set_boxed (value, &priv->payload);
      break;
    case PROP_ERROR:
      g_value_set_string (value, priv->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_typed_payload_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TlTypedPayloadPrivate *priv = get (object);
  gboolean changed = FALSE;

  switch (id)
    {
    case PROP_TEXT:
      changed = tl_replace_valid_string (&priv->text, value);
      break;
    case PROP_PAYLOAD:
      changed = replace_payload (priv, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }

  if (!changed)
    return;

  g_object_notify_by_pspec (object, pspec);
  tl_typed_payload_check (TL_TYPED_PAYLOAD (object));
}

static void
tl_typed_payload_finalize (GObject *object)
{
  g_free (get (object)->text);
  g_free (get (object)->error);

  G_OBJECT_CLASS (tl_typed_payload_parent_class)->finalize (object);
}

static void
tl_typed_payload_class_init (TlTypedPayloadClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_typed_payload_get_property;
  object_class->set_property = tl_typed_payload_set_property;
  object_class->finalize = tl_typed_payload_finalize;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  props[PROP_PAYLOAD] = g_param_spec_boxed ("payload", NULL, NULL, TL_TYPE_PAYLOAD, flags);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_typed_payload_init (TlTypedPayload *self)
{
  get (self)->text = g_strdup ("");
  get (self)->payload.macros = TRUE;
}

const char *
tl_typed_payload_get_text (TlTypedPayload *self)
{
  g_return_val_if_fail (TL_IS_TYPED_PAYLOAD (self), NULL);

  return get (self)->text;
}

const TlPayload *
tl_typed_payload_get_payload (TlTypedPayload *self)
{
  g_return_val_if_fail (TL_IS_TYPED_PAYLOAD (self), NULL);

  return &get (self)->payload;
}

const char *
tl_typed_payload_get_error (TlTypedPayload *self)
{
  g_return_val_if_fail (TL_IS_TYPED_PAYLOAD (self), NULL);

  return get (self)->error;
}

void
tl_typed_payload_check (TlTypedPayload *self)
{
  g_autoptr (GError) error = NULL;
  const char *said;

  g_return_if_fail (TL_IS_TYPED_PAYLOAD (self));

  TL_TYPED_PAYLOAD_GET_CLASS (self)->check (self, &error);
  said = error != NULL ? error->message : NULL;
  if (g_strcmp0 (get (self)->error, said) == 0)
    return;

  g_free (get (self)->error);
  get (self)->error = g_strdup (said);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}
