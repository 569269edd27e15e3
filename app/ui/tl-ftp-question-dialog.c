/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four questions that an FTP connection may have before it goes on: who are you, which account, is this the right server, and in clear text? */

#include "tl-ftp-question-dialog.h"

#include "tl-ftp-text.h"
#include "tl-tls.h"

#include <glib/gi18n-lib.h>

typedef struct {
  AdwMessageDialog *dialog;
  TlFtpQuestion    *question;
  GtkEditable      *user;
  GtkEditable      *secret;      /* password or account */
  GtkCheckButton   *keep;
  void            (*func) (gpointer user_data);
  gpointer          user_data;
} Dialog;

static void
dialog_free (gpointer  data,
             GClosure *closure)
{
  g_free (data);
}

static void
take_text (char        **field,
           GtkEditable  *editable)
{
  if (!editable)
    return;
  g_free (*field);
  *field = g_strdup (gtk_editable_get_text (editable));
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Dialog *self = user_data;
  TlFtpQuestion *question = self->question;

  /* A password row of libadwaita 1.2 that goes with the focus is told of it when it is no more. */
  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  question->answered = !g_str_equal (response, "cancel");
  question->keep = g_str_equal (response, "always") || (self->keep && gtk_check_button_get_active (self->keep));
  if (question->answered)
    {
      take_text (&question->user, self->user);
      take_text (question->kind == TL_FTP_ASK_ACCOUNT ? &question->account : &question->password, self->secret);
    }
  /* Not kept in a widget longer than needed. */
  if (self->secret)
    gtk_editable_set_text (self->secret, "");
  self->func (self->user_data);
}

static void
fields_changed_cb (Dialog *self)
{
  gboolean complete = !self->user || *gtk_editable_get_text (self->user);

  if (self->question->kind == TL_FTP_ASK_ACCOUNT)
    complete = *gtk_editable_get_text (self->secret) != '\0';
  adw_message_dialog_set_response_enabled (self->dialog, "ok", complete);
}

static GtkEditable *
add_field (Dialog     *self,
           GtkListBox *list,
           GType       type,
           const char *title,
           const char *text)
{
  GtkWidget *row = g_object_new (type, "title", title, "activates-default", TRUE, NULL);

  if (text)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (fields_changed_cb), self);
  gtk_list_box_append (list, row);

  return GTK_EDITABLE (row);
}

static GtkWidget *
make_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, 320, -1);

  return list;
}

