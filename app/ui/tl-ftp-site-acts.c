/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editing, saving, removing and importing bookmarks, and what becomes of their passwords. */

#include "tl-ftp-site-acts.h"

#include "tl-ftp-site-dialog.h"
#include "tl-secrets.h"

#include <glib/gi18n-lib.h>

#define MAX_IMPORT (8 * 1024 * 1024)

static void
tell (AdwToastOverlay *toasts,
      const char      *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (toasts, adw_toast_new (escaped));
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TlFtpSites) sites = user_data;
  g_autoptr (GError) error = NULL;

  if (!tl_secrets_store_finish (result, &error))
    g_signal_emit_by_name (sites, "failed", error->message);
}

/* That there is no store to delete it from is no failure: then it is not there. */
static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TlFtpSites) sites = user_data;
  g_autoptr (GError) error = NULL;

  if (!tl_secrets_clear_finish (result, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    g_signal_emit_by_name (sites, "failed", error->message);
}

static gboolean
keeps_password (TlFtpSite *site)
{
  TlFtpAccountKind kind;
  gboolean keep;

  g_object_get (site, "keep-password", &keep, "account-kind", &kind, NULL);
  return keep && kind == TL_FTP_ACCOUNT_REGISTERED;
}

static gboolean
is_same_account (TlFtpSite *a,
                 TlFtpSite *b)
{
  return tl_ftp_site_get_port (a) == tl_ftp_site_get_port (b) &&
         g_ascii_strcasecmp (tl_ftp_site_get_host (a), tl_ftp_site_get_host (b)) == 0 &&
         g_str_equal (tl_ftp_site_get_user (a), tl_ftp_site_get_user (b));
}

/* @site is not among the sites any more, or no longer so: two bookmarks may share the password of one account. */
static void
forget_password (TlFtpSites *sites,
                 TlFtpSite  *site)
{
  if (!keeps_password (site))
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (sites)); i++)
    {
      g_autoptr (TlFtpSite) other = g_list_model_get_item (G_LIST_MODEL (sites), i);

      if (keeps_password (other) && is_same_account (other, site))
        return;
    }

  tl_secrets_clear_async (tl_ftp_site_get_host (site), tl_ftp_site_get_port (site), tl_ftp_site_get_user (site), NULL, cleared_cb,
                          g_object_ref (sites));
}

void
tl_ftp_site_acts_save (TlFtpSites *sites,
                       TlFtpSite  *before,
                       TlFtpSite  *site,
                       const char *password)
{
  g_return_if_fail (TL_IS_FTP_SITES (sites));
  g_return_if_fail (TL_IS_FTP_SITE (site));

  tl_ftp_sites_save (sites, site);
  if (before)
    forget_password (sites, before);
  if (password && keeps_password (site))
    tl_secrets_store_async (tl_ftp_site_get_host (site), tl_ftp_site_get_port (site), tl_ftp_site_get_user (site), password, NULL,
                            stored_cb, g_object_ref (sites));
}

/* Until the notice is gone the password stays, so that taking it back takes back all of it. */
typedef struct {
  TlFtpSites *sites;
  TlFtpSite  *site;
} Removal;

static void
removal_free (Removal *removal)
{
  g_object_unref (removal->sites);
  g_object_unref (removal->site);
  g_free (removal);
}

static void
undo_cb (AdwToast *notice,
         Removal  *removal)
{
  tl_ftp_sites_save (removal->sites, removal->site);
}

/* The notice is gone: dismissed, timed out, or together with its window. After an undo the site is among the others again, and keeps its password. */
static void
notice_gone_cb (gpointer  data,
                GClosure *closure)
{
  Removal *removal = data;

  forget_password (removal->sites, removal->site);
  removal_free (removal);
}

void
tl_ftp_site_acts_remove (TlFtpSites      *sites,
                         TlFtpSite       *site,
                         AdwToastOverlay *toasts)
{
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;
  Removal *removal;
  AdwToast *notice;

  g_return_if_fail (TL_IS_FTP_SITES (sites));
  g_return_if_fail (TL_IS_FTP_SITE (site));
  g_return_if_fail (ADW_IS_TOAST_OVERLAY (toasts));

  title = tl_ftp_site_dup_title (site);
  removal = g_new0 (Removal, 1);
  removal->sites = g_object_ref (sites);
  removal->site = tl_ftp_site_copy (site);
  tl_ftp_sites_remove (sites, removal->site);

  text = g_strdup_printf (_("“%s” was removed"), title);
  escaped = g_markup_escape_text (text, -1);
  notice = adw_toast_new (escaped);
  adw_toast_set_button_label (notice, _("_Undo"));
  g_signal_connect_data (notice, "button-clicked", G_CALLBACK (undo_cb), removal, notice_gone_cb, 0);
  adw_toast_overlay_add_toast (toasts, notice);
}

