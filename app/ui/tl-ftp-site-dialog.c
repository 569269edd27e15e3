/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything about one site, checked while it is typed. */

#include "tl-ftp-site-dialog.h"

#include "tl-host-entry.h"
#include "tl-port-entry.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _TlFtpSiteDialog
{
  AdwWindow            parent_instance;

  AdwEntryRow         *name;
  TlHostEntry         *host;
  TlPortEntry         *port;
  AdwComboRow         *security;
  AdwComboRow         *kind;
  AdwEntryRow         *anonymous_password;
  AdwEntryRow         *user;
  AdwActionRow        *keep_row;
  GtkSwitch           *keep;
  AdwPasswordEntryRow *password;
  AdwComboRow         *charset;
  AdwEntryRow         *start_dir;
  GtkSwitch           *active_mode;
  GtkLabel            *message;

  TlFtpSite           *site;           /* what it began with */
  GBytes              *dir_bytes;      /* the start folder as it was given, while its text is not touched */
  gboolean             filling;
};

enum {
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFtpSiteDialog, tl_ftp_site_dialog, ADW_TYPE_WINDOW)

static const char *
get_text (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static TlFtpAccountKind
get_kind (TlFtpSiteDialog *self)
{
  return adw_combo_row_get_selected (self->kind);
}

static TlFtpSecurity
get_security (TlFtpSiteDialog *self)
{
  return adw_combo_row_get_selected (self->security);
}

/* The first line is “automatic”, TL_FTP_CHARSET_AUTO. */
static TlFtpCharset
get_charset (TlFtpSiteDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->charset);

  return selected == GTK_INVALID_LIST_POSITION ? TL_FTP_CHARSET_AUTO : (TlFtpCharset) selected - 1;
}

static gboolean
has_line_break (const char *text)
{
  return strpbrk (text, "\r\n") != NULL;
}

/* (transfer full) (nullable): NULL without @error when it is empty. */
static GBytes *
dup_start_dir (TlFtpSiteDialog  *self,
               GError          **error)
{
  const char *text = get_text (self->start_dir);
  TlFtpCharset charset = get_charset (self);

  if (self->dir_bytes)
    return g_bytes_ref (self->dir_bytes);
  if (!*text)
    return NULL;
  if (has_line_break (text))
    {
      g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME, _("The start folder must not have a line break in it."));
      return NULL;
    }

  return tl_charset_encode (charset == TL_FTP_CHARSET_AUTO ? TL_CHARSET_UTF_8 : (TlCharset) charset, text, -1, error);
}

/* (transfer full) (nullable): the first thing that must be mended before the site can be saved. */
static char *
dup_problem (TlFtpSiteDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) dir = dup_start_dir (self, &error);

  if (error)
    return g_strdup (error->message);
  if (get_kind (self) != TL_FTP_ACCOUNT_ANONYMOUS && has_line_break (get_text (self->user)))
    return g_strdup (_("The user name must not have a line break in it."));
  if (get_kind (self) == TL_FTP_ACCOUNT_ANONYMOUS && has_line_break (get_text (self->anonymous_password)))
    return g_strdup (_("What is sent as the password must not have a line break in it."));
  if (get_kind (self) == TL_FTP_ACCOUNT_REGISTERED && gtk_switch_get_active (self->keep) && *get_text (self->password) && !*get_text (self->user))
    return g_strdup (_("A password can be kept only together with the name of its user."));

  return NULL;
}

static void
set_error (gpointer widget,
           gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (widget, "error");
  else
    gtk_widget_remove_css_class (widget, "error");
}

static void
update (TlFtpSiteDialog *self)
{
  g_autofree char *problem = dup_problem (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) dir = dup_start_dir (self, &error);
  gboolean registered = get_kind (self) == TL_FTP_ACCOUNT_REGISTERED;
  gboolean valid = tl_checked_entry_get_valid (TL_CHECKED_ENTRY (self->host)) && tl_checked_entry_get_valid (TL_CHECKED_ENTRY (self->port));

  gtk_widget_set_visible (GTK_WIDGET (self->anonymous_password), get_kind (self) == TL_FTP_ACCOUNT_ANONYMOUS);
  gtk_widget_set_visible (GTK_WIDGET (self->user), get_kind (self) != TL_FTP_ACCOUNT_ANONYMOUS);
  gtk_widget_set_visible (GTK_WIDGET (self->keep_row), registered);
  gtk_widget_set_visible (GTK_WIDGET (self->password), registered && gtk_switch_get_active (self->keep));
  set_error (self->start_dir, error != NULL);
  gtk_label_set_label (self->message, problem ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), problem != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "site.save", valid && !problem);
}

