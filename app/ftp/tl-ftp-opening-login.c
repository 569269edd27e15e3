/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connecting: user, password, account. */

#include "tl-ftp-opening-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LOGINS 3

/* In the character set of the site, as its names are; UTF-8 unless another one was chosen. Bytes of a URL that are no text go as they are. What a set lacks is not sent
 * as something else; the character is not named, as it may be a password's. */
static void
command_text (Opening    *self,
              Step        next,
              const char *verb,
              const char *text)
{
  const TlFtpCharset charset = self->client->charset;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *told = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    bytes = g_bytes_new (text, strlen (text));
  else
    bytes = tl_charset_encode (charset == TL_FTP_CHARSET_AUTO ? TL_CHARSET_UTF_8 : (TlCharset) charset, text, -1, NULL);
  if (bytes != NULL)
    {
      tl_ftp_opening_command_bytes (self, next, verb, bytes);
      return;
    }
  /* TRANSLATORS: user, password or account; %s is a character set */
  told = g_strdup_printf (_("The login holds a character that the set %s does not have. Choose another character set for this server."),
                          tl_charset_get_name (charset == TL_FTP_CHARSET_AUTO ? TL_CHARSET_UTF_8 : (TlCharset) charset));
  tl_ftp_opening_fail (self, TL_FTP_ERROR_NAME, told);
}

/* Asks for what is missing to log in: user and password. */
static void
know_password (Opening *self)
{
  TlFtpClient *client = self->client;

  if (self->kind == TL_FTP_ACCOUNT_ANONYMOUS || client->password != NULL)
    {
      tl_ftp_opening_go (self, PASSWORD_KNOWN);
      return;
    }
  if (client->asker == NULL)
    {
      if (self->n_logins > 0)
        tl_ftp_opening_fail_reply (self);
      else
        tl_ftp_opening_fail (self, TL_FTP_ERROR_LOGIN, _("The server wants a password, and there is none."));
      return;
    }
  tl_ftp_opening_new_question (self, TL_FTP_ASK_PASSWORD);
  self->question->user = g_strdup (client->user != NULL ? client->user : tl_ftp_site_get_user (client->site));
  if (self->n_logins > 0)
    self->question->text = tl_ftp_reply_dup_text (self->reply);
  tl_ftp_opening_ask (self, PASSWORD_KNOWN);
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
      tl_ftp_opening_fail (self, TL_FTP_ERROR_DECLINED, _("No password was given."));
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
  self->password_sent = FALSE;
  command_text (self, USER_ANSWERED, "USER", user);
}

static void
send_password (Opening *self)
{
  g_autofree char *text = NULL;

  self->password_sent = TRUE;
  if (self->kind != TL_FTP_ACCOUNT_ANONYMOUS)
    {
      command_text (self, PASS_ANSWERED, "PASS", self->client->password);
      return;
    }
  g_object_get (self->client->site, "anonymous-password", &text, NULL);
  command_text (self, PASS_ANSWERED, "PASS", text != NULL && *text != '\0' ? text : "anonymous@");
}

/* 530, and a password that a user can mend: asked again, as long as the server goes on with it. */
static void
login_failed (Opening *self)
{
  g_autoptr (GError) error = tl_ftp_error_new_for_login (self->reply);

  if (!g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_LOGIN))
    {
      tl_ftp_opening_fail_reply (self);
      return;
    }
  /* There is no user and no password that could be checked. */
  if (self->kind == TL_FTP_ACCOUNT_ANONYMOUS)
    {
      tl_ftp_opening_finish (self, tl_ftp_error_new_with_reply (TL_FTP_ERROR_LOGIN, _("The server takes no anonymous users. Log in with an account that you have there."),
                                                                self->reply));
      return;
    }
  tl_ftp_client_set_secret (self->client, NULL);
  if (self->client->asker == NULL || self->n_logins >= MAX_LOGINS)
    tl_ftp_opening_fail_reply (self);
  else
    know_password (self);
}

