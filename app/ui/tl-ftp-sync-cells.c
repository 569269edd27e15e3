/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a plan. */

#include "tl-ftp-sync-cells.h"

#include "tl-ftp-text.h"

#include <glib/gi18n-lib.h>

#define CELLS "tl-cells"

typedef struct {
  GtkWidget     *check, *image, *path, *reason, *size;
  TlFtpSyncPlan *plan;
  gboolean       showing;    /* it is we who set the check button */
} Cells;

const char *
tl_ftp_sync_cells_get_word (TlFtpSyncFilter act)
{
  switch (act)
    {
    case TL_FTP_SYNC_DOWNLOAD:
      return _("Download");
    case TL_FTP_SYNC_UPLOAD:
      return _("Upload");
    case TL_FTP_SYNC_DELETE:
      return _("Delete");
    case TL_FTP_SYNC_ALL:
    case TL_FTP_SYNC_NOTHING:
    default:
      return _("Left as it is");
    }
}

static const char *
get_icon (TlFtpSyncFilter act)
{
  switch (act)
    {
    case TL_FTP_SYNC_DOWNLOAD:
      return "folder-download-symbolic";
    case TL_FTP_SYNC_UPLOAD:
      return "send-to-symbolic";
    case TL_FTP_SYNC_DELETE:
      return "user-trash-symbolic";
    case TL_FTP_SYNC_ALL:
    case TL_FTP_SYNC_NOTHING:
    default:
      return "dialog-question-symbolic";
    }
}

static void
show (GtkListItem *list_item)
{
  TlFtpSyncRow *row = gtk_list_item_get_item (list_item);
  Cells *cells = g_object_get_data (G_OBJECT (list_item), CELLS);
  const TlFtpSyncItem *item;
  g_autofree char *path = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *why = NULL;
  g_autofree char *size = NULL;
  guint index;

  if (!row)
    return;
  index = tl_ftp_sync_row_get_index (row);
  item = tl_ftp_sync_plan_get_item (cells->plan, index);
  path = tl_ftp_sync_plan_dup_path (cells->plan, index);
  why = tl_ftp_sync_plan_dup_reason (cells->plan, index);
  /* Translators: what is done, and why: “Download: only on the server” */
  reason = g_strdup_printf (_("%s: %s"), tl_ftp_sync_cells_get_word (item->act), why);
  size = tl_ftp_text_size (item->is_folder ? -1 : item->act == TL_FTP_SYNC_UPLOAD || item->remote_size < 0 ? item->local_size : item->remote_size);

  cells->showing = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (cells->check), tl_ftp_sync_plan_is_on (cells->plan, index));
  cells->showing = FALSE;
  gtk_widget_set_sensitive (cells->check, tl_ftp_sync_plan_allows (cells->plan, item->act));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cells->check), GTK_ACCESSIBLE_PROPERTY_LABEL, path, -1);
  gtk_image_set_from_icon_name (GTK_IMAGE (cells->image), get_icon (item->act));
  gtk_inscription_set_text (GTK_INSCRIPTION (cells->path), path);
  gtk_label_set_text (GTK_LABEL (cells->reason), reason);
  gtk_inscription_set_text (GTK_INSCRIPTION (cells->size), size);
}

static void
toggled_cb (GtkListItem    *list_item,
            GtkCheckButton *check)
{
  Cells *cells = g_object_get_data (G_OBJECT (list_item), CELLS);
  TlFtpSyncRow *row = gtk_list_item_get_item (list_item);

  if (row && !cells->showing)
    tl_ftp_sync_plan_set_enabled (cells->plan, tl_ftp_sync_row_get_index (row), gtk_check_button_get_active (check));
}

static GtkWidget *
new_text (const char *css_class,
          guint       chars,
          float       xalign)
{
  GtkWidget *text = gtk_inscription_new ("");

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), chars);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), chars);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), xalign);
  gtk_inscription_set_yalign (GTK_INSCRIPTION (text), 0.5f);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  if (css_class)
    gtk_widget_add_css_class (text, css_class);
  return text;
}

/* Three lines where one is too short: an inscription has the same height whatever its width. */
static GtkWidget *
new_reason (void)
{
  GtkWidget *reason = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (reason), 0);
  gtk_label_set_wrap (GTK_LABEL (reason), TRUE);
  gtk_label_set_lines (GTK_LABEL (reason), 3);
  gtk_label_set_ellipsize (GTK_LABEL (reason), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (reason), 12);
  gtk_widget_add_css_class (reason, "caption");
  gtk_widget_add_css_class (reason, "dim-label");
  return reason;
}

static void
setup_cb (TlFtpSyncPlan *plan,
          GtkListItem   *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Cells *cells = g_new0 (Cells, 1);

  cells->plan = plan;
  cells->check = gtk_check_button_new ();
  cells->image = gtk_image_new ();
  cells->path = new_text (NULL, 12, 0);
  cells->reason = new_reason ();
  cells->size = new_text ("numeric", 7, 1);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cells->path), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_START);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), cells->path);
  gtk_box_append (GTK_BOX (texts), cells->reason);
  gtk_box_append (GTK_BOX (box), cells->check);
  gtk_box_append (GTK_BOX (box), cells->image);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), cells->size);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  g_object_set_data_full (G_OBJECT (list_item), CELLS, cells, g_free);
  g_signal_connect_object (cells->check, "toggled", G_CALLBACK (toggled_cb), list_item, G_CONNECT_SWAPPED);
  g_signal_connect_object (plan, "changed", G_CALLBACK (show), list_item, G_CONNECT_SWAPPED);
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (TlFtpSyncPlan *plan,
         GtkListItem   *list_item)
{
  show (list_item);
}

GtkListItemFactory *
tl_ftp_sync_cells_new (TlFtpSyncPlan *plan)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), plan, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), plan, G_CONNECT_SWAPPED);
  return factory;
}
