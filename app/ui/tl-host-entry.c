/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry for a host; for a local one, a button offers the addresses of this machine. */
#include "tl-host-entry.h"

#include "tl-address-check.h"
#include "tl-interface.h"

#include <glib/gi18n-lib.h>

struct _TlHostEntry
{
  TlCheckedEntry  parent_instance;

  GtkMenuButton  *menu_button;
  char           *host;
  gboolean        is_local;
};

G_DEFINE_FINAL_TYPE (TlHostEntry, tl_host_entry, TL_TYPE_CHECKED_ENTRY)

enum {
  PROP_0,
  PROP_HOST,
  PROP_IS_LOCAL,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
set_host (TlHostEntry *self,
          const char  *host)
{
  if (g_str_equal (self->host, host))
    return;

  g_free (self->host);
  self->host = g_strdup (host);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HOST]);
}

static void
judge_empty (TlHostEntry *self,
             TlVerdict   *verdict)
{
  if (self->is_local)
    {
      verdict->valid = TRUE;
      verdict->note = g_strdup_printf ("0.0.0.0 · %s", tl_host_scope_get_label (TL_SCOPE_ANY));
    }
  else if (tl_checked_entry_get_optional (TL_CHECKED_ENTRY (self)))
    {
      verdict->valid = TRUE;
      verdict->note = g_strdup (_("May stay empty"));
    }
  else
    {
      verdict->note = g_strdup (_("An address or a host name"));
    }
}

static void
judge (TlHostEntry          *self,
       const TlAddressCheck *check,
       TlVerdict            *verdict)
{
  if (check->other_host)
    {
      verdict->note = g_strdup (_("The port goes into its own field: press Tab"));
    }
  else if (check->kind == TL_HOST_EMPTY)
    {
      judge_empty (self, verdict);
    }
  else if (check->kind == TL_HOST_INVALID)
    {
      verdict->message = g_strdup (check->message);
    }
  else if (check->kind == TL_HOST_NAME && self->is_local)
    {
      verdict->message = g_strdup (_("This is a name; a local address is one of this computer’s own, such as 127.0.0.1."));
    }
  else
    {
      verdict->valid = TRUE;
      if (check->kind == TL_HOST_NAME)
        verdict->note = g_strdup (_("Host name"));
      else
        verdict->note = g_strdup (tl_host_scope_get_label (check->scope));
    }
}

static void
tl_host_entry_check (TlCheckedEntry *entry,
                     const char     *text,
                     TlVerdict      *verdict)
{
  TlHostEntry *self = TL_HOST_ENTRY (entry);
  g_autoptr (TlAddressCheck) check = tl_address_check_new (text);

  judge (self, check, verdict);
  set_host (self, verdict->valid && check->host ? check->host : "");
}

/* Only when the text is complete: while it is typed, the first digit after the colon would already be taken for the port. */
static void
tl_host_entry_settle (TlCheckedEntry *entry)
{
  tl_checked_entry_split_endpoint (entry, TRUE);
}

static void
append_address (GMenu      *menu,
                const char *address,
                const char *what)
{
  g_autofree char *label = g_strdup_printf ("%s · %s", address, what);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "host.pick", "s", address);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) general = g_menu_new ();
  g_autoptr (GMenu) own = g_menu_new ();
  g_autoptr (GListModel) interfaces = tl_interface_list ();

  append_address (general, "0.0.0.0", _("all IPv4 addresses"));
  append_address (general, "127.0.0.1", _("this computer only"));
  append_address (general, "::", _("all IPv6 addresses"));
  append_address (general, "::1", _("this computer only, IPv6"));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (general));

  for (guint i = 0; i < g_list_model_get_n_items (interfaces); i++)
    {
      g_autoptr (TlInterface) interface = g_list_model_get_item (interfaces, i);
      const char * const *addresses = tl_interface_get_addresses (interface);

      for (guint j = 0; addresses && addresses[j]; j++)
        {
          if (!g_str_equal (addresses[j], "127.0.0.1") && !g_str_equal (addresses[j], "::1"))
            append_address (own, addresses[j], tl_interface_get_name (interface));
        }
    }
  g_menu_append_section (menu, _("Network interfaces"), G_MENU_MODEL (own));

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/* Made anew each time: interfaces come and go. */
static void
create_popup_cb (GtkMenuButton *button,
                 gpointer       user_data)
{
  g_autoptr (GMenuModel) menu = make_menu ();
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);

  gtk_menu_button_set_popover (button, popover);
}

static void
pick_action (GtkWidget  *widget,
             const char *action,
             GVariant   *target)
{
  tl_checked_entry_set_text (TL_CHECKED_ENTRY (widget), g_variant_get_string (target, NULL));
}

static void
set_is_local (TlHostEntry *self,
              gboolean     is_local)
{
  if (self->is_local == is_local)
    return;

  self->is_local = is_local;
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), is_local);
  tl_checked_entry_recheck (TL_CHECKED_ENTRY (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_LOCAL]);
}

static void
tl_host_entry_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlHostEntry *self = TL_HOST_ENTRY (object);

  switch (id)
    {
    case PROP_HOST:
      g_value_set_string (value, self->host);
      break;
    case PROP_IS_LOCAL:
      g_value_set_boolean (value, self->is_local);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_host_entry_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_IS_LOCAL:
      set_is_local (TL_HOST_ENTRY (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_host_entry_finalize (GObject *object)
{
  g_free (TL_HOST_ENTRY (object)->host);

  G_OBJECT_CLASS (tl_host_entry_parent_class)->finalize (object);
}

static void
tl_host_entry_class_init (TlHostEntryClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  TlCheckedEntryClass *entry_class = TL_CHECKED_ENTRY_CLASS (class);

  object_class->get_property = tl_host_entry_get_property;
  object_class->set_property = tl_host_entry_set_property;
  object_class->finalize = tl_host_entry_finalize;
  entry_class->check = tl_host_entry_check;
  entry_class->settle = tl_host_entry_settle;

  props[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, "",
                                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_IS_LOCAL] = g_param_spec_boolean ("is-local", NULL, NULL, FALSE,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "host.pick", "s", pick_action);
}

static void
tl_host_entry_init (TlHostEntry *self)
{
  self->host = g_strdup ("");
  gtk_editable_set_width_chars (GTK_EDITABLE (tl_checked_entry_get_entry (TL_CHECKED_ENTRY (self))), 14);

  self->menu_button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_create_popup_func (self->menu_button, create_popup_cb, NULL, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu_button), _("Addresses of this computer"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Addresses of this computer"),
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), FALSE);
  tl_checked_entry_add_suffix (TL_CHECKED_ENTRY (self), GTK_WIDGET (self->menu_button));
}

GtkWidget *
tl_host_entry_new (void)
{
  return g_object_new (TL_TYPE_HOST_ENTRY, NULL);
}

const char *
tl_host_entry_get_host (TlHostEntry *self)
{
  g_return_val_if_fail (TL_IS_HOST_ENTRY (self), "");

  return self->host;
}