static void
add_answers (Dialog     *self,
             const char *accept)
{
  adw_message_dialog_add_responses (self->dialog, "cancel", _("_Cancel"), "ok", accept, NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "ok", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (self->dialog, "ok");
}

/* A sentence, and what the server said. */
static char *
with_words (const char *sentence,
            const char *text)
{
  /* Translators: a sentence, and in parentheses what the server said */
  return text && *text ? g_strdup_printf (_("%s (%s)"), sentence, text) : g_strdup (sentence);
}

static void
make_password (Dialog     *self,
               const char *address)
{
  TlFtpQuestion *question = self->question;
  TlFtpAccountKind kind;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = make_list ();
  /* Translators: the name of a server */
  g_autofree char *heading = g_strdup_printf (_("Log In to %s"), address);

  g_object_get (question->site, "account-kind", &kind, NULL);
  adw_message_dialog_set_heading (self->dialog, heading);
  if (question->text)
    {
      g_autofree char *body = with_words (_("The server refused the login. Check user and password."), question->text);

      adw_message_dialog_set_body (self->dialog, body);
    }
  self->user = add_field (self, GTK_LIST_BOX (list), ADW_TYPE_ENTRY_ROW, _("User"), question->user);
  self->secret = add_field (self, GTK_LIST_BOX (list), ADW_TYPE_PASSWORD_ENTRY_ROW, _("Password"), question->password);
  gtk_box_append (GTK_BOX (box), list);
  if (kind == TL_FTP_ACCOUNT_REGISTERED)
    {
      GtkWidget *keep = gtk_check_button_new_with_mnemonic (_("_Keep the password in the secret service"));

      gtk_check_button_set_active (GTK_CHECK_BUTTON (keep), question->keep);
      gtk_box_append (GTK_BOX (box), keep);
      self->keep = GTK_CHECK_BUTTON (keep);
    }
  adw_message_dialog_set_extra_child (self->dialog, box);
  add_answers (self, _("_Log In"));
  fields_changed_cb (self);
}

static void
make_account (Dialog     *self,
              const char *address)
{
  GtkWidget *list = make_list ();
  g_autofree char *body = g_strdup_printf (_("%s asks for an account besides user and password (ACCT)."), address);
  g_autofree char *with_text = with_words (body, self->question->text);

  adw_message_dialog_set_heading (self->dialog, _("Which Account?"));
  adw_message_dialog_set_body (self->dialog, with_text);
  self->secret = add_field (self, GTK_LIST_BOX (list), ADW_TYPE_PASSWORD_ENTRY_ROW, _("Account"), self->question->account);
  adw_message_dialog_set_extra_child (self->dialog, list);
  add_answers (self, _("_Log In"));
  fields_changed_cb (self);
}

static void
make_clear (Dialog     *self,
            const char *address)
{
  g_autofree char *body =
    g_strdup_printf (_("%s does not offer encryption (TLS). User name, password and files could be read by anyone on the way."), address);
  g_autofree char *with_text = with_words (body, self->question->text);

  adw_message_dialog_set_heading (self->dialog, _("Log In Without Encryption?"));
  adw_message_dialog_set_body (self->dialog, with_text);
  adw_message_dialog_add_responses (self->dialog, "cancel", _("_Cancel"), "ok", _("_Log In Anyway"), NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "ok", ADW_RESPONSE_DESTRUCTIVE);
}

static char *
certificate_text (TlFtpQuestion *question)
{
  g_autofree char *description = tl_ftp_text_certificate (question->certificate);
  g_autofree char *known = question->known_fingerprint ? tl_ftp_text_fingerprint (question->known_fingerprint) : NULL;

  if (!known)
    return g_steal_pointer (&description);
  return g_strdup_printf ("%s\n%s\n%s", description, _("Trusted until now:"), known);
}

static void
make_certificate (Dialog     *self,
                  const char *address)
{
  TlFtpQuestion *question = self->question;
  gboolean changed = question->known_fingerprint != NULL;
  g_autofree char *flags = tl_tls_flags_sentence (question->flags);
  g_autofree char *text = certificate_text (question);
  g_autofree char *body =
    changed ? g_strdup_printf (_("%s shows another certificate than the one that you trusted. Someone may be in between, or the server got a new one. "
                                 "Ask whoever runs it before you go on.\n%s"), address, flags)
            : g_strdup_printf (_("The certificate of %s could not be verified.\n%s"), address, flags);
  GtkWidget *label = gtk_label_new (text);

  adw_message_dialog_set_heading (self->dialog, changed ? _("The Certificate Has Changed!") : _("Is This the Right Server?"));
  adw_message_dialog_set_body (self->dialog, body);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  adw_message_dialog_set_extra_child (self->dialog, label);
  adw_message_dialog_add_responses (self->dialog, "cancel", _("_Cancel"), "ok", _("Trust _Once"), "always", _("Trust _Always"), NULL);
  if (changed)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->dialog), "error");
      adw_message_dialog_set_response_appearance (self->dialog, "ok", ADW_RESPONSE_DESTRUCTIVE);
      adw_message_dialog_set_response_appearance (self->dialog, "always", ADW_RESPONSE_DESTRUCTIVE);
    }
}

GtkWidget *
tl_ftp_question_dialog_ask (GtkWidget     *parent,
                            TlFtpQuestion *question,
                            void         (*func) (gpointer user_data),
                            gpointer       user_data)
{
  static void (*const makers[]) (Dialog *, const char *) = {
    [TL_FTP_ASK_PASSWORD] = make_password,
    [TL_FTP_ASK_ACCOUNT] = make_account,
    [TL_FTP_ASK_CERTIFICATE] = make_certificate,
    [TL_FTP_ASK_CLEAR] = make_clear,
  };
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL);
  Dialog *self = g_new0 (Dialog, 1);
  g_autofree char *address = tl_ftp_site_dup_address (question->site);

  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  self->question = question;
  self->func = func;
  self->user_data = user_data;
  /* What the server said and how it is called is no markup. */
  adw_message_dialog_set_heading_use_markup (self->dialog, FALSE);
  adw_message_dialog_set_body_use_markup (self->dialog, FALSE);
  makers[question->kind] (self, address);
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, dialog_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  if (self->user && !*gtk_editable_get_text (self->user))
    gtk_widget_grab_focus (GTK_WIDGET (self->user));
  else if (self->secret)
    gtk_widget_grab_focus (GTK_WIDGET (self->secret));

  return dialog;
}
