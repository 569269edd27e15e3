/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where and as whom to connect, and how the connection is. */

#include "tl-ftp-location-bar.h"

#include "tl-ftp-address-entry.h"
#include "tl-ftp-security-button.h"
#include "tl-ftp-text.h"
#include "tl-state-pill.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

/* Sets that a name of a file is never in: with NUL bytes it could not be sent. */
#define N_CHARSETS (TL_CHARSET_ISO_8859_1 + 1)

struct _TlFtpLocationBar
{
  GtkWidget            parent_instance;

  TlFtpAddressEntry   *address;
  GtkDropDown         *kind;
  GtkEntry            *user;
  GtkPasswordEntry    *password;
  GtkEntry            *mail;
  GtkButton           *button;
  TlStatePill         *pill;
  TlFtpSecurityButton *security;
  GtkDropDown         *charset;
  GtkLabel            *charset_face;   /* (nullable), of the button's, not of the list's */

  TlFtpBrowser        *browser;
  TlFtpSite           *template_site;  /* what the fields do not show */
  GSignalGroup        *signals;
  TlFtpSecurity        told_security;  /* by the address that was typed; TL_FTP_SECURITY_AUTO: by none */
  gboolean             taking;
};

enum {
  PROP_0,
  PROP_VALID,
  N_PROPS,
};

enum {
  CONNECT,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFtpLocationBar, tl_ftp_location_bar, GTK_TYPE_WIDGET)

static TlFtpState
get_state (TlFtpLocationBar *self)
{
  TlFtpClient *client = self->browser ? tl_ftp_browser_get_client (self->browser) : NULL;

  return client ? tl_ftp_client_get_state (client) : TL_FTP_CLOSED;
}

static gboolean
is_valid (TlFtpLocationBar *self)
{
  return tl_checked_entry_get_valid (TL_CHECKED_ENTRY (self->address));
}

/* What is sent when one logs in is of no use to the one who has done so: the room is the address'. */
static void
show_account (TlFtpLocationBar *self)
{
  TlFtpState state = get_state (self);
  gboolean logged_in = state == TL_FTP_READY || state == TL_FTP_TRANSFERRING;
  gboolean anonymous = gtk_drop_down_get_selected (self->kind) == TL_FTP_ACCOUNT_ANONYMOUS;

  gtk_widget_set_visible (GTK_WIDGET (self->user), !anonymous);
  gtk_widget_set_visible (GTK_WIDGET (self->password), !anonymous && !logged_in);
  gtk_widget_set_visible (GTK_WIDGET (self->mail), anonymous && !logged_in);
}

static void
show_state (TlFtpLocationBar *self)
{
  TlFtpState state = get_state (self);
  gboolean active = tl_ftp_state_is_active (state);

  tl_state_pill_show (self->pill, tl_ftp_state_css_class (state), tl_ftp_state_get_label (state));
  gtk_button_set_label (self->button, active ? _("_Disconnect") : _("_Connect"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), active ? "ftp.disconnect" : "ftp.connect");
  if (active)
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), !active);
  gtk_widget_set_sensitive (GTK_WIDGET (self->user), !active);
  gtk_widget_set_sensitive (GTK_WIDGET (self->password), !active);
  gtk_widget_set_sensitive (GTK_WIDGET (self->mail), !active);
  show_account (self);
}

static void
client_cb (TlFtpLocationBar *self)
{
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);

  g_signal_group_set_target (self->signals, client);
  tl_ftp_security_button_set_client (self->security, client);
  show_state (self);
}

/* What an address says of encryption holds until it says something else. */
static void
follow_address (TlFtpLocationBar *self,
                TlFtpSecurity     told)
{
  TlFtpSecurity chosen;

  g_object_get (self->security, "security", &chosen, NULL);
  if (told == self->told_security || (told == TL_FTP_SECURITY_AUTO && chosen != self->told_security))
    return;
  self->told_security = told;
  self->taking = TRUE;
  g_object_set (self->security, "security", told, NULL);
  tl_ftp_address_entry_set_security (self->address, told);
  self->taking = FALSE;
}

