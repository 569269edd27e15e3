/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One FTP connection as a tab. */

#include "tl-ftp-page.h"

#include "tl-tab-content.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlFtpPage
{
  GtkWidget        parent_instance;

  AdwToastOverlay *toasts;
  AdwBin          *sites_bin;
  AdwBin          *local_bin;
  AdwBin          *transfers_bin;

  TlFtpClient     *client;
  TlFtpDirectory  *directory;
};

enum {
  PROP_0,
  PROP_CLIENT,
  PROP_DIRECTORY,
  PROP_TITLE,
  PROP_ICON,
  PROP_BUSY,
  PROP_NEEDS_ATTENTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void tl_ftp_page_tab_content_init (TlTabContentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFtpPage, tl_ftp_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (TL_TYPE_TAB_CONTENT, tl_ftp_page_tab_content_init))

static void
tl_ftp_page_count_running (TlTabContent *content,
                           TlRunning    *running)
{
}

static void
tl_ftp_page_close (TlTabContent *content)
{
}

static gboolean
tl_ftp_page_press (TlTabContent *content,
                   GVariant     *verbs)
{
  const char *verb;

  g_variant_get (verbs, "(&s&s)", NULL, &verb);
  return *verb && gtk_widget_activate_action (GTK_WIDGET (content), verb, NULL);
}

static char *
tl_ftp_page_dup_link (TlTabContent *content)
{
  return NULL;
}

static void
tl_ftp_page_save (TlTabContent    *content,
                  GVariantBuilder *builder)
{
}

static void
tl_ftp_page_tab_content_init (TlTabContentInterface *iface)
{
  iface->count_running = tl_ftp_page_count_running;
  iface->close = tl_ftp_page_close;
  iface->press = tl_ftp_page_press;
  iface->dup_link = tl_ftp_page_dup_link;
  iface->save = tl_ftp_page_save;
}

static void
tl_ftp_page_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TlFtpPage *self = TL_FTP_PAGE (object);

  switch (prop_id)
    {
    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;
    case PROP_DIRECTORY:
      g_value_set_object (value, self->directory);
      break;
    case PROP_TITLE:
      g_value_set_string (value, _("New connection"));
      break;
    case PROP_ICON:
      g_value_take_object (value, g_themed_icon_new ("folder-remote-symbolic"));
      break;
    case PROP_BUSY:
    case PROP_NEEDS_ATTENTION:
      g_value_set_boolean (value, FALSE);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_page_dispose (GObject *object)
{
  TlFtpPage *self = TL_FTP_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_FTP_PAGE);
  tl_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->client);
  g_clear_object (&self->directory);

  G_OBJECT_CLASS (tl_ftp_page_parent_class)->dispose (object);
}

static void
tl_ftp_page_class_init (TlFtpPageClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_ftp_page_get_property;
  object_class->dispose = tl_ftp_page_dispose;

  properties[PROP_CLIENT] = g_param_spec_object ("client", NULL, NULL, G_TYPE_OBJECT, readable);
  properties[PROP_DIRECTORY] = g_param_spec_object ("directory", NULL, NULL, G_TYPE_OBJECT, readable);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, readable);
  properties[PROP_ICON] = g_param_spec_object ("icon", NULL, NULL, G_TYPE_ICON, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_NEEDS_ATTENTION] = g_param_spec_boolean ("needs-attention", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFtpPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, TlFtpPage, sites_bin);
  gtk_widget_class_bind_template_child (widget_class, TlFtpPage, local_bin);
  gtk_widget_class_bind_template_child (widget_class, TlFtpPage, transfers_bin);
}

static void
tl_ftp_page_init (TlFtpPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_ftp_page_new (GSettings *settings)
{
  return g_object_new (TL_TYPE_FTP_PAGE, NULL);
}

TlFtpClient *
tl_ftp_page_get_client (TlFtpPage *self)
{
  g_return_val_if_fail (TL_IS_FTP_PAGE (self), NULL);

  return self->client;
}

TlFtpDirectory *
tl_ftp_page_get_directory (TlFtpPage *self)
{
  g_return_val_if_fail (TL_IS_FTP_PAGE (self), NULL);

  return self->directory;
}

void
tl_ftp_page_toast (TlFtpPage  *self,
                   const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (TL_IS_FTP_PAGE (self));

  escaped = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

void
tl_ftp_page_set_sites_pane (TlFtpPage *self,
                            GtkWidget *pane)
{
  g_return_if_fail (TL_IS_FTP_PAGE (self));

  adw_bin_set_child (self->sites_bin, pane);
}

void
tl_ftp_page_set_local_pane (TlFtpPage *self,
                            GtkWidget *pane)
{
  g_return_if_fail (TL_IS_FTP_PAGE (self));

  adw_bin_set_child (self->local_bin, pane);
}

void
tl_ftp_page_set_transfers_pane (TlFtpPage *self,
                                GtkWidget *pane)
{
  g_return_if_fail (TL_IS_FTP_PAGE (self));

  adw_bin_set_child (self->transfers_bin, pane);
}