typedef struct {
  TlFtpSites      *sites;
  AdwToastOverlay *toasts;
} Import;

static void
import_free (Import *import)
{
  g_object_unref (import->sites);
  g_object_unref (import->toasts);
  g_free (import);
}

static void
tell_imported (Import *import,
               guint   n_found,
               guint   n_left_out)
{
  g_autofree char *found = g_strdup_printf (ngettext ("%u site was imported, without a password.",
                                                      "%u sites were imported, without passwords.", n_found), n_found);
  g_autofree char *left_out = g_strdup_printf (ngettext ("%u that is not FTP was left out.",
                                                         "%u that are not FTP were left out.", n_left_out), n_left_out);
  g_autofree char *text = n_left_out ? g_strdup_printf (C_("sentences", "%s %s"), found, left_out) : g_strdup (found);

  tell (import->toasts, text);
}

static void
parse_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  guint n_left_out = 0;
  GPtrArray *found = tl_ftp_sites_parse_filezilla (task_data, &n_left_out, &error);

  g_object_set_data (G_OBJECT (task), "left-out", GUINT_TO_POINTER (n_left_out));
  if (found)
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
parsed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Import *import = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = g_task_propagate_pointer (G_TASK (result), &error);

  if (found)
    {
      tl_ftp_sites_save_all (import->sites, found);
      tell_imported (import, found->len, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (result), "left-out")));
    }
  else
    {
      tell (import->toasts, error->message);
    }
  import_free (import);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Import *import = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  g_autofree char *text = NULL;
  char *contents;
  gsize length;

  if (!g_file_load_partial_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    {
      text = g_strdup_printf (_("The file could not be read. (%s)"), error->message);
      tell (import->toasts, text);
      import_free (import);
      return;
    }

  /* 8 MiB of XML take longer than a frame. */
  task = g_task_new (NULL, NULL, parsed_cb, import);
  g_task_set_source_tag (task, tl_ftp_site_acts_import);
  g_task_set_task_data (task, g_bytes_new_take (contents, length), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, parse_thread);
}

/* One byte more than may be is enough to know that it is too large. */
static gboolean
read_more_cb (const char *contents,
              goffset     size,
              gpointer    user_data)
{
  return size <= MAX_IMPORT;
}

void
tl_ftp_site_acts_import (TlFtpSites      *sites,
                         GFile           *file,
                         AdwToastOverlay *toasts)
{
  Import *import;

  g_return_if_fail (TL_IS_FTP_SITES (sites));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (ADW_IS_TOAST_OVERLAY (toasts));

  import = g_new0 (Import, 1);
  import->sites = g_object_ref (sites);
  import->toasts = g_object_ref (toasts);
  g_file_load_partial_contents_async (file, NULL, read_more_cb, loaded_cb, import);
}

static void
saved_cb (TlFtpSiteDialog *dialog,
          TlFtpSite       *site,
          const char      *password,
          TlFtpSites      *sites)
{
  tl_ftp_site_acts_save (sites, g_object_get_data (G_OBJECT (dialog), "tl-before"), site, password);
}

static void
added_cb (TlFtpSiteDialog *dialog,
          TlFtpSite       *site,
          const char      *password,
          GtkWidget       *widget)
{
  g_autofree char *title = tl_ftp_site_dup_title (site);
  g_autofree char *text = g_strdup_printf (_("“%s” is among the sites now"), title);

  if (!gtk_widget_get_mapped (widget))
    gtk_widget_activate_action (widget, "ftp.toast", "s", text);
}

void
tl_ftp_site_acts_edit (TlFtpSites *sites,
                       TlFtpSite  *site,
                       const char *password,
                       GtkWidget  *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog = tl_ftp_site_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, site);

  if (site && tl_ftp_site_get_id (site) > 0)
    g_object_set_data_full (G_OBJECT (dialog), "tl-before", g_object_ref (site), g_object_unref);
  else
    g_signal_connect_object (dialog, "saved", G_CALLBACK (added_cb), widget, 0);
  tl_ftp_site_dialog_set_password (TL_FTP_SITE_DIALOG (dialog), password);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved_cb), sites, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

GtkFileChooserNative *
tl_ftp_site_acts_choose_import (GtkWindow *parent)
{
  g_autofree char *usual = g_build_filename (g_get_user_config_dir (), "filezilla", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (usual);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Import Sites from FileZilla"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), NULL);

  gtk_file_filter_set_name (filter, _("FileZilla’s sites (sitemanager.xml) and other XML files"));
  gtk_file_filter_add_pattern (filter, "*.xml");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  return chooser;
}
