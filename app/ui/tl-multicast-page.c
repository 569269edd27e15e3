/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The multicast groups of a UDP session. */

#include "tl-multicast-page.h"

#include "tl-address-check.h"
#include "tl-interface.h"
#include "tl-option-row.h"

#include <glib/gi18n-lib.h>
#include <net/if.h>

struct _TlMulticastPage
{
  AdwPreferencesPage   parent_instance;

  GtkListBox          *groups;
  AdwEntryRow         *address;
  AdwComboRow         *interface;
  GtkLabel            *message;
  AdwPreferencesGroup *sending_group;
  AdwComboRow         *sending_interface;

  TlUdpSession        *session;
  GArray              *indexes;   /* of the rows of both choosers; 0: the system's choice */
};

G_DEFINE_FINAL_TYPE (TlMulticastPage, tl_multicast_page, ADW_TYPE_PREFERENCES_PAGE)

static const TlOptionSpec specs[] = {
  { "multicast-ttl", TL_OPTION_NUMBER, N_("Hops that packets may take"), N_("1: only the local network"), 0, 255 },
  { "multicast-loopback", TL_OPTION_SWITCH, N_("Programs on this computer receive it too"), NULL },
};

static guint
selected_index (TlMulticastPage *self,
                AdwComboRow     *row)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected < self->indexes->len ? g_array_index (self->indexes, guint, selected) : 0;
}

static void
set_message (TlMulticastPage *self,
             const char      *sentence,
             gboolean         is_error)
{
  gtk_label_set_label (self->message, sentence != NULL ? sentence : "");
  if (is_error)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->address), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->address), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
    }
}

static void
changed_cb (TlMulticastPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->address));
  g_autoptr (TlAddressCheck) check = tl_address_check_new (text);
  gboolean usable = check->scope == TL_SCOPE_MULTICAST;

  if (usable && check->other_port >= 0)
    {
      g_autofree char *note = g_strdup_printf (_("A group has no port: %s is joined, on the port of this session. Port %d is left out."),
                                               check->other_host, check->other_port);

      set_message (self, note, FALSE);
    }
  else if (usable || *text == '\0')
    set_message (self, NULL, FALSE);
  else
    set_message (self,
                 check->message != NULL
                   ? check->message
                   : _("This is no group: groups are 224.0.0.0 to 239.255.255.255, and ff00:: and above"),
                 TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "multicast.join", usable);
}

static void
join_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlMulticastPage *self = TL_MULTICAST_PAGE (widget);
  g_autoptr (TlAddressCheck) check = tl_address_check_new (gtk_editable_get_text (GTK_EDITABLE (self->address)));
  g_autoptr (GError) error = NULL;

  if (check->scope != TL_SCOPE_MULTICAST)
    return;
  if (tl_udp_session_join (self->session, check->host, selected_index (self, self->interface), &error))
    gtk_editable_set_text (GTK_EDITABLE (self->address), "");
  else
    set_message (self, error->message, TRUE);
}

static void
join_cb (TlMulticastPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "multicast.join", NULL);
}

static void
leave_cb (GtkButton *button,
          gpointer   user_data)
{
  TlMulticastPage *self = user_data;
  TlMulticastGroup *group = g_object_get_data (G_OBJECT (button), "group");

  tl_udp_session_leave (self->session, group);
}

static void
show_group (AdwActionRow     *row,
            TlMulticastGroup *group)
{
  g_autofree char *address = NULL;
  g_autofree char *error = NULL;
  g_autofree char *chosen = NULL;
  g_autofree char *subtitle = NULL;
  gboolean joined = FALSE;
  guint interface = 0;
  char name[IF_NAMESIZE];

  g_object_get (group, "address", &address, "interface", &interface, "joined", &joined, "chosen-interface", &chosen,
                "error", &error, NULL);
  if (error != NULL)
    subtitle = g_strdup (error);
  else if (chosen != NULL)
    /* %s: the name of a network interface */
    subtitle = g_strdup_printf (_("Joined; the system chose the interface %s"), chosen);
  else if (interface == 0 || if_indextoname (interface, name) == NULL)
    subtitle = g_strdup (joined ? _("Joined; the system picked the interface")
                                : _("Not joined yet; the system will pick the interface"));
  else
    /* %s: the name of a network interface */
    subtitle = g_strdup_printf (joined ? _("Joined on %s") : _("Not joined yet, on %s"), name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), address);
  adw_action_row_set_subtitle (row, subtitle);
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
group_notify_cb (AdwActionRow     *row,
                 GParamSpec       *pspec,
                 TlMulticastGroup *group)
{
  show_group (row, group);
}

