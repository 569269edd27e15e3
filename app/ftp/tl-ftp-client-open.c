/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a name to a server that waits for commands: connect, TLS, greeting, login, what it can do, where we are. */

#include "tl-ftp-client-private.h"
#include "tl-ftp-dial.h"
#include "tl-ftp-trust.h"
#include "tl-tls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LOGINS 3

/* In the order in which they are passed. */
typedef enum {
  DIAL,
  DIALLED,
  GREETED,
  AUTH_ANSWERED,
  SECURED,
  CHECKED,
  TRUSTED,
  PBSZ_ANSWERED,
  PROT_ANSWERED,
  LOGIN,
  PASSWORD_KNOWN,
  USER_ANSWERED,
  PASS_ANSWERED,
  ACCOUNT_KNOWN,
  ACCT_ANSWERED,
  LOGGED_IN,
  FEAT_ANSWERED,
  CLNT_ANSWERED,
  UTF8_ANSWERED,
  MLST_ANSWERED,
  SYST_ANSWERED,
  PWD_ANSWERED,
  CWD_ANSWERED,
  PWD_AGAIN_ANSWERED,
} Step;

typedef struct {
  TlFtpClient          *client;
  GTask                *task;         /* it owns us */
  TlFtpControl         *control;
  GSocketConnectable   *identity;
  Step                  at;
  Step                  next;
  TlFtpReply           *reply;
  TlFtpQuestion        *question;
  GTlsCertificateFlags  flags;
  TlFtpSecurity         security;
  TlFtpAccountKind      kind;
  guint                 n_logins;
  gulong                cancelled_id;
  gulong                ended_id;
  gboolean              returned;
} Opening;

static void step (Opening *self);

static void
opening_free (Opening *self)
{
  g_clear_object (&self->control);
  g_clear_object (&self->identity);
  g_clear_pointer (&self->reply, tl_ftp_reply_unref);
  g_clear_pointer (&self->question, tl_ftp_question_free);
  g_free (self);
}

/* The one end. @error: (transfer full) (nullable) */
static void
finish (Opening *self,
        GError  *error)
{
  g_autoptr (GTask) task = NULL;

  if (self->returned)
    {
      g_clear_error (&error);
      return;
    }
  self->returned = TRUE;
  task = self->task;
  if (self->cancelled_id != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), self->cancelled_id);
  if (self->ended_id != 0)
    g_signal_handler_disconnect (self->control, self->ended_id);
  if (self->control != NULL)
    tl_ftp_control_divert (self->control, NULL, NULL);
  if (error == NULL)
    {
      tl_ftp_client_set_control (self->client, self->control);
      tl_ftp_client_set_state (self->client, TL_FTP_READY, NULL);
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (self->control != NULL)
    tl_ftp_control_close (self->control, NULL);
  tl_ftp_client_set_security (self->client, NULL);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tl_ftp_client_set_state (self->client, TL_FTP_CLOSED, NULL);
  else
    {
      tl_message_log_append_text (self->client->log, TL_MESSAGE_ERROR, 0, error->message);
      tl_ftp_client_set_state (self->client, TL_FTP_FAILED, error->message);
    }
  g_task_return_error (task, error);
}

static void
fail (Opening    *self,
      TlFtpError  code,
      const char *sentence)
{
  finish (self, g_error_new_literal (TL_FTP_ERROR, (int) code, sentence));
}

static void
fail_reply (Opening *self)
{
  finish (self, tl_ftp_error_new_for_reply (self->reply));
}

static void
go (Opening *self,
    Step     next)
{
  self->at = next;
  step (self);
}

static int
reply_class (Opening *self)
{
  return tl_ftp_reply_get_class (self->reply);
}

static int
reply_code (Opening *self)
{
  return tl_ftp_reply_get_code (self->reply);
}

static void
reply_cb (TlFtpReply   *reply,
          const GError *error,
          gpointer      user_data)
{
  Opening *self = user_data;
  g_autoptr (GTask) task = g_object_ref (self->task);

  if (error != NULL)
    {
      finish (self, g_error_copy (error));
      return;
    }
  if (tl_ftp_reply_get_class (reply) == 1)
    return;
  g_clear_pointer (&self->reply, tl_ftp_reply_unref);
  self->reply = tl_ftp_reply_ref (reply);
  go (self, self->next);
}

