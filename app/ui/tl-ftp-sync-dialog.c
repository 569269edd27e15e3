/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would make two folders the same, before it is done. */

#include "tl-ftp-sync-dialog.h"

#include "tl-choice-binding.h"
#include "tl-ftp-failures.h"
#include "tl-ftp-sync-cells.h"
#include "tl-message-dialog.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define MAX_NAMES 10

struct _TlFtpSyncDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkWidget      *go;
  GtkStack       *stack;
  AdwStatusPage  *scan_page;
  AdwStatusPage  *error_page;
  GtkWidget      *again;
  GtkWidget      *mode, *filter;
  GtkEditable    *text;
  GtkWidget      *download, *upload, *remove;
  GtkInfoBar     *failures;
  GtkLabel       *failures_label;
  GtkListView    *view;
  GtkWidget      *empty;
  GtkLabel       *totals;

  TlFtpSyncPlan  *plan;
  TlFtpClient    *client;
  GCancellable   *cancellable;
  gboolean        scanned;
};

G_DEFINE_FINAL_TYPE (TlFtpSyncDialog, tl_ftp_sync_dialog, ADW_TYPE_WINDOW)

/* A kind of which some, or all, were switched off one by one is neither on nor off. */
static void
name_check (GtkWidget  *check,
            const char *word,
            guint       n,
            guint       n_on)
{
  /* Translators: what, and how many: “Download: 3” */
  g_autofree char *label = g_strdup_printf (_("%s: %u"), word, n);

  gtk_check_button_set_label (GTK_CHECK_BUTTON (check), label);
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (check), gtk_check_button_get_active (GTK_CHECK_BUTTON (check)) && n_on < n);
  gtk_widget_set_sensitive (check, n > 0);
}

/* What a filter hides is done all the same. */
static char *
dup_totals (const TlFtpSyncTotals *totals,
            guint                  n_equal)
{
  g_autofree char *size = g_format_size ((guint64) (totals->size[TL_FTP_SYNC_DOWNLOAD] + totals->size[TL_FTP_SYNC_UPLOAD]));
  g_autofree char *text = g_strdup_printf (_("Will be done: download %u, upload %u (%s), delete %u. Same on both sides: %u."), totals->n_on[TL_FTP_SYNC_DOWNLOAD],
                                           totals->n_on[TL_FTP_SYNC_UPLOAD], size, totals->n_on[TL_FTP_SYNC_DELETE], n_equal);
  g_autofree char *hidden = g_strdup_printf (ngettext ("%u of what will be done is not shown here.", "%u of what will be done are not shown here.", totals->n_hidden),
                                             totals->n_hidden);

  return totals->n_hidden > 0 ? g_strdup_printf ("%s\n%s", text, hidden) : g_steal_pointer (&text);
}

/* A list in which nothing stands says why. */
static void
update_empty (TlFtpSyncDialog *self)
{
  const gboolean some = tl_ftp_sync_plan_get_totals (self->plan)->n[TL_FTP_SYNC_ALL] > 0;

  gtk_label_set_label (GTK_LABEL (self->empty), some ? _("Nothing of that is among what is shown. Choose other kinds, or another part of the name.")
                                                     : _("Nothing is to be done: what could be compared is the same on both sides."));
  gtk_widget_set_visible (self->empty, g_list_model_get_n_items (G_LIST_MODEL (self->plan)) == 0);
}

static void
update (TlFtpSyncDialog *self)
{
  const TlFtpSyncTotals *totals = tl_ftp_sync_plan_get_totals (self->plan);
  g_autofree char *text = NULL;
  guint n_folders, n_equal;

  tl_ftp_sync_plan_get_progress (self->plan, &n_folders, &n_equal);
  if (!self->scanned)
    {
      text = g_strdup_printf (ngettext ("%u folder looked at", "%u folders looked at", n_folders), n_folders);
      adw_status_page_set_description (self->scan_page, text);
      return;
    }
  name_check (self->download, _("Download"), totals->n[TL_FTP_SYNC_DOWNLOAD], totals->n_on[TL_FTP_SYNC_DOWNLOAD]);
  name_check (self->upload, _("Upload"), totals->n[TL_FTP_SYNC_UPLOAD], totals->n_on[TL_FTP_SYNC_UPLOAD]);
  name_check (self->remove, _("Delete"), totals->n[TL_FTP_SYNC_DELETE], totals->n_on[TL_FTP_SYNC_DELETE]);
  text = dup_totals (totals, n_equal);
  gtk_label_set_label (self->totals, text);
  gtk_widget_set_sensitive (self->go, totals->n_on[TL_FTP_SYNC_ALL] > 0);
  update_empty (self);
}

static void
show_failures (TlFtpSyncDialog *self)
{
  guint n = tl_ftp_sync_plan_get_failures (self->plan)->len;
  g_autofree char *text = g_strdup_printf (ngettext ("%u folder could not be read, or not all of it; what was not seen stays as it is.",
                                                     "%u folders could not be read, or not all of them; what was not seen stays as it is.", n), n);

  gtk_label_set_label (self->failures_label, text);
  gtk_info_bar_set_revealed (self->failures, n > 0);
}