/* What was chosen is what the address says from now on. */
static void
security_cb (TlFtpLocationBar *self)
{
  TlFtpSecurity chosen;

  if (self->taking)
    return;
  g_object_get (self->security, "security", &chosen, NULL);
  self->taking = TRUE;
  tl_ftp_address_entry_override_security (self->address, chosen);
  self->taking = FALSE;
  self->told_security = tl_ftp_address_entry_get_uri (self->address) ? tl_ftp_address_entry_get_uri (self->address)->security
                                                                     : TL_FTP_SECURITY_AUTO;
}

/* Account and password of an address that was pasted go to their own fields. */
static void
address_cb (TlFtpLocationBar *self)
{
  const TlFtpUri *uri = tl_ftp_address_entry_get_uri (self->address);

  if (uri && !self->taking && uri->user && *uri->user)
    {
      g_autoptr (TlFtpSite) site = tl_ftp_site_new_from_uri (uri, NULL);
      TlFtpAccountKind kind;

      g_object_get (site, "account-kind", &kind, NULL);
      gtk_drop_down_set_selected (self->kind, kind);
      if (kind != TL_FTP_ACCOUNT_ANONYMOUS)
        gtk_editable_set_text (GTK_EDITABLE (self->user), uri->user);
      if (kind != TL_FTP_ACCOUNT_ANONYMOUS && uri->password)
        gtk_editable_set_text (GTK_EDITABLE (self->password), uri->password);
    }
  if (uri && !self->taking)
    follow_address (self, uri->security);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

static void
activate_cb (TlFtpLocationBar *self)
{
  if (is_valid (self))
    g_signal_emit (self, signals[CONNECT], 0);
}

static void
charset_cb (TlFtpLocationBar *self)
{
  if (self->browser && !self->taking)
    g_object_set (self->browser, "charset", (int) gtk_drop_down_get_selected (self->charset) - 1, NULL);
}

static void
browser_charset_cb (TlFtpLocationBar *self)
{
  self->taking = TRUE;
  gtk_drop_down_set_selected (self->charset, tl_ftp_browser_get_charset (self->browser) + 1);
  self->taking = FALSE;
}

static void
show_charset (TlFtpLocationBar *self)
{
  TlCharset guess = TL_CHARSET_UTF_8;
  g_autofree char *text = NULL;

  if (!self->charset_face)
    return;
  /* Of names that have not come yet nothing is guessed. */
  if (self->browser && tl_ftp_browser_get_path (self->browser))
    g_object_get (tl_ftp_browser_get_directory (self->browser), "guess", &guess, NULL);
  text = tl_ftp_charset_dup_face ((int) gtk_drop_down_get_selected (self->charset) - 1, guess);
  gtk_label_set_label (self->charset_face, text);
}

static void
face_setup_cb (TlFtpLocationBar *self,
               GtkListItem      *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  g_set_weak_pointer (&self->charset_face, GTK_LABEL (label));
  gtk_list_item_set_child (item, label);
}

/* The button says of what it is the set, the list under it only the sets. */
static void
make_charset_face (TlFtpLocationBar *self)
{
  g_autoptr (GtkListItemFactory) list = g_object_ref (gtk_drop_down_get_factory (self->charset));
  g_autoptr (GtkListItemFactory) face = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (face, "setup", G_CALLBACK (face_setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (face, "bind", G_CALLBACK (show_charset), self, G_CONNECT_SWAPPED);
  gtk_drop_down_set_list_factory (self->charset, list);
  gtk_drop_down_set_factory (self->charset, face);
}

static gboolean
tl_ftp_location_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TL_FTP_LOCATION_BAR (widget)->address));
}

