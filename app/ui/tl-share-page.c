/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shared folder as a tab. */

#include "tl-share-page-private.h"

#include "tl-ftp-words.h"
#include "tl-share-rows.h"
#include "tl-share-words.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum {
  PROP_0,
  PROP_TITLE,
  PROP_ICON,
  PROP_BUSY,
  PROP_NEEDS_ATTENTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void tl_share_page_tab_content_init (TlTabContentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TlSharePage, tl_share_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (TL_TYPE_TAB_CONTENT, tl_share_page_tab_content_init))

static void
count_running (TlTabContent *content,
               TlRunning    *running)
{
  TlFtpServer *server = TL_SHARE_PAGE (content)->server;

  running->shares += tl_ftp_server_get_state (server) != TL_FTP_SERVER_STOPPED ? 1 : 0;
  running->visitors += g_list_model_get_n_items (tl_ftp_server_get_visitors (server));
}

static void
close_server (TlTabContent *content)
{
  tl_ftp_server_stop (TL_SHARE_PAGE (content)->server);
}

/* The verbs of sessions; those of the log find it by themselves. */
static gboolean
press (TlTabContent *content,
       GVariant     *verbs)
{
  const char *verb;

  g_variant_get (verbs, "(&s&s)", &verb, NULL);
  return g_str_has_prefix (verb, "log.") && gtk_widget_activate_action (GTK_WIDGET (TL_SHARE_PAGE (content)->log), verb, NULL);
}

static char *
dup_link (TlTabContent *content)
{
  return NULL;
}

/* All is in the settings; nothing is shared again without being asked. */
static void
save (TlTabContent    *content,
      GVariantBuilder *builder)
{
}

static void
tl_share_page_tab_content_init (TlTabContentInterface *iface)
{
  iface->count_running = count_running;
  iface->close = close_server;
  iface->press = press;
  iface->dup_link = dup_link;
  iface->save = save;
}

/* Here what is received is a command, and what is sent a reply. */
static char *
explain (TlMessageKind  kind,
         GBytes        *bytes)
{
  g_autofree char *line = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  if (kind == TL_MESSAGE_RECEIVED)
    return tl_ftp_words_for_command (line);
  if (kind == TL_MESSAGE_SENT && g_ascii_isdigit (line[0]))
    return tl_ftp_words_for_reply (atoi (line), line);
  return NULL;
}

static void
set_problem (TlSharePage *self,
             const char  *sentence)
{
  gtk_label_set_label (self->problem, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
  self->needs_attention = sentence != NULL && !gtk_widget_get_mapped (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEEDS_ATTENTION]);
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TlSharePage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!tl_ftp_server_start_finish (TL_FTP_SERVER (source), result, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      set_problem (self, error->message);
      gtk_switch_set_active (self->sharing, FALSE);
    }
}

void
tl_share_page_start (TlSharePage *self)
{
  g_return_if_fail (TL_IS_SHARE_PAGE (self));

  set_problem (self, NULL);
  if (tl_ftp_server_get_state (self->server) == TL_FTP_SERVER_STOPPED)
    tl_ftp_server_start_async (self->server, NULL, started_cb, g_object_ref (self));
}

/* Its state follows the server's. */
static gboolean
state_set_cb (TlSharePage *self,
              gboolean     wanted)
{
  const gboolean running = tl_ftp_server_get_state (self->server) != TL_FTP_SERVER_STOPPED;

  if (wanted && !running)
    tl_share_page_confirm (self);
  else if (!wanted && running)
    tl_ftp_server_stop (self->server);

  return TRUE;
}

static void
folder_cb (TlSharePage *self)
{
  g_autofree char *folder = NULL;
  g_autofree char *shown = NULL;
  const char *risk;

  g_object_get (self->server, "folder", &folder, NULL);
  shown = folder && *folder ? g_filename_display_name (folder) : g_strdup (_("None chosen yet"));
  adw_action_row_set_subtitle (self->folder_row, shown);
  risk = folder ? tl_share_words_risk (tl_ftp_share_judge (folder, g_get_home_dir ())) : NULL;
  gtk_label_set_label (self->risk, risk ? risk : "");
  gtk_widget_set_visible (GTK_WIDGET (self->risk), risk != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "share.show-folder", folder && *folder);
}

