/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visitors and accounts of the shared folder, a row each. */

#include "tl-share-rows.h"

#include "tl-share-words.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
make_row (void)
{
  GtkWidget *row = adw_action_row_new ();

  /* Names come from others. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);

  return row;
}

static GtkWidget *
add_button (GtkWidget  *row,
            const char *icon,
            const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_widget_add_css_class (button, "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return button;
}

static void
visitor_changed_cb (TlFtpVisitor *visitor,
                    GParamSpec   *pspec,
                    AdwActionRow *row)
{
  g_autofree char *account = NULL;
  g_autofree char *endpoint = NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = tl_share_words_visitor (visitor);

  g_object_get (visitor, "account", &account, "endpoint", &endpoint, NULL);
  title = g_strdup_printf ("%s · %s", *account ? account : _("not logged in"), endpoint);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
}

GtkWidget *
tl_share_visitor_row_new (TlFtpVisitor *visitor)
{
  GtkWidget *row = make_row ();
  GtkWidget *button = add_button (row, "window-close-symbolic", _("Disconnect"));

  g_signal_connect_object (visitor, "notify", G_CALLBACK (visitor_changed_cb), row, 0);
  g_signal_connect_object (button, "clicked", G_CALLBACK (tl_ftp_visitor_disconnect), visitor, G_CONNECT_SWAPPED);
  visitor_changed_cb (visitor, NULL, ADW_ACTION_ROW (row));

  return row;
}

static void
account_changed_cb (TlFtpAccount *account,
                    GParamSpec   *pspec,
                    AdwActionRow *row)
{
  g_autofree char *subtitle = tl_share_words_account (account);

  adw_action_row_set_subtitle (row, subtitle);
}

static void
remove_cb (GtkButton    *button,
           TlFtpAccount *account)
{
  GListStore *accounts = g_object_get_data (G_OBJECT (button), "tl-accounts");
  guint position;

  if (g_list_store_find (accounts, account, &position))
    g_list_store_remove (accounts, position);
}

GtkWidget *
tl_share_account_row_new (TlFtpAccount *account,
                          GListStore   *accounts)
{
  GtkWidget *row = make_row ();
  GtkWidget *button = add_button (row, "user-trash-symbolic", _("Remove the Account"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), tl_ftp_account_get_name (account));
  g_object_set_data_full (G_OBJECT (button), "tl-accounts", g_object_ref (accounts), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), account, 0);
  g_signal_connect_object (account, "notify", G_CALLBACK (account_changed_cb), row, 0);
  account_changed_cb (account, NULL, ADW_ACTION_ROW (row));

  return row;
}
