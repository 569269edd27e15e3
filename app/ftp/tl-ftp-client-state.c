/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client tells of itself: its properties as they change. */

#include "tl-ftp-client-private.h"
#include "tl-set-string.h"
#include "tl-tls.h"

void
tl_ftp_client_set_state (TlFtpClient *self,
                         TlFtpState   state,
                         const char  *error)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != state)
    {
      self->state = state;
      g_object_notify (G_OBJECT (self), "state");
    }
  if (tl_set_string (&self->error, error))
    g_object_notify (G_OBJECT (self), "error");
  g_object_thaw_notify (G_OBJECT (self));
}

void
tl_ftp_client_set_directory (TlFtpClient *self,
                             GBytes      *directory)
{
  if (self->directory != NULL && g_bytes_equal (self->directory, directory))
    return;
  g_bytes_ref (directory);
  g_clear_pointer (&self->directory, g_bytes_unref);
  self->directory = directory;
  g_object_notify (G_OBJECT (self), "directory");
}

void
tl_ftp_client_set_features (TlFtpClient   *self,
                            TlFtpFeatures *features)
{
  g_clear_pointer (&self->features, tl_ftp_features_unref);
  self->features = features != NULL ? tl_ftp_features_ref (features) : NULL;
  g_object_notify (G_OBJECT (self), "features");
}

gboolean
tl_ftp_client_has_feature (TlFtpClient *self,
                           const char  *name)
{
  return self->features != NULL && tl_ftp_features_has (self->features, name);
}

static void
set_text (TlFtpClient *self,
          char       **field,
          const char  *text,
          const char  *property)
{
  if (tl_set_string (field, text))
    g_object_notify (G_OBJECT (self), property);
}

void
tl_ftp_client_set_syst (TlFtpClient *self,
                        const char  *syst)
{
  set_text (self, &self->syst, syst, "syst");
}

void
tl_ftp_client_set_welcome (TlFtpClient *self,
                           const char  *welcome)
{
  set_text (self, &self->welcome, welcome, "welcome");
}

void
tl_ftp_client_set_secret (TlFtpClient *self,
                          const char  *password)
{
  /* The compiler must not leave the overwriting out. */
  for (volatile char *c = self->password; c != NULL && *c != '\0'; c++)
    *c = '\0';
  g_free (self->password);
  self->password = g_strdup (password);
}

void
tl_ftp_client_set_security (TlFtpClient    *self,
                            GTlsConnection *tls)
{
  g_autofree char *text = tls != NULL ? tl_tls_describe_connection (tls) : NULL;
  GTlsCertificate *certificate;

  g_object_freeze_notify (G_OBJECT (self));
  if (self->encrypted != (tls != NULL))
    {
      self->encrypted = tls != NULL;
      g_object_notify (G_OBJECT (self), "encrypted");
    }
  set_text (self, &self->security_text, text, "security-text");
  certificate = tls != NULL ? g_tls_connection_get_peer_certificate (tls) : NULL;
  if (g_set_object (&self->certificate, certificate))
    g_object_notify (G_OBJECT (self), "certificate");
  g_object_thaw_notify (G_OBJECT (self));
}

static void
ended_cb (TlFtpControl *control,
          const GError *error,
          TlFtpClient  *self)
{
  g_autoptr (TlFtpClient) hold = g_object_ref (self);

  if (self->control != control)
    return;
  tl_ftp_client_set_control (self, NULL);
  tl_ftp_client_set_state (self, TL_FTP_CLOSED, NULL);
  tl_ftp_client_pump (self);
}

void
tl_ftp_client_set_control (TlFtpClient  *self,
                           TlFtpControl *control)
{
  g_clear_signal_handler (&self->ended_id, self->control);
  if (self->control != NULL)
    tl_ftp_control_divert (self->control, NULL, NULL);
  g_set_object (&self->control, control);
  if (control != NULL)
    {
      self->ended_id = g_signal_connect (control, "ended", G_CALLBACK (ended_cb), self);
      return;
    }
  self->type = 0;
  self->rest_set = FALSE;
  g_clear_pointer (&self->server_directory, g_bytes_unref);
  self->settling = FALSE;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  tl_ftp_client_set_security (self, NULL);
}