static void
which_cb (TlFtpSyncDialog *self)
{
  GPtrArray *failures = tl_ftp_sync_plan_get_failures (self->plan);
  g_autoptr (GListStore) rows = g_list_store_new (TL_TYPE_FTP_FAILURE);

  for (guint i = 0; i < failures->len; i++)
    {
      const TlFtpSyncFailure *failure = failures->pdata[i];
      g_autoptr (TlFtpFailure) row = tl_ftp_failure_new (failure->path, failure->message);

      g_list_store_append (rows, row);
    }
  tl_ftp_failures_show (GTK_WIDGET (self), _("Not Read"), G_LIST_MODEL (rows), 0);
}

static void
scanned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TlFtpSyncDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = tl_ftp_sync_plan_scan_finish (TL_FTP_SYNC_PLAN (source), result, &error);

  /* Else the window has gone. */
  if (!self->plan)
    return;
  self->scanned = done;
  if (done)
    {
      update (self);
      show_failures (self);
      gtk_stack_set_visible_child_name (self->stack, "plan");
      gtk_widget_grab_focus (self->mode);
    }
  else
    {
      /* It is markup, and the server's words are in it. */
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->error_page, escaped);
      gtk_stack_set_visible_child_name (self->stack, "error");
      gtk_widget_grab_focus (self->again);
    }
}

static void
scan (TlFtpSyncDialog *self)
{
  gtk_stack_set_visible_child_name (self->stack, "scan");
  tl_ftp_sync_plan_scan_async (self->plan, self->client, self->cancellable, scanned_cb, g_object_ref (self));
}

/* It goes on where it stopped. */
static void
again_cb (TlFtpSyncDialog *self)
{
  scan (self);
}

static void
text_cb (TlFtpSyncDialog *self)
{
  g_object_set (self->plan, "text", gtk_editable_get_text (self->text), NULL);
}

static void
tick_cb (TlFtpSyncDialog *self)
{
  tl_ftp_sync_plan_enable_rows (self->plan, TRUE);
}

static void
untick_cb (TlFtpSyncDialog *self)
{
  tl_ftp_sync_plan_enable_rows (self->plan, FALSE);
}

static void
accept (TlFtpSyncDialog *self)
{
  g_signal_emit_by_name (self, "accepted", self->plan);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
response_cb (TlFtpSyncDialog  *self,
             const char       *response,
             AdwMessageDialog *message)
{
  /* Or it would go with the window in front of which it stands, before it is through. */
  gtk_window_set_transient_for (GTK_WINDOW (message), NULL);
  if (g_str_equal (response, "delete"))
    accept (self);
}

/* The names of the first of those that are deleted. */
static char *
dup_names (TlFtpSyncDialog *self)
{
  GString *names = g_string_new (NULL);
  guint n = tl_ftp_sync_plan_get_n_items (self->plan), n_named = 0;
  guint n_all = tl_ftp_sync_plan_get_totals (self->plan)->n_on[TL_FTP_SYNC_DELETE];

  for (guint i = 0; i < n && n_named < MAX_NAMES; i++)
    if (tl_ftp_sync_plan_get_item (self->plan, i)->act == TL_FTP_SYNC_DELETE && tl_ftp_sync_plan_is_on (self->plan, i))
      {
        g_autofree char *path = tl_ftp_sync_plan_dup_path (self->plan, i);

        g_string_append_printf (names, "\n%s", path);
        n_named++;
      }
  if (n_all > n_named)
    {
      g_string_append_c (names, '\n');
      g_string_append_printf (names, ngettext ("and %u more", "and %u more", n_all - n_named), n_all - n_named);
    }
  return g_string_free (names, FALSE);
}

/* @has_trash: of the folder of this machine in which is deleted. */
static char *
dup_question (TlFtpSyncDialog *self,
              gboolean         has_trash)
{
  const TlFtpSyncTotals *totals = tl_ftp_sync_plan_get_totals (self->plan);
  const guint n = totals->n_on[TL_FTP_SYNC_DELETE];
  g_autofree char *what = NULL;
  g_autofree char *within = NULL;
  g_autofree char *names = dup_names (self);
  TlFtpSyncMode mode;

  g_object_get (self->plan, "mode", &mode, NULL);
  if (mode == TL_FTP_SYNC_TO_REMOTE)
    what = g_strdup_printf (ngettext ("%u item will be deleted on the server. This cannot be undone.",
                                      "%u items will be deleted on the server. This cannot be undone.", n), n);
  else if (has_trash)
    what = g_strdup_printf (ngettext ("%u item will be deleted on this computer. It goes to the trash.",
                                      "%u items will be deleted on this computer. They go to the trash.", n), n);
  else
    what = g_strdup_printf (ngettext ("%u item will be deleted on this computer. There is no trash for this folder: this cannot be undone.",
                                      "%u items will be deleted on this computer. There is no trash for this folder: this cannot be undone.", n), n);
  within = g_strdup_printf (ngettext ("In the folders among them there is %u file or folder.", "In the folders among them there are %u files and folders.",
                                      totals->n_within), totals->n_within);
  return g_strconcat (what, totals->n_within > 0 ? "\n" : "", totals->n_within > 0 ? within : "", "\n", names, NULL);
}

static void
ask (TlFtpSyncDialog *self,
     gboolean         has_trash)
{
  g_autofree char *body = dup_question (self, has_trash);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Delete While Synchronising?"), NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_set_body_use_markup (message, FALSE);
  adw_message_dialog_set_body (message, body);
  adw_message_dialog_add_responses (message, "cancel", _("_Cancel"), "delete", _("_Delete and Synchronise"), NULL);
  adw_message_dialog_set_response_appearance (message, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  tl_message_dialog_present (ADW_MESSAGE_DIALOG (dialog));
}

static void
queried_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TlFtpSyncDialog) self = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);

  /* Else the window has gone. */
  if (!self->plan)
    return;
  gtk_widget_set_sensitive (self->go, TRUE);
  ask (self, info && g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_ACCESS_CAN_TRASH));
}