static void
command (Opening    *self,
         Step        next,
         const char *verb,
         const char *argument)
{
  g_autoptr (GBytes) bytes = argument != NULL ? g_bytes_new (argument, strlen (argument)) : NULL;
  GError *error = NULL;

  self->next = next;
  if (!tl_ftp_control_send (self->control, TL_FTP_COMMAND_PLAIN, verb, bytes, reply_cb, self, &error))
    finish (self, error);
}

static void
command_bytes (Opening    *self,
               Step        next,
               const char *verb,
               GBytes     *argument)
{
  GError *error = NULL;

  self->next = next;
  if (!tl_ftp_control_send (self->control, TL_FTP_COMMAND_PLAIN, verb, argument, reply_cb, self, &error))
    finish (self, error);
}

static void
dial_event (GSocketClientEvent event,
            gpointer           user_data)
{
  Opening *self = user_data;

  if (!self->returned)
    tl_ftp_client_set_state (self->client, event == G_SOCKET_CLIENT_RESOLVING ? TL_FTP_RESOLVING : TL_FTP_CONNECTING, NULL);
}

static void
ended_cb (TlFtpControl *control,
          const GError *error,
          gpointer      user_data)
{
  finish (user_data, g_error_copy (error));
}

static void
dialled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GSocketConnection) connection = tl_ftp_dial_finish (result, &error);

  if (connection == NULL || self->returned)
    {
      finish (self, error);
      return;
    }
  self->control = tl_ftp_control_new (connection, self->client->log, self->client->name, self->client->timeout);
  self->ended_id = g_signal_connect (self->control, "ended", G_CALLBACK (ended_cb), self);
  go (self, DIALLED);
}

/* Where TLS is implicit, the server greets as soon as the handshake is over, while the certificate is still looked at. */
static void
greeting_cb (TlFtpReply   *reply,
             const GError *error,
             gpointer      user_data)
{
  Opening *self = user_data;
  g_autoptr (GTask) task = g_object_ref (self->task);

  if (error != NULL)
    {
      finish (self, g_error_copy (error));
      return;
    }
  if (tl_ftp_reply_get_class (reply) == 1)
    return;
  g_clear_pointer (&self->reply, tl_ftp_reply_unref);
  self->reply = tl_ftp_reply_ref (reply);
  if (self->at == TRUSTED)
    go (self, GREETED);
}

static void
secured_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!tl_ftp_control_start_tls_finish (self->control, result, &error) || self->returned)
    {
      finish (self, error);
      return;
    }
  if (self->security == TL_FTP_SECURITY_IMPLICIT)
    tl_ftp_control_expect (self->control, greeting_cb, self);
  go (self, SECURED);
}

static void
start_tls (Opening *self)
{
  tl_ftp_client_set_state (self->client, TL_FTP_SECURING, NULL);
  tl_ftp_control_start_tls_async (self->control, self->identity, g_task_get_cancellable (self->task), secured_cb, g_object_ref (self->task));
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *self = g_task_get_task_data (task);

  self->flags = tl_ftp_trust_check_finish (result);
  if (!self->returned)
    go (self, CHECKED);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!tl_ftp_asker_ask_finish (TL_FTP_ASKER (source), result, &error) || self->returned)
    finish (self, error);
  else
    go (self, self->next);
}

/* Puts self->question to the asker; the next step finds the answer in it. */
static void
ask (Opening *self,
     Step     next)
{
  self->next = next;
  tl_ftp_asker_ask_async (self->client->asker, self->question, g_task_get_cancellable (self->task), asked_cb, g_object_ref (self->task));
}

static void
new_question (Opening      *self,
              TlFtpAskKind  kind)
{
  g_clear_pointer (&self->question, tl_ftp_question_free);
  self->question = tl_ftp_question_new (kind, self->client->site);
}

