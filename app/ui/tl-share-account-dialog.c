/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where accounts of the shared folder are made. */

#include "tl-share-account-dialog.h"

#include "tl-ftp-password.h"
#include "tl-ftp-server-command.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define HOUR 3600

static const struct {
  const char *label;
  gint64      seconds;
} lifetimes[] = {
  { N_("1 hour"), HOUR },
  { N_("1 day"), 24 * HOUR },
  { N_("1 week"), 7 * 24 * HOUR },
};

typedef struct {
  AdwMessageDialog *dialog;
  TlFtpServer      *server;
  TlFtpAccountKind  kind;
  GtkEditable      *name;
  GtkEditable      *password;     /* NULL: a guest's is made */
  GtkEditable      *folder;
  GtkSwitch        *writable;
  GtkDropDown      *lifetime;     /* NULL: no end */
  GtkLabel         *verdict;
  GCancellable     *looking;      /* whether the folder is there */
} Prompt;

/* What is made while the password is hashed. */
typedef struct {
  GWeakRef          parent;
  TlFtpServer      *server;
  TlFtpAccountKind  kind;
  char             *name;
  char             *folder;
  char             *shown;        /* the password of a guest */
  gboolean          writable;
  gint64            lifetime;
} Making;

static void
making_free (Making *self)
{
  g_weak_ref_clear (&self->parent);
  g_object_unref (self->server);
  g_free (self->name);
  g_free (self->folder);
  if (self->shown)
    explicit_bzero (self->shown, strlen (self->shown));
  g_free (self->shown);
  g_free (self);
}

static gboolean
is_taken (TlFtpServer *server,
          const char  *name)
{
  GListModel *accounts = G_LIST_MODEL (tl_ftp_server_get_accounts (server));

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (TlFtpAccount) account = g_list_model_get_item (accounts, i);

      if (g_str_equal (tl_ftp_account_get_name (account), name))
        return TRUE;
    }

  return FALSE;
}

/* (transfer full) (nullable): NULL for what is no path. */
static char *
dup_folder (Prompt *self)
{
  const char *text = gtk_editable_get_text (self->folder);

  return tl_ftp_request_resolve_path ("", (const guint8 *) text, strlen (text));
}

/* It may come later: that is said, and forbids nothing. */
static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  Prompt *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!info || g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY)
    gtk_label_set_label (self->verdict, _("There is no such folder in the shared one. Nobody can log in before there is."));
}

static void
look_for_folder (Prompt     *self,
                 const char *folder)
{
  g_autofree char *top = NULL;
  g_autoptr (GFile) file = NULL;

  g_object_get (self->server, "folder", &top, NULL);
  if (!top || !*top || !*folder)
    return;
  file = g_file_new_build_filename (top, folder, NULL);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->looking, looked_cb, self);
}

static void
changed_cb (Prompt *self)
{
  const char *name = gtk_editable_get_text (self->name);
  const char *wrong = tl_ftp_account_check_name (name);
  g_autofree char *folder = dup_folder (self);
  const gboolean no_password = self->password && !*gtk_editable_get_text (self->password);

  if (!wrong && is_taken (self->server, name))
    wrong = _("There is an account with this name already.");
  if (!wrong && !folder)
    wrong = _("This is no folder.");
  gtk_label_set_label (self->verdict, wrong && *name ? wrong : "");
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();
  if (!wrong)
    look_for_folder (self, folder);
  adw_message_dialog_set_response_enabled (self->dialog, "accept", !wrong && !no_password);
}

static void
copy_cb (AdwMessageDialog *dialog,
         const char       *response,
         const char       *password)
{
  if (g_str_equal (response, "copy"))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (dialog)), password);
}

static void
free_password (gpointer  data,
               GClosure *closure)
{
  explicit_bzero (data, strlen (data));
  g_free (data);
}

/* Once: it is not kept. */
static void
show_password (GtkWidget  *parent,
               const char *name,
               const char *password)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Password for the Guest"), NULL);
  GtkWidget *label = gtk_label_new (password);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("“%s” can log in with this password, from the first computer that uses it. It is not shown again."), name);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "title-3");
  gtk_widget_add_css_class (label, "monospace");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), label);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"), "copy", _("_Copy"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "copy", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "copy");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_data (dialog, "response", G_CALLBACK (copy_cb), g_strdup (password), free_password, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
hashed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Making *self = user_data;
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&self->parent);
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = tl_ftp_password_hash_finish (result, &error);

  if (hash && !is_taken (self->server, self->name))
    {
      g_autoptr (TlFtpAccount) account = tl_ftp_account_new (self->kind, self->name, hash, self->folder, self->writable, self->lifetime);

      g_list_store_append (tl_ftp_server_get_accounts (self->server), account);
      if (parent && self->shown)
        show_password (parent, self->name, self->shown);
    }
  else if (parent && error)
    gtk_widget_activate_action (parent, "share.toast", "s", error->message);
  making_free (self);
}

