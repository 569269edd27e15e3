/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who a visitor is. Whether a name exists cannot be told from outside: all get the same replies, after the same time. */

#include "tl-ftp-visitor-private.h"

#include "tl-ftp-password.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME 256

void
tl_ftp_visitor_log_out (TlFtpVisitor *self)
{
  if (self->account != NULL)
    tl_ftp_account_leave (self->account);
  g_clear_object (&self->account);
  g_clear_pointer (&self->share, tl_ftp_share_unref);
  g_free (self->cwd);
  self->cwd = g_strdup ("");
  self->restart = 0;
  self->range_last = -1;
}

void
tl_ftp_visitor_user (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  tl_ftp_visitor_log_out (self);
  g_clear_pointer (&self->user, g_free);
  if (self->server->tls_mode == TL_FTP_SERVER_TLS_REQUIRED && self->stream.tls == NULL)
    {
      tl_ftp_visitor_reply (self, 530, "This folder is shared under TLS only: AUTH TLS comes first.");
      return;
    }
  if (request->length > MAX_NAME)
    {
      tl_ftp_visitor_reply (self, 501, "This name is too long.");
      return;
    }
  self->user = g_strndup ((const char *) request->argument, request->length);
  tl_ftp_visitor_reply (self, 331, "Now the password.");
}

static gboolean
refused_cb (gpointer data)
{
  TlFtpVisitor *self = data;

  self->delay_id = 0;
  self->last_active = g_get_monotonic_time ();
  if (++self->n_failures >= self->server->max_failures)
    tl_ftp_visitor_reply_last (self, 421, "Too many wrong passwords.");
  else
    tl_ftp_visitor_reply (self, 530, "The name or the password is wrong.");
  tl_ftp_visitor_go_on (self);
  return G_SOURCE_REMOVE;
}

static void
refuse (TlFtpVisitor *self)
{
  const guint delay = tl_ftp_server_guard_fail (self->server->guard, self->address);

  tl_ftp_visitor_note (self, TL_MESSAGE_WARNING, _("A log-in with a wrong name or password was refused."));
  g_clear_pointer (&self->user, g_free);
  self->delay_id = g_timeout_add (delay, refused_cb, self);
}

static void
admit (TlFtpVisitor *self,
       TlFtpAccount *account,
       TlFtpShare   *share)
{
  g_autofree char *note = g_strdup_printf (_("Logged in as “%s”."), tl_ftp_account_get_name (account));

  self->account = g_object_ref (account);
  self->share = tl_ftp_share_ref (share);
  tl_ftp_account_enter (account, self->address_text);
  /* Anybody can come in as anonymous: to do so between two guesses must not make guessing faster. */
  if (tl_ftp_account_get_kind (account) != TL_FTP_ACCOUNT_ANONYMOUS)
    tl_ftp_server_guard_succeed (self->server->guard, self->address);
  tl_ftp_visitor_note (self, TL_MESSAGE_EVENT, note);
  tl_ftp_visitor_tell_changed (self);
  tl_ftp_visitor_set_act (self, g_strdup (_("Idle")));
  tl_ftp_visitor_reply (self, 230, tl_ftp_visitor_may_write (self) ? "Welcome." : "Welcome; for reading only.");
}

static void
check_password (TlFtpJob     *job,
                GCancellable *cancellable)
{
  job->good = tl_ftp_password_verify (job->other, job->hash);
  if (job->good)
    job->inner = tl_ftp_share_new_within (job->share, job->path, &job->errsv);
}

static void
password_done (TlFtpVisitor *self,
               TlFtpJob     *job)
{
  TlFtpAccount *account = self->user != NULL ? tl_ftp_server_find_account (self->server, self->user) : NULL;

  /* It may have been taken away or changed while its password was looked at. */
  if (!job->good || account == NULL || g_strcmp0 (tl_ftp_account_get_hash (account), job->hash) != 0
      || !tl_ftp_account_admits (account, self->address_text))
    refuse (self);
  else if (job->inner == NULL)
    {
      tl_ftp_visitor_note (self, TL_MESSAGE_ERROR, _("The folder of this account is not there any more; nobody can log in with it."));
      tl_ftp_visitor_reply (self, 530, "The folder of this account cannot be opened.");
    }
  else
    admit (self, account, job->inner);
}

void
tl_ftp_visitor_pass (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  TlFtpAccount *account;
  TlFtpJob *job;

  if (self->user == NULL || self->account != NULL)
    {
      tl_ftp_visitor_reply (self, 503, "USER comes first.");
      return;
    }
  account = tl_ftp_server_find_account (self->server, self->user);
  if (account != NULL && tl_ftp_account_get_kind (account) == TL_FTP_ACCOUNT_ANONYMOUS)
    {
      admit (self, account, self->server->share);
      return;
    }
  job = tl_ftp_job_new (self, TL_FTP_VERB_PASS, g_strdup (account != NULL ? tl_ftp_account_get_folder (account) : ""));
  job->share = tl_ftp_share_ref (self->server->share);
  job->hash = account != NULL ? g_strdup (tl_ftp_account_get_hash (account)) : NULL;
  job->other = g_strndup (request->length > 0 ? (const char *) request->argument : "", request->length);
  tl_ftp_visitor_run (self, job, check_password, password_done);
}

void
tl_ftp_visitor_auth (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  g_autofree char *method = g_ascii_strup ((const char *) request->argument, (gssize) request->length);

  if (self->server->certificate == NULL)
    tl_ftp_visitor_reply (self, 502, "TLS is not offered here.");
  else if (!g_str_equal (method, "TLS") && !g_str_equal (method, "TLS-C") && !g_str_equal (method, "SSL"))
    tl_ftp_visitor_reply (self, 504, "Only AUTH TLS is known here.");
  else if (self->stream.tls != NULL)
    tl_ftp_visitor_reply (self, 503, "This is TLS already.");
  else
    {
      /* What was said in clear counts no more. */
      tl_ftp_visitor_log_out (self);
      g_clear_pointer (&self->user, g_free);
      tl_ftp_visitor_reply (self, 234, "TLS begins now.");
      tl_ftp_visitor_start_tls (self);
    }
}

void
tl_ftp_visitor_pbsz (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  if (self->stream.tls == NULL)
    tl_ftp_visitor_reply (self, 503, "AUTH TLS comes first.");
  else
    tl_ftp_visitor_reply (self, 200, "PBSZ=0");
}

void
tl_ftp_visitor_prot (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  const char level = request->length == 1 ? g_ascii_toupper ((char) request->argument[0]) : '\0';

  if (self->stream.tls == NULL)
    tl_ftp_visitor_reply (self, 503, "AUTH TLS comes first.");
  else if (level == 'P')
    {
      self->protect = TRUE;
      tl_ftp_visitor_reply (self, 200, "Data connections are under TLS from now on.");
    }
  else if (level == 'C' && self->server->tls_mode == TL_FTP_SERVER_TLS_REQUIRED)
    tl_ftp_visitor_reply (self, 534, "This folder is shared under TLS only.");
  else if (level == 'C')
    {
      self->protect = FALSE;
      tl_ftp_visitor_reply (self, 200, "Data connections are in clear from now on.");
    }
  else
    tl_ftp_visitor_reply (self, 504, "Only PROT P and PROT C are known here.");
}