/* What the certificate's check says; a user is asked when the system does not know it. */
static void
judge_certificate (Opening *self)
{
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (tl_ftp_control_get_tls (self->control));
  g_autofree char *fingerprint = certificate != NULL ? tl_tls_fingerprint (certificate) : NULL;
  g_autofree char *sentence = tl_tls_flags_sentence (self->flags);
  TlFtpShared *shared = self->client->shared;

  if (fingerprint == NULL)
    {
      fail (self, TL_FTP_ERROR_TLS, _("The server shows no certificate."));
      return;
    }
  if (self->flags == 0 || g_strcmp0 (fingerprint, shared->trusted) == 0)
    {
      new_question (self, TL_FTP_ASK_CERTIFICATE);
      self->question->answered = TRUE;
      go (self, TRUSTED);
      return;
    }
  tl_ftp_control_note (self->control, TL_MESSAGE_WARNING, sentence);
  if (self->client->asker == NULL)
    {
      fail (self, TL_FTP_ERROR_TLS, sentence);
      return;
    }
  new_question (self, TL_FTP_ASK_CERTIFICATE);
  self->question->certificate = g_object_ref (certificate);
  self->question->flags = self->flags;
  self->question->known_fingerprint = g_strdup (shared->trusted);
  ask (self, TRUSTED);
}

static void
note_trust (Opening *self)
{
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (tl_ftp_control_get_tls (self->control));

  g_free (self->client->shared->trusted);
  self->client->shared->trusted = tl_tls_fingerprint (certificate);
  tl_ftp_client_set_security (self->client, tl_ftp_control_get_tls (self->control));
  tl_ftp_control_note (self->control, TL_MESSAGE_EVENT, self->client->security_text);
}

/* The server has no TLS, or none is wanted. */
static void
go_on_in_clear (Opening *self)
{
  if (self->kind == TL_FTP_ACCOUNT_ANONYMOUS || self->security == TL_FTP_SECURITY_NONE || self->client->shared->clear_allowed)
    {
      go (self, LOGIN);
      return;
    }
  if (self->client->asker == NULL)
    {
      finish (self, tl_ftp_error_new_with_reply (TL_FTP_ERROR_TLS,
                                                 _("The server does not offer encryption: the password would go over the network in clear text."),
                                                 self->reply));
      return;
    }
  new_question (self, TL_FTP_ASK_CLEAR);
  self->question->text = tl_ftp_reply_dup_text (self->reply);
  ask (self, LOGIN);
}

static void
add_welcome (Opening *self)
{
  g_autofree char *text = tl_ftp_reply_dup_text (self->reply);
  g_autofree char *all = NULL;

  if (self->client->welcome != NULL)
    all = g_strconcat (self->client->welcome, "\n", text, NULL);
  tl_ftp_client_set_welcome (self->client, all != NULL ? all : text);
}

/* Asks for what is missing to log in: user and password. */
static void
know_password (Opening *self)
{
  TlFtpClient *client = self->client;

  if (self->kind == TL_FTP_ACCOUNT_ANONYMOUS || client->password != NULL)
    {
      go (self, PASSWORD_KNOWN);
      return;
    }
  if (client->asker == NULL)
    {
      if (self->n_logins > 0)
        fail_reply (self);
      else
        fail (self, TL_FTP_ERROR_LOGIN, _("The server wants a password, and there is none."));
      return;
    }
  new_question (self, TL_FTP_ASK_PASSWORD);
  self->question->user = g_strdup (client->user != NULL ? client->user : tl_ftp_site_get_user (client->site));
  if (self->n_logins > 0)
    self->question->text = tl_ftp_reply_dup_text (self->reply);
  ask (self, PASSWORD_KNOWN);
}

/* True when the user, or the asker before it, wants to go on. */
static gboolean
take_password (Opening *self)
{
  TlFtpClient *client = self->client;

  if (self->question == NULL || self->question->kind != TL_FTP_ASK_PASSWORD)
    return TRUE;
  if (!self->question->answered)
    {
      fail (self, TL_FTP_ERROR_DECLINED, _("No password was given."));
      return FALSE;
    }
  g_free (client->user);
  client->user = g_strdup (self->question->user);
  tl_ftp_client_set_secret (client, self->question->password != NULL ? self->question->password : "");
  g_clear_pointer (&self->question, tl_ftp_question_free);
  return TRUE;
}