static void
make (Prompt *self)
{
  Making *making = g_new0 (Making, 1);
  g_autofree char *made = self->password ? NULL : tl_ftp_password_make ();

  g_weak_ref_init (&making->parent, g_object_get_data (G_OBJECT (self->dialog), "tl-parent"));
  making->server = g_object_ref (self->server);
  making->kind = self->kind;
  making->name = g_strdup (gtk_editable_get_text (self->name));
  making->folder = dup_folder (self);
  making->writable = gtk_switch_get_active (self->writable);
  making->lifetime = self->lifetime ? lifetimes[gtk_drop_down_get_selected (self->lifetime)].seconds : 0;
  making->shown = g_strdup (made);
  tl_ftp_password_hash_async (made ? made : gtk_editable_get_text (self->password), NULL, hashed_cb, making);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  if (g_str_equal (response, "accept"))
    make (user_data);
}

static void
prompt_free (gpointer  data,
             GClosure *closure)
{
  Prompt *self = data;

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_object_unref (self->server);
  g_free (self);
}

static GtkWidget *
add_row (GtkWidget *group,
         GtkWidget *row)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return row;
}

static GtkWidget *
add_entry (Prompt     *self,
           GtkWidget  *group,
           GtkWidget  *entry,
           const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);

  return add_row (group, entry);
}

/* A row with a control of its own at its end. */
static void
add_control (GtkWidget  *group,
             GtkWidget  *control,
             const char *title)
{
  GtkWidget *row = add_row (group, adw_action_row_new ());

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
}

static void
add_lifetime (Prompt    *self,
              GtkWidget *group)
{
  GtkStringList *texts = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lifetimes); i++)
    gtk_string_list_append (texts, _(lifetimes[i].label));
  self->lifetime = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (texts), NULL));
  add_control (group, GTK_WIDGET (self->lifetime), _("Valid for"));
}

static GtkWidget *
make_fields (Prompt *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *group = adw_preferences_group_new ();

  self->name = GTK_EDITABLE (add_entry (self, group, adw_entry_row_new (), _("Name")));
  if (self->kind == TL_FTP_ACCOUNT_REGISTERED)
    self->password = GTK_EDITABLE (add_entry (self, group, adw_password_entry_row_new (), _("Password")));
  self->folder = GTK_EDITABLE (add_entry (self, group, adw_entry_row_new (), _("Only this folder of the shared one (empty: all)")));
  if (self->kind == TL_FTP_ACCOUNT_GUEST)
    add_lifetime (self, group);
  self->writable = GTK_SWITCH (gtk_switch_new ());
  add_control (group, GTK_WIDGET (self->writable), _("May write where writing is allowed"));
  self->verdict = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->verdict, 0);
  gtk_label_set_wrap (self->verdict, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->verdict), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->verdict), "caption");
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->verdict));

  return box;
}

static char *
suggest_name (TlFtpServer *server)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *name = g_strdup_printf ("guest%u", i);

      if (!is_taken (server, name))
        return g_steal_pointer (&name);
    }
}

GtkWidget *
tl_share_account_dialog_ask (GtkWidget        *parent,
                             TlFtpServer      *server,
                             TlFtpAccountKind  kind)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              kind == TL_FTP_ACCOUNT_GUEST ? _("Let a Guest In") : _("Add an Account"), NULL);
  Prompt *self = g_new0 (Prompt, 1);

  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  self->server = g_object_ref (server);
  self->kind = kind;
  if (kind == TL_FTP_ACCOUNT_GUEST)
    adw_message_dialog_set_body (self->dialog, _("A guest gets a password for one visit: the first computer that uses it comes in, no other one. The visit is over five minutes "
                                            "after its last connection has ended, or when the time is over; then the password is good for nothing."));
  adw_message_dialog_add_responses (self->dialog, "cancel", _("_Cancel"), "accept", _("_Add"), NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (self->dialog, "accept");
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  adw_message_dialog_set_extra_child (self->dialog, make_fields (self));
  g_object_set_data_full (G_OBJECT (dialog), "tl-parent", g_object_ref (parent), g_object_unref);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, prompt_free, 0);
  if (kind == TL_FTP_ACCOUNT_GUEST)
    {
      g_autofree char *name = suggest_name (server);

      gtk_editable_set_text (self->name, name);
    }
  changed_cb (self);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (self->name));

  return dialog;
}
