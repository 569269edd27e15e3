/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the cells of the table and of the icons have in common. */

#include "tl-ftp-file-list.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GtkListItem  *item;
  TlFtpTipFunc  func;
} Tip;

static gboolean
query_tip_cb (GtkWidget  *widget,
              int         x,
              int         y,
              gboolean    keyboard,
              GtkTooltip *tooltip,
              Tip        *tip)
{
  TlFtpEntry *entry = gtk_list_item_get_item (tip->item);
  g_autofree char *text = entry ? tip->func (entry) : NULL;

  gtk_tooltip_set_text (tooltip, text);
  return text && *text;
}

void
tl_ftp_file_list_set_tip (GtkListItem  *item,
                          GtkWidget    *part,
                          TlFtpTipFunc  func)
{
  Tip *tip = g_new (Tip, 1);

  *tip = (Tip) { item, func };
  g_signal_connect_data (part, "query-tooltip", G_CALLBACK (query_tip_cb), tip, (GClosureNotify) (void (*) (void)) g_free, 0);
  gtk_widget_set_has_tooltip (part, TRUE);
}

char *
tl_ftp_file_list_tell_problem (TlFtpEntry *entry)
{
  gboolean invalid;

  g_return_val_if_fail (TL_IS_FTP_ENTRY (entry), NULL);

  g_object_get (entry, "badge", &invalid, NULL);
  if (!invalid && !tl_ftp_entry_is_unsafe (entry))
    return NULL;
  return g_strdup (tl_ftp_entry_is_unsafe (entry) ? _("This name cannot be sent to the server: nothing can be done with it.")
                                                  : _("This name is not text of the chosen character set; it works all the same."));
}

GtkWidget *
tl_ftp_file_list_new_badge (GtkListItem *item)
{
  GtkWidget *badge = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_set_visible (badge, FALSE);
  gtk_widget_add_css_class (badge, "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (badge), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name with a problem"), -1);
  tl_ftp_file_list_set_tip (item, badge, tl_ftp_file_list_tell_problem);
  return badge;
}

static void
show_name (TlFtpEntry *entry,
           GtkWidget  *inscription)
{
  GtkWidget *badge = g_object_get_data (G_OBJECT (inscription), "tl-badge");
  gboolean invalid;

  g_object_get (entry, "badge", &invalid, NULL);
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), tl_ftp_entry_get_name (entry));
  gtk_widget_set_visible (badge, invalid || tl_ftp_entry_is_unsafe (entry));
}

static void
name_changed_cb (GtkWidget  *inscription,
                 GParamSpec *pspec,
                 TlFtpEntry *entry)
{
  show_name (entry, inscription);
}

void
tl_ftp_file_list_bind_name (GtkListItem *item,
                            GtkWidget   *inscription,
                            GtkWidget   *badge)
{
  TlFtpEntry *entry = gtk_list_item_get_item (item);

  g_object_set_data (G_OBJECT (inscription), "tl-badge", badge);
  g_object_set_data (G_OBJECT (item), "tl-name", inscription);
  g_signal_connect_object (entry, "notify::name", G_CALLBACK (name_changed_cb), inscription, G_CONNECT_SWAPPED);
  show_name (entry, inscription);
}

void
tl_ftp_file_list_unbind_name (GtkListItem *item)
{
  GtkWidget *inscription = g_object_get_data (G_OBJECT (item), "tl-name");

  if (inscription)
    g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), name_changed_cb, inscription);
}
