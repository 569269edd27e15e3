/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of an FTP page and those of this machine beside each other: compared, browsed together. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-compare-bar.h"
#include "tl-ftp-comparer.h"
#include "tl-ftp-sync-browse.h"
#include "tl-ftp-sync-dialog.h"
#include "tl-ftp-sync-run-row.h"
#include "tl-ftp-text.h"
#include "tl-local-pane.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

/* Half of the page for each, unless the person wants it otherwise. */
static void
halve (TlFtpPage *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->beside));
  gboolean chosen;

  g_object_get (self->beside, "position-set", &chosen, NULL);
  if (!chosen && width > 0 && gtk_orientable_get_orientation (GTK_ORIENTABLE (self->beside)) == GTK_ORIENTATION_HORIZONTAL)
    gtk_paned_set_position (self->beside, width / 2);
}

/* Both sides are to be seen, in the look that has the marks. */
static void
active_cb (TlFtpPage     *self,
           GParamSpec    *pspec,
           TlFtpComparer *comparer)
{
  gboolean active;

  g_object_get (comparer, "active", &active, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->compare_bin), active);
  if (!active)
    return;
  g_object_set (self, "show-local", TRUE, "grid", FALSE, NULL);
  halve (self);
}

static void
browse_cb (TlFtpPage       *self,
           GParamSpec      *pspec,
           TlFtpSyncBrowse *browse)
{
  gboolean active;

  g_object_get (browse, "active", &active, NULL);
  if (active)
    g_object_set (self, "show-local", TRUE, NULL);
}

/* Before the panel hears of it, and asks the user. */
static void
ask_cb (TlFtpPage                 *self,
        const TlOverwriteQuestion *question)
{
  if (self->sync_run)
    tl_ftp_sync_run_answer (self->sync_run, question);
}

void
tl_ftp_page_init_answers (TlFtpPage *self)
{
  g_signal_connect_swapped (self->queue, "ask", G_CALLBACK (ask_cb), self);
}

static void
take_row (TlFtpPage *self,
          GtkWidget *row)
{
  gtk_list_box_remove (self->works, row);
  gtk_widget_set_visible (GTK_WIDGET (self->works), gtk_list_box_get_row_at_index (self->works, 0) != NULL);
}

static void
ended_cb (TlFtpPage       *self,
          const char      *sentence,
          TlFtpSyncRunRow *row)
{
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);

  g_clear_object (&self->sync_run);
  if (!tl_ftp_sync_run_row_has_problem (row))
    {
      tl_ftp_page_toast (self, sentence);
      take_row (self, GTK_WIDGET (row));
    }
  if (client && tl_ftp_client_get_state (client) == TL_FTP_READY)
    tl_ftp_page_reload_soon (self);
  /* GTK 4.8 does not see that a part was renamed over a file. */
  if (adw_bin_get_child (self->local_bin))
    gtk_widget_activate_action (adw_bin_get_child (self->local_bin), "local.reload", NULL);
}

static void
accepted_cb (TlFtpPage     *self,
             TlFtpSyncPlan *plan)
{
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);
  GtkWidget *row;

  if (!self->works || !client || self->sync_run)
    return;
  /* Another synchronisation's direction is none of this one's. */
  if (self->settings)
    g_settings_unbind (plan, "mode");
  self->sync_run = tl_ftp_sync_run_new (plan, self->queue, client);
  row = tl_ftp_sync_run_row_new (self->sync_run);
  g_signal_connect_object (row, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "dismiss", G_CALLBACK (take_row), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->works, row);
  gtk_widget_set_visible (GTK_WIDGET (self->works), TRUE);
}

static void
synchronise_cb (TlFtpPage *self)
{
  TlLocalPane *pane = TL_LOCAL_PANE (adw_bin_get_child (self->local_bin));
  GBytes *path = tl_ftp_browser_get_path (self->browser);
  TlFtpCompareOptions options;
  g_autoptr (TlFtpSyncPlan) plan = NULL;
  g_autofree char *remote = NULL;
  g_autofree char *local = NULL;
  g_autofree char *where = NULL;
  GtkWidget *dialog;

  if (!path || !pane)
    {
      tl_ftp_page_toast (self, _("Connect to a server and show the files of this computer (F3) first."));
      return;
    }
  if (self->sync_run)
    {
      tl_ftp_page_toast (self, _("Folders are being synchronised already; wait for that to end, or stop it."));
      return;
    }
  if (!g_file_is_native (tl_local_pane_get_folder (pane)))
    {
      tl_ftp_page_toast (self, _("Only folders of this computer can be compared."));
      return;
    }
  tl_ftp_comparer_get_options (self->comparer, &options);
  plan = tl_ftp_sync_plan_new (path, tl_local_pane_get_folder (pane), &options);
  /* The direction is that of last time; that something is deleted is said anew each time. */
  if (self->settings)
    g_settings_bind (self->settings, "ftp-sync-mode", plan, "mode", G_SETTINGS_BIND_DEFAULT);
  remote = tl_ftp_text_path (path, options.charset, options.guess);
  local = g_file_get_parse_name (tl_local_pane_get_folder (pane));
  /* Translators: a folder of a server and one of this computer */
  where = g_strdup_printf (_("server %s — this computer %s"), remote, local);
  dialog = tl_ftp_sync_dialog_new (GTK_WIDGET (self), plan, tl_ftp_browser_get_client (self->browser), where);
  g_signal_connect_object (dialog, "accepted", G_CALLBACK (accepted_cb), self, G_CONNECT_SWAPPED);
  tl_widget_fit_window (GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_property_action (GSimpleActionGroup *group,
                     const char         *name,
                     gpointer            object,
                     const char         *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

/* What it is compared with is made when it is seen first. */
static void
pane_cb (TlFtpPage *self)
{
  g_object_set (self->comparer, "pane", adw_bin_get_child (self->local_bin), NULL);
  g_object_set (self->browse, "pane", adw_bin_get_child (self->local_bin), NULL);
}

void
tl_ftp_page_init_compare (TlFtpPage *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) synchronise = g_simple_action_new ("synchronise", NULL);

  self->comparer = tl_ftp_comparer_new (self->browser);
  self->browse = tl_ftp_sync_browse_new (self->browser);
  add_property_action (group, "active", self->comparer, "active");
  add_property_action (group, "by-size", self->comparer, "by-size");
  add_property_action (group, "ignore-case", self->comparer, "ignore-case");
  add_property_action (group, "ignore-hour", self->comparer, "ignore-hour");
  add_property_action (group, "browse", self->browse, "active");
  g_signal_connect_object (synchronise, "activate", G_CALLBACK (synchronise_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (synchronise));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compare", G_ACTION_GROUP (group));
  adw_bin_set_child (self->compare_bin, tl_ftp_compare_bar_new (self->comparer));
  g_signal_connect_object (self->comparer, "notify::active", G_CALLBACK (active_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->browse, "notify::active", G_CALLBACK (browse_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->browse, "missing", G_CALLBACK (tl_ftp_page_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->local_bin, "notify::child", G_CALLBACK (pane_cb), self, G_CONNECT_SWAPPED);
  pane_cb (self);
}