static void
send_user (Opening *self)
{
  const char *user = self->client->user != NULL ? self->client->user : tl_ftp_site_get_user (self->client->site);

  if (self->kind == TL_FTP_ACCOUNT_ANONYMOUS || user == NULL || *user == '\0')
    user = "anonymous";
  self->n_logins++;
  command (self, USER_ANSWERED, "USER", user);
}

static void
send_password (Opening *self)
{
  g_autofree char *text = NULL;

  if (self->kind != TL_FTP_ACCOUNT_ANONYMOUS)
    {
      command (self, PASS_ANSWERED, "PASS", self->client->password);
      return;
    }
  g_object_get (self->client->site, "anonymous-password", &text, NULL);
  command (self, PASS_ANSWERED, "PASS", text != NULL && *text != '\0' ? text : "anonymous@");
}

/* 530, and a password that a user can mend: asked again, as long as the server goes on with it. */
static void
login_failed (Opening *self)
{
  g_autoptr (GError) error = tl_ftp_error_new_for_reply (self->reply);

  if (self->kind == TL_FTP_ACCOUNT_ANONYMOUS || !g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_LOGIN))
    {
      fail_reply (self);
      return;
    }
  tl_ftp_client_set_secret (self->client, NULL);
  if (self->client->asker == NULL || self->n_logins >= MAX_LOGINS)
    fail_reply (self);
  else
    know_password (self);
}

static void
know_account (Opening *self)
{
  if (self->client->asker == NULL)
    {
      fail_reply (self);
      return;
    }
  new_question (self, TL_FTP_ASK_ACCOUNT);
  self->question->text = tl_ftp_reply_dup_text (self->reply);
  ask (self, ACCOUNT_KNOWN);
}

/* The facts that are of use and that the server has, but does not tell unasked. (transfer full) (nullable) */
static char *
wanted_facts (TlFtpClient *client)
{
  static const char * const useful[] = { "type", "size", "modify", "perm", "unix.mode", "unix.owner", "unix.ownername", "unix.group",
                                         "unix.groupname", "unix.uid", "unix.gid", "unix.slink", "sizd", NULL };
  const char *facts = client->features != NULL ? tl_ftp_features_get_parameters (client->features, "MLST") : NULL;
  g_auto (GStrv) all = facts != NULL ? g_strsplit (facts, ";", 64) : NULL;
  g_autoptr (GString) wanted = g_string_new (NULL);
  gboolean missing = FALSE;

  for (guint i = 0; all != NULL && all[i] != NULL; i++)
    {
      g_autofree char *fact = g_ascii_strdown (g_strstrip (all[i]), -1);
      const gboolean told = g_str_has_suffix (fact, "*");

      if (told)
        fact[strlen (fact) - 1] = '\0';
      if (!g_strv_contains (useful, fact))
        continue;
      g_string_append_printf (wanted, "%s;", fact);
      missing = missing || !told;
    }
  return missing ? g_strdup_printf ("MLST %s", wanted->str) : NULL;
}

/* Where the last connection was, or where the site begins. */
static GBytes *
start_directory (Opening *self)
{
  GBytes *start = NULL;

  if (self->client->directory != NULL)
    return g_bytes_ref (self->client->directory);
  g_object_get (self->client->site, "start-dir", &start, NULL);
  if (start != NULL && g_bytes_get_size (start) == 0)
    g_clear_pointer (&start, g_bytes_unref);
  return start;
}

static void
take_directory (Opening *self)
{
  g_autoptr (GBytes) path = reply_class (self) == 2 ? tl_ftp_answer_path (self->reply, NULL) : NULL;

  if (path == NULL)
    return;
  g_clear_pointer (&self->client->server_directory, g_bytes_unref);
  self->client->server_directory = g_bytes_ref (path);
}

