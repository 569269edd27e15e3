/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One FTP connection as a tab. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-home.h"
#include "tl-ftp-window-asker.h"
#include "tl-ftp-text.h"
#include "tl-page-keys.h"
#include "tl-transfer-panel.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

/* Below this width the files of this machine go above those of the server instead of beside them. */
#define WIDTH_FOR_BESIDE 720

enum {
  PROP_0,
  PROP_CLIENT,
  PROP_DIRECTORY,
  PROP_TITLE,
  PROP_ICON,
  PROP_BUSY,
  PROP_NEEDS_ATTENTION,
  PROP_GRID,
  PROP_SHOW_HIDDEN,
  PROP_SHOW_SITES,
  PROP_SHOW_LOCAL,
  PROP_SHOW_TRANSCRIPT,
  PROP_SHOW_TRANSFERS,
  PROP_LOWER,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFtpPage, tl_ftp_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (TL_TYPE_TAB_CONTENT, tl_ftp_page_tab_content_init))

static void
notify (TlFtpPage *self,
        guint      prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static TlFtpState
get_state (TlFtpPage *self)
{
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);

  return client ? tl_ftp_client_get_state (client) : TL_FTP_CLOSED;
}

static void
set_needs_attention (TlFtpPage *self,
                     gboolean   needs_attention)
{
  if (self->needs_attention == needs_attention)
    return;
  self->needs_attention = needs_attention;
  notify (self, PROP_NEEDS_ATTENTION);
}

/* Which of the two is below: "transfers", "transcript" or "" for none. */
static const char *
get_lower (TlFtpPage *self)
{
  return gtk_widget_get_visible (self->lower) ? gtk_stack_get_visible_child_name (self->lower_stack) : "";
}

static void
set_lower (TlFtpPage  *self,
           const char *lower)
{
  if (g_strcmp0 (get_lower (self), lower) == 0)
    return;
  if (*lower)
    gtk_stack_set_visible_child_name (self->lower_stack, lower);
  gtk_widget_set_visible (self->lower, *lower != '\0');
  notify (self, PROP_LOWER);
  notify (self, PROP_SHOW_TRANSCRIPT);
  notify (self, PROP_SHOW_TRANSFERS);
}

static void
lower_page_cb (TlFtpPage *self)
{
  notify (self, PROP_LOWER);
  notify (self, PROP_SHOW_TRANSCRIPT);
  notify (self, PROP_SHOW_TRANSFERS);
}

static void
close_lower_cb (TlFtpPage *self)
{
  set_lower (self, "");
}

static void
show_lower (TlFtpPage  *self,
            const char *name,
            gboolean    shown)
{
  if (shown)
    set_lower (self, name);
  else if (g_str_equal (get_lower (self), name))
    set_lower (self, "");
}

static void
state_cb (TlFtpPage *self)
{
  notify (self, PROP_ICON);
  notify (self, PROP_BUSY);
  if (get_state (self) == TL_FTP_READY)
    {
      tl_ftp_keyring_logged_in (self->keyring, tl_ftp_client_get_site (tl_ftp_browser_get_client (self->browser)));
      tl_ftp_page_attach_transfers (self);
    }
  if (get_state (self) == TL_FTP_FAILED && !gtk_widget_get_mapped (GTK_WIDGET (self)))
    set_needs_attention (self, TRUE);
}

static void
client_cb (TlFtpPage *self)
{
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);

  /* They are the last one's. */
  tl_ftp_page_stop_removals (self);
  g_signal_group_set_target (self->client_signals, client);
  tl_ftp_transcript_set_client (self->transcript, client);
  notify (self, PROP_CLIENT);
  notify (self, PROP_TITLE);
  state_cb (self);
}

/* An address without a slash at its end names a file, or a folder: only its folder knows. */
static void
resolve_wanted (TlFtpPage *self)
{
  TlFtpDirectory *directory = tl_ftp_browser_get_directory (self->browser);
  g_autoptr (GBytes) file = g_steal_pointer (&self->wanted_file);
  g_autoptr (TlFtpEntry) entry = NULL;
  guint position;

  if (!file)
    return;
  position = tl_ftp_directory_find (directory, file);
  if (position != GTK_INVALID_LIST_POSITION)
    entry = g_list_model_get_item (G_LIST_MODEL (directory), position);
  if (entry && tl_ftp_entry_get_kind (entry) == TL_FTP_ENTRY_FILE)
    gtk_selection_model_select_item (tl_ftp_file_view_get_selection (self->files), position, TRUE);
  else
    tl_ftp_browser_go (self->browser, file);
}

