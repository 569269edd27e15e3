/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a message log as an object, made only while something looks at it. */

#include "tl-message.h"

struct _TlMessage
{
  GObject parent_instance;

  TlMessageInfo info;
  char *peer;
  GBytes *bytes;
  gboolean continued;
};

enum {
  PROP_0,
  PROP_TIME,
  PROP_KIND,
  PROP_PEER,
  PROP_LENGTH,
  PROP_CONTINUED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlMessage, tl_message, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (TlMessageKind, tl_message_kind,
                    G_DEFINE_ENUM_VALUE (TL_MESSAGE_RECEIVED, "received"),
                    G_DEFINE_ENUM_VALUE (TL_MESSAGE_SENT, "sent"),
                    G_DEFINE_ENUM_VALUE (TL_MESSAGE_EVENT, "event"),
                    G_DEFINE_ENUM_VALUE (TL_MESSAGE_WARNING, "warning"),
                    G_DEFINE_ENUM_VALUE (TL_MESSAGE_ERROR, "error"),
                    G_DEFINE_ENUM_VALUE (TL_MESSAGE_CALL, "call"))

static void
tl_message_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TlMessage *self = TL_MESSAGE (object);

  switch (property_id)
    {
    case PROP_TIME:
      g_value_set_int64 (value, self->info.time);
      break;
    case PROP_KIND:
      g_value_set_enum (value, self->info.kind);
      break;
    case PROP_PEER:
      g_value_set_string (value, self->peer);
      break;
    case PROP_LENGTH:
      g_value_set_uint (value, self->info.length);
      break;
    case PROP_CONTINUED:
      g_value_set_boolean (value, self->continued);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_message_finalize (GObject *object)
{
  TlMessage *self = TL_MESSAGE (object);

  g_free (self->peer);
  g_bytes_unref (self->bytes);
  G_OBJECT_CLASS (tl_message_parent_class)->finalize (object);
}

static void
tl_message_class_init (TlMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_message_get_property;
  object_class->finalize = tl_message_finalize;

  properties[PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, TL_TYPE_MESSAGE_KIND, TL_MESSAGE_RECEIVED, flags);
  properties[PROP_PEER] = g_param_spec_string ("peer", NULL, NULL, NULL, flags);
  properties[PROP_LENGTH] = g_param_spec_uint ("length", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CONTINUED] = g_param_spec_boolean ("continued", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_message_init (TlMessage *self)
{
}

TlMessage *
tl_message_new (const TlMessageInfo *info,
                const char          *peer,
                GBytes              *bytes)
{
  TlMessage *self;

  g_return_val_if_fail (info != NULL, NULL);

  self = g_object_new (TL_TYPE_MESSAGE, NULL);
  self->info = *info;
  self->peer = g_strdup (peer);
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : g_bytes_new (NULL, 0);

  return self;
}

const TlMessageInfo *
tl_message_get_info (TlMessage *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE (self), NULL);
  return &self->info;
}

guint64
tl_message_get_id (TlMessage *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE (self), 0);
  return self->info.id;
}

gint64
tl_message_get_time (TlMessage *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE (self), 0);
  return self->info.time;
}

TlMessageKind
tl_message_get_kind (TlMessage *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE (self), TL_MESSAGE_EVENT);
  return self->info.kind;
}

const char *
tl_message_get_peer (TlMessage *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE (self), NULL);
  return self->peer;
}

guint
tl_message_get_length (TlMessage *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE (self), 0);
  return self->info.length;
}

GBytes *
tl_message_get_bytes (TlMessage *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE (self), NULL);
  return self->bytes;
}

gboolean
tl_message_get_continued (TlMessage *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE (self), FALSE);
  return self->continued;
}

void
tl_message_set_continued (TlMessage *self)
{
  g_return_if_fail (TL_IS_MESSAGE (self));

  if (self->continued)
    return;
  self->continued = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTINUED]);
}