static GtkWidget *
make_group_row_cb (gpointer item,
                   gpointer user_data)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "subtitle-lines", 0, NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_tooltip_text (button, _("Leave this group"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Leave this group"), -1);
  g_object_set_data_full (G_OBJECT (button), "group", g_object_ref (item), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (leave_cb), user_data, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect_object (item, "notify", G_CALLBACK (group_notify_cb), row, G_CONNECT_SWAPPED);
  show_group (ADW_ACTION_ROW (row), item);
  return row;
}

static void
sending_interface_cb (TlMulticastPage *self)
{
  if (self->session != NULL)
    g_object_set (tl_session_get_options (TL_SESSION (self->session)),
                  "multicast-interface", selected_index (self, self->sending_interface), NULL);
}

static void
fill_interfaces (TlMulticastPage *self,
                 TlSocketOptions *options)
{
  g_autoptr (GListModel) interfaces = tl_interface_list ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint n = g_list_model_get_n_items (interfaces);
  guint chosen = 0, none = 0;

  g_object_get (options, "multicast-interface", &chosen, NULL);
  self->indexes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->indexes, none);
  gtk_string_list_append (labels, _("The system picks one"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TlInterface) interface = g_list_model_get_item (interfaces, i);
      guint index = tl_interface_get_index (interface);

      g_array_append_val (self->indexes, index);
      gtk_string_list_append (labels, tl_interface_get_label (interface));
    }
  adw_combo_row_set_model (self->interface, G_LIST_MODEL (labels));
  adw_combo_row_set_model (self->sending_interface, G_LIST_MODEL (labels));
  for (guint i = 0; i < self->indexes->len; i++)
    if (g_array_index (self->indexes, guint, i) == chosen)
      adw_combo_row_set_selected (self->sending_interface, i);
}

static void
tl_multicast_page_dispose (GObject *object)
{
  TlMulticastPage *self = TL_MULTICAST_PAGE (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->indexes, g_array_unref);

  G_OBJECT_CLASS (tl_multicast_page_parent_class)->dispose (object);
}

static void
tl_multicast_page_class_init (TlMulticastPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_multicast_page_dispose;

  gtk_widget_class_install_action (widget_class, "multicast.join", NULL, join_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-multicast-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TlMulticastPage, groups);
  gtk_widget_class_bind_template_child (widget_class, TlMulticastPage, address);
  gtk_widget_class_bind_template_child (widget_class, TlMulticastPage, interface);
  gtk_widget_class_bind_template_child (widget_class, TlMulticastPage, message);
  gtk_widget_class_bind_template_child (widget_class, TlMulticastPage, sending_group);
  gtk_widget_class_bind_template_child (widget_class, TlMulticastPage, sending_interface);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, join_cb);
  gtk_widget_class_bind_template_callback (widget_class, sending_interface_cb);
}

static void
tl_multicast_page_init (TlMulticastPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_multicast_page_new (TlUdpSession *session)
{
  TlMulticastPage *self;
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (TL_IS_UDP_SESSION (session), NULL);

  self = g_object_new (TL_TYPE_MULTICAST_PAGE, NULL);
  /* Filling the choosers selects their first rows: the session is told of choices only after that. */
  fill_interfaces (self, tl_session_get_options (TL_SESSION (session)));
  self->session = g_object_ref (session);
  rows = tl_option_rows_add (self->sending_group, G_OBJECT (tl_session_get_options (TL_SESSION (session))), specs,
                             G_N_ELEMENTS (specs));
  gtk_list_box_bind_model (self->groups, tl_udp_session_get_groups (session), make_group_row_cb, self, NULL);
  changed_cb (self);
  return GTK_WIDGET (self);
}