static void
changed_cb (TlFtpSiteDialog *self)
{
  g_autofree char *label = NULL;

  if (self->filling)
    return;

  label = g_strdup_printf (_("Port (%u)"), get_security (self) == TL_FTP_SECURITY_IMPLICIT ? TL_FTPS_PORT : TL_FTP_PORT);
  g_object_set (self->port, "label", label, NULL);
  update (self);
}

/* What is typed is no longer what was given. */
static void
start_dir_cb (TlFtpSiteDialog *self)
{
  if (!self->filling)
    g_clear_pointer (&self->dir_bytes, g_bytes_unref);
  changed_cb (self);
}

static void
show_start_dir (TlFtpSiteDialog *self)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (self->dir_bytes, &length);
  g_autofree char *text = tl_ftp_name_display (bytes, length, get_charset (self), tl_ftp_name_guess (bytes, length), NULL);
  gboolean filling = self->filling;

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->start_dir), text);
  self->filling = filling;
}

/* The folder that is kept as bytes reads otherwise now; what was typed stays as it was typed. */
static void
charset_cb (TlFtpSiteDialog *self)
{
  if (self->filling)
    return;
  if (self->dir_bytes)
    show_start_dir (self);
  changed_cb (self);
}

static void
endpoint_pasted_cb (TlFtpSiteDialog *self,
                    const char      *host,
                    guint            port)
{
  tl_port_entry_set_port (self->port, port);
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  TlFtpSiteDialog *self = TL_FTP_SITE_DIALOG (widget);
  g_autoptr (TlFtpSite) site = tl_ftp_site_copy (self->site);
  g_autoptr (GBytes) dir = dup_start_dir (self, NULL);
  g_autofree char *name = g_strstrip (g_strdup (get_text (self->name)));
  gboolean registered = get_kind (self) == TL_FTP_ACCOUNT_REGISTERED;
  gboolean keep = registered && gtk_switch_get_active (self->keep);
  const char *password = keep && *get_text (self->password) ? get_text (self->password) : NULL;

  g_object_set (site,
                "name", name,
                "host", tl_host_entry_get_host (self->host),
                "port", (guint) MAX (tl_port_entry_get_port (self->port), 0),
                "security", get_security (self),
                "account-kind", get_kind (self),
                "user", get_kind (self) == TL_FTP_ACCOUNT_ANONYMOUS ? "" : get_text (self->user),
                "anonymous-password", get_text (self->anonymous_password),
                "keep-password", keep,
                "charset", get_charset (self),
                "start-dir", dir,
                "active-mode", gtk_switch_get_active (self->active_mode),
                NULL);
  g_signal_emit (self, signals[SAVED], 0, site, password);
  gtk_window_close (GTK_WINDOW (self));
}

/* Enter in any field saves, if everything is right. */
static void
activate_cb (TlFtpSiteDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "site.save", NULL);
}

static void
fill_choices (TlFtpSiteDialog *self)
{
  g_autoptr (GtkStringList) securities = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) charsets = gtk_string_list_new (NULL);

  for (TlFtpSecurity i = TL_FTP_SECURITY_AUTO; i <= TL_FTP_SECURITY_NONE; i++)
    gtk_string_list_append (securities, tl_ftp_security_get_label (i));
  for (TlFtpAccountKind i = TL_FTP_ACCOUNT_ANONYMOUS; i <= TL_FTP_ACCOUNT_REGISTERED; i++)
    gtk_string_list_append (kinds, tl_ftp_account_kind_get_label (i));
  gtk_string_list_append (charsets, _("Automatic"));
  /* A name in UTF-16 has NUL bytes in it: no command can carry it. */
  for (TlCharset i = 0; i < TL_CHARSET_UTF_16LE; i++)
    gtk_string_list_append (charsets, tl_charset_get_name (i));

  adw_combo_row_set_model (self->security, G_LIST_MODEL (securities));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kinds));
  adw_combo_row_set_model (self->charset, G_LIST_MODEL (charsets));
}