static void
know_account (Opening *self)
{
  if (self->client->asker == NULL)
    {
      tl_ftp_opening_fail_reply (self);
      return;
    }
  tl_ftp_opening_new_question (self, TL_FTP_ASK_ACCOUNT);
  self->question->text = tl_ftp_reply_dup_text (self->reply);
  tl_ftp_opening_ask (self, ACCOUNT_KNOWN);
}

/* 530 to ACCT says nothing against the user and the password. */
static void
account_failed (Opening *self)
{
  g_autoptr (GError) error = tl_ftp_error_new_for_login (self->reply);

  if (g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_LOGIN))
    tl_ftp_opening_finish (self, tl_ftp_error_new_with_reply (TL_FTP_ERROR_LOGIN, _("The server does not accept this account (ACCT). Check it and try again."),
                                                              self->reply));
  else
    tl_ftp_opening_fail_reply (self);
}

static void
begin (Opening *self)
{
  if (self->question != NULL && self->question->kind == TL_FTP_ASK_CLEAR)
    {
      if (!self->question->answered)
        {
          tl_ftp_opening_fail (self, TL_FTP_ERROR_DECLINED, _("The password was not sent in clear text."));
          return;
        }
      self->client->shared->clear_allowed = TRUE;
    }
  if (self->security == TL_FTP_SECURITY_AUTO && tl_ftp_control_get_tls (self->control) == NULL)
    tl_ftp_control_note (self->control, TL_MESSAGE_WARNING, _("The server does not offer encryption: all goes over the network in clear text."));
  tl_ftp_client_set_state (self->client, TL_FTP_LOGGING_IN, NULL);
  /* Greeted with 230: nobody is asked for anything. After TLS the login counts anew (RFC 4217, 4). */
  if (self->known && tl_ftp_control_get_tls (self->control) == NULL)
    tl_ftp_opening_go (self, LOGGED_IN);
  else
    tl_ftp_opening_command (self, FEAT_EARLY_ANSWERED, "FEAT", NULL);
}

void
tl_ftp_opening_step_login (Opening *self)
{
  switch (self->at)
    {
    case LOGIN:
      begin (self);
      break;
    case FEAT_EARLY_ANSWERED:
      /* Refused by many before the login: it is asked again after it. */
      tl_ftp_opening_take_features (self);
      know_password (self);
      break;
    case PASSWORD_KNOWN:
      if (take_password (self))
        send_user (self);
      break;
    case USER_ANSWERED:
      if (tl_ftp_opening_code (self) == 331)
        send_password (self);
      else if (tl_ftp_opening_code (self) == 332)
        know_account (self);
      else if (tl_ftp_opening_class (self) == 2 || (self->known && tl_ftp_opening_code (self) == 503))
        tl_ftp_opening_go (self, LOGGED_IN);
      else
        login_failed (self);
      break;
    case PASS_ANSWERED:
      if (tl_ftp_opening_class (self) != 2 && tl_ftp_opening_code (self) != 332)
        {
          login_failed (self);
          break;
        }
      tl_ftp_opening_add_welcome (self);
      if (tl_ftp_opening_code (self) == 332)
        know_account (self);
      else
        tl_ftp_opening_go (self, LOGGED_IN);
      break;
    case ACCOUNT_KNOWN:
      if (!self->question->answered || self->question->account == NULL)
        tl_ftp_opening_fail (self, TL_FTP_ERROR_DECLINED, _("No account was given."));
      else
        command_text (self, ACCT_ANSWERED, "ACCT", self->question->account);
      break;
    case ACCT_ANSWERED:
      if (tl_ftp_opening_class (self) == 2)
        tl_ftp_opening_go (self, LOGGED_IN);
      else if (tl_ftp_opening_code (self) == 331 && !self->password_sent)
        send_password (self);
      else
        account_failed (self);
      break;
    default:
      g_assert_not_reached ();
    }
}