static void
tl_ftp_location_bar_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_VALID:
      g_value_set_boolean (value, is_valid (TL_FTP_LOCATION_BAR (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_location_bar_dispose (GObject *object)
{
  TlFtpLocationBar *self = TL_FTP_LOCATION_BAR (object);

  if (self->signals)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  if (self->browser)
    g_signal_handlers_disconnect_by_data (self->browser, self);
  g_clear_object (&self->browser);
  g_clear_object (&self->template_site);
  g_clear_weak_pointer (&self->charset_face);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_FTP_LOCATION_BAR);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_ftp_location_bar_parent_class)->dispose (object);
}

static void
tl_ftp_location_bar_class_init (TlFtpLocationBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TL_TYPE_FTP_ADDRESS_ENTRY);
  g_type_ensure (TL_TYPE_FTP_SECURITY_BUTTON);
  g_type_ensure (TL_TYPE_STATE_PILL);
  g_type_ensure (TL_TYPE_WRAP_BOX);

  object_class->get_property = tl_ftp_location_bar_get_property;
  object_class->dispose = tl_ftp_location_bar_dispose;
  widget_class->grab_focus = tl_ftp_location_bar_grab_focus;

  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CONNECT] = g_signal_new ("connect", TL_TYPE_FTP_LOCATION_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-location-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFtpLocationBar, address);
  gtk_widget_class_bind_template_child (widget_class, TlFtpLocationBar, kind);
  gtk_widget_class_bind_template_child (widget_class, TlFtpLocationBar, user);
  gtk_widget_class_bind_template_child (widget_class, TlFtpLocationBar, password);
  gtk_widget_class_bind_template_child (widget_class, TlFtpLocationBar, mail);
  gtk_widget_class_bind_template_child (widget_class, TlFtpLocationBar, button);
  gtk_widget_class_bind_template_child (widget_class, TlFtpLocationBar, pill);
  gtk_widget_class_bind_template_child (widget_class, TlFtpLocationBar, security);
  gtk_widget_class_bind_template_child (widget_class, TlFtpLocationBar, charset);
  gtk_widget_class_bind_template_callback (widget_class, address_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_account);
  gtk_widget_class_bind_template_callback (widget_class, charset_cb);
}

static void
tl_ftp_location_bar_init (TlFtpLocationBar *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) charsets = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->template_site = tl_ftp_site_new ();
  g_signal_connect_object (self->security, "notify::security", G_CALLBACK (security_cb), self, G_CONNECT_SWAPPED);
  for (TlFtpAccountKind kind = TL_FTP_ACCOUNT_ANONYMOUS; kind <= TL_FTP_ACCOUNT_REGISTERED; kind++)
    gtk_string_list_append (kinds, tl_ftp_account_kind_get_label (kind));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (kinds));
  for (TlFtpCharset charset = TL_FTP_CHARSET_AUTO; charset < N_CHARSETS; charset++)
    gtk_string_list_append (charsets, tl_ftp_charset_get_label (charset));
  gtk_drop_down_set_model (self->charset, G_LIST_MODEL (charsets));
  make_charset_face (self);
  tl_widget_name_drop_downs (GTK_WIDGET (self));

  self->signals = g_signal_group_new (TL_TYPE_FTP_CLIENT);
  g_signal_group_connect_swapped (self->signals, "notify::state", G_CALLBACK (show_state), self);
  show_state (self);
}

void
tl_ftp_location_bar_set_browser (TlFtpLocationBar *self,
                                 TlFtpBrowser     *browser)
{
  g_return_if_fail (TL_IS_FTP_LOCATION_BAR (self));
  g_return_if_fail (!self->browser);

  self->browser = g_object_ref (browser);
  g_signal_connect_swapped (browser, "notify::client", G_CALLBACK (client_cb), self);
  g_signal_connect_swapped (browser, "notify::charset", G_CALLBACK (browser_charset_cb), self);
  g_signal_connect_swapped (browser, "notify::path", G_CALLBACK (show_charset), self);
  g_signal_connect_object (tl_ftp_browser_get_directory (browser), "notify::guess", G_CALLBACK (show_charset), self, G_CONNECT_SWAPPED);
  client_cb (self);
  browser_charset_cb (self);
}

