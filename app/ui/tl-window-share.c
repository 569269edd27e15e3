/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shared folder in the window. */

#include "tl-ftp-page.h"
#include "tl-share-home.h"
#include "tl-share-page.h"
#include "tl-window-private.h"

/* (nullable): where @server is shown already, in whichever window. */
static gboolean
show_again (TlFtpServer *server)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (g_application_get_default ())); l; l = l->next)
    {
      AdwTabView *view;

      if (!TL_IS_WINDOW (l->data))
        continue;
      view = tl_tabs_get_view (TL_WINDOW (l->data)->ftp_tabs);
      for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
        {
          AdwTabPage *page = adw_tab_view_get_nth_page (view, i);
          GtkWidget *content = adw_tab_page_get_child (page);

          if (!TL_IS_SHARE_PAGE (content) || tl_share_page_get_server (TL_SHARE_PAGE (content)) != server)
            continue;
          adw_view_stack_set_visible_child_name (TL_WINDOW (l->data)->pages, "ftp");
          adw_tab_view_set_selected_page (view, page);
          gtk_window_present (GTK_WINDOW (l->data));
          return TRUE;
        }
    }

  return FALSE;
}

void
tl_window_share_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  TlWindow *self = TL_WINDOW (widget);
  TlFtpServer *server = tl_share_home_get_server (tl_window_get_settings (self));

  if (!show_again (server))
    tl_window_show_content (self, self->ftp_tabs, tl_share_page_new (server));
}

/* The port is known only when it is shared. */
static void
sample_state_cb (TlFtpServer *server,
                 GParamSpec  *pspec,
                 TlFtpPage   *page)
{
  g_autofree char *link = NULL;

  if (tl_ftp_server_get_state (server) != TL_FTP_SERVER_OPEN || tl_ftp_page_get_client (page))
    return;
  link = g_strdup_printf ("ftp://127.0.0.1:%u/", tl_ftp_server_get_local_port (server));
  tl_ftp_page_open_link (page, link, NULL);
}

static void
sample_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TlWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFtpServer) server = tl_share_home_make_sample_finish (result, &error);
  GtkWidget *share;

  if (!server)
    {
      tl_window_toast (self, error->message);
      return;
    }
  share = tl_share_page_new (server);
  tl_window_show_content (self, self->ftp_tabs, share);
  g_signal_connect_object (server, "notify::state", G_CALLBACK (sample_state_cb), tl_window_add_ftp (self), 0);
  tl_share_page_start (TL_SHARE_PAGE (share));
}

void
tl_window_try_ftp_action (GtkWidget  *widget,
                          const char *name,
                          GVariant   *parameter)
{
  tl_share_home_make_sample_async (NULL, sample_cb, g_object_ref (TL_WINDOW (widget)));
}