static void
loaded_cb (TlFtpPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  resolve_wanted (self);
  /* What was connected by its bar is there to be looked at. */
  if (!focus || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->location)))
    gtk_widget_grab_focus (GTK_WIDGET (self->files));
}

static void
place_cb (TlFtpPage *self)
{
  notify (self, PROP_BUSY);
  tl_ftp_page_update_actions (self);
}

static void
activate_cb (TlFtpPage  *self,
             TlFtpEntry *entry)
{
  tl_ftp_page_activate_entry (self, entry);
}

static void
location_connect_cb (TlFtpPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "ftp.connect", NULL);
}

static void
tl_ftp_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tl_ftp_page_parent_class)->map (widget);
  set_needs_attention (TL_FTP_PAGE (widget), FALSE);
}

static void
tl_ftp_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tl_ftp_page_parent_class)->root (widget);
  tl_page_keys_renew (gtk_widget_get_first_child (widget));
}

static void
relayout_cb (gpointer data)
{
  TlFtpPage *self = data;
  gboolean narrow = gtk_widget_get_width (GTK_WIDGET (self)) < WIDTH_FOR_BESIDE;
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  self->relayout_id = 0;
  if (gtk_orientable_get_orientation (GTK_ORIENTABLE (self->beside)) != orientation)
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->beside), orientation);
      /* What was chosen in one direction says nothing in the other. */
      g_object_set (self->beside, "position-set", FALSE, NULL);
    }
}

/* Not within the allocation. */
static void
width_cb (TlFtpPage *self)
{
  if (self->relayout_id == 0)
    self->relayout_id = g_idle_add_once (relayout_cb, self);
}

static gboolean
tl_ftp_page_grab_focus (GtkWidget *widget)
{
  TlFtpPage *self = TL_FTP_PAGE (widget);

  return gtk_widget_grab_focus (tl_ftp_browser_get_path (self->browser) ? GTK_WIDGET (self->files) : GTK_WIDGET (self->location));
}

