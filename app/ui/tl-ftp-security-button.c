/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the connection is encrypted, and how. */

#include "tl-ftp-security-button.h"

#include "tl-ftp-text.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlFtpSecurityButton
{
  GtkWidget      parent_instance;

  GtkMenuButton *button;
  GtkImage      *image;
  GtkLabel      *label;
  GtkLabel      *headline;
  GtkLabel      *details;
  GtkDropDown   *choice;

  TlFtpClient   *client;
  GSignalGroup  *signals;
};

enum {
  PROP_0,
  PROP_SECURITY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFtpSecurityButton, tl_ftp_security_button, GTK_TYPE_WIDGET)

void
tl_ftp_security_look (TlFtpState         state,
                      gboolean           encrypted,
                      TlFtpSecurity      choice,
                      TlFtpSecurityLook *look)
{
  const char *clear = _("Whoever is on the way can read the password, the names and the files.");

  if (tl_ftp_state_is_active (state) && encrypted)
    *look = (TlFtpSecurityLook) { _("Encrypted"), "channel-secure-symbolic", "success", _("Encrypted"), NULL };
  else if (state == TL_FTP_LOGGING_IN || state == TL_FTP_READY || state == TL_FTP_TRANSFERRING)
    *look = (TlFtpSecurityLook) { _("Not encrypted"), "channel-insecure-symbolic", "warning", _("Not encrypted"), clear };
  else if (choice == TL_FTP_SECURITY_NONE)
    *look = (TlFtpSecurityLook) { _("Without encryption"), "channel-insecure-symbolic", NULL, _("Connecting"), clear };
  else
    *look = (TlFtpSecurityLook) { _("Encryption"), "channel-secure-symbolic", NULL, _("Connecting"), NULL };
  if (!tl_ftp_state_is_active (state))
    look->headline = _("Not connected");
}

static void
show (TlFtpSecurityButton     *self,
      const TlFtpSecurityLook *look,
      const char              *headline,
      const char              *details)
{
  static const char *const classes[] = { "success", "warning" };
  g_autofree char *tooltip = g_strdup_printf (_("Encryption and certificate\nNow: %s\nFor the next connection: %s"), headline,
                                              tl_ftp_security_get_label (gtk_drop_down_get_selected (self->choice)));

  gtk_label_set_label (self->label, look->label);
  gtk_image_set_from_icon_name (self->image, look->icon);
  gtk_label_set_label (self->headline, headline);
  gtk_label_set_label (self->details, details);
  gtk_widget_set_visible (GTK_WIDGET (self->details), *details != '\0');
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->image), classes[i]);
  if (look->css_class)
    gtk_widget_add_css_class (GTK_WIDGET (self->image), look->css_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, look->label, -1);
}

static void
refresh (TlFtpSecurityButton *self)
{
  TlFtpState state = self->client ? tl_ftp_client_get_state (self->client) : TL_FTP_CLOSED;
  gboolean encrypted = self->client && tl_ftp_client_is_encrypted (self->client);
  g_autofree char *security = NULL;
  g_autofree char *details = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  TlFtpSecurityLook look;

  tl_ftp_security_look (state, encrypted, gtk_drop_down_get_selected (self->choice), &look);
  if (encrypted && tl_ftp_state_is_active (state))
    {
      g_object_get (self->client, "security-text", &security, "certificate", &certificate, NULL);
      details = certificate ? tl_ftp_text_certificate (certificate) : NULL;
    }
  show (self, &look, security ? security : look.headline, details ? details : look.details ? look.details : "");
}

static void
choice_cb (TlFtpSecurityButton *self)
{
  refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECURITY]);
}

static void
tl_ftp_security_button_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SECURITY:
      g_value_set_enum (value, gtk_drop_down_get_selected (TL_FTP_SECURITY_BUTTON (object)->choice));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_security_button_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SECURITY:
      gtk_drop_down_set_selected (TL_FTP_SECURITY_BUTTON (object)->choice, g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_security_button_dispose (GObject *object)
{
  TlFtpSecurityButton *self = TL_FTP_SECURITY_BUTTON (object);

  if (self->signals)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_FTP_SECURITY_BUTTON);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_ftp_security_button_parent_class)->dispose (object);
}

static void
tl_ftp_security_button_class_init (TlFtpSecurityButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_ftp_security_button_get_property;
  object_class->set_property = tl_ftp_security_button_set_property;
  object_class->dispose = tl_ftp_security_button_dispose;

  properties[PROP_SECURITY] =
    g_param_spec_enum ("security", NULL, NULL, TL_TYPE_FTP_SECURITY, TL_FTP_SECURITY_AUTO,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-security-button.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFtpSecurityButton, button);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSecurityButton, image);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSecurityButton, label);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSecurityButton, headline);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSecurityButton, details);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSecurityButton, choice);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
}

static void
tl_ftp_security_button_init (TlFtpSecurityButton *self)
{
  static const char *const watched[] = { "notify::state", "notify::encrypted", "notify::security-text", "notify::certificate" };
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (TlFtpSecurity security = TL_FTP_SECURITY_AUTO; security <= TL_FTP_SECURITY_NONE; security++)
    gtk_string_list_append (labels, tl_ftp_security_get_label (security));
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (labels));

  self->signals = g_signal_group_new (TL_TYPE_FTP_CLIENT);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_group_connect_swapped (self->signals, watched[i], G_CALLBACK (refresh), self);
  refresh (self);
}

void
tl_ftp_security_button_set_client (TlFtpSecurityButton *self,
                                   TlFtpClient         *client)
{
  g_return_if_fail (TL_IS_FTP_SECURITY_BUTTON (self));

  g_set_object (&self->client, client);
  g_signal_group_set_target (self->signals, client);
  refresh (self);
}
