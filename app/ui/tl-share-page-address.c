/* SPDX-License-Identifier: GPL-3.0-or-later */
/* At which addresses of this computer a folder can be shared. */

#include "tl-share-page-private.h"

#include "tl-address-check.h"

#include <glib/gi18n-lib.h>

static void
add (TlSharePage   *self,
     GtkStringList *texts,
     const char    *address,
     const char    *note)
{
  g_autofree char *text = note ? g_strdup_printf ("%s · %s", address, note) : g_strdup (address);

  if (g_ptr_array_find_with_equal_func (self->addresses, address, g_str_equal, NULL))
    return;
  g_ptr_array_add (self->addresses, g_strdup (address));
  gtk_string_list_append (texts, text);
}

static void
add_own (TlSharePage   *self,
         GtkStringList *texts)
{
  g_auto (GStrv) names = NULL;
  g_auto (GStrv) own = tl_ftp_server_list_own (&names);

  for (guint i = 0; own[i]; i++)
    add (self, texts, own[i], names[i]);
}

/* The address may not be there any more, or be one that is typed nowhere: it stays in the choice. */
void
tl_share_page_fill_addresses (TlSharePage *self)
{
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);
  g_autofree char *address = NULL;
  guint selected = 0;

  g_object_get (self->server, "address", &address, NULL);
  self->filling = TRUE;
  g_ptr_array_set_size (self->addresses, 0);
  add (self, texts, "127.0.0.1", _("this computer alone"));
  add_own (self, texts);
  add (self, texts, "0.0.0.0", _("all IPv4 addresses"));
  add (self, texts, "::", _("all IPv6 addresses"));
  add (self, texts, address, NULL);
  g_ptr_array_find_with_equal_func (self->addresses, address, g_str_equal, &selected);
  gtk_drop_down_set_model (self->address, G_LIST_MODEL (texts));
  gtk_drop_down_set_selected (self->address, selected);
  self->filling = FALSE;
  tl_share_page_choose_address (self);
}

void
tl_share_page_choose_address (TlSharePage *self)
{
  const guint selected = gtk_drop_down_get_selected (self->address);
  g_autoptr (TlAddressCheck) check = NULL;

  if (self->filling || selected >= self->addresses->len)
    return;
  g_object_set (self->server, "address", self->addresses->pdata[selected], NULL);
  check = tl_address_check_new (self->addresses->pdata[selected]);
  if (check->scope == TL_SCOPE_LOOPBACK)
    adw_action_row_set_subtitle (self->address_row, _("Only programs on this computer reach it."));
  else
    adw_action_row_set_subtitle (self->address_row,
                                 _("Everybody in the network reaches it; without TLS they can read along. Think of who may come in."));
}

/* Text that can be marked, and a button for those who do not know how. */
static GtkWidget *
make_url_row (const char *url)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (url);
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_size_request (box, -1, 50);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Copy the Address"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy the Address"), -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", url);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "share.copy-address");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), url);

  return row;
}

void
tl_share_page_fill_urls (TlSharePage *self)
{
  g_auto (GStrv) urls = NULL;
  g_autofree char *address = NULL;
  g_autoptr (TlAddressCheck) check = NULL;
  GtkWidget *row;

  g_object_get (self->server, "urls", &urls, "address", &address, NULL);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->urls))))
    gtk_list_box_remove (self->urls, row);
  gtk_widget_set_visible (GTK_WIDGET (self->urls_group), urls != NULL);
  if (!urls)
    return;
  for (guint i = 0; urls[i]; i++)
    gtk_list_box_append (self->urls, make_url_row (urls[i]));
  check = tl_address_check_new (address);
  adw_preferences_group_set_title (self->urls_group, check->scope == TL_SCOPE_LOOPBACK ? _("Programs of this computer type this address")
                                                     : urls[0] && urls[1]              ? _("Others type one of these addresses")
                                                                                       : _("Others type this address"));
  adw_preferences_group_set_description (self->urls_group, check->scope == TL_SCOPE_LOOPBACK
                                                             ? _("Nobody else reaches it: choose another address below for that.")
                                                             : NULL);
}
