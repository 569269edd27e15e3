/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry for a port, with its class and the name of its service. */
#include "tl-port-entry.h"

#include "tl-address-check.h"

#include <glib/gi18n-lib.h>

struct _TlPortEntry
{
  TlCheckedEntry  parent_instance;

  char           *protocol;
  int             port;
  gboolean        is_local;
};

G_DEFINE_FINAL_TYPE (TlPortEntry, tl_port_entry, TL_TYPE_CHECKED_ENTRY)

enum {
  PROP_0,
  PROP_PORT,
  PROP_IS_LOCAL,
  PROP_PROTOCOL,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
judge (TlPortEntry       *self,
       const TlPortCheck *check,
       TlVerdict         *verdict)
{
  const char *label;

  if (check->port_class == TL_PORT_INVALID)
    {
      verdict->message = g_strdup (check->message);
      return;
    }

  if (check->port_class == TL_PORT_EMPTY)
    {
      verdict->valid = tl_checked_entry_get_optional (TL_CHECKED_ENTRY (self));
      verdict->note = g_strdup (verdict->valid ? _("May stay empty") : self->is_local ? "0–65535" : "1–65535");
      return;
    }

  verdict->valid = TRUE;
  label = tl_port_class_get_label (check->port_class);
  if (check->service)
    verdict->note = g_strdup_printf ("%s · %s", label, check->service);
  else
    verdict->note = g_strdup (label);
}

static void
tl_port_entry_check (TlCheckedEntry *entry,
                     const char     *text,
                     TlVerdict      *verdict)
{
  TlPortEntry *self = TL_PORT_ENTRY (entry);
  g_autoptr (TlPortCheck) check = tl_port_check_new (text, self->is_local, self->protocol);
  int port;

  judge (self, check, verdict);
  port = verdict->valid ? check->port : -1;
  if (self->port != port)
    {
      self->port = port;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PORT]);
    }
}

static void
tl_port_entry_settle (TlCheckedEntry *entry)
{
  tl_checked_entry_split_endpoint (entry, FALSE);
}

static void
tl_port_entry_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlPortEntry *self = TL_PORT_ENTRY (object);

  switch (id)
    {
    case PROP_PORT:
      g_value_set_int (value, self->port);
      break;
    case PROP_IS_LOCAL:
      g_value_set_boolean (value, self->is_local);
      break;
    case PROP_PROTOCOL:
      g_value_set_string (value, self->protocol);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_port_entry_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlPortEntry *self = TL_PORT_ENTRY (object);

  switch (id)
    {
    case PROP_PORT:
      tl_port_entry_set_port (self, g_value_get_int (value));
      break;
    case PROP_IS_LOCAL:
      if (self->is_local == g_value_get_boolean (value))
        break;
      self->is_local = g_value_get_boolean (value);
      tl_checked_entry_recheck (TL_CHECKED_ENTRY (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_PROTOCOL:
      if (g_strcmp0 (self->protocol, g_value_get_string (value)) == 0)
        break;
      g_free (self->protocol);
      self->protocol = g_value_get_string (value) ? g_value_dup_string (value) : g_strdup ("tcp");
      tl_checked_entry_recheck (TL_CHECKED_ENTRY (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_port_entry_finalize (GObject *object)
{
  g_free (TL_PORT_ENTRY (object)->protocol);

  G_OBJECT_CLASS (tl_port_entry_parent_class)->finalize (object);
}

static void
tl_port_entry_class_init (TlPortEntryClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_port_entry_get_property;
  object_class->set_property = tl_port_entry_set_property;
  object_class->finalize = tl_port_entry_finalize;
  TL_CHECKED_ENTRY_CLASS (class)->check = tl_port_entry_check;
  TL_CHECKED_ENTRY_CLASS (class)->settle = tl_port_entry_settle;

  props[PROP_PORT] = g_param_spec_int ("port", NULL, NULL, -1, 65535, -1, flags);
  props[PROP_IS_LOCAL] = g_param_spec_boolean ("is-local", NULL, NULL, FALSE, flags);
  props[PROP_PROTOCOL] = g_param_spec_string ("protocol", NULL, NULL, "tcp", flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_port_entry_init (TlPortEntry *self)
{
  GtkEntry *entry = tl_checked_entry_get_entry (TL_CHECKED_ENTRY (self));

  self->protocol = g_strdup ("tcp");
  self->port = -1;
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 7);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 7);
}

GtkWidget *
tl_port_entry_new (void)
{
  return g_object_new (TL_TYPE_PORT_ENTRY, NULL);
}

int
tl_port_entry_get_port (TlPortEntry *self)
{
  g_return_val_if_fail (TL_IS_PORT_ENTRY (self), -1);

  return self->port;
}

void
tl_port_entry_set_port (TlPortEntry *self,
                        int          port)
{
  g_autofree char *text = NULL;

  g_return_if_fail (TL_IS_PORT_ENTRY (self));

  text = port < 0 ? g_strdup ("") : g_strdup_printf ("%d", port);
  tl_checked_entry_set_text (TL_CHECKED_ENTRY (self), text);
}