static void
state_cb (TlSharePage *self)
{
  const TlFtpServerState state = tl_ftp_server_get_state (self->server);
  const gboolean open = state == TL_FTP_SERVER_OPEN;
  g_autofree char *fingerprint = NULL;

  g_object_get (self->server, "fingerprint", &fingerprint, NULL);
  gtk_switch_set_state (self->sharing, open);
  gtk_switch_set_active (self->sharing, state != TL_FTP_SERVER_STOPPED);
  adw_action_row_set_subtitle (self->fingerprint_row, fingerprint ? fingerprint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fingerprint_row), open && fingerprint != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->visitors_group), open);
  gtk_widget_set_sensitive (GTK_WIDGET (self->place_group), state == TL_FTP_SERVER_STOPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "share.choose-folder", state == TL_FTP_SERVER_STOPPED);
  for (guint i = PROP_ICON; i <= PROP_BUSY; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
problem_cb (TlSharePage *self)
{
  g_autofree char *problem = NULL;

  g_object_get (self->server, "problem", &problem, NULL);
  set_problem (self, problem);
}

static void
counts_cb (TlSharePage *self)
{
  g_autofree char *text = tl_share_words_counts (self->server);

  adw_preferences_group_set_description (self->visitors_group, text);
}

static GtkWidget *
make_visitor_row (gpointer item,
                  gpointer user_data)
{
  return tl_share_visitor_row_new (item);
}

static GtkWidget *
make_account_row (gpointer item,
                  gpointer user_data)
{
  return tl_share_account_row_new (item, tl_ftp_server_get_accounts (TL_SHARE_PAGE (user_data)->server));
}

static void
tl_share_page_map (GtkWidget *widget)
{
  TlSharePage *self = TL_SHARE_PAGE (widget);

  /* Networks come and go. */
  if (tl_ftp_server_get_state (self->server) == TL_FTP_SERVER_STOPPED)
    tl_share_page_fill_addresses (self);
  GTK_WIDGET_CLASS (tl_share_page_parent_class)->map (widget);
  self->needs_attention = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEEDS_ATTENTION]);
}

static void
tl_share_page_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlSharePage *self = TL_SHARE_PAGE (object);
  const TlFtpServerState state = tl_ftp_server_get_state (self->server);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, _("Shared folder"));
      break;
    case PROP_ICON:
      g_value_take_object (value, g_themed_icon_new (state == TL_FTP_SERVER_OPEN ? "folder-publicshare-symbolic" : "folder-symbolic"));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, state == TL_FTP_SERVER_STARTING);
      break;
    case PROP_NEEDS_ATTENTION:
      g_value_set_boolean (value, self->needs_attention);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_share_page_dispose (GObject *object)
{
  TlSharePage *self = TL_SHARE_PAGE (object);

  if (self->visitors)
    gtk_list_box_bind_model (self->visitors, NULL, NULL, NULL, NULL);
  if (self->accounts)
    gtk_list_box_bind_model (self->accounts, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_SHARE_PAGE);
  tl_widget_unparent_children (GTK_WIDGET (self));
  self->visitors = self->accounts = NULL;

  G_OBJECT_CLASS (tl_share_page_parent_class)->dispose (object);
}

static void
tl_share_page_finalize (GObject *object)
{
  TlSharePage *self = TL_SHARE_PAGE (object);

  g_ptr_array_unref (self->addresses);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (tl_share_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, toasts);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, sharing);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, folder_row);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, urls_group);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, urls);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, risk);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, limits_group);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, fingerprint_row);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, problem);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, visitors_group);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, visitors);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, rights_group);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, accounts);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, place_group);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, address_row);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, address);
  gtk_widget_class_bind_template_child (widget_class, TlSharePage, log);
  gtk_widget_class_bind_template_callback (widget_class, state_set_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "address_selected_cb", G_CALLBACK (tl_share_page_choose_address));
}

static void
tl_share_page_class_init (TlSharePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_share_page_get_property;
  object_class->dispose = tl_share_page_dispose;
  object_class->finalize = tl_share_page_finalize;
  widget_class->map = tl_share_page_map;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_ICON] = g_param_spec_object ("icon", NULL, NULL, G_TYPE_ICON, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_NEEDS_ATTENTION] = g_param_spec_boolean ("needs-attention", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TL_TYPE_LOG_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-share-page.ui");
  bind_template (widget_class);
  tl_share_page_install_actions (widget_class);
}

static void
tl_share_page_init (TlSharePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_widget_name_drop_downs (GTK_WIDGET (self));
  self->addresses = g_ptr_array_new_with_free_func (g_free);
  tl_log_view_set_explain (self->log, explain);
}

GtkWidget *
tl_share_page_new (TlFtpServer *server)
{
  static const char *const counts[] = { "notify::n-connected", "notify::n-served", "notify::n-refused", "notify::sent", "notify::received" };
  TlSharePage *self;

  g_return_val_if_fail (TL_IS_FTP_SERVER (server), NULL);

  self = g_object_new (TL_TYPE_SHARE_PAGE, NULL);
  self->server = g_object_ref (server);
  tl_share_page_add_options (self);
  gtk_list_box_bind_model (self->visitors, tl_ftp_server_get_visitors (server), make_visitor_row, self, NULL);
  gtk_list_box_bind_model (self->accounts, G_LIST_MODEL (tl_ftp_server_get_accounts (server)), make_account_row, self, NULL);
  tl_log_view_set_source (self->log, TL_MESSAGE_SOURCE (tl_ftp_server_get_log (server)), FALSE);
  g_signal_connect_object (server, "notify::folder", G_CALLBACK (folder_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (server, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (server, "notify::problem", G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (server, "notify::urls", G_CALLBACK (tl_share_page_fill_urls), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_signal_connect_object (server, counts[i], G_CALLBACK (counts_cb), self, G_CONNECT_SWAPPED);
  tl_share_page_fill_addresses (self);
  folder_cb (self);
  state_cb (self);
  counts_cb (self);
  problem_cb (self);
  tl_share_page_fill_urls (self);

  return GTK_WIDGET (self);
}

TlFtpServer *
tl_share_page_get_server (TlSharePage *self)
{
  g_return_val_if_fail (TL_IS_SHARE_PAGE (self), NULL);

  return self->server;
}