/* What the server can do, once it knows us. */
static void
step_features (Opening *self)
{
  TlFtpClient *client = self->client;
  g_autoptr (TlFtpFeatures) features = NULL;
  g_autoptr (GBytes) start = NULL;
  g_autofree char *text = NULL;

  switch (self->at)
    {
    case LOGGED_IN:
      command (self, FEAT_ANSWERED, "FEAT", NULL);
      break;
    case FEAT_ANSWERED:
      features = reply_code (self) == 211 ? tl_ftp_features_new_from_reply (self->reply) : NULL;
      tl_ftp_client_set_features (client, features);
      if (tl_ftp_client_has_feature (client, "CLNT"))
        command (self, CLNT_ANSWERED, "CLNT", "Tonglu");
      else
        go (self, CLNT_ANSWERED);
      break;
    case CLNT_ANSWERED:
      /* Refused by servers that list it; then they speak UTF-8 already, or not at all. */
      if (tl_ftp_client_has_feature (client, "UTF8"))
        command (self, UTF8_ANSWERED, "OPTS", "UTF8 ON");
      else
        go (self, UTF8_ANSWERED);
      break;
    case UTF8_ANSWERED:
      text = wanted_facts (client);
      if (text != NULL)
        command (self, MLST_ANSWERED, "OPTS", text);
      else
        go (self, MLST_ANSWERED);
      break;
    case MLST_ANSWERED:
      command (self, SYST_ANSWERED, "SYST", NULL);
      break;
    case SYST_ANSWERED:
      text = reply_class (self) == 2 ? tl_ftp_reply_dup_text (self->reply) : NULL;
      tl_ftp_client_set_syst (client, text);
      command (self, PWD_ANSWERED, "PWD", NULL);
      break;
    case PWD_ANSWERED:
      take_directory (self);
      start = start_directory (self);
      if (start != NULL && (client->server_directory == NULL || !g_bytes_equal (start, client->server_directory)))
        command_bytes (self, CWD_ANSWERED, "CWD", start);
      else
        go (self, PWD_AGAIN_ANSWERED);
      break;
    case CWD_ANSWERED:
      if (reply_class (self) == 2)
        {
          command (self, PWD_AGAIN_ANSWERED, "PWD", NULL);
          break;
        }
      tl_ftp_control_note (self->control, TL_MESSAGE_WARNING, _("The folder to begin in cannot be entered."));
      go (self, PWD_AGAIN_ANSWERED);
      break;
    case PWD_AGAIN_ANSWERED:
      if (self->reply != NULL && reply_code (self) == 257)
        take_directory (self);
      if (client->directory == NULL && client->server_directory != NULL)
        tl_ftp_client_set_directory (client, client->server_directory);
      finish (self, NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
step_login (Opening *self)
{
  switch (self->at)
    {
    case LOGIN:
      if (self->question != NULL && self->question->kind == TL_FTP_ASK_CLEAR)
        {
          if (!self->question->answered)
            {
              fail (self, TL_FTP_ERROR_DECLINED, _("The password was not sent in clear text."));
              break;
            }
          self->client->shared->clear_allowed = TRUE;
        }
      tl_ftp_client_set_state (self->client, TL_FTP_LOGGING_IN, NULL);
      know_password (self);
      break;
    case PASSWORD_KNOWN:
      if (take_password (self))
        send_user (self);
      break;
    case USER_ANSWERED:
      if (reply_code (self) == 331)
        send_password (self);
      else if (reply_code (self) == 332)
        know_account (self);
      else if (reply_class (self) == 2)
        go (self, LOGGED_IN);
      else
        login_failed (self);
      break;
    case PASS_ANSWERED:
      if (reply_class (self) != 2 && reply_code (self) != 332)
        {
          login_failed (self);
          break;
        }
      add_welcome (self);
      if (reply_code (self) == 332)
        know_account (self);
      else
        go (self, LOGGED_IN);
      break;
    case ACCOUNT_KNOWN:
      if (!self->question->answered || self->question->account == NULL)
        fail (self, TL_FTP_ERROR_DECLINED, _("No account was given."));
      else
        command (self, ACCT_ANSWERED, "ACCT", self->question->account);
      break;
    case ACCT_ANSWERED:
      if (reply_class (self) == 2)
        go (self, LOGGED_IN);
      else
        fail_reply (self);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
step_security (Opening *self)
{
  const gboolean implicit = self->security == TL_FTP_SECURITY_IMPLICIT;

  switch (self->at)
    {
    case AUTH_ANSWERED:
      if (reply_class (self) == 2 || reply_class (self) == 3)
        start_tls (self);
      else if (self->security == TL_FTP_SECURITY_AUTO)
        go_on_in_clear (self);
      else
        finish (self, tl_ftp_error_new_with_reply (TL_FTP_ERROR_TLS, _("The server does not offer encryption, and it is required."), self->reply));
      break;
    case SECURED:
      tl_ftp_trust_check_async (g_tls_connection_get_peer_certificate (tl_ftp_control_get_tls (self->control)), self->identity,
                                g_task_get_cancellable (self->task), checked_cb, g_object_ref (self->task));
      break;
    case CHECKED:
      judge_certificate (self);
      break;
    case TRUSTED:
      if (!self->question->answered)
        {
          fail (self, TL_FTP_ERROR_DECLINED, _("The certificate of the server was not trusted."));
          break;
        }
      note_trust (self);
      if (!implicit)
        command (self, PBSZ_ANSWERED, "PBSZ", "0");
      else if (self->reply != NULL)
        go (self, GREETED);
      break;
    case PBSZ_ANSWERED:
      command (self, PROT_ANSWERED, "PROT", "P");
      break;
    case PROT_ANSWERED:
      /* Where TLS is implicit, old servers have no PROT: their data connections are encrypted anyhow, and ours are. */
      if (reply_class (self) == 2 || implicit)
        go (self, LOGIN);
      else
        finish (self, tl_ftp_error_new_with_reply (TL_FTP_ERROR_TLS, _("The server does not encrypt the files and listings themselves."),
                                                   self->reply));
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
step (Opening *self)
{
  TlFtpClient *client = self->client;

  switch (self->at)
    {
    case DIAL:
      tl_ftp_client_set_welcome (client, NULL);
      tl_ftp_dial_async (tl_ftp_site_get_host (client->site), tl_ftp_site_get_port (client->site), client->timeout, client->log, dial_event,
                         self, g_task_get_cancellable (self->task), dialled_cb, g_object_ref (self->task));
      break;
    case DIALLED:
      self->next = GREETED;
      if (self->security == TL_FTP_SECURITY_IMPLICIT)
        start_tls (self);
      else
        tl_ftp_control_expect (self->control, reply_cb, self);
      break;
    case GREETED:
      if (reply_class (self) != 2)
        {
          fail_reply (self);
          break;
        }
      add_welcome (self);
      if (self->security == TL_FTP_SECURITY_IMPLICIT)
        command (self, PBSZ_ANSWERED, "PBSZ", "0");
      else if (self->security == TL_FTP_SECURITY_NONE)
        go (self, reply_code (self) == 230 ? LOGGED_IN : LOGIN);
      else
        command (self, AUTH_ANSWERED, "AUTH", "TLS");
      break;
    case AUTH_ANSWERED ... PROT_ANSWERED:
      step_security (self);
      break;
    case LOGIN ... ACCT_ANSWERED:
      step_login (self);
      break;
    default:
      step_features (self);
    }
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Opening *self = user_data;

  finish (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was cancelled.")));
}

void
tl_ftp_client_open_async (TlFtpClient         *client,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Opening *self = g_new0 (Opening, 1);

  g_task_set_source_tag (task, tl_ftp_client_open_async);
  g_task_set_check_cancellable (task, FALSE);
  self->client = client;
  self->task = task;
  self->identity = g_network_address_new (tl_ftp_site_get_host (client->site), tl_ftp_site_get_port (client->site));
  g_object_get (client->site, "security", &self->security, "account-kind", &self->kind, NULL);
  g_task_set_task_data (task, self, (GDestroyNotify) opening_free);
  tl_ftp_client_set_control (client, NULL);
  client->type = 0;
  if (cancellable != NULL)
    self->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self);
  tl_ftp_client_set_state (client, TL_FTP_CONNECTING, NULL);
  step (self);
}

gboolean
tl_ftp_client_open_finish (TlFtpClient   *client,
                           GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
