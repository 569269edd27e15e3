/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connecting: encryption, and whether the server is who it should be. */

#include "tl-ftp-opening-private.h"
#include "tl-ftp-trust.h"
#include "tl-tls.h"

#include <glib/gi18n-lib.h>

/* Where TLS is implicit, the server greets as soon as the handshake is over, while the certificate is still looked at. */
static void
greeting_cb (TlFtpReply   *reply,
             const GError *error,
             gpointer      user_data)
{
  Opening *self = user_data;
  g_autoptr (GTask) task = g_object_ref (self->task);

  if (tl_ftp_opening_take_reply (self, reply, error) && self->at == TRUSTED)
    tl_ftp_opening_go (self, GREETED);
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
      tl_ftp_opening_finish (self, error);
      return;
    }
  if (self->security == TL_FTP_SECURITY_IMPLICIT)
    tl_ftp_control_expect (self->control, greeting_cb, self);
  tl_ftp_opening_go (self, SECURED);
}

void
tl_ftp_opening_start_tls (Opening *self)
{
  tl_ftp_client_set_state (self->client, TL_FTP_SECURING, NULL);
  tl_ftp_control_start_tls_async (self->control, self->identity, g_task_get_cancellable (self->task), secured_cb, g_object_ref (self->task));
}

/* Whether it is the certificate that was trusted before: nothing that the system says of it would change that, and its list is long. */
static gboolean
is_trusted_already (Opening         *self,
                    GTlsCertificate *certificate)
{
  g_autofree char *fingerprint = tl_tls_fingerprint (certificate);
  g_autofree char *trusted = NULL;

  if (fingerprint == NULL)
    return FALSE;
  if (g_strcmp0 (fingerprint, self->client->shared->trusted) == 0)
    return TRUE;
  if (self->client->asker != NULL)
    trusted = tl_ftp_asker_dup_trusted (self->client->asker, self->client->site);
  return g_strcmp0 (fingerprint, trusted) == 0;
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
    tl_ftp_opening_go (self, CHECKED);
}

static void
check_certificate (Opening *self)
{
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (tl_ftp_control_get_tls (self->control));

  self->flags = 0;
  if (certificate == NULL || is_trusted_already (self, certificate))
    tl_ftp_opening_go (self, CHECKED);
  else
    tl_ftp_trust_check_async (certificate, self->identity, g_task_get_cancellable (self->task), checked_cb, g_object_ref (self->task));
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
      tl_ftp_opening_fail (self, TL_FTP_ERROR_TLS, _("The server shows no certificate."));
      return;
    }
  if (self->flags == 0)
    {
      tl_ftp_opening_new_question (self, TL_FTP_ASK_CERTIFICATE);
      self->question->answered = TRUE;
      tl_ftp_opening_go (self, TRUSTED);
      return;
    }
  tl_ftp_control_note (self->control, TL_MESSAGE_WARNING, sentence);
  if (self->client->asker == NULL)
    {
      tl_ftp_opening_fail (self, TL_FTP_ERROR_TLS, sentence);
      return;
    }
  tl_ftp_opening_new_question (self, TL_FTP_ASK_CERTIFICATE);
  self->question->certificate = g_object_ref (certificate);
  self->question->flags = self->flags;
  self->question->known_fingerprint = g_strdup (shared->trusted);
  tl_ftp_opening_ask (self, TRUSTED);
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

/* The server has no TLS. Where no password is at stake that is said; else, and where the same server had TLS before, a user is asked. */
static void
go_on_in_clear (Opening *self)
{
  const gboolean secret = self->kind != TL_FTP_ACCOUNT_ANONYMOUS && !self->known;

  if (self->client->shared->clear_allowed || (!secret && self->client->shared->trusted == NULL))
    {
      tl_ftp_opening_go (self, LOGIN);
      return;
    }
  if (self->client->asker == NULL)
    {
      tl_ftp_opening_finish (self, tl_ftp_error_new_with_reply (TL_FTP_ERROR_TLS,
                                                 _("The server does not offer encryption: the password would go over the network in clear text."),
                                                 self->reply));
      return;
    }
  tl_ftp_opening_new_question (self, TL_FTP_ASK_CLEAR);
  self->question->text = tl_ftp_reply_dup_text (self->reply);
  tl_ftp_opening_ask (self, LOGIN);
}

void
tl_ftp_opening_step_security (Opening *self)
{
  const gboolean implicit = self->security == TL_FTP_SECURITY_IMPLICIT;

  switch (self->at)
    {
    case AUTH_ANSWERED:
      if (tl_ftp_opening_class (self) == 2 || tl_ftp_opening_class (self) == 3)
        tl_ftp_opening_start_tls (self);
      else if (self->security == TL_FTP_SECURITY_AUTO)
        go_on_in_clear (self);
      else
        tl_ftp_opening_finish (self, tl_ftp_error_new_with_reply (TL_FTP_ERROR_TLS, _("The server does not offer encryption, and it is required."), self->reply));
      break;
    case SECURED:
      check_certificate (self);
      break;
    case CHECKED:
      judge_certificate (self);
      break;
    case TRUSTED:
      if (!self->question->answered)
        {
          tl_ftp_opening_fail (self, TL_FTP_ERROR_DECLINED, _("The certificate of the server was not trusted."));
          break;
        }
      note_trust (self);
      if (!implicit)
        tl_ftp_opening_command (self, PBSZ_ANSWERED, "PBSZ", "0");
      else if (self->reply != NULL)
        tl_ftp_opening_go (self, GREETED);
      break;
    case PBSZ_ANSWERED:
      tl_ftp_opening_command (self, PROT_ANSWERED, "PROT", "P");
      break;
    case PROT_ANSWERED:
      /* Where TLS is implicit, old servers have no PROT: their data connections are encrypted anyhow, and ours are. */
      if (tl_ftp_opening_class (self) == 2 || implicit)
        tl_ftp_opening_go (self, LOGIN);
      else
        tl_ftp_opening_finish (self, tl_ftp_error_new_with_reply (TL_FTP_ERROR_TLS, _("The server does not encrypt the files and listings themselves."),
                                                   self->reply));
      break;
    default:
      g_assert_not_reached ();
    }
}
