/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of an FTP page and those of this machine beside each other: compared, browsed together. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-compare-bar.h"
#include "tl-ftp-comparer.h"
#include "tl-ftp-sync-browse.h"

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

  self->comparer = tl_ftp_comparer_new (self->browser);
  self->browse = tl_ftp_sync_browse_new (self->browser);
  add_property_action (group, "active", self->comparer, "active");
  add_property_action (group, "by-size", self->comparer, "by-size");
  add_property_action (group, "ignore-case", self->comparer, "ignore-case");
  add_property_action (group, "browse", self->browse, "active");
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compare", G_ACTION_GROUP (group));
  adw_bin_set_child (self->compare_bin, tl_ftp_compare_bar_new (self->comparer));
  g_signal_connect_object (self->comparer, "notify::active", G_CALLBACK (active_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->browse, "notify::active", G_CALLBACK (browse_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->browse, "missing", G_CALLBACK (tl_ftp_page_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->local_bin, "notify::child", G_CALLBACK (pane_cb), self, G_CONNECT_SWAPPED);
  pane_cb (self);
}