void
tl_ftp_location_bar_set_site (TlFtpLocationBar *self,
                              TlFtpSite        *site,
                              const char       *password)
{
  g_autoptr (TlFtpUri) uri = NULL;
  g_autofree char *text = NULL;
  g_autofree char *user = NULL;
  g_autofree char *mail = NULL;
  TlFtpAccountKind kind;
  TlFtpSecurity security;
  int charset;

  g_return_if_fail (TL_IS_FTP_LOCATION_BAR (self));

  g_set_object (&self->template_site, site);
  uri = tl_ftp_site_to_uri (site);
  /* It has a field of its own. */
  g_clear_pointer (&uri->user, g_free);
  text = *uri->host ? tl_ftp_uri_to_string (uri, FALSE) : g_strdup ("");
  g_object_get (site, "account-kind", &kind, "user", &user, "anonymous-password", &mail, "security", &security, "charset", &charset, NULL);

  self->taking = TRUE;
  tl_checked_entry_set_text (TL_CHECKED_ENTRY (self->address), text);
  gtk_drop_down_set_selected (self->kind, kind);
  gtk_editable_set_text (GTK_EDITABLE (self->user), user ? user : "");
  gtk_editable_set_text (GTK_EDITABLE (self->mail), mail ? mail : "");
  gtk_editable_set_text (GTK_EDITABLE (self->password), password ? password : "");
  g_object_set (self->security, "security", security, NULL);
  tl_ftp_address_entry_set_security (self->address, security);
  self->told_security = uri->security;
  gtk_drop_down_set_selected (self->charset, charset + 1);
  self->taking = FALSE;
  if (self->browser)
    charset_cb (self);
}

TlFtpSite *
tl_ftp_location_bar_dup_site (TlFtpLocationBar  *self,
                              char             **password,
                              GBytes           **file)
{
  const TlFtpUri *uri;
  TlFtpSite *site;
  TlFtpSecurity security;
  const char *secret;
  guint kind;

  g_return_val_if_fail (TL_IS_FTP_LOCATION_BAR (self), NULL);

  uri = tl_ftp_address_entry_get_uri (self->address);
  if (!uri)
    return NULL;
  kind = gtk_drop_down_get_selected (self->kind);
  secret = gtk_editable_get_text (GTK_EDITABLE (self->password));
  security = tl_ftp_address_entry_get_security (self->address);

  site = tl_ftp_site_copy (self->template_site);
  g_object_set (site,
                "host", uri->host,
                "port", (guint) uri->port,
                "start-dir", g_bytes_get_size (uri->dir) > 0 ? uri->dir : NULL,
                "security", security,
                "account-kind", kind,
                "user", kind == TL_FTP_ACCOUNT_ANONYMOUS ? "" : gtk_editable_get_text (GTK_EDITABLE (self->user)),
                "anonymous-password", gtk_editable_get_text (GTK_EDITABLE (self->mail)),
                "charset", (int) gtk_drop_down_get_selected (self->charset) - 1,
                NULL);
  if (password)
    *password = kind == TL_FTP_ACCOUNT_ANONYMOUS || !*secret ? NULL : g_strdup (secret);
  if (file)
    *file = g_bytes_get_size (uri->file) > 0 ? g_bytes_ref (uri->file) : NULL;

  return site;
}

void
tl_ftp_location_bar_focus_account (TlFtpLocationBar *self)
{
  g_return_if_fail (TL_IS_FTP_LOCATION_BAR (self));

  if (gtk_drop_down_get_selected (self->kind) == TL_FTP_ACCOUNT_ANONYMOUS)
    gtk_drop_down_set_selected (self->kind, TL_FTP_ACCOUNT_REGISTERED);
  gtk_widget_grab_focus (*gtk_editable_get_text (GTK_EDITABLE (self->user)) ? GTK_WIDGET (self->password) : GTK_WIDGET (self->user));
}