static char *
dup_title (TlFtpPage *self)
{
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);

  return client ? tl_ftp_site_dup_title (tl_ftp_client_get_site (client)) : g_strdup (_("New connection"));
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
      g_value_set_object (value, tl_ftp_browser_get_client (self->browser));
      break;
    case PROP_DIRECTORY:
      g_value_set_object (value, tl_ftp_browser_get_directory (self->browser));
      break;
    case PROP_TITLE:
      g_value_take_string (value, dup_title (self));
      break;
    case PROP_ICON:
      g_value_take_object (value, g_themed_icon_new (tl_ftp_state_icon_name (get_state (self))));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, tl_ftp_browser_is_loading (self->browser) || tl_ftp_state_is_busy (get_state (self)));
      break;
    case PROP_NEEDS_ATTENTION:
      g_value_set_boolean (value, self->needs_attention);
      break;
    case PROP_GRID:
      g_object_get_property (G_OBJECT (self->files), "grid", value);
      break;
    case PROP_SHOW_HIDDEN:
      g_object_get_property (G_OBJECT (tl_ftp_browser_get_directory (self->browser)), "show-hidden", value);
      break;
    case PROP_SHOW_SITES:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->sites_flap));
      break;
    case PROP_SHOW_LOCAL:
      g_value_set_boolean (value, gtk_widget_get_visible (GTK_WIDGET (self->local_bin)));
      break;
    case PROP_SHOW_TRANSCRIPT:
      g_value_set_boolean (value, g_str_equal (get_lower (self), "transcript"));
      break;
    case PROP_SHOW_TRANSFERS:
      g_value_set_boolean (value, g_str_equal (get_lower (self), "transfers"));
      break;
    case PROP_LOWER:
      g_value_set_string (value, get_lower (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_page_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TlFtpPage *self = TL_FTP_PAGE (object);

  switch (prop_id)
    {
    case PROP_GRID:
      g_object_set_property (G_OBJECT (self->files), "grid", value);
      notify (self, PROP_GRID);
      break;
    case PROP_SHOW_HIDDEN:
      g_object_set_property (G_OBJECT (tl_ftp_browser_get_directory (self->browser)), "show-hidden", value);
      notify (self, PROP_SHOW_HIDDEN);
      break;
    case PROP_SHOW_SITES:
      tl_widget_reveal_flap (self->sites_flap, g_value_get_boolean (value));
      break;
    case PROP_SHOW_LOCAL:
      gtk_widget_set_visible (GTK_WIDGET (self->local_bin), g_value_get_boolean (value));
      notify (self, PROP_SHOW_LOCAL);
      break;
    case PROP_SHOW_TRANSCRIPT:
      show_lower (self, "transcript", g_value_get_boolean (value));
      break;
    case PROP_SHOW_TRANSFERS:
      show_lower (self, "transfers", g_value_get_boolean (value));
      break;
    case PROP_LOWER:
      set_lower (self, g_value_get_string (value) ? g_value_get_string (value) : "");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reveal_sites_cb (TlFtpPage *self)
{
  notify (self, PROP_SHOW_SITES);
}

static void
tl_ftp_page_dispose (GObject *object)
{
  TlFtpPage *self = TL_FTP_PAGE (object);

  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_handle_id (&self->relayout_id, g_source_remove);
  if (self->client_signals)
    g_signal_group_set_target (self->client_signals, NULL);
  g_clear_object (&self->client_signals);
  if (self->queue)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  if (self->browser)
    g_signal_handlers_disconnect_by_data (self->browser, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_FTP_PAGE);
  tl_widget_unparent_children (GTK_WIDGET (self));
  self->files = NULL;
  self->works = self->edits = NULL;
  g_clear_object (&self->comparer);
  g_clear_object (&self->browse);
  g_clear_object (&self->sync_run);
  g_clear_object (&self->following);
  g_clear_pointer (&self->to_open, g_hash_table_unref);
  if (self->fetch)
    tl_ftp_drag_fetch_cancel (self->fetch);
  g_clear_object (&self->fetch);
  g_clear_pointer (&self->wanted_file, g_bytes_unref);
  g_clear_weak_pointer (&self->attached);
  g_clear_object (&self->queue);
  g_clear_object (&self->keyring);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (tl_ftp_page_parent_class)->dispose (object);
}

/* With the last reference: properties may be asked for while the window goes away. */
static void
tl_ftp_page_finalize (GObject *object)
{
  g_clear_object (&TL_FTP_PAGE (object)->browser);

  G_OBJECT_CLASS (tl_ftp_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_CLIENT] = g_param_spec_object ("client", NULL, NULL, TL_TYPE_FTP_CLIENT, readable);
  properties[PROP_DIRECTORY] = g_param_spec_object ("directory", NULL, NULL, TL_TYPE_FTP_DIRECTORY, readable);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, readable);
  properties[PROP_ICON] = g_param_spec_object ("icon", NULL, NULL, G_TYPE_ICON, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_NEEDS_ATTENTION] = g_param_spec_boolean ("needs-attention", NULL, NULL, FALSE, readable);
  properties[PROP_GRID] = g_param_spec_boolean ("grid", NULL, NULL, FALSE, both);
  properties[PROP_SHOW_HIDDEN] = g_param_spec_boolean ("show-hidden", NULL, NULL, FALSE, both);
  properties[PROP_SHOW_SITES] = g_param_spec_boolean ("show-sites", NULL, NULL, FALSE, both);
  properties[PROP_SHOW_LOCAL] = g_param_spec_boolean ("show-local", NULL, NULL, FALSE, both);
  properties[PROP_SHOW_TRANSCRIPT] = g_param_spec_boolean ("show-transcript", NULL, NULL, FALSE, both);
  properties[PROP_SHOW_TRANSFERS] = g_param_spec_boolean ("show-transfers", NULL, NULL, FALSE, both);
  properties[PROP_LOWER] = g_param_spec_string ("lower", NULL, NULL, "", both);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_ftp_page_class_init (TlFtpPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TL_TYPE_FTP_LOCATION_BAR);
  g_type_ensure (TL_TYPE_FTP_PATH_BAR);
  g_type_ensure (TL_TYPE_FTP_FILE_VIEW);
  g_type_ensure (TL_TYPE_FTP_TRANSCRIPT);
  g_type_ensure (TL_TYPE_FTP_STATUS_LINE);

  object_class->get_property = tl_ftp_page_get_property;
  object_class->set_property = tl_ftp_page_set_property;
  object_class->dispose = tl_ftp_page_dispose;
  object_class->finalize = tl_ftp_page_finalize;
  widget_class->map = tl_ftp_page_map;
  widget_class->root = tl_ftp_page_root;
  widget_class->grab_focus = tl_ftp_page_grab_focus;

  install_properties (object_class);
  tl_ftp_page_install_actions (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-page.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, TlFtpPage, child)
  BIND (toasts);
  BIND (location);
  BIND (compare_bin);
  BIND (sites_flap);
  BIND (sites_bin);
  BIND (beside);
  BIND (local_bin);
  BIND (path_bar);
  BIND (files);
  BIND (above);
  BIND (lower);
  BIND (lower_stack);
  BIND (transfers_bin);
  BIND (transcript);
  BIND (works);
  BIND (edits);
  BIND (status);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, location_connect_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_lower_cb);
  gtk_widget_class_bind_template_callback (widget_class, lower_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, reveal_sites_cb);
  gtk_widget_class_bind_template_callback (widget_class, tl_ftp_page_update_actions);
}

static void
tl_ftp_page_init (TlFtpPage *self)
{
  GtkWidget *panel = g_object_new (TL_TYPE_TRANSFER_PANEL, NULL);
  g_autoptr (TlFtpAsker) asker = NULL;

  self->browser = tl_ftp_browser_new ();
  self->queue = tl_transfer_queue_new ();
  tl_ftp_page_init_answers (self);
  asker = tl_ftp_window_asker_new (GTK_WIDGET (self));
  self->keyring = tl_ftp_keyring_new (tl_ftp_home_get_sites (), asker);
  g_signal_connect_object (self->keyring, "failed", G_CALLBACK (tl_ftp_page_toast), self, G_CONNECT_SWAPPED);
  g_object_set (self->browser, "asker", self->keyring, NULL);
  self->to_open = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->client_signals = g_signal_group_new (TL_TYPE_FTP_CLIENT);
  g_signal_group_connect_swapped (self->client_signals, "notify::state", G_CALLBACK (state_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));

  tl_ftp_location_bar_set_browser (self->location, self->browser);
  tl_ftp_path_bar_set_browser (self->path_bar, self->browser);
  tl_ftp_file_view_set_browser (self->files, self->browser);
  tl_ftp_status_line_set_browser (self->status, self->browser, tl_ftp_file_view_get_selection (self->files));
  tl_transfer_panel_set_queue (TL_TRANSFER_PANEL (panel), self->queue);
  adw_bin_set_child (self->transfers_bin, panel);
  tl_ftp_page_init_sites (self);

  g_signal_connect_swapped (self->browser, "notify::client", G_CALLBACK (client_cb), self);
  g_signal_connect_swapped (self->browser, "notify", G_CALLBACK (place_cb), self);
  g_signal_connect_swapped (self->browser, "loaded", G_CALLBACK (loaded_cb), self);
  g_signal_connect_swapped (self->status, "changed", G_CALLBACK (tl_ftp_page_update_actions), self);
  g_signal_connect_swapped (self->queue, "finished", G_CALLBACK (tl_ftp_page_transfer_finished_cb), self);
  g_signal_connect_object (self->beside, "notify::max-position", G_CALLBACK (width_cb), self, G_CONNECT_SWAPPED);
  tl_ftp_page_add_early_keys (self);
  tl_ftp_page_init_parts (self);
  tl_ftp_page_init_transfers (self);
  tl_ftp_page_init_compare (self);
  tl_ftp_page_init_drag (self);
  tl_ftp_page_update_actions (self);
}
