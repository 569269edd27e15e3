/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connecting: user, password, account. */

#include "tl-ftp-opening-private.h"

#include <glib/gi18n-lib.h>

#define MAX_LOGINS 3

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
  tl_ftp_opening_command (self, USER_ANSWERED, "USER", user);
}

static void
send_password (Opening *self)
{
  g_autofree char *text = NULL;

  if (self->kind != TL_FTP_ACCOUNT_ANONYMOUS)
    {
      tl_ftp_opening_command (self, PASS_ANSWERED, "PASS", self->client->password);
      return;
    }
  g_object_get (self->client->site, "anonymous-password", &text, NULL);
  tl_ftp_opening_command (self, PASS_ANSWERED, "PASS", text != NULL && *text != '\0' ? text : "anonymous@");
}

/* 530, and a password that a user can mend: asked again, as long as the server goes on with it. */
static void
login_failed (Opening *self)
{
  g_autoptr (GError) error = tl_ftp_error_new_for_reply (self->reply);

  if (self->kind == TL_FTP_ACCOUNT_ANONYMOUS || !g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_LOGIN))
    {
      tl_ftp_opening_fail_reply (self);
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

void
tl_ftp_opening_step_login (Opening *self)
{
  switch (self->at)
    {
    case LOGIN:
      if (self->question != NULL && self->question->kind == TL_FTP_ASK_CLEAR)
        {
          if (!self->question->answered)
            {
              tl_ftp_opening_fail (self, TL_FTP_ERROR_DECLINED, _("The password was not sent in clear text."));
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
      if (tl_ftp_opening_code (self) == 331)
        send_password (self);
      else if (tl_ftp_opening_code (self) == 332)
        know_account (self);
      else if (tl_ftp_opening_class (self) == 2)
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
        tl_ftp_opening_command (self, ACCT_ANSWERED, "ACCT", self->question->account);
      break;
    case ACCT_ANSWERED:
      if (tl_ftp_opening_class (self) == 2)
        tl_ftp_opening_go (self, LOGGED_IN);
      else
        tl_ftp_opening_fail_reply (self);
      break;
    default:
      g_assert_not_reached ();
    }
}