/* (transfer full): the first of this machine's that is deleted: what holds for it holds for all. */
static GFile *
dup_deleted (TlFtpSyncDialog *self)
{
  guint n = tl_ftp_sync_plan_get_n_items (self->plan);

  for (guint i = 0; i < n; i++)
    {
      const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self->plan, i);

      if (item->act == TL_FTP_SYNC_DELETE && tl_ftp_sync_plan_is_on (self->plan, i))
        {
          g_autofree char *path = g_build_filename (tl_ftp_sync_plan_get_folder (self->plan, item->folder)->local, item->local_name, NULL);

          return g_file_new_for_path (path);
        }
    }
  return NULL;
}

static void
go_cb (TlFtpSyncDialog *self)
{
  g_autoptr (GFile) file = NULL;
  TlFtpSyncMode mode;

  g_object_get (self->plan, "mode", &mode, NULL);
  if (tl_ftp_sync_plan_get_totals (self->plan)->n_on[TL_FTP_SYNC_DELETE] == 0)
    accept (self);
  else if (mode == TL_FTP_SYNC_TO_REMOTE)
    ask (self, FALSE);
  else
    {
      file = dup_deleted (self);
      gtk_widget_set_sensitive (self->go, FALSE);
      g_file_query_info_async (file, G_FILE_ATTRIBUTE_ACCESS_CAN_TRASH, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, G_PRIORITY_DEFAULT, self->cancellable,
                               queried_cb, g_object_ref (self));
    }
}

static void
tl_ftp_sync_dialog_dispose (GObject *object)
{
  TlFtpSyncDialog *self = TL_FTP_SYNC_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->plan)
    g_signal_handlers_disconnect_by_data (self->plan, self);
  g_clear_object (&self->plan);
  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (tl_ftp_sync_dialog_parent_class)->dispose (object);
}

static void
tl_ftp_sync_dialog_class_init (TlFtpSyncDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_ftp_sync_dialog_dispose;
  g_type_ensure (TL_TYPE_WRAP_BOX);
  g_signal_new ("accepted", TL_TYPE_FTP_SYNC_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, TL_TYPE_FTP_SYNC_PLAN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-sync-dialog.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, TlFtpSyncDialog, child)
  BIND (heading);
  BIND (go);
  BIND (stack);
  BIND (scan_page);
  BIND (error_page);
  BIND (again);
  BIND (mode);
  BIND (filter);
  BIND (text);
  BIND (download);
  BIND (upload);
  BIND (remove);
  BIND (failures);
  BIND (failures_label);
  BIND (view);
  BIND (empty);
  BIND (totals);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
  gtk_widget_class_bind_template_callback (widget_class, which_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
  gtk_widget_class_bind_template_callback (widget_class, tick_cb);
  gtk_widget_class_bind_template_callback (widget_class, untick_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tl_ftp_sync_dialog_init (TlFtpSyncDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_widget_name_drop_downs (GTK_WIDGET (self));
}

GtkWidget *
tl_ftp_sync_dialog_new (GtkWidget     *parent,
                        TlFtpSyncPlan *plan,
                        TlFtpClient   *client,
                        const char    *where)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  TlFtpSyncDialog *self = g_object_new (TL_TYPE_FTP_SYNC_DIALOG, "transient-for", GTK_IS_WINDOW (root) ? root : NULL, NULL);
  g_autoptr (GtkListItemFactory) factory = tl_ftp_sync_cells_new (plan);
  g_autoptr (GtkSelectionModel) rows = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (plan))));

  self->plan = g_object_ref (plan);
  self->client = g_object_ref (client);
  adw_window_title_set_subtitle (self->heading, where);
  tl_choice_bind (G_OBJECT (plan), "mode", self->mode);
  tl_choice_bind (G_OBJECT (plan), "filter", self->filter);
  g_object_bind_property (plan, "download", self->download, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (plan, "upload", self->upload, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (plan, "delete", self->remove, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, rows);
  g_signal_connect_swapped (plan, "changed", G_CALLBACK (update), self);
  update (self);
  scan (self);

  return GTK_WIDGET (self);
}