static void
fill (TlFtpSiteDialog *self)
{
  g_autofree char *name = NULL, *user = NULL, *anonymous_password = NULL;
  TlFtpSecurity security;
  TlFtpAccountKind kind;
  TlFtpCharset charset;
  gboolean keep, active;
  gint64 id;
  guint port;

  self->filling = TRUE;
  fill_choices (self);
  g_object_get (self->site, "id", &id, "name", &name, "port", &port, "security", &security, "account-kind", &kind, "user", &user,
                "anonymous-password", &anonymous_password, "keep-password", &keep, "charset", &charset, "start-dir", &self->dir_bytes,
                "active-mode", &active, NULL);
  gtk_window_set_title (GTK_WINDOW (self), id ? _("Edit Site") : _("New Site"));
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  tl_checked_entry_set_text (TL_CHECKED_ENTRY (self->host), tl_ftp_site_get_host (self->site));
  if (port)
    tl_port_entry_set_port (self->port, port);
  adw_combo_row_set_selected (self->security, security);
  adw_combo_row_set_selected (self->kind, kind);
  gtk_editable_set_text (GTK_EDITABLE (self->user), user);
  gtk_editable_set_text (GTK_EDITABLE (self->anonymous_password), anonymous_password);
  gtk_switch_set_active (self->keep, keep);
  if (id && keep)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password), _("New password (empty: the one that is kept)"));
  adw_combo_row_set_selected (self->charset, charset < TL_CHARSET_UTF_16LE ? charset + 1 : 0);
  if (self->dir_bytes)
    show_start_dir (self);
  gtk_switch_set_active (self->active_mode, active);
  self->filling = FALSE;
  changed_cb (self);
}

static void
tl_ftp_site_dialog_dispose (GObject *object)
{
  TlFtpSiteDialog *self = TL_FTP_SITE_DIALOG (object);

  g_clear_object (&self->site);
  g_clear_pointer (&self->dir_bytes, g_bytes_unref);
  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), TL_TYPE_FTP_SITE_DIALOG);

  G_OBJECT_CLASS (tl_ftp_site_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, name);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, host);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, port);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, security);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, anonymous_password);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, user);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, keep_row);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, keep);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, password);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, charset);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, start_dir);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, active_mode);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteDialog, message);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, charset_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_dir_cb);
  gtk_widget_class_bind_template_callback (widget_class, endpoint_pasted_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
tl_ftp_site_dialog_class_init (TlFtpSiteDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_ftp_site_dialog_dispose;

  signals[SAVED] = g_signal_new ("saved", TL_TYPE_FTP_SITE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, TL_TYPE_FTP_SITE, G_TYPE_STRING);

  g_type_ensure (TL_TYPE_HOST_ENTRY);
  g_type_ensure (TL_TYPE_PORT_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-site-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "site.save", NULL, save_action);
}

static void
tl_ftp_site_dialog_init (TlFtpSiteDialog *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_ftp_site_dialog_new (GtkWindow *parent,
                        TlFtpSite *site)
{
  TlFtpSiteDialog *self;

  g_return_val_if_fail (!site || TL_IS_FTP_SITE (site), NULL);

  self = g_object_new (TL_TYPE_FTP_SITE_DIALOG, "transient-for", parent, NULL);
  tl_widget_fit_window (GTK_WINDOW (self));
  self->site = site ? tl_ftp_site_copy (site) : tl_ftp_site_new ();
  fill (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (tl_checked_entry_get_entry (TL_CHECKED_ENTRY (self->host))));

  return GTK_WIDGET (self);
}

void
tl_ftp_site_dialog_set_password (TlFtpSiteDialog *self,
                                 const char      *password)
{
  g_return_if_fail (TL_IS_FTP_SITE_DIALOG (self));

  gtk_editable_set_text (GTK_EDITABLE (self->password), password ? password : "");
}
