/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bookmark in the sidebar. */

#include "tl-ftp-site-row.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlFtpSiteRow
{
  GtkWidget  parent_instance;

  GtkImage  *icon;
  GtkLabel  *title;
  GtkLabel  *subtitle;
  GtkButton *button;
  TlFtpSite *site;
};

enum {
  CONNECT,
  MENU,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFtpSiteRow, tl_ftp_site_row, GTK_TYPE_WIDGET)

static void
clicked_cb (TlFtpSiteRow *self)
{
  g_signal_emit (self, signals[CONNECT], 0);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            TlFtpSiteRow    *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[MENU], 0, x, y);
}

/* Where, as whom, and how it is protected; without where, when the title is that already. */
static char *
dup_subtitle (TlFtpSite  *site,
              const char *title)
{
  g_autofree char *address = tl_ftp_site_dup_address (site);
  g_autoptr (GString) text = g_string_new (g_str_equal (address, title) ? NULL : address);
  const char *user = tl_ftp_site_get_user (site);
  TlFtpAccountKind kind;
  TlFtpSecurity security;

  g_object_get (site, "account-kind", &kind, "security", &security, NULL);
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, kind == TL_FTP_ACCOUNT_ANONYMOUS || !*user ? tl_ftp_account_kind_get_label (kind) : user);
  if (security != TL_FTP_SECURITY_AUTO)
    g_string_append_printf (text, " · %s", tl_ftp_security_get_label (security));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
tl_ftp_site_row_dispose (GObject *object)
{
  TlFtpSiteRow *self = TL_FTP_SITE_ROW (object);

  g_clear_object (&self->site);
  tl_widget_unparent_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (tl_ftp_site_row_parent_class)->dispose (object);
}

static void
tl_ftp_site_row_class_init (TlFtpSiteRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_ftp_site_row_dispose;

  signals[CONNECT] = g_signal_new ("connect", TL_TYPE_FTP_SITE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MENU] = g_signal_new ("menu", TL_TYPE_FTP_SITE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-site-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteRow, icon);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteRow, title);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, TlFtpSiteRow, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
}

static void
tl_ftp_site_row_init (TlFtpSiteRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_ftp_site_row_new (void)
{
  return g_object_new (TL_TYPE_FTP_SITE_ROW, NULL);
}

void
tl_ftp_site_row_set_site (TlFtpSiteRow *self,
                          TlFtpSite    *site)
{
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *tooltip = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (TL_IS_FTP_SITE_ROW (self));

  if (!g_set_object (&self->site, site) || !site)
    return;

  title = tl_ftp_site_dup_title (site);
  subtitle = dup_subtitle (site, title);
  tooltip = g_strdup_printf ("%s\n%s", title, subtitle);
  name = g_strdup_printf (_("Connect to “%s”"), title);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), tooltip);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subtitle), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

TlFtpSite *
tl_ftp_site_row_get_site (TlFtpSiteRow *self)
{
  g_return_val_if_fail (TL_IS_FTP_SITE_ROW (self), NULL);

  return self->site;
}
